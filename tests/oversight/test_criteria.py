"""A change of the criteria is noticed on its day, looked through and reported: nothing ends by it."""

from datetime import UTC, date, datetime

import pytest

from rasad import wiring
from rasad.applications.models import Application
from rasad.jobs.models import Job
from rasad.jobs.running import run_waiting
from rasad.journal.models import Entry
from rasad.oversight.actions import campaigns, criteria
from rasad.oversight.background import Round
from rasad.oversight.models import Campaign, Reevaluated, Reevaluation
from rasad.policy import eligibility
from rasad.policy.rows import Text
from rasad.registry.models import CardCategory, Ending
from rasad.values.refused import Refused
from tests.applications.conftest import (
    POOR,
    approved,
    asif,
    bimla,
    new_card,
    registered,
)
from tests.cast import HISAR, client_of
from tests.counter.at_pages import words

__all__ = ["asif", "bimla", "registered"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
APRIL_1 = datetime(2026, 4, 1, 5, 0, tzinfo=UTC)
MARCH_31 = datetime(2026, 3, 31, 5, 0, tzinfo=UTC)
RICH = {**POOR, "owns_motorised_four_wheeler": True}
SENTENCE = {
    "en": "The family owns an air conditioner.", "hi": "परिवार के पास एयर कंडीशनर है।", "bn": "পরিবারের এসি আছে।",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _books(monkeypatch):
    monkeypatch.setattr(wiring, "now", lambda: APRIL_1.astimezone(wiring.INDIA))
    monkeypatch.setattr("rasad.oversight.views.reevaluation.now", wiring.now)


@pytest.fixture
def families(asif, bimla):
    """A poor family without an air conditioner, one with, one that was not asked, and one with a car."""
    told = (
        ("9812300001", {**POOR, "owns_air_conditioner": False}), ("9812300002", {**POOR, "owns_air_conditioner": True}),
        ("9812300003", POOR), ("9812300004", {**RICH, "owns_air_conditioner": False}),
    )  # fmt: skip
    return [approved(new_card(mobile=mobile, facts=facts), asif, bimla) for mobile, facts in told]


@pytest.fixture
def order(monkeypatch):
    """From the first of April an air conditioner excludes, and a car no longer does."""
    law = eligibility.eligibility("IN-HR")
    pattern = next(
        one for one in law.rows if one.group == "exclusion" and one.area == "rural" and not one.open_ended
    )
    car = [
        one
        for one in law.rows
        if one.area == "rural" and one.test and "owns_motorised_four_wheeler" in one.facts
    ]
    test = {"fact": "owns_air_conditioner", "test": "is", "value": True}
    added = pattern.model_copy(
        update={
            "id": "hr.eligibility.rural.x99", "code": "R-X-99", "first_day": date(2026, 4, 1), "last_day": None,
            "sentence": Text(**SENTENCE), "test": type(pattern.test).model_validate(test),
        }
    )  # fmt: skip
    ended = [
        one.model_copy(update={"last_day": date(2026, 3, 31)}) if one in car else one for one in law.rows
    ]
    changed = law.model_copy(update={"rows": (*ended, added)})
    monkeypatch.setattr(eligibility, "eligibility", lambda state: changed)
    return [one.id for one in car]


def refused(call, **given):
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.code


def noticed(at=APRIL_1):
    criteria.look(at=MARCH_31)
    made = criteria.look(at=at)
    run_waiting()
    made.refresh_from_db()
    return made


def test_first_look_keeps_how_the_criteria_stand_and_asks_for_nothing(headquarters):
    assert criteria.look(at=MARCH_31).state == "baseline"
    assert criteria.look(at=APRIL_1) is None
    assert (Reevaluation.objects.count(), Job.objects.count()) == (1, 0)


@pytest.mark.req("R-IDN-38")
def test_change_is_noticed_on_its_day_and_not_before(families, order):
    assert criteria.look(at=MARCH_31).state == "baseline"
    assert criteria.look(at=MARCH_31.replace(hour=18)) is None

    made = criteria.look(at=MARCH_31.replace(hour=19))  # half past midnight in India

    assert (made.on, made.state) == (date(2026, 4, 1), "counting")
    assert ([one["row"] for one in made.added], [one["row"] for one in made.gone]) == (
        ["hr.eligibility.rural.x99"], order,
    )  # fmt: skip
    assert made.added[0]["said"] == SENTENCE
    assert Job.objects.get().kind == "oversight.reevaluate"
    assert criteria.look(at=APRIL_1) is None


@pytest.mark.req("R-IDN-38")
def test_each_living_card_ends_in_a_named_place_with_facts_reasons_and_rows(families, order):
    made = noticed()

    without, cooled, silent, car = (one.issued_card for one in families)
    told = {one.card: (one.end, one.held, one.found) for one in made.cards.all()}
    assert told == {
        without: ("same", "OPH", "OPH"), cooled: ("out", "OPH", "APL"), silent: ("unsure", "OPH", "OPH"),
        car: ("now", "APL", "OPH"),
    }  # fmt: skip
    out = made.cards.get(card=cooled)
    assert (out.matched, out.facts["owns_air_conditioner"], out.facts["existing_card"]) == (
        ["R-X-99"],
        True,
        "OPH",
    )
    assert out.reasons[0]["row"] == "hr.eligibility.rural.x99"
    assert made.rows["hr.eligibility.rural.x99"]
    assert made.cards.get(card=silent).untold == ["owns_air_conditioner"]
    assert made.counts["living"] == 4 + made.counts["no_facts"]
    assert (made.state, made.counts["out"], made.counts["now"], made.counts["unsure"], made.counts["same"]) == (
        "reported", 1, 1, 1, 1,
    )  # fmt: skip
    assert (made.impact["cards"], made.impact["people"], made.impact["by_category"]) == (1, 3, {"OPH": 1})


@pytest.mark.req("R-IDN-38")
def test_nothing_about_a_card_changes_by_the_report(families, order):
    before = list(CardCategory.objects.order_by("pk").values_list("card", "category", "during"))

    noticed()

    assert list(CardCategory.objects.order_by("pk").values_list("card", "category", "during")) == before
    assert (Ending.objects.count(), Campaign.objects.count()) == (0, 0)
    assert list(Entry.objects.filter(of_kind="criteria").values_list("action", "by")) == [
        ("criteria.changed", "system"), ("criteria.reported", "system"),
    ]  # fmt: skip


def test_job_that_was_killed_half_way_goes_on_and_says_each_card_once(families, order):
    criteria.look(at=MARCH_31)
    made = criteria.look(at=APRIL_1)
    one = families[1]
    Reevaluated.objects.create(
        reevaluation=made, card=one.issued_card, application=one, district_code=HISAR, end="out", held="OPH",
        found="APL", facts={}, at=APRIL_1,
    )  # fmt: skip

    run_waiting()

    made.refresh_from_db()
    assert (made.cards.count(), made.counts["out"]) == (4, 1)


def test_worker_looks_by_itself(order, monkeypatch):
    look = Round()
    look()
    look()

    assert [one.state for one in Reevaluation.objects.all()] == ["baseline"]


@pytest.mark.req("R-IDN-38", "R-BOG-10")
def test_head_office_reads_the_report_and_plans_a_review_that_takes_the_usual_way(
    families, order, headquarters, meena
):
    made, kavita = noticed(), client_of(headquarters)
    page = f"/campaigns/criteria/{made.pk}"
    assert page in kavita.get("/campaigns").content.decode()
    read = words(kavita.get(page))
    assert SENTENCE["en"] in read
    assert "OPH → APL" in read

    answer = kavita.post(
        f"{page}/plan", {"order_number": "FS-2", "starts_on": "2026-04-02", "ends_on": "2026-06-30"}
    )

    campaign = Campaign.objects.get()
    assert (answer.url, campaign.kind, campaign.state, campaign.reevaluation) == (
        f"/campaigns/{campaign.pk}", "criteria", "planned", made,
    )  # fmt: skip
    campaigns.start(campaign=campaign, by=headquarters, at=APRIL_1)
    run_waiting()
    [row] = campaign.suspicions.all()
    assert (row.card, row.matched_by, row.case) == (families[1].issued_card, "books", None)
    assert SENTENCE["en"] in row.says or SENTENCE["hi"] in row.says
    assert page not in kavita.get("/campaigns").content.decode()


def test_review_is_planned_once_the_report_is_there(families, order, headquarters):
    criteria.look(at=MARCH_31)
    made = criteria.look(at=APRIL_1)
    told = {
        "district_code": "",
        "order_number": "FS-2",
        "starts_on": APRIL_1.date(),
        "ends_on": APRIL_1.date(),
    }

    assert refused(criteria.plan_review, reevaluation=made, told=told, by=headquarters, at=APRIL_1) == (
        "criteria_not_reported"
    )
    kavita = client_of(headquarters)
    assert kavita.get(f"/campaigns/criteria/{made.pk}").status_code == 200
    wrong = kavita.post(
        f"/campaigns/criteria/{made.pk}/plan",
        {"order_number": "F", "starts_on": "2026-05-02", "ends_on": "2026-04-01"},
    )
    assert wrong.status_code == 422


def test_report_is_for_head_office_only(families, order, meena, auditor):
    made = noticed()

    for one in (meena, auditor):
        client = client_of(one)
        assert client.get("/campaigns/criteria").status_code == 403
        assert client.get(f"/campaigns/criteria/{made.pk}").status_code == 403
        assert client.post(f"/campaigns/criteria/{made.pk}/plan").status_code == 403


def test_page_without_a_change_says_so(headquarters):
    assert "The criteria have not changed" in words(client_of(headquarters).get("/campaigns/criteria"))
    assert Application.objects.count() == 0
