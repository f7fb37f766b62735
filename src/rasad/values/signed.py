"""Requests that a device signs: the text that is signed, the key of a session, the check. Server and client share it.

A device proves its own key (Ed25519) once, when it opens a session; each request then carries an HMAC, which costs
microseconds. The key of a session follows from its id and the server's secret: it is neither stored nor looked up.
"""

import re
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest, digest
from threading import Lock

from rasad.values.refused import Refused

SESSION_HEADER = "X-Rasad-Session"
TIME_HEADER = "X-Rasad-Time"
NONCE_HEADER = "X-Rasad-Nonce"
SIGNATURE_HEADER = "X-Rasad-Signature"

# How far the clock of a device may be off, either way.
WINDOW_SECONDS = 120
# Keys that are kept at hand: more than the devices of the largest State.
SESSIONS = 65_536
# Requests of this many milliseconds are forgotten together.
_SLICE = 10_000
_WINDOW = WINDOW_SECONDS * 1000

_NONCE = re.compile(r"[\w.~-]{8,64}", re.ASCII)
_TIME = re.compile(r"[0-9]{13}")


@lru_cache(maxsize=SESSIONS)
def session_key(secret: bytes, session_id: str) -> bytes:
    """The key of a session, 32 bytes: the server computes it again whenever it needs it, and stores it nowhere."""
    return digest(secret, session_id.encode(), "sha256")


def opening_text(device: str, time: int, nonce: str) -> bytes:
    """What a device signs with its own key when it opens a session at a time in Unix milliseconds."""
    return f"rasad open session\n{device}\n{time}\n{nonce}".encode()


def fingerprint(public_key: bytes) -> str:
    """A public key as two people compare it over a telephone: 16 letters and digits in groups of four."""
    text = sha256(public_key).hexdigest()[:16].upper()
    return " ".join(text[place : place + 4] for place in range(0, 16, 4))


def signature(key: bytes, *, method: str, path: str, time: str, nonce: str, body: bytes) -> str:
    """The HMAC of a request in hexadecimal; `path` is what stands in the request line, with its query."""
    text = f"{method}\n{path}\n{time}\n{nonce}\n{sha256(body).hexdigest()}".encode()
    return digest(key, text, "sha256").hex()


class Nonces:
    """The requests seen lately: each is new once. For many threads; memory stays bounded.

    Past `capacity` the oldest are forgotten, and what is as old as they are is refused as stale from then on:
    a full memory makes the window narrower and never lets a replay through.
    """

    def __init__(self, capacity: int = 2_000_000) -> None:
        self._capacity = capacity
        self._lock = Lock()
        self._slices: dict[int, set[int]] = {}
        self._count = 0
        self._oldest = 0

    def __len__(self) -> int:
        return self._count

    def note(self, session_id: str, nonce: str, *, time_ms: int, now_ms: int) -> bool | None:
        """Whether this nonce of the session is new; None for a time that is no longer remembered."""
        # A number instead of the texts: a few dozen bytes each. The hash is keyed by chance in each process.
        seen, place = hash((session_id, nonce)), time_ms // _SLICE
        with self._lock:
            if place not in self._slices:
                self._forget((now_ms - _WINDOW) // _SLICE)
            if place < self._oldest:
                return None
            known = self._slices.setdefault(place, set())
            if seen in known:
                return False
            known.add(seen)
            self._count += 1
            if self._count > self._capacity:
                self._forget(min(self._slices) + 1)
            return True

    def _forget(self, before: int) -> None:
        for place in [place for place in self._slices if place < before]:
            self._count -= len(self._slices.pop(place))
        self._oldest = max(self._oldest, before)


def check_nonce(nonce: str) -> None:
    """Let a nonce pass that has the form of one: 8 to 64 letters, digits, `_.~-`. Raises Refused `bad_signature`."""
    if not _NONCE.fullmatch(nonce):
        raise Refused("bad_signature")


def check_clock(time_ms: int, now_ms: int) -> None:
    """Let a time pass that is close enough to ours. Raises Refused `stale_clock`."""
    if abs(now_ms - time_ms) > _WINDOW:
        raise Refused("stale_clock", seconds=abs(now_ms - time_ms) // 1000, window=WINDOW_SECONDS)


def check(
    key: bytes,
    *,
    session_id: str,
    method: str,
    path: str,
    time: str,
    nonce: str,
    body: bytes,
    given: str,
    now_ms: int,
    nonces: Nonces,
) -> None:
    """Let a request pass that is signed, of now and new; `given` is the signature that came with it.

    Raises Refused `bad_signature`, `stale_clock`, `request_replayed`. Nothing is remembered of a request that is not
    rightly signed.
    """
    check_nonce(nonce)
    if not _TIME.fullmatch(time):
        raise Refused("bad_signature")
    wanted = signature(key, method=method, path=path, time=time, nonce=nonce, body=body)
    if not compare_digest(wanted.encode(), given.encode()):
        raise Refused("bad_signature")
    time_ms = int(time)
    check_clock(time_ms, now_ms)
    new = nonces.note(session_id, nonce, time_ms=time_ms, now_ms=now_ms)
    if new is None:
        raise Refused("stale_clock", seconds=abs(now_ms - time_ms) // 1000, window=WINDOW_SECONDS)
    if not new:
        raise Refused("request_replayed")
