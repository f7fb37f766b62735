"""`./run`, the one entry: it is plain POSIX shell, says what it can do, and says what is wrong."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TASKS = ("demo", "rasad", "test", "check", "bench", "proof", "requirements", "help")


def run(*arguments, **surroundings):
    return subprocess.run(
        [ROOT / "run", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], **surroundings},
    )


@pytest.mark.parametrize("script", [ROOT / "run", *ROOT.glob("tests/*/*.sh")], ids=lambda path: path.name)
def test_script_is_plain_shell(script):
    shell = shutil.which("dash") or "sh"

    checked = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_help_names_every_task():
    told = run("help")

    assert told.returncode == 0
    assert [task for task in TASKS if task != "help" and f"./run {task}" not in told.stdout] == []


def test_nothing_said_is_help():
    assert run().stdout == run("help").stdout


def test_unknown_task_says_what_to_try():
    told = run("fly")

    assert told.returncode == 2
    assert told.stderr == "./run knows no 'fly'. Try ./run help\n"


def test_unknown_bench_names_those_there_are():
    told = run("bench", "nothing")

    assert told.returncode == 2
    benches = {path.stem for path in (ROOT / "bench").glob("[a-z]*.py")}
    assert set(re.findall(r"\./run bench (\w+)", told.stderr)) == benches


def test_missing_python_says_what_to_install(tmp_path):
    """On a machine with a shell and its small tools, and no Python that is new enough."""
    for tool in ("sh", "dirname", "cat", "cksum", "rm"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    shutil.copy(ROOT / "run", tmp_path / "run")

    told = subprocess.run(
        [tmp_path / "run", "demo"], capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)}
    )

    assert told.returncode == 2
    assert "Rasad needs Python 3.11 or newer" in told.stderr
    assert not (tmp_path / ".venv").exists()


def test_scripts_may_be_started():
    assert [name for name in ("run", ".ci/run") if not os.access(ROOT / name, os.X_OK)] == []
