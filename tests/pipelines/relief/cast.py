"""A small State on disk for the stories of the relief run, and the people who live in it.

Asha Devi and her family of three ask for food; Meena answers for their district, Hisar. The villages lie on a
line, a hundredth of a degree of latitude apart: 1,112 metres. Every file of the run's input is written whole,
empty where the story has nothing for it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from rasad.pipelines.people import linkage
from rasad.pipelines.relief import collect, columns
from rasad.pipelines.relief.run import Inputs, prepared, relief_run
from rasad.policy.relief import load_scheme, scheme
from rasad.values.check_digit import check_digits

HISAR, SIRSA = "63", "71"
STEP_M = 1112
SECRET = b"the key of the tests' references"
DRT = scheme("drt_2020")
FLOOD = load_scheme(Path(__file__).parents[2] / "policy" / "flood_2023.yaml")
# What a family writes in its source's own columns when it meets every condition.
PASSES = {
    "MMPSY": {"card_category": "APL"},
    "SARAL": {"verified": True},
    "LOCAL_COMMITTEE": {"ration_option": "ration", "forwarded": True},
    "CM_TWITTER": {"forwarded": True},
    "RELIEF_CAMP": {"water_depth_cm": 120, "reached_on": date(2023, 7, 14)},
}
KINDS = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def aadhaar(number: int) -> str:
    """A number of the range that nobody has (9999...), with its check digit."""
    import numpy as np

    body = 99990000000 + number
    return f"{body}{check_digits(np.array([body]), length=11)[0]}"


@dataclass(frozen=True)
class Person:
    """Somebody as an office writes him down; a card and a source may write the same person differently."""

    name: str
    guardian_name: str = ""
    sex: str = "F"
    born_on: date | None = None
    age: int | None = None
    aadhaar: str | None = None
    mobile: str | None = None
    relation: str = ""
    line: int | None = None

    def but(self, **other: Any) -> Person:
        """The same person, written down otherwise."""
        return replace(self, **other)


ASHA = Person("Asha Devi", "Suresh Kumar", "F", date(1985, 6, 14), aadhaar=aadhaar(1), relation="self")
SURESH = Person("Suresh Kumar", "Ram Kishan", "M", date(1981, 2, 3), aadhaar=aadhaar(2), relation="husband")
POOJA = Person("Pooja", "Suresh Kumar", "F", date(2008, 11, 30), aadhaar=aadhaar(3), relation="daughter")
FAMILY = (ASHA, SURESH, POOJA)
# Nobody of this family gave a number, as one of seven does not.
LAKSHMI = Person("Lakshmi Malik", "Balwan Malik", "F", date(1979, 3, 9), mobile="9812000011")
BALWAN = Person("Balwan Malik", "Dharam Malik", "M", date(1975, 8, 21), mobile="9812000011")


@dataclass(frozen=True)
class Family:
    """A row of a source, with the members that the source lists under its reference."""

    source: str
    reference: str | None
    members: tuple[Person, ...]
    own: dict[str, Any]
    district: str | None = HISAR
    place: str | None = "mangali"
    place_name: str | None = "Mangali"
    address: str | None = "House 12, Mangali"
    received_on: date | None = date(2020, 4, 10)
    mobile: str | None = None
    family_id: str | None = None
    card_number: str | None = None


def family(source: str, reference: str | None, *members: Person, **written: Any) -> Family:
    """A family that meets its source's conditions unless `written` says otherwise."""
    columns_of_source = {
        name: written.pop(name) for name in list(written) if name not in Family.__annotations__
    }
    return Family(source, reference, members, {**PASSES[source], **columns_of_source}, **written)


@dataclass(frozen=True)
class Card:
    """A ration card of the register and the people on it."""

    card_number: str
    category: str
    members: tuple[Person, ...]
    family_id: str | None = None
    place: str | None = "mangali"
    district: str = HISAR
    issued_on: date = date(2015, 1, 1)
    ended_on: date | None = None


def card(card_number: str, category: str, *members: Person, **written: Any) -> Card:
    """A card in force since 2015 unless `written` says otherwise."""
    return Card(card_number, category, members, **written)


def shop(
    number: str, place: str, *, capacity: int = 50, district: str = HISAR, **more: Any
) -> dict[str, Any]:
    """A shop that stands at the point of its village."""
    return {"number": number, "place": place, "district": district, "capacity": capacity, **more}


