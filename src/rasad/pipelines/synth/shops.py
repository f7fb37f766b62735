"""Fair price shops: how many families hang on each, what it can take beside them, which places it serves."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.spatial import cKDTree

from rasad.pipelines.synth import arrays, facts, names, shapes
from rasad.pipelines.synth.arrays import Column, Flags, Floats, Ints, Table
from rasad.pipelines.synth.identity import mobiles
from rasad.pipelines.synth.places import Places


@dataclass(frozen=True)
class Shops:
    """All shops, and for every place the place whose shops serve it: its own, or the nearest that has any."""

    number: Ints
    place: Ints
    district: Ints
    weight: Floats  # 0: closed
    capacity: Ints
    anchor: Ints


def _placed(rng: np.random.Generator, places: Places, own: Ints, count: int) -> Ints:
    # Large places have several shops, many small ones none.
    expected = places.weight[own] / places.weight[own].sum() * count
    whole = np.floor(expected).astype(np.int64)
    rest = arrays.draw(rng, expected - whole + 1e-9, count - int(whole.sum()))
    return np.sort(np.concatenate([np.repeat(own, whole), own[rest]]))


def _anchors(places: Places, own: Ints, with_shop: Ints) -> Ints:
    where = np.column_stack([places.latitude, places.longitude])
    _, nearest = cKDTree(where[with_shop]).query(where[own])
    return np.asarray(with_shop[nearest])


def _numbers(chosen: list[facts.District], counts: Ints) -> Ints:
    # The form of the ePoS portal: 1, the census code of the district, three digits, a serial of five. 990 is
    # ours; Charkhi Dadri, which the census of 2011 did not know, keeps 000.
    census = np.repeat([int(one.census2011) for one in chosen], counts)
    return ((1000 + census) * 1000 + 990) * 100_000 + arrays.places_in_run(counts) + 1


def make(seed: int, scale: float, chosen: list[facts.District], places: Places, tokens: Ints) -> Shops:
    """The shops of the chosen districts; the capacity of a district is its tokens and the slack."""
    rng = np.random.default_rng([seed, 2])
    people = np.array([one.population for one in chosen], dtype=np.float64)
    counts = np.maximum(arrays.shared_out(round(shapes.SHOPS * scale), people), 2)
    anchor = np.empty(len(places.code), dtype=np.int64)
    place, capacity, weight = [], [], []
    for number in range(len(chosen)):
        own = places.of(number)
        at = _placed(rng, places, own, int(counts[number]))
        # Families come by size of place, shared among its shops, and unevenly at that.
        families = rng.lognormal(0.0, shapes.CARDS_PER_SHOP_SIGMA, len(at))
        closed = arrays.chance(rng, shapes.SHOPS_CLOSED, len(at))
        closed[0] = False
        families[closed] = 0.0
        anchor[own] = _anchors(places, own, np.unique(at[~closed]))
        room = families * rng.lognormal(0.0, 0.25, len(at))
        place.append(at)
        weight.append(families)
        capacity.append(arrays.shared_out(round(int(tokens[number]) * shapes.CAPACITY_SLACK), room))
    return Shops(
        number=_numbers(chosen, counts),
        place=np.concatenate(place),
        district=np.repeat(np.arange(len(chosen)), counts),
        weight=np.concatenate(weight),
        capacity=np.concatenate(capacity),
        anchor=anchor,
    )


def _dealers(rng: np.random.Generator, spelling: names.Spelling, count: int) -> tuple[Column, Column]:
    """The dealers' names in Roman letters and in Devanagari."""
    no, yes = np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
    community = np.full(count, names.HINDU)
    surname = names.family_names(rng, spelling, community)
    called = names.people(
        rng, spelling, community=community, female=no, married=no, surname=surname, uses_surname=yes
    )
    roman, hindi = (names.Hand(script, drift=0.0, slips=0.0) for script in (no, yes))
    return spelling.full_names(rng, called, roman), spelling.full_names(rng, called, hindi)


def table(
    seed: int, shops: Shops, places: Places, chosen: list[facts.District], spelling: names.Spelling
) -> Table:
    """The shops as their file has them."""
    rng = np.random.default_rng([seed, 4])
    count, place = len(shops.number), shops.place
    dealer, dealer_hi = _dealers(rng, spelling, count)
    located: Flags = places.located[place] & ~arrays.chance(rng, shapes.SHOPS_WITHOUT_COORDINATES, count)
    latitude = np.round(places.latitude[place] + rng.normal(0, 0.004, count), 5)
    longitude = np.round(places.longitude[place] + rng.normal(0, 0.004, count), 5)
    opened = np.datetime64("1985-01-01") + rng.integers(0, 12_000, count)
    ended = np.datetime64("2019-01-31") + rng.integers(0, 365, count)
    return pa.table(
        {
            "number": arrays.text_of(shops.number),
            "name": arrays.joined(dealer, "Ration Depot", separator=" "),
            "name_hi": arrays.joined(dealer_hi, "राशन डिपो", separator=" "),
            "place": arrays.text_of(places.code[place]),
            "district": arrays.chosen([one.code for one in chosen], shops.district),
            "address": arrays.joined("Main road", places.name.take(pa.array(place)), separator=", "),
            "latitude": arrays.optional(latitude, located),
            "longitude": arrays.optional(longitude, located),
            "capacity": pa.array(shops.capacity.astype(np.int32)),
            "dealer_name": dealer,
            "dealer_mobile": mobiles(rng.integers(0, 10**8, count)),
            "open_since": pa.array(opened.astype("datetime64[D]")),
            "open_until": arrays.optional(ended.astype("datetime64[D]"), shops.weight == 0.0),
        }
    )
