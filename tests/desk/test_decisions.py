"""Appeals and questions: one officer decides with a reason, a second one confirms what takes or gives a token."""

import pytest
from django.db import IntegrityError

from rasad.desk.actions import appeals, reviews
from rasad.desk.models import Appeal
from rasad.relief.models import Review, SourceRow, Token, TokenMember
from rasad.values.refused import Refused
from tests.cast import client_of
from tests.desk.conftest import NOON
from tests.relief.cast import NOOR

pytestmark = pytest.mark.django_db(transaction=True)


def opened(desk, by="citizen"):
    return appeals.open_appeal(
        row=desk.rows["banwari"], words="We left that card in 2015.", mobile="", by=by, at=NOON
    )


def granted(desk, meena, kavita):
    appeal = opened(desk)
    appeals.decide_appeal(appeal=appeal, grants=True, why="Another Banwari Lal", by=meena, at=NOON)
    return appeals.confirm_appeal(appeal=appeal, agrees=True, why="", by=kavita, at=NOON)


def test_two_officers_turn_a_refusal_into_a_token(desk, meena, kavita):
    token = granted(desk, meena, kavita)

    assert (token.holder_name, token.member_count, token.months, token.state) == (
        "Banwari Lal", 2, ["2020-05", "2020-06"], "awaiting_shop",
    )  # fmt: skip
    row = SourceRow.objects.get(pk=desk.rows["banwari"].pk)
    assert (row.outcome, row.reason, row.token, row.facts["before"]) == (
        "token", "appeal_granted", token, "on_free_card",
    )  # fmt: skip
    assert list(TokenMember.objects.filter(token=token).values_list("line", "name", "age")) == [
        (1, "Banwari Lal", 50), (2, "Maya", 45),
    ]  # fmt: skip


@pytest.mark.req("R-ACT-25")
def test_who_decided_cannot_confirm(desk, meena):
    appeal = opened(desk)
    appeals.decide_appeal(appeal=appeal, grants=True, why="Another family", by=meena, at=NOON)

    with pytest.raises(Refused, match="second_officer_needed"):
        appeals.confirm_appeal(appeal=appeal, agrees=True, why="", by=meena, at=NOON)
    with pytest.raises(IntegrityError, match="desk_appeal_by_two"):
        Appeal.objects.filter(pk=appeal.pk).update(state="granted", confirmed_by="meena")


def test_second_officer_sends_it_back_with_a_reason(desk, meena, kavita):
    appeal = opened(desk)
    appeals.decide_appeal(appeal=appeal, grants=True, why="Another family", by=meena, at=NOON)
    appeals.confirm_appeal(appeal=appeal, agrees=False, why="Look at the mother's name", by=kavita, at=NOON)

    assert Appeal.objects.get().state == "open"
    assert not Token.objects.filter(holder_name="Banwari Lal").exists()


def test_refusal_stands_and_can_be_appealed_again_with_new_papers(desk, meena):
    appeal = opened(desk)
    appeals.decide_appeal(appeal=appeal, grants=False, why="The same family", by=meena, at=NOON)

    assert Appeal.objects.get().state == "refused"
    assert opened(desk).state == "open"


def test_second_open_appeal_is_refused(desk):
    opened(desk)

    with pytest.raises(Refused, match="appeal_is_open"):
        opened(desk)


def test_row_that_was_not_refused_has_nothing_to_appeal(desk):
    with pytest.raises(Refused, match="not_refused"):
        appeals.open_appeal(row=desk.rows["dhanpat"], words="Please", mobile="", by="citizen", at=NOON)


def test_decision_needs_a_reason(desk, meena):
    with pytest.raises(Refused, match="decision_without_reason"):
        appeals.decide_appeal(appeal=opened(desk), grants=True, why="  ", by=meena, at=NOON)


def test_question_answered_with_another_family_is_settled(desk, meena):
    review = Review.objects.get()
    reviews.decide_review(review=review, is_same=False, why="Other father", by=meena, at=NOON)

    assert Review.objects.get().state == "different"
    assert Token.objects.get(number=NOOR).state == "awaiting_shop"


@pytest.mark.req("R-ACT-25")
def test_token_ends_only_when_a_second_officer_agrees(desk, meena, kavita):
    review = Review.objects.get()
    reviews.decide_review(review=review, is_same=True, why="Same father, same door", by=meena, at=NOON)
    assert Token.objects.get(number=NOOR).state == "awaiting_shop"
    with pytest.raises(Refused, match="second_officer_needed"):
        reviews.confirm_review(review=review, agrees=True, why="", by=meena, at=NOON)

    reviews.confirm_review(review=review, agrees=True, why="", by=kavita, at=NOON)

    token = Token.objects.get(number=NOOR)
    assert (token.state, token.state_before_end) == ("cancelled", "awaiting_shop")


def test_answer_is_taken_back(desk, meena):
    review = Review.objects.get()
    reviews.decide_review(review=review, is_same=False, why="Other father", by=meena, at=NOON)
    reviews.reopen_review(review=review, why="Wrong page", by=meena, at=NOON)

    assert (Review.objects.get().state, Review.objects.get().decided_by) == ("open", "")


def test_two_officers_at_once_decide_once(desk, meena, kavita):
    review = Review.objects.get()
    reviews.decide_review(review=review, is_same=False, why="Other father", by=meena, at=NOON)

    with pytest.raises(Refused, match="already_decided"):
        reviews.decide_review(review=review, is_same=True, why="Same father", by=kavita, at=NOON)


def test_first_officer_reads_why_his_decision_was_sent_back(desk, meena, kavita):
    appeal = opened(desk)
    appeals.decide_appeal(appeal=appeal, grants=True, why="Another family", by=meena, at=NOON)
    appeals.confirm_appeal(appeal=appeal, agrees=False, why="Look at the mother's name", by=kavita, at=NOON)
    review = Review.objects.get()
    reviews.decide_review(review=review, is_same=True, why="Same father", by=meena, at=NOON)
    reviews.confirm_review(review=review, agrees=False, why="Look at the ages", by=kavita, at=NOON)

    client = client_of(meena)
    pages = [client.get(f"/desk/{of}", headers={"accept-language": "en"}).content.decode() for of in (
        f"appeals/{appeal.pk}", f"reviews/{review.pk}")]  # fmt: skip
    assert ["kavita: Look at the" in page for page in pages] == [True, True]
    kept = Appeal.objects.get()
    assert (kept.state, kept.sent_back_by, kept.sent_back_why, kept.sent_back_at) == (
        "open", "kavita", "Look at the mother's name", NOON,
    )  # fmt: skip
