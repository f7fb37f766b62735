"""The family's own page: card and mobile, a code; what is on record, who looked. Nobody learns about another's."""

from datetime import timedelta

import pytest
from django.test import Client

from rasad.delivery.models import Code
from rasad.families.models import AskedPair, MobileChange
from rasad.journal.models import Entry
from rasad.registry.models import LookUp, Person
from tests.cast import client_of
from tests.counter import cast
from tests.counter.cast import CARD
from tests.families.conftest import HEAD, NOON, OTHERS, code_in

pytestmark = pytest.mark.django_db
NEW = "9999900055"


def browser():
    return Client(headers={"accept-language": "en"})


def inside(world):
    client = browser()
    client.post("/my-card", {"card": CARD, "mobile": HEAD})
    client.post("/my-card/code", {"code": code_in(world)})
    return client


def page_of(client, address="/my-card"):
    return client.get(address).content.decode()


@pytest.mark.req("R-CRD-23", "R-NFR-03")
def test_family_sees_its_card_by_a_code_and_who_looked(asha, world, meena):
    client_of(meena).get(f"/families/{CARD}")
    page = page_of(inside(world))

    for seen in (
        "Asha Devi",
        "Binod Kumar",
        "Chanda",
        "Ravi Store",
        "15 kg in the month",
        "Aadhaar validated",
    ):
        assert seen in page
    assert "Meena Kumari" in page
    assert "District Food and Supplies Controller" in page
    assert (HEAD in page, cast.ASHA in page) == (False, False)
    assert LookUp.objects.count() == 1


def test_number_may_be_typed_as_it_is_printed(asha, world):
    client = browser()
    client.post("/my-card", {"card": "0699-0000 0042", "mobile": HEAD})
    client.post("/my-card/code", {"code": code_in(world)})

    assert "Asha Devi" in page_of(client)


@pytest.mark.req("R-NFR-03")
def test_answer_is_the_same_whether_card_and_mobile_fit_or_not(asha, world):
    pairs = [(CARD, HEAD), (CARD, OTHERS), ("069900009999", "9999900078")]
    said = []
    for card, mobile in pairs:
        client = browser()
        first = client.post("/my-card", {"card": card, "mobile": mobile})
        code = page_of(client, "/my-card/code").replace(mobile[-4:], "")
        wrong = client.post("/my-card/code", {"code": "000000"})
        said.append((first.status_code, first["Location"], wrong.status_code, len(code)))

    assert said[0] == said[1] == said[2] == (302, "/my-card/code", 403, said[0][3])


def test_right_code_of_a_mobile_that_is_not_on_the_card_opens_nothing(asha, world):
    client = browser()
    client.post("/my-card", {"card": CARD, "mobile": OTHERS})
    answer = client.post("/my-card/code", {"code": code_in(world, OTHERS)})

    assert answer.status_code == 403
    assert "This card cannot be shown with this mobile number" in answer.content.decode()
    assert "Asha" not in page_of(client)


def test_mobile_of_who_left_opens_nothing(asha, world):
    from datetime import date

    from tests.registry.files import member_left

    client = inside(world)
    member_left(asha.household.memberships.get(line=1), on=date(2026, 11, 1))

    assert "Binod" not in page_of(client)


def test_after_five_mobiles_no_other_asks_for_a_card_within_the_hour(asha, world, monkeypatch):
    for last in range(5):
        assert browser().post("/my-card", {"card": CARD, "mobile": f"999990010{last}"}).status_code == 302
    answer = browser().post("/my-card", {"card": CARD, "mobile": HEAD})
    assert answer.status_code == 429
    assert "5 mobile numbers within an hour" in answer.content.decode()
    assert AskedPair.objects.count() == 5

    later = NOON + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("rasad.families.views.own.now", lambda: later)
    assert browser().post("/my-card", {"card": CARD, "mobile": HEAD}).status_code == 302
    assert AskedPair.objects.count() == 1


def test_telephone_gets_one_code_a_minute(asha, world):
    for _ in range(3):
        browser().post("/my-card", {"card": CARD, "mobile": HEAD})

    assert Code.objects.filter(mobile=HEAD).count() == 1


def test_page_closes_by_itself_and_when_left(asha, world, monkeypatch):
    client = inside(world)
    client.post("/my-card/leave")
    assert "Send me the code" in page_of(client)

    Code.objects.all().delete()
    client = inside(world)
    monkeypatch.setattr("rasad.families.views.own.now", lambda: NOON + timedelta(minutes=31))
    assert "Send me the code" in page_of(client)


def test_code_page_without_a_question_leads_to_the_beginning():
    for address in ("/my-card/code", "/my-card/mobile", "/my-card/mobile/code"):
        assert browser().get(address)["Location"] == "/my-card"
    assert browser().post("/my-card", {"card": "x", "mobile": "12"}).status_code == 200


def begun(world, **more):
    client = inside(world)
    answer = client.post("/my-card/mobile", {"line": 1, "mobile": NEW, **more})
    return client, answer


