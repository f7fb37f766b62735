"""Worked cases of history: what the Centre allotted and charged on a day."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rasad.examples.written import exact, kg, rs
from rasad.policy import history
from rasad.values.quantities import Grams, amount, grams, paise, rupees
from rasad.values.refused import Refused
from rasad.web.refusals import short

GIVEN = frozenset(
    [
        "aay_lakh", "bpl_lakh", "cards_lakh", "category", "cip", "commodity", "date", "dates", "families", "kg",
        "kg_per_month", "months",
    ]
)  # fmt: skip
ONE_LAKH = 100_000
# Other names that a case uses for a grain.
GRAINS = {"coarse_grains": "coarse_grain", "coarse": "coarse_grain"}


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer that can be told from what is given."""
    told: dict[str, Any] = {}
    if "aay_lakh" in given:
        whole = exact(given["bpl_lakh"])
        told["percent"] = [str(history.share(exact(part), whole)) for part in given["aay_lakh"]]
    if "families" in given or "cards_lakh" in given:
        told |= _tonnes(given)
    if "dates" in given:
        told["kg"] = [_scale_kg(given["category"], date.fromisoformat(day)) for day in given["dates"]]
    if "date" in given:
        told |= _on_day(given, date.fromisoformat(given["date"]))
    elif "cip" in given:
        # Only the RPDS has a price that is reckoned from the issue price.
        told |= _on_day(given, history.rpds_rule().first_day)
    return told


def _tonnes(given: Mapping[str, Any]) -> dict[str, Any]:
    count = exact(given["families"]) if "families" in given else exact(given["cards_lakh"]) * ONE_LAKH
    each = exact(given.get("kg_per_month", given.get("kg")))
    a_month = history.lakh_tonnes(count, each)
    whole = history.lakh_tonnes(count, each, int(given.get("months", 1)))
    return {"lakh_tonnes": _trimmed(whole), "lakh_tonnes_per_month": _trimmed(a_month)}


def _trimmed(number: Decimal) -> str:
    """To three decimals, as the figures of the programme are printed, without trailing zeros."""
    rounded = number.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP).normalize()
    return f"{rounded:f}"


def _scale_kg(category: str, on: date) -> str:
    try:
        return kg(history.scale_on(category, on).grams_for(1))
    except Refused:
        return "none"


def _on_day(given: Mapping[str, Any], on: date) -> dict[str, Any]:
    category = given.get("category", history.RPDS)
    told: dict[str, Any] = {"row": "none"}
    quantity = grams(exact(given["kg"])) if "kg" in given else None
    try:
        scale = history.scale_on(category, on)
    except Refused as refused:
        told |= {"allowed": False, "reason": short(refused)}
    else:
        told |= {"row": scale.id, "max": kg(scale.grams_for(1))}
        if quantity is not None:
            told["allowed"] = _is_within(category, quantity, on)
    if "commodity" in given or "cip" in given:
        try:
            told |= _money(given, category, quantity, on)
        except Refused as refused:
            told |= {"row": "none", "allowed": False, "reason": short(refused)}
    return told


def _is_within(category: str, quantity: Grams, on: date) -> bool:
    try:
        history.check_scale(category, quantity, on)
    except Refused:
        return False
    return True


def _money(given: Mapping[str, Any], category: str, quantity: Grams | None, on: date) -> dict[str, Any]:
    if "cip" in given:
        price, _ = history.rpds_price(paise(exact(given["cip"])), on)
    else:
        commodity = GRAINS.get(given["commodity"], given["commodity"])
        price = paise(history.issue_price(category, commodity, on).value or 0)
    told = {"unit_price": str(rupees(price))}
    if quantity is None:
        return told
    cost = rs(amount(quantity, price))
    return told | {"amount": cost, "state_pays": cost}
