"""A map as plain SVG: areas with their names, marks with links, a scale bar. No tiles, no script."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from rasad.web.outlines import Points, outlines

KM_PER_DEGREE = 111.32
WIDTH = 600.0
TALLEST = 760.0
# A map of one village is not a map of one house.
LEAST_KM = 4.0
MARGIN = 14.0
# Borders are drawn to half a unit of a map 600 units wide: what an eye on a good screen can tell.
FINENESS = 0.5
# Height of a letter in map units: on a wide screen, and on a phone, where the whole map is half as large.
WIDE_LETTER, NARROW_LETTER = 12.0, 21.0
# How wide a letter is against its height: the mean of Latin and Devanagari text.
LETTER_WIDTH = 0.56
ROUND_LENGTHS_KM = (200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True)
class Area:
    """A district or block: its name, what is said of it, the places (latitude, longitude) in it."""

    code: str
    name: str
    places: Sequence[tuple[float, float]]
    note: str = ""
    href: str = ""
    # 0 to 4, the depth of its colour.
    shade: int = 0


@dataclass(frozen=True)
class Mark:
    """Something at a point: `kind` chooses its form, `weight` (0 to 1) its size, `label` stands beside it."""

    latitude: float
    longitude: float
    kind: str
    title: str
    href: str = ""
    label: str = ""
    weight: float = 0.5


@dataclass(frozen=True)
class Lettering:
    """A name on the map. Not `everywhere`: only where the screen is wide enough for it."""

    x: float
    y: float
    text: str
    kind: str
    everywhere: bool


@dataclass(frozen=True)
class DrawnArea:
    """An area with its outline as SVG path data."""

    path: str
    title: str
    href: str
    shade: int


@dataclass(frozen=True)
class DrawnMark:
    """A mark at its point, `size` in map units."""

    x: float
    y: float
    size: float
    kind: str
    title: str
    href: str


@dataclass(frozen=True)
class Map:
    """What the template `web/map.html` draws; lengths in map units."""

    width: float
    height: float
    areas: list[DrawnArea]
    # Every point of a crowd too large for marks of its own, in one path.
    crowd: str
    marks: list[DrawnMark]
    letterings: list[Lettering]
    scale_km: int
    scale_units: float


def drawn(
    areas: Sequence[Area], marks: Sequence[Mark] = (), crowd: Sequence[tuple[float, float]] = ()
) -> Map | None:
    """The map of these areas, or nothing when no place has coordinates. Heavier marks lie on top."""
    places = [place for area in areas for place in area.places]
    points = [(mark.latitude, mark.longitude) for mark in marks]
    if not places and not points:
        return None
    plane = _Plane.of([*places, *points])
    rings = _rings(plane.placed(places).tobytes(), tuple(area.code for area in areas for _ in area.places))
    sheet = _Sheet.around(
        np.vstack([*(ring for found in rings.values() for ring in found), plane.placed(points)])
    )
    on_sheet = {code: [sheet.placed(ring) for ring in found] for code, found in rings.items()}
    heaviest_first = sorted(marks, key=lambda mark: -mark.weight)
    spots = sheet.placed(plane.placed([(mark.latitude, mark.longitude) for mark in heaviest_first]))
    return Map(
        width=sheet.width,
        height=sheet.height,
        areas=[
            DrawnArea(_path(on_sheet.get(area.code, [])), area.note or area.name, area.href, area.shade)
            for area in areas
        ],
        crowd="".join(f"M{x},{y}h0" for x, y in _dots(sheet.placed(plane.placed(crowd)))),
        marks=[_mark(mark, *spot) for mark, spot in zip(reversed(heaviest_first), spots[::-1], strict=True)],
        letterings=_letterings(sheet, areas, on_sheet, heaviest_first, spots),
        scale_km=sheet.scale_km,
        scale_units=round(sheet.scale_km * sheet.units_per_km, 1),
    )


@dataclass(frozen=True)
class _Plane:
    """Kilometres east and south of a point: true to scale at the middle, good enough for one state."""

    north: float
    west: float
    squeeze: float

    @classmethod
    def of(cls, places: Sequence[tuple[float, float]]) -> "_Plane":
        given = np.asarray(places, dtype=np.float64)
        south, west = given.min(axis=0)
        north = given[:, 0].max()
        return cls(float(north), float(west), float(np.cos(np.radians((north + south) / 2))))

    def placed(self, places: Sequence[tuple[float, float]]) -> Points:
        given = np.asarray(places, dtype=np.float64).reshape(-1, 2)
        east = (given[:, 1] - self.west) * self.squeeze
        return np.stack([east, self.north - given[:, 0]], axis=1) * KM_PER_DEGREE


@lru_cache(maxsize=64)
def _rings(places_km: bytes, owners: tuple[str, ...]) -> dict[str, list[Points]]:
    """The outlines in kilometres; drawn once for a set of places, however often it is looked at."""
    points = np.frombuffer(places_km).reshape(-1, 2)
    if not len(points):
        return {}
    reach = float(max(np.ptp(points, axis=0).max(), LEAST_KM))
    return outlines(points, owners, fineness=reach / WIDTH * FINENESS)


@dataclass(frozen=True)
class _Sheet:
    """How kilometres come to lie on the paper."""

    left_km: float
    top_km: float
    units_per_km: float
    width: float
    height: float

    @classmethod
    def around(cls, points_km: Points) -> "_Sheet":
        low, high = points_km.min(axis=0), points_km.max(axis=0)
        across, down = (max(float(length), LEAST_KM) for length in high - low)
        units = min((WIDTH - 2 * MARGIN) / across, (TALLEST - 2 * MARGIN) / down)
        middle = (low + high) / 2
        height = round(down * units + 2 * MARGIN)
        left, top = float(middle[0]) - WIDTH / units / 2, float(middle[1]) - height / units / 2
        return cls(left, top, units, WIDTH, height)

    def placed(self, points_km: Points) -> Points:
        origin: Points = np.array([self.left_km, self.top_km])
        return (points_km - origin) * self.units_per_km

    @property
    def scale_km(self) -> int:
        """The longest round length of at most a quarter of the map's width."""
        return next((km for km in ROUND_LENGTHS_KM if km * self.units_per_km <= self.width / 4), 1)


