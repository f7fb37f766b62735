"""Requirements named by tests exist, and the report counts only what passing tests prove."""

import ast
import re

import pytest

from tests.house.reading import catalogue, named, python_files, tree
from tests.house.requirements import report

TESTS = {
    "tests/a.py::test_one": {"ids": ["R-DRT-01", "R-DRT-02"], "outcome": "passed"},
    "tests/a.py::test_two[x]": {"ids": ["R-DRT-02"], "outcome": "passed"},
    "tests/a.py::test_two[y]": {"ids": ["R-DRT-02"], "outcome": "failed"},
    "tests/a.py::test_three": {"ids": ["R-NFR-01"], "outcome": "skipped"},
}


def marks():
    return [
        (f"{named(path)}:{node.lineno}", argument.value)
        for path in python_files("tests/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.req"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    ]


def test_marks_have_the_form_of_an_id():
    assert [mark for mark in marks() if not re.fullmatch(r"R-[A-Z]{3}-\d{2}", mark[1])] == []


def test_marks_name_requirements_of_the_catalogue():
    if not catalogue():
        pytest.skip("the catalogue of requirements is not beside the project")

    assert [mark for mark in marks() if mark[1] not in catalogue()] == []


def test_catalogue_has_all_requirements():
    if not catalogue():
        pytest.skip("the catalogue of requirements is not beside the project")

    assert len(catalogue()) == 423


def test_report_counts_what_a_passing_test_proves():
    ids = ("R-DRT-01", "R-DRT-02", "R-DRT-03", "R-NFR-01")

    assert report(TESTS, ids) == [
        "R-DRT: 1 of 3",
        "  R-DRT-01  tests/a.py::test_one",
        "  R-DRT-02  tests/a.py::test_one",
        "  R-DRT-02  tests/a.py::test_two  (failed)",
        "R-NFR: 0 of 1",
        "  R-NFR-01  tests/a.py::test_three  (skipped)",
        "1 of 4 requirements proven",
    ]


def test_report_without_a_catalogue_counts_what_tests_name():
    assert report(TESTS, ())[-2:] == [
        "The catalogue is not beside the project: counted are the requirements that tests name.",
        "1 of 3 requirements proven",
    ]
