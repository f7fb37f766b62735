"""Grain given on our tokens at devices of AePDS: taken off what the family may still take here, once (R-INT-08)."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rasad.connectors.aepds.wire import TokenSale
from rasad.counter import dues
from rasad.counter.models import ElsewhereLift
from rasad.ledger import actions as ledger
from rasad.ledger.models import Transfer
from rasad.policy import relief as relief_rules
from rasad.relief import schemes
from rasad.relief.actions import note_sale
from rasad.relief.models import Token
from rasad.values.month import Month
from rasad.values.refused import Refused

NAMES = UUID("5d1c3a52-41ce-4f0a-8f7e-2b6d0f3f9a10")
SYSTEM = "AePDS"


def sale_told(row: TokenSale, at: datetime) -> tuple[str, dict[str, object]]:
    """Take one sale in; what came of it, with what was said of it.

    Nothing of a sale is taken that does not fit as a whole: what was given twice, in both systems at once, is for
    people, who see it among the rows nothing could be made of.
    """
    facts: dict[str, object] = {"token": row.token, "shop": row.shop, "month": row.month, **row.lines}
    token = Token.objects.filter(number=row.token).first()
    if token is None:
        return "token_unknown", facts
    try:
        with transaction.atomic():
            _take(token, row, at)
    except Refused as refused:
        return refused.code, facts
    return "noted", facts


def _take(token: Token, row: TokenSale, at: datetime) -> None:
    if row.month not in token.months:
        raise Refused("month_not_on_token", token=token.number, month=row.month)
    document = uuid5(NAMES, row.id)
    moves = _moves(token, row, at)
    if moves:
        ledger.move(Transfer.Kind.ELSEWHERE, document=document, moves=moves, at=at)
    note_sale(number=token.number)
    ElsewhereLift.objects.create(
        reservation=document, holder=token.number, month=row.month, state=SYSTEM, shop=row.shop,
        lines=row.lines, at=min(row.at, at),
    )  # fmt: skip


def _moves(token: Token, row: TokenSale, at: datetime) -> list[ledger.Move]:
    scheme, month = schemes.of_token(token), Month.parse(row.month)
    due = relief_rules.due(scheme, members=token.member_count, month=month)
    accounts = dues.granted(
        token.number, lines=due.lines, category=scheme.token, members=token.member_count, month=month, at=at
    )
    of = {one.commodity: one for one in accounts.values()}
    if unknown := [commodity for commodity in row.lines if commodity not in of]:
        raise Refused("goods_not_on_token", token=token.number, goods=unknown)
    source = ledger.outside("aepds")
    return [
        ledger.Move(source=source, target=of[commodity], quantity=grams)
        for commodity, grams in sorted(row.lines.items())
        if grams
    ]
