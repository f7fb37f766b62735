"""A look through the register: its people weighed against each other, and the pairs that people should judge."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis.expr.types as ir

from rasad.pipelines.engine import Engine
from rasad.pipelines.people import ready, trained
from rasad.pipelines.people.compared import Comparison
from rasad.pipelines.people.reasons import levels
from rasad.registry import arrow
from rasad.values.refused import Refused

# Weights are base-2 logarithms of odds: from here a person should look.
LEAST_WEIGHT = 4.0
# A look in which more than this share of the people resembles somebody has gone wrong: a broken column, a test file.
MOST_ALIKE = 0.2
FEWEST_FOR_THE_GUARD = 200

_COLUMNS = {
    "person": "person", "name": "name", "guardian": "guardian_name", "sex": "sex", "born": "born_on",
    "birth_year": "birth_year", "mobile": "mobile", "district": "district", "place": "place",
    "id_number": "identity_key",
}  # fmt: skip
# The key of an Aadhaar number is compared, not the number: a key that is nearly the same is another.
_OF_AADHAAR = {
    "same_number": "same_aadhaar", "number_with_a_slip": "other_aadhaar", "other_number": "other_aadhaar",
}  # fmt: skip

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
            pairs = sorted(
                _pairs(engine, folder, year=on.year), key=lambda one: (-one.weight, one.left, one.right)
            )
        finally:
            engine.close()
    _refuse_too_many(people, pairs)
    return Seen(people, pairs)


def _pairs(engine: Engine, folder: Path, *, year: int) -> Iterator[Alike]:
    table = engine.read(folder / "people.parquet")
    people = ready.readied(engine, [table], [_COLUMNS], year=year, name="register")
    found, model = trained.pairs_of(engine, people, at_least=LEAST_WEIGHT, name="register")
    yield from _on_two_cards(found, table, model.comparisons)


def _on_two_cards(found: ir.Table, table: ir.Table, comparisons: Sequence[Comparison]) -> Iterator[Alike]:
    """Brothers of one card are no double cards; who stands on two is."""
    cards = table.select("person", "card")
    left = found.inner_join(cards.rename(left="person", left_card="card"), "left")
    both = left.inner_join(cards.rename(right="person", right_card="card"), "right")
    for row in both.filter(both.left_card != both.right_card).to_pyarrow().to_pylist():
        reached = levels({one.name: row[one.name] for one in comparisons}, comparisons)
        yield Alike(
            row["left"], row["right"], row["left_card"], row["right_card"], float(row["weight"]),
            [_OF_AADHAAR.get(reason, reason) for reason in reached],
        )  # fmt: skip


def _refuse_too_many(people: int, pairs: list[Alike]) -> None:
    alike = len({number for one in pairs for number in (one.left, one.right)})
    if people >= FEWEST_FOR_THE_GUARD and alike > MOST_ALIKE * people:
        raise Refused("too_much_alike", alike=alike, people=people, most=round(MOST_ALIKE * 100))
