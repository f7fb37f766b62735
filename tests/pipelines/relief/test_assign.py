"""Villages on a line in Kaithal: a hundredth of a degree of latitude is 1,112 metres."""

from collections import Counter
from itertools import product
from math import asin, cos, radians, sin, sqrt

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasad.pipelines.relief.assign import assign

KAITHAL, PANIPAT = "64", "69"
STEP_M = 1112


def tokens_of(*rows):
    return table(rows, token=pa.string(), district=pa.string(), place=pa.string())


def shops_of(*rows):
    kinds = {"number": pa.string(), "district": pa.string(), "place": pa.string()}
    return table(rows, **kinds, latitude=pa.float64(), longitude=pa.float64(), capacity=pa.int64())


def places_of(*rows):
    return table(rows, code=pa.string(), latitude=pa.float64(), longitude=pa.float64())


def table(rows, **kinds):
    columns = list(zip(*rows, strict=True)) or [[] for _ in kinds]
    return pa.table({name: pa.array(c, kind) for (name, kind), c in zip(kinds.items(), columns, strict=True)})


VILLAGES = places_of(
    ("kalayat", 29.70, 76.30), ("pundri", 29.71, 76.30), ("cheeka", 29.72, 76.30), ("rajaund", None, None)
)


def shop(number, place, capacity, *, step=None, district=KAITHAL):
    where = (None, None) if step is None else (29.70 + step / 100, 76.30)
    return (number, district, place, *where, capacity)


def assigned(tokens, shops, places=VILLAGES):
    rows = assign(tokens_of(*tokens), shops_of(*shops), places).to_pylist()
    return [(row["token"], row["shop"], row["distance_m"], row["reason"]) for row in rows]


def families(count, place, first=1, district=KAITHAL):
    return [(f"t{n}", district, place) for n in range(first, first + count)]


@pytest.mark.req("R-DRT-10")
def test_a_family_goes_to_the_shop_of_its_own_village():
    shops = [shop("s1", "kalayat", 5, step=0), shop("s2", "pundri", 5, step=1)]
    assert assigned(families(1, "pundri"), shops) == [("t1", "s2", 0, "own_place")]


@pytest.mark.req("R-DRT-10")
def test_a_family_of_a_village_without_a_shop_goes_to_the_nearest():
    shops = [shop("s1", "kalayat", 5, step=0), shop("s2", "pundri", 5, step=1)]
    assert assigned(families(1, "cheeka"), shops) == [("t1", "s2", STEP_M, "nearest")]


def test_whom_the_own_shop_cannot_take_goes_to_the_nearest_with_room():
    shops = [shop("s1", "kalayat", 1, step=0), shop("s2", "pundri", 5, step=1)]
    assert assigned(families(2, "kalayat"), shops) == [
        ("t1", "s1", 0, "own_place"),
        ("t2", "s2", STEP_M, "nearest"),
    ]


def test_strangers_never_take_the_place_of_a_family_of_the_village():
    # The shop of Kalayat lies far out, in Cheeka, and that of Pundri in Kalayat: crosswise nobody would walk.
    shops = [shop("s1", "kalayat", 1, step=2), shop("s2", "pundri", 1, step=0)]
    found = assigned([*families(1, "cheeka"), *families(1, "kalayat", first=2)], shops)
    assert found == [("t1", "s2", 2 * STEP_M, "nearest"), ("t2", "s1", 0, "own_place")]


def test_several_shops_of_a_village_share_its_families_by_their_room():
    shops = [shop("s1", "kalayat", 2), shop("s2", "kalayat", 6), shop("s3", "kalayat", 0)]
    found = Counter(row[1] for row in assigned(families(4, "kalayat"), shops))
    assert found == {"s1": 1, "s2": 3}


def test_a_shop_without_coordinates_stands_at_the_point_of_its_village():
    assert assigned(families(1, "cheeka"), [shop("s1", "pundri", 5)]) == [("t1", "s1", STEP_M, "nearest")]


def test_a_village_without_coordinates_still_has_its_own_shop():
    shops = [shop("s1", "rajaund", 1), shop("s2", "pundri", 5, step=1)]
    assert assigned(families(2, "rajaund"), shops) == [
        ("t1", "s1", 0, "own_place"),
        ("t2", None, None, "no_coordinates"),
    ]


@pytest.mark.parametrize("place", [None, "", "nowhere"])
def test_a_family_of_an_unknown_place_waits_for_the_officer(place):
    assert assigned(families(1, place), [shop("s1", "pundri", 5)]) == [("t1", None, None, "place_unknown")]


def test_a_family_waits_where_no_shop_of_the_district_has_coordinates():
    shops = [shop("s1", "rajaund", 5)]
    assert assigned(families(1, "cheeka"), shops) == [("t1", None, None, "no_coordinates")]


