"""What changes accounts beside the sale: grants, single movements, reservations. Each in the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from rasad.ledger.locking import lock
from rasad.ledger.models import UNCOUNTED, Account, AwayLift, Hold, HoldEnd, Transfer
from rasad.values.month import Month
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Move:
    """So much from one account to another; grams, ml or paise. `price`: paise a kg or litre."""

    source: Account
    target: Account
    quantity: int
    price: int | None = None
    amount: int | None = None


def account(
    kind: str,
    holder: str,
    *,
    commodity: str = "",
    part: str = "",
    unit: str = Account.Unit.GRAMS,
    month: str = "",
) -> Account:
    """The account with these names, made at first need."""
    key = {"kind": kind, "holder": holder, "month": month, "commodity": commodity, "part": part}
    found = Account.objects.filter(**key).first()
    if found is None:
        Account.objects.bulk_create([Account(**key, unit=unit)], ignore_conflicts=True)
        found = Account.objects.get(**key)
    return found


def stock(shop: str, commodity: str, allocation: str, *, unit: str = Account.Unit.GRAMS) -> Account:
    """The stock of one commodity that a shop holds under one allocation."""
    return account(Account.Kind.STOCK, shop, commodity=commodity, part=allocation, unit=unit)


def cash(shop: str) -> Account:
    """What families paid at a shop, in paise: the sum of its transfers."""
    return account(Account.Kind.CASH, shop, commodity="cash", unit=Account.Unit.PAISE)


def outside(name: str) -> Account:
    """Where things come from and go to: `supply`, `families`, `other_states`, `by_hand`."""
    return account(Account.Kind.OUTSIDE, name)


def move(kind: str, *, document: UUID, moves: Sequence[Move], at: datetime) -> bool:
    """Move something between accounts, all or nothing; False when this very document was moved before.

    Refused: document_reused (the same document with other contents), stock_short (the source does not have it;
    facts: account, left, asked).
    """
    with transaction.atomic():
        rows = [
            Transfer(
                document=document, line=line, kind=kind, source=one.source.pk, target=one.target.pk,
                quantity=one.quantity, price=one.price, amount=one.amount, at=at,
            )
            for line, one in enumerate(moves, 1)
        ]  # fmt: skip
        try:
            with transaction.atomic():
                Transfer.objects.bulk_create(rows)
        except IntegrityError:
            if _is_same(document, rows):
                return False
            raise Refused("document_reused", document=str(document)) from None
        sums = _sums(moves)
        lock([key for key, _, _ in sums])
        for key, received, given in sums:
            _change(key, received=received, given=given)
    return True


def _sums(moves: Iterable[Move]) -> list[tuple[int, int, int]]:
    sums: dict[int, list[int]] = {}
    for one in moves:
        for side, place in ((one.target, 0), (one.source, 1)):
            if side.kind not in UNCOUNTED:
                sums.setdefault(side.pk, [0, 0])[place] += one.quantity
    return [(key, *sums[key]) for key in sorted(sums)]  # type: ignore[misc]


def _change(key: int, *, received: int, given: int) -> None:
    try:
        with transaction.atomic():
            Account.objects.filter(pk=key).update(received=F("received") + received, given=F("given") + given)
    except IntegrityError:
        one = Account.objects.get(pk=key)
        raise Refused("account_short", holder=one.holder, left=one.left, asked=given or received) from None


def _is_same(document: UUID, rows: Sequence[Transfer]) -> bool:
    said = ("line", "kind", "source", "target", "quantity", "amount")
    known = Transfer.objects.filter(document=document).order_by("line").values_list(*said)
    return list(known) == [tuple(getattr(row, name) for name in said) for row in rows]


def reserve(*, document: UUID, lines: Sequence[tuple[int, int]], until: datetime, at: datetime) -> bool:
    """Hold quantities on accounts until a deadline; False when this document holds them already.

    Refused: account_short (with what is left), document_reused.
    """
    rows = [
        Hold(document=document, line=line, account=key, quantity=quantity, until=until, at=at)
        for line, (key, quantity) in enumerate(lines, 1)
    ]
    with transaction.atomic():
        try:
            with transaction.atomic():
                Hold.objects.bulk_create(rows)
        except IntegrityError:
            known = Hold.objects.filter(document=document).order_by("line").values_list("account", "quantity")
            if list(known) == list(lines):
                return False
            raise Refused("document_reused", document=str(document)) from None
        lock([key for key, _ in lines])
        for key, quantity in sorted(lines):
            _hold(key, quantity)
    return True


def _hold(key: int, quantity: int) -> None:
    try:
        with transaction.atomic():
            Account.objects.filter(pk=key).update(held=F("held") + quantity)
    except IntegrityError:
        one = Account.objects.get(pk=key)
        raise Refused("account_short", holder=one.holder, left=one.left, asked=quantity) from None


def post_hold(*, document: UUID, kind: str, source: Account, at: datetime) -> bool:
    """Turn a reservation into transfers from `source`; False when it was posted before.

    Raises Refused("reservation_gone") when it was let go or never made.
    """
    with transaction.atomic():
        held = _end(document, HoldEnd.How.POSTED, at=at)
        if held is None:
            return False
        lock([line.account for line in held])
        for line in held:
            Account.objects.filter(pk=line.account).update(
                held=F("held") - line.quantity, received=F("received") + line.quantity
            )
        Transfer.objects.bulk_create(
            Transfer(
                document=document, line=line.line, kind=kind, source=source.pk, target=line.account,
                quantity=line.quantity, at=at,
            )
            for line in held
        )  # fmt: skip
    return True


def void_hold(*, document: UUID, at: datetime, how: str = HoldEnd.How.VOIDED) -> bool:
    """Let a reservation go; False when it had been let go before. Raises Refused("reservation_gone") once posted."""
    with transaction.atomic():
        held = _end(document, how, at=at)
        lock([line.account for line in held or ()])
        for line in held or ():
            Account.objects.filter(pk=line.account).update(held=F("held") - line.quantity)
    return held is not None


def _end(document: UUID, how: str, *, at: datetime) -> list[Hold] | None:
    """The lines of a reservation that ends now; None when it had ended in this way."""
    with connection.cursor() as cursor:
        # Whoever comes second waits here for the first, and is then told: not yours.
        cursor.execute(
            "INSERT INTO ledger_holdend (document, how, at) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING how",
            [document, how, at],
        )
        is_ours = cursor.fetchone() is not None
        cursor.execute("SELECT how FROM ledger_holdend WHERE document = %s", [document])
        (known,) = cursor.fetchone()
    held = list(Hold.objects.filter(document=document).order_by("account"))
    if held and is_ours:
        return held
    if held and (known == HoldEnd.How.POSTED) == (how == HoldEnd.How.POSTED):
        return None
    raise Refused("reservation_gone", reservation=str(document))


def bar_hold(*, document: UUID, at: datetime) -> None:
    """A reservation that was not made yet will not be made any more. Whoever reserves asks `how_ended` first."""
    end = HoldEnd(document=document, how=HoldEnd.How.VOIDED, at=at)
    HoldEnd.objects.bulk_create([end], ignore_conflicts=True)


def how_ended(document: UUID) -> str | None:
    """How a reservation ended, or was barred; None while it is open or was never heard of."""
    return HoldEnd.objects.filter(document=document).values_list("how", flat=True).first()


def expire_holds(*, at: datetime, most: int = 1000) -> int:
    """Let go of reservations past their deadline; how many. Called often: a family's grain must not stay held."""
    late = (
        Hold.objects.filter(until__lt=at)
        .exclude(document__in=HoldEnd.objects.values("document"))
        .values_list("document", flat=True)
        .distinct()[:most]
    )
    gone = 0
    for document in list(late):
        try:
            gone += void_hold(document=document, at=at, how=HoldEnd.How.EXPIRED)
        except Refused:
            continue  # posted a moment ago
    return gone


def note_away_lift(*, holder: str, month: str, document: UUID, on: date, gap_days: int) -> None:
    """Keep the days after a lift outside the State in which no second one may follow.

    Raises Refused("away_gap") with the first day on which it may and the last of the month, when another lift
    stands in the way.
    """
    during = DateRange(on, on + timedelta(days=gap_days))
    try:
        with transaction.atomic():
            AwayLift.objects.create(holder=holder, month=month, document=document, during=during)
    except IntegrityError:
        latest = AwayLift.objects.filter(holder=holder, month=month, during__overlap=during)
        ends = [one.during.upper for one in latest]
        if not ends:
            raise
        until = Month.parse(month).last_day
        raise Refused("away_gap", earliest=max(ends), until=until, days=gap_days) from None


def forget_away_lift(*, document: UUID) -> None:
    """A lift outside the State was taken back on its day: it bars nothing."""
    AwayLift.objects.filter(document=document).update(during=DateRange(empty=True))
