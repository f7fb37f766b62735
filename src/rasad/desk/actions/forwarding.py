"""The District Administration verifies applications and passes requests on; what it entered itself waits for it too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.policy.scheme import Scheme
from rasad.registry import vault
from rasad.relief import schemes
from rasad.relief.models import RowPerson, SourceRow
from rasad.relief.waiting import CONDITION, is_forwarded, is_waiting_for_forward
from rasad.values.refused import Refused

Outcome = SourceRow.Outcome


@dataclass(frozen=True)
class Entered:
    """A person of a family as an office wrote it down. Of an Aadhaar number only the reference is kept."""

    name: str
    guardian_name: str = ""
    relation: str = ""
    sex: str = ""
    birth_year: int | None = None
    aadhaar: str = ""


@dataclass(frozen=True)
class Request:
    """A family's request: where it lives, how it is reached, who belongs to it."""

    source: str
    district: str
    place: str
    place_name: str
    address: str
    mobile: str
    people: Sequence[Entered]
    own: Mapping[str, object]
    received_on: date


@transaction.atomic
def enter_request(*, scheme: Scheme, request: Request, reference: str, by: User, at: datetime) -> SourceRow:
    """Take a request down; it waits to be passed on, or is refused at once by a condition of its source.

    The same reference again is the same request: it is answered with the row that is there. Refused:
    row_has_nobody, no_scheme_takes_requests, reference_reused when it stands for another family.
    """
    if not request.people:
        raise Refused("row_has_nobody", reference=reference)
    keys = {"scheme": scheme.code, "source": request.source, "reference": reference, "line": 1}
    known = _known(keys, request)
    if known is not None:
        return known
    if scheme.code not in {one.code for one in schemes.taking(request.source, on=timezone.localdate(at))}:
        raise Refused("no_scheme_takes_requests")
    outcome, reason = _standing(scheme, request)
    try:
        with transaction.atomic():
            row = SourceRow.objects.create(
                **keys, run=None, holder_name=request.people[0].name, district_code=request.district,
                received_on=request.received_on, outcome=outcome, reason=reason, facts={}, place_code=request.place,
                place_name=request.place_name, address=request.address, mobile=request.mobile,
                own=dict(request.own), entered_by=by.get_username(),
            )  # fmt: skip
    except IntegrityError:
        # Sent twice in one moment: the other one was faster.
        faster = _known(keys, request)
        if faster is None:
            raise
        return faster
    _write_people(row, request.people)
    _note("relief.request_entered", row, by=by, at=at)
    return row


@transaction.atomic
def forward(*, rows: QuerySet[SourceRow], by: User, at: datetime) -> int:
    """Verify applications, pass requests on: the next run takes them up; how many. Done twice it changes nothing.

    Refused: nothing_to_forward.
    """
    waiting = rows.filter(is_waiting_for_forward(), forwarded_at=None)
    keys = list(waiting.values_list("pk", flat=True))
    done = SourceRow.objects.filter(pk__in=keys, forwarded_at=None).update(
        forwarded_by=by.get_username(), forwarded_at=at
    )
    if not done:
        raise Refused("nothing_to_forward")
    first = SourceRow.objects.filter(pk__in=keys).order_by("pk").first()
    assert first is not None
    facts: dict[str, object] = {"rows": done, "first": f"{first.source}:{first.reference}"}
    journal.write(
        "relief.forwarded", of_kind="district", of_key=first.district_code, by=by, at=at, facts=facts
    )
    return done


@transaction.atomic
def call_back(*, row: SourceRow, by: User, at: datetime) -> None:
    """Take the passing on back while no run has taken it up. Refused: already_taken_up."""
    done = SourceRow.objects.filter(is_forwarded(), pk=row.pk).update(forwarded_by="", forwarded_at=None)
    if done != 1:
        raise Refused("already_taken_up", reference=row.reference)
    _note("relief.called_back", row, by=by, at=at)


def _known(keys: Mapping[str, object], request: Request) -> SourceRow | None:
    """The row of this reference. Refused: reference_reused when it stands for another family."""
    known = SourceRow.objects.filter(**keys).first()
    if known is None:
        return None
    if known.holder_name != request.people[0].name or known.district_code != request.district:
        raise Refused("reference_reused", reference=keys["reference"])
    return known


def check_still_forwarded(keys: Sequence[int]) -> None:
    """Let a run go on only with rows that nobody called back; none can be until the transaction ends.

    Refused: called_back_meanwhile.
    """
    locked = SourceRow.objects.filter(is_forwarded(), pk__in=keys).order_by("pk").select_for_update()
    left = len(locked.values_list("pk", flat=True))
    if left != len(keys):
        raise Refused("called_back_meanwhile", rows=len(keys) - left)


def _standing(scheme: Scheme, request: Request) -> tuple[str, str]:
    """Where the row stands by the conditions of its source; one that meets them all waits to be passed on, too."""
    for condition in scheme.source(request.source).conditions:
        if not condition.is_met_by(request.own):
            return condition.otherwise.outcome, condition.otherwise.reason
    return Outcome.IN_REVIEW, CONDITION


def _write_people(row: SourceRow, people: Sequence[Entered]) -> None:
    RowPerson.objects.bulk_create(
        RowPerson(
            row=row, line=line, name=one.name, guardian_name=one.guardian_name, relation=one.relation, sex=one.sex,
            birth_year=one.birth_year, aadhaar_ref=vault.references([one.aadhaar])[0] if one.aadhaar else None,
        )
        for line, one in enumerate(people, start=1)
    )  # fmt: skip


def _note(action: str, row: SourceRow, *, by: User, at: datetime) -> None:
    key = f"{row.source}:{row.reference}"[:80]
    journal.write(action, of_kind="row", of_key=key, by=by, at=at, facts={"scheme": row.scheme})