def test_families_beyond_all_capacity_wait_and_the_nearer_are_served():
    shops = [shop("s1", "kalayat", 1, step=0)]
    found = assigned([*families(1, "cheeka"), *families(1, "pundri", first=2)], shops)
    assert found == [("t1", None, None, "no_capacity"), ("t2", "s1", STEP_M, "nearest")]


@pytest.mark.parametrize("capacity", [0, None])
def test_a_shop_without_capacity_takes_nobody(capacity):
    found = assigned(families(1, "kalayat"), [shop("s1", "kalayat", capacity, step=0)])
    assert found == [("t1", None, None, "no_capacity")]


@pytest.mark.parametrize("district", [PANIPAT, None])
def test_a_shop_of_another_district_is_never_given(district):
    found = assigned(families(1, "kalayat", district=district), [shop("s1", "kalayat", 5, step=0)])
    assert found == [("t1", None, None, "no_shop_in_district")]


def test_no_tokens_give_no_rows():
    assert assigned([], [shop("s1", "kalayat", 5, step=0)]) == []


@st.composite
def small_states(draw, most_families=5):
    """Places and shops on a small map, some without coordinates, some shops full or none in a district."""
    degrees = st.one_of(st.none(), st.integers(0, 9))
    codes = ["a", "b", "c", "d"]
    points = {code: draw(st.tuples(degrees, degrees)) for code in codes}
    places = [(code, *at(*point)) for code, point in points.items()]
    shops = [
        (
            f"s{n}",
            draw(st.sampled_from([KAITHAL, KAITHAL, PANIPAT])),
            draw(st.sampled_from(codes)),
            *at(draw(degrees), draw(degrees)),
            draw(st.integers(0, 3)),
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    family = st.tuples(st.sampled_from([KAITHAL, KAITHAL, PANIPAT]), st.sampled_from([*codes, None]))
    waiting = draw(st.lists(family, max_size=most_families))
    tokens = [(f"t{n}", *one) for n, one in enumerate(waiting)]
    return tokens, shops, places


def at(north, east):
    return (None, None) if north is None or east is None else (29.0 + north / 50, 76.0 + east / 50)


def metres(one, other):
    """The great-circle distance by the haversine formula, apart from the code under test."""
    if None in one or None in other:
        return None
    (north, east), (to_north, to_east) = (map(radians, point) for point in (one, other))
    part = sin((north - to_north) / 2) ** 2 + cos(north) * cos(to_north) * sin((east - to_east) / 2) ** 2
    return round(2 * 6_371_008.8 * asin(sqrt(part)))


def ways(tokens, shops, places):
    """For each token the shops that are open to it, and how far each is: 0 in the own place."""
    point = {code: (north, east) for code, north, east in places}
    for _, district, place in tokens:
        open_to = {}
        for number, of_district, of_place, north, east, _ in shops:
            shop_point = (north, east) if north is not None else point[of_place]
            far = 0 if place == of_place else metres(point.get(place, (None, None)), shop_point)
            if district == of_district and far is not None:
                open_to[number] = (place != of_place, far)
        yield open_to


def worth(choice, open_to):
    """What is least wanted first: families without a shop, families away from their own place, metres."""
    chosen = [ways[shop] for shop, ways in zip(choice, open_to, strict=True) if shop is not None]
    return choice.count(None), sum(away for away, _ in chosen), sum(far for _, far in chosen)


@given(small_states())
@settings(max_examples=200, deadline=None)
def test_the_whole_is_as_good_as_the_best_of_all_ways_tried_one_by_one(state):
    tokens, shops, places = state
    open_to = list(ways(*state))
    room = {number: capacity for number, *_, capacity in shops}
    best = min(
        worth(choice, open_to)
        for choice in product(*[[None, *one] for one in open_to])
        if all(choice.count(number) <= room[number] for number in room)
    )
    found = assigned(tokens, shops, places_of(*places))
    choice = tuple(row[1] for row in found)
    assert worth(choice, open_to) == best
    assert [row[2] for row in found] == [
        one[shop][1] if shop else None for shop, one in zip(choice, open_to, strict=True)
    ]


@given(small_states(most_families=40))
@settings(max_examples=100, deadline=None)
def test_no_shop_is_overfull_and_nobody_waits_while_one_open_to_him_has_room(state):
    tokens, shops, places = state
    found = assigned(tokens, shops, places_of(*places))
    taken = Counter(row[1] for row in found)
    assert [row[0] for row in found] == [row[0] for row in tokens]
    free = {number for number, *_, capacity in shops if taken[number] < capacity}
    assert all(taken[number] <= capacity for number, *_, capacity in shops)
    for (_, number, _, reason), open_to in zip(found, ways(*state), strict=True):
        assert number is not None or not free & set(open_to)
        assert (number is None) == (reason not in ("own_place", "nearest"))


@given(small_states(most_families=20), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_input_changes_nothing(state, random):
    tokens, shops, places = state
    before = sorted(assigned(tokens, shops, places_of(*places)))
    for rows in (tokens, shops, places):
        random.shuffle(rows)
    assert sorted(assigned(tokens, shops, places_of(*places))) == before
