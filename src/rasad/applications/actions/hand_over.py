"""What was approved is printed and handed over to somebody of the family."""

from datetime import datetime

from django.db import transaction

from rasad.accounts.models import User
from rasad.applications.models import Application
from rasad.applications.moves import COLLECT, PRINT, S, locked, move
from rasad.journal import actions as journal
from rasad.values.refused import Refused


@transaction.atomic
def printed(*, application: Application, by: User, at: datetime) -> None:
    """The card or certificate is on paper; printed again it is a step again. Refused: application_moved_on."""
    held = locked(application)
    if held.state == S.ISSUED:
        return
    move(held, PRINT, by=by.get_username(), at=at)
    _note("application.printed", held, by, at)


@transaction.atomic
def collect(*, application: Application, to: str, by: User, at: datetime) -> None:
    """Handed over; whoever took it is written down. Refused: collector_unnamed, application_moved_on."""
    if not to.strip():
        raise Refused("collector_unnamed", number=application.number)
    held = locked(application)
    if held.state == S.APPROVED:
        move(held, PRINT, by=by.get_username(), at=at)
    move(
        held, COLLECT, by=by.get_username(), at=at, said=to.strip(),
        changes={"collected_by": to.strip()[:120], "collected_at": at},
    )  # fmt: skip
    _note("application.collected", held, by, at)


def _note(act: str, application: Application, by: User, at: datetime) -> None:
    journal.write(act, of_kind="application", of_key=application.number, by=by, at=at)
