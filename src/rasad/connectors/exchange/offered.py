"""The other direction: a portal asks us. Whether it is the portal, and an answer that only it can take for ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec import Struct

from rasad.connectors.decoded import decoded
from rasad.connectors.exchange import signing
from rasad.connectors.exchange.signing import Sender, UnsignedError
from rasad.connectors.exchange.wire import NoSaid, encoded
from rasad.values.signed import Nonces

UNSIGNED_STATUS, UNREADABLE_STATUS, REFUSED_STATUS = 401, 400, 409


class UnreadableError(Exception):
    """A genuine request that says nothing we know."""


@dataclass(frozen=True)
class Asked:
    """A request as it came in, whatever server took it; `path` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    content_type: str = "application/json"


class Offered:
    """What we offer to the portals whose keys these are."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = keys
        self._nonces = Nonces()

    def verify(self, asked: Asked, *, at: datetime) -> Sender:
        """Who asks. Raises UnsignedError."""
        return signing.check(
            method=asked.method, path=asked.path, headers=asked.headers, body=asked.body, keys=self._keys, at=at,
            nonces=self._nonces,
        )  # fmt: skip

    def accepted(self, sender: Sender, facts: Struct) -> Answer:
        """The answer with what was asked for."""
        return self.of(sender, 200, encoded(facts))

    def refused(self, sender: Sender, code: str, status: int = REFUSED_STATUS) -> Answer:
        """The answer for an expected no."""
        return self.of(sender, status, encoded(NoSaid(code=code)))

    def of(self, sender: Sender, status: int, body: bytes, content_type: str = "application/json") -> Answer:
        """Any answer, signed for its asker."""
        key = self._keys[sender.system]
        headers = signing.sign_reply(status=status, body=body, nonce=sender.nonce, key=key)
        return Answer(status, headers, body, content_type)


def unsigned(error: UnsignedError) -> Answer:
    """The answer to whom we do not know. It is not signed: there is nobody to sign it for."""
    return Answer(UNSIGNED_STATUS, {}, encoded(NoSaid(code=f"unsigned_{error.reason}")))


def read(body: bytes, form: type[Struct]) -> Struct:
    """What a request says. Raises UnreadableError."""
    try:
        return decoded(body, form)
    except msgspec.DecodeError as error:
        raise UnreadableError(str(error)) from error
