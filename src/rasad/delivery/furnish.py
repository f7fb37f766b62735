"""A made-up State made ready to deliver: committees for every village with tokens, tokens published."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from rasad.delivery.models import Committee, CommitteePlace
from rasad.registry.models import Place
from rasad.relief import publishing, schemes
from rasad.relief.models import Token
from rasad.relief.queries import overview
from rasad.relief.queries.names import VILLAGES

TITLES = {
    Committee.Kind.UNIT: ("UC", "Unit Committee, {name}", "यूनिट समिति, {name}"),
    Committee.Kind.LOCAL: ("LC", "Local Committee, {name}", "स्थानीय समिति, {name}"),
}
CHUNK = 1_000


def is_ready() -> bool:
    """Whether there are committees already."""
    return Committee.objects.exists()


def furnish(*, at: datetime, progress: Callable[[int, int], None]) -> None:
    """A Unit and a Local Committee for every village or ward with tokens; every token with a shop published."""
    districts = dict(
        Token.objects.exclude(place_code="").order_by().values_list("place_code", "district_code").distinct()
    )
    places = Place.objects.filter(kind__in=VILLAGES, code__in=districts)
    with transaction.atomic():
        for place in places:
            for kind, (letters, title, title_hi) in TITLES.items():
                made = Committee.objects.create(
                    kind=kind, code=f"{letters}-{place.code}", name=title.format(name=place.name)[:120],
                    name_hi=title_hi.format(name=place.name_hi or place.name)[:120],
                    district_code=districts[place.code],
                )  # fmt: skip
                CommitteePlace.objects.create(committee=made, kind=kind, place_code=place.code)
    keys = list(Token.objects.filter(state=Token.State.SHOP_ASSIGNED).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        publishing.publish(Token.objects.filter(pk__in=keys[start : start + CHUNK]), at=at)
        progress(min(start + CHUNK, len(keys)), len(keys))
    for code in overview.schemes():
        shops = Token.objects.filter(scheme=code).exclude(shop_number="").order_by()
        numbers = shops.values_list("shop_number", flat=True).distinct()
        if known := schemes.known(code):
            publishing.needs_changed(known, numbers, at=at)


def busiest_place(district: str) -> tuple[str, str] | None:
    """Code and name of the village or ward of a district with the most tokens."""
    here = Token.objects.filter(district_code=district).exclude(place_code="").order_by()
    found = (
        here.values_list("place_code", "place_name")
        .annotate(count=Count("pk"))
        .order_by("-count", "place_code")
    )
    first = found.first()
    return (first[0], first[1]) if first else None
