"""The reader at the terminal: its verbs, what it lets pages do, fingers that come, come late, or do not come."""

import socket
import time
from threading import Thread, Timer

import httpx
import pytest

from rasad.connectors.aadhaar import pid, xml
from rasad.connectors.aadhaar import twins as aadhaar_twins
from rasad.connectors.aadhaar.captured import read
from rasad.connectors.aadhaar.registered_device.glass import Finger
from rasad.connectors.aadhaar.registered_device.twin import PORTS, RegisteredDeviceTwin
from rasad.connectors.aadhaar.residents import template
from tests.connectors.aadhaar.conftest import ASHA, RAVI

PAGE = "https://rasad.example"


def asked(twins, verb, path="/", body=b"", **headers):
    return httpx.request(verb, twins.reader.url + path, content=body, headers=headers, timeout=30)


def capture(twins, **options):
    return xml.parsed(asked(twins, "CAPTURE", "/rd/capture", aadhaar_twins.options(**options)).content)


def outcome(pid_data):
    answer = xml.child(pid_data, "Resp")
    return answer.get("errCode"), answer.get("errInfo")


def test_reader_is_found_where_browsers_look_for_it(twins):
    assert twins.reader.url.startswith("http://127.0.0.1:111")
    assert int(twins.reader.url.rpartition(":")[2]) in PORTS


def test_second_reader_takes_another_port_where_browsers_look(twins):
    with RegisteredDeviceTwin(certificate=twins.keys.opens.certificate) as second:
        taken, found = (int(one.url.rpartition(":")[2]) for one in (twins.reader, second))

    assert found != taken
    assert found in PORTS


def test_reader_says_when_its_port_is_taken(twins):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="no free port"):
        RegisteredDeviceTwin(certificate=twins.keys.opens.certificate, port=other.getsockname()[1])


def test_rdservice_tells_whether_it_is_ready_and_where_its_verbs_are(twins):
    found = xml.parsed(asked(twins, "RDSERVICE").content)

    assert (xml.name(found), found.get("status")) == ("RDService", "READY")
    assert {one.get("id"): one.get("path") for one in found} == {
        "DEVICEINFO": "/rd/info",
        "CAPTURE": "/rd/capture",
    }


def test_deviceinfo_tells_provider_software_and_model(twins):
    found = xml.parsed(asked(twins, "DEVICEINFO", "/rd/info").content)

    assert (found.get("dpId"), found.get("rdsId"), found.get("rdsVer"), found.get("mi")) == (
        "RASAD.TWIN",
        "RASAD.TWIN.001",
        "1.0.0",
        "TWIN-L1",
    )


def test_capture_gives_a_block_only_uidai_can_open(twins):
    twins.reader.place(ASHA, "RIGHT_THUMB")

    found = capture(twins)

    sealed = read(xml.written(found))
    key = pid.session_key(sealed.skey, key=twins.keys.opens.key)
    clear, ts = pid.open_data(sealed.data, key=key, around=twins.reader.now())
    pid.check_hmac(sealed.hmac, pid=clear, key=key, ts=ts)
    answer = xml.child(found, "Resp")
    assert outcome(found) == ("0", "Success")
    assert (answer.get("fCount"), answer.get("fType"), answer.get("qScore")) == ("1", "0", "78")
    assert clear == pid.written(ts=ts, bios=[pid.Bio("FMR", "RIGHT_THUMB", template(ASHA, "RIGHT_THUMB"))])


def test_two_fingers_are_captured_together(client, twins):
    twins.reader.place(ASHA, "LEFT_INDEX")
    twins.reader.place(ASHA, "RIGHT_INDEX")

    captured = read(xml.written(capture(twins, fingers=2)))
    answer = client.authenticate(uid_or_ref=ASHA, txn="T1", captured=captured, consent=True, within=3)

    assert answer.is_match is True


def test_finger_is_gone_after_its_capture(twins):
    twins.reader.place(ASHA)

    assert outcome(capture(twins)) == ("0", "Success")
    assert outcome(capture(twins, timeout=50)) == ("700", "Capture timed out")


def test_capture_waits_for_a_finger_that_comes_late(twins):
    Timer(0.3, twins.reader.place, (ASHA,)).start()

    assert outcome(capture(twins, timeout=3000)) == ("0", "Success")


