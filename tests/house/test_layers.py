"""Who may import whom. import-linter holds the layers between packages; here also those inside an app."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.house.reading import ROOT, SRC, imports, named, python_files, text_of

# In an app: views > actions > queries > models. What a file may not import from any app, by its name.
ABOVE = {
    "models": {"queries", "actions", "views", "forms", "urls"},
    "queries": {"actions", "views", "forms", "urls"},
    "actions": {"views", "urls"},
}
OURS = python_files("src/rasad/")


def kind(path):
    """What a file of an app is: relief/queries/tokens.py and shops/queries.py are both queries."""
    inside_app = path.relative_to(SRC).parts[1:]
    return inside_app[0].removesuffix(".py") if inside_app else ""


# Those that stand between the user and the rest: one door from a request to an object.
IN_FRONT = [path for path in OURS if kind(path) in {"views", "tables", "forms", "filters", "api"}]


def test_import_contracts_hold():
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )

    assert found.returncode == 0, found.stdout + found.stderr


def test_every_package_has_a_place_in_the_layers():
    contract = text_of(ROOT / "pyproject.toml").split("layers = [")[1].split("]")[0]

    assert {path.name for path in SRC.iterdir() if (path / "__init__.py").exists()} - set(
        re.findall(r"\w+", contract)
    ) == set()


def test_file_of_an_app_imports_only_from_below():
    upward = {
        named(path): {
            name
            for name in imports(path)
            if name.startswith("rasad.")
            and name.split(".")[2:3]
            and name.split(".")[2] in ABOVE.get(kind(path), set())
        }
        for path in OURS
    }

    assert {path: names for path, names in upward.items() if names} == {}


def test_page_reaches_objects_through_access_only():
    ways_around = (".objects", "._default_manager", "._base_manager")

    assert [named(path) for path in IN_FRONT if any(way in text_of(path) for way in ways_around)] == []


def test_rules_and_batch_read_no_environment():
    pure = python_files("src/rasad/pipelines/", "src/rasad/policy/", "src/rasad/values/")

    # Spark's own names are read where Spark is started.
    assert [path.name for path in pure if "environ" in text_of(path)] in ([], ["spark.py"])


def test_rules_read_no_clock():
    """A rule is told the day: the same question always has the same answer."""
    rules = python_files("src/rasad/policy/", "src/rasad/values/")

    assert [named(path) for path in rules if ".now(" in text_of(path) or ".today(" in text_of(path)] == []


def test_only_the_journal_writes_entries():
    outside = [path for path in OURS if not path.is_relative_to(SRC / "journal")]

    assert [named(path) for path in outside if re.search(r"\bEntry(\(|\.objects)", text_of(path))] == []
