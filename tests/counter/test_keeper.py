"""The keeper: grain held too long is free, home States hear, the next month is ready; one process does it."""

import threading
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from rasad.connectors.twin import Fault
from rasad.counter import keeper, lane, reserved
from rasad.counter.keeper import LOCK, Keeper
from rasad.counter.models import Reservation
from rasad.ledger import actions as ledger
from rasad.ledger.models import Account
from tests.counter import cast, guests


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(keeper, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(keeper, "REST", 0)


def wheat():
    return Account.objects.get(kind="entitlement", holder=cast.CARD, month="2026-11", commodity="wheat")


def test_grain_is_free_when_its_time_is_over(ashas, world):
    cast.visit()
    ledger.reserve(
        document=uuid4(), lines=[(wheat().pk, 9_000)], until=cast.NOON + timedelta(minutes=1), at=cast.NOON
    )

    Keeper().round(at=cast.NOON)
    assert wheat().held == 9_000
    Keeper().round(at=cast.NOON + timedelta(minutes=2))
    assert wheat().held == 0


def test_home_state_hears_of_a_sale_when_it_is_back(ravis, world, clock, monkeypatch):
    monkeypatch.setattr(reserved, "WITHIN_SECONDS", 0.3)
    world.impds.fail(Fault.ERROR, times=20, path="post")
    one = guests.guest()
    guests.finger(one, world)
    guests.sell(one, rice=6_000)
    world.impds.heal()

    Keeper().round(at=clock())

    assert Reservation.objects.get().state == "posted"


@pytest.mark.parametrize(("day", "made"), [(24, 0), (25, 1), (30, 1)])
def test_next_month_is_made_ahead_from_the_day_of_the_setting_on(ashas, settings, day, made):
    settings.GRANTS_FROM_DAY = 25

    assert Keeper().make_ahead(at=cast.at(12, day=day)) == made
    assert Account.objects.filter(month="2026-12", commodity="wheat").count() == made


def test_next_month_is_not_made_ahead_where_the_setting_says_so(ashas, settings):
    settings.GRANTS_FROM_DAY = 0

    assert Keeper().make_ahead(at=cast.at(12, day=30)) == 0


def test_all_cards_are_looked_through_once_and_again_after_a_while(ashas, settings, monkeypatch):
    settings.GRANTS_FROM_DAY = 1
    made = Keeper()
    assert made.make_ahead(at=cast.NOON) == 1
    cast.card(cast.BINODS_CARD, cast.person("Binod's sister"))

    assert made.make_ahead(at=cast.NOON) == 0
    monkeypatch.setattr(keeper, "AGAIN_SECONDS", 0)
    assert made.make_ahead(at=cast.NOON) == 1


def test_only_one_process_does_it(ashas):
    with psycopg.connect(lane._where(), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])

        assert Keeper().round(at=cast.NOON) is False
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert Keeper().round(at=cast.NOON) is True
    assert Keeper().round(at=cast.NOON) is True


@pytest.mark.django_db(transaction=True)
def test_thread_goes_on_when_the_database_was_gone_for_a_moment(monkeypatch):
    rounds, enough = [], threading.Event()

    def one(self, *, at):
        rounds.append(at)
        if len(rounds) == 2:
            raise OperationalError("gone")
        if len(rounds) == 4:
            enough.set()
        connection.ensure_connection()

    monkeypatch.setattr(Keeper, "round", one)
    thread = Keeper()
    thread.start()
    assert enough.wait(10)
    thread.stop()
    thread.join(10)

    assert not thread.is_alive()
    assert len(rounds) >= 4
    connections.close_all()
