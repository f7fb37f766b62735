"""Plays a file of worked cases: each question is put to the rules, each answer compared as it is written."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import yaml

import rasad.examples
from rasad.values.refused import Refused

# Modules of this package that hold no group of cases.
NO_GROUPS = frozenset(["player", "commands", "written"])
# The groups a file may have. One whose module is not there yet is an error line, never a skip.
GROUPS = frozenset(
    [
        "eligibility", "coverage", "haryana_entitlement", "himachal_entitlement", "history", "service_dates",
        "drt", "epos_home", "portability", "allocation", "committees_and_transparency",
    ]
)  # fmt: skip
# What a question can do to a group that does not understand its words. Anything else is a bug and is shown as one.
NOT_UNDERSTOOD = (Refused, LookupError, TypeError, ValueError, ArithmeticError)


class Group(Protocol):
    """A module that plays one group: the keys a question may have, and the answer to it."""

    GIVEN: frozenset[str]

    def play(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Every `expect` key that can be told from what is given."""


@dataclass(frozen=True)
class Outcome:
    """How a case ended, and why when it did not pass."""

    case: str
    title: str
    ended: Literal["pass", "fail", "error"]
    why: str = ""

    def __str__(self) -> str:
        told = f"{self.ended:5} {self.case}  {self.title}".rstrip()
        return f"{told}: {self.why}" if self.why else told


def groups() -> dict[str, Group]:
    """The groups that can be played, by name."""
    names = (module.name for module in pkgutil.iter_modules(rasad.examples.__path__))
    modules = {
        name: importlib.import_module(f"rasad.examples.{name}") for name in names if name not in NO_GROUPS
    }
    # A group whose name is no name for a module of ours says it itself.
    return {getattr(module, "GROUP", name): module for name, module in modules.items()}


def played(path: Path) -> Iterator[Outcome]:
    """Play every case of a file, in order. Raises Refused("examples_unreadable")."""
    there = groups()
    for name, cases in _groups_of(path).items():
        if name not in there:
            why = "group not played yet" if name in GROUPS else f"there is no group {name}"
            yield Outcome(name, "", "error", why)
            continue
        if not isinstance(cases, list):
            yield Outcome(name, "", "error", "the group is not a list of cases")
            continue
        for case in cases:
            yield outcome(there[name], case)


def outcome(group: Group, case: object) -> Outcome:
    """Play one case. What the group does not understand or cannot tell is an error, never passed over."""
    if not isinstance(case, dict):
        return Outcome("?", "", "error", "a case is a mapping with id, given and expect")
    name, title = str(case.get("id", "?")), str(case.get("title", ""))
    given, expect = plain(case.get("given")), plain(case.get("expect"))
    if not (isinstance(given, dict) and isinstance(expect, dict) and given and expect):
        return Outcome(name, title, "error", "a case needs `given` and `expect`, each with at least one key")
    known = {key.removesuffix(" []") for key in group.GIVEN}
    if unknown := sorted(set(paths(given)) - known):
        return Outcome(name, title, "error", f"unknown given: {', '.join(unknown)}")
    try:
        got = group.play(given)
    except NOT_UNDERSTOOD as problem:
        return Outcome(name, title, "error", f"{type(problem).__name__}: {problem}")
    if untold := sorted(set(expect) - set(got)):
        return Outcome(name, title, "error", f"cannot be told: {', '.join(untold)}")
    wrong = [key for key in expect if not same(got[key], expect[key])]
    if not wrong:
        return Outcome(name, title, "pass")
    why = "; ".join(f"{key} got {got[key]!r}, expected {expect[key]!r}" for key in wrong)
    return Outcome(name, title, "fail", why)


def same(got: object, expected: object) -> bool:
    """Exact equality: true is not 1, "4.50" is not "4.5"; a pair is as good as a list of two."""
    if isinstance(got, Mapping) and isinstance(expected, Mapping):
        return set(got) == set(expected) and all(same(got[key], expected[key]) for key in expected)
    if isinstance(got, list | tuple) and isinstance(expected, list | tuple):
        return len(got) == len(expected) and all(map(same, got, expected))
    return type(got) is type(expected) and got == expected


def paths(given: object, before: str = "") -> Iterator[str]:
    """The dotted path of every leaf: `head.age`, `documents.[].as`; a list of plain values is one leaf."""
    if isinstance(given, dict) and (given or not before):
        for key, value in given.items():
            yield from paths(value, f"{before}.{key}" if before else str(key))
    elif isinstance(given, list) and any(isinstance(one, dict) for one in given):
        for one in given:
            yield from paths(one, f"{before}.[]")
    else:
        yield before


def plain(written: object) -> Any:
    """What YAML read, with days and moments as text and the key `on` as the word it was."""
    if isinstance(written, dict):
        return {("on" if key is True else str(key)): plain(value) for key, value in written.items()}
    if isinstance(written, list):
        return [plain(value) for value in written]
    if isinstance(written, datetime):
        return written.isoformat(sep=" ")
    return written.isoformat() if isinstance(written, date) else written


def _groups_of(path: Path) -> dict[str, Any]:
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused("examples_unreadable", file=str(path), why=error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise Refused("examples_unreadable", file=str(path), why="it is not UTF-8 text") from None
    except yaml.YAMLError as error:
        raise Refused("examples_unreadable", file=str(path), why=" ".join(str(error).split())) from None
    found = written.get("groups") if isinstance(written, dict) else None
    if not isinstance(found, dict) or not found:
        raise Refused("examples_unreadable", file=str(path), why="it has no `groups`")
    return {str(name): cases for name, cases in found.items()}
