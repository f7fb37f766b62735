"""The charter's clock: how an application stands, when it stood still, who hears of it when the day has passed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from rasad import wiring
from rasad.accounts.models import User
from rasad.applications import telling
from rasad.applications.models import Application, ApplicationStep, Delay
from rasad.applications.moves import LIVING, S, locked
from rasad.journal import actions as journal
from rasad.policy.deadlines import standing
from rasad.values.refused import Refused

# A day farther off is no promise, and would keep an application from ever being late.
FARTHEST = timedelta(days=366)
# Still in the office's hands: what waits for the applicant, for room or for being collected is not late.
OWED = (S.REGISTERED, S.VERIFYING, S.APPROVED)
# How long before its last day an application is shown as one that will be late.
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Stands:
    """How an application stands on a day: `word` is on_time, due_today, overdue, paused or closed."""

    word: str
    days: int


def stands(application: Application, *, on: date) -> Stands:
    """How it stands; `days` are left, or over."""
    if application.state == S.NEEDS_CORRECTION:
        return Stands("paused", 0)
    if application.state not in OWED:
        return Stands("closed", 0)
    return Stands(standing(application.due_on, on=on), abs((application.due_on - on).days))


def resumed(application: Application, *, on: date) -> date:
    """End the pause that runs, if one does; the last day, later by as many days as it ran."""
    pause = application.pauses.filter(until_on=None).first()
    if pause is None:
        return application.due_on
    until = max(on, pause.from_on)
    application.pauses.filter(pk=pause.pk).update(until_on=until)
    return application.due_on + (until - pause.from_on)


def refuse_too_far(day: date, *, on: date) -> None:
    """Let nobody promise what lies more than a year ahead. Refused: promise_too_far."""
    if day - on > FARTHEST:
        raise Refused("promise_too_far", promised=day)


def overdue(applications: QuerySet[Application], *, on: date) -> QuerySet[Application]:
    """Those whose day has passed, the latest first (R-SRV-15)."""
    return applications.filter(state__in=OWED, due_on__lt=on).order_by("due_on", "number")


def soon_late(applications: QuerySet[Application], *, on: date) -> QuerySet[Application]:
    """Those that will be late unless somebody acts: their last day is today or close."""
    return applications.filter(state__in=OWED, due_on__range=(on, on + SOON)).order_by("due_on", "number")


def owing_a_reason(applications: QuerySet[Application], *, on: date) -> QuerySet[Application]:
    """Late ones for which the reason and the new day have not been told, or the new day has passed too."""
    return overdue(applications, on=on).filter(Q(likely_on=None) | Q(likely_on__lt=on))


@transaction.atomic
def tell_delay(*, application: Application, reason: str, likely_on: date, by: User, at: datetime) -> Delay:
    """Write down why the day cannot be kept and the new one; the applicant is told both (R-CRD-07).

    Refused: decision_without_reason, likely_day_not_later, promise_too_far, application_moved_on.
    """
    on = at.astimezone(wiring.INDIA).date()
    if not reason.strip():
        raise Refused("decision_without_reason")
    if likely_on < on or likely_on <= application.due_on:
        raise Refused("likely_day_not_later", due=application.due_on)
    refuse_too_far(likely_on, on=on)
    held = locked(application)
    if held.state not in LIVING:
        raise Refused("application_moved_on", number=held.number)
    made = Delay.objects.create(
        application=held, promised_on=held.likely_on or held.due_on, reason=reason.strip(),
        likely_on=likely_on, by=by.get_username(), at=at,
    )  # fmt: skip
    Application.objects.filter(pk=held.pk).update(likely_on=likely_on)
    _step(held, "delayed", by.get_username(), at, reason.strip(), likely=likely_on.isoformat())
    telling.tell(held, telling.DELAYED, at=at)
    journal.write(
        "application.delayed", of_kind="application", of_key=held.number, by=by, at=at, reason=reason.strip(),
        facts={"due": held.due_on, "likely": likely_on},
    )  # fmt: skip
    return made


def goes_up(*, at: datetime) -> int:
    """Late ones go up to the complaint authority by themselves, and the applicant is told; how many."""
    on = at.astimezone(wiring.INDIA).date()
    late = overdue(Application.objects.filter(went_up_at=None), on=on)
    count = 0
    for one in late.iterator(chunk_size=500):
        with transaction.atomic():
            still = Application.objects.filter(
                pk=one.pk, went_up_at=None, state=one.state, due_on=F("due_on")
            )
            if still.update(went_up_at=at) != 1:
                continue
            _step(one, "went_up", "system", at, "")
            telling.tell(one, telling.LATE, at=at)
            journal.write(
                "application.went_up", of_kind="application", of_key=one.number, by="system", at=at,
                facts={"due": one.due_on},
            )  # fmt: skip
            count += 1
    return count


def _step(application: Application, act: str, by: str, at: datetime, why: str, **facts: str) -> None:
    ApplicationStep.objects.create(
        application=application, act=act, before=application.state, after=application.state, why=why,
        facts=facts, by=by, at=at,
    )  # fmt: skip
