"""The keys by which a person is found whose name was written by another office, in another script, by ear.

A key is what is left of a word when spelling drifts. A person has one for each word of the name, for each two of
them in either order, and for two words written as one (Ram Lal, Ramlal); each also behind the district.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from rasad.pipelines.people.names import COMMON_SECONDS, spelling

# More words than these nobody's name has; what follows is an address in the wrong column.
MOST_WORDS = 4
_SPLIT = re.compile(r"[^\w\u0900-\u0a7f]+")
_VOWELS, _REPEATED = re.compile(r"[aeiou]"), re.compile(r"(.)\1+")
# A nasal is a dot or a letter in Indian scripts; ड़ is an r to most ears.
_DOTS = str.maketrans(
    {"ं": "न्", "ँ": "न्", "ং": "ন্", "ঁ": "ন্", "ਂ": "ਨ੍", "ੰ": "ਨ੍", "ੜ": "ਰ", "\u095c": "र", "\u09dc": "র"}
)
_R_WITH_A_DOT = {"ड\u093c": "र", "ড\u09bc": "র", "ੜ": "ਰ"}
_FIRST = str.maketrans("eov", "iub")
# Written with a silent letter, or short.
_WRITTEN = {"sin": "sing", "kr": "kumar"}


@lru_cache(maxsize=500_000)
def plain(word: str) -> str:
    """A word in one plain spelling, whatever script it came in; empty for a title."""
    for dotted, as_heard in _R_WITH_A_DOT.items():
        word = word.replace(dotted, as_heard)
    # Pawan is written Pavan, and never sounds like Pon.
    spelt = spelling(re.sub(r"w(?=[aeiou])", "v", word.lower().translate(_DOTS)))
    return _WRITTEN.get(spelt, spelt)


@lru_cache(maxsize=500_000)
def key(word: str) -> str:
    """The key of one word in any script; empty for a title, or where no letter is left.

    Its consonants, without what ears and offices confuse (v and b, m before a stop), and a last i or u.
    """
    spelt = plain(word)
    if not spelt:
        return ""
    last = spelt[-1] if spelt[-1] in "iu" and len(spelt) > 1 else ""
    rest = re.sub(r"m(?=[bpdgtjkc])", "n", _VOWELS.sub("", spelt[1:]).replace("v", "b"))
    return _REPEATED.sub(r"\1", spelt[0].translate(_FIRST) + rest) + last


def words(name: str) -> list[str]:
    """The words of a name that name somebody, titles left out."""
    return [word for word in _SPLIT.split(name) if word and key(word)][:MOST_WORDS]


def is_common(word: str) -> bool:
    """Whether offices often leave a word out: Devi, Kumar, Singh."""
    return plain(word) in _COMMON


@lru_cache(maxsize=500_000)
def keys(name: str) -> tuple[str, ...]:
    """All keys of a name, without a district."""
    told = [key(word) for word in words(name)]
    joined = [key(first + second) for first, second in pairwise(words(name))]
    return tuple(sorted({*told, *map(pair, combinations(told, 2)), *joined} - {""}))


def pair(two: Sequence[str]) -> str:
    """The key of two words, the same in either order."""
    return " ".join(sorted(two))


def within(wanted: str, districts: Sequence[str] | None) -> list[str]:
    """A key as it stands behind each district; as it is where the whole State is asked."""
    return [wanted] if districts is None else [f"{district}:{wanted}" for district in districts]


def steps(text: str) -> Iterator[tuple[str, ...]]:
    """The keys to look for, the narrowest first: each step has alternatives, of which a person has one.

    First all words in pairs or written as one, then the rarer word alone, since offices leave out Devi and Kumar.
    """
    told = words(text)
    if len(told) > 1:
        first, second = sorted(told, key=is_common)[:2]
        yield tuple({pair((key(first), key(second))), key(told[0] + told[1])} - {""})
        yield (key(first),)
    elif told:
        yield (key(told[0]),)


def likeness(text: str, name: str) -> float:
    """How near a name is to what was typed, 0 to about 1: words spelt alike weigh more than such as sound alike."""
    asked, held = words(text), words(name)
    if not asked or not held:
        return 0.0
    spelt = {plain(word) for word in held}
    heard = {key(word) for word in held}
    points = sum(1.0 if plain(word) in spelt else 0.7 if key(word) in heard else 0.0 for word in asked)
    if plain("".join(asked)) == plain("".join(held)):
        points = max(points, 0.95 * len(asked))
    same = 0.01 if text.strip().lower() == name.strip().lower() else 0.0
    return points / max(len(asked), len(held)) + same


_COMMON = frozenset(plain(word) for word in COMMON_SECONDS)
