"""Step 1: the cards of a register with what their ration depends on.

reads:  cards of the register, and its members where the cards do not tell their number
writes: cards, one row a line of the file; `problem` names why a card does not serve in the month
grain:  card
audit:  as many rows as the file has lines
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from rasad.pipelines.relief import files, typed
from rasad.pipelines.relief.columns import Column

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.values.month import Month

CARDS = (
    Column("card_number", "कार्ड_संख्या", "text", "ration card number", True, 20),
    Column("category", "श्रेणी", "text", "category code of the State: AAY, PHH, APL", True, 12),
    Column("members", "सदस्य", "integer", "number of members; else counted in the list of members"),
    Column("tribal_area", "जनजातीय_क्षेत्र", "boolean", "whether the family lives in a tribal area"),
    Column("choice", "पसंद", "text", "the alternative chosen for the month: wheat, atta", longest=40),
    Column("district", "जिला", "text", "LGD code", longest=12),
    Column("issued_on", "जारी_तिथि", "date", "first day of the card"),
    Column("ended_on", "समाप्ति_तिथि", "date", "first day on which it no longer served"),
)
# How many members a card has whose number nobody told.
NOT_TOLD = -1
MEMBERS = (Column("card_number", "कार्ड_संख्या", "text", "the card the person is on", True, 20),)


@dataclass(frozen=True)
class Register:
    """The files of a register, opened; `members` only where the cards do not tell how many they are."""

    cards: files.InputFile
    members: files.InputFile | None


def opened(register: Path, *, keep_in: Path) -> Register:
    """The register's files with their headings checked. Raises Refused for one that cannot be used.

    Texts are looked at only where cards and members must meet by their number: the few different categories
    and choices are tidied kind by kind (baskets.py), not card by card.
    """
    keep_in.mkdir(parents=True, exist_ok=True)
    cards = files.opened(register, "cards", CARDS, keep_in=keep_in, look_at_texts=False)
    if "members" in cards.headings:
        return Register(cards, None)
    cards = files.opened(register, "cards", CARDS, keep_in=keep_in)
    return Register(cards, files.opened(register, "members", MEMBERS, keep_in=keep_in))


def cards(engine: Engine, register: Register, month: Month) -> ir.Table:
    """Every card with category and choice as written, members and area; `problem`: it does not serve this month.

    What is not told is an empty text, NOT_TOLD members, not tribal.
    """
    read = _read(engine.read(register.cards.parquet), register.cards, CARDS)
    if register.members is not None:
        people = _read(engine.read(register.members.parquet), register.members, MEMBERS)
        counted = people.group_by("card_number").agg(counted=lambda one: one.count())
        read = read.drop("members").left_join(counted, "card_number").drop("card_number_right")
        read = read.rename(members="counted")
    return read.select(
        "card_number",
        "district",
        written_category=read.category.fill_null(""),
        members=read.members.fill_null(NOT_TOLD).cast("int32"),
        tribal_area=read.tribal_area.fill_null(False),
        written_choice=read.choice.fill_null(""),
        problem=ibis.cases(
            (read.issued_on > month.last_day, "card_not_yet_issued"),
            (read.ended_on <= month.first_day, "card_ended"),
            else_=ibis.null("string"),
        ),
    )


def unreadable(register: Register) -> pa.Table:
    """The lines of a CSV of cards that could not be read as one, by their number."""
    lines = [number for number, _ in register.cards.unreadable]
    return pa.table({"line": pa.array(lines, pa.int64())})


def _read(table: ir.Table, file: files.InputFile, columns: tuple[Column, ...]) -> ir.Table:
    return table.select(**{column.name: typed.value(table, file, column) for column in columns})
