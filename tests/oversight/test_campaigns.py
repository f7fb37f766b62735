"""A campaign opens cases only with its report and a visited sample, by a second officer; its sample can stop it."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction

from rasad import wiring
from rasad.jobs.models import Job, JobRow
from rasad.jobs.running import run_waiting
from rasad.oversight.actions import campaigns, cases, penal, suspicions
from rasad.oversight.models import Campaign, Case, PenalReferral, Suspicion
from rasad.oversight.queries.campaigns import overdue, results
from rasad.registry.models import Card, Household, Membership
from rasad.values.refused import Refused
from tests.cast import HISAR
from tests.counter import cast
from tests.oversight.cast import NOON, after, opened, ordered

pytestmark = pytest.mark.django_db
TOLD = {
    "kind": "list", "title": "Vehicle owners", "district_code": HISAR, "order_number": "FS-1/2026",
    "starts_on": date(2026, 6, 1), "ends_on": date(2026, 9, 30), "surrender_until": None, "ground": "exclusion",
    "criterion": "R-X-07", "months": 0,
}  # fmt: skip
HEAD = "card_number,family_id,aadhaar,name,remarks\n"


@pytest.fixture(autouse=True)
def _books_at_noon(monkeypatch):
    monkeypatch.setattr(wiring, "now", lambda: NOON)


@pytest.fixture
def cards(ashas):
    """Twelve cards of Hisar, Asha's first."""
    for one in range(2, 13):
        made = cast.card(f"0699000001{one:02d}", cast.person(f"Person {one}"), category="AAY")
        Household.objects.filter(pk=made.household_id).update(district_code=HISAR)
    return list(Card.objects.order_by("pk"))


def started(officers, **told):
    made = campaigns.plan_campaign(told=TOLD | told, by=officers.meena, at=NOON)
    campaigns.start(campaign=made, by=officers.meena, at=NOON)
    made.refresh_from_db()
    return made


def taken(made, tmp_path, officers, *rows):
    file = tmp_path / "list.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return suspicions.take_list(
        campaign=made, file=file, source="Transport", dated=None, by=officers.meena, at=NOON
    )


def drawn(officers, cards, tmp_path, **told):
    made = started(officers, **told)
    taken(made, tmp_path, officers, *(f"{one.number},,,,owns a car" for one in cards))
    return campaigns.report_and_draw(campaign=made, seed=7, by=officers.meena, at=NOON)


def visited(made, officers, real=0):
    for place, one in enumerate(made.suspicions.filter(place_in_sample__isnull=False)):
        campaigns.record_visit(
            suspicion=one,
            visit="real" if place < real else "not_eligible",
            note="",
            by=officers.sunil,
            at=NOON,
        )


def refused(call, **given):
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.code


@pytest.mark.req("R-BOG-05")
def test_rows_are_matched_by_numbers_and_never_by_a_name(cards, officers, tmp_path):
    Household.objects.filter(pk=cards[1].household_id).update(family_id="1ABC2345")
    made = started(officers)

    counted = taken(
        made,
        tmp_path,
        officers,
        f",,{cast.BINOD},Binod,",
        ",1ABC2345,,,",
        f"{cards[2].number},,,,",
        ",,,Person 5,",
    )

    assert suspicions.ends(counted) == {"matched": 3, "waiting": 1}
    found = list(made.suspicions.order_by("pk").values_list("matched_by", "card__number", "name"))
    assert found == [
        ("aadhaar", cast.CARD, "Binod"), ("family_id", cards[1].number, ""), ("card", cards[2].number, ""),
        ("", None, "Person 5"),
    ]  # fmt: skip


def test_list_of_deaths_is_about_the_person_and_a_card_number_names_nobody(cards, officers, tmp_path):
    made = started(officers, ground="dead")
    taken(made, tmp_path, officers, f",,{cast.BINOD},Binod,", f"{cast.CARD},,,Chanda,")

    by_ref, by_card = made.suspicions.order_by("pk")
    assert (by_ref.membership.person.name, by_card.matched_by) == ("Binod Kumar", "")
    chanda = Membership.objects.get(person__name="Chanda")
    suspicions.match(suspicion=by_card, card=cards[0], membership=chanda, by=officers.sunil, at=NOON)
    by_card.refresh_from_db()
    assert (by_card.membership, by_card.matched_by) == (chanda, "person")
    again = {"suspicion": by_card, "card": cards[0], "membership": chanda, "by": officers.sunil, "at": NOON}
    assert refused(suspicions.match, **again) == "row_has_its_card"


def test_row_of_another_district_is_none_of_this_campaign(cards, officers, tmp_path):
    Household.objects.filter(pk=cards[1].household_id).update(district_code="71")

    made = started(officers)
    taken(made, tmp_path, officers, f"{cards[1].number},,,,")

    assert not made.suspicions.exists()


