"""Where every row must end, decided from what is true and not from what is written.

A broken row is refused; else the scheme's conditions of its source; else any listed member on a living
free-ration card refuses it; else the first row of the family by day, source and reference is its token.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rasad.pipelines.synth import arrays, asking, shapes
from rasad.pipelines.synth.arrays import Flags, Ints, Table
from rasad.pipelines.synth.households import Households
from rasad.pipelines.synth.register import NO_CARD, Cards
from rasad.pipelines.synth.rows import Rows, references

OUTCOMES = ["token", "linked", "refused", "in_review"]
TOKEN, LINKED, REFUSED, IN_REVIEW = range(4)
REASONS = ["issued", "same_person", "same_family_id", "same_card", "probably_same_family"]
REASONS += ["on_free_card", "probably_on_free_card", "duplicate_reference", *asking.FAULTS[1:]]
(ISSUED, SAME_PERSON, SAME_FAMILY_ID, SAME_CARD, SAME_NAMES, ON_FREE_CARD, PROBABLY_ON_IT, REPEATED) = range(
    8
)
_FIRST_FAULT = len(REASONS) - len(asking.FAULTS)


@dataclass(frozen=True)
class Verdict:
    """Per row: where it ends and why, whether anyone on it is on a free card, and whether a key shows it."""

    outcome: Ints
    reason: Ints
    on_free_card: Flags
    exactly: Flags


def _any(count: int, row: Ints, flags: Flags) -> Flags:
    return np.bincount(row[flags], minlength=count) > 0


def _free(rows: Rows, homes: Households, cards: Cards) -> tuple[Flags, Flags]:
    """Whether anyone listed is on a living free card; whether a number, an ID or a card shows it."""
    count, family, member = len(rows.asked.family), rows.asked.family, rows.member
    listed = cards.free[homes.family[member]] & cards.on_card[member]
    own = rows.number_written & ~rows.number_wrong & (rows.written_for == homes.person[member])
    known = cards.number_written & ~cards.number_wrong & (cards.written_for == homes.person)
    by_number = _any(count, rows.row, listed & own & known[member])
    by_id = rows.gives_family_id & cards.family_id_known[family]
    by_key = cards.free[family] & (by_id | rows.gives_card)
    return _any(count, rows.row, listed), by_number | by_key


def _why_linked(rows: Rows, homes: Households, cards: Cards, going: Flags) -> Ints:
    """What shows that a row is of a family with another row: a person, the ID, the card, or only names."""
    family, count = rows.asked.family, len(rows.asked.family)
    own = rows.number_written & ~rows.number_wrong & (rows.written_for == homes.person[rows.member])
    usable = own & going[rows.row]
    _, back, uses = np.unique(rows.member[usable], return_inverse=True, return_counts=True)
    same_person = _any(count, rows.row[usable], uses[back] > 1)

    def twice(given: Flags) -> Flags:
        uses = np.bincount(family[given & going], minlength=len(homes.number))
        return given & (uses[family] > 1)

    same_id = twice(rows.gives_family_id)
    same_card = twice(rows.gives_card & (cards.category[family] != NO_CARD))
    return np.select([same_person, same_id, same_card], [SAME_PERSON, SAME_FAMILY_ID, SAME_CARD], SAME_NAMES)


def verdict(rows: Rows, homes: Households, cards: Cards) -> Verdict:
    """Where each row must end."""
    asked = rows.asked
    on_free, exactly = _free(rows, homes, cards)
    fine = asked.fault == asking.FINE
    reason = np.where(fine, ISSUED, _FIRST_FAULT + asked.fault)
    waits = np.isin(asked.fault, asking.WAITS_FOR_A_PERSON)
    outcome = np.where(fine, TOKEN, np.where(waits, IN_REVIEW, REFUSED))
    barred = fine & (on_free | exactly)
    outcome[barred] = REFUSED
    reason[barred] = np.where(exactly, ON_FREE_CARD, PROBABLY_ON_IT)[barred]
    going = fine & ~barred
    rows_going = np.flatnonzero(going)
    keys = (rows.reference, asked.source, rows.received, asked.family)
    ordered = rows_going[np.lexsort(tuple(key[rows_going] for key in keys))]
    later = ordered[1:][asked.family[ordered[1:]] == asked.family[ordered[:-1]]]
    outcome[later] = LINKED
    reason[later] = _why_linked(rows, homes, cards, going)[later]
    return Verdict(outcome, reason, on_free, exactly)


def tables(rows: Rows, homes: Households, cards: Cards) -> tuple[Table, Table]:
    """The truth about the rows, those that repeat a reference last, and about the people on them."""
    found, reference = verdict(rows, homes, cards), references(rows)
    count = len(found.outcome)
    every = np.concatenate([np.arange(count), rows.repeated])
    again = np.arange(len(every)) >= count
    sources = [source.name for source in shapes.SOURCES]
    of_rows = pa.table(
        {
            "source": arrays.chosen(sources, rows.asked.source[every]),
            "reference": reference.take(pa.array(every)),
            "line": pa.array((again + 1).astype(np.int32)),
            "household": pa.array(homes.number[rows.asked.family[every]]),
            "outcome": arrays.chosen(OUTCOMES, np.where(again, REFUSED, found.outcome[every])),
            "reason": arrays.chosen(REASONS, np.where(again, REPEATED, found.reason[every])),
            "on_free_card": pa.array(found.on_free_card[every]),
            "exactly": pa.array(found.exactly[every]),
        }
    )
    of_people = pa.table(
        {
            "source": arrays.chosen(sources, rows.asked.source[rows.row]),
            "reference": reference.take(pa.array(rows.row)),
            "line": pa.array(rows.line.astype(np.int32)),
            "person": pa.array(homes.person[rows.member]),
        }
    )
    return of_rows, of_people
