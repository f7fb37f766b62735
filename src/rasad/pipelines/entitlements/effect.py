"""What a change of the lines due means for a card: does it gain, does it lose, and how much is it in all?"""

from collections.abc import Iterable, Mapping
from typing import Any

EFFECTS = ("gains", "loses", "mixed", "same")


def effect(old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> str:
    """Whether a card gains (more, or cheaper), loses (less, or dearer), both (mixed), or neither (same)."""
    before, after = _told(old), _told(new)
    better = worse = False
    for key in before.keys() | after.keys():
        (had, cost), (has, costs) = before.get(key, (0, None)), after.get(key, (0, None))
        better |= has > had
        worse |= has < had
        if cost is not None and costs is not None and had and has:
            better |= costs < cost
            worse |= costs > cost
    return {(True, False): "gains", (False, True): "loses", (True, True): "mixed"}.get(
        (better, worse), "same"
    )


def _told(lines: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[int, int | None]]:
    """Quantity and price of each line, by commodity and part."""
    return {(line["commodity"], line["part"]): (line["quantity"], line["price"]) for line in lines}


def sums(lines: list[dict[str, Any]], when: str) -> dict[str, int | None]:
    """Grams, millilitres and paise of a basket, under names that end in `when`.

    Lines that share a cap count once, as the dearest of them; paise are None where a price is not known.
    """
    dearest: dict[object, dict[str, Any]] = {}
    for place, line in enumerate(lines):
        group = line["cap_group"] or place
        if group not in dearest or (line["amount"] or 0) > (dearest[group]["amount"] or 0):
            dearest[group] = line
    counted = list(dearest.values())
    known = all(line["amount"] is not None for line in counted)
    return {
        f"grams_{when}": sum(line["quantity"] for line in counted if line["unit"] == "g"),
        f"millilitres_{when}": sum(line["quantity"] for line in counted if line["unit"] == "ml"),
        f"paise_{when}": sum(line["amount"] for line in counted) if known else None,
    }
