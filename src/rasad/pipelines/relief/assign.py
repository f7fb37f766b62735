"""Stage: a shop for every token.

reads:  tokens (token, district, place), shops in service (number, district, place, latitude, longitude,
        capacity), places (code, latitude, longitude)
writes: one row a token, in the order of the tokens: token, shop, distance_m, reason
grain:  token
audit:  no shop beyond its capacity; no token without a shop while a shop it can be measured against has room

First as few tokens without a shop as can be; then as many as can be in their own village or ward; then the
least total distance. It is exact, by district, over villages: all families of a village stand at its point.
The way to a shop of the own place counts nothing, for where in it a family lives is not known; several shops
of one place share its families by the room each has beside those who come from elsewhere.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rasad.pipelines.relief.least_cost import NEVER, Flags, Ints, hand_out

Floats = NDArray[np.float64]

EARTH_RADIUS_M = 6_371_008.8
REASONS = ("own_place", "nearest", "place_unknown", "no_coordinates", "no_capacity", "no_shop_in_district")
OWN_PLACE, NEAREST, PLACE_UNKNOWN, NO_COORDINATES, NO_CAPACITY, NO_SHOP = range(len(REASONS))
NONE = -1


def assign(tokens: pa.Table, shops: pa.Table, places: pa.Table) -> pa.Table:
    """The shop of each token: of its own place, else the nearest, within capacity; or why there is none.

    Distances are great-circle metres from the point of the family's place to the shop, or to the point of the
    shop's place where the shop has no coordinates; 0 in the own place.
    """
    tokens = tokens.select(["token", "district", "place"])
    order = pc.sort_indices(
        tokens, [("district", "ascending"), ("place", "ascending"), ("token", "ascending")]
    )
    shops = shops.sort_by([("district", "ascending"), ("number", "ascending")])
    groups = _groups(tokens.select(["district", "place"]).take(order))
    known = _Places.of(places)
    shop, distance, reason = (np.full(len(tokens), fill, dtype=np.int64) for fill in (NONE, NONE, NO_SHOP))
    for district, villages in groups.by_district():
        there = _ShopsOf.of(shops, district, known)
        if len(there.index):
            rows = slice(groups.start[villages.start], groups.start[villages.stop])
            answers = _in_district(groups, villages, there, known)
            shop[rows], distance[rows], reason[rows] = answers
    back = np.empty(len(tokens), dtype=np.int64)
    back[order.to_numpy()] = np.arange(len(tokens))
    found = shop[back]
    return pa.table(
        {
            "token": tokens["token"],
            "shop": shops["number"].combine_chunks().take(pa.array(found, mask=found == NONE)),
            "distance_m": pa.array(distance[back], mask=distance[back] == NONE),
            "reason": pa.DictionaryArray.from_arrays(reason[back].astype(np.int8), REASONS).cast(pa.string()),
        }
    )


@dataclass(frozen=True)
class _Groups:
    """The families of one place as one. `start` is their first among the sorted tokens; the end is last."""

    start: Ints
    district: list[str | None]
    place: list[str | None]

    def by_district(self) -> list[tuple[str | None, range]]:
        """Each district and its groups."""
        firsts = [n for n, code in enumerate(self.district) if n == 0 or code != self.district[n - 1]]
        ends = [*firsts[1:], len(self.district)] if firsts else []
        return [(self.district[n], range(n, end)) for n, end in zip(firsts, ends, strict=True)]


def _groups(keys: pa.Table) -> _Groups:
    changed = np.zeros(len(keys), dtype=np.bool_)
    changed[:1] = True
    for name in keys.column_names:
        codes = keys[name].combine_chunks().dictionary_encode().indices
        numbers = codes.fill_null(NONE).to_numpy(zero_copy_only=False)
        changed[1:] |= numbers[1:] != numbers[:-1]
    starts = np.flatnonzero(changed)
    firsts = keys.take(pa.array(starts))
    ends = np.append(starts, len(keys))
    return _Groups(ends, firsts["district"].to_pylist(), firsts["place"].to_pylist())


@dataclass(frozen=True)
class _Places:
    """The point of each place, in radians; not-a-number where unknown."""

    number: dict[str, int]
    point: Floats

    @classmethod
    def of(cls, places: pa.Table) -> "_Places":
        """The places of a table."""
        numbers = {code: number for number, code in enumerate(places["code"].to_pylist())}
        return cls(numbers, np.vstack([_points(places), [[np.nan, np.nan]]]))

    def points(self, codes: list[str | None]) -> Floats:
        """The point of each code."""
        numbers = [NONE if code is None else self.number.get(code, NONE) for code in codes]
        return np.take(self.point, numbers, axis=0)


def _points(table: pa.Table) -> Floats:
    columns = [table[name].cast(pa.float64()).fill_null(np.nan) for name in ("latitude", "longitude")]
    points: Floats = np.radians(np.column_stack([column.to_numpy() for column in columns]))
    return points


@dataclass(frozen=True)
class _ShopsOf:
    """The shops of one district, by number."""

    index: Ints
    place: list[str | None]
    point: Floats
    room: Ints

    @classmethod
    def of(cls, shops: pa.Table, district: str | None, known: _Places) -> "_ShopsOf":
        """The shops of a district of the sorted table."""
        index = np.flatnonzero(pc.equal(shops["district"], district).fill_null(False).to_numpy())
        here = shops.take(pa.array(index))
        place = here["place"].to_pylist()
        point = _points(here)
        unknown = np.isnan(point[:, :1]) | np.isnan(point[:, 1:])
        point = np.where(unknown, known.points(place), point)
        room = here["capacity"].cast(pa.int64()).fill_null(0).to_numpy()
        return cls(index, place, point, np.maximum(room, 0))


def _metres(one: Floats, other: Floats) -> Floats:
    """Great-circle distances between each of the first points and each of the others (haversine)."""
    rise = np.sin((one[:, None, 0] - other[None, :, 0]) / 2) ** 2
    turn = np.sin((one[:, None, 1] - other[None, :, 1]) / 2) ** 2
    part = rise + np.cos(one[:, None, 0]) * np.cos(other[None, :, 0]) * turn
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(part, 1.0)))
    return metres


def _in_district(
    groups: _Groups, villages: range, there: _ShopsOf, known: _Places
) -> tuple[Ints, Ints, Ints]:
    """Shop, distance and reason of each family of a district, in the order of its groups."""
    codes = groups.place[villages.start : villages.stop]
    families = np.diff(groups.start[villages.start : villages.stop + 1])
    own = np.array([[bool(code) and code == place for place in there.place] for code in codes])
    metres = _metres(known.points(codes), there.point)
    distance = np.where(np.isnan(metres), NONE, np.rint(np.nan_to_num(metres))).astype(np.int64)
    distance[own] = 0
    handed = _hand_out(families, there.room, distance, own)
    village, shop = np.nonzero(handed)
    count = handed[village, shop]
    how = np.where(own[village, shop], OWN_PLACE, NEAREST)
    away = distance[village, shop]
    # The families left over come last in their village, so that each village is told in full, in one piece.
    none = np.full(len(codes), NONE)
    village, count = (
        np.append(village, np.arange(len(codes))),
        np.append(count, families - handed.sum(axis=1)),
    )
    how = np.append(how, _why_left(codes, ~np.isnan(metres), own, known))
    index, away = np.append(there.index[shop], none), np.append(away, none)
    order = np.lexsort((index, away, how, village))
    count = count[order]
    return np.repeat(index[order], count), np.repeat(away[order], count), np.repeat(how[order], count)


def _hand_out(families: Ints, room: Ints, distance: Ints, own: Flags) -> Ints:
    far = int(distance.max(initial=0)) + 1
    # A family more in its own place outweighs any detour it causes; a family more served outweighs both.
    elsewhere = np.where(distance == NONE, NEVER, distance + 2 * far)
    handed = hand_out(families, room, np.where(own, 0, elsewhere), unplaced=12 * far)
    for village in np.flatnonzero(own.sum(axis=1) > 1):
        here = np.flatnonzero(own[village])
        free = room[here] - handed[:, here].sum(axis=0) + handed[village, here]
        handed[village, here] = _in_proportion(int(handed[village, here].sum()), free)
    return handed


def _in_proportion(families: int, room: Ints) -> Ints:
    """Families over the shops of one place, by the room of each; the remainder where most of one is left."""
    shares = families * room
    whole = shares // max(int(room.sum()), 1)
    rest = np.argsort(whole * room.sum() - shares, kind="stable")[: families - whole.sum()]
    whole[rest] += 1
    return whole


def _why_left(codes: list[str | None], measured: Flags, own: Flags, known: _Places) -> Ints:
    somewhere = np.array([code in known.number for code in codes]) | own.any(axis=1)
    full = np.where(measured.any(axis=1), NO_CAPACITY, NO_COORDINATES)
    return np.where(somewhere, full, PLACE_UNKNOWN)