def test_capture_gives_up_after_its_time(twins):
    begun = time.monotonic()

    assert outcome(capture(twins, timeout=200)) == ("700", "Capture timed out")
    assert 0.2 <= time.monotonic() - begun < 2


def test_second_capture_at_once_finds_the_reader_used(twins):
    first = Thread(target=capture, args=(twins,), kwargs={"timeout": 600})
    first.start()
    time.sleep(0.2)

    status = xml.parsed(asked(twins, "RDSERVICE").content).get("status")
    second = outcome(capture(twins))
    first.join()

    assert status == "USED"
    assert second == ("720", "Device not ready")


def test_reader_that_is_not_ready_or_fails_says_so_by_its_number(twins):
    twins.reader.place(ASHA)
    twins.reader.status = "NOTREADY"
    not_ready = outcome(capture(twins))
    twins.reader.status = "READY"
    twins.reader.fail_captures("730")

    assert not_ready == ("720", "Device not ready")
    assert outcome(capture(twins)) == ("730", "Capture failed")
    assert outcome(capture(twins)) == ("0", "Success")


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (b"", "100"),
        (b"<PidOptions/>", "100"),
        (b"<Other><Opts/></Other>", "100"),
        (b'<PidOptions><Opts fCount="many"/></PidOptions>', "100"),
        (b'<PidOptions><Opts fCount="11"/></PidOptions>', "120"),
        (b'<PidOptions><Opts pidVer="1.0"/></PidOptions>', "200"),
        (b'<PidOptions><Opts format="1"/></PidOptions>', "210"),
    ],
)
def test_options_that_cannot_be_are_refused(twins, options, number):
    assert outcome(xml.parsed(asked(twins, "CAPTURE", "/rd/capture", options).content))[0] == number


def test_browser_is_told_it_may_use_the_verbs_from_a_page_elsewhere(twins):
    before = asked(
        twins,
        "OPTIONS",
        "/rd/capture",
        Origin=PAGE,
        **{"Access-Control-Request-Method": "CAPTURE", "Access-Control-Request-Private-Network": "true"},
    )

    assert before.status_code == 204
    assert before.headers["Access-Control-Allow-Origin"] == PAGE
    assert {"RDSERVICE", "DEVICEINFO", "CAPTURE"} <= set(
        before.headers["Access-Control-Allow-Methods"].split(", ")
    )
    assert before.headers["Access-Control-Allow-Private-Network"] == "true"
    assert asked(twins, "RDSERVICE", Origin=PAGE).headers["Access-Control-Allow-Origin"] == PAGE


def test_other_verbs_and_paths_are_not_there(twins):
    assert asked(twins, "CAPTURE", "/").status_code == 404
    assert asked(twins, "RDSERVICE", "/rd/info").status_code == 404
    assert asked(twins, "DELETE", "/").status_code == 501


def test_person_in_training_places_a_finger_by_the_page(client, twins):
    placed = asked(
        twins,
        "POST",
        "/place",
        f"uid={ASHA}&other_uid=&finger=LEFT_THUMB&is_good=no".encode(),
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )
    page = asked(twins, "GET").text

    assert (placed.status_code, placed.headers["Location"]) == (303, "/")
    assert f"left thumb of {ASHA}, will not match" in page
    assert twins.reader.glass.lies() == (Finger(ASHA, "LEFT_THUMB", is_good=False),)


def test_test_places_a_finger_by_json(twins):
    def told(path, body):
        return httpx.post(twins.reader.url + path, json=body)

    assert told("/place", {"uid": RAVI, "finger": "LEFT_RING", "is_good": True}).json() == {"on_the_glass": 1}
    assert twins.reader.glass.lies() == (Finger(RAVI, "LEFT_RING"),)
    assert told("/lift", {}).json() == {"on_the_glass": 0}
    assert told("/status", {"status": "NOTREADY"}).status_code == 200
    assert xml.parsed(asked(twins, "RDSERVICE").content).get("status") == "NOTREADY"


@pytest.mark.parametrize(
    "body", [{"uid": "2" + "0" * 11}, {"uid": ASHA, "finger": "NOSE"}, {}, [], {"uid": "'><script>"}]
)
def test_finger_of_nobody_made_up_is_not_placed(twins, body):
    assert httpx.post(f"{twins.reader.url}/place", json=body).status_code == 400
    assert twins.reader.glass.lies() == ()
