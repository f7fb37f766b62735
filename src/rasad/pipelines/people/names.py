"""Names as they sound: one key for the ways an office may have spelt a name, in Roman or Devanagari.

Each distinct word is worked once and joined back; the words of a State are a few thousand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from rasad.pipelines.people.scripts import roman
from rasad.pipelines.people.sounds import alike, heard, key, sound, spelling
from rasad.pipelines.people.titles import COMMON_SECONDS, SAME_NAME, TITLES

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "COMMON_SECONDS", "SAME_NAME", "TITLES", "alike", "distinct", "heard", "key", "keyed", "roman", "sound", "spelling",
    "with_keys", "words",
]  # fmt: skip
WORDS_KEPT = 3


def distinct(*columns: ir.StringColumn) -> ir.Table:
    """Every name that stands in these columns, once, as `name`: a State writes its millions in few ways."""
    return ibis.union(*(column.name("name").as_table() for column in columns), distinct=True)


def words(names: ir.Table) -> pa.Table:
    """Every distinct word of `name` with its `spelling` and `sound`."""
    split = [names.select(word=_word(names.name, place)) for place in range(WORDS_KEPT)]
    told = ibis.union(*split, distinct=True).to_pyarrow()["word"].drop_null().to_pylist()
    return pa.table(
        {
            "word": pa.array(told, pa.string()),
            "spelling": pa.array([spelling(word) or None for word in told], pa.string()),
            "sound": pa.array([sound(word) or None for word in told], pa.string()),
            "is_common": pa.array([spelling(word) in _COMMON for word in told], pa.bool_()),
        }
    )


def keyed(names: ir.Table, known: ir.Table) -> ir.Table:
    """Each `name` with `first` and `rest` (spellings) and the `sound` of its first word; `known` are its words.

    Titles are passed over; a common second word (devi, kumar) is left out, since offices often do.
    """
    told = names.mutate(**{f"_{place}": _word(names.name, place) for place in range(WORDS_KEPT)})
    for place in range(WORDS_KEPT):
        mine = known.select(
            **{
                f"w{place}": known.word,
                f"p{place}": known.spelling,
                f"s{place}": known.sound,
                f"c{place}": known.is_common,
            }
        )
        told = told.left_join(mine, told[f"_{place}"] == mine[f"w{place}"]).drop(f"w{place}", f"_{place}")
    rest = [ibis.ifelse(told[f"c{place}"], ibis.null("string"), told[f"p{place}"]) for place in (1, 2)]
    second_first = told.p0.isnull()
    return told.select(
        "name",
        first=ibis.coalesce(told.p0, told.p1, told.p2),
        sound=ibis.coalesce(told.s0, told.s1, told.s2),
        rest=ibis.ifelse(second_first, rest[1], ibis.coalesce(rest[0], rest[1])),
    )


def with_keys(table: ir.Table, column: str, keys: ir.Table) -> ir.Table:
    """The table with `<column>_first`, `<column>_rest` and `<column>_sound`, as `keyed` worked them."""
    mine = keys.rename(**{f"{column}_{part}": part for part in ("name", "first", "rest", "sound")})
    return table.left_join(mine, table[column] == mine[f"{column}_name"]).drop(f"{column}_name")


def _word(name: ir.StringValue, place: int) -> ir.StringValue:
    split = name.lower().split(" ")
    # Spark raises where DuckDB answers null when there is no such word.
    return ibis.ifelse(split.length() > place, split[place], ibis.null("string")).nullif("")


_COMMON = frozenset(spelling(word) for word in COMMON_SECONDS)
