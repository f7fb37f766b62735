"""A card of ours as another State may see it: facts of the month, names masked, no Aadhaar number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from rasad import wiring
from rasad.connectors.impds import refusals
from rasad.connectors.impds.wire import CardAsked, HomeCard, HomeLine, HomeMember, Lift
from rasad.counter import dues
from rasad.counter.models import Attempt, ElsewhereLift, Reversal, Sale, Visit
from rasad.journal.queries import facts_of
from rasad.ledger.models import Account, Transfer
from rasad.policy.due import Line
from rasad.policy.history import due_under_act
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry.families import Family, Member, family
from rasad.values.month import Month
from rasad.values.refused import Refused

# Under which entries the journal keeps what UIDAI calls a person, see counter/ekyc.py.
EKYC = ("aadhaar.seeded", "aadhaar.validated")


@dataclass(frozen=True)
class Ours:
    """A living card of ours with its accounts of this month; `grain`: what of it travels."""

    family: Family
    act: str  # the category of the Act, empty for a card outside it
    lines: tuple[Line, ...]
    accounts: Mapping[tuple[str, str], Account]
    grain: Mapping[str, Account]


def card(asked: CardAsked, *, at: datetime) -> HomeCard:
    """A card by its number, with what is left in a month. Refused: impds_card_unknown.

    By a member's reference nobody is found: that would need a second reference of every number, one for each State.
    """
    on, month = timezone.localtime(at).date(), Month.parse(asked.month)
    try:
        ours = card_of(asked.number or "", at=at)
    except Refused as no:
        if no.code == "card_unknown":
            raise refusals.card_unknown(asked.number) from None
        return _not_served(str(asked.number), asked.month, is_active=no.code != "card_not_living")
    known = ours.family
    linked = [one for one in known.members if one.is_linked]
    return HomeCard(
        state=wiring.state_code(), number=known.card, category=ours.act or known.category, is_nfsa=bool(ours.act),
        is_linked=bool(linked), is_validated=any(one.is_validated for one in linked), is_active=True,
        month=asked.month, members=tuple(_member(known.card, one) for one in known.members),
        lines=_lines(ours, is_this_month=month == Month.of(on)),
        lifts=tuple(sorted(_lifts(known.card, asked.month), key=lambda one: one.on)),
        last_away_on=_last_away(known.card, asked.month),
    )  # fmt: skip


def card_of(number: str, *, at: datetime) -> Ours:
    """A living card with its accounts of this month. Refused: card_unknown, card_not_living, card_without_category."""
    on = timezone.localtime(at).date()
    known, month = family(number, on=on), Month.of(on)
    count = len(known.members)
    if not count:
        raise Refused("card_without_category", card=number)
    lines = _due(known.category, members=count, month=month)
    accounts = dues.granted(
        known.card, lines=lines, category=known.category, members=count, month=month, at=at
    )
    act = act_category(known.category, on=on)
    priced = due_under_act(act, members=1, on=on).prices if act else {}
    grain = {
        line.commodity: accounts[line.commodity, line.part]
        for line in lines
        if line.commodity in priced and line.allocation == "NFSA" and not line.part
    }
    return Ours(known, act, lines, accounts, grain)


def _due(category: str, *, members: int, month: Month) -> tuple[Line, ...]:
    """What a card has; nothing where its State gives nothing to its category, which the counter at home says."""
    try:
        return tuple(dues.lines_of(category, members=members, month=month, state=wiring.state_code()))
    except Refused:
        return ()


def act_category(category: str, *, on: date) -> str:
    """What a category of ours is under the Act, as other States know it; empty where it is none."""
    rows = {row.value: row for row in jurisdiction(wiring.state_code()).categories if row.holds_on(on)}
    row = rows.get(category)
    if row is None or not row.nfsa:
        return ""
    while row.parent and row.parent in rows:
        row = rows[row.parent]
    return str(row.value)


def left(ours: Ours, commodity: str) -> int:
    """What another State may still give of a grain; nothing of one whose alternative was taken."""
    account = ours.grain.get(commodity)
    if account is None:
        return 0
    others = {
        one.commodity
        for one in ours.accounts.values()
        if one.chosen and one.choice_group == account.choice_group
    }
    return max(account.left, 0) if others <= {commodity} else 0


def _lines(ours: Ours, *, is_this_month: bool) -> tuple[HomeLine, ...]:
    """Every commodity; only of grain is there something left for other States."""
    return tuple(
        HomeLine(
            commodity=line.commodity, kind="foodgrain" if line.commodity in ours.grain else "other",
            full=line.quantity, left=left(ours, line.commodity) if is_this_month else 0,
        )
        for line in ours.lines
        if not line.part
    )  # fmt: skip


def _not_served(number: str, month: str, *, is_active: bool) -> HomeCard:
    return HomeCard(
        state=wiring.state_code(), number=number, category="", is_nfsa=False, is_linked=False, is_validated=False,
        is_active=is_active, month=month, members=(), lines=(),
    )  # fmt: skip


def _member(card: str, one: Member) -> HomeMember:
    return HomeMember(
        line=one.line, name=" ".join(part[:2] + "*" * (len(part) - 2) for part in one.name.split()),
        is_linked=one.is_linked, is_validated=one.is_validated,
        uid_token=_token(card, one) if one.is_linked else "",
    )  # fmt: skip


def _token(card: str, one: Member) -> str:
    """What UIDAI calls a member, as it last said: at e-KYC, or when a finger matched at a shop of ours."""
    told = facts_of("person", str(one.person), actions=EKYC)
    if told and told.get("reference"):
        return str(told["reference"])
    matched = Attempt.objects.filter(visit__holder=card, member=one.line, outcome="matched").exclude(
        reference=""
    )
    return str(matched.order_by("-at").values_list("reference", flat=True).first() or "")


def _lifts(card: str, month: str) -> list[Lift]:
    """What was lifted of a month, at home and away."""
    taken_back = Reversal.objects.values("sale")
    visits = Visit.objects.filter(holder=card, month=month).values("pk")
    sales = Sale.objects.filter(pk__in=visits).exclude(pk__in=taken_back).select_related("shop")
    known = {one.pk: one for one in sales}
    moved = Transfer.objects.filter(document__in=known, kind=Transfer.Kind.SALE).order_by(
        "at", "document", "line"
    )
    accounts = Account.objects.in_bulk([one.target for one in moved])
    here = [
        Lift(
            on=timezone.localtime(known[one.document].at).date(), state=wiring.state_code(),
            shop=known[one.document].shop.name, commodity=accounts[one.target].commodity, grams=one.quantity,
        )
        for one in moved
    ]  # fmt: skip
    away = [
        Lift(on=timezone.localtime(one.at).date(), state=one.state, shop=one.shop, commodity=commodity, grams=grams)
        for one in ElsewhereLift.objects.filter(holder=card, month=month)
        for commodity, grams in one.lines.items()
    ]  # fmt: skip
    return here + away


def _last_away(card: str, month: str) -> date | None:
    lifts = ElsewhereLift.objects.filter(holder=card, month__lte=month)
    latest = lifts.order_by("-at").values_list("at", flat=True).first()
    return timezone.localtime(latest).date() if latest else None
