"""The packs as written, for tests that look at every row of them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from rasad.policy.packs import PACKS

SHARED = Path(__file__).parents[3] / "shared"


def collapsed(text: str) -> str:
    """With each run of white space as one space."""
    return " ".join(str(text).split())


def pieces(data: Any, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping in a document, with the folder it is from."""
    if isinstance(data, dict):
        yield folder, data
        for value in data.values():
            yield from pieces(value, folder)
    elif isinstance(data, list):
        for value in data:
            yield from pieces(value, folder)


def our_pieces() -> list[tuple[str, dict[str, Any]]]:
    """Every mapping of every pack."""
    found: list[tuple[str, dict[str, Any]]] = []
    for file in sorted(PACKS.rglob("*.yaml")):
        found += pieces(yaml.safe_load(file.read_text(encoding="utf-8")), file.relative_to(PACKS).parts[0])
    return found


def scalars(data: Any) -> Iterator[str]:
    """Every number, day and word in a document, each in one spelling; of the keys sizes, flags and doubts."""
    if isinstance(data, dict):
        for key, value in data.items():
            if str(key).isdigit() or value is True or str(key).startswith("A-"):
                yield spelled(key)
            yield from scalars(value)
    elif isinstance(data, list):
        for value in data:
            yield from scalars(value)
    elif data is not None:
        yield spelled(data)


def spelled(value: Any) -> str:
    """2, 2.0 and "2.00" alike; a day as ISO; words in lower case."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return collapsed(str(value).replace("_", " ")).lower()
