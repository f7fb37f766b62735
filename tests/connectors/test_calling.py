"""A call ends in the time it has, however the other side behaves."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from rasad.connectors.calling import LARGEST_REPLY_BYTES, Line, UnreachedError, insist
from rasad.values.refused import OutsideError


@pytest.fixture
def answers():
    """Starts a system that answers every call with these pieces, a pause after each."""
    doors = []

    def start(pieces, *, pause=0.0):
        door = socket.create_server(("127.0.0.1", 0))
        doors.append(door)

        def serve():
            line, _ = door.accept()
            with line, suppress(OSError):
                line.recv(65536)
                for piece in pieces:
                    line.sendall(piece)
                    time.sleep(pause)

        threading.Thread(target=serve, daemon=True).start()
        return Line(system="Slow", url=f"http://127.0.0.1:{door.getsockname()[1]}")

    yield start
    for door in doors:
        door.close()


def failing(line, *, within, seconds):
    started = time.monotonic()
    with pytest.raises(OutsideError) as failed:
        line.post("/", content=b"", headers={}, within=within)
    return str(failed.value), failed.value.permanent, time.monotonic() - started < seconds


def test_answer_in_drops_does_not_last_for_ever(answers):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    slow = answers([head, *[b"x"] * 100], pause=0.1)

    assert failing(slow, within=0.35, seconds=1.0) == ("Slow did not answer within 0.3 s", False, True)


def test_answer_without_an_end_is_not_read_to_it(answers):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    endless = answers([head, *[b"10000\r\n" + b"x" * 65536 + b"\r\n"] * (LARGEST_REPLY_BYTES // 65536 + 2)])

    assert failing(endless, within=5.0, seconds=5.0) == ("Slow broke off its answer", False, True)


def test_answer_that_is_no_http_is_a_failure(answers):
    assert failing(answers([b"SSH-2.0-OpenSSH_9.2\r\n"]), within=2.0, seconds=2.0)[1:] == (False, True)


def test_answer_cut_in_the_middle_is_a_failure(answers):
    half = answers([b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"])

    assert failing(half, within=2.0, seconds=2.0) == ("Slow broke off its answer", False, True)


def test_nobody_at_the_address_is_not_reached():
    with pytest.raises(UnreachedError, match="Nobody cannot be reached"):
        Line(system="Nobody", url="http://127.0.0.1:1").post("/", content=b"", headers={}, within=1.0)


def test_redirect_is_an_answer_and_is_not_followed(answers):
    moved = answers([b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"])

    assert moved.post("/", content=b"", headers={}, within=2.0).status == 302


def test_path_of_the_address_stays_before_ours():
    assert Line(system="Hub", url="https://hub.example/one/").path("/impds/v1/card") == "/one/impds/v1/card"


def tries(error, *, on=OutsideError, within=2.0):
    """How often something is tried that always fails so."""
    left = []

    def attempt(seconds):
        left.append(seconds)
        raise error

    with pytest.raises(type(error)):
        insist(attempt, within=within, on=on)
    return len(left)


def test_what_may_pass_is_tried_three_times():
    assert tries(OutsideError("busy", permanent=False)) == 3


def test_what_will_not_pass_is_tried_once():
    assert tries(OutsideError("unknown", permanent=True)) == 1


def test_what_may_have_been_sent_is_not_sent_again_when_it_must_not():
    assert tries(OutsideError("no answer", permanent=False), on=UnreachedError) == 1
    assert tries(UnreachedError("away", permanent=False), on=UnreachedError) == 3


def test_nothing_is_tried_again_when_the_time_is_over():
    assert tries(OutsideError("busy", permanent=False), within=0.01) == 1
