"""What the desks have done and what is left: by district, and by officer."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from rasad.desk.models import Appeal, ShopChoice
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.queries.names import names
from rasad.relief.waiting import is_forwarded, is_waiting_for_forward


@dataclass
class OfDistrict:
    """One district's desk: what waits, and what was done there."""

    code: str
    name: str = ""
    without_shop: int = 0
    reviews: int = 0
    appeals: int = 0
    to_confirm: int = 0
    to_forward: int = 0
    forwarded: int = 0
    shops_chosen: int = 0
    decided: int = 0

    @property
    def waits(self) -> int:
        """Everything that waits for an act of the district."""
        return self.without_shop + self.reviews + self.appeals + self.to_confirm + self.to_forward


@dataclass
class OfOfficer:
    """What one officer did, and when last."""

    by: str
    shops_chosen: int = 0
    decided: int = 0
    confirmed: int = 0
    last: datetime | None = None


def by_district(
    *,
    tokens: QuerySet[Token],
    reviews: QuerySet[Review],
    appeals: QuerySet[Appeal],
    rows: QuerySet[SourceRow],
    choices: QuerySet[ShopChoice],
) -> list[OfDistrict]:
    """Each district with anything waiting or done, the most waiting first; one query a kind."""
    found: defaultdict[str, OfDistrict] = defaultdict(lambda: OfDistrict(""))

    def add(name: str, counts: Mapping[str, int]) -> None:
        for code, count in counts.items():
            found[code].code = code
            setattr(found[code], name, count)

    add("without_shop", _counts(tokens.filter(state=Token.State.AWAITING_SHOP)))
    add("reviews", _counts(reviews.filter(state=Review.State.OPEN)))
    add("appeals", _counts(appeals.filter(state=Appeal.State.OPEN)))
    proposed = _counts(reviews.filter(state=Review.State.SAME_PROPOSED))
    for code, count in _counts(appeals.filter(state=Appeal.State.GRANT_PROPOSED)).items():
        proposed[code] = proposed.get(code, 0) + count
    add("to_confirm", proposed)
    waiting = rows.filter(is_waiting_for_forward())
    add("to_forward", _counts(waiting.filter(forwarded_at=None)))
    add("forwarded", _counts(rows.filter(is_forwarded())))
    add("shops_chosen", _counts(choices.exclude(kind="taken_back"), "token__district_code"))
    decided = _counts(reviews.exclude(state=Review.State.OPEN))
    for code, count in _counts(appeals.exclude(state=Appeal.State.OPEN)).items():
        decided[code] = decided.get(code, 0) + count
    add("decided", decided)
    named = names(districts=found)
    for one in found.values():
        one.name = named.district(one.code)
    return sorted(found.values(), key=lambda one: (-one.waits, one.name))


def by_officer(
    *, reviews: QuerySet[Review], appeals: QuerySet[Appeal], choices: QuerySet[ShopChoice]
) -> list[OfOfficer]:
    """Each officer who acted, the latest first."""
    found: dict[str, OfOfficer] = {}

    def note(by: str, name: str, count: int, last: datetime | None) -> None:
        one = found.setdefault(by, OfOfficer(by))
        setattr(one, name, getattr(one, name) + count)
        one.last = max((moment for moment in (one.last, last) if moment), default=None)

    chosen = choices.exclude(kind="taken_back").order_by().values_list("by")
    for by, count, last in chosen.annotate(count=Count("pk"), last=Max("at")):
        note(by, "shops_chosen", count, last)
    for asked in (reviews, appeals):
        for name, who, when in (
            ("decided", "decided_by", "decided_at"),
            ("confirmed", "confirmed_by", "confirmed_at"),
        ):
            acted = asked.exclude(**{who: ""}).order_by().values_list(who)
            for by, count, last in acted.annotate(count=Count("pk"), last=Max(when)):
                note(by, name, count, last)
    return sorted(found.values(), key=lambda one: (one.last is None, one.last), reverse=True)


def oldest(rows: QuerySet[SourceRow]) -> object:
    """Since when the oldest row waits to be passed on."""
    return rows.filter(is_waiting_for_forward(), forwarded_at=None).aggregate(at=Min("received_on"))["at"]


def _counts(rows: QuerySet[Any], by: str = "district_code") -> dict[str, int]:
    counted = rows.filter(~Q(**{by: ""})).order_by().values_list(by)
    return dict(counted.annotate(count=Count("pk")))
