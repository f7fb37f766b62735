"""The live board: tokens by source, district and where they are, as of a day; how long families waited."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rasad.accounts import access
from rasad.delivery.models import Hand, Step
from rasad.delivery.queries.board import board
from rasad.relief import schemes
from rasad.relief.models import Token
from rasad.relief.queries import overview
from rasad.values.month import Month
from rasad.wiring import now


@dataclass(frozen=True)
class Bar:
    """A count in words, and its share of the largest, for a bar."""

    words: str
    count: int
    share: float


@access.needs("see_deliveries")
def show(request: HttpRequest) -> HttpResponse:
    """The board of one scheme; asked for again every half minute by itself."""
    codes = overview.schemes()
    if not codes:
        return render(request, "relief/no_run.html")
    code = request.GET.get("scheme", "")
    code = code if code in codes else codes[0]
    until = _day(request.GET.get("until", "")) or now().date()
    tokens, steps = access.all_for(request.user, Token), access.all_for(request.user, Step)
    made = board(tokens, steps, scheme=code, until=until)
    titles = schemes.source_titles(code)
    labels = dict(Token.State.choices)
    hands = dict(Hand.choices)
    context = {
        "board": made,
        "until": until,
        "scheme": code,
        "title": schemes.title(code),
        "schemes": [(one, schemes.title(one)) for one in codes],
        "sources": _bars([(titles.get(one, one), count) for one, count in made.by_source.most_common()]),
        "states": _bars([(str(labels[one]), made.by_state[one]) for one in labels if made.by_state[one]]),
        "districts": sorted(made.districts.values(), key=lambda one: -one.tokens),
        "waited": [(hands.get(one.hand, one.hand), one) for one in made.waited],
    }
    template = (
        "delivery/figures.html" if request.headers.get("HX-Request") == "true" else "delivery/board.html"
    )
    return render(request, template, context)


def _bars(counted: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _, count in counted), default=1) or 1
    return [Bar(words, count, round(100 * count / most, 1)) for words, count in counted]


def _day(text: str) -> date | None:
    """The day that is written there; nothing for one that is none, or that no month of ours holds."""
    try:
        day = date.fromisoformat(text)
        Month.of(day)
    except ValueError:
        return None
    return day
