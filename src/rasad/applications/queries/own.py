"""What a citizen sees of applications: those of the own telephone; of others only how far they are."""

from datetime import date

from django.db.models import QuerySet

from rasad.applications.models import Application
from rasad.policy.card_requests import CardRequest
from rasad.registry.families import Family, family
from rasad.registry.models import Card, Membership, Place
from rasad.values.refused import Refused
from rasad.web.language import in_language

MOST = 50


def of_mobile(mobile: str) -> QuerySet[Application]:
    """The applications made with a telephone, the newest first."""
    found = Application.objects.filter(mobile=mobile).prefetch_related("pauses", "delays")
    return found.order_by("-received_at")[:MOST]


def own(mobile: str, number: str) -> Application:
    """One of them. Refused: application_not_yours."""
    found = Application.objects.filter(number=number, mobile=mobile).first() if mobile else None
    if found is None:
        raise Refused("application_not_yours")
    return found


def by_number(number: str) -> Application | None:
    """The application of a number, for whoever has the slip; the page shows no personal data of it."""
    digits = "".join(one for one in number if one.isdigit())
    return Application.objects.filter(number=digits).first() if digits else None


def card_of(mobile: str, number: str, *, on: date, service: CardRequest) -> tuple[Card, Family]:
    """A card on one of whose living members this telephone stands. Refused: card_needed, card_not_on_telephone."""
    digits = "".join(number.split())[:20]
    if not digits:
        raise Refused("card_needed", service=service.name)
    card = Card.objects.select_related("household__place").filter(number=digits, during__contains=on).first()
    living = Membership.objects.filter(household=card.household_id, during__contains=on) if card else None
    if card is None or living is None or not living.filter(person__mobile=mobile).exists():
        raise Refused("card_not_on_telephone")
    return card, family(card.number, on=on)


def districts() -> list[tuple[str, str]]:
    """The districts, as a picker has them."""
    found = Place.objects.filter(kind=Place.Kind.DISTRICT).order_by("name")
    return [(one.code, in_language(one.name, one.name_hi)) for one in found]


def district_names() -> dict[str, str]:
    """The names of the districts by their codes."""
    return dict(districts())


def everything() -> QuerySet[Application]:
    """All applications, for figures that name nobody."""
    return Application.objects.all()
