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


def weights(lines: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Grams and millilitres of a basket; lines that share a cap count once, for they come to it together."""
    counted = {line["cap_group"] or place: line for place, line in enumerate(lines)}.values()
    grams = sum(line["quantity"] for line in counted if line["unit"] == "g")
    return grams, sum(line["quantity"] for line in counted if line["unit"] == "ml")
