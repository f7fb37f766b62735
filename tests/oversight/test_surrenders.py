"""A family gives its card up in a campaign: one act with its proof opens the application; only that ends the card."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from rasad.applications.actions import decide, verify
from rasad.applications.models import Application, Certificate
from rasad.journal.models import Entry
from rasad.oversight.actions import campaigns, surrenders
from rasad.oversight.models import Campaign, Case, Surrender
from rasad.registry.models import Card, Ending, Person
from rasad.values.refused import Refused
from tests.cast import HISAR, client_of, staff
from tests.counter import cast
from tests.counter.at_pages import words
from tests.oversight.cast import NOON, after, noticed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOLD = {
    "kind": "surrender", "title": "Give bogus cards up", "district_code": HISAR, "order_number": "FS-9/2026",
    "starts_on": date(2026, 6, 1), "ends_on": date(2026, 9, 30), "surrender_until": date(2026, 7, 31),
    "ground": "bogus", "criterion": "", "months": 0,
}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
SIGNED = {
    "line": 1,
    "proof": "signature",
    "statement": "Statement of 10 June",
    "promised_on": date(2026, 6, 17),
}


def running(officers, **told):
    made = campaigns.plan_campaign(told=TOLD | told, by=officers.meena, at=NOON)
    campaigns.start(campaign=made, by=officers.meena, at=NOON)
    return Campaign.objects.get(pk=made.pk)


def given_up(officers, campaign, at=NOON, **told):
    return surrenders.give_up(
        campaign=campaign, card=Card.objects.get(number=cast.CARD), told=surrenders.GivenUp(**SIGNED | told),
        by=officers.sunil, office="Area office, Hansi", at=at,
    )  # fmt: skip


def decided(application, officers, at=NOON):
    verify.open_(application=application, by=officers.sunil, at=at)
    verify.verify(application=application, finding="The family came itself.", by=officers.sunil, at=at)
    return decide.approve(application=Application.objects.get(pk=application.pk), by=officers.meena, at=at)


def refused(call, *args, **given):
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return caught.value.code


def form(**given):
    return {
        "card": cast.CARD, "act": "open", "line": "1", "proof": "signature", "statement": "Statement of 10 June",
        "promised_on": "2026-06-17", **given,
    }  # fmt: skip


@pytest.mark.req("R-BOG-07")
def test_one_act_of_the_officer_opens_the_application_filled_in_with_its_slip(ashas, officers):
    campaign, sunil = running(officers), client_of(officers.sunil)
    page = f"/campaigns/{campaign.pk}/give-up"
    assert "Asha Devi" in words(sunil.get(f"{page}?card={cast.CARD}"))

    answer = sunil.post(page, form(picture=SimpleUploadedFile("s.png", PNG, "image/png")))

    made = Surrender.objects.get()
    one = made.application
    assert (answer.status_code, answer.url) == (302, f"/applications/{one.number}")
    assert (one.service, one.state, one.applicant, one.card.number, one.mobile, one.due_on) == (
        "surrender_certificate", "registered", "Asha Devi", cast.CARD, "9999900001", date(2026, 6, 17),
    )  # fmt: skip
    assert one.wants == {"reason": "Give bogus cards up, FS-9/2026", "campaign": campaign.pk}
    paper = one.documents.get()
    assert (paper.kind, paper.media_type) == ("statement", "image/png")
    assert sunil.get(f"/applications/{one.number}/slip.pdf").content[:5] == b"%PDF-"
    assert "Asha Devi" in words(sunil.get(f"/campaigns/{campaign.pk}"))
    assert (
        list(Entry.objects.filter(of_kind="campaign").values_list("action", flat=True))[-1]
        == "campaign.given_up"
    )


@pytest.mark.req("R-BOG-07", "R-BOG-12")
def test_card_ends_with_the_month_when_two_officers_decided_the_application_and_not_before(ashas, officers):
    made = given_up(officers, running(officers))
    card = Card.objects.get(number=cast.CARD)
    assert (card.during.upper, Ending.objects.exists()) == (None, False)

    decided(made.application, officers)

    card.refresh_from_db()
    ending = Ending.objects.get(what="card")
    assert (card.during.upper, ending.ground, ending.key, ending.by, ending.confirmed_by) == (
        date(2026, 7, 1), "application", made.application.number, "sunil", "meena",
    )  # fmt: skip
    assert Certificate.objects.get().people == ["Asha Devi", "Binod Kumar", "Chanda"]


def test_code_on_the_cards_telephone_is_a_proof_too(ashas, officers, world):
    campaign, sunil = running(officers), client_of(officers.sunil)
    page = f"/campaigns/{campaign.pk}/give-up"

    sent = sunil.post(page, form(act="send", proof="code", statement=""))
    assert (sent.status_code, Surrender.objects.exists()) == (200, False)
    assert "9999900001"[-4:] in words(sent)
    code = re.search(r"\b\d{6}\b", world.sms.messages_for("9999900001")[-1].text)[0]
    wrong = sunil.post(
        page, form(proof="code", statement="", code="000000" if code != "000000" else "111111")
    )
    assert (wrong.status_code, wrong.context["said"].code) == (403, "own_code_wrong")
    right = sunil.post(page, form(proof="code", statement="", code=code))

    assert right.status_code == 302
    made = Surrender.objects.get()
    assert (made.proof, made.shown, made.who) == ("code", "…0001", "Asha Devi")
    again = sunil.post(page, form(proof="code", statement="", code=code))
    assert again.context["said"].code == "code_over"


def test_wrong_code_is_counted_and_the_third_ends_it(ashas, officers, world):
    campaign = running(officers)
    surrenders.send_code(campaign=campaign, card=Card.objects.get(number=cast.CARD), at=NOON)
    code = re.search(r"\b\d{6}\b", world.sms.messages_for("9999900001")[-1].text)[0]
    other = f"{(int(code) + 1) % 10**6:06d}"

    told = [refused(given_up, officers, campaign, proof="code", code=other) for _ in range(3)]

    assert [*told, refused(given_up, officers, campaign, proof="code", code=code)] == [
        "own_code_wrong", "own_code_wrong", "own_code_wrong", "code_over",
    ]  # fmt: skip


def test_each_reason_why_a_card_is_not_given_up_here(ashas, officers):
    card = Card.objects.select_related("household").get(number=cast.CARD)
    planned = campaigns.plan_campaign(told=TOLD, by=officers.meena, at=NOON)
    assert refused(given_up, officers, planned) == "campaign_not_so_far"
    campaign = running(officers, title="Second")
    assert refused(given_up, officers, campaign, at=after(52)) == "surrender_is_over"
    assert refused(given_up, officers, campaign, statement=" ") == "statement_needed"
    assert refused(given_up, officers, campaign, line=9) == "no_such_member"
    elsewhere = running(officers, title="Third", district_code="71")
    assert refused(given_up, officers, elsewhere) == "card_of_another_campaign"
    Person.objects.update(mobile="")
    assert refused(surrenders.send_code, campaign=campaign, card=card, at=NOON) == "no_telephone_on_card"
    given_up(officers, campaign)
    assert refused(given_up, officers, campaign) == "asked_already"
    assert Surrender.objects.count() == 1


def test_no_notice_goes_to_who_gave_the_card_up_and_a_case_learns_of_it(ashas, officers):
    campaign, case = running(officers), noticed(officers.meena)
    row = campaign.suspicions.create(card=ashas, district_code=HISAR, source="a", says="b", matched_by="card")

    made = given_up(officers, campaign)

    row.refresh_from_db()
    assert row.dropped == "surrendered"
    said = Case.objects.get(pk=case.pk).evidence.order_by("-pk").first()
    assert (said.source, said.says) == (
        "Asha Devi",
        f"Signed or thumb-marked statement: {made.application.number}",
    )


def test_suspicion_stands_again_when_the_application_came_to_nothing(ashas, officers):
    campaign = running(officers)
    row = campaign.suspicions.create(card=ashas, district_code=HISAR, source="a", says="b", matched_by="card")
    made = given_up(officers, campaign)
    verify.withdraw(application=made.application, reason="We need it", by="sunil", at=NOON)

    campaigns.report_and_draw(campaign=campaign, seed=7, by=officers.meena, at=NOON)

    row.refresh_from_db()
    assert (row.dropped, row.place_in_sample) == ("", 1)


def test_campaign_of_the_whole_state_takes_cards_of_every_district_by_its_own_officers(
    ashas, officers, stranger
):
    campaign = running(officers, district_code="")
    page = f"/campaigns/{campaign.pk}/give-up"
    sunil, far = client_of(officers.sunil), client_of(stranger)

    assert f'href="{page}"' in sunil.get("/campaigns").content.decode()
    assert far.post(page, form()).context["said"].code == "card_unknown"
    assert client_of(officers.kavita).get(page).status_code == 403
    assert sunil.post(page, form()).status_code == 302


def test_campaign_of_another_district_does_not_exist(ashas, officers):
    campaign = running(officers)
    far = staff("far", "inspector", ("district", "71"), name="Far")

    assert client_of(far).get(f"/campaigns/{campaign.pk}/give-up").status_code == 404


def test_form_that_lacks_something_is_shown_again(ashas, officers):
    campaign, sunil = running(officers), client_of(officers.sunil)
    page = f"/campaigns/{campaign.pk}/give-up"

    assert sunil.get(page).status_code == 200
    assert sunil.post(page, form(line="7")).status_code == 422
    assert sunil.post(page, form(promised_on="")).status_code == 422
    assert sunil.get(f"{page}?card=1").status_code == 404


def test_database_keeps_no_surrender_without_its_own_application(ashas, officers):
    made = given_up(officers, running(officers))
    other = Application.objects.create(
        number="X1", service="duplicate_card", card=ashas, district_code=HISAR, applicant="x", channel="counter",
        registered_by="x", made_at="x", received_at=NOON, received_on=NOON.date(), due_on=NOON.date(),
    )  # fmt: skip
    told = {
        "campaign": made.campaign,
        "card": ashas,
        "who": "x",
        "proof": "code",
        "shown": "x",
        "by": "x",
        "at": NOON,
    }

    with pytest.raises(DatabaseError, match="given up by an application"), transaction.atomic():
        Surrender.objects.create(application=other, **told)
    with pytest.raises(DatabaseError), transaction.atomic():
        Surrender.objects.all().delete()
