from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rasad.pipelines.relief.least_cost import NEVER, hand_out

UNPLACED = 1000


@st.composite
def problems(draw, most=5, most_families=4):
    villages, shops = draw(st.integers(1, most)), draw(st.integers(1, most))
    families = draw(st.lists(st.integers(0, most_families), min_size=villages, max_size=villages))
    room = draw(st.lists(st.integers(0, most_families), min_size=shops, max_size=shops))
    one = st.one_of(st.integers(0, 20), st.just(NEVER))
    row = st.lists(one, min_size=shops, max_size=shops)
    cost = draw(st.lists(row, min_size=villages, max_size=villages))
    return np.array(families), np.array(room), np.array(cost)


def cost_of(families, cost, handed):
    assert (handed >= 0).all()
    assert (handed[cost == NEVER] == 0).all()
    left = families - handed.sum(axis=1)
    assert (left >= 0).all()
    return int((np.where(cost == NEVER, 0, cost) * handed).sum() + UNPLACED * left.sum())


@given(problems())
@settings(max_examples=150, deadline=None)
def test_starting_from_one_shop_a_village_ends_at_the_same_least_cost_as_over_all_pairs(problem):
    families, room, cost = problem
    few = hand_out(families, room, cost, unplaced=UNPLACED, first=1)
    all_pairs = hand_out(families, room, cost, unplaced=UNPLACED, first=99)
    assert (few.sum(axis=0) <= room).all()
    assert cost_of(families, cost, few) == cost_of(families, cost, all_pairs)


@given(problems(most=3, most_families=1))
@settings(max_examples=100, deadline=None)
def test_no_division_tried_one_by_one_is_cheaper(problem):
    families, room, cost = problem
    shops = range(-1, len(room))
    least = min(
        sum(
            UNPLACED if shop < 0 else int(cost[village, shop])
            for village, shop in zip(served, tried, strict=True)
        )
        for served in [np.flatnonzero(families)]
        for tried in product(shops, repeat=len(served))
        if all(tried.count(shop) <= room[shop] for shop in range(len(room)))
    )
    assert cost_of(families, cost, hand_out(families, room, cost, unplaced=UNPLACED)) == least


def test_a_long_chain_of_full_shops_is_pushed_along():
    # Village n has its own shop at 0 and the next one at 1; only the last shop has room for one more.
    count = 60
    cost = np.full((count, count), NEVER)
    np.fill_diagonal(cost, 0)
    cost[np.arange(count - 1), np.arange(1, count)] = 1
    families, room = np.ones(count, dtype=np.int64), np.ones(count, dtype=np.int64)
    families[0], room[-1] = 2, 2
    handed = hand_out(families, room, cost, unplaced=10_000, first=1)
    assert int(handed.sum()) == count + 1
    assert int((np.where(cost == NEVER, 0, cost) * handed).sum()) == count - 1
