"""At once: two workers notice one change of the criteria, officers take one card's surrender, a file comes twice."""

from datetime import date

import pytest

from rasad.jobs.models import Job
from rasad.oversight.actions import criteria, suspicions
from rasad.oversight.models import ListRow, Reevaluation, Surrender, TakenList
from rasad.registry.models import Card, Household
from tests.cast import HISAR, staff
from tests.counter import cast
from tests.desk.screens import at_once
from tests.oversight.cast import NOON, Officers
from tests.oversight.test_criteria import APRIL_1, MARCH_31, order
from tests.oversight.test_surrenders import given_up, running

__all__ = ["order"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officers(meena, headquarters):
    return Officers(
        meena=meena, kavita=headquarters, sunil=staff("sunil", "inspector", ("district", HISAR), name="Sunil"),
        imran=staff("imran", "district_administration", ("district", HISAR), name="Imran Khan"),
    )  # fmt: skip


@pytest.fixture
def ashas(officers):
    """Asha's card, in Hisar."""
    cast.shop()
    cast.card(cast.CARD, cast.person("Asha Devi", mobile="9999900001"), cast.person("Binod Kumar"))
    Household.objects.update(district_code=HISAR)
    return Card.objects.get()


def said(results):
    return sorted(getattr(one, "code", type(one).__name__) for one in results)


def test_change_of_the_criteria_is_noticed_once_by_many_workers(order):
    criteria.look(at=MARCH_31)

    results = at_once(*[lambda: criteria.look(at=APRIL_1)] * 6)

    assert said(results) == ["NoneType"] * 5 + ["Reevaluation"]
    assert (Reevaluation.objects.filter(on=date(2026, 4, 1)).count(), Job.objects.count()) == (1, 1)


def test_card_is_given_up_once_by_many_officers(ashas, officers):
    campaign = running(officers)

    results = at_once(*[lambda: given_up(officers, campaign)] * 6)

    assert said(results) == ["Surrender", *["asked_already"] * 5]
    assert Surrender.objects.count() == 1


def test_list_is_taken_once_however_often_it_comes_at_once(ashas, officers, tmp_path):
    campaign, file = running(officers), tmp_path / "list.csv"
    file.write_text(f"card_number,name\n{cast.CARD},Asha\n,Nobody\n")

    def take():
        return suspicions.take_list(
            campaign=campaign, file=file, source="Transport", dated=None, by=officers.meena, at=NOON
        )

    assert said(at_once(*[take] * 4)) == ["TakenList", *["list_taken_before"] * 3]
    assert (TakenList.objects.count(), ListRow.objects.count(), campaign.suspicions.count()) == (1, 2, 2)
