"""What a reader gave is used once: never printed, never put into a queue, refused when it is something else."""

import copy
import json
import logging
import pickle
import traceback
from dataclasses import asdict

import msgspec
import pytest
import structlog

from rasad.connectors.aadhaar.captured import LARGEST_BYTES, Captured, read
from rasad.connectors.aadhaar.registered_device import documents
from rasad.values.refused import Refused
from tests.connectors.aadhaar.conftest import ASHA


@pytest.fixture
def captured(twins):
    return twins.captured(ASHA)


def test_capture_is_never_printed(captured):
    secrets = [captured.data, captured.skey, captured.hmac]
    printed = f"{captured} {captured!r} {[captured]} {captured:}"

    assert printed.replace("Captured()", "").split() == ["[]"]
    assert [secret for secret in secrets if secret in printed] == []


def test_capture_is_not_in_a_log_or_a_traceback(captured, capsys, caplog):
    logging.getLogger("counter").warning("captured %s", captured)
    structlog.get_logger().warning("captured", captured=captured, all={"one": captured})
    try:
        raise ValueError(captured)
    except ValueError:
        told = traceback.format_exc()
    told += caplog.text + "".join(capsys.readouterr())

    assert "Captured()" in told
    assert captured.data not in told


@pytest.mark.parametrize(
    "keeping", [pickle.dumps, copy.deepcopy, json.dumps, msgspec.json.encode, asdict, vars]
)
def test_capture_cannot_be_put_away(captured, keeping):
    with pytest.raises(TypeError):
        keeping(captured)


def test_capture_that_failed_is_refused_with_the_readers_number():
    with pytest.raises(Refused) as refused:
        read(documents.failure("700"))

    assert (refused.value.code, refused.value.facts) == ("capture_failed", {"number": "700"})


def test_only_a_number_of_the_reader_is_passed_on():
    with pytest.raises(Refused) as refused:
        read('<PidData><Resp errCode="&lt;script&gt;"/></PidData>')

    assert refused.value.facts == {"number": "?"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<Other/>",
        "<PidData/>",
        '<PidData><Resp errCode="0"/></PidData>',
        '<PidData><Resp errCode="0"/><DeviceInfo/><Skey ci="1"/><Hmac/><Data/></PidData>',
        '<!DOCTYPE a [<!ENTITY b "c">]><PidData><Resp errCode="0"/></PidData>',
        "<PidData>" + " " * LARGEST_BYTES + "</PidData>",
        "<a>" * 50 + "</a>" * 50,
    ],
)
def test_what_is_no_capture_is_refused(text):
    with pytest.raises(Refused) as refused:
        read(text)

    assert refused.value.code == "capture_unreadable"


def test_capture_is_read_as_the_reader_wrote_it(twins, captured):
    assert captured.device == documents.DEVICE
    assert (captured.ci, captured.data_type, captured.kinds) == ("20491231", "X", "FMR")
    assert isinstance(captured, Captured)
