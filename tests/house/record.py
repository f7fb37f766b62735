"""A pytest plugin: writes down which requirements the tests of a run name, and how each test ended.

The record is only as good as the code it was made from, so it carries a fingerprint of that code. A run of
all tests, or of all that name a requirement, starts a new record; a smaller one adds to it while the code is
the same.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.house.reading import ROOT, files

RECORD = ROOT / "var" / "requirements.json"
WORST_FIRST = ("failed", "passed", "skipped")


def fingerprint() -> str:
    """A digest of every file the outcome of a test can hang on, new ones too."""
    digest = sha256()
    for path in files("--cached", "--others", "--exclude-standard"):
        if path.suffix not in {".md", ".png"}:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the ids on the test's own report: that is what reaches us from another process too."""
    for item in items:
        ids = [id_ for mark in item.iter_markers("req") for id_ in mark.args]
        if ids:
            item.user_properties.append(("req", ids))


def pytest_configure(config: pytest.Config) -> None:
    """One recorder, in the process that gathers all reports."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.pluginmanager.register(Recorder(config), "requirements-recorder")


class Recorder:
    """Gathers reports and writes the record at the end."""

    def __init__(self, config: pytest.Config) -> None:
        option = config.option
        narrowed = option.markexpr not in ("", "req") or option.keyword or option.deselect or option.lf
        everywhere = config.args_source is not pytest.Config.ArgsSource.ARGS
        self.is_whole = everywhere and not narrowed and not option.maxfail
        self.begun_with = fingerprint()
        self.tests: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test counts as passed when its call passed and neither set-up nor tear-down failed."""
        ids = dict(report.user_properties).get("req")
        if not ids or (report.when != "call" and report.passed):
            return
        test = self.tests.setdefault(report.nodeid, {"ids": ids, "outcome": report.outcome})
        test["outcome"] = min(test["outcome"], report.outcome, key=WORST_FIRST.index)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write, unless the run was cut off."""
        if exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            return
        tests = self.tests
        if not self.is_whole:
            before = read()
            if before is None:
                return
            tests = {**before, **tests}
        write(RECORD, {"code": self.begun_with, "tests": tests})


def read(*, of_this_code: bool = True) -> dict[str, dict[str, Any]] | None:
    """The tests of the record by node id; None when there is no record, or none of the code as it is now."""
    if not RECORD.exists():
        return None
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    return record["tests"] if record["code"] == fingerprint() or not of_this_code else None


def write(path: Path, record: dict[str, Any]) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
    half.replace(path)
