"""The way to the shop as a sketch: two points, the line between them, north and a scale. Lengths in mm."""

import math
from dataclasses import dataclass

from rasad.relief.paper.contents import Point, ShopOnPaper, Words
from rasad.relief.paper.wording import distance, shown

WIDTH, HEIGHT = 46.0, 26.0
# What the two points may span, so that signs and labels around them stay inside.
SPAN_X, SPAN_Y = 26.0, 9.0
MIDDLE = (23.0, 13.2)
LABEL_ABOVE, LABEL_BELOW = -5.4, 2.7
LABEL_FROM_EDGE = 13.0
LONGEST_BAR = 12.0
ROUND_LENGTHS_M = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
METRES_PER_DEGREE = 111_320.0
# Nearer than this two points are one on paper.
LEAST_METRES = 100


@dataclass(frozen=True)
class Way:
    """From home to shop: metres east and north, as the crow flies."""

    east: float
    north: float

    @property
    def degrees(self) -> float:
        """Where the shop lies: 0 north, 90 east."""
        return math.degrees(math.atan2(self.east, self.north)) % 360

    @property
    def metres(self) -> float:
        """How far it is."""
        return math.hypot(self.east, self.north)


def way(home: Point, shop: Point) -> Way:
    """The way between two points some kilometres apart."""
    squeeze = math.cos(math.radians((home[0] + shop[0]) / 2))
    return Way((shop[1] - home[1]) * METRES_PER_DEGREE * squeeze, (shop[0] - home[0]) * METRES_PER_DEGREE)


def sketch(shop: ShopOnPaper, home: Words) -> dict[str, object] | None:
    """What token.typ draws; nothing where a point is missing or the two are one on paper."""
    if shop.home is None or shop.at is None:
        return None
    leg = way(shop.home, shop.at)
    if leg.metres < LEAST_METRES:
        return None
    per_metre = min(SPAN_X / max(abs(leg.east), 1e-9), SPAN_Y / max(abs(leg.north), 1e-9))
    across, up = leg.east * per_metre, leg.north * per_metre
    home_at = (MIDDLE[0] - across / 2, MIDDLE[1] + up / 2)
    shop_at = (MIDDLE[0] + across / 2, MIDDLE[1] - up / 2)
    shop_is_north = shop_at[1] < home_at[1]
    northern, southern = (shop_at, home_at) if shop_is_north else (home_at, shop_at)
    bar_m = max(
        (length for length in ROUND_LENGTHS_M if length * per_metre <= LONGEST_BAR),
        default=ROUND_LENGTHS_M[0],
    )
    bar = min(bar_m * per_metre, LONGEST_BAR)
    return {
        "home": _rounded(home_at),
        "shop": _rounded(shop_at),
        "home-name": shown(home.hi, 16),
        "home-label": _label(home_at, above=not shop_is_north),
        "shop-label": _label(shop_at, above=shop_is_north),
        # Each in the corner that the way leaves free.
        "north": [3.0 if northern[0] > MIDDLE[0] else WIDTH - 5.8, 2.0],
        "scale": [round(WIDTH - 3 - bar, 2) if southern[0] <= MIDDLE[0] else 3.0, HEIGHT - 2.4],
        "scale-length": round(bar, 2),
        "scale-text": distance(bar_m).en.replace(".0 ", " "),
    }


def _rounded(point: tuple[float, float]) -> list[float]:
    return [round(point[0], 2), round(point[1], 2)]


def _label(point: tuple[float, float], *, above: bool) -> list[float]:
    x = min(max(point[0], LABEL_FROM_EDGE), WIDTH - LABEL_FROM_EDGE)
    return _rounded((x, point[1] + (LABEL_ABOVE if above else LABEL_BELOW)))
