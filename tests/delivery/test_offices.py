"""Offices and committees at their own pages: a token downloaded, sent, surveyed, handed over, each step by its hand."""

from urllib.parse import parse_qs, urlsplit

import pytest

from rasad.delivery.models import HandOverList, Step
from rasad.relief import publishing
from rasad.relief.models import SourceRow, Token
from tests.cast import client_of
from tests.delivery.conftest import NOON
from tests.relief.cast import ASHA, FARAWAY, HANSI
from tests.relief.reading_pdf import pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _published(desk, committee, monkeypatch):
    publishing.publish(Token.objects.all(), at=NOON)
    monkeypatch.setattr("rasad.desk.views.intake.now", lambda: NOON)


def read(client, address):
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def steps():
    return list(Step.objects.order_by("pk").values_list("token__number", "kind", "hand", "by", "proof"))


@pytest.mark.req("R-DRT-12", "R-DRT-13", "R-ACT-08")
def test_unit_committee_finds_its_familys_token_takes_the_paper_and_hands_it_over(sewak):
    client = client_of(sewak)
    assert f'href="/delivery/tokens/{ASHA}"' in read(client, "/delivery")
    assert FARAWAY not in read(client, "/delivery")
    assert f'href="/delivery/papers.pdf?token={ASHA}"' in read(client, f"/delivery/tokens/{ASHA}")

    (sheet,) = pages(client.get(f"/delivery/papers.pdf?token={ASHA}").content)
    assert "063-00000-00001-4" in sheet
    client.post(f"/delivery/tokens/{ASHA}/answer", {"found": "handed_over", "proof": "mark"})

    assert steps() == [
        (ASHA, "downloaded", "unit_committee", "sewak", ""),
        (ASHA, "handed_over", "unit_committee", "sewak", "mark"),
    ]
    assert Token.objects.get(number=ASHA).state == "delivered"


def test_paper_a_committee_takes_by_the_link_its_portal_showed_is_on_the_tokens_way(sewak):
    assert client_of(sewak).get(f"/relief/tokens/{ASHA}.pdf").content.startswith(b"%PDF")

    assert steps() == [(ASHA, "downloaded", "unit_committee", "sewak", "")]


def test_marked_tokens_are_printed_and_their_numbers_stand_in_no_address(meena):
    page = read(client_of(meena), "/delivery")
    form = page.partition('action="/delivery/papers.pdf"')[0].rpartition("<form")[2]
    sheets = pages(client_of(meena).post("/delivery/papers.pdf", {"token": [ASHA]}).content)

    assert 'method="post"' in form
    assert len(sheets) == 1
    assert steps() == [(ASHA, "printed", "dfsc", "meena", "")]


@pytest.mark.req("R-DRT-15")
def test_office_has_its_list_the_paper_and_whatsapp(meena):
    client = client_of(meena)
    assert (ASHA in read(client, "/delivery"), FARAWAY in read(client, "/delivery")) == (True, False)
    assert client.get(f"/delivery/papers.pdf?token={ASHA}").content.startswith(b"%PDF")

    page = client.post(f"/delivery/tokens/{ASHA}/whatsapp", follow=True).content.decode()
    share = urlsplit(page.partition('href="https://wa.me')[2].partition('"')[0].replace("&amp;", "&"))
    assert share.path == "/919876500001"
    (text,) = parse_qs(share.query)["text"]
    assert "063-00000-00001-4" in text
    assert text.endswith("/my-token")
    assert [(kind, hand) for _, kind, hand, _, _ in steps()] == [("printed", "dfsc"), ("sent", "whatsapp")]


def test_office_without_a_mobile_of_the_family_sends_nothing(meena):
    Token.objects.filter(number=ASHA).update(mobile="")
    refused = client_of(meena).post(f"/delivery/tokens/{ASHA}/whatsapp")

    assert (refused.status_code, steps()) == (409, [])


@pytest.mark.req("R-ACT-09", "R-DRT-16")
def test_local_committee_surveys_a_family_and_hands_out_what_the_office_printed(meena, sarpanch):
    office, committee = client_of(meena), client_of(sarpanch)
    survey = {
        "name": "Parvati", "age": "41", "sex": "F", "place": HANSI, "ration_option": "ration", "reference": "R-1",
        "members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert committee.post("/desk/survey", survey).status_code == 302
    assert SourceRow.objects.get(reference="R-1").entered_by == "sarpanch"

    office.post(
        "/delivery/lists/make", {"token": [ASHA], "committee": "LC-61001", "received_by": "Ram Mehar"}
    )
    made = HandOverList.objects.get()
    assert (made.tokens, made.received_by, made.made_by) == (1, "Ram Mehar", "meena")
    assert f'href="/delivery/tokens/{ASHA}"' in read(committee, "/delivery?how=with_committee")
    committee.post(f"/delivery/tokens/{ASHA}/answer", {"found": "handed_over", "proof": "signature"})

    assert steps() == [
        (ASHA, "given", "dfsc", "meena", ""), (ASHA, "handed_over", "local_committee", "sarpanch", "signature"),
    ]  # fmt: skip
    handed = Step.objects.get(kind="handed_over")
    assert (handed.committee.code, handed.at) == ("LC-61001", NOON)


@pytest.mark.req("R-ACT-09")
def test_local_committee_neither_decides_nor_passes_on_what_it_surveyed(sarpanch, desk):
    committee = client_of(sarpanch)
    row = desk.rows["dhanpat"]
    asked = [
        committee.post("/desk/forward/go", {"row": row.pk}), committee.get("/desk/queue"),
        committee.post("/desk/queue/choose", {"token": ASHA}), committee.get("/delivery/lists"),
    ]  # fmt: skip

    assert [answer.status_code for answer in asked] == [403] * 4
    row.refresh_from_db()
    assert row.forwarded_at is None
