"""Outlines of districts and blocks, drawn from nothing but the places that lie in them.

No boundary file is needed, and a district split yesterday has its new outline today: each point of the plane
belongs to the area of the nearest known place (Voronoi), and the lines between areas are what is drawn.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import KDTree, Voronoi

Points = NDArray[np.float64]
# Land nobody lives on, around and between the areas.
OUTSIDE = -1
# A place whose neighbours nearly all belong elsewhere has a slip in its coordinates: it makes no island.
NEIGHBOURS = 7


def outlines(points: Points, areas: Sequence[str], *, fineness: float) -> dict[str, list[Points]]:
    """The closed rings around each area, in the units of `points`; lines are `fineness` true.

    Neighbouring areas share their border exactly. An area of a single place is a small patch around it.
    """
    if len(points) == 0:
        return {}
    names, numbers = np.unique(np.asarray(areas), return_inverse=True)
    points, first = np.unique(points, axis=0, return_index=True)
    numbers = _without_islands(points, numbers[first])
    around = _outside(points, fineness)
    plane = Voronoi(np.vstack([points, around]))
    labels = np.concatenate([numbers, np.full(len(around), OUTSIDE)])
    arcs = _arcs(plane, labels)
    found: dict[str, list[Points]] = {}
    for number, name in enumerate(names):
        parts = [_smooth(plane.vertices[path], fineness) for path, sides in arcs if number in sides]
        found[str(name)] = _rings(parts)
    return found


def _without_islands(points: Points, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    near = min(NEIGHBOURS, len(points))
    if near < NEIGHBOURS:
        return numbers
    neighbours = np.asarray(KDTree(points).query(points, k=near)[1])
    around = numbers[neighbours]
    alone = (around == numbers[:, None]).sum(axis=1) <= 1
    cleaned = numbers.copy()
    for row in np.flatnonzero(alone):
        counts = np.bincount(around[row])
        # An area that has no other place keeps this one.
        if (numbers == numbers[row]).sum() > 1:
            cleaned[row] = counts.argmax()
    return cleaned


def _outside(points: Points, fineness: float) -> Points:
    """Points of a grid over all land too far from any place, so that the areas end somewhere."""
    low, high = points.min(axis=0), points.max(axis=0)
    tree = KDTree(points)
    reach = fineness * 12
    if len(points) > 1:
        spacing = np.quantile(np.asarray(tree.query(points, k=2)[0])[:, 1], 0.9)
        reach = max(2.5 * float(spacing), float(np.hypot(*(high - low))) / 40, fineness)
    step = reach / 2
    axes = [np.arange(low[axis] - 3 * reach, high[axis] + 3 * reach + step, step) for axis in (0, 1)]
    grid = np.stack(np.meshgrid(*axes), axis=-1)
    # Only what is open to the edge of the sheet: a stretch without a village inside an area is part of it.
    lakes, _ = ndimage.label(tree.query(grid)[0] > reach)
    return cast(Points, grid[lakes == lakes[0, 0]])


def _arcs(plane: Voronoi, labels: NDArray[np.intp]) -> list[tuple[list[int], frozenset[int]]]:
    """The border lines, cut where three areas meet; each with the areas on its two sides."""
    edges: dict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
    for (one, other), (start, end) in zip(plane.ridge_points, plane.ridge_vertices, strict=True):
        sides = frozenset((int(labels[one]), int(labels[other])))
        if len(sides) == 2 and start >= 0 and end >= 0:
            edges[start].append((end, sides))
            edges[end].append((start, sides))
    ends = [vertex for vertex, out in edges.items() if len(out) != 2]
    walked: set[tuple[int, int]] = set()
    arcs = []
    # Lines between meeting points first; what is left then are loops, which may begin anywhere.
    for vertex in [*ends, *edges]:
        for onward, sides in edges[vertex]:
            if (vertex, onward) in walked:
                continue
            path = [vertex, onward]
            while len(edges[path[-1]]) == 2 and path[-1] != vertex:
                path.append(next(end for end, _ in edges[path[-1]] if end != path[-2]))
            walked.update(pairwise(path))
            walked.update(pairwise(reversed(path)))
            arcs.append((path, sides))
    return arcs


def _smooth(line: Points, fineness: float) -> Points:
    """A line with its small teeth taken off and its corners cut; the two ends stay where they are."""
    closed = bool(np.array_equal(line[0], line[-1]))
    if closed:
        middle = len(line) // 2
        line = np.vstack(
            [_simplified(line[: middle + 1], fineness), _simplified(line[middle:], fineness)[1:]]
        )
    else:
        line = _simplified(line, fineness)
    for _ in range(2):
        before, after = line[:-1], line[1:]
        cut = np.stack([before * 0.75 + after * 0.25, before * 0.25 + after * 0.75], axis=1).reshape(-1, 2)
        line = np.vstack([cut, cut[:1]]) if closed else np.vstack([line[:1], cut[1:-1], line[-1:]])
    return line


def _simplified(line: Points, fineness: float) -> Points:
    """The line with fewer points, none of the others further than `fineness` from it (Douglas-Peucker)."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    stack = [(0, len(line) - 1)]
    while stack:
        start, end = stack.pop()
        if end - start < 2:
            continue
        base, along = line[start], line[end] - line[start]
        off = line[start + 1 : end] - base
        length = float(np.hypot(*along))
        away = np.abs(along[0] * off[:, 1] - along[1] * off[:, 0]) / length if length else np.hypot(*off.T)
        furthest = int(away.argmax())
        if away[furthest] > fineness:
            split = start + 1 + furthest
            keep[split] = True
            stack += [(start, split), (split, end)]
    return line[keep]


def _rings(parts: list[Points]) -> list[Points]:
    """Border lines joined end to end into closed rings."""
    left = list(parts)
    rings = []
    while left:
        ring = left.pop()
        while not np.array_equal(ring[0], ring[-1]):
            for number, part in enumerate(left):
                if np.array_equal(part[0], ring[-1]):
                    ring = np.vstack([ring, part[1:]])
                elif np.array_equal(part[-1], ring[-1]):
                    ring = np.vstack([ring, part[::-1][1:]])
                else:
                    continue
                del left[number]
                break
            else:
                break
        rings.append(ring)
    return rings
