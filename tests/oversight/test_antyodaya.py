"""An Antyodaya list from the estimate to the final list: BPL cards only, the Gram Sabha, objections, two officers."""

import io
from datetime import date

import pypdf
import pytest
from django.db import DatabaseError, transaction

from rasad.oversight.actions import antyodaya
from rasad.oversight.models import AayEntry, AayList
from rasad.oversight.queries.antyodaya import candidates
from rasad.registry.families import family
from rasad.registry.models import CardCategory, Ending, Household, Place, PlaceParent
from rasad.values.refused import Refused
from tests.cast import HISAR, client_of
from tests.counter import cast
from tests.counter.at_pages import words
from tests.oversight.cast import NOON, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
POTTER = {"occupation": "potter"}


@pytest.fixture
def village(ravis):
    """A village of Hisar with three BPL cards and an OPH card."""
    place = Place.objects.get(kind="village")
    district = Place.objects.get(kind="district", code=HISAR)
    PlaceParent.objects.create(place=place, parent=district, during=(date(2015, 1, 1), None))
    for number, category in (("11", "CBPL"), ("12", "SBPL"), ("13", "CBPL"), ("14", "OPH")):
        person = cast.person(f"Head {number}")
        person.born_on = date(1966, 6, 10) if number == "12" else date(1990, 1, 1)
        person.save(update_fields=["born_on"])
        made = cast.card(f"0699000000{number}", person, category=category)
        Household.objects.filter(pk=made.household_id).update(district_code=HISAR)
    return place


def cards(*numbers):
    return [CardCategory.objects.get(card__number=f"0699000000{one}").card for one in numbers]


def made(village, officers, places=2):
    return antyodaya.make_list(place=village, places=places, source="Census 2011", by=officers.meena, at=NOON)


def added(of, officers, number, **facts):
    [card] = cards(number)
    return antyodaya.add_candidate(
        of=of, card=card, facts=facts or POTTER, evidence="house visit", by=officers.meena, at=NOON
    )


def resolved(village, officers, places=2):
    of = made(village, officers, places)
    chosen = [added(of, officers, one) for one in ("11", "12")]
    return antyodaya.resolve(
        of=of, chosen=[one.pk for one in chosen], resolution="GS-7", on=NOON.date(), body="Gram Sabha Dera",
        by=officers.sunil, at=NOON,
    )  # fmt: skip


def refused(call, **given):
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.code


@pytest.mark.req("R-IDN-03")
def test_list_goes_from_the_estimate_to_cards_of_the_next_month(village, officers):
    of = resolved(village, officers)
    assert (of.state, of.objections_until) == ("resolved", date(2026, 6, 25))
    of = antyodaya.propose(of=of, by=officers.sunil, at=after(16))
    assert refused(antyodaya.confirm, of=of, by=officers.sunil, at=after(16)) == "list_by_another"

    of = antyodaya.confirm(of=of, by=officers.kavita, at=after(17))

    assert (of.state, of.holds_from) == ("final", date(2026, 7, 1))
    assert family("069900000011", on=date(2026, 6, 30)).category == "CBPL"
    assert family("069900000011", on=date(2026, 7, 1)).category == "AAY"
    assert set(Ending.objects.values_list("ground", "key", "by", "confirmed_by")) == {
        ("list", of.number, "sunil", "kavita")
    }
    entry = of.entries.first()
    antyodaya.note_printed(entry=entry, by=officers.sunil, at=after(20))
    assert refused(antyodaya.note_printed, entry=entry, by=officers.sunil, at=after(20)) == "row_has_its_card"


@pytest.mark.req("R-IDN-04")
def test_only_bpl_cards_are_put_before_the_gram_sabha(village, officers):
    of = made(village, officers)
    [card] = cards("14")
    given = {"of": of, "card": card, "facts": POTTER, "evidence": "x", "by": officers.meena, "at": NOON}

    assert refused(antyodaya.add_candidate, **given) == "not_an_antyodaya_family"
    assert refused(added, of=of, officers=officers, number="13", occupation="something_else") == (
        "not_an_antyodaya_family"
    )
    added(of, officers, "11")
    assert refused(added, of=of, officers=officers, number="11") == "card_on_the_list"


@pytest.mark.req("R-IDN-11")
def test_head_who_is_sixty_today_without_support_counts(village, officers):
    of = made(village, officers)

    entry = added(of, officers, "12", assured_means_or_support=False)

    assert entry.criteria
    assert entry.facts["head_age"] == 60


