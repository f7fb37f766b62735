"""The shops that could serve the families of a place: distance, room and stock, the best first."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from rasad.ledger.models import Account
from rasad.registry.models import Place
from rasad.relief.models import Token
from rasad.relief.queries.names import VILLAGES, in_language
from rasad.shops.models import Shop

BEST = 3
EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True)
class Candidate:
    """A shop a token could go to. `room`: families it can still take; `stock`: grams (or ml) by commodity."""

    number: str
    name: str
    place: str
    distance_m: int | None
    is_own_place: bool
    capacity: int
    assigned: int
    stock: Mapping[str, int]

    @property
    def room(self) -> int:
        """Families it can still take; below zero when it has more than it can serve."""
        return self.capacity - self.assigned


def candidates(shops: QuerySet[Shop], place: Place | None, *, on: date) -> list[Candidate]:
    """The open shops among these, for families of a place: those with room first, then by distance.

    Without a place, or where neither has a point, the distance is not known and such shops come last.
    """
    found = list(shops.filter(open_during__contains=on).select_related("place"))
    load = _load(shop.number for shop in found)
    told = [_candidate(shop, place, load.get(shop.number, 0)) for shop in found]
    return sorted(told, key=_rank)


def best(shops: QuerySet[Shop], place: Place | None, *, on: date, count: int = BEST) -> list[Candidate]:
    """The first few candidates, with what they have in stock."""
    return stocked(candidates(shops, place, on=on)[:count])


def stocked(found: list[Candidate]) -> list[Candidate]:
    """The same shops with what lies in each."""
    stock = _stock(one.number for one in found)
    return [Candidate(**{**vars(one), "stock": stock.get(one.number, {})}) for one in found]


def place_of(code: str) -> Place | None:
    """The village or ward of a code."""
    return Place.objects.filter(kind__in=VILLAGES, code=code).order_by("kind").first() if code else None


def distance_m(shop: Shop, place: Place | None) -> int | None:
    """Great-circle metres from the point of a place to a shop, 0 in its own place; None where not known."""
    if place is None:
        return None
    if shop.place_id == place.pk:
        return 0
    there = (shop.latitude, shop.longitude)
    if None in there:
        there = (shop.place.latitude, shop.place.longitude)
    return _metres((place.latitude, place.longitude), there)


def _candidate(shop: Shop, place: Place | None, assigned: int) -> Candidate:
    return Candidate(
        shop.number,
        in_language(shop.name, shop.name_hi),
        in_language(shop.place.name, shop.place.name_hi),
        distance_m(shop, place),
        place is not None and shop.place_id == place.pk,
        shop.capacity_families,
        assigned,
        {},
    )


def _rank(one: Candidate) -> tuple[bool, bool, int, int, str]:
    unknown = one.distance_m is None
    return one.room <= 0, unknown, one.distance_m or 0, -one.room, one.number


def _load(numbers: Iterable[str]) -> dict[str, int]:
    living = ~Q(state__in=[Token.State.EXPIRED, Token.State.CANCELLED])
    held = Token.objects.filter(living, shop_number__in=list(numbers)).order_by().values_list("shop_number")
    return dict(held.annotate(count=Count("pk")))


def _stock(numbers: Iterable[str]) -> dict[str, dict[str, int]]:
    held = (
        Account.objects.filter(kind="stock", holder__in=list(numbers))
        .values_list("holder", "commodity")
        .annotate(in_stock=Sum(F("received") - F("given") - F("held")))
        .order_by("holder", "commodity")
    )
    found: dict[str, dict[str, int]] = {}
    for holder, commodity, left in held:
        if left:
            found.setdefault(holder, {})[commodity] = left
    return found


def _metres(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> int | None:
    if None in one or None in other:
        return None
    north, east, to_north, to_east = (math.radians(value or 0.0) for value in (*one, *other))
    part = (
        math.sin((to_north - north) / 2) ** 2
        + math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(part))))