def _path(rings: list[Points]) -> str:
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings)


def _dots(points: Points) -> list[list[int]]:
    """Whole units, each once: shops of one town lie on one dot."""
    whole: list[list[int]] = np.unique(np.rint(points).astype(np.int64), axis=0).tolist()
    return whole


def _mark(mark: Mark, x: float, y: float) -> DrawnMark:
    # The area of a mark grows with its weight.
    size = 3.0 + 6.0 * max(mark.weight, 0.0) ** 0.5
    return DrawnMark(round(x, 1), round(y, 1), round(size, 1), mark.kind, mark.title, mark.href)


@dataclass
class _Room:
    """The rectangles already written on, for letters of one height."""

    letter: float
    right: float
    bottom: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def take(self, x: float, y: float, text: str) -> bool:
        """Whether a text centred at (x, y) finds room on the sheet; the room is then taken."""
        half = len(text) * self.letter * LETTER_WIDTH / 2
        box = (x - half, y - self.letter * 0.7, x + half, y + self.letter * 0.7)
        if box[0] < 0 or box[2] > self.right or box[1] < 0 or box[3] > self.bottom:
            return False
        if any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in self.taken
        ):
            return False
        self.taken.append(box)
        return True


def _letterings(
    sheet: _Sheet,
    areas: Sequence[Area],
    rings: dict[str, list[Points]],
    marks: Sequence[Mark],
    spots: Points,
) -> list[Lettering]:
    """The names that find room: those of areas first, then those of marks, heaviest first."""
    wide = _Room(WIDE_LETTER, sheet.width, sheet.height)
    narrow = _Room(NARROW_LETTER, sheet.width, sheet.height)
    wanted = []
    for area in areas:
        middle = _middle(rings.get(area.code, []))
        if middle is not None:
            wanted.append((*middle, area.name, "area"))
    for mark, (x, y) in zip(marks, spots, strict=True):
        if mark.label:
            wanted.append((float(x), float(y) - WIDE_LETTER, mark.label, mark.kind))
    written = []
    for x, y, text, kind in wanted:
        everywhere = narrow.take(x, y, text)
        if wide.take(x, y, text):
            written.append(Lettering(round(x, 1), round(y, 1), text, kind, everywhere))
    return written


def _middle(rings: list[Points]) -> tuple[float, float] | None:
    """The centre of gravity of the largest ring."""
    best: tuple[float, float, float] | None = None
    for ring in rings:
        (x, y), (u, v) = ring[:-1].T, ring[1:].T
        cross = x * v - u * y
        area = float(cross.sum()) / 2
        if area and (best is None or abs(area) > best[0]):
            across, down = (float((cross * both).sum()) / (6 * area) for both in (x + u, y + v))
            best = (abs(area), across, down)
    return (best[1], best[2]) if best else None
