"""What leaves the house when something happens to tokens: rows of the outbox, in the transaction of the act.

A message names the token, not what to say of it: what is said is looked up when it leaves (delivery/outgoing.py).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import QuerySet

from rasad import wiring
from rasad.outbox import actions as outbox
from rasad.policy.scheme import Scheme
from rasad.relief.life import Event, before
from rasad.relief.models import Run, SourceRow, Token
from rasad.shops.models import Shop
from rasad.values.month import Month

# The portals that are told of tokens, in the order of the document.
PORTALS = ("ppp", "unit_committee", "aepds", "help_me")
ISSUED, CHANGED, ENDED = "token_issued", "token_changed", "token_ended"
DECIDED = "row_decided"
NEEDS = "shop_needs"
CHUNK = 5_000

_PUBLISH = """
UPDATE relief_token SET state = 'published' WHERE id = ANY(%s) AND state = ANY(%s) RETURNING number, district_code
"""


@transaction.atomic
def publish(tokens: QuerySet[Token], *, at: datetime) -> int:
    """Publish the tokens among these that have a shop and are not published yet; how many. Twice changes nothing."""
    keys = list(tokens.filter(state__in=before(Event.PUBLISH)).values_list("pk", flat=True))
    done = 0
    for place in range(0, len(keys), CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(_PUBLISH, [keys[place : place + CHUNK], list(before(Event.PUBLISH))])
            found = cursor.fetchall()
        _post(ISSUED, found, systems=(*_portals(), *_to_families()), at=at)
        done += len(found)
    return done


def shop_changed(tokens: Sequence[Token], *, at: datetime) -> None:
    """Tell the portals and the holders that tokens have another shop, or none any more."""
    _post(CHANGED, _named(tokens), systems=(*_portals(), *_to_families()), at=at)


def ended(tokens: Sequence[Token], *, at: datetime) -> None:
    """Tell the portals that tokens are no longer good."""
    _post(ENDED, _named(tokens), systems=_portals(), at=at)


def needs_changed(scheme: Scheme, shops: Iterable[str], *, at: datetime) -> None:
    """Tell TrackPDS what the tokens of these shops need in this month and in those to come (R-INT-02)."""
    if not _has("trackpds"):
        return
    known = dict(Shop.objects.filter(number__in=set(shops)).values_list("number", "district_code"))
    months = [month for month in scheme.months if month >= Month.of(at.astimezone(wiring.INDIA).date())]
    outbox.post_many(
        [
            ("trackpds", NEEDS, f"{scheme.code}:{shop}:{month}", district, {})
            for shop, district in sorted(known.items())
            for month in months
        ],
        at=at,
    )


def run_decided(run: Run, *, at: datetime) -> None:
    """Tell SARAL what became of every application that a run decided, where it wants to know."""
    if not _has("saral"):
        return
    rows = SourceRow.objects.filter(run=run, source="SARAL").order_by("pk")
    told = rows.values_list("pk", "reference", "district_code").iterator(CHUNK)
    while part := list(islice(told, CHUNK)):
        outbox.post_many(
            [("saral", DECIDED, reference, district, {"row": key}) for key, reference, district in part],
            at=at,
        )


def row_decided(row: SourceRow, *, at: datetime) -> None:
    """Tell the portal a row came from what became of it, where it wants to know."""
    if row.source == "SARAL" and _has("saral"):
        outbox.post(
            "saral", DECIDED, about=row.reference, district=row.district_code, facts={"row": row.pk}, at=at
        )


def push_again(system: str, tokens: Iterable[tuple[str, str]], *, at: datetime) -> None:
    """Tell one portal of these tokens once more, as (number, district): it says what is true by then."""
    _post(CHANGED, tokens, systems=(system,), at=at)


def _named(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [(token.number, token.district_code) for token in tokens]


def _portals() -> tuple[str, ...]:
    return tuple(name for name in PORTALS if _has(name))


def _has(name: str) -> bool:
    return wiring.portal(name) is not None


def _to_families() -> tuple[str, ...]:
    return ("sms",) if wiring.sms() is not None else ()


def _post(kind: str, tokens: Iterable[tuple[str, str]], *, systems: Sequence[str], at: datetime) -> None:
    told = list(tokens)
    outbox.post_many(
        [(system, kind, number, district, {}) for system in systems for number, district in told], at=at
    )
