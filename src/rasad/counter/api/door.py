"""The door: whose request it is, how long its body may be, how often one may knock in vain."""

import time
from collections import deque
from threading import Lock
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from ninja.security.base import AuthBase

from rasad.counter.at_work import AtWork, at_work
from rasad.counter.quick import LONGEST_BODY
from rasad.values import signed
from rasad.values.refused import Refused

# A finger as it comes from a reader, with what JSON adds.
LONGEST_WITH_CAPTURE = 600 * 1024
CAPTURES = ("/finger", "/ekyc")
TRIES, WITHIN_SECONDS = 10, 60.0


class Signature(AuthBase):
    """Four headers: session, time (Unix ms), nonce, and their HMAC; see `rasad.values.signed`."""

    openapi_type = "apiKey"
    openapi_in = "header"
    openapi_name = signed.SIGNATURE_HEADER
    openapi_description = (
        f"HMAC-SHA256 in hex with the session's key over method, path with query, {signed.TIME_HEADER}, "
        f"{signed.NONCE_HEADER} and the SHA-256 of the body in hex, joined by line feeds; beside it the headers "
        f"{signed.SESSION_HEADER}, {signed.TIME_HEADER} and {signed.NONCE_HEADER}."
    )

    def __call__(self, request: HttpRequest) -> AtWork:
        """The device at work. Refused: body_too_long and as `at_work`."""
        check_length(request)
        return at_work(
            method=request.method or "",
            path=request.get_full_path(),
            headers=request.headers,
            body=request.body,
        )


def check_length(request: HttpRequest) -> None:
    """Let a body pass that is short enough to be read. Raises Refused("body_too_long")."""
    most = LONGEST_WITH_CAPTURE if request.path.endswith(CAPTURES) else LONGEST_BODY
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdigit() and len(said) < 12) or int(said) > most:
        raise Refused("body_too_long", most=most)


def device_of(request: HttpRequest) -> AtWork:
    """The device that the door let in."""
    return cast(AtWork, request.auth)  # type: ignore[attr-defined]  # ninja's


class Knocking:
    """How often one address, or one device there, failed lately, in the memory of one process; for many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failed: dict[tuple[str, str], deque[float]] = {}

    def check(self, request: HttpRequest, device: str = "") -> None:
        """Let somebody try. Raises Refused("too_many_tries") after ten failures within a minute.

        `device`: whose failures count, where one is named. Whole districts knock from one address of a telephone
        company: a clock that is wrong, or somebody who means ill, keeps no other device out.
        """
        now = time.monotonic()
        with self._lock:
            failed = self._failed.get(_who(request, device), deque())
            while failed and failed[0] < now - WITHIN_SECONDS:
                failed.popleft()
            if len(failed) >= TRIES:
                wait = int(failed[0] + WITHIN_SECONDS - now) + 1
                raise Refused("too_many_tries", tries=TRIES, seconds=wait)

    def failed(self, request: HttpRequest, device: str = "") -> None:
        """Somebody tried in vain."""
        now = time.monotonic()
        with self._lock:
            self._failed.setdefault(_who(request, device), deque(maxlen=TRIES)).append(now)
            if len(self._failed) > 10_000:
                self._failed = {
                    who: times for who, times in self._failed.items() if times[-1] > now - WITHIN_SECONDS
                }

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._failed.clear()


KNOCKING = Knocking()


def _who(request: HttpRequest, device: str) -> tuple[str, str]:
    # Behind the proxy of a department every request comes from the proxy, which writes down last who asked it.
    said = request.headers.get("X-Forwarded-For", "") if settings.SECURE else ""
    return said.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", "")), device
