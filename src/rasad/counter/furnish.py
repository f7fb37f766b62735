"""A made-up State is made ready to sell: hours, stock, confirmed Aadhaar links, cards to try by hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext_noop as _

from rasad import wiring
from rasad.counter.dues import UNITS, lines_of
from rasad.counter.training import TestCard, keep_cards
from rasad.counter.visitors import ALLOCATION as VISITORS
from rasad.ledger import actions as ledger
from rasad.ledger.actions import Move
from rasad.ledger.models import Transfer
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry import indexing, vault
from rasad.registry.models import Card, CardCategory, Household, Membership, Person
from rasad.relief.models import Token
from rasad.shops.actions import set_hours
from rasad.shops.models import Shop
from rasad.values import aadhaar
from rasad.values.month import Month
from rasad.values.refused import Refused

OPENING = UUID("5b0c1a53-7f0e-4f57-8a55-2f3f3d0f6c01")
# The books of a made-up State begin here; its tokens are of the months after it.
SINCE = datetime(2020, 4, 1, 7, 0, tzinfo=wiring.INDIA)
WEEK = {day: ((time(8), time(13)), (time(14), time(20))) for day in range(7)}
PLENTY = 20_000_000  # twenty tonnes, or thousand litres
NOT_VALIDATED_EVERY = 5
TO_BE_TAKEN = (Token.State.SHOP_ASSIGNED, Token.State.PUBLISHED, Token.State.DELIVERED)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sketch:
    """A person of a card to try: name, Aadhaar number of UIDAI's published ones, whether confirmed, mobile."""

    name: str
    number: str = ""
    is_validated: bool = True
    mobile: str = ""


FAMILIES: tuple[tuple[str, str, tuple[Sketch, ...]], ...] = (
    (
        "069999000101",
        _(
            "Asha's family. Place her left index on the reader (999941057058); or let it fail, and read the code"
            " on telephone 9999900001."
        ),
        (
            Sketch("Asha Devi", "999941057058", mobile="9999900001"),
            Sketch("Binod Kumar", "999971658847"),
            Sketch("Chanda"),
        ),
    ),
    (
        "069999000102",
        _(
            "Linked with Aadhaar, the link not validated: begins with the code, on telephone 9999900002 or 9999900003."
        ),
        (
            Sketch("Dinesh Lal", "999933119405", is_validated=False, mobile="9999900002"),
            Sketch("Ekta", mobile="9999900003"),
        ),
    ),
    (
        "069999000103",
        _("No Aadhaar, no mobile: served at once, and asked for eKYC."),
        (Sketch("Fakir Chand"),),
    ),
)


def is_ready() -> bool:
    """Whether every shop has its hours: then all was done before."""
    return not Shop.objects.filter(hours=None).exists()


def furnish(*, by: str, at: datetime, progress: Progress) -> None:
    """Make every shop ready to sell; what was done before is not done again."""
    shops = list(Shop.objects.filter(hours=None))
    if not shops:
        return
    linked = Person.objects.filter(aadhaar_ref__isnull=False, aadhaar_validated_on=None)
    linked.annotate(rest=F("pk") % NOT_VALIDATED_EVERY).exclude(rest=0).update(
        aadhaar_validated_on=SINCE.date()
    )
    goods = _goods()
    for done, shop in enumerate(shops):
        progress(done, len(shops))
        with transaction.atomic():
            set_hours(shop=shop, week=WEEK, since=SINCE.date(), by=by, at=at)
            _open_stock(shop, goods)


def busiest_shop(district: str) -> Shop | None:
    """The shop of a district with the most cards."""
    shops = Shop.objects.filter(district_code=district)
    cards = Card.objects.filter(shop_number__in=shops.values("number"), during__upper_inf=True)
    most = cards.values("shop_number").annotate(count=Count("pk")).order_by("-count", "shop_number").first()
    return shops.get(number=most["shop_number"]) if most else None


def cards_to_try(shop: Shop, *, at: datetime) -> None:
    """Families at a shop whose fingers and telephones are the twins', and a card and a token of the register."""
    made = []
    for number, about, people in FAMILIES:
        if not Card.objects.filter(number=number).exists():
            _family(number, people, shop, at)
        made.append(TestCard(number, about))
    known = Card.objects.filter(shop_number=shop.number, during__upper_inf=True)
    some = known.exclude(number__in=[one.number for one in made]).order_by("number").first()
    if some:
        made.append(TestCard(some.number, _("A card of the made-up register, at this shop.")))
    token = Token.objects.filter(shop_number=shop.number, state__in=TO_BE_TAKEN).order_by("number").first()
    if token:
        made.append(TestCard(token.number, _("A token: only in its months (./run demo --on 2020-05-15).")))
    keep_cards(made)


def _goods() -> list[tuple[str, str, str]]:
    """Commodity, allocation and unit of whatever some card may take, now or in the months of the tokens."""
    law = jurisdiction(wiring.state_code())
    found = {(one, VISITORS, "g") for one in ("wheat", "rice")}  # what cards of other States come for
    for month in (Month.of(wiring.now().date()), Month(2020, 4), Month(2020, 5), Month(2020, 6)):
        for category in (one.value for one in law.categories):
            try:
                lines = lines_of(category, members=4, month=month, state=wiring.state_code())
            except Refused:
                continue  # no such card in that month
            found |= {(line.commodity, line.allocation, str(UNITS[line.unit])) for line in lines}
    return sorted(found)


def _open_stock(shop: Shop, goods: Iterable[tuple[str, str, str]]) -> None:
    supply = ledger.outside("supply")
    moves = [
        Move(supply, ledger.stock(shop.number, commodity, allocation, unit=unit), PLENTY)
        for commodity, allocation, unit in goods
    ]
    if moves:
        document = uuid5(OPENING, shop.number)
        ledger.move(Transfer.Kind.RECEIPT, document=document, moves=moves, at=SINCE)


@transaction.atomic
def _family(number: str, people: Iterable[Sketch], shop: Shop, at: datetime) -> None:
    during = (date(2019, 1, 1), None)
    home = Household.objects.create(place=shop.place)
    for line, one in enumerate(people, 1):
        person = _person(one, at)
        Membership.objects.create(household=home, person=person, line=line, is_head=line == 1, during=during)
        indexing.refresh([person.pk])
    card = Card.objects.create(number=number, household=home, shop_number=shop.number, during=during)
    CardCategory.objects.create(card=card, category="OPH", during=during)


def _person(one: Sketch, at: datetime) -> Person:
    ref = vault.store_many([one.number], at=at)[0] if one.number else None
    if ref and Person.objects.filter(aadhaar_ref=ref).exists():
        # The register's own people may have one of the published numbers: a number is one person's.
        ref = None
    return Person.objects.create(
        name=one.name, mobile=one.mobile, aadhaar_ref=ref, aadhaar_last4=one.number[-4:] if ref else "",
        identity_key=aadhaar.identity_key(ref) if ref else None,
        aadhaar_validated_on=SINCE.date() if ref and one.is_validated else None,
    )  # fmt: skip
