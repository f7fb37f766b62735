"""A complaint is taken down, enquired into, answered, appealed; late ones go up by themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from rasad import wiring
from rasad.accounts.models import User
from rasad.grievances import routing
from rasad.grievances.models import OPEN, Complaint, ComplaintStep, Measure, Sitting
from rasad.journal import actions as journal
from rasad.values import check_digit
from rasad.values.refused import Refused

S = Complaint.State
# Who acted on what a complaint is about, by its number: they do not answer it. Apps lend theirs.
INVOLVED: list[Callable[[str], set[str]]] = []


@transaction.atomic
def take_down(
    *,
    kind: str,
    words: str,
    district: str,
    way: str,
    by: str,
    at: datetime,
    about: str = "",
    against: str = "",
    shop: str = "",
    name: str = "",
    mobile: str = "",
    language: str = "hi",
) -> Complaint:
    """Take a complaint down; it is never refused for what it says. Refused: complaint_without_words."""
    if not words.strip():
        raise Refused("complaint_without_words")
    on = at.astimezone(wiring.INDIA).date()
    found = routing.route(kind, way=way, on=on)  # type: ignore[arg-type]  # one of Complaint.Way
    made = Complaint.objects.create(
        number=_number(on.strftime("%y")), kind=kind, about=about.strip()[:20], against=against.strip()[:150],
        shop_number=shop.strip()[:20],
        district_code=district, words=words.strip(), name=name.strip(), mobile=mobile, language=language, way=way,
        goes_to=found.goes_to, received_at=at, received_by=by, acknowledge_by=found.acknowledge_by,
        acknowledged_at=None if way == Complaint.Way.POST else at, reply_by=found.reply_by,
    )  # fmt: skip
    _step(made, "received", by, at)
    _note("complaint.received", made, by, at, kind=kind, goes_to=made.goes_to)
    return made


@transaction.atomic
def acknowledge(*, complaint: Complaint, by: User, at: datetime) -> None:
    """The acknowledgement of one that came by post has left. Refused: complaint_moved_on."""
    if Complaint.objects.filter(pk=complaint.pk, acknowledged_at=None).update(acknowledged_at=at) != 1:
        raise Refused("complaint_moved_on", number=complaint.number)
    _step(complaint, "acknowledged", by.get_username(), at)


@transaction.atomic
def enquire(*, complaint: Complaint, note: str, by: User, at: datetime) -> None:
    """Somebody looks into it. Refused: complaint_moved_on, answers_for_himself."""
    _refuse_involved(complaint, by.get_username())
    moved = Complaint.objects.filter(pk=complaint.pk, state__in=[S.RECEIVED, S.APPEALED])
    if moved.update(state=S.IN_ENQUIRY) != 1:
        raise Refused("complaint_moved_on", number=complaint.number)
    _step(complaint, "in_enquiry", by.get_username(), at, note)


@transaction.atomic
def reply(*, complaint: Complaint, words: str, by: User, at: datetime) -> None:
    """The final reply. Refused: decision_without_reason, complaint_moved_on, answers_for_himself."""
    if not words.strip():
        raise Refused("decision_without_reason")
    name = by.get_username()
    _refuse_involved(complaint, name)
    still = Complaint.objects.filter(pk=complaint.pk, state__in=OPEN)
    if still.update(state=S.REPLIED, reply=words.strip(), replied_by=name, replied_at=at) != 1:
        raise Refused("complaint_moved_on", number=complaint.number)
    _step(complaint, "replied", name, at, words.strip())
    _note("complaint.replied", complaint, name, at)


@transaction.atomic
def appeal(*, complaint: Complaint, words: str, by: str, at: datetime) -> None:
    """Not content with the reply, or closed in silence: it goes to the office above, which has days of its own.

    Refused: complaint_without_words, complaint_moved_on.
    """
    if not words.strip():
        raise Refused("complaint_without_words")
    to = routing.above(complaint.goes_to)
    still = Complaint.objects.filter(pk=complaint.pk, state__in=[S.REPLIED, S.CLOSED])
    until = routing.reply_by(at.astimezone(wiring.INDIA).date())
    moved = still.update(state=S.APPEALED, goes_to=to, reply_by=until, went_up_at=None, closed_at=None)
    if moved != 1:
        raise Refused("complaint_moved_on", number=complaint.number)
    _step(complaint, "appealed", by, at, words.strip())
    _note("complaint.appealed", complaint, by, at, goes_to=to)


@transaction.atomic
def accept(*, complaint: Complaint, by: str, at: datetime) -> None:
    """Content with the reply: it is disposed of. Refused: complaint_moved_on."""
    still = Complaint.objects.filter(pk=complaint.pk, state=S.REPLIED)
    if still.update(state=S.CLOSED, closed_at=at) != 1:
        raise Refused("complaint_moved_on", number=complaint.number)
    _step(complaint, "accepted", by, at)
    _note("complaint.closed", complaint, by, at, how="accepted")


def close_silent(*, at: datetime) -> int:
    """Those to whose reply nobody answered in as many days as a reply may take are disposed of; how many."""
    on = at.astimezone(wiring.INDIA).date()
    count = 0
    for one in Complaint.objects.filter(state=S.REPLIED, replied_at__lt=at):
        assert one.replied_at is not None
        if on <= routing.silent_after(one.replied_at.astimezone(wiring.INDIA).date()):
            continue
        with transaction.atomic():
            still = Complaint.objects.filter(pk=one.pk, state=S.REPLIED, replied_at=one.replied_at)
            if still.update(state=S.CLOSED, closed_at=at) != 1:
                continue
            _step(one, "closed", "system", at)
            _note("complaint.closed", one, "system", at, how="silence")
            count += 1
    return count


def go_up(*, at: datetime) -> int:
    """Those not acknowledged or answered in their days go to the office above by themselves (R-GRV-13); how many."""
    on = at.astimezone(wiring.INDIA).date()
    late = Q(acknowledged_at=None, acknowledge_by__lt=on) | Q(reply_by__lt=on)
    count = 0
    for one in Complaint.objects.filter(late, state__in=OPEN, went_up_at=None):
        with transaction.atomic():
            still = Complaint.objects.filter(pk=one.pk, went_up_at=None, state__in=OPEN)
            if still.update(went_up_at=at, goes_to=routing.above(one.goes_to)) != 1:
                continue
            _step(one, "went_up", "system", at)
            _note("complaint.went_up", one, "system", at, goes_to=routing.above(one.goes_to))
            count += 1
    return count


@dataclass(frozen=True)
class Held:
    """A sitting as it was held."""

    district: str
    committee: str
    held_on: date
    note: str = ""
    looked_at: Sequence[int] = ()


@transaction.atomic
def hold_sitting(*, told: Held, by: User, at: datetime) -> Sitting:
    """Write down that a committee looked at complaints that wait in its district. Refused: sitting_ahead.

    Complaints that do not wait there are left out.
    """
    if told.held_on > at.astimezone(wiring.INDIA).date():
        raise Refused("sitting_ahead", day=told.held_on)
    made = Sitting.objects.create(
        district_code=told.district, committee=told.committee.strip(), held_on=told.held_on, note=told.note.strip(),
        by=by.get_username(), at=at,
    )  # fmt: skip
    looked_at = list(
        Complaint.objects.filter(pk__in=told.looked_at, district_code=told.district, state__in=OPEN)
    )
    made.complaints.set(looked_at)
    for one in looked_at:
        _step(one, "looked_at", by.get_username(), at, made.committee)
    journal.write(
        "complaint.sitting", of_kind="sitting", of_key=str(made.pk), by=by, at=at,
        facts={"committee": made.committee, "held_on": made.held_on, "complaints": len(looked_at)},
    )  # fmt: skip
    return made


@transaction.atomic
def add_measure(
    *,
    sitting: Sitting,
    kind: str,
    problem: str,
    measure: str,
    who: str,
    by_when: date,
    by: User,
    at: datetime,
) -> Measure:
    """What is to be done about a problem that comes again, by whom, by when. Refused: measure_in_the_past."""
    if by_when < sitting.held_on:
        raise Refused("measure_in_the_past", day=by_when, held=sitting.held_on)
    made = Measure.objects.create(
        sitting=sitting,
        kind=kind,
        problem=problem.strip(),
        measure=measure.strip(),
        who=who.strip(),
        by_when=by_when,
    )
    journal.write(
        "complaint.measure", of_kind="sitting", of_key=str(sitting.pk), by=by, at=at, reason=made.measure,
        facts={"kind": kind, "by_when": by_when},
    )  # fmt: skip
    return made


@transaction.atomic
def finish_measure(*, measure: Measure, done: str, by: User, at: datetime) -> None:
    """Write down what was done about it, once. Refused: decision_without_reason, measure_is_done."""
    if not done.strip():
        raise Refused("decision_without_reason")
    still = Measure.objects.filter(pk=measure.pk, done_at=None)
    if still.update(done_at=at, done_by=by.get_username(), done=done.strip()) != 1:
        raise Refused("measure_is_done")
    journal.write(
        "complaint.measure_done",
        of_kind="sitting",
        of_key=str(measure.sitting_id),
        by=by,
        at=at,
        reason=done.strip(),
    )


def _refuse_involved(complaint: Complaint, by: str) -> None:
    """The officer complained of, and whoever acted in the matter, leaves it to another."""
    involved = {complaint.against} | {name for who in INVOLVED for name in who(complaint.about)}
    if by in involved:
        raise Refused("answers_for_himself", number=complaint.number)


def _number(year: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('grievances_number')")
        body = f"{year}{int(cursor.fetchone()[0]):07d}"
    return f"G{body}{check_digit.check_digits(np.array([int(body)]), length=len(body))[0]}"


def _step(complaint: Complaint, act: str, by: str, at: datetime, words: str = "") -> None:
    ComplaintStep.objects.create(complaint=complaint, act=act, words=words[:2000], by=by, at=at)


def _note(act: str, complaint: Complaint, by: str, at: datetime, **facts: object) -> None:
    journal.write(act, of_kind="complaint", of_key=complaint.number, by=by, at=at, facts=facts)