@pytest.mark.req("R-BOG-02", "R-BOG-04")
def test_campaign_goes_from_its_plan_to_cases_with_notices(cards, officers, tmp_path):
    made = drawn(officers, cards, tmp_path)
    assert made.impact == {
        "cards": 12, "people": 14, "by_category": {"AAY": 11, "OPH": 1}, "by_district": {HISAR: 12},
        "women_headed": 0, "aged": 0, "kg_a_month": 430,
    }  # fmt: skip
    visited(made, officers, real=1)

    job = campaigns.publish(campaign=made, by=officers.kavita, at=NOON)
    run_waiting()

    assert Job.objects.get(pk=job.pk).state == "done"
    assert JobRow.objects.filter(job=job, outcome="done").count() == 11
    assert Case.objects.filter(campaign=made, state="noticed", opened_by="meena").count() == 11
    assert Suspicion.objects.get(visit="real").case is None
    case = Case.objects.filter(campaign=made).first()
    assert (case.criterion, case.evidence.get().says, case.noticed_on) == (
        "R-X-07",
        "owns a car",
        NOON.date(),
    )
    [of_hisar] = results(made)
    assert (of_hisar.district, of_hisar.found, of_hisar.cases, of_hisar.ordered) == (HISAR, 12, 11, 0)
    campaigns.close(campaign=made, by=officers.meena, at=after(100))
    assert Campaign.objects.get().state == "closed"


def test_opening_the_cases_twice_opens_none_twice(cards, officers, tmp_path):
    from rasad.jobs.actions import start

    made = drawn(officers, cards, tmp_path)
    visited(made, officers)
    campaigns.publish(campaign=made, by=officers.kavita, at=NOON)
    run_waiting()
    start(campaigns.OPENING, args={"campaign": made.pk}, by="kavita", at=NOON)
    run_waiting()

    assert Case.objects.count() == 12


def test_campaign_is_stopped_by_real_families_in_its_sample(cards, officers, tmp_path):
    made = drawn(officers, cards, tmp_path)

    with pytest.raises(Refused, match="campaign_not_so_far"):
        visited(made, officers, real=2)

    made.refresh_from_db()
    assert made.state == "stopped"
    assert (
        refused(campaigns.publish, campaign=made, by=officers.kavita, at=NOON) == "sample_found_real_families"
    )
    assert not Case.objects.exists()


def test_nothing_is_opened_before_every_sampled_family_was_visited(cards, officers, tmp_path):
    made = drawn(officers, cards, tmp_path)

    assert refused(campaigns.publish, campaign=made, by=officers.meena, at=NOON) == "campaign_by_another"
    assert refused(campaigns.publish, campaign=made, by=officers.kavita, at=NOON) == "sample_not_visited"
    again = {"campaign": made, "seed": 8, "by": officers.meena, "at": NOON}
    assert refused(campaigns.report_and_draw, **again) == "campaign_not_so_far"


def test_sample_follows_from_its_seed(cards, officers, tmp_path, monkeypatch):
    from dataclasses import replace

    figures = campaigns.review(on=NOON.date())
    monkeypatch.setattr(campaigns, "review", lambda **_: replace(figures, sample_families=4))
    samples = []
    for _ in range(2):
        made = drawn(officers, cards, tmp_path)
        rows = list(made.suspicions.order_by("pk").values_list("place_in_sample", flat=True))
        samples.append(rows)

    assert samples[0] == samples[1]
    assert sorted(one for one in samples[0] if one) == [1, 2, 3, 4]


@pytest.mark.parametrize("state", ["published", "closed"])
def test_program_that_skips_the_sample_is_stopped_by_the_database(cards, officers, tmp_path, state):
    made = drawn(officers, cards, tmp_path)

    with pytest.raises(DatabaseError), transaction.atomic():
        Campaign.objects.filter(pk=made.pk).update(state=state, published_by="kavita")
    about = cases.About(cards[0], "bogus", "x")
    with pytest.raises(DatabaseError, match="not opened"), transaction.atomic():
        cases.open_case(about=about, evidence=[cases.Said("a", "b")], by="meena", at=NOON, campaign=made)


@pytest.mark.req("R-BOG-05")
def test_cards_that_never_lift_are_found_in_the_books(cards, officers, world):
    monday = datetime(2026, 5, 4, 12, 0, tzinfo=wiring.INDIA)
    shown = cast.visit(when=monday)
    cast.unauthenticated(shown)
    cast.sell(shown, when=monday, wheat=1_000)
    made = started(officers, kind="never_lifting", ground="never_lifting", months=3)

    run_waiting()

    assert made.suspicions.count() == 11
    assert not made.suspicions.filter(card__number=cast.CARD).exists()
    assert set(made.suspicions.values_list("matched_by", flat=True)) == {"books"}


