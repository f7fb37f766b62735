"""Twins by command, a client by settings, many requests at once."""

import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from rasad import wiring
from tests.connectors.aadhaar.conftest import ASHA, RAVI

ROOT = Path(__file__).resolve().parents[3]
COMMAND = "from rasad.connectors.aadhaar.commands import app; app()"


def test_without_an_address_there_is_no_client(settings):
    settings.AADHAAR_URL = ""

    assert wiring.aadhaar() is None


def test_client_is_built_from_the_settings(settings, twins, tmp_path):
    for name, value in twins.settings(tmp_path / "keys").items():
        setattr(settings, name.removeprefix("RASAD_"), value)

    answer = wiring.aadhaar().authenticate(
        uid_or_ref=ASHA, txn="T1", captured=twins.captured(ASHA), consent=True, within=3
    )

    assert answer.is_match is True
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_settings_of_the_twins_are_those_of_the_installation(settings, twins, tmp_path):
    names = {name.removeprefix("RASAD_") for name in twins.settings(tmp_path)}

    assert [name for name in names if not hasattr(settings, name)] == []


def test_many_ask_at_once(client, twins):
    people = [(uid, twins.captured(uid), f"T{number}") for number, uid in enumerate((ASHA, RAVI) * 12)]

    def ask(person):
        uid, finger, txn = person
        answer = client.authenticate(uid_or_ref=uid, txn=txn, captured=finger, consent=True, within=20)
        return answer.is_match, answer.txn

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, people))

    assert answers == [(True, f"T{number}") for number in range(24)]


@pytest.fixture
def by_command(tmp_path):
    started = subprocess.Popen(
        [sys.executable, "-u", "-c", COMMAND, "aadhaar", "--port", "0", "--keys", str(tmp_path / "keys")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    yield started
    started.kill()
    started.wait()


def test_both_run_by_command_until_ctrl_c(by_command):
    told = "".join(by_command.stdout.readline() for _ in range(13))
    uidai, reader = re.findall(r"http://127\.0\.0\.1:\d+", told)[:2]

    pages = [httpx.get(address).status_code for address in (uidai, reader)]
    by_command.send_signal(signal.SIGINT)
    last = by_command.stdout.read()

    assert pages == [200, 200]
    assert f"export RASAD_AADHAAR_URL={uidai}" in told
    assert last == "Both are off.\n"
    assert by_command.wait(10) == 0
