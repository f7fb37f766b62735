"""Names as they sound: one key for the ways an office may have spelt a name, in Roman, Devanagari, Bengali or Gurmukhi.

Each distinct word is worked once and joined back; the words of a State are a few thousand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
from indic_transliteration import sanscript

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Words that stand in name fields and name nobody.
TITLES = frozenset(
    [
        *(
            "shri",
            "shrimati",
            "smt",
            "sri",
            "sh",
            "mr",
            "mrs",
            "ms",
            "miss",
            "dr",
            "late",
            "lt",
            "sushri",
            "km",
            "ku",
        ),
        *(
            "kumari",
            "ji",
            "wife",
            "husband",
            "son",
            "daughter",
            "w/o",
            "s/o",
            "d/o",
            "wo",
            "so",
            "do",
            "c/o",
            "of",
        ),
        *("alias", "urf"),
    ]
)
# Words most women and many men carry: they say little, and are often left out.
COMMON_SECONDS = frozenset(
    [
        "devi",
        "kumar",
        "singh",
        "kaur",
        "bai",
        "rani",
        "bano",
        "begum",
        "khatun",
        "lal",
        "ram",
        "chand",
        "prasad",
    ]
)
SAME_NAME = {
    "md": "mohd",
    "mo": "mohd",
    "mohammad": "mohd",
    "mohammed": "mohd",
    "muhammad": "mohd",
    "mohamad": "mohd",
}
WORDS_KEPT = 3

_SOUNDS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]", ""),
        (r"ee|ii|ey|ai|ei|ie", "i"),
        (r"oo|uu", "u"),
        (r"ou|au|aw", "o"),
        (r"(.)\1+", r"\1"),
        (r"ksh|x", "ks"),
        (r"ph", "f"),
        (r"q|c(?!h)", "k"),
        (r"([bdgjkpst])h", r"\1"),
        (r"w", "v"),
        (r"z", "j"),
        (r"y", "i"),
        (r"m(?=[bpdgtjkc])", "n"),
        (r"(?<=.)h", ""),
        (r"(.)\1+", r"\1"),
    )
]
_SCRIPTS = (
    (re.compile(r"[\u0900-\u097f]"), sanscript.DEVANAGARI),
    (re.compile(r"[\u0980-\u09ff]"), sanscript.BENGALI),
    (re.compile(r"[\u0a00-\u0a7f]"), sanscript.GURMUKHI),
)
_VOWELS = re.compile(r"(?<!^)[aeiou]")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=500_000)
def roman(word: str) -> str:
    """A word in lower-case Roman letters; Devanagari, Bengali, Gurmukhi as spoken, without the silent last a."""
    for letters, script in _SCRIPTS:
        if letters.search(word):
            spoken = sanscript.transliterate(word, script, sanscript.ITRANS)
            # The inherent vowel is silent at the end of a word; a long one is written A here and stays.
            return re.sub(r"(?<=[bcdfghjklmnpqrstvwxyzN])a$", "", spoken).lower()
    return word.lower()


@lru_cache(maxsize=500_000)
def spelling(word: str) -> str:
    """A word in one plain spelling, vowels kept: suneeta and sunita are one; empty for a title."""
    plain = roman(word).strip(".,'\"()-")
    if plain in TITLES:
        return ""
    plain = SAME_NAME.get(plain, plain)
    for pattern, replacement in _SOUNDS:
        plain = pattern.sub(replacement, plain)
    return plain


@lru_cache(maxsize=500_000)
def sound(word: str) -> str:
    """The consonants of a word and its first letter: what is left when spelling drifts."""
    return _REPEATED.sub(r"\1", _VOWELS.sub("", spelling(word)))


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
