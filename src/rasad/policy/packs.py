"""Reads a pack: one YAML file against its form, and says file, line and what to do when it does not fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from rasad.values.refused import Refused

PACKS = Path(__file__).parent / "packs"

Place = tuple[str | int, ...]
AnyForm = TypeVar("AnyForm", bound="Form")


class Form(BaseModel):
    """What a piece of a pack must look like: no field more than written down, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)


_added: tuple[Path, ...] = ()


def add_folders(*folders: Path) -> None:
    """Read packs of further jurisdictions from these folders, too: a folder in them is a jurisdiction."""
    global _added
    _added = tuple(dict.fromkeys((*_added, *folders)))


@contextmanager
def with_folders(*folders: Path) -> Iterator[None]:
    """Read packs from these folders, too, for as long as the block lasts: a test, a draft of an order.

    A jurisdiction that is in one of them and in ours is read from them.
    """
    global _added
    before = _added
    _added = tuple(dict.fromkeys((*folders, *before)))
    try:
        yield
    finally:
        _added = before


def folders() -> tuple[Path, ...]:
    """The folders that hold packs, those added before ours."""
    return (*_added, PACKS)


def files(pattern: str) -> tuple[Path, ...]:
    """The files of all packs that a pattern names, `*/about.yaml`; those of added folders before ours."""
    return tuple(file for folder in folders() for file in sorted(folder.glob(pattern)))


def file_of(state: str, name: str) -> Path:
    """A file of a jurisdiction by the name of its folder, `haryana`; it need not be there."""
    return next(iter(files(f"{state}/{name}")), PACKS / state / name)


class MisplacedError(ValueError):
    """A piece that fits its form and yet cannot stand where it does; `place` leads to it."""

    def __init__(self, problem: str, *place: str | int) -> None:
        super().__init__(problem)
        self.place: Place = place


class PackLoader(yaml.SafeLoader):
    """YAML whose days that are none, as 2013-13-10, stay text: the form then says so with their line."""


def _day(loader: PackLoader, node: yaml.ScalarNode) -> object:
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(loader, node)
    except ValueError:
        return loader.construct_scalar(node)


PackLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read(path: Path, form: type[AnyForm], **context: object) -> AnyForm:
    """The pack in a file. `context` is what the form is checked against besides: the other files of its State.

    Raises Refused("bad_pack") with its first problem: file, line, row, where, problem, advice, and how many more.
    """
    try:
        loader = PackLoader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        lines = dict(_lines(node)) if node else {}
        data = loader.construct_document(node) if node else None
    except OSError as error:
        raise _bad(
            path, 0, (), error.strerror or str(error), "name a file that exists and may be read"
        ) from None
    except UnicodeDecodeError:
        raise _bad(path, 0, (), "the file is not UTF-8 text", "save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _bad(
            path, line, (), error.problem or "not YAML", "correct the YAML at or just above it"
        ) from None
    except yaml.YAMLError as error:
        raise _bad(path, 0, (), str(error).splitlines()[0], "save it as plain UTF-8 text") from None
    except MisplacedError as error:
        raise _bad(path, int(error.place[0]), (), str(error), "keep one of the two") from None
    try:
        return form.model_validate(data, context=context or None)
    except ValidationError as error:
        raise _bad_form(path, lines, data, error) from None


def _lines(node: yaml.Node, place: Place = ()) -> Iterator[tuple[Place, int]]:
    """Where in the file each piece stands. A key written twice would silently win: it is refused."""
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise MisplacedError(f"`{key.value}` is written twice", key.start_mark.line + 1)
            seen.add(key.value)
            yield (*place, key.value), key.start_mark.line + 1
            yield from _inner(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*place, number))


def _inner(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    return (found for found in _lines(node, place) if found[0] != place)


def _bad_form(path: Path, lines: dict[Place, int], data: object, error: ValidationError) -> Refused:
    def first(problem: Any) -> tuple[int, Place]:
        cause = problem.get("ctx", {}).get("error")
        place = (*problem["loc"], *(cause.place if isinstance(cause, MisplacedError) else ()))
        return _line_of(place, lines), place

    problems = sorted(error.errors(include_url=False), key=lambda problem: first(problem)[0])
    line, place = first(problems[0])
    message = str(problems[0]["msg"]).removeprefix("Value error, ")
    advice = _ADVICE.get(str(problems[0]["type"]), "correct it after the pattern of the other packs")
    return _bad(path, line, place, message, advice, row=_row_of(data, place), more=len(problems) - 1)


def _row_of(data: Any, place: Place) -> str:
    """The name of the innermost row that a place lies in (id, code or state); nothing where there is none."""
    named = ""
    for step in (None, *place):
        if step is not None:
            try:
                data = data[step]
            except (LookupError, TypeError):
                break
        if isinstance(data, dict):
            named = str(data.get("id") or data.get("code") or data.get("state") or named)
    return named


_ADVICE = {
    "missing": "add the field; every row says its value, days, basis and source",
    "extra_forbidden": "remove the field or correct its spelling",
    "literal_error": "write one of the values named",
    "string_type": "write it as text, in quotes",
    "date_from_datetime_parsing": "write the day as 2020-04-01",
    "date_type": "write the day as 2020-04-01",
}


def _line_of(place: Place, lines: dict[Place, int]) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _bad(
    path: Path, line: int, place: Place, problem: str, advice: str, row: str = "", more: int = 0
) -> Refused:
    where = ".".join(str(step) for step in place)
    return Refused(
        "bad_pack",
        file=str(path),
        line=line,
        row=row,
        where=where,
        problem=problem,
        advice=advice,
        more=more,
    )
