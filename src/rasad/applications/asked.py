"""What is asked for, as it comes from a form, a file or the web, before it has a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rasad.applications.sealing import Sheet
from rasad.registry.models import Card, Place


@dataclass(frozen=True)
class Someone:
    """A person to be put on a card. `number`: an Aadhaar number, on its way to the vault and nowhere else."""

    name: str
    guardian_name: str = ""
    relation: str = ""
    sex: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    mobile: str = ""
    number: str = field(default="", repr=False)
    is_head: bool = False
    why: str = ""

    def age(self, on: date) -> int | None:
        """Whole years on a day; None where nothing is known of the birth."""
        if self.born_on:
            return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))
        return on.year - self.birth_year if self.birth_year else None


@dataclass(frozen=True)
class Leaving:
    """A line of the card whose person is to leave it, and why."""

    line: int
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """One thing asked for. `wants` holds what the service asks beyond: certificate, correction, head, reason."""

    service: str
    applicant: str
    district: str
    mobile: str = ""
    language: str = "hi"
    card: Card | None = None
    place: Place | None = None
    address: str = ""
    shop: str = ""
    people: Sequence[Someone] = ()
    leaving: Sequence[Leaving] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    wants: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[Sheet] = ()
    needs_visit: bool = False
    promised_on: date | None = None


@dataclass(frozen=True)
class Taken:
    """How it came: by which way, who wrote it down, who helped, at which office or address."""

    channel: str
    by: str
    made_at: str
    assisted_by: str = ""
