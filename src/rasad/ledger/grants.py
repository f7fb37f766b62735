"""What a card or token may take in a month: accounts made from what policy says, at first touch or ahead of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
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
    known = _accounts(holder, month)
    if any(
        _target(known.get((one.commodity, one.part)), one.quantity) is not None for one in _with_caps(dues)
    ):
        with transaction.atomic():
            _open(holder, month, _with_caps(dues))
            _bring(holder, month, _with_caps(dues), category=category, members=members, at=at)
        known = _accounts(holder, month)
    return known


def _accounts(holder: str, month: str) -> dict[tuple[str, str], Account]:
    kinds = (Account.Kind.ENTITLEMENT, Account.Kind.CAP)
    rows = Account.objects.filter(holder=holder, month=month, kind__in=kinds)
    return {(one.commodity, one.part): one for one in rows}


def _with_caps(dues: Sequence[Due]) -> list[Due]:
    """The lines, and for each limit they share a line of its own, marked by its own name as the commodity."""
    caps = {
        one.cap_group: Due(one.cap_group, "", one.unit, one.quantity, rules=one.rules)
        for one in dues
        if one.cap_group
    }
    return [*dues, *caps.values()]


def _target(account: Account | None, quantity: int) -> int | None:
    """What `granted` has to become; None where it is so already."""
    if account is None:
        return quantity
    taken = account.received - account.given + account.held
    wanted = max(quantity, taken)
    return None if account.granted == wanted else wanted


def _open(holder: str, month: str, dues: Sequence[Due]) -> None:
    caps = {one.cap_group for one in dues if one.cap_group}
    Account.objects.bulk_create(
        (
            Account(
                kind=Account.Kind.CAP if one.commodity in caps else Account.Kind.ENTITLEMENT, holder=holder,
                month=month, commodity=one.commodity, part=one.part, unit=one.unit, granted=0,
                cap_group=one.cap_group, choice_group=one.choice_group,
            )
            for one in dues
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _bring(
    holder: str, month: str, dues: Sequence[Due], *, category: str, members: int, at: datetime
) -> None:
    """Raise or lower each account to its line, with a grant that says by how much and why."""
    rows = Account.objects.select_for_update().filter(holder=holder, month=month).order_by("pk")
    known = {(one.commodity, one.part): one for one in rows}
    by_line = {(one.commodity, one.part): one for one in dues}
    grants = []
    for key, one in known.items():
        # A line that is no longer due goes down to what was taken of it.
        wanted = _target(one, by_line[key].quantity if key in by_line else 0)
        if wanted is None:
            continue
        change = wanted - (one.granted or 0)
        Account.objects.filter(pk=one.pk).update(granted=F("granted") + change)
        said = by_line[key].rules if key in by_line else ""
        grants.append(
            Grant(account=one, quantity=change, category=category, members=members, rules=said[:250], at=at)
        )
    Grant.objects.bulk_create(grants)
