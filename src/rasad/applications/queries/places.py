"""Pickers of the form: the villages and wards of a district, the categories of the State."""

from datetime import date

from rasad import wiring
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry import queries as registry
from rasad.registry.models import Place
from rasad.web.language import active, in_language

KINDS = (Place.Kind.VILLAGE, Place.Kind.WARD)


def of_district(code: str, *, on: date, whole_state: bool = False) -> list[tuple[str, str]]:
    """The villages and wards of a district, or of all, as a picker has them."""
    if whole_state:
        found = Place.objects.filter(kind__in=KINDS)
    else:
        district = Place.objects.filter(kind=Place.Kind.DISTRICT, code=code).first()
        if district is None:
            return []
        found = registry.places_in(district, on).filter(kind__in=KINDS)
    return [
        (f"{one.kind}:{one.code}", in_language(one.name, one.name_hi))
        for one in found.order_by("name", "code")
    ]


def by_code(code: str, *, on: date) -> dict[str, Place]:
    """The villages and wards of a district by their codes."""
    district = Place.objects.filter(kind=Place.Kind.DISTRICT, code=code).first()
    found = registry.places_in(district, on).filter(kind__in=KINDS) if district else Place.objects.none()
    return {one.code: one for one in found}


def district_of_places(codes: list[str], *, on: date) -> str:
    """The district in which these places lie; empty without any."""
    for place in Place.objects.filter(kind__in=KINDS, code__in=codes):
        for above in registry.ancestors(place, on):
            if above.kind == Place.Kind.DISTRICT:
                return above.code
    return ""


def categories(*, on: date) -> list[tuple[str, str]]:
    """The categories a card can have on a day, as a picker has them."""
    rows = jurisdiction(wiring.state_code()).categories
    return [(one.value, one.name.in_language(active())) for one in rows if one.holds_on(on)]
