"""A relief scheme made on the screens from the form of one that is known: months, category, sources, conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import ValidationError

from rasad.policy import relief as policy
from rasad.policy.scheme import Scheme
from rasad.values.month import Month
from rasad.values.refused import Refused

TEMPLATE = "drt_2020"


@dataclass(frozen=True)
class Draft:
    """What an officer says of a new scheme; the rest is as in the template."""

    code: str
    title: Mapping[str, str]
    first_day: date
    last_day: date
    inherits: str
    bars: Sequence[str]
    sources: Sequence[str]
    order: str
    words: str
    carry_back: bool = False


def scheme_of(draft: Draft, template: Scheme | None = None) -> Scheme:
    """The whole scheme. Raises Refused `scheme_not_sound` with what is wrong."""
    like = template or policy.scheme(TEMPLATE)
    told: dict[str, Any] = like.model_dump(mode="json", by_alias=True)
    source = {"file": f"{draft.order}.txt", "quotation": draft.words}
    rule = {"basis": "stated", "source": source, "ambiguity": {}}
    told |= {
        "code": draft.code,
        "title": dict(draft.title),
        "validity": {
            "months": [str(month) for month in months_between(draft.first_day, draft.last_day)],
            "from": draft.first_day.isoformat(), "to": draft.last_day.isoformat(),
            "carry_back": draft.carry_back, **rule,
        },
        "inherits": {"category": draft.inherits, **rule},
        "refuses_cards_of": {"categories": list(draft.bars), **rule},
        "sources": [one for one in told["sources"] if one["code"] in draft.sources],
        "statistics": [],
    }  # fmt: skip
    try:
        return Scheme.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refused("scheme_not_sound", where=where or "scheme", what=first["msg"]) from None


def months_between(first: date, last: date) -> list[Month]:
    """The months from one day to another."""
    found, month = [], Month.of(first)
    while month.first_day <= last:
        found.append(month)
        month = month.next
    return found


def folder_of(code: str) -> Path:
    """Where the lists of a scheme and what its runs make lie; readable to this installation only."""
    folder = Path(settings.HOME) / "emergencies" / code
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
