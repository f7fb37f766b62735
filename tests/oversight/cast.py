"""A case led from the suspicion to wherever a story needs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rasad import wiring
from rasad.accounts.models import User
from rasad.oversight.actions import cases, orders
from rasad.oversight.actions.cases import About, Answer, Said
from rasad.oversight.models import Case
from rasad.registry.models import Card
from tests.counter import cast

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=wiring.INDIA)
RULE = "Haryana list of 2013, rural exclusion"


@dataclass(frozen=True)
class Officers:
    """Meena and Sunil open and hear, Kavita and Imran confirm."""

    meena: User
    kavita: User
    imran: User
    sunil: User


def after(days: int, of: datetime = NOON) -> datetime:
    """So many days later."""
    return of + timedelta(days=days)


def opened(by: User, *, number: str = cast.CARD, at: datetime = NOON, **about: Any) -> Case:
    """A case about a card."""
    told = {"ground": "bogus", "words": "Nobody of this name is known there", **about}
    return cases.open_case(
        about=About(Card.objects.get(number=number), **told),
        evidence=[Said("Municipal register", "No such house", NOON.date())], by=by, at=at,
    )  # fmt: skip


def noticed(by: User, *, at: datetime = NOON, **about: Any) -> Case:
    """A case whose notice is served."""
    case = cases.write_notice(case=opened(by, at=at, **about), by=by, at=at)
    return cases.serve_notice(case=case, on=at.date(), how="hand", by=by, at=at)


def answered(by: User, *, at: datetime = NOON, wants_hearing: bool = False, **about: Any) -> Case:
    """A case whose family has answered."""
    said = Answer("Asha Devi", "We live there", "electricity bill", wants_hearing)
    return cases.record_answer(case=noticed(by, at=at, **about), answer=said, by=by, at=after(2, at))


def proposed(officers: Officers, *, at: datetime = NOON, **about: Any) -> Case:
    """A removal proposed by Meena after the days to answer went by."""
    case = noticed(officers.meena, at=at, **about)
    case = cases.note_no_answer(case=case, by=officers.meena, at=after(16, at))
    return cases.propose_removal(
        case=case, why="Nobody lives there", rule=RULE, by=officers.meena, at=after(16, at)
    )


def ordered(officers: Officers, *, at: datetime = NOON, **about: Any) -> Case:
    """An order of Imran's."""
    return orders.order_removal(case=proposed(officers, at=at, **about), by=officers.imran, at=after(17, at))