def test_never_more_families_than_places(village, officers):
    of = made(village, officers, places=1)
    chosen = [added(of, officers, one).pk for one in ("11", "12")]
    given = {
        "of": of, "resolution": "1", "on": NOON.date(), "body": "x", "by": officers.sunil, "at": NOON,
    }  # fmt: skip

    assert refused(antyodaya.resolve, chosen=chosen, **given) == "more_than_the_estimate"
    assert refused(antyodaya.resolve, chosen=[], **given) == "nobody_is_chosen"
    antyodaya.resolve(chosen=chosen[:1], **given)
    of = antyodaya.propose(of=of, by=officers.sunil, at=after(16))
    with pytest.raises(DatabaseError), transaction.atomic():
        AayEntry.objects.update(is_chosen=True)


@pytest.mark.req("R-BOG-03")
def test_families_who_meet_more_criteria_come_first(village, officers):
    of = made(village, officers)
    added(of, officers, "11")
    added(of, officers, "12", occupation="potter", assured_means_or_support=False)

    told = candidates(of, on=NOON.date())

    assert [(one.rank, one.head) for one in told] == [(1, "Head 12"), (2, "Head 11")]
    assert len(told[0].reasons) > len(told[1].reasons)


def test_objections_are_decided_before_the_list_goes_on(village, officers):
    of = resolved(village, officers)
    objection = antyodaya.object_to(
        of=of, by_whom="Ram", words="He owns a mill", by=officers.sunil, at=after(1)
    )
    given = {"of": of, "by": officers.sunil, "at": after(16)}
    assert refused(antyodaya.propose, **{**given, "at": after(2)}) == "objections_wait"
    assert refused(antyodaya.propose, **given) == "objections_wait"
    entry = of.entries.order_by("pk").first()

    antyodaya.decide_objection(
        objection=objection, upheld=True, why="The mill is his", entry=entry, by=officers.sunil, at=after(3)
    )

    again = {"objection": objection, "upheld": False, "why": "x", "by": officers.sunil, "at": after(3)}
    assert refused(antyodaya.decide_objection, **again) == "objection_decided"
    antyodaya.propose(**given)
    assert AayEntry.objects.filter(is_chosen=True).count() == 1
    back = antyodaya.send_back(of=of, why="Look again", by=officers.kavita, at=after(17))
    assert (back.state, back.proposed_by) == ("resolved", "")


def test_program_that_makes_a_list_final_is_stopped_by_the_database(village, officers):
    of = resolved(village, officers)

    with pytest.raises(DatabaseError), transaction.atomic():
        AayList.objects.filter(pk=of.pk).update(state="final", proposed_by="a", confirmed_by="b")


def test_list_is_led_on_pages_and_printed_in_hindi(village, officers, clock, stranger):
    meena, sunil, imran = (client_of(getattr(officers, one)) for one in ("meena", "sunil", "imran"))
    form = {"place": "639", "places": "2", "places_source": "Census"}
    address = meena.post("/antyodaya/new", form, follow=True).redirect_chain[-1][0]
    told = {"card": "069900000011", "evidence": "visit", "occupation": "potter"}
    assert meena.post(f"{address}/candidate", told).status_code == 302
    assert meena.post(f"{address}/candidate", {**told, "card": "069900000014"}).status_code == 409
    entry = AayEntry.objects.get()
    assert entry.facts["evidence"] == "visit"
    resolution = {"entry": entry.pk, "resolution": "GS-7", "on": "2026-06-10", "body": "Gram Sabha"}
    assert sunil.post(f"{address}/resolve", resolution).status_code == 302
    sheet = pypdf.PdfReader(io.BytesIO(sunil.get(f"{address}/sheet.pdf").content)).pages[0].extract_text()
    assert "GS-7" in sheet
    clock(16)
    assert sunil.post(f"{address}/propose").status_code == 302
    assert imran.post(f"{address}/confirm", {"answer": "agree"}).status_code == 302
    assert "Antyodaya from 1 July 2026" in words(sunil.get(address))
    assert sunil.post(f"/antyodaya/entries/{entry.pk}/printed").status_code == 302
    assert "Dera" in words(sunil.get("/antyodaya"))
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).post("/antyodaya/new", form).status_code == 422