@pytest.mark.req("R-NFR-01")
def test_family_changes_its_mobile_by_a_code_on_each_number(asha, world):
    client, _ = begun(world)
    assert Person.objects.filter(mobile=NEW).count() == 0
    assert client.post("/my-card/mobile/code", {"code": code_in(world, NEW)})["Location"] == "/my-card"

    assert "mobile …0055" in page_of(client)
    change = MobileChange.objects.get()
    assert (change.before, change.mobile, change.proof, change.told_old) == (HEAD, NEW, "old_mobile", True)
    entry = Entry.objects.get(action="card.mobile_changed")
    assert (entry.of_key, entry.by) == (CARD, "citizen")
    assert entry.facts == {"member": 1, "before": "XXXXXX0001", "now": "XXXXXX0055", "proof": "old_mobile"}
    told = world.sms.messages_for(HEAD)[-1].text
    assert "in place of this one" in told
    assert (NEW in told, CARD in told) == (False, False)


def test_wrong_code_of_the_new_number_changes_nothing(asha, world):
    client, _ = begun(world)
    right = code_in(world, NEW)
    wrong = "000000" if right != "000000" else "111111"

    assert client.post("/my-card/mobile/code", {"code": wrong}).status_code == 403
    assert Person.objects.filter(mobile=NEW).count() == 0
    assert MobileChange.objects.get().done_at is None


def test_change_is_for_another_number_a_member_and_ten_minutes(asha, world, monkeypatch):
    client, answer = begun(world, mobile=HEAD)
    assert answer.status_code == 422
    assert client.post("/my-card/mobile", {"line": 9, "mobile": NEW}).status_code == 200
    client.post("/my-card/mobile", {"line": 2, "mobile": NEW})
    monkeypatch.setattr("rasad.families.views.own_mobile.now", lambda: NOON + timedelta(minutes=11))

    answer = client.post("/my-card/mobile/code", {"code": code_in(world, NEW)})
    assert (answer.status_code, Person.objects.filter(mobile=NEW).count()) == (409, 0)


def test_old_number_that_left_the_card_meanwhile_proves_nothing(asha, world):
    client, _ = begun(world)
    Person.objects.filter(mobile=HEAD).update(mobile=OTHERS)

    client.post("/my-card/mobile/code", {"code": code_in(world, NEW)})
    assert Person.objects.filter(mobile=NEW).count() == 0


def test_officer_who_saw_a_paper_changes_it_with_a_code_on_the_new_number(asha, world, meena):
    client = client_of(meena)
    client.post(f"/families/{CARD}/mobile", {"line": 2, "mobile": NEW, "paper": "Voter card XYZ1234567"})
    change = MobileChange.objects.get()
    answer = client.post(f"/families/{CARD}/mobile/{change.pk}", {"code": code_in(world, NEW)}, follow=True)

    assert "The new mobile number stands on the card." in answer.content.decode()
    entry = Entry.objects.get(action="card.mobile_changed")
    assert (entry.by, entry.reason, entry.facts["proof"]) == ("meena", "Voter card XYZ1234567", "paper")
    assert Person.objects.get(name="Binod Kumar").mobile == NEW
    assert set(LookUp.objects.values_list("why", flat=True)) == {"mobile", "desk"}
    again = client.post(f"/families/{CARD}/mobile/{change.pk}", {"code": "123456"})
    assert again.status_code == 409


@pytest.mark.req("R-NFR-03")
def test_aadhaar_number_is_not_taken_down_as_a_paper(asha, world, meena):
    paper = f"Aadhaar {cast.CHANDA[:4]} {cast.CHANDA[4:8]} {cast.CHANDA[8:]}"
    answer = client_of(meena).post(f"/families/{CARD}/mobile", {"line": 2, "mobile": NEW, "paper": paper})

    assert (answer.status_code, MobileChange.objects.count()) == (200, 0)


def test_old_number_that_cannot_be_told_is_noted(asha, world, meena, settings):
    client = client_of(meena)
    client.post(f"/families/{CARD}/mobile", {"line": 1, "mobile": NEW, "paper": "Voter card"})
    code = code_in(world, NEW)
    settings.SMS_URL = ""
    change = MobileChange.objects.get()
    answer = client.post(f"/families/{CARD}/mobile/{change.pk}", {"code": code}, follow=True)

    assert "The old number could not be told; it is noted." in answer.content.decode()
    assert MobileChange.objects.get().told_old is False


@pytest.mark.parametrize("role", ["headquarters", "unit_committee"])
def test_who_does_not_serve_at_the_desk_changes_no_mobile(asha, role):
    from tests.cast import staff

    area = ("state", "6") if role == "headquarters" else ("place", "639")
    client = client_of(staff("other", role, area))

    assert (
        client.post(f"/families/{CARD}/mobile", {"line": 1, "mobile": NEW, "paper": "x"}).status_code == 403
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM families_mobilechange",
        "UPDATE families_mobilechange SET mobile = '9999900000'",
        "UPDATE families_mobilechange SET done_at = NULL",
    ],
)
def test_change_stays_as_it_was_made(asha, world, statement):
    from django.db import ProgrammingError, connection, transaction

    client, _ = begun(world)
    client.post("/my-card/mobile/code", {"code": code_in(world, NEW)})

    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        connection.cursor().execute(statement)
