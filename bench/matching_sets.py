"""The sets people are matched on: tables, what their columns hold, and the true pairs."""

import csv
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bench.peers.matching import Pairs, pair_of

SHARED = Path(__file__).parents[2] / "shared"
LINKAGE = SHARED / "data" / "linkage"
_FEBRL = {
    "person": "rec_id", "first_name": "given_name", "surname": "surname", "born": "date_of_birth",
    "street_number": "street_number", "address": "address_1", "place": "suburb", "postcode": "postcode",
    "district": "state", "id_number": "soc_sec_id",
}  # fmt: skip
_FAKE = {
    "person": "unique_id", "first_name": "first_name", "surname": "surname", "born": "dob", "place": "city",
    "email": "email",
}  # fmt: skip


@dataclass(frozen=True)
class Set:
    """One set: its tables, its columns by what they hold, the true pairs, and the example of Splink for its kind."""

    tables: list[pd.DataFrame]
    columns: dict[str, str]
    truth: Pairs
    example: str


def _febrl(part: str) -> pd.DataFrame:
    table = pd.read_csv(LINKAGE / f"febrl_dataset{part}.csv.gz", dtype=str, skipinitialspace=True)
    return table.rename(columns=str.strip)


def _within(people: dict[str, str]) -> Pairs:
    groups: dict[str, list[str]] = {}
    for person, cluster in people.items():
        groups.setdefault(cluster, []).append(person)
    return {pair_of(*pair) for group in groups.values() for pair in itertools.combinations(group, 2)}


def _dedupe(part: str) -> Set:
    table = _febrl(part)
    return Set([table], _FEBRL, _within({one: one.split("-")[1] for one in table.rec_id}), "febrl3")


def _link() -> Set:
    left, right = _febrl("4a"), _febrl("4b")
    there = set(right.rec_id)
    twins = {one: one.replace("-org", "-dup-0") for one in left.rec_id}
    return Set(
        [left, right], _FEBRL, {pair_of(*pair) for pair in twins.items() if pair[1] in there}, "febrl4"
    )


def _fake() -> Set:
    table = pd.read_csv(LINKAGE / "splink_fake_1000.csv", dtype=str)
    return Set([table], _FAKE, _within(dict(zip(table.unique_id, table.cluster, strict=True))), "fake_1000")


SETS: dict[str, Callable[[], Set]] = {
    "febrl1": lambda: _dedupe("1"), "febrl2": lambda: _dedupe("2"), "febrl4": _link, "fake_1000": _fake,
}  # fmt: skip


def name_pairs() -> list[tuple[str, str, bool]]:
    """Pairs of Indian name words and whether they are one name spelt in two ways."""
    with (LINKAGE / "name_token_variants_dev.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name_a"], row["name_b"], row["same_name"] == "1") for row in csv.DictReader(file)]
