"""What people do with tokens: each act one transaction, with its entry in the journal."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.policy import relief as policy
from rasad.relief import schemes
from rasad.relief.life import Event, before
from rasad.relief.models import Run, Token
from rasad.values.refused import Refused

_EXPIRE = """
WITH ended AS (
    UPDATE relief_token SET state_before_end = state, state = 'expired'
    WHERE scheme = %(scheme)s AND state = ANY(%(living)s)
    RETURNING state_before_end AS state
)
SELECT state, count(*) FROM ended GROUP BY state ORDER BY state
"""


@transaction.atomic
def record_export(*, what: str, rows: int, narrowed_by: Mapping[str, str], by: User, at: datetime) -> None:
    """Put on record that somebody takes a list of families out of the system, and which."""
    journal.write(
        "relief.exported",
        of_kind="list",
        of_key=what,
        by=by,
        at=at,
        facts={"rows": rows, "narrowed_by": dict(narrowed_by)},
    )


@transaction.atomic
def record_print(*, district: str, shop: str, tokens: int, by: User | str, at: datetime) -> None:
    """Put on record that the tokens of a district, or of one shop in it, were printed."""
    of_kind, of_key = ("shop", shop) if shop else ("district", district)
    journal.write("relief.printed", of_kind=of_kind, of_key=of_key, by=by, at=at, facts={"tokens": tokens})


# Who wants to hear, in the same transaction, that somebody took the paper of a token; apps above add themselves.
PAPER_TAKEN: list[Callable[[str, User, datetime], None]] = []


@transaction.atomic
def record_paper(*, number: str, by: User, at: datetime) -> None:
    """Put on record that somebody took the paper of one token, to print it or to send it on."""
    journal.write("relief.printed", of_kind="token", of_key=number, by=by, at=at, facts={"tokens": 1})
    for hear in PAPER_TAKEN:
        hear(number, by, at)


@transaction.atomic
def expire_tokens(*, scheme: str, on: date, by: User | str, at: datetime) -> int:
    """Expire every living token of a scheme whose last day is over on a day, and keep it for record; how many.

    Running it again changes nothing. Raises Refused `day_to_come` for a day that has not come.
    """
    if on > timezone.localdate(at):
        raise Refused("day_to_come", on=on)
    run = Run.objects.filter(scheme=scheme).order_by("-started_at").first()
    known = (schemes.recorded(run) if run else schemes.known(scheme)) or policy.scheme(scheme)
    if on <= known.last_day:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRE, {"scheme": scheme, "living": list(before(Event.EXPIRE))})
        were = dict(cursor.fetchall())
    expired = sum(were.values())
    if expired:
        facts = {"tokens": expired, "last_day": known.last_day, "before": were}
        journal.write("relief.expired", of_kind="scheme", of_key=scheme, by=by, at=at, facts=facts)
    return expired


def note_sale(*, number: str) -> None:
    """A token was sold upon: it is in use. Called in the sale's transaction. Raises Refused `token_not_living`.

    A token that is shown at its shop was published and has reached its family, whoever carried it there: moves
    that nobody wrote down are made with this one.
    """
    shown = (*before(Event.PUBLISH), *before(Event.DELIVER), *before(Event.SELL))
    moved = Token.objects.filter(number=number, state__in=shown).update(state=Token.State.IN_USE)
    if moved != 1:
        raise Refused("token_not_living", token=number)
