"""The figures of the first page as bars and columns."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rasad.policy.scheme import Scheme
from rasad.relief import reasons
from rasad.relief.queries.overview import DistrictFigures, Figures, Outcomes
from rasad.web import charts
from rasad.web.templatetags.rasad import day, indian

# The pieces of a source's bar from left to right: what became of its rows.
PIECES = (("token", "good"), ("linked", "plain"), ("in_review", "wait"), ("refused", "bad"))


@dataclass(frozen=True)
class Line:
    """A line of a table of bars: its name, how many, the share of the longest, and where it leads."""

    words: str
    count: int
    share: int
    href: str
    told: str = ""


@dataclass(frozen=True)
class DistrictLine:
    """A district with its figures; the shares of its bar are per cent of the largest district."""

    code: str
    name: str
    told: DistrictFigures
    with_shop: int
    without_shop: int


def sources(figures: Figures, titles: dict[str, str], kept: dict[str, str]) -> list[Line]:
    """Tokens by source. One that led to no token is shown with none: that is news too."""
    counts = {**dict.fromkeys(titles, 0), **figures.by_source}
    most = max(counts.values(), default=0)
    link = reverse("relief:tokens")
    return [
        Line(
            titles.get(code, code),
            count,
            _share(count, most),
            f"{link}?{urlencode({**kept, 'source': code})}",
        )
        for code, count in sorted(counts.items(), key=lambda one: -one[1])
    ]


def refused(outcomes: Outcomes, scheme: Scheme | None, kept: dict[str, str]) -> list[Line]:
    """Refusals by reason, each with its sentence."""
    most = max((one.rows for one in outcomes.refused), default=0)
    lines = []
    for one in outcomes.refused:
        asked = {**kept, "outcome": "refused", "reason": one.reason}
        href = f"{reverse('relief:rows')}?{urlencode(asked)}"
        sentence = reasons.sentence(one.reason, scheme)
        lines.append(Line(reasons.name(one.reason), one.rows, _share(one.rows, most), href, sentence))
    return lines


def districts(figures: Figures, names: dict[str, str]) -> list[DistrictLine]:
    """Every district with a row, the most tokens without a shop first."""
    told = [(code, name, figures.by_district.get(code, DistrictFigures())) for code, name in names.items()]
    if "" in figures.by_district:
        told.append(("", _("District not known"), figures.by_district[""]))
    active = [one for one in told if one[2].tokens or one[2].refused or one[2].waiting]
    most = max((one.tokens for _code, _name, one in active), default=0)
    return [
        DistrictLine(
            code,
            name,
            one,
            _share(one.tokens - one.without_shop, most),
            _share(one.without_shop, most),
        )
        for code, name, one in sorted(active, key=lambda one: (-one[2].without_shop, -one[2].tokens, one[1]))
    ]


def days(figures: Figures) -> str:
    """A column for each day of issue; nothing when there is only one."""
    if len(figures.by_day) < 2:
        return ""
    most = max(figures.by_day, key=lambda one: figures.by_day[one])
    said = _("From %(first)s to %(last)s; most on %(day)s: %(count)s.") % {
        "first": day(min(figures.by_day)),
        "last": day(max(figures.by_day)),
        "day": day(most),
        "count": ngettext("%(count)s token", "%(count)s tokens", figures.by_day[most])
        % {"count": indian(figures.by_day[most])},
    }
    return charts.days(figures.by_day, title=_("Tokens by day of issue"), description=said)


def account(outcomes: Outcomes, titles: dict[str, str]) -> str:
    """What became of every source's rows, a bar a source."""
    counted = sorted(outcomes.by_source.items(), key=lambda one: -one[1].total())
    bars = [
        charts.Bar(
            titles.get(code, code),
            [charts.Part(tone, counts[outcome]) for outcome, tone in PIECES],
            indian(counts.total()),
        )
        for code, counts in counted
    ]
    if not bars:
        return ""
    said = "; ".join(f"{titles.get(code, code)} {indian(counts.total())}" for code, counts in counted)
    return charts.bars(bars, title=_("What became of the rows of each source"), description=said)


def _share(count: int, most: int) -> int:
    """Per cent of the longest bar, at least one for anything there is."""
    return max(round(count * 100 / most), 1) if count and most else 0
