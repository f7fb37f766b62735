"""A case on pages: opened from a card number, led by buttons to its end; what is not yours is not there."""

import io

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad.oversight.models import Case
from rasad.registry.models import LookUp
from tests.cast import HISAR, client_of, staff
from tests.counter import cast
from tests.counter.at_pages import words
from tests.oversight.cast import noticed, opened, ordered, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = {
    "card": cast.CARD, "ground": "bogus", "words": "Nobody lives there", "source": "Municipal register",
    "says": "no such house", "dated": "2026-06-01",
}  # fmt: skip


def test_officer_leads_a_case_from_the_card_number_to_the_order(ashas, officers, clock):
    meena, imran = client_of(officers.meena), client_of(officers.imran)

    page = meena.post("/cases/new", NEW, follow=True)
    address = page.redirect_chain[-1][0]
    assert "The card serves while the case is open." in words(page)
    for name, form in (
        ("notice", {}), ("serve", {"on": "2026-06-10", "how": "hand"}),
        ("answer", {"who": "Asha Devi", "words": "We live there", "wants_hearing": "on"}),
        ("hear", {"on": "2026-06-10", "how": "person", "heard": "She showed no paper"}),
        ("propose", {"rule": "list of 2013", "why": "No house"}),
    ):  # fmt: skip
        assert f"{address}/{name}" in meena.get(address).content.decode()
        assert meena.post(f"{address}/{name}", form).status_code == 302
    assert f"{address}/order" not in meena.get(address).content.decode()
    assert meena.post(f"{address}/order").status_code == 403
    assert imran.post(f"{address}/order").status_code == 302
    assert "it ends on 1 July 2026" in words(meena.get(address))
    assert Case.objects.get().state == "ordered"


def test_second_officer_restores_by_one_click(ashas, officers, clock):
    case = ordered(officers)
    clock(60)
    imran = client_of(officers.imran)

    page = imran.post(f"/cases/{case.number}/restore", {"why": "She lives there"}, follow=True)

    assert "Wheat, missed in July 2026 15 kg" in words(page)


def test_step_out_of_turn_is_told_and_changes_nothing(ashas, officers):
    case = noticed(officers.meena)

    page = client_of(officers.meena).post(f"/cases/{case.number}/propose", {"rule": "x", "why": "x"})

    assert page.status_code == 409
    assert "The family may answer until 25 June 2026" in words(page)
    assert client_of(officers.meena).post(f"/cases/{case.number}/serve", {}).status_code == 422
    assert client_of(officers.meena).post(f"/cases/{case.number}/unknown").status_code == 404


@pytest.mark.req("R-BOG-10")
def test_notice_says_what_is_said_and_what_the_family_can_do(ashas, officers):
    case = noticed(officers.meena)

    answer = client_of(officers.meena).get(f"/cases/{case.number}/notice.pdf")

    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert case.number in text
    assert "Municipal register" in text
    assert cast.CARD in text


def test_unwritten_notice_is_not_printed(ashas, officers):
    case = opened(officers.meena)

    assert client_of(officers.meena).get(f"/cases/{case.number}/notice.pdf").status_code == 404


def test_whoever_opens_a_case_is_told_to_the_family_once_an_hour(ashas, officers, clock):
    case = opened(officers.meena)
    sunil = client_of(officers.sunil)

    for _ in range(3):
        sunil.get(f"/cases/{case.number}")
    clock(1)
    sunil.get(f"/cases/{case.number}")

    assert list(LookUp.objects.values_list("by", "why")) == [("sunil", case.number)] * 2


def test_list_filters_and_counts_and_stays_within_the_area(ashas, officers, stranger):
    case = proposed(officers)

    page = words(client_of(officers.sunil).get("/cases"))
    assert case.number in page
    assert "Removal proposed, waits for a second officer 1" in page
    assert case.number not in words(client_of(officers.sunil).get("/cases?state=cleared"))
    assert case.number in words(client_of(officers.sunil).get(f"/cases?state=all&q={cast.CARD}"))
    for address in ("", "/notice.pdf"):
        assert client_of(stranger).get(f"/cases/{case.number}{address}").status_code == 404
    assert client_of(stranger).post(f"/cases/{case.number}/clear", {"why": "x"}).status_code == 404
    assert "No case here" in words(client_of(stranger).get("/cases"))
    assert client_of(stranger).post("/cases/new", NEW).status_code == 404


@pytest.mark.parametrize("role", ["unit_committee", "dealer", "auditor"])
def test_cases_are_not_for_everybody(ashas, officers, role):
    kinds = {
        "unit_committee": ("place", "639"),
        "dealer": ("shop", cast.RAVIS),
        "auditor": ("district", HISAR),
    }
    case = opened(officers.meena)
    client = client_of(staff("other", role, kinds[role]))

    assert client.get("/cases").status_code == 403
    assert client.get(f"/cases/{case.number}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_three_as_for_one(ashas, officers, count):
    client = client_of(officers.meena)
    for line in range(count):
        member = ashas.household.memberships.get(line=line + 1)
        opened(officers.meena, membership=member, ground="moved")
    client.get("/cases")

    with CaptureQueriesContext(connection) as asked:
        client.get("/cases")

    assert len(asked) == LIST_QUERIES, [one["sql"][:90] for one in asked]


LIST_QUERIES = 9
