"""The proof in its quick form: some thousands of calls, server and database killed twice each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.req("R-POS-20", "R-PRT-16")
def test_nothing_is_lifted_twice_and_no_sale_lost_while_all_is_killed(tmp_path):
    kept = tmp_path / "history.jsonl"
    command = [sys.executable, "-m", "tests.proof", "--operations", "3000", "--history", str(kept)]
    # Its own database and secrets, whatever this process was told.
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("RASAD_", "DATABASE_"))
    }

    told = subprocess.run(
        command, cwd=ROOT, env=plain | {"PYTHONPATH": "src"}, capture_output=True, text=True, timeout=400
    )

    assert told.returncode == 0, told.stderr[-5000:]
    seen = json.loads(told.stdout.splitlines()[-1])
    assert seen["violations"] == 0
    assert seen["operations"] >= 3000
    assert seen["operations"] == len(kept.read_bytes().splitlines())
    assert min(seen["kills"].values()) >= 2
    assert seen["cut_replies"] > 0
    assert seen["unknowns"] > 0
    assert seen["months"] >= 2
    assert seen["status_500"] == 0
