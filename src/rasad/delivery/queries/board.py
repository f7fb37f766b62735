"""The live board of headquarters: tokens by source, district and where they are; how long families waited."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from rasad.delivery.models import Step
from rasad.relief.models import Token
from rasad.relief.queries.names import names

_DAYS = """
SELECT hand, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY days)
FROM (
    SELECT s.hand, (s.at AT TIME ZONE 'Asia/Kolkata')::date - r.received_on AS days
    FROM delivery_step s
    JOIN relief_token t ON t.id = s.token_id AND t.scheme = %(scheme)s
    JOIN relief_sourcerow r ON r.token_id = t.id AND r.outcome = 'token' AND r.received_on IS NOT NULL
    WHERE s.kind = 'handed_over'
) told
GROUP BY hand ORDER BY count(*) DESC
"""


@dataclass(frozen=True)
class Waited:
    """How long families waited from their request to the token in hand, by the hand that brought it."""

    hand: str
    tokens: int
    median_days: int
    nine_in_ten_days: int


@dataclass
class DistrictOnBoard:
    """One district: tokens, without a shop, on their way, in hand."""

    name: str
    tokens: int = 0
    without_shop: int = 0
    on_the_way: int = 0
    in_hand: int = 0


@dataclass
class Board:
    """All of it, as of a day."""

    tokens: int = 0
    by_source: Counter[str] = field(default_factory=Counter)
    by_state: Counter[str] = field(default_factory=Counter)
    districts: dict[str, DistrictOnBoard] = field(default_factory=dict)
    waited: list[Waited] = field(default_factory=list)
    handed_over: int = 0
    by_day: dict[date, int] = field(default_factory=dict)


def board(tokens: QuerySet[Token], *, scheme: str, until: date) -> Board:
    """The figures of a scheme for tokens issued up to a day; where they stand is as of now."""
    made = Board()
    counted = (
        tokens.filter(scheme=scheme, issued_on__lte=until)
        .order_by()
        .values_list("district_code", "source", "state", "state_before_end")
        .annotate(count=Count("pk"))
    )
    for district, source, now, before_end, count in counted:
        state = before_end if now == Token.State.EXPIRED and before_end else now
        made.tokens += count
        made.by_source[source] += count
        made.by_state[state] += count
        one = made.districts.setdefault(district, DistrictOnBoard(district))
        one.tokens += count
        one.without_shop += count if state == Token.State.AWAITING_SHOP else 0
        one.on_the_way += count if state in (Token.State.SHOP_ASSIGNED, Token.State.PUBLISHED) else 0
        one.in_hand += count if state in (Token.State.DELIVERED, Token.State.IN_USE) else 0
    named = names(districts=made.districts)
    for code, one in made.districts.items():
        one.name = named.district(code)
    done = Step.objects.filter(Q(kind=Step.Kind.HANDED_OVER), token__scheme=scheme)
    made.handed_over = done.count()
    made.by_day = dict(
        done.annotate(day=TruncDate(F("at"))).order_by("day").values_list("day").annotate(count=Count("pk"))
    )
    made.waited = _waited(scheme)
    return made


def _waited(scheme: str) -> list[Waited]:
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"scheme": scheme})
        return [Waited(*row) for row in cursor.fetchall()]
