"""Cards of other States at a shop: what the home State says of them, consent, and what one lift may take."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from rasad import wiring
from rasad.connectors.impds.client import ImpdsClient
from rasad.connectors.impds.wire import HomeCard
from rasad.counter import visits
from rasad.counter.dues import Offer
from rasad.counter.goods import name
from rasad.counter.models import Consent, Kind, Visit
from rasad.ledger import actions as ledger
from rasad.ledger import grants
from rasad.ledger.models import Account, AwayLift
from rasad.policy import portability as rules
from rasad.policy import visitor
from rasad.registry.families import Member
from rasad.shops.models import Shop
from rasad.shops.queries.hours import is_open
from rasad.values.aadhaar import is_aadhaar
from rasad.values.month import Month
from rasad.values.quantities import Grams
from rasad.values.refused import OutsideError, Refused

WITHIN_SECONDS = 10.0
# The text a visitor agrees to (counter/consent.py); a change of its words is a new version.
CONSENT_VERSION = "2026-11"
ALLOCATION = "NFSA"
LONGEST_NUMBER = 20


def home_card(month: Month, *, number: str = "", aadhaar: str = "", holder: str = "") -> HomeCard:
    """A card as its home State knows it now. Refused: impds_card_unknown, home_state_unreachable."""
    client = _client()
    number = holder.partition("/")[2] or number
    may_be_one = 0 < len(number) <= LONGEST_NUMBER and number.isprintable()
    if not (is_aadhaar(aadhaar) if aadhaar else may_be_one):
        raise Refused("impds_card_unknown", card="")
    asked = {"aadhaar_ref": client.aadhaar_ref(aadhaar)} if aadhaar else {"number": number}
    try:
        return client.card(**asked, month=month, within=WITHIN_SECONDS)
    except OutsideError:
        raise Refused("home_state_unreachable") from None


def _client() -> ImpdsClient:
    client = wiring.impds()
    if client is None:
        raise Refused("home_state_unreachable")
    return client


def open_visit(
    *,
    id: UUID,
    shop: Shop,
    number: str = "",
    aadhaar: str = "",
    at: datetime,
    device: str = "",
    dealer: str = "",
) -> tuple[Visit, HomeCard]:
    """Open a visit of a card of another State by its number or by a member's Aadhaar number, which is not kept.

    Refused: shop_closed, impds_card_unknown, home_state_unreachable, impds_own_state, impds_card_not_active,
    portability_not_nfsa, portability_not_linked, portability_not_validated, visit_id_reused.
    """
    if not is_open(shop, at):
        raise Refused("shop_closed", shop=shop.name, on=timezone.localdate(at))
    month = Month.of(timezone.localtime(at).date())
    home = home_card(month, number=number.strip(), aadhaar=aadhaar.replace(" ", ""))
    check(home)
    visit = visits.record(
        Visit(
            id=id, shop=shop, kind=Kind.VISITOR, holder=holder_name(home), month=str(month),
            category=home.category, members=len(home.members), home_state=home.state, device=device,
            dealer=dealer, opened_at=at, until=at + visits.LASTS,
        )
    )  # fmt: skip
    return visit, home


def check(home: HomeCard) -> None:
    """Refuse a card that does not travel, saying which condition it misses; one of this State is no visitor's.

    Refused: impds_own_state, impds_card_not_active, and as `visitor.check_card`.
    """
    if home.state == wiring.state_code():
        raise Refused("impds_own_state")
    if not home.is_active:
        raise Refused("impds_card_not_active", card=home.number)
    visitor.check_card(
        wiring.state_code(), is_nfsa=home.is_nfsa, is_linked=home.is_linked, is_validated=home.is_validated
    )


def holder_name(home: HomeCard) -> str:
    """The name of a visitor's accounts: the home State before the number, so that no card of ours has it."""
    return f"{home.state}/{home.number}"


def members(home: HomeCard) -> tuple[Member, ...]:
    """The members of a visitor's card, as a home card's."""
    return tuple(
        Member(
            line=one.line, person=0, name=one.name, is_head=False, is_linked=one.is_linked,
            is_validated=one.is_validated, last_four="", has_mobile=False, mobile_end="",
        )
        for one in home.members
    )  # fmt: skip


