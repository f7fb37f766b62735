"""One of everything of the review in a district, for whoever must not read it."""

from datetime import date, datetime
from typing import Any

from rasad.oversight.models import (
    AayEntry,
    AayList,
    Campaign,
    Case,
    Evidence,
    Objection,
    PenalReferral,
    Suspicion,
)
from rasad.registry.models import Card, CardCategory, Household, Membership, Person, Place

CASE, LIST = "R71-000077-1", "A71-000077-1"
SINCE = (date(2019, 1, 1), None)


def under_review(district: str, *, place: str, secret: str, at: datetime) -> dict[Any, Any]:
    """A card with a case, a campaign with a visit to make, an Antyodaya list; by their models."""
    by = "far-officer"
    where = Place.objects.get(code=place)
    home = Household.objects.create(place=where, address=secret)
    Household.objects.filter(pk=home.pk).update(district_code=district)
    person = Person.objects.create(name=secret, mobile="9876599999")
    Membership.objects.create(household=home, person=person, line=1, is_head=True, during=SINCE)
    card = Card.objects.create(number="007100000077", household=home, during=SINCE)
    CardCategory.objects.create(card=card, category="AAY", during=SINCE)
    case = Case.objects.create(
        number=CASE, district_code=district, serial=77, what="card", card=card, ground="bogus", words=secret,
        opened_by=by, opened_at=at,
    )  # fmt: skip
    Evidence.objects.create(case=case, source=secret, says=secret, by=by, at=at)
    campaign = Campaign.objects.create(
        kind="list", title=secret, district_code=district, order_number="1", starts_on=at.date(),
        ends_on=at.date(), ground="bogus", opened_by=by, opened_at=at,
    )  # fmt: skip
    suspicion = Suspicion.objects.create(
        campaign=campaign, district_code=district, card=card, name=secret, source=secret, says=secret,
        matched_by="card", place_in_sample=1,
    )  # fmt: skip
    referral = PenalReferral.objects.create(
        case=case, district_code=district, against="dealer", name=secret, offence=secret, act="7",
        referred_to=secret, referred_on=at.date(), by=by,
    )  # fmt: skip
    of = AayList.objects.create(
        number=LIST,
        place=where,
        district_code=district,
        places=1,
        places_source=secret,
        made_by=by,
        made_at=at,
    )
    entry = AayEntry.objects.create(list=of, card=card, by=by)
    objection = Objection.objects.create(list=of, by_whom=secret, words=secret, written_by=by, at=at)
    return {
        Campaign: campaign, Suspicion: suspicion, PenalReferral: referral, AayEntry: entry, Objection: objection
    }  # fmt: skip
