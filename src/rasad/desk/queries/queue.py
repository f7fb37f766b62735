"""The DFSC's queue: tokens without a shop, by the place they come from and why the run found none."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet

from rasad.relief import reasons
from rasad.relief.models import Token
from rasad.relief.queries.names import Names, names

WAITING = Token.State.AWAITING_SHOP


@dataclass(frozen=True)
class Heap:
    """Tokens of one place that wait for one reason."""

    district: str
    district_name: str
    place_code: str
    place: str
    reason: str
    why: str
    what_to_do: str
    tokens: int
    oldest: date | None


def waiting(tokens: QuerySet[Token]) -> QuerySet[Token]:
    """Those of these tokens that have no shop."""
    return tokens.filter(state=WAITING)


def grouped(tokens: QuerySet[Token]) -> QuerySet[Token, Any]:
    """The waiting tokens by district, place as known or written, and reason; the largest heap first."""
    return (
        waiting(tokens)
        .order_by()
        .values("district_code", "place_code", "place_name", "shop_reason")
        .annotate(tokens=Count("pk"), oldest=Min("issued_on"))
        .order_by("-tokens", "district_code", "place_code", "place_name", "shop_reason")
    )


def heaps(rows: list[dict[str, object]]) -> list[Heap]:
    """These groups in words."""
    found = names(
        districts=[str(row["district_code"]) for row in rows], places=[str(row["place_code"]) for row in rows]
    )
    return [_heap(row, found) for row in rows]


def _heap(row: dict[str, object], found: Names) -> Heap:
    code, reason = str(row["place_code"]), str(row["shop_reason"])
    written = str(row["place_name"]) or code
    oldest = row["oldest"]
    return Heap(
        district=str(row["district_code"]),
        district_name=found.district(str(row["district_code"])),
        place_code=code,
        place=found.place(code) if found.knows_place(code) else written,
        reason=reason,
        why=reasons.shop_reason(reason),
        what_to_do=str(reasons.WITHOUT_SHOP.get(reason, "")),
        tokens=int(str(row["tokens"])),
        oldest=oldest if isinstance(oldest, date) else None,
    )
