"""A name field taken apart: a person's own words, whose child or wife she is, what else she is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyarrow as pa

from rasad.pipelines.people.scripts import roman
from rasad.pipelines.people.sounds import heard, key, plain, spelling
from rasad.pipelines.people.titles import ALIASES, BEFORE, COMMON_SECONDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

# More words than these nobody's name has: what follows is an address in the wrong column.
MOST_WORDS = 5
_SLASHED = re.compile(r"\b([sdwchfm])\s*[/.\\]\s*o\b\.?", re.IGNORECASE)
_OF = re.compile(r"\b(son|daughter|wife|widow|husband|child)\s+of\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^)]*)\)?")
_SPLIT = re.compile(r"[\s,;:.|]+")
_COMMON = frozenset(spelling(word) for word in COMMON_SECONDS)


@dataclass(frozen=True)
class Parts:
    """The words of a name field, titles left out: the person's own, the guardian's, and other names of the person."""

    own: tuple[str, ...]
    guardian: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()


def parts(field: str) -> Parts:
    """Take a name field apart: Smt. Sunita Devi W/o Sh. Ram Lal urf Guddi."""
    text = _SLASHED.sub(r" \1/o ", field)
    text = _OF.sub(" s/o ", text)
    if "(" in text:
        text = _IN_BRACKETS.sub(r" urf \1 urf ", text)
    told: dict[str, list[str]] = {"own": [], "guardian": [], "alias": []}
    speaks_of = "own"
    for word in _SPLIT.split(text.replace("@", " urf ")):
        kind = _kind(word) if word else ""
        if kind == "relation":
            # A field that begins with one names nobody: S/o Ram Lal. The person is unnamed there.
            speaks_of = "guardian"
        elif kind == "alias":
            # Behind the brackets the field goes on with what it was about, if nothing was said of it yet.
            speaks_of = "own" if speaks_of == "alias" and not told["guardian"] else "alias"
        elif kind and len(told[speaks_of]) < MOST_WORDS:
            told[speaks_of].append(kind)
    return Parts(tuple(told["own"] or told["alias"]), tuple(told["guardian"]), tuple(told["alias"]))


@lru_cache(maxsize=500_000)
def _kind(word: str) -> str:
    """What a word of the field is: `relation`, `alias`, empty for a title, else the word in Roman letters."""
    said = roman(word).strip("'\"()-[]{}")
    if said in RELATIONS or word in RELATIONS:
        return "relation"
    if said in ALIASES:
        return "alias"
    return plain(said)


def first_and_last(own: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The word a person is called by, and the last word that says something: no Devi, no Kumar, no second Mohd."""
    told = own
    if len(told) > 1 and told[0] in BEFORE:
        told = told[1:]
    if not told:
        return None, None
    last = told[-1] if len(told) > 1 and not is_common(told[-1]) else None
    if last is None and len(told) > 2:
        last = told[-2]
    return told[0], last


@lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Whether offices often leave a second word out, as they do Devi, Kumar and Singh."""
    return spelling(word) in _COMMON


KEYS = pa.schema(
    [
        ("field", pa.string()),
        ("first", pa.string()),
        ("first_key", pa.string()),
        ("first_gaps", pa.int64()),
        ("joined_key", pa.string()),
        ("joined_gaps", pa.int64()),
        ("last", pa.string()),
        ("last_key", pa.string()),
        ("last_gaps", pa.int64()),
        ("alias_key", pa.string()),
        ("guardian", pa.string()),
    ]
)


def keyed(fields: Iterable[str]) -> pa.Table:
    """Each distinct name field with what people are compared by."""
    rows = [_keys(field) for field in dict.fromkeys(fields)]
    # A guardian who stands in a name field is a field of his own.
    there = {row[0] for row in rows}
    rows += [
        _keys(str(guardian))
        for guardian in dict.fromkeys(row[-1] for row in rows)
        if guardian and guardian not in there
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(KEYS)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, KEYS, strict=True)], schema=KEYS
    )


def _keys(field: str) -> tuple[str | int | None, ...]:
    told = parts(field)
    first, last = first_and_last(told.own)
    first_key, first_gaps = heard(first) if first else (None, None)
    last_key, last_gaps = heard(last) if last else (None, None)
    # Ram Lal and Ramlal are one.
    at = told.own.index(first) if first else 0
    both = told.own[at : at + 2]
    joined_key, joined_gaps = heard("".join(both)) if first and len(both) > 1 else (None, None)
    alias = key(told.alias[0]) if told.alias and told.alias[0] != first else None
    guardian = " ".join(told.guardian) or None
    plainly = (spelling(first) or first if first else None), (spelling(last) or last if last else None)
    mine = plainly[0], first_key, first_gaps, joined_key, joined_gaps
    return field, *mine, plainly[1], last_key, last_gaps, alias, guardian
