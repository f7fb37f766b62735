"""Reservations end once and one way, also when they are ended twice in one moment of the books' clock."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rasad.ledger import actions, grants
from rasad.ledger.grants import Due
from rasad.ledger.models import HoldEnd, Transfer
from rasad.values.refused import Refused
from tests.cast import NOON

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(hours=1)


def ashas_rice():
    dues = [Due("rice", "", "g", 5_000)]
    return grants.grant("0699", month="2026-11", dues=dues, category="OPH", members=3, at=NOON)["rice", ""]


def held(document, grams, account):
    actions.reserve(document=document, lines=[(account.pk, grams)], until=SOON, at=NOON)


def test_reservation_let_go_twice_at_one_time_gives_back_once():
    rice, first, second = ashas_rice(), uuid4(), uuid4()
    held(first, 1_000, rice)
    held(second, 2_000, rice)

    answers = [actions.void_hold(document=first, at=NOON) for _ in range(2)]

    rice.refresh_from_db()
    assert answers == [True, False]
    assert rice.held == 2_000


def test_reservation_posted_twice_at_one_time_is_lifted_once():
    rice, document = ashas_rice(), uuid4()
    held(document, 1_000, rice)
    said = {"document": document, "kind": Transfer.Kind.ELSEWHERE, "source": actions.outside("other_states")}

    answers = [actions.post_hold(**said, at=NOON) for _ in range(2)]

    rice.refresh_from_db()
    assert answers == [True, False]
    assert (rice.received, rice.held) == (1_000, 0)


def test_posted_reservation_is_not_let_go():
    rice, document = ashas_rice(), uuid4()
    held(document, 1_000, rice)
    actions.post_hold(
        document=document, kind=Transfer.Kind.ELSEWHERE, source=actions.outside("other_states"), at=NOON
    )

    with pytest.raises(Refused) as no:
        actions.void_hold(document=document, at=NOON)

    assert no.value.code == "reservation_gone"
    assert HoldEnd.objects.get().how == "posted"


def test_late_reservation_expires_and_cannot_be_posted():
    rice, document = ashas_rice(), uuid4()
    held(document, 1_000, rice)

    assert actions.expire_holds(at=SOON + timedelta(seconds=1)) == 1

    with pytest.raises(Refused):
        actions.post_hold(
            document=document, kind=Transfer.Kind.ELSEWHERE, source=actions.outside("other_states"), at=SOON
        )
    rice.refresh_from_db()
    assert (rice.received, rice.held) == (0, 0)
