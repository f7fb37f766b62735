"""Who speaks, when, and once: HMAC-SHA256 with the key that a portal and we share, in both directions."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from rasad.values import signed
from rasad.values.refused import Refused

SYSTEM, TIME, NONCE, SIGNATURE = "X-Rasad-System", "X-Rasad-Time", "X-Rasad-Nonce", "X-Rasad-Signature"
SHORTEST_KEY_BYTES = 32


class UnsignedError(Exception):
    """A request whose sender, time or wholeness is not shown. `reason` is one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Sender:
    """Who signed a request, and the nonce its answer is bound to."""

    system: str
    nonce: str


def sign(*, method: str, path: str, body: bytes, system: str, key: bytes, at: datetime) -> dict[str, str]:
    """The headers of a request, with a nonce of its own; `path` with its query, as it is sent."""
    time, nonce = str(_milliseconds(at)), secrets.token_hex(16)
    given = signed.signature(key, method=method, path=path, time=time, nonce=nonce, body=body)
    return {SYSTEM: system, TIME: time, NONCE: nonce, SIGNATURE: given}


def check(
    *,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    keys: Mapping[str, bytes],
    at: datetime,
    nonces: signed.Nonces,
) -> Sender:
    """Who signed a request, within two minutes of our clock and never seen before.

    Raises UnsignedError: unknown_system, bad_signature, stale_clock, request_replayed.
    """
    told = {name.lower(): value for name, value in headers.items()}
    system, time, nonce = (told.get(name.lower(), "") for name in (SYSTEM, TIME, NONCE))
    if system not in keys:
        raise UnsignedError("unknown_system")
    try:
        signed.check(
            keys[system], session_id=system, method=method, path=path, time=time, nonce=nonce, body=body,
            given=told.get(SIGNATURE.lower(), ""), now_ms=_milliseconds(at), nonces=nonces,
        )  # fmt: skip
    except Refused as refused:
        raise UnsignedError(refused.code) from None
    return Sender(system, nonce)


def sign_reply(*, status: int, body: bytes, nonce: str, key: bytes) -> dict[str, str]:
    """The header of an answer: it belongs to this request and comes from whoever shares the key."""
    return {SIGNATURE: _mac(key, status, nonce, body)}


def is_reply(*, status: int, headers: Mapping[str, str], body: bytes, nonce: str, key: bytes) -> bool:
    """Whether an answer is whole and belongs to the request with this nonce."""
    told = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE.lower(), "")
    return hmac.compare_digest(_mac(key, status, nonce, body).encode(), told.encode())


def checked_key(key: bytes) -> bytes:
    """A key that is long enough. Raises ValueError."""
    if len(key) < SHORTEST_KEY_BYTES:
        raise ValueError(f"a portal's key has {SHORTEST_KEY_BYTES} bytes or more, this one {len(key)}")
    return key


def _mac(key: bytes, status: int, nonce: str, body: bytes) -> str:
    text = f"rasad answer\n{status}\n{nonce}\n{sha256(body).hexdigest()}".encode()
    return hmac.new(key, text, sha256).hexdigest()


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
