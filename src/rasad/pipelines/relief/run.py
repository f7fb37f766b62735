"""A relief run from files to files: keyed by its inputs, resumable at any stage, accounted for to the row."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from rasad.pipelines.engine import Engine, EngineName
from rasad.pipelines.relief import account, results, stages
from rasad.pipelines.relief.files import InputFile, check_whole
from rasad.policy.scheme import Scheme
from rasad.values.refused import Refused

# Changed when the same input gives another result: a folder of results from before is then not taken up.
RESULTS_VERSION = 3

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Inputs:
    """What a run is made from."""

    scheme: Scheme
    sources: Path
    register: Path
    secret: bytes
    on: date | None = None


def relief_run(work: stages.Work, out: Path, on_progress: OnProgress | None = None) -> dict[str, Any]:
    """Run every stage of a prepared run and write its results and `summary.json` into `out`; the summary.

    Run again on the same input nothing changes; cut off at any moment and run again the result is the same.
    Raises NotAccountedFor when a row was lost. `on_progress` is told the stage, its place and their number.
    """
    tell = on_progress or (lambda _stage, _place, _of: None)
    steps = len(stages.STAGES) + 1
    seconds: dict[str, float] = {}
    for place, stage in enumerate(stages.STAGES):
        tell(stage.name, place, steps)
        started = time.perf_counter()
        with _told_if_damaged(work):
            stage.run(work)
        seconds[stage.name] = round(time.perf_counter() - started, 3)
    tell("results", steps - 1, steps)
    started = time.perf_counter()
    told = summary(work)
    # Until all results are there none counts.
    (out / "summary.json").unlink(missing_ok=True)
    with _told_if_damaged(work):
        results.written(work, out)
    _check_written(told, out)
    seconds["results"] = round(time.perf_counter() - started, 3)
    (out / "timing.json").write_text(json.dumps(seconds, indent=1))
    (out / "summary.json").write_text(json.dumps(told, indent=1, ensure_ascii=False, default=str))
    tell("done", steps, steps)
    return told


@contextmanager
def _told_if_damaged(work: stages.Work) -> Iterator[None]:
    """A file whose first pages are sound may be damaged further on: then it is named, not the engine's words."""
    try:
        yield
    except work.engine.failures:
        check_whole(work.files())
        raise


def prepared(inputs: Inputs, *, out: Path, engine: EngineName = "duckdb", memory: str = "3GB") -> stages.Work:
    """The run opened: inputs checked, its key known, results of another input cleared away. Raises Refused."""
    folder = out / "stages"
    # In here lie CSV files as Parquet, Aadhaar numbers and all: made anew each time, gone with the engine.
    scratch = folder / "scratch"
    with ExitStack() as undo:
        lock = _alone_in(folder)
        undo.callback(lock.close)
        undo.callback(shutil.rmtree, scratch, ignore_errors=True)
        shutil.rmtree(scratch, ignore_errors=True)
        sources, register = stages.opened(
            inputs.scheme, sources=inputs.sources, register=inputs.register, keep_in=scratch / "given"
        )
        files = [file for source in sources for file in (source.families, source.members)]
        key = run_key(inputs, [*files, *register.values()])
        _cleared(folder, key, inputs.scheme.code)
        socket = Engine(engine, scratch=scratch, memory=memory, lock=lock)
        undo.pop_all()
    return stages.Work(inputs.scheme, socket, folder, sources, register, inputs.secret, inputs.on, key)


def _alone_in(folder: Path) -> IO[str]:
    """Two runs in one folder would take each other's results away: the second is refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise Refused("folder_not_writable", folder=str(folder), why=error.strerror) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise Refused("run_going_on", folder=str(folder.parent)) from None
    return lock


def _cleared(folder: Path, key: str, scheme: str) -> None:
    """Take away what a run with another key left here. The marker comes last, and whole."""
    marker = folder / "run.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        if json.loads(marker.read_text())["key"] == key:
            return
    for old in folder.iterdir():
        if old.name not in ("lock", "scratch"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    half = folder / "run.json.half"
    half.write_text(json.dumps({"key": key, "scheme": scheme}))
    half.rename(marker)


def run_key(inputs: Inputs, files: list[InputFile]) -> str:
    """The key of a run: the same for the same scheme, day and file contents, wherever the files lie."""
    digest = hashlib.sha256(f"{RESULTS_VERSION} {inputs.on} {inputs.scheme.model_dump_json()}".encode())
    # Under another secret the same number is another reference.
    digest.update(hashlib.sha256(inputs.secret).digest())
    for file in sorted(files, key=lambda file: file.name):
        parts = sorted(file.given.glob("*.parquet")) if file.given.is_dir() else [file.given]
        for part in parts:
            with part.open("rb") as opened:
                digest.update(f"{file.name} {hashlib.file_digest(opened, 'sha256').hexdigest()}".encode())
    return digest.hexdigest()


def summary(work: stages.Work) -> dict[str, Any]:
    """The run in figures; raises NotAccountedFor unless every row of every source ended exactly once."""
    read = {
        source.code: _rows_in(source.families) + len(source.families.unreadable) for source in work.sources
    }
    told = account.summary(work["rows"], read)
    tokens, assigned = work["tokens"], work["assigned"]
    if (
        tokens.count().to_pyarrow().as_py() != told["tokens"]
        or assigned.count().to_pyarrow().as_py() != told["tokens"]
    ):
        raise account.NotAccountedFor("tokens issued, assigned and counted differ")
    # A row lost and another doubled would add up.
    if work["rows"].row.nunique().to_pyarrow().as_py() != told["rows"]:
        raise account.NotAccountedFor("rows counted twice")
    shop_reasons = (
        assigned.group_by("reason").aggregate(tokens=lambda one: one.count()).to_pyarrow().to_pylist()
    )
    likely = work["probably_on_card"]
    return {
        "key": work.key,
        "scheme": work.scheme.code,
        "engine": work.engine.name,
        **told,
        "reviews": likely.filter(likely.verdict == "review").count().to_pyarrow().as_py(),
        "shops": {
            one["reason"]: one["tokens"] for one in sorted(shop_reasons, key=lambda one: one["reason"])
        },
        "problems": _counted(work["problems"]),
        "conditions": [
            {
                "source": source.code,
                "conditions": [condition.model_dump(mode="json") for condition in source.conditions],
            }
            for source in work.scheme.sources
        ],
    }


def _check_written(told: dict[str, Any], out: Path) -> None:
    """What is in the result files is what was counted."""
    for name, key in (("tokens", "number"), ("rows", "")):
        table = pq.read_table(out / f"{name}.parquet", columns=[key] if key else ["source"])
        distinct = pc.count_distinct(table[key]).as_py() if key else len(table)
        if not len(table) == distinct == told[name]:
            raise account.NotAccountedFor(f"{told[name]} {name} counted, {len(table)} written")


def _rows_in(file: InputFile) -> int:
    parts = sorted(file.parquet.glob("*.parquet")) if file.parquet.is_dir() else [file.parquet]
    return sum(int(pq.read_metadata(part).num_rows) for part in parts)


def _counted(problems: Any) -> dict[str, int]:
    told = problems.group_by("code").aggregate(rows=lambda one: one.count()).to_pyarrow().to_pylist()
    return {one["code"]: one["rows"] for one in sorted(told, key=lambda one: one["code"])}
