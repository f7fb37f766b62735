"""What we count on from UIDAI: asked of the twin always, of the real one where its address is set."""

from uuid import uuid4

import pytest

from rasad import wiring
from tests.connectors.aadhaar.conftest import ASHA

NOBODY = "999999999999"


@pytest.fixture(params=["twin", "real"])
def uidai(request):
    """A client of either. The real one is asked about UIDAI's published test residents only."""
    if request.param == "twin":
        return request.getfixturevalue("client")
    real = wiring.aadhaar()
    if real is None:
        pytest.skip("no address of the real system is set")
    return real


def test_code_is_sent_and_the_answer_is_signed_and_about_our_transaction(uidai):
    txn = uuid4().hex

    sent = uidai.request_otp(uid=ASHA, txn=txn, within=10)

    assert (sent.is_sent, sent.code, sent.txn) == (True, "", txn)
    assert sent.at.tzinfo is not None


def test_wrong_code_is_400(uidai):
    txn = uuid4().hex
    uidai.request_otp(uid=ASHA, txn=txn, within=10)

    answer = uidai.authenticate_otp(uid=ASHA, txn=txn, otp="0", within=10)

    assert (answer.is_match, answer.code, answer.leads) == (False, "400", "mismatch")


def test_number_that_is_nobodys_is_998_with_an_action(uidai):
    answer = uidai.authenticate_otp(uid=NOBODY, txn=uuid4().hex, otp="000000", within=10)

    assert (answer.is_match, answer.code, answer.action) == (False, "998", "A202")
