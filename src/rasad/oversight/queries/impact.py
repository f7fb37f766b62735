"""Whom a campaign would touch: cards, people, by category and district, women-headed, aged 60 and more, kilograms."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from rasad import wiring
from rasad.oversight.models import Campaign, Suspicion
from rasad.policy.entitlements import entitlement
from rasad.registry.models import CardCategory, Membership
from rasad.values.month import Month
from rasad.values.refused import Refused

OLD = 60


def ready(campaign: Campaign) -> QuerySet[Suspicion]:
    """The suspicions that could become cases: matched by a number or a person, and not left out."""
    return campaign.suspicions.exclude(matched_by="").filter(card__isnull=False, dropped="")


def of(campaign: Campaign, *, on: date) -> dict[str, object]:
    """The report, as it is kept with the campaign."""
    return told(ready(campaign).annotate(person=F("membership_id")), on=on)


def told(found: QuerySet[Any], *, on: date) -> dict[str, object]:
    """Figures on rows with `card`, `district_code` and `person`; kilograms: what the families are due in the month."""
    members = Membership.objects.filter(household=OuterRef("card__household"), during__contains=on)
    count = members.order_by().values("household").annotate(number=Count("pk")).values("number")
    category = CardCategory.objects.filter(card=OuterRef("card"), during__contains=on).values("category")
    rows = (
        found
        .annotate(
            members=Subquery(count[:1]), category=Subquery(category[:1]),
            by_woman=Exists(members.filter(is_head=True, person__sex="F")),
            with_old=Exists(members.filter(_aged(on))),
        )
        .values_list("card_id", "person", "district_code", "category", "members", "by_woman", "with_old")
    )  # fmt: skip
    cards: dict[int, tuple[str, str, int, bool, bool]] = {}
    people = 0
    for card, member, district, kind, size, by_woman, with_old in rows.iterator(2_000):
        people += 1 if member else size or 0
        cards[card] = (district, kind or "", size or 0, by_woman, with_old)
    each = list(cards.values())
    # What is due depends on these two alone: asked once for all cards alike.
    alike = Counter((kind, size) for _, kind, size, _, _ in each)
    return {
        "cards": len(each),
        "people": people,
        "by_category": dict(sorted(Counter(one[1] for one in each).items())),
        "by_district": dict(sorted(Counter(one[0] for one in each).items())),
        "women_headed": sum(one[3] for one in each),
        "aged": sum(one[4] for one in each),
        "kg_a_month": sum(_grams(*one, Month.of(on)) * number for one, number in alike.items()) // 1000,
    }


def _aged(on: date) -> Q:
    """Aged 60 exactly counts; of somebody with a year only, the year decides in the family's favour."""
    try:
        born = on.replace(year=on.year - OLD)
    except ValueError:
        born = date(on.year - OLD, 2, 28)
    return Q(person__born_on__lte=born) | Q(person__born_on=None, person__birth_year__lte=on.year - OLD)


def _grams(category: str, members: int, month: Month) -> int:
    if not category or not members:
        return 0
    try:
        due = entitlement(category, members=members, month=month, state=wiring.state_code())
    except Refused:
        return 0
    return sum(line.quantity for line in due.lines if line.unit == "kg")
