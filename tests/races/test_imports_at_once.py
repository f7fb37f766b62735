"""Imports and officers at the same moment, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from rasad.journal import queries as journal
from rasad.registry import actions
from rasad.registry.importing import chunk
from rasad.registry.models import Household, ImportBatch, Membership, Person, Place, PlaceParent
from rasad.values.refused import Refused
from tests.registry.files import AT, CARDS, MEMBERS, counts, take_in, taken_in, with_register, written

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act answers when all start in the same moment, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return act()
        except IntegrityError:
            return "refused by the database"
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_imports_of_one_file_load_it_once(tmp_path):
    with_register(tmp_path, up_to="cards")
    file = written(tmp_path, "members", MEMBERS)

    answers = at_once(*[lambda: take_in("members", file, chunk_rows=2)] * 2)

    assert sorted((answer.known, counts(answer)) for answer in answers) == [
        (False, (4, 4, 0, 0)),
        (True, (4, 0, 4, 0)),
    ]
    assert ImportBatch.objects.filter(kind="members").count() == 1
    assert Person.objects.count() == Membership.objects.count() == 4
    assert journal.verify().broken_at is None


def test_cards_and_their_members_at_once_end_complete(tmp_path):
    with_register(tmp_path, up_to="shops")
    cards, members = written(tmp_path, "cards", CARDS), written(tmp_path, "members", MEMBERS)

    at_once(lambda: take_in("cards", cards), lambda: take_in("members", members))
    take_in("members", members)

    assert Membership.objects.count() == 4


def test_person_joins_two_households_at_once_only_one_has_them(tmp_path):
    with_register(tmp_path, up_to="places")
    village = Place.objects.get(code="61068")
    person = Person.objects.create(name="Asha")
    households = [Household.objects.create(place=village) for _ in range(4)]

    def join(household: Household) -> str:
        Membership.objects.create(household=household, person=person, line=1, during=(date(2020, 4, 1), None))
        return "joined"

    answers = at_once(*[lambda household=household: join(household) for household in households])

    assert sorted(answers) == ["joined", *["refused by the database"] * 3]
    assert Membership.objects.count() == 1


def test_place_moved_twice_at_once_has_one_parent(tmp_path):
    with_register(tmp_path, up_to="places")
    place, ambala = Place.objects.get(code="396"), Place.objects.get(code="58")

    answers = at_once(
        *[lambda: actions.move_place(place=place, parent=ambala, on=date(2020, 6, 1), by="meena", at=AT)] * 3
    )

    assert sorted(answers, key=str) == [None, "place_already_there", "place_already_there"]
    assert PlaceParent.objects.filter(place=place).count() == 2


def test_chunk_is_tried_again_when_an_officer_was_faster(tmp_path, monkeypatch):
    """What an officer adds while a chunk is under way is seen at the second try, and not doubled."""
    with_register(tmp_path, up_to="cards")
    household = Household.objects.get(cards__number="006300000001")
    load, tries = chunk._load, []

    def officer_is_faster(cursor, kind, rows, parameters):
        tries.append(len(rows))
        if len(tries) == 1:
            at_once(lambda: join_line_one(household))
            raise IntegrityError("as the unique line of the household says to the slower one")
        return load(cursor, kind, rows, parameters)

    monkeypatch.setattr(chunk, "_load", officer_is_faster)

    summary = taken_in(tmp_path, "members", MEMBERS)

    assert (tries, counts(summary)) == ([4, 4], (4, 4, 0, 0))
    assert Membership.objects.filter(household=household, line=1).count() == 1


def join_line_one(household: Household) -> None:
    person = Person.objects.create(name="Asha")
    Membership.objects.create(household=household, person=person, line=1, during=(date(2016, 2, 1), None))