def place(kind: str, code: str, name: str, name_hi: str = "", parent: str = "6", step: int | None = None):
    """A place of the register, `step` hundredths of a degree north of Mangali."""
    where = {} if step is None else {"latitude": 29.10 + step / 100, "longitude": 75.80}
    parent_kind = "state" if kind == "district" else "district"
    told = {"kind": kind, "code": code, "name": name, "name_hi": name_hi}
    return {**told, "parent_kind": parent_kind, "parent_code": parent, **where}


PLACES = (
    place("district", HISAR, "Hisar", "हिसार"),
    place("district", SIRSA, "Sirsa", "सिरसा"),
    place("village", "mangali", "Mangali", "मंगाली", HISAR, 0),
    place("village", "kaimri", "Kaimri", "कैमरी", HISAR, 1),
    place("village", "satrod", "Satrod", "सातरोड", HISAR, 4),
    place("village", "balsamand", "Balsamand", "बालसमंद", HISAR),
    place("village", "rania", "Rania", "रानियां", SIRSA, 40),
)
SHOPS = (shop("106300100001", "mangali"), shop("106300100002", "satrod"))


@dataclass
class Files:
    """The input of a run as rows by file name: `mmpsy.families`, `cards`. A story may spoil any of them."""

    under: Any
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def columns(self, name: str) -> tuple[columns.Column, ...]:
        """The columns a file may have."""
        register = {
            "cards": columns.CARDS,
            "members": columns.REGISTER_MEMBERS,
            "shops": columns.SHOPS,
            "places": columns.PLACES,
        }
        if name in register:
            return register[name]
        source, _, kind = name.partition(".")
        if kind == "members":
            return columns.MEMBERS
        mine = next(one for one in self.under.sources if one.file == source)
        return (*columns.FAMILIES, *collect.own_columns(mine))

    def table(self, name: str) -> pa.Table:
        """A file as a table in its documented types; an identity column stands there only when it is used."""
        rows = self.rows[name]
        wanted = [
            column
            for column in self.columns(name)
            if column not in columns.IDENTITY[1:] or any(column.name in row for row in rows)
        ]
        return pa.table(
            {
                column.name: pa.array([row.get(column.name) for row in rows], KINDS[column.kind])
                for column in wanted
            }
        )

    def written(self, folder: Path, form: str = "parquet") -> Path:
        """All files in `folder`, as Parquet or CSV."""
        for name in self.rows:
            under = "sources" if "." in name else "register"
            (folder / under).mkdir(parents=True, exist_ok=True)
            path = folder / under / f"{name}.{form}"
            pq.write_table(self.table(name), path) if form == "parquet" else pa_csv.write_csv(
                self.table(name), path
            )
        return folder


def files(
    families: Iterable[Family] = (),
    cards: Iterable[Card] = (),
    *,
    shops: Sequence[dict[str, Any]] = SHOPS,
    places: Sequence[dict[str, Any]] = PLACES,
    under: Any = DRT,
) -> Files:
    """The input files of a story: what families ask for, and what the register knows."""
    told = Files(under, {"cards": [], "members": [], "shops": list(shops), "places": list(places)})
    for source in under.sources:
        told.rows[f"{source.file}.families"] = []
        told.rows[f"{source.file}.members"] = []
    names = {source.code: source.file for source in under.sources}
    for one in families:
        shared = {name: getattr(one, name) for name in Family.__annotations__ if name not in _NOT_WRITTEN}
        told.rows[f"{names[one.source]}.families"].append({**shared, **one.own})
        told.rows[f"{names[one.source]}.members"] += _people(one.members, reference=one.reference)
    for one in cards:
        told.rows["cards"].append(
            {name: getattr(one, name) for name in Card.__annotations__ if name != "members"}
        )
        told.rows["members"] += _people(one.members, card_number=one.card_number)
    return told


_NOT_WRITTEN = ("source", "members", "own")


def _people(members: Iterable[Person], **of: str | None) -> list[dict[str, Any]]:
    return [{**of, **vars(one), "line": one.line or line} for line, one in enumerate(members, start=1)]


