"""A run that was killed goes on where it stopped; the same input twice changes nothing, another renews all."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rasad.pipelines.relief.run import Inputs, run_key
from tests.pipelines.relief.cast import (
    ASHA,
    DRT,
    FAMILY,
    LAKSHMI,
    SECRET,
    SURESH,
    card,
    crowd,
    family,
    files,
    opened,
    run,
)

RESULTS = (
    "tokens.parquet",
    "token_members.parquet",
    "rows.parquet",
    "reviews.parquet",
    "problems.csv",
    "stopped.csv",
)
# In the middle of a stage, at its end, in the weighing, in the issue, in the writing of results.
MOMENTS = (
    "stages/families.parquet",
    "stages/on_card.parquet",
    "stages/scratch/words.parquet",
    "stages/merged.parquet",
    "stages/numbers.parquet",
    "token_members.parquet",
)
# Starts the command of the product again and again, each in a process of its own, and kills it at a moment.
# Python and its packages are read once: nothing of ours has begun to run when the processes part.
KILLER = """
import os, signal, sys, time
from pathlib import Path
import rasad.pipelines.relief.run, rasad.pipelines.people.linkage, splink
from rasad.cli import app

*moments, out = sys.argv[1].split(",")
cut = []
for moment in [*moments, ""]:
    child = os.fork()
    if not child:
        app(sys.argv[2:])
    deadline = time.monotonic() + 120
    status = 0
    while moment and time.monotonic() < deadline and not (Path(out) / moment).exists():
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            sys.exit(f"ended before {moment}: {status}")
        time.sleep(0.001)
    if moment:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(moment, os.waitstatus_to_exitcode(status), flush=True)
"""


def state(folder, *more):
    asking = [
        family("SARAL", "asha", *FAMILY),
        family("MMPSY", "asha", ASHA, SURESH, received_on=date(2020, 5, 2)),
        family("LOCAL_COMMITTEE", "lakshmi", LAKSHMI, place="kaimri"),
        family("CM_TWITTER", "nobody"),
        *more,
    ]
    return files(asking, [*crowd(50), card("069000000001", "OPH", LAKSHMI)]).written(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return state(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def undisturbed(folder, tmp_path_factory):
    return run(folder, tmp_path_factory.mktemp("undisturbed"), compare=True)


def contents(out: Path):
    return {name: (out / name).read_bytes() for name in RESULTS}


@pytest.fixture(scope="module")
def disturbed(folder, tmp_path_factory):
    """A run killed six times, each time a little further on, and then left alone."""
    out = tmp_path_factory.mktemp("disturbed")
    given = {
        "--sources": folder / "sources",
        "--register": folder / "register",
        "--out": out,
        "--memory": "1GB",
    }
    command = ["relief", "run", "--files-only", *(str(part) for pair in given.items() for part in pair)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLER, ",".join([*MOMENTS, str(out)]), *command],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(part for part in sys.path if part),
            "COLUMNS": "100",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out, done


def test_run_killed_at_every_stage_ends_with_the_same_results(undisturbed, disturbed):
    out, done = disturbed
    assert done.stdout.split("\n")[:-1] == [*(f"{moment} -9" for moment in MOMENTS), " 0"]
    assert contents(out) == contents(undisturbed.out)
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    # The installation's own key stands in for the one of the tests: identities differ, results may not.
    assert {**told, "key": ""} == {**undisturbed.summary, "key": ""}


def test_command_says_where_every_row_ended(disturbed):
    said = disturbed[1].stderr
    assert "refused: no_members 1" in said
    assert "probably_on_free_card 1" in said
    assert "Reviews opened: 0." in said


def test_nothing_half_done_is_left(disturbed):
    out, *_ = disturbed
    assert [
        path.name for path in out.rglob("*") if path.name.endswith(".half") or path.name == "scratch"
    ] == []


def stamps(out):
    return {path.name: path.stat().st_mtime_ns for path in (out / "stages").glob("*.parquet")}


def test_same_input_again_works_nothing_out_and_changes_nothing(folder, undisturbed):
    before, made = contents(undisturbed.out), stamps(undisturbed.out)
    del made["token_members.parquet"]
    again = run(folder, undisturbed.out, compare=True)
    assert contents(again.out) == before
    assert again.summary == undisturbed.summary
    assert {name: stamp for name, stamp in stamps(again.out).items() if name in made} == made


@pytest.mark.req("R-INT-19")
def test_record_delivered_again_in_another_file_creates_nothing_new(folder, undisturbed, tmp_path):
    """The same records, in another order and form, and one of them twice."""
    asking = [
        family("CM_TWITTER", "nobody"),
        family("LOCAL_COMMITTEE", "lakshmi", LAKSHMI, place="kaimri"),
        family("MMPSY", "asha", ASHA, SURESH, received_on=date(2020, 5, 2)),
        family("SARAL", "asha", *FAMILY),
        family("SARAL", "asha"),
    ]
    cards = [*crowd(50), card("069000000001", "OPH", LAKSHMI)]
    again = run(files(asking, cards).written(tmp_path), compare=True)
    assert again.tokens == undisturbed.tokens
    assert again.ended("SARAL", "asha", 2) == ("refused", "duplicate_reference")
    assert {key: row for key, row in again.rows.items() if key[2] == 1} == undisturbed.rows


def test_other_input_in_the_same_folder_renews_everything(undisturbed, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(undisturbed.out, out)
    again = run(state(tmp_path / "more", family("SARAL", "new")), out)
    assert (undisturbed.summary["rows"], again.summary["rows"]) == (4, 5)
    assert again.ended("SARAL", "new") == ("refused", "no_members")
    assert again.summary["key"] != undisturbed.summary["key"]


def test_another_day_another_secret_or_another_scheme_is_another_run(folder, undisturbed):
    sources = {"sources": folder / "sources", "register": folder / "register"}
    work = opened(folder)
    work.engine.close()
    read = work.files()
    other = DRT.model_copy(update={"code": "drt_again"})
    keys = {
        run_key(Inputs(scheme, **sources, secret=secret, on=day), read)
        for scheme, secret, day in (
            (DRT, SECRET, None),
            (DRT, SECRET, date(2020, 6, 1)),
            (DRT, b"another", None),
            (other, SECRET, None),
        )
    }
    assert len(keys) == 4
    assert undisturbed.summary["key"] in keys


@pytest.mark.parametrize("marker", ["", "{}"])
def test_marker_cut_off_in_writing_is_no_marker(folder, tmp_path, marker):
    stages = tmp_path / "stages"
    stages.mkdir()
    (stages / "run.json").write_text(marker)
    pq.write_table(pa.table({"row": [1]}), stages / "families.parquet")
    opened(folder, tmp_path).engine.close()
    assert [path.name for path in stages.glob("*.parquet")] == []
