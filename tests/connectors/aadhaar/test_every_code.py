"""One story a code: UIDAI gives it, the client reports it, and it leads where the table says."""

import pytest

from rasad.connectors.aadhaar import codes
from rasad.connectors.aadhaar.requests import wadh
from tests.connectors.aadhaar.conftest import ASHA

WITHIN = 5.0
# Not an answer of UIDAI: the stories of time-outs are in test_client.py.
ASKED = [row for row in codes.CODES.values() if row.code != codes.TIMED_OUT]
ACTIONS = {"996": "A401", "997": "A301", "998": "A202"}


def finger(client, twins):
    return client.authenticate(
        uid_or_ref=ASHA, txn="T1", captured=twins.captured(ASHA), consent=True, within=WITHIN
    )


def otp(client, twins):
    client.request_otp(uid=ASHA, txn="T1", within=WITHIN)
    return client.authenticate_otp(uid=ASHA, txn="T1", otp=twins.uidai.code_on_mobile(ASHA), within=WITHIN)


def send_otp(client, twins):
    return client.request_otp(uid=ASHA, txn="T1", within=WITHIN)


def ekyc(client, twins):
    captured = twins.captured(ASHA, wadh=wadh("finger"))
    return client.ekyc(uid=ASHA, txn="T1", captured=captured, within=WITHIN)


CALLS = {"finger": finger, "otp": otp, "send_otp": send_otp, "ekyc": ekyc}


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.code or "matched")
def test_code_of_uidai_is_reported_and_leads_on(client, twins, row):
    twins.uidai.behave(ASHA, code=row.code)

    answer = CALLS[row.call](client, twins)

    assert answer.code == row.code
    assert codes.leads_to(answer.code) == row.leads_to
    assert answer.action == ACTIONS.get(row.code, "")


@pytest.mark.parametrize("code", ["998", "950", "996", "999"])
def test_code_about_the_number_is_given_to_a_code_on_the_mobile_too(client, twins, code):
    twins.uidai.behave(ASHA, code=code)

    sent = send_otp(client, twins)

    assert (sent.is_sent, sent.code, sent.action) == (False, code, ACTIONS.get(code, ""))


def test_ekyc_that_fails_says_why_the_authentication_failed(client, twins):
    twins.uidai.behave(ASHA, code="330")

    answer = ekyc(client, twins)

    assert (answer.is_match, answer.code, answer.auth_code) == (False, "K-100", "330")
    assert (answer.name, answer.dob, answer.gender, answer.masked_uid) == ("", "", "", "")
