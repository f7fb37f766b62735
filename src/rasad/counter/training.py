"""Training against the twins: where they are, and which cards to try."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from rasad.connectors.impds.cards import made_up_cards
from rasad.counter.twins import ADDRESSES

CARDS = "cards.json"


@dataclass(frozen=True)
class TestCard:
    """A card to try: its number, what there is to see, and whether it goes under the menu IMPDS."""

    number: str
    about: str
    is_visitor: bool = False


@dataclass(frozen=True)
class Panel:
    """The pages of the twins that stand in for a finger, a telephone, UIDAI and the other States."""

    cards: tuple[TestCard, ...] = ()
    reader: str = ""
    telephones: str = ""
    uidai: str = ""
    states: str = ""


def panel() -> Panel | None:
    """What the training panel shows; None outside training."""
    if not settings.TRAINING:
        return None
    own = tuple(_own(**one) for one in _read(CARDS, []))
    guests = tuple(TestCard(one.number, one.about, is_visitor=True) for one in made_up_cards())
    known = {field.name for field in fields(Panel)}
    return Panel(own + guests, **{name: at for name, at in _read(ADDRESSES, {}).items() if name in known})


def _own(*, number: str, about: str, is_visitor: bool) -> TestCard:
    return TestCard(number, gettext(about), is_visitor)


def keep_cards(cards: list[TestCard]) -> None:
    """Remember which cards of our own there are to try."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / CARDS).write_text(json.dumps([asdict(one) for one in cards]))


def _read(name: str, otherwise: Any) -> Any:
    path = _folder() / name
    return json.loads(path.read_text()) if path.exists() else otherwise


def _folder() -> Path:
    return Path(settings.HOME) / "twins"
