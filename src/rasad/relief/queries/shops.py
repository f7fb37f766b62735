"""Shops and places with what the tokens ask of them."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from rasad.registry.models import Place
from rasad.relief import reasons
from rasad.relief.models import Token
from rasad.relief.queries.names import VILLAGES, in_language, names
from rasad.shops.models import Shop

# So many shops of one village are named; the list of its tokens holds all.
MOST_SHOPS = 10


def with_load(shops: QuerySet[Shop], tokens: QuerySet[Token]) -> QuerySet[Shop]:
    """The shops, each with `assigned`, the tokens drawn there, and `room`, the families it can still take."""
    mine = tokens.filter(shop_number=OuterRef("number")).order_by().values("shop_number")
    count = Subquery(mine.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    counted = shops.annotate(assigned=Coalesce(count, Value(0)))
    return counted.annotate(room=F("capacity_families") - F("assigned")).select_related("place")


@dataclass(frozen=True)
class ShopStory:
    """A shop with its place and load."""

    number: str
    name: str
    place: str
    place_code: str
    district: str
    address: str
    dealer_name: str
    dealer_mobile: str
    capacity: int
    assigned: int
    open_from: object
    open_until: object

    @property
    def room(self) -> int:
        """Families it can still take; below zero when it has more than it can serve."""
        return self.capacity - self.assigned


def shop_story(shop: Shop, tokens: QuerySet[Token]) -> ShopStory:
    """One shop as it is shown."""
    found = names(districts=[shop.district_code])
    in_village = shop.place.kind in VILLAGES
    return ShopStory(
        shop.number,
        in_language(shop.name, shop.name_hi),
        in_language(shop.place.name, shop.place.name_hi),
        shop.place.code if in_village else "",
        found.district(shop.district_code),
        shop.address,
        shop.dealer_name,
        shop.dealer_mobile,
        shop.capacity_families,
        tokens.filter(shop_number=shop.number).count(),
        shop.open_during.lower,
        shop.open_during.upper,
    )


@dataclass(frozen=True)
class Reasoned:
    """How many tokens of a place have no shop, and why."""

    reason: str
    what_to_do: str
    tokens: int


@dataclass(frozen=True)
class PlaceStory:
    """A village or ward: its tokens, those without a shop by reason, and the shops that stand there."""

    code: str
    name: str
    kind: str
    has_position: bool
    tokens: int
    people: int
    without_shop: list[Reasoned]
    drawn_at: list[tuple[str, str, int]]
    drawn_elsewhere: int

    @property
    def waiting(self) -> int:
        """Tokens without a shop."""
        return sum(one.tokens for one in self.without_shop)


def place_story(place: Place, tokens: QuerySet[Token]) -> PlaceStory:
    """One village or ward as it is shown to a reader of these tokens."""
    here = tokens.filter(place_code=place.code).order_by()
    waiting = (
        here.filter(state=Token.State.AWAITING_SHOP).values_list("shop_reason").annotate(count=Count("pk"))
    )
    shops = here.exclude(shop_number="").values_list("shop_number").annotate(count=Count("pk"))
    drawn = sorted(shops, key=lambda one: (-one[1], one[0]))
    found = names(shops=[number for number, _ in drawn[:MOST_SHOPS]])
    counts = here.aggregate(tokens=Count("pk"), people=Coalesce(Sum("member_count"), Value(0)))
    return PlaceStory(
        place.code,
        in_language(place.name, place.name_hi),
        place.get_kind_display(),
        place.latitude is not None,
        counts["tokens"],
        counts["people"],
        [
            Reasoned(reasons.shop_reason(code), str(reasons.WITHOUT_SHOP.get(code, "")), count)
            for code, count in sorted(waiting, key=lambda one: -one[1])
        ],
        [(number, found.shop(number), count) for number, count in drawn[:MOST_SHOPS]],
        max(len(drawn) - MOST_SHOPS, 0),
    )


def place_of(code: str, tokens: QuerySet[Token], shops: QuerySet[Shop]) -> Place | None:
    """The village or ward of a code, if any token or shop of the reader is there."""
    place = Place.objects.filter(kind__in=VILLAGES, code=code).first()
    if place is None:
        return None
    here = tokens.filter(place_code=code).exists() or shops.filter(place=place).exists()
    return place if here else None
