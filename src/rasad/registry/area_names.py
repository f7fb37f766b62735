"""Names of states, districts, villages and wards for the areas staff are bound to."""

from collections.abc import Collection

from rasad.accounts.models import Area
from rasad.registry.models import Place
from rasad.web.language import in_language

_KINDS: dict[str, tuple[str, ...]] = {
    Area.Kind.STATE: (Place.Kind.STATE,),
    Area.Kind.DISTRICT: (Place.Kind.DISTRICT,),
    Area.Kind.PLACE: (Place.Kind.VILLAGE, Place.Kind.WARD),
}


def place_names(kind: str, codes: Collection[str]) -> dict[str, str]:
    """The names of those of these codes that the register of places knows; none for other kinds of area."""
    if kind not in _KINDS:
        return {}
    found = Place.objects.filter(kind__in=_KINDS[kind], code__in=codes).values_list("code", "name", "name_hi")
    return {code: in_language(name, name_hi) for code, name, name_hi in found}
