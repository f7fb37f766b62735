"""The States and Union Territories that cards may come from."""

from functools import cache
from pathlib import Path

import yaml

from rasad.policy.rows import Text

FILE = Path(__file__).with_name("states.yaml")


@cache
def states() -> dict[str, Text]:
    """Their names by their codes, IN-WB."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {code: Text(**name) for code, name in told.items()}


def name_of(code: str) -> Text:
    """The name of a State in each language; the code itself for one that is not in the list."""
    return states().get(code) or Text(en=code, hi=code, bn=code)