def token_of(visit: Visit, line: int) -> str:
    """What stands for a member at UIDAI, as the home State gave it."""
    home = home_card(Month.parse(visit.month), holder=visit.holder)
    for one in home.members:
        if one.line == line and one.uid_token:
            return one.uid_token
    raise Refused("member_not_linked", line=line)


def agree(visit: Visit, *, is_given: bool, version: str, language: str, at: datetime) -> None:
    """Record the consent to the use of Aadhaar: to which words, in which language, when.

    Refused: aadhaar_consent_missing, consent_outdated.
    """
    visitor.check_consent(wiring.state_code(), is_given=is_given)
    if version != CONSENT_VERSION:
        raise Refused("consent_outdated", version=version, current=CONSENT_VERSION)
    told = {"reference": visit.holder, "text_version": version, "language": language[:5], "at": at}
    Consent.objects.bulk_create([Consent(visit=visit, **told)], ignore_conflicts=True)


def check_consented(visit: Visit) -> None:
    """Stop a visitor's visit without consent. Raises Refused("aadhaar_consent_missing")."""
    visitor.check_consent(wiring.state_code(), is_given=Consent.objects.filter(visit=visit).exists())


def offers(visit: Visit, home: HomeCard, *, at: datetime) -> tuple[Offer, ...]:
    """What one lift may take of each grain: half of the full month, never more than is left, and not within the gap.

    Refused: portability_gap with the first day and the quantity it may have then, portability_month_ends.
    """
    state, on = wiring.state_code(), timezone.localtime(at).date()
    grains = {line.commodity: line for line in home.lines if line.kind == "foodgrain"}
    full = {one: line.full for one, line in grains.items()}
    accounts = _accounts(visit, full, at=at)
    prices = visitor.prices(visit.category, on=on)
    may = {
        one: rules.allowed(state, full=Grams(line.full), left=Grams(line.left), asked=Grams(line.full))
        for one, line in grains.items()
    }
    previous = last_lift(visit, home)
    if previous is not None and any(may.values()):
        check_gap(previous, on=on, quantity=sum(may.values()))
    found = []
    for commodity, line in grains.items():
        most = may[commodity]
        if commodity in prices:
            stock = ledger.stock(visit.shop_id, commodity, ALLOCATION)
            found.append(
                Offer(
                    key=commodity, commodity=commodity, name=name(commodity), allocation=ALLOCATION, unit="g",
                    price=prices[commodity], full=line.full, left=most, in_stock=stock.left, most=most,
                    entitlement=accounts[commodity, ""].pk, stock=stock.pk,
                )
            )  # fmt: skip
    return tuple(found)


def check_gap(previous: date, *, on: date, quantity: int) -> None:
    """Whether the days after a lift have passed. `quantity`: the grams of all grains it may have then.

    Refused: portability_gap; portability_month_ends where the days do not pass within the month.
    """
    some = Grams(quantity)
    # The share was taken of each grain already: of their sum the rule is asked for the days only.
    visitor.lift(
        wiring.state_code(), full=Grams(quantity * 2), left=some, asked=some, on=on, previous=previous
    )


def last_lift(visit: Visit, home: HomeCard) -> date | None:
    """The last day in this month on which anything was lifted outside the home State, here or elsewhere."""
    ours = AwayLift.objects.filter(holder=visit.holder, month=visit.month, during__isempty=False)
    days = [one.during.lower for one in ours]
    if home.last_away_on and f"{home.last_away_on:%Y-%m}" == visit.month:
        days.append(home.last_away_on)
    return max(days, default=None)


def _accounts(visit: Visit, full: Mapping[str, int], *, at: datetime) -> dict[tuple[str, str], Account]:
    lines = [
        grants.Due(commodity=one, part="", unit="g", quantity=grams, rules="impds")
        for one, grams in full.items()
    ]
    return grants.grant(
        visit.holder, month=visit.month, dues=lines, category=visit.category, members=visit.members, at=at
    )
