"""A refused row is appealed: an officer decides with a reason, a second one confirms what turns the refusal round."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.desk.models import Appeal
from rasad.journal import actions as journal
from rasad.relief import publishing
from rasad.relief.issuing import issue_for
from rasad.relief.models import SourceRow, Token
from rasad.values.refused import Refused

State = Appeal.State


@transaction.atomic
def open_appeal(*, row: SourceRow, words: str, mobile: str, by: User | str, at: datetime) -> Appeal:
    """Take an appeal down, from the family itself or for it. Refused: not_refused, appeal_is_open."""
    if row.outcome != SourceRow.Outcome.REFUSED:
        raise Refused("not_refused", reference=row.reference)
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                row=row, district_code=row.district_code, words=words.strip(), mobile=mobile,
                opened_by=by if isinstance(by, str) else by.get_username(), opened_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("appeal_is_open", reference=row.reference) from None
    _note("relief.appeal_opened", made, by=by, at=at)
    return made


@transaction.atomic
def decide_appeal(*, appeal: Appeal, grants: bool, why: str, by: User, at: datetime) -> Appeal:
    """The first officer: the refusal stands, or a token is proposed.

    Refused: already_decided, decision_without_reason.
    """
    if not why.strip():
        raise Refused("decision_without_reason")
    decided = Appeal.objects.filter(pk=appeal.pk, state=State.OPEN).update(
        state=State.GRANT_PROPOSED if grants else State.REFUSED,
        why=why.strip(),
        decided_by=by.get_username(),
        decided_at=at,
    )
    if decided != 1:
        raise Refused("already_decided")
    appeal.refresh_from_db()
    _note("relief.appeal_decided", appeal, why=why, by=by, at=at)
    return appeal


@transaction.atomic
def confirm_appeal(*, appeal: Appeal, agrees: bool, why: str, by: User, at: datetime) -> Token | None:
    """The second officer: with him the token is issued, without him the appeal is open again; the token.

    Refused: already_decided, second_officer_needed, decision_without_reason, and as `issue_for`.
    """
    held = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if held.state != State.GRANT_PROPOSED:
        raise Refused("already_decided")
    if held.decided_by == by.get_username():
        raise Refused("second_officer_needed")
    if not agrees:
        if not why.strip():
            raise Refused("decision_without_reason")
        Appeal.objects.filter(pk=held.pk).update(
            state=State.OPEN, why="", decided_by="", decided_at=None, sent_back_by=by.get_username(),
            sent_back_why=why.strip(), sent_back_at=at,
        )  # fmt: skip
        _note("relief.appeal_sent_back", held, why=why, by=by, at=at)
        return None
    row = SourceRow.objects.select_for_update().get(pk=held.row_id)
    token = issue_for(row, on=timezone.localdate(at))
    row.facts = {**row.facts, "before": row.reason}
    row.outcome, row.reason, row.token = SourceRow.Outcome.TOKEN, "appeal_granted", token
    row.save(update_fields=["outcome", "reason", "token", "facts"])
    row.people.all().delete()
    Appeal.objects.filter(pk=held.pk).update(
        state=State.GRANTED, confirmed_by=by.get_username(), confirmed_at=at
    )
    publishing.row_decided(row, at=at)
    _note("relief.appeal_granted", held, why=why, by=by, at=at, token=token.number)
    return token


def _note(
    action: str, appeal: Appeal, *, by: User | str, at: datetime, why: str = "", **facts: object
) -> None:
    row = appeal.row
    told = {"source": row.source, "reference": row.reference, **facts}
    journal.write(
        action, of_kind="appeal", of_key=str(appeal.pk), by=by, at=at, reason=why.strip(), facts=told
    )
