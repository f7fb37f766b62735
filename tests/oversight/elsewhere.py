"""One of everything of the review in a district, for whoever must not read it."""

from datetime import date, datetime
from typing import Any

from rasad.applications.models import Application
from rasad.oversight.models import (
    AayEntry,
    AayList,
    Campaign,
    Case,
    Evidence,
    ListRow,
    Objection,
    PenalReferral,
    Surrender,
    Suspicion,
    TakenList,
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
    taken = _of_a_campaign(campaign, suspicion, secret=secret, by=by, at=at)
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
        Campaign: campaign, Suspicion: suspicion, PenalReferral: referral, AayEntry: entry, Objection: objection,
        TakenList: taken,
    }  # fmt: skip


def _of_a_campaign(
    campaign: Campaign, suspicion: Suspicion, *, secret: str, by: str, at: datetime
) -> TakenList:
    """A list with its row, and a card given up."""
    taken = TakenList.objects.create(
        campaign=campaign, source=secret, file_name=secret, digest="7", sheet=secret, rows=1, by=by, at=at
    )
    ListRow.objects.create(list=taken, line=2, end="matched", suspicion=suspicion)
    application = Application.objects.create(
        number="X000000077", service="surrender_certificate", card=suspicion.card,
        district_code=campaign.district_code, applicant=secret,
        channel="counter", registered_by=by, made_at=secret, received_at=at, received_on=at.date(), due_on=at.date(),
    )  # fmt: skip
    Surrender.objects.create(
        campaign=campaign,
        card=suspicion.card,
        application=application,
        who=secret,
        proof="code",
        shown=secret,
        by=by,
        at=at,
    )
    return taken
