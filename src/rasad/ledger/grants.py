"""What a card or token may take in a month: accounts made from what policy says, at first touch or ahead of time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from rasad.ledger.models import Account, Grant


@dataclass(frozen=True)
class Due:
    """One line that policy gives: grams or ml; `rules`: the ids of its rows."""

    commodity: str
    part: str
    unit: str
    quantity: int
    cap_group: str = ""
    choice_group: str = ""
    rules: str = ""


def grant(
    holder: str, *, month: str, dues: Sequence[Due], category: str, members: int, at: datetime
) -> dict[tuple[str, str], Account]:
    """The accounts of a holder's month by commodity and part, brought to what is due by today's facts.

    What was taken is never asked back: an account whose share shrinks keeps what was lifted. Safe to call from
    many places at once, and cheap when nothing changed: one read.
    """
    known, lines = _accounts(holder, month), with_caps(dues)
    wanted = _wanted(known, lines)
    is_other = any(key not in known or known[key].granted != quantity for key, quantity in wanted.items())
    if is_other or _regrouped(known, lines):
        with transaction.atomic():
            _open(holder, month, lines)
            _bring(holder, month, lines, category=category, members=members, at=at)
        known = _accounts(holder, month)
    return known


def _accounts(holder: str, month: str) -> dict[tuple[str, str], Account]:
    kinds = (Account.Kind.ENTITLEMENT, Account.Kind.CAP)
    rows = Account.objects.filter(holder=holder, month=month, kind__in=kinds)
    return {(one.commodity, one.part): one for one in rows}


def with_caps(dues: Sequence[Due]) -> list[Due]:
    """The lines, and for each limit they share a line of its own, marked by its own name as the commodity."""
    caps = {
        one.cap_group: Due(one.cap_group, "", one.unit, one.quantity, rules=one.rules)
        for one in dues
        if one.cap_group
    }
    return [*dues, *caps.values()]


def kind_of(one: Due, lines: Sequence[Due]) -> str:
    """The kind of the account of a line: a limit's own, or an entitlement's."""
    is_cap = any(one.commodity == other.cap_group for other in lines)
    return str(Account.Kind.CAP if is_cap else Account.Kind.ENTITLEMENT)


def _wanted(known: Mapping[tuple[str, str], Account], lines: Sequence[Due]) -> dict[tuple[str, str], int]:
    """What `granted` has to become on each account: what is due, and never less than was taken.

    What was taken of a part beyond its due, because a member left or came, counts for the commodity's other part.
    """
    due = {(one.commodity, one.part): one.quantity for one in lines}
    taken = {key: one.received - one.given + one.held for key, one in known.items()}
    beyond: Counter[str] = Counter()
    for (commodity, part), quantity in taken.items():
        beyond[commodity] += max(quantity - due.get((commodity, part), 0), 0)
    wanted = {}
    for key in due | taken:
        mine, used = due.get(key, 0), taken.get(key, 0)
        cut = max(min(mine - used, beyond[key[0]]), 0)
        beyond[key[0]] -= cut
        wanted[key] = max(mine - cut, used)
    return wanted


def _regrouped(known: Mapping[tuple[str, str], Account], dues: Sequence[Due]) -> list[tuple[Account, str]]:
    """The accounts that belong to another choice than before, because the card's category changed in the month."""
    found = ((known.get((one.commodity, one.part)), one.choice_group) for one in dues)
    return [(account, group) for account, group in found if account and account.choice_group != group]


def _open(holder: str, month: str, dues: Sequence[Due]) -> None:
    Account.objects.bulk_create(
        (
            Account(
                kind=kind_of(one, dues), holder=holder, month=month, commodity=one.commodity, part=one.part,
                unit=one.unit, granted=0, cap_group=one.cap_group, choice_group=one.choice_group,
            )
            for one in dues
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _bring(
    holder: str, month: str, dues: Sequence[Due], *, category: str, members: int, at: datetime
) -> None:
    """Raise or lower each account to its line, with a grant that says by how much and why; put it to its choice."""
    rows = Account.objects.select_for_update().filter(holder=holder, month=month).order_by("pk")
    known = {(one.commodity, one.part): one for one in rows}
    rules = {(one.commodity, one.part): one.rules for one in dues}
    grants = []
    for key, quantity in _wanted(known, dues).items():
        change = quantity - (known[key].granted or 0)
        if change:
            Account.objects.filter(pk=known[key].pk).update(granted=F("granted") + change)
            said = {"category": category, "members": members, "rules": rules.get(key, "")[:250]}
            grants.append(Grant(account=known[key], quantity=change, at=at, **said))
    Grant.objects.bulk_create(grants)
    for account, group in _regrouped(known, dues):
        # Where both were taken while they were no alternatives, what was taken stays as it was.
        with suppress(IntegrityError), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(choice_group=group)
