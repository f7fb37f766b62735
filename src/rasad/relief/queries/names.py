"""The names that belong to codes: of districts, places and shops, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import get_language

from rasad.registry.models import Place
from rasad.shops.models import Shop

VILLAGES = (Place.Kind.VILLAGE, Place.Kind.WARD)


@dataclass(frozen=True)
class Names:
    """Names by code. A code without a name is its own."""

    districts: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    shops: dict[str, str] = field(default_factory=dict)

    def district(self, code: str) -> str:
        """The name of a district."""
        return self.districts.get(code, code)

    def knows_place(self, code: str) -> bool:
        """Whether the register has a village or ward of this code: sources send others too."""
        return code in self.places

    def place(self, code: str) -> str:
        """The name of a village or ward."""
        return self.places.get(code, code)

    def shop(self, number: str) -> str:
        """The name of a shop."""
        return self.shops.get(number, number)


def names(*, districts: Iterable[str] = (), places: Iterable[str] = (), shops: Iterable[str] = ()) -> Names:
    """The names of these codes: one query for each kind that is asked for."""
    return Names(
        _places((Place.Kind.DISTRICT,), set(districts)),
        _places(VILLAGES, set(places)),
        _shops(set(shops)),
    )


def district_choices(codes: Iterable[str] | None) -> list[tuple[str, str]]:
    """Code and name of districts for a picker, by name; of every district when `codes` is None."""
    found = Place.objects.filter(kind=Place.Kind.DISTRICT)
    if codes is not None:
        found = found.filter(code__in=codes)
    return sorted(_named(found).items(), key=lambda choice: choice[1])


def in_language(name: str, name_hi: str) -> str:
    """The Hindi name for a reader of Hindi where there is one, else the English name."""
    return name_hi if name_hi and (get_language() or "en").startswith("hi") else name


def _places(kinds: tuple[str, ...], codes: set[str]) -> dict[str, str]:
    codes.discard("")
    return _named(Place.objects.filter(kind__in=kinds, code__in=codes)) if codes else {}


def _named(places: QuerySet[Place]) -> dict[str, str]:
    told = places.values_list("code", "name", "name_hi")
    return {code: in_language(name, name_hi) for code, name, name_hi in told}


def _shops(numbers: set[str]) -> dict[str, str]:
    numbers.discard("")
    if not numbers:
        return {}
    found = Shop.objects.filter(number__in=numbers).values_list("number", "name", "name_hi")
    return {number: in_language(name, name_hi) for number, name, name_hi in found}
