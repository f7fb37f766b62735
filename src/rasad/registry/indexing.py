"""The keys of all people kept as the register stands: after a file, after an act, and anew as a whole."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from rasad.registry.keys import keys
from rasad.registry.models import PersonKeys

CHUNK_PEOPLE = 100_000
_INDEX = "registry_personkeys_keys"

_PEOPLE = """
SELECT p.id, p.name, ARRAY(
    SELECT DISTINCT h.district_code FROM registry_membership m
    JOIN registry_household h ON h.id = m.household_id WHERE m.person_id = p.id) AS districts
FROM registry_person p"""
_STALE = """
SELECT p.id FROM registry_person p LEFT JOIN registry_personkeys k ON k.person_id = p.id
WHERE k.person_id IS NULL OR k.name <> p.name
UNION
SELECT m.person_id FROM registry_membership m
JOIN registry_household h ON h.id = m.household_id
JOIN registry_personkeys k ON k.person_id = m.person_id
WHERE h.district_code <> ALL (k.districts)"""
_PUT = """
INSERT INTO registry_personkeys (person_id, name, districts, keys)
SELECT i.id, i.name, i.districts, n.keys || ARRAY(
    SELECT code || ':' || key FROM unnest(i.districts) code, unnest(n.keys) key)
FROM to_index i JOIN keys_of_names n ON n.name = i.name
ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, districts = excluded.districts, keys = excluded.keys"""

Progress = Callable[[int], None]
"""Told after each chunk: how many people are done."""


def refresh(people: Iterable[int]) -> None:
    """Make the keys of these people anew: their names or families have changed."""
    wanted = list(people)
    for start in range(0, len(wanted), CHUNK_PEOPLE):
        _put("WHERE p.id = ANY (%s)", [wanted[start : start + CHUNK_PEOPLE]])


def refresh_stale() -> int:
    """Make the keys of all people anew whose names, or districts, are others than their keys were made of."""
    if not PersonKeys.objects.exists():
        return rebuild()
    with connection.cursor() as cursor:
        cursor.execute(_STALE)
        stale = [person for (person,) in cursor.fetchall()]
    refresh(stale)
    return len(stale)


def rebuild(progress: Progress | None = None) -> int:
    """Make the keys of everybody; of very many nobody is found by name until it is done. How many people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM registry_person")
        first, last = cursor.fetchone()
        cursor.execute("DELETE FROM registry_personkeys")
    done = 0
    with _index_behind(last - first >= CHUNK_PEOPLE):
        for start in range(first, last + 1, CHUNK_PEOPLE):
            done += _put("WHERE p.id >= %s AND p.id < %s", [start, start + CHUNK_PEOPLE])
            if progress:
                progress(done)
    return done


@contextmanager
def _index_behind(are_many: bool) -> Iterator[None]:
    """For very many the index is built behind the rows: several times as fast as row by row."""
    if not are_many:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {_INDEX}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {_INDEX} ON registry_personkeys USING gin (keys) WITH (fastupdate = off)"
            )
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("ANALYZE registry_personkeys")


def _put(where: str, given: list[Any]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS to_index, keys_of_names")
        cursor.execute(f"CREATE TEMP TABLE to_index ON COMMIT DROP AS {_PEOPLE} {where}", given)
        cursor.execute("CREATE TEMP TABLE keys_of_names (name text, keys text[]) ON COMMIT DROP")
        _work_out(cursor)
        cursor.execute(_PUT)
        return int(cursor.rowcount)


def _work_out(cursor: CursorWrapper) -> None:
    """The keys of each distinct name: a State writes its millions in few ways."""
    cursor.execute("SELECT DISTINCT name FROM to_index")
    names = [name for (name,) in cursor.fetchall()]
    with cursor.copy("COPY keys_of_names FROM STDIN") as copy:
        for name in names:
            copy.write_row([name, list(keys(name))])
    cursor.execute("ANALYZE keys_of_names")
