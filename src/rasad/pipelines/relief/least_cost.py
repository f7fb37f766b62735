"""The cheapest way to hand families to shops, exactly, without looking at every pair of village and shop.

A min-cost flow runs over the few cheapest shops of each village. Its dual prices then say what room at each
shop is worth; a pair left out that would be cheaper at these prices joins, and the flow runs again. When no
such pair is left the flow is the optimum over all pairs (column generation for a transport problem).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# A cost of NEVER says that a village cannot go to a shop at all.
NEVER = np.iinfo(np.int64).max // 4
CHEAPEST_FIRST = 24


def hand_out(families: Ints, room: Ints, cost: Ints, *, unplaced: int, first: int = CHEAPEST_FIRST) -> Ints:
    """How many families of each village go to each shop (village x shop), at the least sum of costs.

    `families` by village, `room` by shop; leaving a family out costs `unplaced`. Of several cheapest
    divisions the same one is found every time.
    """
    open_pairs = _cheapest(cost, first) & (cost < NEVER)
    while True:
        village, shop = np.nonzero(open_pairs)
        pairs = _Pairs(village, shop, cost[village, shop])
        flow = _solve(families, room, pairs, unplaced)
        paid, price = _prices(families, room, pairs, flow, unplaced)
        asked = np.where(cost < NEVER, cost + price, NEVER)
        missing = (asked < paid[:, None]) & ~open_pairs
        if not missing.any():
            handed = np.zeros(cost.shape, dtype=np.int64)
            handed[village, shop] = flow
            return handed
        open_pairs |= missing & _cheapest(np.where(missing, asked, NEVER), first)


@dataclass(frozen=True)
class _Pairs:
    """The pairs the flow may use, ordered by village, then shop."""

    village: Ints
    shop: Ints
    cost: Ints


def _cheapest(cost: Ints, count: int) -> Flags:
    chosen = np.ones(cost.shape, dtype=np.bool_)
    if count < cost.shape[1]:
        # A stable sort, so that shops at one distance are always taken in the order of their numbers.
        order = np.argsort(cost, axis=1, kind="stable")
        np.put_along_axis(chosen, order[:, count:], False, axis=1)
    return chosen


def _solve(families: Ints, room: Ints, pairs: _Pairs, unplaced: int) -> Ints:
    villages, shops = len(families), len(room)
    sink = villages + shops
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([pairs.village, np.arange(villages), villages + np.arange(shops)]),
        np.concatenate([villages + pairs.shop, np.full(villages + shops, sink)]),
        np.concatenate([np.minimum(families[pairs.village], room[pairs.shop]), families, room]),
        np.concatenate([pairs.cost, np.full(villages, unplaced), np.zeros(shops, dtype=np.int64)]),
    )
    supply = np.concatenate([families, np.zeros(shops, dtype=np.int64), [-families.sum()]])
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended with {status}")
    handed: Ints = flow.flows(arcs[: len(pairs.village)])
    return handed


def _prices(families: Ints, room: Ints, pairs: _Pairs, flow: Ints, unplaced: int) -> tuple[Ints, Ints]:
    """What one family more would cost, by village, and what one place less at a shop would, by shop.

    Shortest ways through what the flow left open (Bellman-Ford): a village goes to a shop or stays out, a
    full shop sends one of its families elsewhere.
    """
    paid = np.full(len(families), unplaced, dtype=np.int64)
    full = np.bincount(pairs.shop, weights=flow, minlength=len(room)).astype(np.int64) >= room
    price = np.where(full, unplaced, 0).astype(np.int64)
    starts = np.flatnonzero(np.diff(pairs.village, prepend=-1))
    used = np.flatnonzero((flow > 0) & full[pairs.shop])
    while len(starts):
        paid[pairs.village[starts]] = np.minimum(
            paid[pairs.village[starts]], np.minimum.reduceat(pairs.cost + price[pairs.shop], starts)
        )
        cheaper = price.copy()
        np.minimum.at(cheaper, pairs.shop[used], paid[pairs.village[used]] - pairs.cost[used])
        if np.array_equal(cheaper, price):
            break
        price = cheaper
    return paid, price
