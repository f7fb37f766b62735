"""Two officers decide one case in the same moment: one decision stands, and one card ends once."""

import pytest

from rasad.journal import queries as journal
from rasad.oversight.actions import cases, orders
from rasad.oversight.models import Case, CaseStep
from rasad.registry.models import Card, Ending
from tests.cast import HISAR, staff
from tests.counter import cast
from tests.oversight.cast import Officers, after, opened, ordered, proposed
from tests.races.test_imports_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officers(meena, headquarters):
    return Officers(
        meena=meena, kavita=headquarters, sunil=staff("sunil", "inspector", ("district", HISAR)),
        imran=staff("imran", "district_administration", ("district", HISAR)),
    )  # fmt: skip


@pytest.fixture
def ashas(db):
    cast.shop()
    return cast.card(cast.CARD, cast.person("Asha Devi"), cast.person("Binod"))


@pytest.mark.req("R-ACT-25")
def test_order_and_clearing_at_once_are_one_decision(ashas, officers):
    case = proposed(officers)

    answers = at_once(
        lambda: orders.order_removal(case=case, by=officers.imran, at=after(17)).state,
        lambda: cases.clear_case(case=case, why="A mistake", by=officers.kavita, at=after(17)).state,
        lambda: orders.order_removal(case=case, by=officers.kavita, at=after(17)).state,
    )

    case.refresh_from_db()
    assert sorted(answers) == sorted([case.state, "case_not_so_far", "case_not_so_far"])
    assert CaseStep.objects.filter(before="proposed").count() == 1
    assert (Card.objects.get().during.upper is None) == (case.state == "cleared")
    assert journal.verify().broken_at is None


def test_restored_twice_at_once_is_granted_once(ashas, officers):
    case = ordered(officers)
    at = after(100)

    answers = at_once(
        lambda: len(orders.restore(case=case, why="x", by=officers.imran, at=at)),
        lambda: len(orders.restore(case=case, why="x", by=officers.kavita, at=at)),
    )

    assert sorted(map(str, answers)) == [str(case.arrears.count()), "case_not_so_far"]
    assert Ending.objects.exclude(undone_at=None).count() == 2


def test_cases_opened_at_once_have_numbers_of_their_own(ashas, officers):
    members = list(ashas.household.memberships.all())

    answers = at_once(
        *[lambda one=one: opened(officers.meena, membership=one, ground="moved").number for one in members],
        lambda: opened(officers.sunil).number,
        lambda: opened(officers.meena).number,
    )

    assert answers.count("case_is_open") == 1
    assert sorted(Case.objects.values_list("serial", flat=True)) == [1, 2, 3]
