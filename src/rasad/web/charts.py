"""Charts as SVG, drawn on the server: no script, legible on a phone and on paper, told in words as well.

Each chart is drawn twice, for a wide and a narrow screen; the stylesheet shows one. Colours are the design
tokens of rasad.css by name, so that a chart follows the page it stands on.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

import altair as alt
import vl_convert
from babel import Locale
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from rasad.web import fonts

# Width in pixels of the drawing as a whole.
WIDE, NARROW = 560, 320
# The page's own font may be a little wider than the one names are measured by; numbers stand past the bars.
PADDING = {"left": 14, "top": 5, "right": 5, "bottom": 5}
PAST_THE_BARS = 62
# Names may take this share of it before they are cut.
NAMES = 0.42
BAR_HEIGHT = 22
COLOURS = {"good": "var(--leaf)", "wait": "var(--grain)", "bad": "var(--clay)", "plain": "var(--line-strong)"}
# Lakhs and crores on the axis: 12,34,567.
NUMBERS = {"decimal": ".", "thousands": ",", "grouping": [3, 2, 2, 2, 2, 2], "currency": ["₹", ""]}
CONFIG = {
    "background": None,
    # What the room for a name is measured by; the page then writes it in its own fonts.
    "font": "Noto Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink-soft)",
        "labelFontSize": 13,
        "gridColor": "var(--line)",
        "domainColor": "var(--line-strong)",
        "tickColor": "var(--line-strong)",
        "title": None,
    },
    # The words round the drawing tell more than Vega's own roles on every stroke.
    "aria": False,
}


@dataclass(frozen=True)
class Part:
    """One piece of a bar: how many, and the tone that colours it (good, wait, bad, plain)."""

    tone: str
    value: int


@dataclass(frozen=True)
class Bar:
    """A bar with its name, its pieces from left to right, and what is written at its end."""

    label: str
    parts: Sequence[Part]
    written: str


def bars(rows: Sequence[Bar], *, title: str, description: str) -> SafeString:
    """Horizontal bars, the first on top. `description` says in words what the eye sees."""
    values = [
        {"label": row.label, "order": number, "tone": part.tone, "value": part.value}
        for row in rows
        for number, part in enumerate(row.parts)
    ]
    ends = [
        {"label": row.label, "total": sum(part.value for part in row.parts), "written": row.written}
        for row in rows
    ]
    labels = alt.Y("label:N", sort=None, axis=alt.Axis(domain=False, ticks=False))
    drawn = (
        alt.Chart(_data(values))
        .mark_bar(size=BAR_HEIGHT - 8, cornerRadius=2)
        .encode(
            y=labels,
            x=alt.X("value:Q", axis=None, stack="zero"),
            order="order:Q",
            color=alt.Color(
                "tone:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None
            ),
        )
    )
    written = (
        alt.Chart(_data(ends))
        .mark_text(align="left", dx=6, fontSize=13, fontWeight=600, fill="var(--ink)")
        .encode(y=labels, x="total:Q", text="written:N")
    )
    padding = PADDING | {"right": PAST_THE_BARS}
    return _figure(drawn + written, {"step": BAR_HEIGHT}, padding, title, description)


def days(counts: Mapping[date, int], *, title: str, description: str) -> SafeString:
    """One column a day, the days between the first and the last without any included."""
    values = [{"day": day.isoformat(), "value": count} for day, count in sorted(counts.items())]
    drawn = (
        alt.Chart(_data(values))
        .mark_bar(fill=COLOURS["good"], binSpacing=1)
        .encode(
            x=alt.X("utcyearmonthdate(day):T", axis=alt.Axis(format="%-d %b", grid=False, tickCount=5)),
            y=alt.Y(
                "value:Q", axis=alt.Axis(format=",d", tickCount=4, tickMinStep=1, domain=False, ticks=False)
            ),
        )
    )
    return _figure(drawn, 190, PADDING, title, description)


def _data(values: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _figure(
    chart: Any, height: int | dict[str, int], padding: dict[str, int], title: str, description: str
) -> SafeString:
    fitted = {"autosize": {"type": "fit-x", "contains": "padding"}, "padding": padding}
    # The charts are our own and drawn in the stories; to check their form at every look took a tenth of the page.
    spec = chart.to_dict(validate=False) | fitted | {"height": height}
    spec["config"] = CONFIG
    written = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    language = (get_language() or "en").split("-")[0]
    # Titles are told apart by contents: two charts on a page must not share an id.
    name = "chart-" + sha256(f"{title}{written}".encode()).hexdigest()[:10]
    drawings = []
    for shape, width in (("wide", WIDE), ("narrow", NARROW)):
        size, body = _svg(written, width, language)
        body = body.replace('id="clip', f'id="{name}-{shape}-').replace("url(#clip", f"url(#{name}-{shape}-")
        drawings.append(
            f'<svg class="chart {shape}" {size} role="img"'
            f' aria-labelledby="{name}-{shape} {name}-{shape}-said">'
            f'<title id="{name}-{shape}">{escape(title)}</title>'
            f'<desc id="{name}-{shape}-said">{escape(description)}</desc>{body}'
        )
    return mark_safe("".join(drawings))


@lru_cache(maxsize=512)
def _svg(spec: str, width: int, language: str) -> tuple[str, str]:
    """Vega's drawing: its size, and what stands inside. It takes some 60 ms: kept by its contents."""
    _measure()
    sized = {**json.loads(spec), "width": width}
    sized["config"]["axis"]["labelLimit"] = width * NAMES
    svg = vl_convert.vegalite_to_svg(sized, format_locale=NUMBERS, time_format_locale=_months(language))
    head, body = svg.split(">", 1)
    size = " ".join(re.findall(r'(?:width|height|viewBox)="[^"]*"', head))
    return size, re.sub(r' (?:role|aria-[a-z]+|pointer-events|class|font-family)="[^"]*"', "", body)


@cache
def _measure() -> None:
    """Let Vega know the installation's fonts: without any it takes Hindi for four times as wide."""
    if fonts.folder().is_dir():
        vl_convert.register_font_directory(str(fonts.folder()))


def _months(language: str) -> dict[str, Any]:
    """The names of months and days as d3 wants them."""
    locale = Locale.parse(f"{language}_IN")
    months, days = locale.months["format"], locale.days["format"]
    return {
        "dateTime": "%-d %B %Y %H:%M",
        "date": "%-d %B %Y",
        "time": "%H:%M",
        "periods": ["", ""],
        # Babel's week begins with Monday, d3's with Sunday.
        "days": [days["wide"][(day - 1) % 7] for day in range(7)],
        "shortDays": [days["abbreviated"][(day - 1) % 7] for day in range(7)],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }
