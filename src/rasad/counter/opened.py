"""A visit as a device needs it: the family, what it may take, where it stands; of both kinds of card alike."""

from dataclasses import dataclass
from datetime import datetime

from rasad.connectors.impds.wire import HomeCard
from rasad.counter import ladder, visitors, visits
from rasad.counter.dues import Offer
from rasad.counter.ladder import Standing
from rasad.counter.models import Consent, ElsewhereLift, Kind, Visit
from rasad.policy.rows import Text
from rasad.registry.families import Member
from rasad.values.month import Month
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Opened:
    """An open visit. `is_consented`: None for a card of this State, of which nothing of the kind is asked."""

    visit: Visit
    members: tuple[Member, ...]
    standing: Standing
    is_consented: bool | None = None
    offers: tuple[Offer, ...] = ()
    elsewhere: tuple[ElsewhereLift, ...] = ()
    contact: Text | None = None
    home: HomeCard | None = None


def opened(visit: Visit, *, at: datetime, home: HomeCard | None = None) -> Opened:
    """An open visit as it stands now; `home`: what the home State said a moment ago.

    Refused: visit_over; of a visitor also home_state_unreachable and what bars the card.
    """
    if visit.kind != Kind.VISITOR:
        shown = visits.again(visit, at=at)
        standing = ladder.standing(visit, members=shown.members)
        return Opened(
            visit,
            shown.members,
            standing,
            offers=shown.offers,
            elsewhere=shown.elsewhere,
            contact=shown.contact,
        )
    if at > visit.until:
        raise Refused("visit_over")
    home = home or visitors.home_card(Month.parse(visit.month), holder=visit.holder)
    visitors.check(home)
    members = visitors.members(home)
    standing = ladder.standing(visit, members=members)
    is_consented = Consent.objects.filter(visit=visit).exists()
    return Opened(visit, members, standing, is_consented=is_consented, home=home)


def with_offers(seen: Opened, *, at: datetime) -> tuple[Offer, ...]:
    """What the visit may take now. Of a visitor it is told after the finger matched; until then, nothing.

    Raises Refused("portability_gap") with the first day and the quantity it may have then.
    """
    if seen.home is None:
        return seen.offers
    return visitors.offers(seen.visit, seen.home, at=at) if seen.standing.mode else ()


def on_ladder(visit: Visit, *, at: datetime) -> Opened:
    """A visit whose next step is to be taken. Refused as `opened`, and aadhaar_consent_missing."""
    seen = opened(visit, at=at)
    if seen.is_consented is False:
        visitors.check_consented(visit)
    return seen
