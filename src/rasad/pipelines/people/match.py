"""Two files of people, or one with itself: opened, readied, weighed, judged, guarded, written with reasons."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from rasad.pipelines.people import batch, files, ready, reasons, trained
from rasad.pipelines.people.batch import Limits
from rasad.values.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.compared import Comparison
    from rasad.pipelines.progress import OnProgress


@dataclass(frozen=True)
class Asked:
    """What to match: one file with itself or two, what their columns are called, the limits and what was judged."""

    paths: tuple[Path, ...]
    year: int
    called: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    judged: Path | None = None


@dataclass(frozen=True)
class Found:
    """Pairs with weight, verdict and levels; how many of each verdict; by what they were compared."""

    pairs: ir.Table
    counts: dict[str, int]
    rows: int
    comparisons: tuple[Comparison, ...]


def match(
    engine: Engine, asked: Asked, *, out: Path, on_progress: OnProgress = lambda what, done, of: None
) -> Found:
    """Write pairs.csv into a folder and answer what was found.

    Raises Refused: what files.py and ready.py refuse, too_many_alike, one_row_too_often, judged_not_readable.
    """
    on_progress("reading", 0, 1)
    opened = [
        files.opened(path, keep_in=engine.scratch / f"file_{at}", called=asked.called)
        for at, path in enumerate(asked.paths)
    ]
    columns = [mine for _, mine in opened]
    tables = [_with_numbers(engine, parquet, mine) for parquet, mine in opened]
    on_progress("names", 0, 1)
    told = ready.readied(engine, tables, columns, year=asked.year, name="match")
    rows = int(told[0].count().to_pyarrow().as_py())
    pairs, model = trained.pairs_of(
        engine, told, at_least=asked.limits.perhaps, name="match", on_progress=on_progress
    )
    judged = _judged(engine, asked.judged) if asked.judged else None
    kept = engine.write(
        batch.verdicts(pairs, model.comparisons, asked.limits, judged),
        path := engine.scratch / "pairs.parquet",
    )
    batch.check(kept, rows, asked.limits)
    on_progress("writing", 0, 1)
    out.mkdir(parents=True, exist_ok=True)
    counts = _write(path, model.comparisons, out)
    return Found(kept, counts, rows, model.comparisons)


def _with_numbers(engine: Engine, parquet: Path, columns: dict[str, str]) -> ir.Table:
    table = engine.read(parquet)
    if "person" not in columns:
        # Lines of the file, counted from one, where it has no numbers of its own.
        columns["person"] = "line_of_file"
        table = table.mutate(line_of_file=(ibis.row_number().over() + 1).cast("string"))
    return table.mutate(**{columns["person"]: table[columns["person"]].cast("string")})


def _judged(engine: Engine, path: Path) -> ir.Table:
    """Pairs that people judged: a CSV with left, right and judgement, which is `same` or `other`."""
    if not path.is_file():
        raise Refused("file_missing", file=path.name, folder=str(path.parent))
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    for line, row in enumerate(told, start=2):
        if not row.get("left") or not row.get("right") or row.get("judgement") not in ("same", "other"):
            raise Refused("judged_not_readable", file=path.name, line=line)
    table = pa.table(
        {
            "left": pa.array([row["left"] for row in told], pa.string()),
            "right": pa.array([row["right"] for row in told], pa.string()),
            "same": pa.array([row["judgement"] == "same" for row in told], pa.bool_()),
        }
    )
    return engine.keep(table, engine.scratch / "judged_by_people.parquet")


def _write(kept: Path, comparisons: Sequence[Comparison], out: Path) -> dict[str, int]:
    counts = {batch.SAME: 0, batch.PERHAPS: 0, batch.OTHER: 0}
    with (out / "pairs.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["left", "right", "weight", "verdict", *(f"why_{language}" for language in reasons.LANGUAGES)]
        )
        for row in _rows(kept):
            counts[str(row["verdict"])] += 1
            writer.writerow(
                [row["left"], row["right"], row["weight"], row["verdict"], *why(row, comparisons)]
            )
    return counts


def _rows(kept: Path) -> Iterable[dict[str, object]]:
    # Spark writes a folder of parts.
    for part in sorted(kept.glob("*.parquet")) if kept.is_dir() else [kept]:
        for chunk in pq.ParquetFile(part).iter_batches(batch_size=50_000):
            yield from chunk.to_pylist()


def why(row: Mapping[str, object], comparisons: Sequence[Comparison]) -> list[str]:
    """The reasons of one pair in each language."""
    names = reasons.levels({one.name: row[one.name] for one in comparisons}, comparisons)  # type: ignore[misc]
    told = [reasons.in_words(names, language) for language in reasons.LANGUAGES]
    if row["judged"]:
        said = reasons.JUDGED.values()
        told = [f"{word}; {rest}" if rest else word for word, rest in zip(said, told, strict=True)]
    return told
