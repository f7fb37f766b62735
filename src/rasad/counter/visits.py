"""A card shown at a shop: whose it is, what it may take here, and the visit that records it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rasad import wiring
from rasad.counter import arrears, dues
from rasad.counter.dues import Offer
from rasad.counter.models import ElsewhereLift, Kind, Visit
from rasad.policy import relief as relief_rules
from rasad.policy.authentication import authentication
from rasad.policy.due import Line
from rasad.policy.rows import Text
from rasad.registry.families import Member, family
from rasad.relief import schemes
from rasad.relief.models import Token
from rasad.shops.models import Shop
from rasad.shops.queries.hours import is_open
from rasad.values.month import Month
from rasad.values.refused import Refused

# From the card on the counter to the grain in the bag; a visit that takes longer is opened again.
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Holder:
    """Who a card or token belongs to and what is due to it this month."""

    kind: str
    number: str
    category: str
    members: tuple[Member, ...]
    count: int
    home_shop: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shown:
    """What the counter shows once a card is known: the family, what it may take, and what was taken elsewhere."""

    visit: Visit
    members: tuple[Member, ...]
    offers: tuple[Offer, ...]
    elsewhere: tuple[ElsewhereLift, ...]
    contact: Text


def open_visit(
    *, id: UUID, shop: Shop, number: str, at: datetime, device: str = "", dealer: str = ""
) -> Shown:
    """Open a visit of a card or token of this State at a shop. The same id again is the same visit.

    Refused: shop_closed, card_unknown, card_not_living, card_without_category, token_other_shop and the other
    refusals of tokens, visit_id_reused.
    """
    if not is_open(shop, at):
        raise Refused("shop_closed", shop=shop.name, on=timezone.localdate(at))
    here = timezone.localtime(at)
    holder = holder_of(number.strip().upper(), shop=shop.number, at=here)
    visit = record(
        Visit(
            id=id, shop=shop, kind=holder.kind, holder=holder.number, month=str(Month.of(here.date())),
            category=holder.category, members=holder.count, home_state=wiring.state_code(),
            home_shop=holder.home_shop, device=device, dealer=dealer, opened_at=at, until=at + LASTS,
        )
    )  # fmt: skip
    return shown(visit, holder=holder, at=at)


def holder_of(number: str, *, shop: str, at: datetime) -> Holder:
    """The card or token of a number at a shop on a day, with what is due to it. Refused as `open_visit`."""
    month = Month.of(at.date())
    token = Token.objects.filter(number=number.replace("-", "").replace(" ", "")).first()
    if token is not None:
        return _token(token, shop=shop, at=at)
    known = family(number, on=at.date())
    count = len(known.members)
    lines = dues.lines_of(known.category, members=count, month=month, state=wiring.state_code())
    kind = Kind.HOME if known.shop == shop else Kind.AWAY
    return Holder(kind, known.card, known.category, known.members, count, known.shop, tuple(lines))


def _token(token: Token, *, shop: str, at: datetime) -> Holder:
    scheme = schemes.of_token(token)
    if token.state == Token.State.CANCELLED:
        raise Refused("token_cancelled", token=token.number)
    months = [Month.parse(one) for one in token.months]
    month, _ = relief_rules.draw(
        scheme, months=months, assigned_shop=token.shop_number, shop=shop, on=at.date()
    )
    due = relief_rules.due(scheme, members=token.member_count, month=month)
    members = tuple(
        Member(
            line=one.line, person=0, name=one.name, is_head=one.line == 1,
            is_linked=one.aadhaar_ref is not None, is_validated=one.aadhaar_ref is not None, last_four="",
            has_mobile=bool(token.mobile) and one.line == 1, mobile_end=token.mobile[-4:],
        )
        for one in token.members.all()
    )  # fmt: skip
    return Holder(
        Kind.TOKEN, token.number, scheme.token, members, token.member_count, token.shop_number, due.lines
    )


def shown(visit: Visit, *, holder: Holder, at: datetime) -> Shown:
    """A visit of this State with its family and what it may take now."""
    accounts = dues.granted(
        visit.holder, lines=holder.lines, category=holder.category, members=holder.count,
        month=Month.parse(visit.month), at=at,
    )  # fmt: skip
    lines: tuple[Line, ...] = holder.lines
    if visit.kind in (Kind.HOME, Kind.AWAY):
        more, missed = arrears.owed(visit.holder, category=holder.category, members=holder.count, at=at)
        lines, accounts = (*lines, *more), {**accounts, **missed}
    elsewhere = ElsewhereLift.objects.filter(holder=visit.holder, month=visit.month).order_by("at")
    rule = authentication(wiring.state_code()).home.remaining_only
    return Shown(
        visit, holder.members, dues.offers(visit.shop_id, lines=lines, accounts=accounts),
        tuple(elsewhere), rule.contact,
    )  # fmt: skip


def again(visit: Visit, *, at: datetime) -> Shown:
    """An open visit as it stands now, in the month and by the day it was opened. Raises Refused("visit_over")."""
    if at > visit.until:
        raise Refused("visit_over")
    holder = holder_of(visit.holder, shop=visit.shop_id, at=timezone.localtime(visit.opened_at))
    return shown(visit, holder=holder, at=at)


def record(visit: Visit) -> Visit:
    """Write a visit down, once; the same id for another card, shop or device is refused as visit_id_reused."""
    same = ("shop_id", "holder", "device", "dealer")
    with transaction.atomic():
        made = Visit.objects.bulk_create([visit], ignore_conflicts=True)[0]
    known = Visit.objects.get(pk=visit.id)
    if any(getattr(known, name) != getattr(made, name) for name in same):
        raise Refused("visit_id_reused", visit=str(visit.id))
    return known


def member_of(members: Sequence[Member], line: int) -> Member:
    """The member on a line. Raises Refused("no_such_member")."""
    for one in members:
        if one.line == line:
            return one
    raise Refused("no_such_member", line=line)
