"""How a word sounds: keys that are one for the ways an office may have spelt it, in any of four scripts.

`spelling` keeps the vowels, `sound` drops them. `heard` is the key of the matcher: the consonants that ears and
offices tell apart, and beside them which vowels may stand in each gap, so that Milan and Milon are one and Samar
and Samir are two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rasad.pipelines.people.scripts import roman
from rasad.pipelines.people.titles import SAME_NAME, TITLES

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
_VOWELS = re.compile(r"(?<!^)[aeiou]")
_REPEATED = re.compile(r"(.)\1+")

# What the matcher hears as one, applied in this order to Roman letters.
_HEARD = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]", ""),
        (r"^lach+a?m", "lakm"),
        (r"ck|cq|kk|qu(?=e)|q", "k"),
        (r"(?<=k)ue$", ""),
        (r"ksh|kch|x|ks(?=[^aeiou])|kkh", "k"),
        (r"c+h+", "C"),
        (r"gn|gy(?=a)|jn", "gy"),
        (r"ph", "f"),
        (r"c(?=[iey])", "s"),
        (r"c", "k"),
        (r"([bdgjkpstrlmn])h", r"\1"),
        (r"^y(?=[aeou])", "j"),
        (r"z", "j"),
        (r"ow$|o[wv](?=[^aeiouy])", "o"),
        (r"aw$|aw(?=[^aeiouyh])", "au"),
        (r"e[wv](?=[^aeiouy]|$)", "eo"),
        (r"(?<=[sdj])[wv](?=[aeiouy])", ""),
        (r"[wv]", "b"),
        (r"m(?=[bpdgtjkCf])|ng(?=[^aeiou]|a?$)|nk?(?=[gk])", "n"),
        (r"(?<=.)h", ""),
        (r"y", "i"),
        (r"([^aeiou])\1+", r"\1"),
    )
]
_A, _I, _U = 1, 2, 4
# Which of a, i, u a vowel may be meant for. An o is an a to a Bengali ear and a u to others; an e may be the short
# vowel nobody hears (Ahmed, Ahmad).
_MEANT = {"a": _A, "e": _A | _I, "i": _I, "o": _A | _U, "u": _U}
_CONSONANT = re.compile(r"[^aeiou]")
_ALL, _BITS = 7, 3
# More gaps than these a word has not; their bits fill a 64-bit integer.
GAPS = 20
FILLED = sum(_A << (_BITS * gap) for gap in range(GAPS))


@lru_cache(maxsize=500_000)
def plain(word: str) -> str:
    """A word in Roman letters without signs; one form for Md and Mohammad; empty for a title."""
    told = roman(word).strip(".,'\"()-0॰।")
    if told in TITLES:
        return ""
    return SAME_NAME.get(told, told)


@lru_cache(maxsize=500_000)
def spelling(word: str) -> str:
    """A word in one plain spelling, vowels kept: suneeta and sunita are one; empty for a title."""
    told = plain(word)
    for pattern, replacement in _SOUNDS:
        told = pattern.sub(replacement, told)
    return told


@lru_cache(maxsize=500_000)
def sound(word: str) -> str:
    """The consonants of a word and its first letter: what is left when spelling drifts."""
    return _REPEATED.sub(r"\1", _VOWELS.sub("", spelling(word)))


@lru_cache(maxsize=500_000)
def heard(word: str) -> tuple[str, int]:
    """The consonants of a word as heard, and the vowels that may be meant around them, three bits a gap."""
    told = _as_heard(word)
    if not told:
        return "", 0
    gaps = _CONSONANT.split(told)
    bits = 0
    for place in range(GAPS):
        bits |= (_meant(gaps[place], first=place == 0) if place < len(gaps) else _ALL) << (_BITS * place)
    return _consonants(told), bits


def key(word: str) -> str:
    """The consonants of a word as heard: what the matcher looks people up by."""
    return _consonants(_as_heard(word))


def _as_heard(word: str) -> str:
    told = plain(word)
    for pattern, replacement in _HEARD:
        told = pattern.sub(replacement, told)
    return told


def _consonants(told: str) -> str:
    return "".join(_CONSONANT.findall(told)) or told[:1]


def _meant(gap: str, *, first: bool) -> int:
    # No vowel is an a nobody wrote; at the beginning it is a consonant.
    told = 0
    for letter in gap:
        told |= _MEANT[letter]
    return told or (_ALL if first else _A)


def alike(one: str, other: str) -> bool:
    """Whether two words may be one name spelt differently: the same consonants heard, vowels that may be meant."""
    (mine, my_gaps), (theirs, their_gaps) = heard(one), heard(other)
    both = my_gaps & their_gaps
    return bool(mine) and mine == theirs and (both | both >> 1 | both >> 2) & FILLED == FILLED
