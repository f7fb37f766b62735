"""How many persons Haryana may cover, and who waits."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rasad.policy import coverage
from rasad.values.refused import Refused

ON = date(2015, 1, 16)


@pytest.mark.req("R-COV-01", "R-COV-02", "R-COV-03", "R-COV-04")
@pytest.mark.parametrize(
    ("area", "population", "printed", "enforced", "percent"),
    [
        ("rural", 16531500, 9098000, 9028000, 55),
        ("urban", 8821600, 3621000, 3621000, 41),
        ("total", 25353100, 12649000, 12649000, 50),
    ],
)
def test_the_ceilings_are_kept_as_printed_and_as_enforced(area, population, printed, enforced, percent):
    row = coverage.ceiling("IN-HR", area, on=ON)
    assert (row.population, row.printed, row.persons, row.percent_printed, row.census) == (
        population,
        printed,
        enforced,
        percent,
        2011,
    )


def test_the_printed_table_misses_its_own_total_and_both_figures_stay():
    found = coverage.printed_table("IN-HR", on=ON)
    assert (found.consistent, found.sum, found.difference) == (False, 12719000, 70000)
    assert found.resolved_rural == coverage.ceiling("IN-HR", "rural", on=ON).persons == 9028000
    assert coverage.consistent(rural=9028000, urban=3621000, total=12649000).consistent


@pytest.mark.req("R-COV-05")
def test_what_is_left_is_the_ceiling_less_what_is_covered():
    row = coverage.coverage("IN-HR").current[0]
    assert (row.value, row.ceiling, row.additional) == (5441000, 12649000, 7208000)
    assert coverage.headroom(5441000, coverage.ceiling("IN-HR", "total", on=ON).persons) == 7208000


@pytest.mark.parametrize(
    ("covered", "members", "admitted", "place"),
    [
        (3620996, 4, True, "admitted"),
        (3620998, 4, False, "waiting_list"),
        (3621000, 1, False, "waiting_list"),
    ],
)
def test_a_family_is_admitted_whole_or_waits(covered, members, admitted, place):
    found = coverage.admit(state="IN-HR", area="urban", covered=covered, members=members, on=ON)
    assert (found.admit, found.place, found.would_be) == (admitted, place, covered + members)


@given(some.integers(0, 4_000_000), some.integers(1, 30))
def test_nobody_admitted_exceeds_the_ceiling(covered, members):
    found = coverage.admit(state="IN-HR", area="urban", covered=covered, members=members, on=ON)
    assert found.admit is (coverage.headroom(covered, found.ceiling) >= members)


def test_percentages_are_rounded_half_up():
    assert coverage.percent(9028000, 16531500) == Decimal("54.61")
    assert coverage.percent(1, 800) == Decimal("0.13")


@pytest.mark.req("R-COV-06")
def test_the_national_ceilings_hold_against_national_sums():
    within = coverage.within_national
    assert within("rural", covered=75, population=100, on=ON)
    assert not within("rural", covered=76, population=100, on=ON)
    assert within("urban", covered=50, population=100, on=ON)
    assert not within("urban", covered=51, population=100, on=ON)


def test_what_cannot_be_answered_is_refused():
    with pytest.raises(Refused, match="before_first_rule"):
        coverage.ceiling("IN-HR", "total", on=date(2013, 9, 9))
    with pytest.raises(Refused, match="no_coverage_rule"):
        coverage.ceiling("IN-WB", "total", on=ON)
    with pytest.raises(Refused, match="no_coverage_rule"):
        coverage.ceiling("IN", "total", on=ON)
    with pytest.raises(Refused, match="no_members"):
        coverage.admit(state="IN-HR", area="total", covered=0, members=0, on=ON)
    with pytest.raises(Refused, match="before_first_rule"):
        coverage.within_national("rural", covered=1, population=2, on=date(2013, 9, 9))
