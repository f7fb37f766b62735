"""Training against the twins: where they are, and which cards to try."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FILE = "twins.json"


@dataclass(frozen=True)
class TestCard:
    """A card to try: its number, what there is to see, and under which menu."""

    number: str
    about: str
    is_visitor: bool = False


@dataclass(frozen=True)
class Panel:
    """The pages of the twins that stand in for a finger, a telephone, UIDAI and the other States."""

    reader: str = ""
    telephones: str = ""
    uidai: str = ""
    states: str = ""
    cards: tuple[TestCard, ...] = ()


def panel() -> Panel | None:
    """What the training panel shows; None outside training."""
    if not settings.TRAINING:
        return None
    path: Path = settings.HOME / "twins" / FILE
    told = json.loads(path.read_text()) if path.exists() else {}
    cards = tuple(TestCard(**one) for one in told.pop("cards", ()))
    return Panel(**told, cards=cards)
