"""Maps drawn from nothing but the places themselves."""

from itertools import pairwise

import numpy as np

from rasad.web.maps import Area, Mark, drawn
from rasad.web.outlines import outlines

KARNAL = Area("63", "Karnal", [(29.7, 76.9), (29.7, 77.0), (29.6, 76.9), (29.6, 77.0)], href="/?district=63")
PANIPAT = Area("68", "Panipat", [(29.4, 76.9), (29.4, 77.0), (29.3, 76.9), (29.3, 77.0)])
WAITING = Mark(29.65, 76.95, "waiting", "Taraori: 12 families", "/relief/places/1", "Taraori", 1.0)


def _inside(ring, point):
    """Ray casting."""
    x, y = point
    crossings = [
        (x0 + (y - y0) / (y1 - y0) * (x1 - x0)) > x
        for (x0, y0), (x1, y1) in pairwise(ring)
        if (y0 > y) != (y1 > y)
    ]
    return sum(crossings) % 2 == 1


def test_every_village_lies_inside_the_outline_of_its_own_district_and_no_other():
    rng = np.random.default_rng(7)
    points = rng.uniform(0, 100, (400, 2))
    areas = np.where(points[:, 0] < 50, "west", "east")
    found = outlines(points, list(areas), fineness=0.05)
    # A place within the smoothing of a border may fall on either side of the line drawn.
    clear = [(point, area) for point, area in zip(points, areas, strict=True) if abs(point[0] - 50) > 5]
    homes = [
        [name for name, rings in found.items() if any(_inside(ring, p) for ring in rings)] for p, _ in clear
    ]
    assert homes == [[area] for _, area in clear]


def test_outlines_are_closed_and_neighbours_share_their_border():
    found = outlines(np.array([[0, 0], [0, 9], [9, 0], [9, 9]]), ["a", "a", "b", "b"], fineness=0.1)
    assert all(np.array_equal(ring[0], ring[-1]) for rings in found.values() for ring in rings)
    one, other = ({tuple(point) for ring in found[name] for point in ring} for name in "ab")
    assert len(one & other) >= 2


def test_a_stretch_without_villages_inside_a_district_belongs_to_it():
    around = [(x, y) for x in range(0, 60, 2) for y in range(0, 60, 2) if not (20 < x < 40 and 20 < y < 40)]
    found = outlines(np.array(around, dtype=float), ["a"] * len(around), fineness=0.2)
    assert len(found["a"]) == 1


def test_a_single_village_has_an_outline_and_no_village_has_none():
    assert len(outlines(np.array([[5.0, 5.0]]), ["a"], fineness=0.1)["a"]) == 1
    assert outlines(np.empty((0, 2)), [], fineness=0.1) == {}
    assert drawn([]) is None


def test_a_map_keeps_north_above_south_and_east_right_of_west():
    north_west = Mark(29.7, 76.9, "shop", "a")
    south_east = Mark(29.3, 77.0, "shop", "b")
    marks = {mark.title: mark for mark in drawn([KARNAL, PANIPAT], [north_west, south_east]).marks}
    assert marks["a"].y < marks["b"].y
    assert marks["a"].x < marks["b"].x


def test_the_scale_bar_is_as_long_as_the_map_says():
    drawing = drawn([KARNAL, PANIPAT], [Mark(29.7, 77.0, "shop", "a"), Mark(29.3, 77.0, "shop", "b")])
    apart = abs(drawing.marks[0].y - drawing.marks[1].y)
    kilometres = 0.4 * 111.32
    assert abs(apart / kilometres - drawing.scale_units / drawing.scale_km) < 0.01


def test_names_do_not_lie_on_each_other():
    crowded = [Mark(29.65, 76.95 + n / 1000, "waiting", "t", "", "Taraori", n / 50) for n in range(50)]
    written = [one.text for one in drawn([KARNAL], crowded).letterings]
    assert written.count("Taraori") == 1


def test_marks_carry_their_links_and_the_heaviest_lies_on_top():
    light = Mark(29.65, 76.95, "waiting", "Nilokheri: 1 family", "/relief/places/2", "", 0.1)
    drawing = drawn([KARNAL], [WAITING, light])
    assert [mark.href for mark in drawing.marks] == ["/relief/places/2", "/relief/places/1"]
    assert [area.href for area in drawing.areas] == ["/?district=63"]
