"""Every row of a folder as it is written, with its file and line, whatever its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from rasad.policy.packs import PackLoader

FOREVER = date.max


class _Loader(yaml.CSafeLoader):
    """The same YAML as a pack is read with, faster; its problems are told by the form."""


_Loader.yaml_constructors = PackLoader.yaml_constructors


@dataclass(frozen=True, eq=False)
class PackRow:
    """A row: its id, where it stands, what it says."""

    id: str
    file: Path
    line: int
    section: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.file.name

    @property
    def quotation(self) -> str:
        """The words it stands on, white space collapsed."""
        source = self.data.get("source")
        return " ".join(str(source.get("quotation", "")).split()) if isinstance(source, Mapping) else ""

    @property
    def first_day(self) -> date:
        """Its first day in force; a row without one always was."""
        found = self.data.get("from")
        return found if isinstance(found, date) else date.min

    @property
    def last_day(self) -> date:
        """Its last day in force; a row without one goes on."""
        found = self.data.get("to")
        return found if isinstance(found, date) else FOREVER

    def number(self, field: str) -> Decimal | None:
        """A field as a number, where it is one."""
        return as_number(self.data.get(field))


def as_number(given: object) -> Decimal | None:
    """A number, written as text or not; none for anything else."""
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        return None
    try:
        return Decimal(given)
    except InvalidOperation:
        return None


def entries(folder: Path) -> list[PackRow]:
    """Every row of every pack in a folder. A file that is not YAML has none: its form says what is wrong."""
    found: list[PackRow] = []
    for file in sorted(folder.rglob("*.yaml")):
        try:
            loader = _Loader(file.read_text(encoding="utf-8"))
            node = loader.get_single_node()
            data = loader.construct_document(node) if node else None
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        if node and isinstance(data, dict):
            found += _rows(file, node, data, "")
    return found


def _rows(file: Path, node: yaml.Node, data: object, section: str) -> Iterator[PackRow]:
    if isinstance(data, dict) and isinstance(node, yaml.MappingNode):
        if "id" in data and section:
            yield PackRow(str(data["id"]), file, node.start_mark.line + 1, section, data)
        for key, value in node.value:
            if key.value in data:
                yield from _rows(file, value, data[key.value], section or str(key.value))
    elif isinstance(data, list) and isinstance(node, yaml.SequenceNode):
        for value, one in zip(node.value, data, strict=True):
            yield from _rows(file, value, one, section)
