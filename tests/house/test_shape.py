"""Small files, short functions, plain names, failures that are named."""

import ast
import re
from statistics import median

from tests.house.reading import functions, named, python_files, text_of, tracked, tree

OURS = python_files("src/", "tests/", "bench/")
BANNED = {"manager", "service", "helper", "util", "common", "base", "core", "handler", "processor", "misc"}
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FILE = 400, 50, 80


def lines(path):
    return len(text_of(path).splitlines())


def test_no_file_is_long():
    written = [
        path for path in tracked() if path.suffix in {".py", ".sql", ".sh", ".html", ".css", ".js", ".typ"}
    ]
    long = {named(path): lines(path) for path in written if lines(path) > LONGEST_FILE}

    assert {name: count for name, count in long.items() if "/migrations/" not in name} == {}


def test_no_function_is_long():
    sizes = {
        f"{named(path)}::{function.name}": function.end_lineno - function.lineno + 1
        for path in OURS
        for function in functions(path)
    }

    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_median_file_is_short():
    assert median(lines(path) for path in python_files("src/")) <= MEDIAN_FILE


def test_names_say_what_a_thing_is():
    classes = {
        f"{named(path)}::{node.name}": re.findall(r"[A-Z][a-z]+", node.name)
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }
    modules = {named(path): re.split(r"[_/.]", named(path)) for path in OURS}

    assert [name for name, words in {**classes, **modules}.items() if banned(words)] == []


def banned(words):
    return {word.lower() for word in words} & (BANNED | {f"{word}s" for word in BANNED})


def test_failures_are_caught_by_their_names():
    caught = {
        f"{named(path)}:{node.lineno}": ast.unparse(node.type) if node.type else "Exception"
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and not passes_it_on(node)
    }

    assert [place for place, name in caught.items() if re.search(r"\b(Base)?Exception\b", name)] == []


def passes_it_on(handler):
    """What ends with a bare `raise` hides nothing."""
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None


def test_nothing_is_left_for_later():
    # Written in pieces, so that this file does not find itself.
    marker = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")
    written = [path for path in tracked() if path.suffix not in {".lock", ".svg", ".txt", ".po"}]

    assert [named(path) for path in written if marker.search(text_of(path))] == []


def test_thresholds_never_stand_in_sql():
    """They come from policy as parameters: only 0 and 1 may be written."""
    files = [path for path in tracked() if "pipelines" in path.parts and path.suffix == ".sql"]
    number = re.compile(r"(?<![\w.])(?!0\b|1\b)\d+(?:\.\d+)?")

    assert [named(path) for path in files if number.search(re.sub(r"--.*", "", text_of(path)))] == []


def test_tests_skip_only_what_the_machine_cannot_do():
    marks = [
        (f"{named(path)}:{node.lineno}", node)
        for path in python_files("tests/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and re.search(r"\b(skip|skipif|xfail)$", ast.unparse(node.func))
    ]

    assert [place for place, call in marks if "xfail" in ast.unparse(call.func)] == []
    assert [place for place, call in marks if not gives_reason(call)] == []


def gives_reason(call):
    return any(keyword.arg in {"reason", "msg"} for keyword in call.keywords) or (
        bool(call.args) and ast.unparse(call.func).endswith("skip")
    )
