"""No personal data in the logs, whoever writes them."""

import io
import json
import logging
import os
import subprocess
import sys

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from rasad.connectors import exchanged
from rasad.web.logs import REDACTED, OwnFile, Redacted, clean, cleaned, redact


@pytest.mark.parametrize(
    "text",
    [
        "999941057058",
        "9999 4105 7058",
        "9999-4105-7058",
        "member 999971658847 of family",
        "98765 43210",
        "9876543210",
        "+91 9876543210",
        "09876543210",
        "OTP 482913",
        "your OTP is 4829",
        "otp=482913",
        "ओटीपी: 482913",
        "otpauth://totp/Rasad:meena?secret=ABC",
    ],
)
def test_personal_data_is_removed_from_text(text: str) -> None:
    assert REDACTED in clean(text)
    assert not any(part in clean(text) for part in ("9999", "7058", "98765", "4829", "ABC"))


@pytest.mark.parametrize(
    "text",
    [
        "3,73,222 tokens",
        "15 May 2020",
        "06348210937154",
        "shop 106300100001",
        "127.0.0.1:8000",
        "stage check 100",
    ],
)
def test_what_is_needed_to_work_stays(text: str) -> None:
    assert clean(text) == text


def test_values_under_telling_names_are_removed_at_any_depth() -> None:
    event = {
        "event": "request",
        "password": "four-dry-wells",
        "facts": {"mobile": "1", "rows": [{"aadhaar_ref": "ab"}, ("9876543210", 3)]},
        "identity": 999941057058,
        "count": 373222,
        "error": ValueError("no such number 999941057058"),
    }
    shown = redact(None, "info", event)
    assert (
        shown["password"] == shown["facts"]["mobile"] == shown["facts"]["rows"][0]["aadhaar_ref"] == REDACTED
    )
    assert shown["facts"]["rows"][1] == [REDACTED, 3]
    assert (shown["identity"], shown["count"]) == (REDACTED, 373222)
    assert "9410" not in shown["error"]


@given(
    st.integers(min_value=2 * 10**11, max_value=10**12 - 1),
    st.text(alphabet=st.characters(exclude_categories=["Nd"])),
)
def test_no_number_like_an_aadhaar_gets_through(number: int, around: str) -> None:
    assert str(number) not in str(cleaned({"said": f"{around}{number}{around}", "n": number}))


def test_structlog_and_django_s_own_log_are_both_cleaned() -> None:
    stream = io.StringIO()
    ours = structlog.wrap_logger(structlog.PrintLogger(stream), structlog.get_config()["processors"])
    ours.error("refused", uid="999941057058", otp=482913, district="63")
    said = json.loads(stream.getvalue())
    assert (said["uid"], said["otp"], said["district"]) == (REDACTED, REDACTED, "63")

    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacted())
    log = logging.Logger("django.request")
    log.addHandler(handler)
    log.error("Not Found: /card/%s", "999941057058")
    assert stream.getvalue() == f"Not Found: /card/{REDACTED}\n"


def test_settings_put_the_formatter_on_every_handler(settings) -> None:
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"redacted"}


# In a process of its own: what other tests have hung onto the log is not ours.
ASKS = """
import django
django.setup()
from django.test import Client
Client().get("/card/999941057058", headers={"host": "localhost"})
"""


def test_log_of_a_request_carries_no_number() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKS],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "rasad.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"Not Found: /card/{REDACTED}" in done.stderr
    assert "999941057058" not in done.stderr + done.stdout


def test_exchange_is_written_into_a_file_of_its_own_that_may_be_taken_away(tmp_path):
    file = tmp_path / "logs" / "exchanges.jsonl"
    handler = OwnFile(file, delay=True, encoding="utf-8")
    logger = logging.getLogger(exchanged.NAME)
    logger.addHandler(handler)
    try:
        note("/one")
        taken_away = file.rename(tmp_path / "exchanges.1")
        note("/two")
    finally:
        logger.removeHandler(handler)
        handler.close()

    assert [paths(taken_away), paths(file)] == [["/one"], ["/two"]]


def note(path):
    exchanged.note_exchange(
        system="PPP", direction="out", path=path, said=b"", answered=None, result=200, seconds=0.0
    )


def paths(file):
    return [json.loads(line)["path"] for line in file.read_text(encoding="utf-8").splitlines()]
