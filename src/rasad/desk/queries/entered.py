"""What an office needs to enter requests: its villages, its districts, what it entered before."""

from collections.abc import Collection

from rasad.registry.models import Place
from rasad.relief.models import SourceRow
from rasad.relief.queries.names import VILLAGES, in_language


def villages(codes: Collection[str]) -> list[tuple[str, str]]:
    """Code and name of these villages and wards, by name."""
    found = Place.objects.filter(kind__in=VILLAGES, code__in=codes)
    named = ((one.code, in_language(one.name, one.name_hi)) for one in found)
    return sorted(named, key=lambda choice: choice[1])


def districts(codes: Collection[str]) -> dict[str, str]:
    """The codes of these districts by everything a file may write for them, in small letters."""
    found = Place.objects.filter(kind=Place.Kind.DISTRICT, code__in=codes)
    return {said.lower(): one.code for one in found for said in (one.code, one.name, one.name_hi) if said}


def entered_by(name: str, source: str) -> int:
    """How many requests of a source somebody entered."""
    return SourceRow.objects.filter(source=source, entered_by=name).count()


def is_known(scheme: str, source: str, reference: str) -> bool:
    """Whether a request of this reference is there already."""
    return SourceRow.objects.filter(scheme=scheme, source=source, reference=reference, line=1).exists()
