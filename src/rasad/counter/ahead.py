"""The accounts of a month made ahead for all living cards, in chunks: a month turns with no pause.

A card that comes later, or whose family changes, is brought right at its first touch (`dues.granted`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from rasad import wiring
from rasad.counter import dues
from rasad.ledger.ahead import Holder, KindOfCard, open_month
from rasad.ledger.grants import Due
from rasad.values.month import Month
from rasad.values.refused import Refused

_NEXT = Path(__file__).with_name("ahead.sql").read_text()
CHUNK = 5_000


@dataclass
class Ahead:
    """A month being made ahead. It may be left off and begun anew at any time: what is there stays as it is."""

    month: Month
    after: int = 0
    is_done: bool = False
    _dues: dict[KindOfCard, Sequence[Due]] = field(default_factory=dict)

    def step(self, *, at: datetime, most: int = CHUNK) -> int:
        """Make the accounts of the next cards; how many cards got some."""
        with transaction.atomic():
            last, holders = self._next(most)
            if not holders:
                self.is_done = True
                return 0
            kinds = {(category, members) for _, category, members in holders}
            made = open_month(
                holders, month=str(self.month), dues={kind: self._due(kind) for kind in kinds}, at=at
            )
        self.after = last
        return made

    def all(self, *, at: datetime, most: int = CHUNK) -> Iterator[int]:
        """Every step until the last card; how many cards each made."""
        while not self.is_done:
            yield self.step(at=at, most=most)

    def _next(self, most: int) -> tuple[int, list[Holder]]:
        told: dict[str, Any] = {"on": self.month.first_day, "after": self.after, "most": most}
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, told)
            rows = cursor.fetchall()
        return (rows[-1][0] if rows else self.after), [row[1:] for row in rows]

    def _due(self, kind: KindOfCard) -> Sequence[Due]:
        """What is due to a kind of card; nothing where the State gives it nothing."""
        if kind not in self._dues:
            category, members = kind
            try:
                lines = dues.lines_of(category, members=members, month=self.month, state=wiring.state_code())
            except Refused:
                lines = []
            self._dues[kind] = dues.as_dues(lines)
        return self._dues[kind]
