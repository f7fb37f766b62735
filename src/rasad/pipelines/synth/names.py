"""Names of the north: which words a person's name is made of, and how a clerk writes them that day."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rasad.pipelines.synth import arrays, facts, spellings
from rasad.pipelines.synth.arrays import Column, Flags, Floats, Ints

HINDU, MUSLIM, SIKH = range(3)
_LETTER = "hms"
_GIVEN = {letter + sex for letter in _LETTER for sex in "mf"}
# In Devanagari a name has nearly one spelling: this share of the drift in Roman letters is left.
_DRIFT_IN_HINDI = 0.4
# Families that have a surname some members write. Tuned so that a person's last word is also the last word of
# father or husband in 21 to 24 of 100 rows, as on the rolls of the neighbouring states.
WITH_SURNAME = 0.76


@dataclass(frozen=True)
class Words:
    """The words of one or many people's names, as numbers into the list of known words; 0 is no word."""

    before: Ints
    given: Ints
    last: Ints

    def take(self, which: Ints) -> "Words":
        """The names of these people."""
        return Words(self.before[which], self.given[which], self.last[which])


@dataclass(frozen=True)
class Hand:
    """How records were written: which in Devanagari, and how far the clerk strays from the usual spelling."""

    hindi: Flags
    drift: float
    slips: float


class Spelling:
    """All known words with every form each of them may take."""

    def __init__(self) -> None:
        self.groups: dict[str, tuple[Ints, Floats]] = {}
        self._forms: list[str | None] = [None]
        # For each word: where its forms begin, how many variants and slips follow the usual one.
        self._layout: dict[str, list[tuple[int, int, int]]] = {"roman": [(0, 0, 0)], "hindi": [(0, 0, 0)]}
        rows = [*facts.read("given_names.csv"), *facts.read("last_names.csv")]
        members: dict[str, list[tuple[int, float]]] = {}
        for number, row in enumerate(rows, start=1):
            members.setdefault(row["group"], []).append((number, float(row["weight"])))
            roman, hindi = row["roman"], row["devanagari"]
            # Everybody knows how to write Singh and Devi: only names proper are spelt by ear.
            by_ear = row["group"] in _GIVEN or row["group"].startswith("family_")
            written = row["variants"].split()
            self._add("roman", roman, spellings.roman_variants(roman, written) if by_ear else written)
            self._add("hindi", hindi, spellings.hindi_variants(hindi) if by_ear else [])
        for group, words in members.items():
            numbers, weights = zip(*words, strict=True)
            self.groups[group] = (np.array(numbers, dtype=np.int64), np.array(weights, dtype=np.float64))
        self._column = pa.array(self._forms, pa.string())
        self._tables = {script: np.array(rows, dtype=np.int64) for script, rows in self._layout.items()}

    def _add(self, script: str, usual: str, variants: list[str]) -> None:
        wrong = spellings.slips(usual) if script == "roman" else []
        self._layout[script].append((len(self._forms), len(variants), len(wrong)))
        self._forms += [usual, *variants, *wrong]

    def draw(self, rng: np.random.Generator, group: str, count: int) -> Ints:
        """Words of a group in proportion to how common they are."""
        numbers, weights = self.groups[group]
        return numbers[arrays.draw(rng, weights, count)]

    def _written(self, rng: np.random.Generator, words: Ints, hand: Hand) -> Column:
        layout = np.where(hand.hindi[:, None], self._tables["hindi"][words], self._tables["roman"][words])
        first, variants, wrong = layout.T
        luck, pick = rng.random(len(words)), rng.random(len(words))
        drift = np.where(hand.hindi, hand.drift * _DRIFT_IN_HINDI, hand.drift)
        step = np.where(luck < drift, 1 + (pick * variants).astype(np.int64), 0)
        step = np.minimum(step, variants)
        slip = (luck > 1 - hand.slips) & (wrong > 0)
        step = np.where(slip, 1 + variants + (pick * wrong).astype(np.int64), step)
        return self._column.take(pa.array(first + step))

    def full_names(self, rng: np.random.Generator, names: Words, hand: Hand) -> Column:
        """Each person's name as this hand writes it."""
        parts = [self._written(rng, words, hand) for words in (names.before, names.given, names.last)]
        return arrays.joined(*parts, separator=" ")


def _by_group(
    rng: np.random.Generator, spelling: Spelling, group: str, community: Ints, where: Flags, into: Ints
) -> None:
    for number, letter in enumerate(_LETTER):
        name = group.replace("?", letter)
        mask = where & (community == number)
        if name in spelling.groups and mask.any():
            into[mask] = spelling.draw(rng, name, int(mask.sum()))


def family_names(rng: np.random.Generator, spelling: Spelling, community: Ints) -> Ints:
    """The word each family would use as its surname, whether or not its members write it."""
    words = np.zeros(len(community), dtype=np.int64)
    _by_group(rng, spelling, "family_?", community, np.ones(len(community), dtype=np.bool_), words)
    return words


def people(
    rng: np.random.Generator,
    spelling: Spelling,
    *,
    community: Ints,
    female: Flags,
    married: Flags,
    surname: Ints,
    uses_surname: Flags,
) -> Words:
    """A name for each person: one word, or a second of custom (Kumar, Devi), or the family's surname."""
    count = len(community)
    given, last, before = (np.zeros(count, dtype=np.int64) for _ in range(3))
    _by_group(rng, spelling, "?f", community, female, given)
    _by_group(rng, spelling, "?m", community, ~female, given)
    luck = rng.random(count)
    # Women go by one name far more often than men; Sikhs nearly always write Singh or Kaur.
    one_word = luck < np.where(community == SIKH, 0.04, np.where(female, 0.34, 0.24))
    takes_surname = ~one_word & uses_surname & (rng.random(count) < np.where(female, 0.55, 0.80))
    custom = ~one_word & ~takes_surname
    _by_group(rng, spelling, "male_?", community, custom & ~female, last)
    _by_group(rng, spelling, "wife_?", community, custom & female & married, last)
    _by_group(rng, spelling, "maiden_?", community, custom & female & ~married, last)
    last[takes_surname] = surname[takes_surname]
    mohd = (community == MUSLIM) & ~female & (rng.random(count) < 0.22)
    _by_group(rng, spelling, "before_?", community, mohd, before)
    return Words(before, given, last)


def both(some: Words, others: Words) -> Words:
    """The names of some people, then those of others."""
    return Words(
        np.concatenate([some.before, others.before]),
        np.concatenate([some.given, others.given]),
        np.concatenate([some.last, others.last]),
    )


def abbreviated(rng: np.random.Generator, names: Words, share: float) -> Words:
    """The same names with the last word left out in some (Sunita for Sunita Devi)."""
    drop = arrays.chance(rng, share, len(names.last))
    return Words(names.before, names.given, np.where(drop, 0, names.last))