@dataclass(frozen=True)
class Outcome:
    """What a run left in its folder."""

    out: Path
    summary: dict[str, Any]

    def read(self, name: str) -> list[dict[str, Any]]:
        """A Parquet file of the results, row by row."""
        return pq.read_table(self.out / f"{name}.parquet").to_pylist()

    @cached_property
    def rows(self) -> dict[tuple[str, str | None, int], dict[str, Any]]:
        """Every row of every source by source, reference and line."""
        return {(row["source"], row["reference"], row["line"]): row for row in self.read("rows")}

    def row(self, source: str, reference: str | None, line: int = 1) -> dict[str, Any]:
        """What became of one row."""
        return self.rows[source, reference, line]

    def ended(self, source: str, reference: str | None, line: int = 1) -> tuple[str, str]:
        """Outcome and reason of one row."""
        row = self.row(source, reference, line)
        return row["outcome"], row["reason"]

    @cached_property
    def tokens(self) -> dict[str, dict[str, Any]]:
        """Tokens by the source and reference of the family's first row."""
        return {row["family_key"]: row for row in self.read("tokens")}

    def token(self, source: str, reference: str) -> dict[str, Any]:
        """The token issued on this row."""
        return self.tokens[f"{source}:{reference}"]

    def members_of(self, token: dict[str, Any]) -> list[str]:
        """The names of the people on a token."""
        return [row["name"] for row in self.read("token_members") if row["number"] == token["number"]]

    def problems(self, reference: str | None = None) -> list[tuple[str, str, str]]:
        """Column, code and shown value of what could not be read, of one reference or of all."""
        return [
            (row["column"], row["code"], row["shown"])
            for row in self.csv("problems")
            if reference is None or row["reference"] == reference
        ]

    def csv(self, name: str) -> list[dict[str, str]]:
        """A CSV file of the results, row by row."""
        with (self.out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


NOBODY_ALIKE = {
    "probably_on_card": pa.schema(
        [
            ("row", pa.int64()),
            ("card_number", pa.string()),
            ("category", pa.string()),
            ("weight", pa.float64()),
            ("persons", pa.int64()),
            ("verdict", pa.string()),
            *((name, pa.int8()) for name in linkage.REASONS),
        ]
    ),
    "resembling": pa.schema([("low", pa.int64()), ("high", pa.int64()), ("weight", pa.float64())]),
}


def opened(
    folder: Path,
    out: Path | None = None,
    *,
    under: Any = DRT,
    engine: str = "duckdb",
    memory: str = "1GB",
    **given: Any,
):
    """The run of a folder of register and sources, its inputs checked. Raises Refused."""
    inputs = Inputs(under, folder / "sources", folder / "register", SECRET, **given)
    return prepared(inputs, out=out or folder / "out", engine=engine, memory=memory)


def run(folder: Path, out: Path | None = None, *, compare: bool = False, **given: Any) -> Outcome:
    """The relief run over a folder of register and sources. Checks of every story that no row was lost.

    Unless told to `compare`, the stage that weighs likenesses finds its results there already: none. It takes
    longer than all others together, and few stories are about it.
    """
    out = out or folder / "out"
    work = opened(folder, out, **given)
    try:
        if not compare:
            for name, schema in NOBODY_ALIKE.items():
                pq.write_table(schema.empty_table(), out / "stages" / f"{name}.parquet")
        summary = relief_run(work, out)
    finally:
        work.engine.close()
    told = Outcome(out, json.loads((out / "summary.json").read_text(encoding="utf-8")))
    stopped = sum(sum(summary[outcome].values()) for outcome in ("refused", "in_review"))
    assert summary["rows"] == summary["tokens"] + summary["linked"] + stopped == len(told.read("rows"))
    assert summary["tokens"] == len(told.read("tokens"))
    return told


def crowd(people: int, category: str = "OPH") -> list[Card]:
    """Cards of one person each, no two of one name: among so many a name says what it says in a register."""
    consonants, vowels = "bdgjklmnprstv", "aiou"
    syllables = [one + other for one in consonants for other in vowels]
    words = ["".join(parts).capitalize() for parts in product(syllables, repeat=3)]
    return [
        card(
            f"0680{number:08d}",
            category,
            Person(words[number], words[-1 - number], "FM"[number % 2], date(1950 + number % 50, 5, 17)),
            place="satrod",
        )
        for number in range(people)
    ]
