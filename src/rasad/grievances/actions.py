"""A complaint is taken down, enquired into, answered, appealed; late ones go up by themselves."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from rasad import wiring
from rasad.accounts.models import User
from rasad.grievances import routing
from rasad.grievances.models import OPEN, Complaint, ComplaintStep
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
    """Not content with the reply: it goes to the office above, which has its own days to reply.

    Refused: complaint_without_words, complaint_moved_on.
    """
    if not words.strip():
        raise Refused("complaint_without_words")
    to = routing.above(complaint.goes_to)
    still = Complaint.objects.filter(pk=complaint.pk, state=S.REPLIED)
    until = routing.reply_by(at.astimezone(wiring.INDIA).date())
    if still.update(state=S.APPEALED, goes_to=to, reply_by=until, went_up_at=None) != 1:
        raise Refused("complaint_moved_on", number=complaint.number)
    _step(complaint, "appealed", by, at, words.strip())
    _note("complaint.appealed", complaint, by, at, goes_to=to)


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
