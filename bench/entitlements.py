"""A month's ration for 30 lakh cards of all categories, against OpenFisca-Core and against a bare scan.

`./run bench entitlements [--cards 3000000]`: half the cards are Haryana's, half Himachal Pradesh's. Both sides read
the same files, give quantity, price and amount of every line, and are held against each other card by card.
Prints one JSON object as its last line.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.eligibility_families import eligibility_seconds
from bench.peers import entitlements as peer
from rasad.pipelines.engine import Engine
from rasad.pipelines.entitlements import cards as step
from rasad.pipelines.entitlements.run import due
from rasad.policy.entitlements import entitlement
from rasad.values.month import Month

CATEGORIES = {
    "IN-HR": ["AAY", "CBPL", "SBPL", "OPH"],
    "IN-HP": ["AAY", "PHH", "BPL", "APL", "APLT", "APY"],
}
MONTH = Month(2022, 6)
LARGEST_CARD = 12
REPEATS = 3
FAMILIES = 200


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cards", type=int, default=3_000_000)
    from rasad.settings import HOME

    folder = HOME / "bench" / "entitlements"
    count = arguments.parse_args().cards
    registers = {state: _register(folder, state, count // 2) for state in CATEGORIES}
    scan = min(_seconds(lambda: [_scan(one) for one in registers.values()]) for _ in range(REPEATS))
    runs = [{state: _ours(state, one, folder) for state, one in registers.items()} for _ in range(REPEATS)]
    seconds = min(sum(told["seconds"] for told in run.values()) for run in runs)
    theirs = {state: _theirs(state, one, tuned=False) for state, one in registers.items()}
    tuned = {state: _theirs(state, one, tuned=True) for state, one in registers.items()}
    for state, register in registers.items():
        for told in (theirs, tuned):
            _check_same(register, folder / f"out-{state}", state, told[state]["arrays"])
    judged = min(eligibility_seconds(folder)["eligibility_seconds"] for _ in range(REPEATS))
    openfisca, by_hand = (sum(told["seconds"] for told in side.values()) for side in (theirs, tuned))
    print(
        json.dumps(
            {
                "eligibility_seconds": round(judged, 2),
                "ratio_to_openfisca": round(openfisca / seconds, 1),
                "ratio_to_openfisca_tuned": round(by_hand / seconds, 1),
                "ratio_to_scan": round(seconds / scan, 2),
                "one_family_ms": round(_one_family() * 1000, 3),
                "cards": count,
                "lines": sum(told["lines"] for told in runs[0].values()),
                "seconds": round(seconds, 3),
                "scan_seconds": round(scan, 3),
                "openfisca_seconds": round(openfisca, 2),
                "openfisca_tuned_seconds": round(by_hand, 2),
                "same_grams_and_paise": True,
            }
        )
    )


def _register(folder: Path, state: str, count: int) -> Path:
    """Cards of every category in equal parts, sizes 1 to 12, a tenth in tribal areas, a third each choice."""
    register = folder / f"{state}-{count}"
    if (register / "cards.parquet").exists():
        return register
    rng = np.random.default_rng(2022)
    register.mkdir(parents=True, exist_ok=True)

    def drawn(values: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(rng.integers(0, len(values), count), values).cast(pa.string())

    table = pa.table(
        {
            "card_number": pa.array(rng.permutation(count) + 200_000_000_000).cast(pa.string()),
            "category": drawn(CATEGORIES[state]),
            "members": pa.array(rng.integers(1, LARGEST_CARD + 1, count), pa.int32()),
            "tribal_area": pa.array(rng.random(count) < 0.1),
            "choice": drawn(["", "wheat", "atta"]),
            "district": drawn([str(code) for code in range(58, 80)]),
            "shop_number": drawn([str(number) for number in range(5000)]),
        }
    )
    half = register / "cards.half"
    pq.write_table(table, half, compression="snappy")
    half.rename(register / "cards.parquet")
    return register


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _scan(register: Path) -> None:
    """DuckDB reads every value of the file once."""
    file = register / "cards.parquet"
    columns = ", ".join(f"max({name})" for name in pq.read_schema(file).names)
    with duckdb.connect() as link:
        link.execute(f"SELECT {columns} FROM read_parquet('{file}')").fetchall()


def _ours(state: str, register: Path, folder: Path) -> dict[str, Any]:
    """From the file to every line of every card, each looked at once."""
    engine = Engine("duckdb", scratch=folder / "scratch")
    started = time.perf_counter()
    opened = step.opened(register, keep_in=folder / "given")
    found = due(engine, opened, state=state, month=MONTH, keep_in=folder / f"out-{state}")
    sums = found.lines.aggregate(
        lines=lambda line: line.count(),
        quantity=lambda line: line.quantity.sum(),
        price=lambda line: line.price.sum(),
        amount=lambda line: line.amount.sum(),
    )
    told = sums.to_pyarrow().to_pylist()[0]
    seconds = time.perf_counter() - started
    engine.close()
    return {**told, "seconds": seconds}


def _theirs(state: str, register: Path, *, tuned: bool) -> dict[str, Any]:
    started = time.perf_counter()
    system = peer.system(state, tuned=tuned)
    arrays = peer.worked_out(system, state, register / "cards.parquet", str(MONTH))
    for values in arrays.values():
        values.sum()
    return {"arrays": arrays, "seconds": time.perf_counter() - started}


def _check_same(register: Path, out: Path, state: str, arrays: dict[str, Any]) -> None:
    """Every card's every line, grams, price and paise, from both; a line we do not have is nothing there."""
    kind = ["category", "members", "tribal_area", "choice"]
    cards = pq.read_table(register / "cards.parquet", columns=kind).to_pandas()
    groups = cards.groupby(kind, sort=False)
    number, first = groups.ngroup().to_numpy(), groups.head(1).index.to_numpy()
    baskets = {row["basket"]: row for row in pq.read_table(out / "kinds.parquet").to_pylist()}
    of_kind = {
        (row["written_category"], row["members"], row["tribal_area"], row["written_choice"]): row["basket"]
        for row in baskets.values()
    }
    lines: dict[tuple[int, str], tuple[int, int, int]] = {}
    for row in pq.read_table(out / "baskets.parquet").to_pylist():
        name = f"{row['commodity']}_{row['part']}" if row["part"] else row["commodity"]
        lines[row["basket"], name] = (row["quantity"], row["price"], row["amount"])
    mine = [of_kind[tuple(row)] for row in cards.iloc[first].itertuples(index=False)]
    known = {name for _, name in lines}
    if known - set(peer.LINES[state]):
        raise SystemExit(f"{state}: OpenFisca does not have {known - set(peer.LINES[state])}")
    for name in peer.LINES[state]:
        quantity, price, amount = (arrays[f"{name}_{figure}"] for figure in ("quantity", "price", "amount"))
        ours = np.array([lines.get((basket, name), (0, 0, 0)) for basket in mine])[number]
        has = ours[:, 0] > 0
        same = (quantity == ours[:, 0]) & (amount == ours[:, 2]) & (~has | (price == ours[:, 1]))
        if not same.all():
            raise SystemExit(f"{state} {name}: {int((~same).sum())} cards differ")


def _one_family() -> float:
    """What one family of Himachal Pradesh is due, in seconds: the middle of many."""
    asked = [
        (category, members) for category in CATEGORIES["IN-HP"] for members in range(1, LARGEST_CARD + 1)
    ]
    told = [
        _seconds(lambda: entitlement(category, members=members, month=MONTH, state="IN-HP"))  # noqa: B023
        for category, members in asked * (FAMILIES // len(asked) + 1)
    ]
    return statistics.median(told)


if __name__ == "__main__":
    main()
