"""Whom the matcher fails: wrong refusals and missed matches by sex, name, script, region and age, on a made-up state.

`./run bench fairness [--left 200000 --right 1000000]`. A candidate is refused wrongly when the matcher calls her the
same as somebody on a card and she is on none of those cards; she is missed when she is on a card and no pair with it
reaches even odds. One row a group; the last line is JSON with the worst group of each kind.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bench import matching_state
from bench.matching import ours

# Nuh, where most are Muslim; Ambala, Fatehabad, Kaithal, Kurukshetra and Sirsa, where many are Sikh.
REGIONS = """CASE WHEN district = '604' THEN 'Nuh'
    WHEN district IN ('58', '61', '66', '68', '74') THEN 'five with many Sikhs' ELSE 'others' END"""
GROUPS = {
    "sex": "sex",
    "words of the name": "CASE WHEN name LIKE '% %' THEN 'two or more' ELSE 'one' END",
    "script": "CASE WHEN regexp_matches(name, '[\u0900-\u097f]') THEN 'Devanagari' ELSE 'Roman' END",
    "region": REGIONS,
    "age": f"""CASE WHEN birth_year IS NULL THEN 'not known' WHEN {matching_state.YEAR} - birth_year < 18
        THEN 'under 18' WHEN {matching_state.YEAR} - birth_year < 60 THEN '18 to 59' ELSE '60 and over' END""",
    "birthday": "CASE WHEN born IS NULL THEN 'not known' ELSE 'known' END",
}


def main() -> None:
    """Match once and count by group."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--left", type=int, default=200_000)
    arguments.add_argument("--right", type=int, default=1_000_000)
    given = arguments.parse_args()
    from rasad.settings import HOME

    folder = matching_state.tables(HOME / "bench", left=given.left, right=given.right)
    even, same = ours([folder / "left.parquet", folder / "right.parquet"], matching_state.COLUMNS)
    rows = _rows(folder, even, same)
    for row in rows:
        print(json.dumps(row))
    print(json.dumps({"left": given.left, "right": given.right, **_worst(rows)}))


def _rows(folder: Path, even: list[tuple[str, str]], same: list[tuple[str, str]]) -> list[dict[str, Any]]:
    with duckdb.connect() as link:
        for name, pairs in (("even", even), ("same", same)):
            lefts, rights = zip(*pairs, strict=True)
            link.register("given", pa.table({"left": pa.array(lefts), "right": pa.array(rights)}))
            link.execute(f'CREATE TABLE {name} AS SELECT "left" AS l, "right" AS r FROM given')
        link.execute(
            f"""CREATE TABLE truth AS SELECT "left" AS l, "right" AS r FROM '{folder}/truth.parquet';
            CREATE TABLE told AS SELECT p.*,
                p.person IN (SELECT l FROM truth) AS held,
                p.person IN (SELECT l FROM even SEMI JOIN truth USING (l, r)) AS found,
                p.person IN (SELECT l FROM same) AS refused,
                p.person IN (SELECT l FROM same SEMI JOIN truth USING (l, r)) AS rightly
            FROM '{folder}/left.parquet' p"""
        )
        told: list[dict[str, Any]] = []
        for kind, group in GROUPS.items():
            counted = link.execute(
                f"""SELECT {group} AS who, count(*), count(*) FILTER (refused AND NOT rightly), count(*) FILTER (held),
                count(*) FILTER (held AND NOT found), count(*) FILTER (rightly) FROM told GROUP BY 1 ORDER BY 1"""
            ).fetchall()
            told += [_row(kind, *counts) for counts in counted]
    return told


def _row(
    kind: str, who: str, people: int, wrong: int, held: int, missed: int, rightly: int
) -> dict[str, Any]:
    return {
        "kind": kind,
        "group": who,
        "candidates": people,
        "wrong_refusals_per_10000": round(wrong / people * 10_000, 2),
        "missed_percent": round(missed / max(held, 1) * 100, 2),
        "rightly_refused_percent": round(rightly / max(held, 1) * 100, 1),
    }


def _worst(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        f"worst_{figure}": max((row[figure], f"{row['kind']}: {row['group']}") for row in rows)
        for figure in ("wrong_refusals_per_10000", "missed_percent")
    }


if __name__ == "__main__":
    main()
