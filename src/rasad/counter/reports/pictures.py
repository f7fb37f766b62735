"""The charts of the reports: each says in words what it shows."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rasad.counter.reports.portability import ShopWays
from rasad.counter.reports.sums import GoodsSum, ShopSum
from rasad.counter.reports.tables import amount_of, with_share
from rasad.counter.templatetags.counter import goods_name
from rasad.web.charts import Bar, Part, bars
from rasad.web.templatetags.rasad import kg

# More bars than anybody compares.
MOST = 12


def goods_given(sums: Sequence[GoodsSum]) -> SafeString:
    """How much of each commodity, all allocations together; litres beside kilograms, as they are."""
    found: dict[tuple[str, str], int] = {}
    for one in sums:
        key = (one.commodity, one.unit)
        found[key] = found.get(key, 0) + one.quantity
    largest = sorted(found.items(), key=lambda one: -one[1])[:MOST]
    rows = [
        (goods_name(commodity), "good", quantity, amount_of(quantity, unit))
        for (commodity, unit), quantity in largest
    ]
    return _bars(gettext("What was given"), rows)


def modes(total: ShopSum) -> SafeString:
    """How families showed that the card is theirs."""
    rows = [
        (name, tone, value, with_share(value, total.sales))
        for name, tone, value in (
            (gettext("Finger"), "good", total.biometric),
            (gettext("Code on a mobile"), "plain", total.mobile_otp),
            (gettext("Without authentication"), "wait", total.unauthenticated),
        )
    ]
    return _bars(gettext("How families showed that the card is theirs"), rows)


def ways(total: ShopWays) -> SafeString:
    """Grain of the four ways of portability."""
    names: Mapping[str, str] = {
        "in_state": gettext("Cards of other shops, here"),
        "in_other": gettext("Cards of other States, here"),
        "out_state": gettext("Own cards at other shops"),
        "out_other": gettext("Own cards in other States"),
    }
    rows = [
        (names[way], "good" if way.startswith("in") else "wait", total.grams[way], kg(total.grams[way]))
        for way in names
    ]
    return _bars(gettext("Grain in and out by portability"), rows)


def _bars(title: str, rows: Sequence[tuple[str, str, int, str]]) -> SafeString:
    said = "; ".join(f"{name}: {written}" for name, _tone, _value, written in rows)
    return bars(
        [Bar(name, [Part(tone, value)], written) for name, tone, value, written in rows],
        title=title,
        description=said,
    )
