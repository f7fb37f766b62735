"""Total distance of the shop assignment against the exact minimum, at the size of Haryana.

Distances are those of villages: a shop in the family's own place is at 0. The reference is a min-cost flow
over every pair of village and shop of a district that seeks nothing but the least total; the gap is the price
of never sending a family away from a shop of its own place for the sake of strangers. The peer sends the
families, village after village, to the nearest shop that still has room.
"""

import json
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ortools.graph.python import min_cost_flow

from rasad.pipelines.relief.assign import assign

DISTRICTS, FAMILIES, SHOPS = 22, 373_222, {"village": 6_520, "ward": 2_654}
PLACES = {"village": 6_841, "ward": 1_400}
SLACKS = (1.29, 1.09)
SIDE_DEGREES, TOWN_DEGREES, SHOP_DEGREES = 0.4, 0.03, 0.004
EARTH_RADIUS_M = 6_371_008.8


def made_up(seed, slack):
    """Tokens, shops and places of a State: villages over each district, wards close together in its towns."""
    rng = np.random.default_rng(seed)
    places, shops, tokens = [], [], []
    for number in range(DISTRICTS):
        district = str(58 + number)
        west, south = 74.5 + SIDE_DEGREES * (number % 5), 28.0 + SIDE_DEGREES * (number // 5)
        villages, wards = (PLACES[kind] // DISTRICTS for kind in ("village", "ward"))
        towns = rng.uniform(0, SIDE_DEGREES, (4, 2))
        of_town = rng.choice(4, wards, p=[0.55, 0.2, 0.15, 0.1])
        point = np.vstack(
            [
                rng.uniform(0, SIDE_DEGREES, (villages, 2)),
                towns[of_town] + rng.normal(0, TOWN_DEGREES, (wards, 2)),
            ]
        )
        point += [south, west]
        people = np.concatenate([rng.lognormal(0, 0.9, villages), rng.lognormal(1.0, 0.5, wards)])
        code = [f"{district}{n:05d}" for n in range(villages + wards)]
        places += [(code[n], *point[n]) for n in range(len(code))]
        own = np.concatenate(
            [
                rng.choice(villages, SHOPS["village"] // DISTRICTS, p=share(people[:villages])),
                villages + rng.choice(wards, SHOPS["ward"] // DISTRICTS, p=share(people[villages:])),
            ]
        )
        families = rng.multinomial(FAMILIES // DISTRICTS, share(people))
        room = rng.multinomial(round(families.sum() * slack), share(rng.lognormal(0, 0.6, len(own))))
        at = point[own] + rng.normal(0, SHOP_DEGREES, (len(own), 2))
        shops += [
            (f"{district}{n:04d}", district, code[own[n]], *at[n], int(room[n])) for n in range(len(own))
        ]
        for place, count in zip(code, families, strict=True):
            tokens += [(f"{place}-{n:05d}", district, place) for n in range(count)]
    named = ["number", "district", "place", "latitude", "longitude", "capacity"]
    return (
        table(tokens, ["token", "district", "place"]),
        table(shops, named),
        table(places, ["code", "latitude", "longitude"]),
    )


def share(weights):
    """Weights as parts of one."""
    return weights / weights.sum()


def table(rows, names):
    """Rows as a table."""
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def districts(tokens, shops, places):
    """Families by village, room by shop and metres between them, a district at a time."""
    codes = places["code"].to_pylist()
    point = np.radians(np.column_stack([places["latitude"], places["longitude"]]))
    where = dict(zip(codes, point, strict=True))
    for district in pc.unique(shops["district"]).to_pylist():
        here = shops.filter(pc.equal(shops["district"], district))
        counted = (
            tokens.filter(pc.equal(tokens["district"], district))
            .group_by("place")
            .aggregate([([], "count_all")])
        )
        villages = np.array([where[code] for code in counted["place"].to_pylist()])
        at = np.radians(np.column_stack([here["latitude"], here["longitude"]]))
        part = np.sin((villages[:, None] - at[None]) / 2) ** 2
        part = part[..., 0] + np.cos(villages[:, None, 0]) * np.cos(at[None, :, 0]) * part[..., 1]
        metres = np.rint(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(part))).astype(np.int64)
        homes = np.array(counted["place"].to_pylist())
        metres[homes[:, None] == np.array(here["place"].to_pylist())[None]] = 0
        yield counted["count_all"].to_numpy(), here["capacity"].to_numpy(), metres


def exact(families, room, metres):
    """The least total distance over all pairs."""
    villages, shops = metres.shape
    flow = min_cost_flow.SimpleMinCostFlow()
    village, shop = (side.ravel() for side in np.indices(metres.shape))
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([village, villages + np.arange(shops)]),
        np.concatenate([villages + shop, np.full(shops, villages + shops)]),
        np.concatenate([families[village], room]),
        np.concatenate([metres.ravel(), np.zeros(shops, dtype=np.int64)]),
    )
    supply = np.concatenate([families, np.zeros(shops, dtype=np.int64), [-families.sum()]])
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    assert flow.solve() == flow.OPTIMAL
    return flow.optimal_cost()


def greedy(families, room, metres):
    """The total distance when each village in turn takes the nearest room there is."""
    left, total = room.copy(), 0
    for village, waiting in enumerate(families):
        for shop in np.argsort(metres[village], kind="stable"):
            taken = min(waiting, left[shop])
            left[shop] -= taken
            waiting -= taken
            total += int(taken * metres[village, shop])
            if not waiting:
                break
    return total


def measured(slack):
    """Seconds and total distances at one slack."""
    tokens, shops, places = made_up(7, slack)
    began = time.perf_counter()
    assigned = assign(tokens, shops, places)
    seconds = time.perf_counter() - began
    ours, unplaced = pc.sum(assigned["distance_m"]).as_py(), assigned["shop"].null_count
    began, least, peer = time.perf_counter(), 0, 0
    for families, room, metres in districts(tokens, shops, places):
        least += exact(families, room, metres)
    exact_seconds = time.perf_counter() - began
    for families, room, metres in districts(tokens, shops, places):
        peer += greedy(families, room, metres)
    own = pc.sum(pc.equal(assigned["reason"], "own_place")).as_py()
    return {
        "families": len(tokens),
        "shops": len(shops),
        "unplaced": unplaced,
        "own_place": round(own / len(tokens), 4),
        "mean_m": round(ours / len(tokens)),
        "gap": round(ours / least - 1, 5),
        "greedy_gap": round(peer / least - 1, 4),
        "seconds": round(seconds, 2),
        "exact_seconds": round(exact_seconds, 2),
    }


def main():
    """Measure at each slack; the last line is JSON."""
    by_slack = {}
    for slack in SLACKS:
        by_slack[str(slack)] = found = measured(slack)
        print(f"slack {slack}: {found}", file=sys.stderr)
    gap = max(found["gap"] for found in by_slack.values())
    seconds = max(found["seconds"] for found in by_slack.values())
    print(json.dumps({"bench": "assignment", "gap": gap, "seconds": seconds, "by_slack": by_slack}))


if __name__ == "__main__":
    main()
