"""The rows as they reach the sources: reference, day, place, who is listed and with what papers."""

from dataclasses import dataclass

import numpy as np

from rasad.pipelines.synth import arrays, asking, identity, shapes
from rasad.pipelines.synth.arrays import Column, Flags, Floats, Ints
from rasad.pipelines.synth.asking import Asked
from rasad.pipelines.synth.households import Households
from rasad.pipelines.synth.places import Places


@dataclass(frozen=True)
class Rows:
    """The rows of one district by source and reference, and the people on them."""

    asked: Asked
    reference: Ints
    received: Ints
    place: Ints  # an index into the places: the family may have moved since the register knew it
    gives_family_id: Flags
    gives_card: Flags
    repeated: Ints  # rows that come a second time under their reference
    # one entry a listed member
    row: Ints
    member: Ints  # an index into the people of the households
    line: Ints
    number_written: Flags
    number_wrong: Flags
    written_for: Ints  # whose number stands there: the member's own, but for numbers lent


def habit(name: str) -> Floats:
    """One habit of all sources, in their order."""
    return np.array([getattr(source, name) for source in shapes.SOURCES], dtype=np.float64)


def references(rows: Rows) -> Column:
    """The reference of each row as its source writes it."""
    prefix = arrays.chosen([f"{source.prefix}-" for source in shapes.SOURCES], rows.asked.source)
    return arrays.joined(prefix, arrays.text_of(rows.reference, 7))


def _received(rng: np.random.Generator, source: Ints) -> Ints:
    first = np.array([np.datetime64(s.first_day).astype(np.int64) for s in shapes.SOURCES])[source]
    last = np.array([np.datetime64(s.last_day).astype(np.int64) for s in shapes.SOURCES])[source]
    return np.asarray(first + (rng.random(len(source)) * (last - first + 1)).astype(np.int64))


def _places(rng: np.random.Generator, asked: Asked, homes: Households, places: Places) -> Ints:
    """Where each family lives now: a few have moved since the register was written, most far off."""
    place = homes.place.copy()
    moved = np.flatnonzero(arrays.chance(rng, shapes.MOVED_DISTRICT, len(place)))
    place[moved] = arrays.draw(rng, places.weight, len(moved))
    return place[asked.family]


def _listed(rng: np.random.Generator, asked: Asked, homes: Households) -> tuple[Ints, Ints, Ints]:
    """Who is on each row: the row, the member, the line. The head always is."""
    count, size = len(asked.family), homes.size[asked.family]
    row = np.repeat(np.arange(count), size)
    member = arrays.expanded(homes.first[asked.family], size)
    whole = arrays.chance(rng, habit("whole_family")[asked.source], count)
    on = whole[row] | arrays.chance(rng, habit("listed")[asked.source][row], len(row))
    on |= homes.line[member] == 0
    on &= (asked.fault != asking.NO_MEMBERS)[row]
    guests = np.flatnonzero(asked.guest != asking.NOBODY)
    row, member = np.concatenate([row[on], guests]), np.concatenate([member[on], asked.guest[guests]])
    order = np.argsort(row, kind="stable")
    row, member = row[order], member[order]
    return row, member, np.arange(len(row)) - np.searchsorted(row, row) + 1


def _lent(rng: np.random.Generator, may: Flags) -> tuple[Ints, Ints]:
    """Where an operator types a number of his own for a family that brought none: which, and whose."""
    heads = np.flatnonzero(may)
    several = shapes.FAMILIES_AN_OPERATOR
    wanted = round(len(heads) * shapes.LENT_NUMBERS / several)
    lent = rng.permutation(heads)[: min(len(heads) // several, max(wanted, 1)) * several]
    return lent, np.arange(len(lent)) // several


def operators_at_most(rows: Rows) -> int:
    """How many person numbers are kept for the operators of a district."""
    return len(rows.asked.family) // shapes.FAMILIES_AN_OPERATOR + 1


def make(
    rng: np.random.Generator,
    asked: Asked,
    homes: Households,
    places: Places,
    *,
    first_reference: Ints,
    first_operator: int,
    repeated: int,
    mess: float,
    kind: identity.Kind,
) -> Rows:
    """The rows of the families that ask; references go on from those given, one a source."""
    received = _received(rng, asked.source)
    order = np.lexsort((received, asked.source))
    asked, received = asked.take(order), received[order]
    per_source = np.bincount(asked.source, minlength=len(shapes.SOURCES))
    row, member, line = _listed(rng, asked, homes)
    source, count = asked.source[row], len(asked.family)
    without = arrays.chance(rng, habit("no_papers")[asked.source], count)[row]
    written = ~without & arrays.chance(rng, habit("has_number")[source], len(row))
    wrong = written & arrays.chance(rng, mess if kind == "numbers" else 0.0, len(row))
    written_for = homes.person[member]
    lent, operator = _lent(rng, (source == shapes.LOCAL_COMMITTEE) & (line == 1) & ~written)
    written[lent], written_for[lent] = True, first_operator + operator
    fine = rng.permutation(np.flatnonzero(asked.fault == asking.FINE))
    gives_id = arrays.chance(rng, habit("family_id")[asked.source], count)
    return Rows(
        asked=asked,
        reference=first_reference[asked.source] + arrays.places_in_run(per_source),
        received=received,
        place=_places(rng, asked, homes, places),
        gives_family_id=homes.has_family_id[asked.family] & gives_id,
        gives_card=arrays.chance(rng, habit("card_number")[asked.source], count),
        repeated=np.sort(fine[:repeated]),
        row=row,
        member=member,
        line=line,
        number_written=written,
        number_wrong=wrong,
        written_for=written_for,
    )
