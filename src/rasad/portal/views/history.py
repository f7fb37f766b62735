"""How public distribution came about: the events of the Union's history, and the scale of issue as it rose."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rasad.policy.allocation import allocation
from rasad.policy.central import CentralScale, issue_prices, scales_of_issue
from rasad.policy.timeline import timeline
from rasad.policy.timeline_file import Event
from rasad.values.quantities import Paise, grams, paise
from rasad.web.charts import Bar, Part, bars
from rasad.web.language import active
from rasad.web.templatetags.rasad import day, kg, month

ANTYODAYA_AND_POOR = ("BPL", "AAY")
CATEGORIES = ("APL", "BPL", "AAY")


@dataclass(frozen=True)
class Shown:
    """An event as a reader sees it; `when` in words, as exactly as the document says it."""

    id: str
    name: str
    when: str
    programme: bool
    first_day: date | None
    document: str
    quotation: str


@dataclass(frozen=True)
class IssuePrice:
    """What a State pays the Centre for a kilogram, by category."""

    commodity: str
    by_category: tuple[Paise | None, ...]


@dataclass(frozen=True)
class Families:
    """How many families there were to be, in lakh, from a day on."""

    name: str
    lakh: str
    since: date
    quotation: str


def show(request: HttpRequest) -> HttpResponse:
    """The time line with its figures; open to everybody, read from the rules alone."""
    context = {
        "events": [_shown(event) for event in timeline()],
        "scale": _scale(),
        "prices": _prices(),
        "categories": CATEGORIES,
        "families": _families(),
    }
    return render(request, "portal/history.html", context)


def _shown(event: Event) -> Shown:
    return Shown(
        id=event.id,
        name=event.name.in_language(active()),
        when=_when(event),
        programme=event.programme is not None,
        first_day=event.first_day,
        document=event.source.file,
        quotation=event.source.quotation,
    )


def _when(event: Event) -> str:
    """The day, month or years of an event, no more exactly than the document tells."""
    first, last = event.first_day, event.last_day
    if first is None:
        return _("until %(day)s") % {"day": day(last)} if last else _("between the wars")
    match event.precision:
        case "day":
            return day(first)
        case "month":
            return month(first)
        case "financial_year":
            return f"{first.year}-{(first.year + 1) % 100:02d}"
        case "decade" if last:
            return f"{first.year}–{last.year}"
        case _:
            return str(first.year)


def _scale() -> SafeString:
    """Kilograms a month a family below the poverty line, and an Antyodaya family, could be allotted."""
    rows = [
        row
        for row in scales_of_issue()
        if row.applies.category in ANTYODAYA_AND_POOR and row.scheme == "TPDS"
    ]
    rows.sort(key=lambda row: (ANTYODAYA_AND_POOR.index(row.applies.category), row.first_day))
    # The heading names the unit; a column beside the text has no room for it at every bar.
    drawn = [Bar(_label(row), (Part(_tone(row), grams(row.value)),), f"{row.value}") for row in rows]
    said = "; ".join(f"{_label(row)}: {kg(grams(row.value))}" for row in rows)
    return bars(drawn, title=_("Kilograms a family a month"), description=said)


def _label(row: CentralScale) -> str:
    return _("%(category)s from %(month)s") % {
        "category": row.applies.category,
        "month": month(row.first_day),
    }


def _tone(row: CentralScale) -> str:
    return "good" if row.applies.category == "BPL" else "wait"


def _prices() -> list[IssuePrice]:
    told: dict[str, dict[str, Paise]] = {}
    for row in issue_prices():
        if row.last_day is None:
            told.setdefault(row.applies.commodity, {})[row.applies.category] = paise(row.value)
    names = {"rice": _("Rice"), "wheat": _("Wheat")}
    return [
        IssuePrice(names.get(commodity, commodity), tuple(by.get(one) for one in CATEGORIES))
        for commodity, by in told.items()
    ]


def _families() -> list[Families]:
    rows = sorted(allocation().families, key=lambda row: row.first_day)
    return [
        Families(
            row.name.in_language(active()), f"{row.value.normalize():f}", row.first_day, row.source.quotation
        )
        for row in rows
    ]