@pytest.mark.req("R-BOG-05")
def test_likeness_of_two_people_waits_for_a_person(cards, officers):
    people = Membership.objects.filter(household__in=[cards[1].household_id, cards[2].household_id])
    for one in people:
        one.person.name, one.person.guardian_name, one.person.born_on = "Ram", "Hari", date(1970, 1, 2)
        one.person.save(update_fields=["name", "guardian_name", "born_on"])
    made = started(officers, kind="duplicates", ground="duplicate")

    run_waiting()

    found = made.suspicions.get()
    assert (found.matched_by, found.card) == ("", cards[2])
    given = {"campaign": made, "seed": 1, "by": officers.meena, "at": NOON}
    assert refused(campaigns.report_and_draw, **given) == "campaign_found_nothing"


@pytest.mark.req("R-BOG-06")
def test_surprise_check_finds_a_card(cards, officers):
    made = started(officers, kind="surprise", ground="bogus")
    given = {
        "campaign": made,
        "card": cards[3],
        "says": "empty plot",
        "source": "visit",
        "by": officers.sunil,
        "at": NOON,
    }

    suspicions.add_found(**given)

    assert made.suspicions.get().matched_by == "person"
    assert refused(suspicions.add_found, **given) == "row_has_its_card"


@pytest.mark.req("R-BOG-07", "R-BOG-08", "R-BOG-09")
def test_penal_action_follows_an_order_and_the_end_of_the_surrender(cards, officers, tmp_path, monkeypatch):
    told = {
        "case": None,
        "against": "dealer",
        "name": "X",
        "offence": "kept bogus cards",
        "referred_to": "Police",
    }
    made = drawn(
        officers, cards, tmp_path, kind="surrender", ground="bogus", surrender_until=date(2026, 7, 31)
    )
    visited(made, officers)
    campaigns.publish(campaign=made, by=officers.kavita, at=NOON)
    run_waiting()
    case = Case.objects.filter(campaign=made).first()
    told["case"] = case
    assert refused(penal.refer, **told, by=officers.meena, at=NOON) == "penal_without_order"
    _order(case, officers)
    assert refused(penal.refer, **told, by=officers.meena, at=after(20)) == "surrender_window_open"

    referral = penal.refer(**told, by=officers.meena, at=after(60))

    assert referral.act == "Essential Commodities Act, 1955, section 7"
    penal.end_referral(referral=referral, outcome="licence suspended", by=officers.meena, at=after(90))
    assert PenalReferral.objects.get().outcome_on == after(90).date()
    again = {"referral": referral, "outcome": "x", "by": officers.meena, "at": after(91)}
    assert refused(penal.end_referral, **again) == "already_decided"


def _order(case, officers):
    from rasad.oversight.actions import orders

    cases.serve_notice(case=case, on=NOON.date(), how="hand", by=officers.sunil, at=NOON)
    cases.note_no_answer(case=case, by=officers.sunil, at=after(16))
    cases.propose_removal(case=case, why="x", rule="y", by=officers.sunil, at=after(16))
    orders.order_removal(case=case, by=officers.imran, at=after(17))


@pytest.mark.req("R-BOG-01")
def test_list_that_was_not_reviewed_for_a_year_is_told(cards, officers):
    districts = [(HISAR, "Hisar"), ("71", "Elsewhere")]
    assert [one.code for one in overdue(districts, on=NOON.date())] == [HISAR, "71"]
    made = started(officers, kind="yearly", ground="exclusion")
    Campaign.objects.filter(pk=made.pk).update(ends_on=date(2026, 6, 30))
    suspicions.add_found(campaign=made, card=cards[0], says="x", source="y", by=officers.meena, at=NOON)
    campaigns.report_and_draw(campaign=made, seed=1, by=officers.meena, at=NOON)
    visited(made, officers)
    campaigns.publish(campaign=made, by=officers.kavita, at=NOON)
    campaigns.close(campaign=made, by=officers.meena, at=NOON)

    assert [one.code for one in overdue(districts, on=date(2027, 6, 30))] == ["71"]
    assert [one.code for one in overdue(districts, on=date(2027, 7, 1))] == [HISAR, "71"]


def test_case_of_the_same_card_that_is_open_is_not_opened_again(cards, officers, tmp_path):
    opened(officers.sunil, ground="bogus")
    made = drawn(officers, cards, tmp_path)
    visited(made, officers)
    job = campaigns.publish(campaign=made, by=officers.kavita, at=NOON)
    run_waiting()

    assert list(JobRow.objects.filter(job=job, outcome="refused").values_list("code", flat=True)) == [
        "case_is_open"
    ]
    assert ordered
