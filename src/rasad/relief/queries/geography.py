"""Where tokens wait and where the shops stand: the map of the reader's area."""

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from rasad.registry.models import Place, PlaceParent
from rasad.relief.models import Token
from rasad.relief.queries.names import VILLAGES, in_language
from rasad.relief.queries.overview import WAITING, DistrictFigures
from rasad.shops.models import Shop
from rasad.web.maps import Area, Map, Mark, drawn
from rasad.web.templatetags.rasad import indian

KEPT_SECONDS = 600
# Depths of colour between none and all.
SHADES = 4
# So many places with waiting families get a mark of their own; the lists hold all.
MOST_MARKS = 150
MOST_NAMES = 12
# Places named in the list beside the map.
MOST_NAMED = 8


@dataclass(frozen=True)
class Spot:
    """A village or ward with a position, and what it belongs to."""

    code: str
    name: str
    name_hi: str
    latitude: float
    longitude: float
    block: str
    district: str


@dataclass(frozen=True)
class Gazetteer:
    """Every place with a position, those without one, and the names of the areas they lie in."""

    spots: dict[str, Spot]
    nowhere: frozenset[str]
    blocks: dict[str, tuple[str, str]]
    districts: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Picture:
    """The map and what belongs under it: tokens that cannot be drawn, the places where most wait."""

    map: Map | None
    districts_shown: bool
    waiting_not_drawn: int
    shops: int
    most: list[tuple[str, str, int]]
    # Villages and wards nobody could tell, as the families wrote them.
    written: list[tuple[str, int]]


def picture(
    tokens: QuerySet[Token],
    shops: QuerySet[Shop],
    by_district: dict[str, DistrictFigures],
    *,
    districts: Collection[str] | None,
    until: date,
    query: str,
) -> Picture:
    """The map of these districts (all when None): of a single one the blocks, of several the districts.

    `query` is kept in the links that narrow the page to one district.
    """
    known = gazetteer(until)
    within = [spot for spot in known.spots.values() if districts is None or spot.district in districts]
    shown = {spot.district for spot in within}
    placed, written = _where(tokens.filter(state=WAITING, issued_on__lte=until), known)
    ranked = sorted(placed, key=lambda code: (-placed[code], code))
    several = len(shown) > 1
    total = sum(told.without_shop for told in by_district.values())
    # Of a whole State the shade of a district tells more than a hundred marks would.
    marked = [] if several else ranked[:MOST_MARKS]
    marks = [
        _waiting(known.spots[code], placed[code], placed[ranked[0]], named=code in ranked[:MOST_NAMES])
        for code in marked
    ]
    standing = shops.exclude(latitude=None).filter(open_during__contains=until)
    if several:
        areas = _districts(known, within, by_district, query)
        crowd = [
            (north, east)
            for north, east in standing.values_list("latitude", "longitude")
            if north is not None and east is not None
        ]
        map_ = drawn(areas, marks, crowd)
        count = len(crowd)
    else:
        stands = _shops(standing, tokens)
        map_ = drawn(_blocks(known, within), [*stands, *marks])
        count = len(stands)
    most = [
        (code, in_language(known.spots[code].name, known.spots[code].name_hi), placed[code])
        for code in ranked[:MOST_NAMED]
    ]
    lying = sum(placed.values() if several else (placed[code] for code in marked))
    return Picture(map_, several, total - lying, count, most, written.most_common(MOST_NAMED))


def _where(waiting: QuerySet[Token], known: Gazetteer) -> tuple[Counter[str], Counter[str]]:
    """How many wait by place, and by what was written where the place is not known."""
    placed: Counter[str] = Counter()
    written: Counter[str] = Counter()
    grouped = waiting.order_by().values_list("place_code", "place_name").annotate(count=Count("pk"))
    for code, name, count in grouped:
        if code in known.spots:
            placed[code] += count
        elif name and code not in known.nowhere:
            written[name] += count
    return placed, written


