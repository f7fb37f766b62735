"""Who asks for relief through which source, and what is wrong with each row on its face."""

from dataclasses import dataclass

import numpy as np

from rasad.pipelines.synth import arrays, shapes
from rasad.pipelines.synth.arrays import Flags, Ints
from rasad.pipelines.synth.households import LETTERS, Households
from rasad.pipelines.synth.register import NO_CARD, Cards

FINE, NOT_APL_CARD, RATION_NOT_OPTED, NOT_VERIFIED, NOT_FORWARDED, UNKNOWN_DISTRICT, NO_MEMBERS = range(7)
FAULTS = [
    "",
    "not_apl_card",
    "ration_not_opted",
    "not_verified",
    "not_forwarded",
    "unknown_district",
    "no_members",
]
WAITS_FOR_A_PERSON = (NOT_VERIFIED, NOT_FORWARDED, UNKNOWN_DISTRICT)
NOBODY = -1
_OF_AGE_SINCE = int(np.datetime64("2000-05-15").astype(np.int64))


@dataclass(frozen=True)
class Asked:
    """One entry a source row: whose family, which source, what is wrong, who of another family is listed."""

    family: Ints
    source: Ints
    fault: Ints
    guest: Ints

    def take(self, which: Ints) -> "Asked":
        """These rows."""
        return Asked(self.family[which], self.source[which], self.fault[which], self.guest[which])


@dataclass(frozen=True)
class Plan:
    """How many families of each kind ask in a district, and how many rows are broken."""

    tokens_on_apl: int
    tokens_without: int
    free: int
    not_apl: int
    failing_without: int
    failing_on_apl: int
    unknown_district: int
    daughters: int
    ended: int
    no_members: int
    repeated: int

    @property
    def without_card(self) -> int:
        """Families on no living card that ask."""
        getting_none = self.failing_without + self.unknown_district + self.daughters + self.no_members
        return self.tokens_without + getting_none


def plan(tokens: int, mess: float) -> Plan:
    """The plan for a district that is to end with this many tokens."""
    apl = round(tokens * shapes.TOKENS_ON_APL_CARDS)
    broken = int(np.ceil(tokens * 1.7 * mess))
    return Plan(
        tokens_on_apl=apl,
        tokens_without=tokens - apl,
        free=round(tokens * shapes.ON_FREE_CARD),
        not_apl=round(tokens * shapes.NOT_APL_CARD),
        failing_without=round(tokens * shapes.FAILING_WITHOUT_CARD),
        failing_on_apl=round(tokens * shapes.FAILING_ON_APL),
        unknown_district=round(tokens * shapes.UNKNOWN_DISTRICT),
        daughters=round(tokens * shapes.DAUGHTER_ELSEWHERE),
        ended=round(tokens * shapes.ENDED_CARD),
        no_members=broken,
        repeated=broken,
    )


def _faults(rng: np.random.Generator, source: Ints) -> Ints:
    """What rows of each source are turned down for."""
    fault = np.array([NOT_APL_CARD, NOT_VERIFIED, RATION_NOT_OPTED, NOT_FORWARDED])[source]
    held_back = (source == shapes.LOCAL_COMMITTEE) & arrays.chance(rng, 0.4, len(source))
    return np.where(held_back, NOT_FORWARDED, fault)


def _asked(
    rng: np.random.Generator,
    family: Ints,
    through: tuple[float, ...],
    *,
    passes: bool = True,
    has_card: bool = False,
    guest: Ints | None = None,
) -> Asked:
    """The first rows of these families and the further ones; where one passes, most others do."""
    count = len(family)
    guests = np.full(count, NOBODY) if guest is None else guest
    source = arrays.draw(rng, np.array(through), count)
    fault = np.full(count, FINE) if passes else _faults(rng, source)
    again = arrays.chance(rng, shapes.ANOTHER_ROW, count)
    third = again & arrays.chance(rng, shapes.A_THIRD_ROW, count)
    more = np.concatenate([np.flatnonzero(again), np.flatnonzero(third)])
    more_source = arrays.draw(rng, np.array(shapes.ASK_AGAIN), len(more))
    more_fault = _faults(rng, more_source)
    if passes:
        fine = arrays.chance(rng, shapes.ANOTHER_ROW_PASSES, len(more))
        fine &= has_card | (more_source != shapes.MMPSY)
        more_fault = np.where(fine, FINE, more_fault)
    return Asked(
        np.concatenate([family, family[more]]),
        np.concatenate([source, more_source]),
        np.concatenate([fault, more_fault]),
        np.concatenate([guests, guests[more]]),
    )


def _single(family: Ints, source: Ints, fault: int) -> Asked:
    return Asked(family, source, np.full(len(family), fault), np.full(len(family), NOBODY))


def _daughters(rng: np.random.Generator, homes: Households, cards: Cards, count: int) -> Ints:
    """Grown daughters still on their parents' free card, to be listed in the family they married into."""
    daughter = homes.letter == LETTERS.index("D")
    found = daughter & cards.free[homes.family] & cards.on_card & (homes.born < _OF_AGE_SINCE)
    return rng.permutation(np.flatnonzero(found))[:count]


def _dealt(rng: np.random.Generator, pool: Flags, *counts: int) -> list[Ints]:
    shuffled = rng.permutation(np.flatnonzero(pool))
    return np.split(shuffled, np.cumsum(counts))[: len(counts)]


def make(rng: np.random.Generator, homes: Households, cards: Cards, plan: Plan) -> Asked:
    """All rows of the families of a district; a family has one fate, whatever it sends in."""
    living = (cards.category != NO_CARD) & ~cards.ended
    apl = living & (cards.category == shapes.APL)
    apl_tokens, apl_failing = _dealt(rng, apl, plan.tokens_on_apl, plan.failing_on_apl)
    free, wrong_card = _dealt(rng, cards.free, plan.free, plan.not_apl)
    guests = _daughters(rng, homes, cards, plan.daughters)
    counts = (plan.tokens_without, plan.failing_without, plan.unknown_district, plan.no_members, len(guests))
    tokens, failing, nowhere, empty, daughters = _dealt(rng, ~living, *counts)
    through = np.array(shapes.ASK_NONE)
    parts = [
        _asked(rng, apl_tokens, shapes.ASK_APL, has_card=True),
        _asked(rng, tokens, shapes.ASK_NONE),
        _asked(rng, free, shapes.ASK_FREE, has_card=True),
        _asked(rng, daughters, shapes.ASK_NONE, guest=guests),
        _asked(rng, np.concatenate([failing, apl_failing]), shapes.ASK_FAILING, passes=False),
        _single(wrong_card, np.full(len(wrong_card), shapes.MMPSY), NOT_APL_CARD),
        _single(nowhere, arrays.draw(rng, through, len(nowhere)), UNKNOWN_DISTRICT),
        _single(empty, arrays.draw(rng, through, len(empty)), NO_MEMBERS),
    ]
    return Asked(
        np.concatenate([part.family for part in parts]),
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.fault for part in parts]),
        np.concatenate([part.guest for part in parts]),
    )
