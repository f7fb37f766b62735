"""The life of an application: one table of moves. A move that is not in it cannot happen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasad.applications.models import Application, ApplicationStep
from rasad.values.refused import Refused

S = Application.State
OPEN, ASK, SUPPLY, VISIT, VERIFY = "opened", "asked_back", "supplied", "visited", "verified"
APPROVE, WAIT, ADMIT, REJECT, FINISH = "approved", "put_on_waiting_list", "admitted", "rejected", "finished"
PRINT, COLLECT, WITHDRAW = "printed", "collected", "withdrawn"
NOT_ADMITTED = "not_admitted"

MOVES: Mapping[tuple[str, str], str] = {
    (S.REGISTERED, OPEN): S.VERIFYING,
    (S.VERIFYING, ASK): S.NEEDS_CORRECTION,
    (S.NEEDS_CORRECTION, SUPPLY): S.VERIFYING,
    (S.VERIFYING, VISIT): S.VERIFYING,
    (S.VERIFYING, VERIFY): S.VERIFYING,
    (S.VERIFYING, APPROVE): S.APPROVED,
    (S.VERIFYING, WAIT): S.WAITING,
    (S.WAITING, ADMIT): S.APPROVED,
    (S.WAITING, NOT_ADMITTED): S.VERIFYING,
    (S.VERIFYING, REJECT): S.REJECTED,
    (S.APPROVED, PRINT): S.READY,
    (S.READY, PRINT): S.READY,
    (S.APPROVED, FINISH): S.ISSUED,
    (S.READY, COLLECT): S.ISSUED,
    (S.REGISTERED, WITHDRAW): S.WITHDRAWN,
    (S.VERIFYING, WITHDRAW): S.WITHDRAWN,
    (S.NEEDS_CORRECTION, WITHDRAW): S.WITHDRAWN,
    (S.WAITING, WITHDRAW): S.WITHDRAWN,
}  # fmt: skip
# Still with the office, so that the clock counts.
LIVING = (S.REGISTERED, S.VERIFYING, S.NEEDS_CORRECTION, S.WAITING, S.APPROVED, S.READY)
UNDECIDED = (S.REGISTERED, S.VERIFYING, S.NEEDS_CORRECTION)


def move(
    application: Application,
    act: str,
    *,
    by: str,
    at: datetime,
    said: str = "",
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Take one step, guarded in the update: of two officers at once one moves it, the other is told.

    Changes the object at hand too. Refused: application_moved_on.
    """
    before = application.state
    after = MOVES.get((before, act))
    if after is None:
        raise Refused("application_moved_on", number=application.number)
    still = Application.objects.filter(pk=application.pk, state=before)
    if still.update(state=after, **(changes or {})) != 1:
        raise Refused("application_moved_on", number=application.number)
    application.state = after
    for name, value in (changes or {}).items():
        setattr(application, name, value)
    ApplicationStep.objects.create(
        application=application,
        act=act,
        before=before,
        after=after,
        why=said,
        facts=dict(facts or {}),
        by=by,
        at=at,
    )


def locked(application: Application) -> Application:
    """The application as it is now, kept from others until the transaction ends."""
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
