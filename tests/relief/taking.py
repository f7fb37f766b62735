"""Runs and the database: what three small runs leave in their folders, and how the tables are asked about it.

The runs come one after the other: the first lists of four sources; the same lists longer and corrected; a folder
of new lists alone. Each family is a story of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.core import serializers

from rasad.journal.models import Entry
from rasad.pipelines.people import linkage
from rasad.pipelines.relief.run import Inputs, prepared, relief_run
from rasad.pipelines.relief.stages import STAGES, Work
from rasad.registry import vault
from rasad.relief import runs
from rasad.relief.models import Review, Run, SourceRow, Token, TokenMember
from tests.pipelines.relief.cast import (
    ASHA,
    BALWAN,
    DRT,
    FAMILY,
    LAKSHMI,
    NOBODY_ALIKE,
    POOJA,
    SURESH,
    Files,
    Person,
    aadhaar,
    card,
    family,
    files,
)

AT = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)
TABLES = (Token, TokenMember, SourceRow, Review, Run)
SCATTERED = [Person(f"Head {n}", aadhaar=aadhaar(200 + n)) for n in range(3)]
KAMLA = Person("Kamla", aadhaar=aadhaar(40))
BANWARI = Person("Banwari", aadhaar=aadhaar(50))
SUNITA = Person("Sunita", aadhaar=aadhaar(60))
ODD = (
    Person("Ritu\0 Rani", aadhaar=aadhaar(71), line=70_000),
    Person("Mohan", aadhaar=aadhaar(72), line=4),
    Person("Suman", aadhaar=aadhaar(73), line=4),
)
CARDS = [card("069012345678", "OPH", Person("Banwari Lal", aadhaar=aadhaar(50)))]
LATE = family("SARAL", "S-3", Person("Dhanpat"), family_id="1ABC2345", received_on=date(2020, 5, 2))
FIRST = [
    family("MMPSY", "M-1", *FAMILY),
    family("LOCAL_COMMITTEE", "L-1", ASHA, POOJA, received_on=date(2020, 4, 20)),
    family("SARAL", "S-1", LAKSHMI, BALWAN, place="balsamand"),
    family("SARAL", "S-2", KAMLA, verified=False),
    family("CM_TWITTER", "T-1", BANWARI),
    LATE,
    family("MMPSY", "M-2", SUNITA),
    family("MMPSY", "M-3", *ODD),
    *(
        family(
            "LOCAL_COMMITTEE",
            f"L-{2 + n}",
            head,
            *(Person(f"{head.name}, {m}", aadhaar=aadhaar(300 + 10 * n + m)) for m in range(3)),
        )
        for n, head in enumerate(SCATTERED)
    ),
]
SECOND = [
    *(one for one in FIRST if one.reference != "S-2"),
    family("SARAL", "S-2", KAMLA),
    family("CM_TWITTER", "T-2", Person("Birju", aadhaar=aadhaar(80))),
    family("CM_TWITTER", "T-3", POOJA, SURESH, ASHA, received_on=date(2020, 5, 2)),
    family("MMPSY", "M-4", Person("Dhanpat Rai"), family_id="1ABC2345", received_on=date(2020, 4, 2)),
]
IN_LAWS = [Person(f"In-law {n}", aadhaar=aadhaar(90 + n)) for n in range(3)]
ALONE = [
    family("SARAL", "S-11", *FAMILY),
    family("SARAL", "S-12", *IN_LAWS, POOJA),
    family("SARAL", "S-13", Person("Ramphal", "Dhani Ram", "M", date(1950, 1, 5), aadhaar=ASHA.aadhaar)),
    family("SARAL", "S-14", *SCATTERED),
]


def with_references(given: Files) -> Files:
    """The same files with references in place of numbers, as a department sends them that keeps its numbers."""
    for name, rows in given.rows.items():
        for one in rows if name.endswith(".members") else ():
            number = one.pop("aadhaar", None)
            one["aadhaar_ref"] = vault.references([number])[0].hex().upper() if number else None
    return given


def told_in(story: str) -> Files:
    """The input files of one of the three runs."""
    match story:
        case "first":
            return files(FIRST, CARDS)
        case "second":
            return files(SECOND, [*CARDS, card("069000000001", "AAY", SUNITA)])
        case _:
            return with_references(files(ALONE, CARDS))


@dataclass(frozen=True)
class Left:
    """What a run left: its work in hand, and its folder."""

    work: Work
    out: Path

    def keyed(self, key: str) -> Left:
        """The same results as those of another run."""
        return Left(replace(self.work, key=key), self.out)


def opened(given: Files, folder: Path) -> Work:
    """The run of these files, its inputs checked."""
    given.written(folder)
    inputs = Inputs(DRT, folder / "sources", folder / "register", settings.IDENTITY_KEY)
    return prepared(inputs, out=folder / "out", memory="500MB")


_MADE: dict[str, Left] = {}


def left_by(story: str, folder: Path) -> Left:
    """The run of a story from files to files, made at first need."""
    if story not in _MADE:
        _MADE[story] = _made(story, folder)
    return _MADE[story]


def _made(story: str, folder: Path) -> Left:
    # Nobody is alike but the family of S-1, who is in the grey zone.
    work = opened(told_in(story), folder)
    STAGES[0].run(work)
    families = work["families"]
    held = families.filter(families.reference == "S-1").to_pyarrow()
    for name, schema in NOBODY_ALIKE.items():
        table = grey(held, schema) if name == "probably_on_card" else schema.empty_table()
        pq.write_table(table, work.folder / f"{name}.parquet")
    relief_run(work, folder / "out")
    return Left(work, folder / "out")


def grey(held: pa.Table, schema: pa.Schema) -> pa.Table:
    """These families resemble a card: a name spelt otherwise, one telephone, the rest is not known."""
    known = dict.fromkeys(linkage.REASONS, -1) | {"name": 1, "mobile": 1}
    told = {
        "card_number": "069012345678",
        "category": "OPH",
        "weight": 5.25,
        "persons": 2,
        "verdict": "review",
    }
    return pa.Table.from_pylist([{"row": row, **told, **known} for row in held["row"].to_pylist()], schema)


def take_in(left: Left) -> Run:
    """The results taken in, in Kavita's name."""
    run = runs.begun(left.work, by="kavita", at=AT)
    runs.take_in(run, left.work, left.out, by="kavita", at=AT)
    run.refresh_from_db()
    return run


def everything() -> str:
    """All that the relief tables and the journal say, as text."""
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in (*TABLES, Entry))


def counts() -> dict[str, int]:
    """Rows of every table of relief, and of the journal."""
    return {model.__name__: model.objects.count() for model in (*TABLES, Entry)}


def row(source: str, reference: str) -> SourceRow:
    """What became of a row."""
    return SourceRow.objects.get(source=source, reference=reference, line=1)


def ended(source: str, reference: str) -> tuple[str, str]:
    """Outcome and reason of a row."""
    found = row(source, reference)
    return found.outcome, found.reason


def token_of(source: str, reference: str) -> Token:
    """The token a row led to."""
    found = row(source, reference).token
    assert found is not None
    return found


def people_on(token: Token) -> list[tuple[int, str, bool]]:
    """Line and name of each person on a token, and whether a number is known of theirs."""
    return [(one.line, one.name, one.aadhaar_ref is not None) for one in token.members.all()]
