"""An application is looked into: opened, visited, asked back, supplied, verified, or withdrawn by the family."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from rasad import wiring
from rasad.accounts.models import User
from rasad.applications import clock, sealing, telling
from rasad.applications.models import Application, Document, FieldVisit, Pause
from rasad.applications.moves import ASK, OPEN, SUPPLY, VERIFY, VISIT, WITHDRAW, locked, move
from rasad.applications.sealing import Sheet
from rasad.journal import actions as journal
from rasad.values.refused import Refused


@transaction.atomic
def open_(*, application: Application, by: User, at: datetime) -> None:
    """An Inspector takes it up. Refused: application_moved_on."""
    move(locked(application), OPEN, by=by.get_username(), at=at)


@transaction.atomic
def visit(
    *,
    application: Application,
    found: str,
    people_seen: int,
    by: User,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> FieldVisit:
    """What was found at the door; what was verified before it is verified again.

    Refused: application_moved_on, decision_without_reason (other than said, no note).
    """
    if found != FieldVisit.Found.AS_SAID and not note.strip():
        raise Refused("decision_without_reason")
    held = locked(application)
    # Else the one who decides would find the facts too.
    again = {"verified_by": "", "verified_at": None}
    move(held, VISIT, by=by.get_username(), at=at, said=note.strip(), facts={"found": found}, changes=again)
    return FieldVisit.objects.create(
        application=held, found=found, people_seen=people_seen, facts=dict(facts or {}), note=note.strip(),
        latitude=latitude, longitude=longitude, by=by.get_username(), at=at,
    )  # fmt: skip


@transaction.atomic
def ask_back(*, application: Application, reason: str, by: User, at: datetime) -> None:
    """Something is missing: the applicant is told, and from that day the clock stands still.

    Refused: decision_without_reason, application_moved_on.
    """
    if not reason.strip():
        raise Refused("decision_without_reason")
    held = locked(application)
    move(held, ASK, by=by.get_username(), at=at, said=reason.strip())
    Pause.objects.create(application=held, reason=reason.strip(), from_on=at.astimezone(wiring.INDIA).date())
    telling.tell(held, telling.ASKED_BACK, at=at)
    _note("application.asked_back", held, by, at, reason)


@transaction.atomic
def supply(*, application: Application, papers: Sequence[Sheet], note: str, by: str, at: datetime) -> None:
    """What was missing came: the clock goes on, with the days it stood still added. Refused: application_moved_on."""
    held = locked(application)
    if not papers and not note.strip():
        raise Refused("decision_without_reason")
    for sheet in papers:
        media_type = sealing.checked(sheet)
        wrapped, sealed = sealing.sealed(sheet.contents, sheet.digest) if sheet.contents else (None, None)
        Document.objects.create(
            application=held, kind=sheet.kind, digest=sheet.digest, name=sheet.name[:120],
            media_type=media_type, wrapped_key=wrapped, sealed=sealed, at=at,
        )  # fmt: skip
    due_on = clock.resumed(held, on=at.astimezone(wiring.INDIA).date())
    move(
        held,
        SUPPLY,
        by=by,
        at=at,
        said=note.strip(),
        facts={"due": due_on.isoformat()},
        changes={"due_on": due_on},
    )


@transaction.atomic
def verify(*, application: Application, finding: str, by: User, at: datetime) -> None:
    """The verifier's word; somebody else decides.

    Refused: decision_without_reason, visit_needed, application_moved_on.
    """
    if not finding.strip():
        raise Refused("decision_without_reason")
    held = locked(application)
    if held.needs_visit and not held.visits.exists():
        raise Refused("visit_needed", number=held.number)
    name = by.get_username()
    move(held, VERIFY, by=name, at=at, said=finding.strip(), changes={"verified_by": name, "verified_at": at})
    _note("application.verified", held, by, at, finding)


@transaction.atomic
def withdraw(*, application: Application, reason: str, by: str, at: datetime) -> None:
    """The family does not want it any more. Refused: application_moved_on."""
    held = locked(application)
    clock.resumed(held, on=at.astimezone(wiring.INDIA).date())
    move(held, WITHDRAW, by=by, at=at, said=reason.strip())
    journal.write(
        "application.withdrawn",
        of_kind="application",
        of_key=held.number,
        by=by,
        at=at,
        reason=reason.strip(),
    )


def _note(act: str, application: Application, by: User, at: datetime, reason: str) -> None:
    journal.write(act, of_kind="application", of_key=application.number, by=by, at=at, reason=reason.strip())
