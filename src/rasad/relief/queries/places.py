"""Where a village or ward lies."""

from django.utils import timezone

from rasad import wiring
from rasad.registry.models import Place, PlaceParent
from rasad.relief.queries.names import VILLAGES

# Village, sub-district, district; one more, for a level that a State puts between.
LEVELS = 4


def district_of(code: str) -> str:
    """The code of the district a village or ward lies in today; nothing when the register does not say."""
    at = Place.objects.filter(kind__in=VILLAGES, code=code).order_by("kind").first()
    today = timezone.localdate(wiring.now())
    for _ in range(LEVELS):
        if at is None or at.kind == Place.Kind.DISTRICT:
            break
        held = PlaceParent.objects.filter(place=at, during__contains=today).select_related("parent").first()
        at = held.parent if held else None
    return at.code if at is not None and at.kind == Place.Kind.DISTRICT else ""
