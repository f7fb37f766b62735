"""The counter's cast: Asha and her family with a card at Ravi's shop, two more shops, the outside world as twins."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from rasad import wiring
from rasad.connectors.aadhaar import twins as aadhaar
from rasad.connectors.impds import sandbox as impds
from rasad.connectors.sms import sandbox as sms
from rasad.counter import ladder, selling, tries, visits
from rasad.counter.asking import sale_of
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Transfer
from rasad.registry import vault
from rasad.registry.models import Card, CardCategory, Household, Membership, Person, Place
from rasad.shops.actions import set_hours
from rasad.shops.models import Shop
from rasad.values import aadhaar as numbers
from tests.cast import ELSEWHERE, HISAR

ASHA, BINOD, CHANDA = "999941057058", "999971658847", "999933119405"
CARD, BINODS_CARD = "069900000042", "069900000043"
RAVIS, SECOND, STRANGERS = "106300100001", "106300100002", "107100100001"
# Not tried in the tests by a clock: a Thursday at 12:00 in India, in a month of which every row holds.
NOON = datetime(2026, 11, 12, 12, 0, tzinfo=wiring.INDIA)
SINCE = (date(2019, 1, 1), None)
WEEK = {day: ((time(0), time(23, 59)),) for day in range(7)}
PLENTY = 1_000_000


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 12) -> datetime:
    """A time in India in November 2026."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=wiring.INDIA)


def shop(
    number: str = RAVIS, *, district: str = HISAR, name: str = "Ravi Store", stock: int = PLENTY
) -> Shop:
    """A shop that is open around the clock, with so many grams of wheat, rice and pulses."""
    place, _ = Place.objects.get_or_create(kind="village", code=f"{district}9", defaults={"name": "Dera"})
    Place.objects.get_or_create(kind="district", code=district, defaults={"name": f"District {district}"})
    made = Shop.objects.create(
        number=number,
        name=name,
        place=place,
        district_code=district,
        capacity_families=100,
        open_during=SINCE,
    )
    set_hours(shop=made, week=WEEK, since=date(2020, 1, 1), by="test", at=NOON)
    if stock:
        deliver(number, stock)
    return made


def deliver(number: str, grams: int, *, at: datetime = NOON) -> None:
    """So many grams of each commodity reach a shop."""
    for commodity, allocation in (("wheat", "NFSA"), ("rice", "NFSA"), ("pulses", "STATE")):
        move = Move(ledger.outside("supply"), ledger.stock(number, commodity, allocation), grams)
        ledger.move(Transfer.Kind.RECEIPT, document=uuid4(), moves=[move], at=at)


def strangers_shop() -> Shop:
    """A shop in the district that is not Meena's."""
    return shop(STRANGERS, district=ELSEWHERE, name="Depot elsewhere")


def person(name: str, aadhaar_number: str = "", *, mobile: str = "", is_validated: bool = True) -> Person:
    """Somebody, with the number in the vault."""
    ref = vault.store_many([aadhaar_number], at=NOON)[0] if aadhaar_number else None
    return Person.objects.create(
        name=name, mobile=mobile, aadhaar_ref=ref, aadhaar_last4=aadhaar_number[-4:],
        identity_key=numbers.identity_key(ref) if ref else None,
        aadhaar_validated_on=date(2021, 1, 1) if ref and is_validated else None,
    )  # fmt: skip


def card(number: str = CARD, *people: Person, category: str = "OPH", tagged_to: str = RAVIS) -> Card:
    """A living card of a family; the first is its head."""
    place = Place.objects.filter(kind="village").first()
    home = Household.objects.create(place=place)
    for line, one in enumerate(people, 1):
        Membership.objects.create(household=home, person=one, line=line, is_head=line == 1, during=SINCE)
    made = Card.objects.create(number=number, household=home, shop_number=tagged_to, during=SINCE)
    CardCategory.objects.create(card=made, category=category, during=SINCE)
    return made


def ashas_card(**given: Any) -> Card:
    """Asha and two more, all linked and validated; Asha has a mobile. 15 kg wheat, 2.5 kg pulses a month."""
    return card(
        CARD, person("Asha Devi", ASHA, mobile="9999900001"), person("Binod Kumar", BINOD),
        person("Chanda", CHANDA), **given,
    )  # fmt: skip


@dataclass
class World:
    """The outside, as twins."""

    aadhaar: aadhaar.Twins
    sms: sms.SmsTwin
    impds: impds.ImpdsTwin


def wired(settings: Any, world: World, folder: Path) -> None:
    """The settings by which the counter finds the twins."""
    for name, value in world.aadhaar.settings(folder).items():
        setattr(settings, name.removeprefix("RASAD_"), value)
    settings.SMS_URL, settings.SMS_USERNAME = world.sms.address, sms.ACCOUNT.username
    settings.SMS_PASSWORD, settings.SMS_SENDER = sms.ACCOUNT.password, sms.ACCOUNT.sender
    settings.SMS_KEY = sms.ACCOUNT.key
    settings.IMPDS_URL, settings.IMPDS_KEY = world.impds.url, impds.KEY


def visit(
    number: str = CARD, *, shop_number: str = RAVIS, when: datetime = NOON, id: UUID | None = None
) -> Any:
    """A card shown at a shop."""
    return visits.open_visit(
        id=id or uuid4(), shop=Shop.objects.get(number=shop_number), number=number, at=when, dealer="ravi"
    )


def finger(shown: Any, world: World, *, of: str = ASHA, line: int = 1, placed: str | None = None) -> Any:
    """A member's finger on the reader; `placed`: whose finger it is in truth."""
    captured = world.aadhaar.captured(placed or of, "LEFT_INDEX")
    return tries.try_finger(
        shown.visit, members=shown.members, member=line, finger="LEFT_INDEX", captured=captured,
        at=shown.visit.opened_at,
    )  # fmt: skip


def passed(shown: Any) -> str:
    """The pass of a visit that is through its ladder."""
    now = ladder.standing(shown.visit, members=shown.members)
    return selling.issue_pass(shown.visit, now=now, offers=shown.offers, at=shown.visit.opened_at)


def asked(shown: Any, **grams: int) -> Any:
    """A sale of a visit, ready to be posted."""
    return sale_of(str(shown.visit.pk), passed(shown), list(grams.items()), now=timezone.now().timestamp())


def unauthenticated(shown: Any, why: str = "mobile_not_carried") -> None:
    """The family goes on without finger and code."""
    tries.skip_finger(shown.visit, members=shown.members, why="reader", at=shown.visit.opened_at)
    tries.go_without(shown.visit, members=shown.members, why=why, at=shown.visit.opened_at)


def sell(shown: Any, *, when: datetime = NOON, **grams: int) -> Any:
    """Sell so many grams of each line."""
    return selling.sell(shown.visit, pass_text=passed(shown), lines=grams, dealer="ravi", at=when)
