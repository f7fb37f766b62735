"""The live board of headquarters: tokens by source, district and where they are; how long families waited."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from rasad.delivery.models import Step
from rasad.relief.life import LAST_STATE
from rasad.relief.models import Token
from rasad.relief.queries.names import names
from rasad.relief.queries.overview import IN_HAND, ON_THE_WAY
from rasad.wiring import INDIA


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


def board(tokens: QuerySet[Token], steps: QuerySet[Step], *, scheme: str, until: date) -> Board:
    """The figures of a scheme for tokens issued and hand-overs made up to a day; states are as they stand now."""
    made = Board()
    for district, source, state, count in _grouped(
        tokens.filter(scheme=scheme, issued_on__lte=until).order_by()
    ):
        made.tokens += count
        made.by_source[source] += count
        made.by_state[state] += count
        one = made.districts.setdefault(district, DistrictOnBoard(district))
        one.tokens += count
        one.without_shop += count if state == Token.State.AWAITING_SHOP else 0
        one.on_the_way += count if state in ON_THE_WAY else 0
        one.in_hand += count if state in IN_HAND else 0
    named = names(districts=made.districts)
    for code, one in made.districts.items():
        one.name = named.district(code)
    _hand_overs(made, steps, scheme=scheme, until=until)
    return made


def _grouped(issued: QuerySet[Token]) -> list[tuple[str, str, str, int]]:
    def by(state: str) -> list[tuple[str, str, str, int]]:
        # COUNT(*), not of a column: the index alone then has the answer.
        told = issued.annotate(stood=LAST_STATE).values_list("district_code", "source", state)
        return list(told.annotate(count=Count("*")))

    told = by("state")
    return by("stood") if any(state == Token.State.EXPIRED for _, _, state, _ in told) else told


def _hand_overs(made: Board, steps: QuerySet[Step], *, scheme: str, until: date) -> None:
    """By day and by hand, in one reading: one group for every hand, day and number of days waited."""
    end = datetime.combine(until + timedelta(days=1), time.min, INDIA)
    done = steps.filter(kind=Step.Kind.HANDED_OVER, scheme=scheme, at__lt=end).order_by()
    waited: defaultdict[str, Counter[int]] = defaultdict(Counter)
    days: Counter[date] = Counter()
    for hand, waiting, day, count in (
        done.annotate(day=TruncDate("at", tzinfo=INDIA))
        .values_list("hand", "waited_days", "day")
        .annotate(count=Count("*"))
    ):
        days[day] += count
        if waiting is not None:
            waited[hand][waiting] += count
    made.handed_over = days.total()
    made.by_day = dict(sorted(days.items()))
    made.waited = sorted((_waited(*one) for one in waited.items()), key=lambda one: -one.tokens)


def _waited(hand: str, days: Counter[int]) -> Waited:
    return Waited(hand, days.total(), _within(days, 0.5), _within(days, 0.9))


def _within(days: Counter[int], share: float) -> int:
    """The number of days within which this share of the families had their token."""
    reached, wanted = 0, share * days.total()
    for day in sorted(days):
        reached += days[day]
        if reached >= wanted:
            return day
    raise ValueError("nobody waited")
