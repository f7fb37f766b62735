"""Small vector tools: weighted draws, expansion of ranges, fixed-width text."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

# A column or a table of pyarrow, which has no types of its own.
Column = Any
Table = Any


def draw(rng: np.random.Generator, weights: Floats, count: int) -> Ints:
    """`count` indices drawn in proportion to the weights."""
    running = np.cumsum(weights)
    found = np.searchsorted(running, rng.random(count) * running[-1], side="right")
    return np.asarray(np.minimum(found, len(weights) - 1).astype(np.int64))


def chance(rng: np.random.Generator, share: float | Floats, count: int) -> Flags:
    """`count` yes-or-no answers, each yes with this probability."""
    return np.asarray(rng.random(count) < share)


def shared_out(total: int, weights: Floats) -> Ints:
    """Whole parts of a total in proportion to the weights, adding up to it exactly (largest remainders)."""
    exact = total * weights / weights.sum()
    parts: Ints = np.floor(exact).astype(np.int64)
    short = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:short]] += 1
    return parts


def starts(sizes: Ints) -> Ints:
    """Where each run begins when runs of these sizes lie end to end."""
    return np.asarray(np.cumsum(sizes) - sizes)


def places_in_run(sizes: Ints) -> Ints:
    """0, 1, 2 ... within each run."""
    return np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(starts(sizes), sizes)


def expanded(first: Ints, sizes: Ints) -> Ints:
    """The indices first, first+1 ... of each run, end to end."""
    return np.repeat(first, sizes) + places_in_run(sizes)


def text_of(numbers: Ints, width: int = 0, *, missing: Flags | None = None) -> Column:
    """Numbers as decimal text with leading zeros up to `width`; null where missing."""
    column = pc.cast(pa.array(numbers, mask=missing), pa.string())
    return pc.utf8_lpad(column, width=width, padding="0") if width else column


def joined(*parts: Column | str, separator: str = "") -> Column:
    """Texts put together row by row; null parts are left out."""
    return pc.binary_join_element_wise(*parts, separator, null_handling="skip")


def optional(numbers: Any, given: Flags) -> Column:
    """A column that is null wherever the value is not given."""
    return pa.array(numbers, mask=~given)


def chosen(labels: list[str], which: Ints) -> Column:
    """One label a row."""
    return pa.array(labels, pa.string()).take(pa.array(which))


def days(since_1970: Ints, known: Flags) -> Column:
    """Days since 1970 as dates, null where not known."""
    return pa.array(since_1970.astype("datetime64[D]"), mask=~known)


def years_of(days: Ints) -> Ints:
    """The calendar year of each day since 1970."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def first_of_january(days: Ints) -> Ints:
    """The first day of the year of each day: what is written when only the year is known."""
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
