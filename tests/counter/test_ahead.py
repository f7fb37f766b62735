"""The next month's accounts: made ahead or at first touch, they are the same rows."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from rasad import wiring
from rasad.cli import app
from rasad.counter import visits
from rasad.counter.ahead import Ahead
from rasad.counter.models import Visit
from rasad.ledger.models import Account, Grant
from rasad.registry.models import Membership
from rasad.shops.models import Shop
from rasad.values.month import Month
from tests.counter import cast
from tests.registry.files import without_guards

DECEMBER = Month(2026, 12)
FIRST = datetime(2026, 12, 1, 9, 0, tzinfo=wiring.INDIA)


def of(number, category, members):
    people = [cast.person(f"Member {line} of {number}") for line in range(members)]
    return cast.card(number, *people, category=category)


def touched(number, *, when=FIRST):
    """The card's first visit of the month."""
    return visits.open_visit(
        id=uuid4(), shop=Shop.objects.get(number=cast.RAVIS), number=number, at=when, dealer="ravi"
    )


def accounts(number):
    """Everything that stands in a card's accounts of December, but for ids and times."""
    rows = Account.objects.filter(holder=number, month="2026-12").order_by("commodity", "part")
    told = (
        "kind", "commodity", "part", "unit", "granted", "received", "given", "held", "cap_group", "choice_group",
        "chosen",
    )  # fmt: skip
    return list(rows.values_list(*told))


def grants(number):
    rows = Grant.objects.filter(account__holder=number, account__month="2026-12").order_by("account__commodity", "account__part", "pk")  # fmt: skip # noqa: E501
    return list(
        rows.values_list("account__commodity", "account__part", "quantity", "category", "members", "rules")
    )


@pytest.fixture
def himachal(ravis, settings):
    settings.STATE = "himachal_pradesh"
    wiring.state_code.cache_clear()
    yield
    wiring.state_code.cache_clear()


@pytest.mark.parametrize(("category", "members"), [("OPH", 3), ("OPH", 1), ("AAY", 2), ("SBPL", 7)])
def test_rows_made_ahead_are_those_of_the_first_touch(ravis, category, members):
    of("A1", category, members)
    of("A2", category, members)
    touched("A1")

    Ahead(DECEMBER).step(at=FIRST)

    assert len(accounts("A2")) == 2
    assert accounts("A1") == accounts("A2")
    assert grants("A1") == grants("A2")


@pytest.mark.parametrize(
    ("category", "members"), [("PHH", 2), ("AAY", 1), ("APL", 4), ("PHH", 4), ("BPL", 3)]
)
def test_choices_limits_and_top_ups_are_made_ahead_alike(himachal, category, members):
    of("A1", category, members)
    of("A2", category, members)
    touched("A1")

    Ahead(DECEMBER).step(at=FIRST)

    assert len(accounts("A2")) > 10
    assert accounts("A1") == accounts("A2")
    assert grants("A1") == grants("A2")


def test_first_visit_after_it_changes_nothing(ravis):
    of("A1", "OPH", 3)
    Ahead(DECEMBER).step(at=FIRST)
    before = Grant.objects.count()

    shown = touched("A1")

    assert Grant.objects.count() == before
    assert [(one.key, one.left) for one in shown.offers] == [("wheat", 15_000), ("pulses", 2_500)]


def test_member_who_comes_afterwards_is_added_at_the_first_visit(ravis):
    made = of("A1", "OPH", 3)
    Ahead(DECEMBER).step(at=cast.NOON)
    Membership.objects.create(
        household=made.household, person=cast.person("Newborn"), line=9, during=(date(2026, 11, 30), None)
    )

    assert touched("A1").offers[0].left == 20_000


def test_it_goes_on_where_it_was_left_off_and_again_changes_nothing(ravis):
    for number in range(7):
        of(f"A{number}", "OPH", 1)
    first = Ahead(DECEMBER)
    first.step(at=FIRST, most=3)

    assert list(Ahead(DECEMBER).all(at=FIRST, most=3)) == [0, 3, 1, 0]
    assert list(Ahead(DECEMBER).all(at=FIRST, most=3)) == [0, 0, 0, 0]
    assert Account.objects.filter(month="2026-12", commodity="wheat").count() == 7


def test_card_that_was_touched_meanwhile_keeps_its_accounts(ravis):
    of("A1", "OPH", 2)
    touched("A1")
    before = accounts("A1"), grants("A1")

    assert list(Ahead(DECEMBER).all(at=FIRST)) == [0, 0]
    assert (accounts("A1"), grants("A1")) == before


def test_card_that_ends_before_the_month_and_one_that_is_due_nothing_get_none(ravis):
    ended = of("A1", "OPH", 1)
    with without_guards():
        ended.during = (cast.SINCE[0], date(2026, 12, 1))
        ended.save()
    of("A2", "APL", 1)
    of("A3", "OPH", 1)

    assert list(Ahead(DECEMBER).all(at=FIRST)) == [1, 0]
    assert (accounts("A1"), accounts("A2"), len(accounts("A3"))) == ([], [], 2)


def test_command_says_how_many(ravis, monkeypatch):
    monkeypatch.setattr(wiring, "ready", lambda: None)
    of("A1", "OPH", 1)
    of("A2", "APL", 1)

    told = CliRunner().invoke(app, ["ledger", "grant", "--month", "2026-12"])

    assert told.exit_code == 0
    assert "1 of 2 cards got their accounts of 2026-12" in told.output
    assert not Visit.objects.exists()


def test_command_wants_a_month(db):
    assert CliRunner().invoke(app, ["ledger", "grant", "--month", "soon"]).exit_code == 2
