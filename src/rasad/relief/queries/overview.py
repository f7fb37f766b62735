"""How many, where they are stuck: the figures of the first page, by source, district, day and state."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from rasad.relief.life import LAST_STATE
from rasad.relief.models import Review, Run, SourceRow, Token

WAITING = Token.State.AWAITING_SHOP
# Printed and handed over, or drawn on already.
IN_HAND = (Token.State.DELIVERED, Token.State.IN_USE)
ON_THE_WAY = (Token.State.SHOP_ASSIGNED, Token.State.PUBLISHED)


@dataclass
class DistrictFigures:
    """The tokens of one district, how many of them have no shop, and the rows that led to none."""

    tokens: int = 0
    people: int = 0
    without_shop: int = 0
    in_hand: int = 0
    refused: int = 0
    waiting: int = 0


@dataclass
class Figures:
    """Tokens issued up to a day; states are as they stand now."""

    tokens: int = 0
    people: int = 0
    by_source: Counter[str] = field(default_factory=Counter)
    by_state: Counter[str] = field(default_factory=Counter)
    without_shop: Counter[str] = field(default_factory=Counter)
    by_district: defaultdict[str, DistrictFigures] = field(
        default_factory=lambda: defaultdict(DistrictFigures)
    )
    by_day: dict[date, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """Tokens without a shop."""
        return self.by_state[WAITING]

    @property
    def in_hand(self) -> int:
        """Tokens handed over."""
        return sum(self.by_state[state] for state in IN_HAND)

    @property
    def on_the_way(self) -> int:
        """Tokens with a shop that are not yet handed over."""
        return sum(self.by_state[state] for state in ON_THE_WAY)


@dataclass(frozen=True)
class Ended:
    """How many rows ended with an outcome for a reason, and the day the oldest of them was received."""

    outcome: str
    reason: str
    rows: int
    oldest: date | None


@dataclass
class Outcomes:
    """What became of every row received up to a day; rows in = token + linked + refused + in review."""

    rows: int = 0
    by_outcome: Counter[str] = field(default_factory=Counter)
    by_source: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refused: list[Ended] = field(default_factory=list)
    waiting: list[Ended] = field(default_factory=list)


def figures(tokens: QuerySet[Token], *, until: date) -> Figures:
    """The figures of these tokens as far as they were issued up to and including a day."""
    issued = tokens.filter(issued_on__lte=until).order_by()
    found = Figures()
    for source, district, state, shop_reason, count, people in _grouped(issued):
        found.tokens += count
        found.people += people
        found.by_source[source] += count
        found.by_state[state] += count
        mine = found.by_district[district]
        mine.tokens += count
        mine.people += people
        mine.in_hand += count if state in IN_HAND else 0
        if state == WAITING:
            mine.without_shop += count
            found.without_shop[shop_reason] += count
    found.by_day = dict(issued.values_list("issued_on").annotate(count=Count("*")).order_by("issued_on"))
    return found


def _grouped(issued: QuerySet[Token]) -> list[tuple[Any, ...]]:
    def by(state: str) -> list[tuple[Any, ...]]:
        # COUNT(*), not of a column: the index alone then has the answer.
        grouped = issued.annotate(stood=LAST_STATE).values_list(
            "source", "district_code", state, "shop_reason"
        )
        return list(grouped.annotate(tokens=Count("*"), people=Sum("member_count")))

    told = by("state")
    # After the end of a scheme, where its tokens stood when it came; that is not in the index.
    return by("stood") if any(state == Token.State.EXPIRED for _, _, state, *_ in told) else told


def outcomes(rows: QuerySet[SourceRow], found: Figures, *, until: date) -> Outcomes:
    """What became of these rows, largest reasons first; adds refused and waiting rows to the districts.

    A row without a readable day of receipt counts as received.
    """
    received = rows.filter(Q(received_on__lte=until) | Q(received_on=None)).order_by()
    told = Outcomes()
    reasons: dict[tuple[str, str], Ended] = {}
    grouped = received.values_list("source", "district_code", "outcome", "reason").annotate(
        rows=Count("*"), oldest=Min("received_on")
    )
    for source, district, outcome, reason, count, oldest in grouped:
        told.rows += count
        told.by_outcome[outcome] += count
        told.by_source[source][outcome] += count
        if outcome == SourceRow.Outcome.REFUSED:
            found.by_district[district].refused += count
        elif outcome == SourceRow.Outcome.IN_REVIEW:
            found.by_district[district].waiting += count
        before = reasons.get((outcome, reason))
        days = [day for day in (oldest, before and before.oldest) if day]
        reasons[outcome, reason] = Ended(
            outcome, reason, count + (before.rows if before else 0), min(days) if days else None
        )
    told.refused = _largest(reasons.values(), SourceRow.Outcome.REFUSED)
    told.waiting = _largest(reasons.values(), SourceRow.Outcome.IN_REVIEW)
    return told


def open_reviews(reviews: QuerySet[Review], *, scheme: str, until: date) -> int:
    """Questions nobody has answered yet."""
    asked = list(reviews.filter(state=Review.State.OPEN).values_list("token_id", flat=True))
    # In two steps: joined, PostgreSQL reads every token there is to find these few.
    mine = Token.objects.filter(pk__in=set(asked), scheme=scheme, issued_on__lte=until)
    issued = set(mine.values_list("pk", flat=True))
    return sum(token in issued for token in asked)


def schemes() -> list[str]:
    """Every scheme there was a run for, the latest run's first. Which schemes there are is no secret."""
    return list(dict.fromkeys(Run.objects.order_by("-started_at").values_list("scheme", flat=True)))


def _largest(reasons: Iterable[Ended], outcome: str) -> list[Ended]:
    return sorted((one for one in reasons if one.outcome == outcome), key=lambda one: (-one.rows, one.reason))
