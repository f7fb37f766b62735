"""Questions of the grey zone answered: the same family or another one; whoever takes a token away is never alone."""

from datetime import datetime

from django.db import transaction

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.relief import publishing, schemes
from rasad.relief.life import Event, after
from rasad.relief.models import Review, Token
from rasad.values.refused import Refused

State = Review.State


@transaction.atomic
def decide_review(*, review: Review, is_same: bool, why: str, by: User, at: datetime) -> Review:
    """Answer an open question. Another family: it is settled. The same: a second officer has to confirm it.

    Refused: already_decided, decision_without_reason.
    """
    if not why.strip():
        raise Refused("decision_without_reason")
    answer = State.SAME_PROPOSED if is_same else State.DIFFERENT
    decided = Review.objects.filter(pk=review.pk, state=State.OPEN).update(
        state=answer, why=why.strip(), decided_by=by.get_username(), decided_at=at
    )
    if decided != 1:
        raise Refused("already_decided")
    _note("relief.review_decided", review, why, {"answer": answer}, by=by, at=at)
    review.refresh_from_db()
    return review


@transaction.atomic
def confirm_review(*, review: Review, agrees: bool, why: str, by: User, at: datetime) -> Review:
    """The second officer: with him the token ends; without him the question is open again.

    Refused: already_decided, second_officer_needed when he is the first one.
    """
    held = Review.objects.select_for_update().select_related("token").get(pk=review.pk)
    if held.state != State.SAME_PROPOSED:
        raise Refused("already_decided")
    if held.decided_by == by.get_username():
        raise Refused("second_officer_needed")
    if not agrees:
        if not why.strip():
            raise Refused("decision_without_reason")
        Review.objects.filter(pk=held.pk).update(
            state=State.OPEN, why="", decided_by="", decided_at=None, sent_back_by=by.get_username(),
            sent_back_why=why.strip(), sent_back_at=at,
        )  # fmt: skip
    else:
        Review.objects.filter(pk=held.pk).update(
            state=State.SAME, confirmed_by=by.get_username(), confirmed_at=at
        )
        _cancel(held.token, at=at)
    _note("relief.review_confirmed" if agrees else "relief.review_sent_back", held, why, {}, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def reopen_review(*, review: Review, why: str, by: User, at: datetime) -> Review:
    """Take an answer back that has ended nothing: another family after all, or a proposal of one's own.

    Refused: already_decided for one that ended a token, decision_without_reason.
    """
    if not why.strip():
        raise Refused("decision_without_reason")
    opened = Review.objects.filter(pk=review.pk, state__in=[State.DIFFERENT, State.SAME_PROPOSED]).update(
        state=State.OPEN, why="", decided_by="", decided_at=None
    )
    if opened != 1:
        raise Refused("already_decided")
    _note("relief.review_reopened", review, why, {}, by=by, at=at)
    review.refresh_from_db()
    return review


def _cancel(token: Token, *, at: datetime) -> None:
    held = Token.objects.select_for_update().get(pk=token.pk)
    held.state_before_end, held.state = held.state, after(held.state, Event.CANCEL)
    held.save(update_fields=["state", "state_before_end"])
    publishing.ended([held], at=at)
    if held.shop_number:
        publishing.needs_changed(schemes.of_token(held), [held.shop_number], at=at)


def _note(action: str, review: Review, why: str, facts: dict[str, object], *, by: User, at: datetime) -> None:
    told = {"token": review.token.number, **facts}
    journal.write(
        action, of_kind="review", of_key=str(review.pk), by=by, at=at, reason=why.strip(), facts=told
    )
