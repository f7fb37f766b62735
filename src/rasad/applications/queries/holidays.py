"""Holidays as pages and slips tell them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from rasad.applications.models import Application, Holiday
from rasad.web.language import in_language as named_in
from rasad.web.templatetags.rasad import day


def years(holidays: QuerySet[Holiday], *, on: date) -> list[tuple[int, int]]:
    """The years with holidays, this one and the next, and how many each has."""
    counted = dict(
        holidays.order_by().annotate(year=ExtractYear("on")).values_list("year").annotate(number=Count("pk"))
    )
    return sorted((year, counted.get(year, 0)) for year in {*counted, on.year, on.year + 1})


def of_year(holidays: QuerySet[Holiday], year: int) -> list[tuple[Holiday, str]]:
    """The holidays of a year in their order, each as it is called in the language of the page."""
    return [(one, named_in(one.name, one.name_hi)) for one in holidays.filter(on__year=year).order_by("on")]


def told(application: Application) -> str:
    """What the slip says of the holidays on the way to the last day; nothing where there are none."""
    kept: Sequence[Mapping[str, object]] = application.holidays
    if not kept:
        return ""
    names = "; ".join(
        f"{day(date.fromisoformat(str(one['on'])))}, {named_in(str(one['name']), str(one['name_hi']))}"
        for one in kept
    )
    if kept[0]["counted"]:
        return _(
            "The offices are closed on: %(days)s. By the charter these days count; they move nothing."
        ) % {"days": names}
    return _("Not counted, because the offices are closed: %(days)s.") % {"days": names}
