"""All of a family that one page shows, whoever reads it."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from rasad.accounts.models import User
from rasad.counter.models import Sale
from rasad.families import panels
from rasad.families.queries import looks as looking
from rasad.families.queries import sales as taking
from rasad.families.queries.month import MonthDue, month_due
from rasad.families.queries.record import Event, Record, history, record
from rasad.registry.models import Card
from rasad.values.month import Month

SALES_A_PAGE = 10
LOOKS_SHOWN = 30


@dataclass(frozen=True)
class FamilyPage:
    """A family on one screen. `due` is None where the card had no category or no member on that day."""

    record: Record
    due: MonthDue | None
    sales: list[taking.SaleShown]
    page: Page[Sale]
    away: list[taking.Away]
    panels: list[panels.Panel]
    looks: list[looking.Look]
    history: list[Event]


def family_page(card: Card, *, on: date, reader: User | None, page: str | None = None) -> FamilyPage:
    """What is shown of a card as of a day; `reader` is None for the family itself."""
    told = record(card, on=on)
    shown = Paginator(taking.sales_of(card.number), SALES_A_PAGE).get_page(page)
    due = None
    if told.category and told.members:
        due = month_due(card.number, category=told.category, members=len(told.members), month=Month.of(on))
    return FamilyPage(
        record=told, due=due, sales=taking.shown(shown.object_list), page=shown, away=taking.away(card.number),
        panels=panels.panels(card, reader), looks=looking.looks(card.look_ups.order_by("-at")[:LOOKS_SHOWN]),
        history=history(card),
    )  # fmt: skip
