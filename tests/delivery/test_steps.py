"""The ledger of delivery: one hand-over a token, whoever says it how often; what could not be handed over is seen."""

import threading

import pytest
from django.db import IntegrityError, connections

from rasad.delivery.actions import lists, steps
from rasad.delivery.actions.steps import Who
from rasad.delivery.models import Hand, Step
from rasad.delivery.queries import way
from rasad.relief import publishing
from rasad.relief.models import Token
from rasad.values.refused import Refused
from tests.delivery.conftest import NOON
from tests.relief.cast import ASHA, KAMLA

pytestmark = pytest.mark.django_db(transaction=True)


def token(number=ASHA):
    return Token.objects.get(number=number)


def handed(by="sewak", hand=Hand.UNIT_COMMITTEE, number=ASHA, proof="signature"):
    return steps.hand_over(token=token(number), who=Who(hand, by), proof=proof, at=NOON)


def kinds():
    return list(Step.objects.order_by("pk").values_list("kind", "hand", "by"))


@pytest.fixture(autouse=True)
def _published(desk):
    publishing.publish(Token.objects.all(), at=NOON)


@pytest.mark.req("R-DRT-13")
def test_committee_downloads_prints_and_hands_over_each_step_recorded():
    who = Who(Hand.UNIT_COMMITTEE, "sewak")
    for kind in (Step.Kind.DOWNLOADED, Step.Kind.PRINTED):
        steps.note(tokens=[token()], kind=kind, who=who, at=NOON)
    handed()

    assert [kind for kind, _, _ in kinds()] == ["downloaded", "printed", "handed_over"]
    assert token().state == "delivered"
    assert Step.objects.get(kind="handed_over").proof == "signature"


def test_second_hand_over_by_another_hand_counts_once():
    first = handed()
    again = handed(by="citizen", hand=Hand.WEB, proof="otp")

    assert again.pk == first.pk
    assert kinds() == [("handed_over", "unit_committee", "sewak")]


def test_database_allows_one_hand_over_a_token():
    handed()

    with pytest.raises(IntegrityError, match="delivery_handed_over_once"):
        Step.objects.create(token=token(), kind="handed_over", hand="web", by="x", at=NOON)


def test_hands_at_once_hand_over_once():
    def at_once(place):
        handed(by=f"hand {place}")
        connections.close_all()

    threads = [threading.Thread(target=at_once, args=(place,)) for place in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert Step.objects.filter(kind="handed_over").count() == 1


def test_steps_are_only_added():
    handed()

    with pytest.raises(Exception, match="append_only"):
        Step.objects.update(by="somebody else")


def test_token_without_a_shop_is_not_handed_over():
    with pytest.raises(Refused, match="move_not_in_life"):
        handed(number=KAMLA)


def test_token_that_is_drawn_on_stays_in_use_when_its_hand_over_is_written_down():
    Token.objects.filter(number=ASHA).update(state="in_use")
    handed()

    assert token().state == "in_use"


@pytest.mark.parametrize("found", ["not_found", "moved", "dead"])
def test_family_that_is_not_met_ends_nothing_and_is_seen(found):
    steps.answer(
        token=token(), kind=found, who=Who(Hand.LOCAL_COMMITTEE, "sarpanch"), at=NOON, text="door locked"
    )

    assert token().state == "published"
    assert [one.number for one in way.narrowed(Token.objects.all(), "failed")] == [ASHA]
    handed()
    assert token().state == "delivered"


def test_not_found_after_the_hand_over_is_refused():
    handed()

    with pytest.raises(Refused, match="already_handed_over"):
        steps.answer(token=token(), kind="not_found", who=Who(Hand.LOCAL_COMMITTEE, "sarpanch"), at=NOON)


@pytest.mark.req("R-DRT-16")
def test_dfsc_hands_printed_tokens_to_a_committee_and_its_return_is_recorded(meena, committee):
    made = lists.make_list(
        tokens=Token.objects.filter(district_code="63"),
        committee=committee,
        received_by="Ram Mehar",
        by=meena,
        at=NOON,
    )
    assert (made.number, made.tokens) == ("63-200515-001", 1)
    assert [one.number for one in way.narrowed(Token.objects.all(), "with_committee")] == [ASHA]

    assert (
        lists.record_return(list=made, answers={ASHA: "handed_over"}, proof="signature", by=meena, at=NOON)
        == 1
    )
    assert kinds() == [("given", "dfsc", "meena"), ("handed_over", "local_committee", "meena")]
    with pytest.raises(Refused, match="list_is_back"):
        lists.record_return(list=made, answers={}, proof="", by=meena, at=NOON)


def test_token_that_came_back_unopened_can_be_given_again(meena, committee):
    made = lists.make_list(
        tokens=Token.objects.filter(number=ASHA),
        committee=committee,
        received_by="Ram Mehar",
        by=meena,
        at=NOON,
    )
    with pytest.raises(Refused, match="nothing_to_hand_over"):
        lists.make_list(
            tokens=Token.objects.filter(number=ASHA),
            committee=committee,
            received_by="Again",
            by=meena,
            at=NOON,
        )
    lists.record_return(list=made, answers={}, proof="", by=meena, at=NOON)

    again = lists.make_list(
        tokens=Token.objects.filter(number=ASHA), committee=committee, received_by="Again", by=meena, at=NOON
    )
    assert again.number == "63-200515-002"


def test_list_needs_somebody_who_signs(meena, committee):
    with pytest.raises(Refused, match="receiver_missing"):
        lists.make_list(tokens=Token.objects.all(), committee=committee, received_by=" ", by=meena, at=NOON)