def gazetteer(on: date) -> Gazetteer:
    """Every place as it belonged on a day; read once in ten minutes, for places hardly ever move."""
    newest = PlaceParent.objects.aggregate(links=Max("pk"), count=Count("pk"))
    return _read(on, newest["links"], newest["count"], int(time.monotonic() // KEPT_SECONDS))


# In this process as it is: Django's cache would pickle a State's places at every look, which takes longer than the map.
@lru_cache(maxsize=4)
def _read(on: date, _links: int | None, _count: int, _span: int) -> Gazetteer:
    parent_of = dict(PlaceParent.objects.filter(during__contains=on).values_list("place_id", "parent_id"))
    told = {
        pk: (kind, code, name, name_hi, latitude, longitude)
        for pk, kind, code, name, name_hi, latitude, longitude in Place.objects.values_list(
            "pk", "kind", "code", "name", "name_hi", "latitude", "longitude"
        )
    }
    spots = {}
    for pk, (kind, code, name, name_hi, latitude, longitude) in told.items():
        if kind in VILLAGES and latitude is not None and longitude is not None:
            above = {told[one][0]: told[one][1] for one in _ancestors(pk, parent_of)}
            district = above.get(Place.Kind.DISTRICT, "")
            block = above.get(Place.Kind.SUBDISTRICT, "")
            spots[code] = Spot(code, name, name_hi, latitude, longitude, block, district)
    named: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for kind, code, name, name_hi, _, _ in told.values():
        named[kind][code] = (name, name_hi)
    nowhere = frozenset(code for kind in VILLAGES for code in named[kind] if code not in spots)
    return Gazetteer(spots, nowhere, named[Place.Kind.SUBDISTRICT], named[Place.Kind.DISTRICT])


def _ancestors(pk: int, parent_of: dict[int, int]) -> Iterable[int]:
    # Four levels at most; the limit ends a circle that no constraint forbids.
    for _ in range(6):
        if pk not in parent_of:
            return
        pk = parent_of[pk]
        yield pk


def _waiting(spot: Spot, count: int, most: int, *, named: bool) -> Mark:
    name = in_language(spot.name, spot.name_hi)
    said = ngettext("%(count)s family without a shop", "%(count)s families without a shop", count) % {
        "count": indian(count)
    }
    return Mark(
        spot.latitude,
        spot.longitude,
        "waiting",
        f"{name}: {said}",
        reverse("relief:place", args=[spot.code]),
        f"{name} {indian(count)}" if named else "",
        count / most,
    )


def _shops(standing: QuerySet[Shop], tokens: QuerySet[Token]) -> list[Mark]:
    told = list(
        standing.values_list("number", "name", "name_hi", "latitude", "longitude", "capacity_families")
    )
    load = dict(
        tokens.exclude(shop_number="").order_by().values_list("shop_number").annotate(count=Count("pk"))
    )
    largest = max((capacity for *_, capacity in told), default=0) or 1
    marks = []
    for number, name, name_hi, latitude, longitude, capacity in told:
        if latitude is None or longitude is None:
            continue
        assigned = load.get(number, 0)
        said = gettext("%(assigned)s tokens, room for %(capacity)s") % {
            "assigned": indian(assigned),
            "capacity": indian(capacity),
        }
        kind = "shop full" if assigned >= capacity else "shop"
        title = f"{in_language(name, name_hi)}: {said}"
        href = reverse("relief:shop", args=[number])
        # Half the size at most: what waits must stand out, not what works.
        marks.append(Mark(latitude, longitude, kind, title, href, "", capacity / largest / 4))
    return marks


def _districts(
    known: Gazetteer, within: list[Spot], by_district: dict[str, DistrictFigures], query: str
) -> list[Area]:
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for spot in within:
        places[spot.district].append((spot.latitude, spot.longitude))
    most = max((told.without_shop for told in by_district.values()), default=0)
    areas = []
    for code, lying in places.items():
        if code not in known.districts:
            continue
        told = by_district.get(code, DistrictFigures())
        name = in_language(*known.districts[code])
        note = gettext("%(name)s: %(tokens)s tokens, %(waiting)s without a shop") % {
            "name": name,
            "tokens": indian(told.tokens),
            "waiting": indian(told.without_shop),
        }
        shade = -(-told.without_shop * SHADES // most) if most else 0
        label = f"{name} {indian(told.without_shop)}" if told.without_shop else name
        areas.append(Area(code, label, lying, note, f"?district={code}{query}", shade))
    return areas


def _blocks(known: Gazetteer, within: list[Spot]) -> list[Area]:
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for spot in within:
        places[spot.block].append((spot.latitude, spot.longitude))
    return [
        Area(code, in_language(*known.blocks[code]) if code in known.blocks else "", lying)
        for code, lying in places.items()
    ]
