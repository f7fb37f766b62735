"""Where families wait, and whose act ends the waiting: the part of the first page that asks for something."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rasad.relief import reasons
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.queries.overview import Figures, Outcomes

MayDo = Callable[[str], bool]


@dataclass(frozen=True)
class Part:
    """One reason within a heap, how many wait for it, and the list of them."""

    words: str
    count: int
    href: str


@dataclass(frozen=True)
class Heap:
    """Families who wait for one kind of act: how many, since when, whose act, what it is, and the list."""

    count: int
    what: str
    act: str
    whose: str
    is_mine: bool
    href: str
    oldest: date | None = None
    parts: list[Part] = field(default_factory=list)


def heaps(
    figures: Figures, outcomes: Outcomes, questions: int, *, may: MayDo, kept: dict[str, str]
) -> list[Heap]:
    """Every heap that is not empty: the reader's own first, then those who get no food before those who do.

    `kept` goes into every link.
    """
    found = [
        _without_shop(figures, may, kept),
        *_waiting(outcomes, may, kept),
        _on_the_way(figures, may, kept),
        _questions(questions, may, kept),
    ]
    return sorted((one for one in found if one.count), key=lambda one: not one.is_mine)


def _to(name: str, kept: dict[str, str], **more: str) -> str:
    return f"{reverse(name)}?{urlencode({**kept, **more})}"


def _without_shop(figures: Figures, may: MayDo, kept: dict[str, str]) -> Heap:
    waiting = Token.State.AWAITING_SHOP
    return Heap(
        figures.waiting,
        _("Tokens without a shop"),
        _("A shop has to be chosen; until then the family cannot draw its ration."),
        str(reasons.DFSC),
        may("assign_shops"),
        _to("relief:tokens", kept, state=waiting),
        parts=[
            Part(reasons.shop_reason(code), count, _to("relief:tokens", kept, state=waiting, reason=code))
            for code, count in figures.without_shop.most_common()
        ],
    )


def _waiting(outcomes: Outcomes, may: MayDo, kept: dict[str, str]) -> list[Heap]:
    return [
        Heap(
            one.rows,
            reasons.name(one.reason),
            _("Ask for it: the next run then issues the token."),
            str(reasons.waits_for(one.reason)),
            may("forward_requests") and one.reason in reasons.CONDITIONS,
            _to("relief:rows", kept, outcome=SourceRow.Outcome.IN_REVIEW, reason=one.reason),
            one.oldest,
        )
        for one in outcomes.waiting
    ]


def _on_the_way(figures: Figures, may: MayDo, kept: dict[str, str]) -> Heap:
    return Heap(
        figures.on_the_way,
        _("Tokens not yet handed over"),
        _("Print them and hand them to the committees, or send them to the families."),
        _("District Food and Supplies Controller, committees"),
        may("print_tokens") or may("hand_over_tokens"),
        _to("relief:tokens", kept, state="on_the_way"),
    )


def _questions(questions: int, may: MayDo, kept: dict[str, str]) -> Heap:
    return Heap(
        questions,
        _("Perhaps already on a free-ration card"),
        _("The family is to be compared with the card. Its token is good until somebody decides."),
        str(reasons.DFSC),
        may("decide_reviews"),
        _to("relief:reviews", kept, state=Review.State.OPEN),
    )
