"""Applications of made-up families, one in each state, so that the office's pages have something to show."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count

from rasad.accounts.models import User
from rasad.applications import clock, coverage
from rasad.applications.actions import decide, verify
from rasad.applications.actions.register import register
from rasad.applications.asked import Asked, Leaving, Someone, Taken
from rasad.applications.models import Application, Holiday
from rasad.applications.sealing import Sheet
from rasad.registry.families import family
from rasad.registry.models import Card, Place
from rasad.shops.models import Shop

PAPERS = (Sheet("voter_id", "XYZ1234567"), Sheet("electricity_bill", "58812"), Sheet("affidavit", "17/2020"))
NOT_SO = (
    "homeless", "head_disabled", "head_widow", "head_single_woman", "income_tax_payer", "vat_assessee",
    "service_tax_payer", "professional_tax_payer", "owns_motorised_four_wheeler", "registered_enterprise",
    "owns_agricultural_four_wheeler", "owns_air_conditioner", "katcha_house",
)  # fmt: skip
POOR = {
    **dict.fromkeys(NOT_SO, False), "existing_card": "none", "main_income": "manual_casual_labour",
    "landless_agricultural_labourer": True, "land_acres": "0", "annual_income": "60000", "members_employment": "none",
}  # fmt: skip
FAMILIES = (
    ("Geeta Devi", "Ramesh", "9812300001"), ("Sunita", "Mahesh", "9812300002"), ("Rukhsana", "Salim", "9812300003"),
    ("Kamlesh", "Dharam Pal", "9812300004"), ("Poonam", "Vinod", "9812300005"),
)  # fmt: skip

# The three that every office in India keeps.
NATIONAL = (
    (1, 26, "Republic Day", "गणतंत्र दिवस"), (8, 15, "Independence Day", "स्वतंत्रता दिवस"),
    (10, 2, "Gandhi Jayanti", "गांधी जयंती"),
)  # fmt: skip


def is_ready() -> bool:
    """Whether there are applications already."""
    return Application.objects.exists()


@transaction.atomic
def furnish(*, verifier: User, decider: User, district: str, at: datetime) -> None:
    """Families of a village ask, and the two Inspectors are some way through what they asked for."""
    shop = _village_shop(district)
    if shop is None:
        return
    _holidays(at.year)
    coverage.count(at=at)
    taken = Taken(Application.Channel.COUNTER, verifier.get_username(), "Area office", "Ram Mehar")
    made = [
        register(
            _new(name, husband, mobile, shop.place, shop, district), taken=taken, at=at - timedelta(days=days)
        )
        for (name, husband, mobile), days in zip(FAMILIES, (0, 1, 6, 14, 17), strict=True)
    ]
    for one in made[1:]:
        _verified(one, verifier, one.received_at + timedelta(hours=3))
    decide.approve(application=_again(made[2]), by=decider, at=at)
    decide.reject(
        application=_again(made[3]), ground="not_living_here", why="The neighbours know nobody of this name.",
        by=decider, at=at,
    )  # fmt: skip
    clock.goes_up(at=at)
    before = at - timedelta(days=2)
    for asked in _about_cards(shop, district, before.date()):
        register(asked, taken=taken, at=before)


def _village_shop(district: str) -> Shop | None:
    """The shop of a village of the district with the most cards."""
    shops = Shop.objects.filter(district_code=district, place__kind=Place.Kind.VILLAGE)
    cards = Card.objects.filter(shop_number__in=shops.values("number"), during__upper_inf=True)
    most = cards.values("shop_number").annotate(count=Count("pk")).order_by("-count", "shop_number").first()
    return shops.select_related("place").get(number=most["shop_number"]) if most else None


def _new(name: str, husband: str, mobile: str, place: Place, shop: Shop, district: str) -> Asked:
    people = (
        Someone(name, husband, "self", "F", birth_year=1986), Someone(husband, "", "husband", "M", birth_year=1983),
        Someone("Pinki", husband, "daughter", "F", birth_year=2012),
    )  # fmt: skip
    return Asked(
        "new_card", name, district, mobile, "hi", place=place, address="House 12", shop=shop.number, people=people,
        facts=POOR, papers=PAPERS,
    )  # fmt: skip


def _about_cards(shop: Shop, district: str, on: date) -> list[Asked]:
    """A lost card, and a member who moved away."""
    living = Card.objects.filter(shop_number=shop.number, during__contains=on).order_by("number")[:20]
    large = [card for card in living if len(family(card.number, on=on).members) > 1][:2]
    if len(large) < 2:
        return []
    lost, left = large
    members = family(left.number, on=on).members
    proof = (Sheet("shown", "Police report 88"),)
    told: dict[str, Any] = {"district": district, "mobile": "9812300006", "papers": proof}
    loser = family(lost.number, on=on).members[0].name
    leaving = (Leaving(members[-1].line, "moved"),)
    moved = {"reason": "moved to Delhi"}
    return [
        Asked("duplicate_card", loser, card=lost, wants={"reason": "lost"}, **told),
        Asked("member_deletion", members[0].name, card=left, leaving=leaving, wants=moved, **told),
    ]


def _verified(one: Application, verifier: User, at: datetime) -> None:
    verify.open_(application=one, by=verifier, at=at)
    verify.visit(application=one, found="as_said", people_seen=3, by=verifier, at=at)
    verify.verify(application=one, finding="Seen at the door; the neighbours confirm.", by=verifier, at=at)


def _again(one: Application) -> Application:
    one.refresh_from_db()
    return one


def _holidays(year: int) -> None:
    Holiday.objects.bulk_create(
        (
            Holiday(on=date(one, month, day), name=name, name_hi=hindi, by="demo")
            for one in (year, year + 1)
            for month, day, name, hindi in NATIONAL
        ),
        ignore_conflicts=True,
    )
