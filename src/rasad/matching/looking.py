"""A look through the register: its people weighed against each other, and the pairs that people should judge."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis.expr.types as ir

from rasad.pipelines.engine import Engine
from rasad.pipelines.people import linkage, names
from rasad.registry import arrow
from rasad.values.refused import Refused

# Weights are base-2 logarithms of odds: from here a person should look.
LEAST_WEIGHT = 4.0
# A look in which more than this share of the people resembles somebody has gone wrong: a broken column, a test file.
MOST_ALIKE = 0.2
FEWEST_FOR_THE_GUARD = 200

_PEOPLE = """
SELECT p.id AS person, p.name, p.guardian_name, p.sex, p.born_on,
       coalesce(p.birth_year, extract(year FROM p.born_on))::int AS birth_year,
       nullif(p.mobile, '') AS mobile, h.district_code AS district, pl.code AS place, p.identity_key, c.id AS card
FROM registry_membership m
JOIN registry_household h ON h.id = m.household_id
JOIN registry_place pl ON pl.id = h.place_id
JOIN registry_card c ON c.household_id = h.id AND c.during @> DATE '{on}'
JOIN registry_person p ON p.id = m.person_id
WHERE m.during @> DATE '{on}' AND h.district_code = '{district}'
ORDER BY p.id"""


@dataclass(frozen=True)
class Alike:
    """Two people that resemble each other, by their ids in the register, the smaller first."""

    left: int
    right: int
    left_card: int
    right_card: int
    weight: float
    reasons: list[str]


@dataclass(frozen=True)
class Seen:
    """What a look saw: how many people, and the pairs on two cards that weigh enough, the heaviest first."""

    people: int
    pairs: list[Alike]


def look(*, district: str, on: date) -> Seen:
    """Weigh the people of a district's living cards against each other. Refused: too_much_alike, district_unknown."""
    if not district.isdigit():
        raise Refused("district_unknown", district=district)
    with tempfile.TemporaryDirectory(prefix="rasad-look-") as scratch:
        folder = Path(scratch)
        with arrow.snapshot() as link:
            people = arrow.write_parquet(
                link, _PEOPLE.format(on=on.isoformat(), district=district), folder / "people.parquet"
            )
        if people < 2:
            return Seen(people, [])
        engine = Engine("duckdb", scratch=folder / "work", memory="2GB")
        try:
            pairs = sorted(_pairs(engine, folder), key=lambda one: (-one.weight, one.left, one.right))
        finally:
            engine.close()
    _refuse_too_many(people, pairs)
    return Seen(people, pairs)


def _pairs(engine: Engine, folder: Path) -> Iterator[Alike]:
    table = engine.read(folder / "people.parquet")
    told = engine.write(names.distinct(table.name, table.guardian_name), folder / "names.parquet")
    words = engine.keep(names.words(told), folder / "words.parquet")
    keys = engine.write(names.keyed(told, words), folder / "keys.parquet")
    ready = linkage.prepared(engine, table, keys, name="register")
    found = linkage.within(engine, ready.drop("card"), at_least=LEAST_WEIGHT)
    yield from _on_two_cards(found, table)


def _on_two_cards(found: ir.Table, table: ir.Table) -> Iterator[Alike]:
    """Brothers of one card are no double cards; who stands on two is."""
    cards = table.select("person", "card")
    left = found.inner_join(cards.rename(left="person", left_card="card"), "left")
    both = left.inner_join(cards.rename(right="person", right_card="card"), "right")
    for row in both.filter(both.left_card != both.right_card).to_pyarrow().to_pylist():
        reasons = linkage.said({name: row[name] for name in linkage.REASONS})
        low = row["left"] < row["right"]
        one, other = ("left", "right") if low else ("right", "left")
        yield Alike(
            row[one], row[other], row[f"{one}_card"], row[f"{other}_card"], float(row["weight"]), reasons
        )


def _refuse_too_many(people: int, pairs: list[Alike]) -> None:
    alike = len({number for one in pairs for number in (one.left, one.right)})
    if people >= FEWEST_FOR_THE_GUARD and alike > MOST_ALIKE * people:
        raise Refused("too_much_alike", alike=alike, people=people, most=round(MOST_ALIKE * 100))
