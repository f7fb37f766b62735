"""The other direction: another State asks for OUR card. What comes in, whether it is genuine, how it is answered.

The pages that offer it call `verify` on what came in, do what `Asked.ask` says, and send `accepted` or `refused`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec import Struct

from rasad.connectors.decoded import decoded
from rasad.connectors.impds import signing
from rasad.connectors.impds.signing import IsNew, Nonces, SignedRequest, UnsignedError
from rasad.connectors.impds.wire import Ask, NoSaid, encoded, form_of
from rasad.values.refused import Refused

__all__ = [
    "Answer",
    "Asked",
    "Home",
    "IsNew",
    "Nonces",
    "SignedRequest",
    "UnreadableError",
    "UnsignedError",
    "unreadable",
    "unsigned",
]

UNSIGNED_STATUS, UNREADABLE_STATUS = 401, 400
STATUS = {"impds_card_unknown": 404}
REFUSED_STATUS = 409


class UnreadableError(Exception):
    """A genuine request that says nothing we know."""


@dataclass(frozen=True)
class Asked:
    """What a State asks, and the nonce the answer is bound to."""

    state: str
    nonce: str
    ask: Ask


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Home:
    """A State as the others see it, with the keys it shares with each of them by their codes."""

    keys: Mapping[str, bytes]

    def verify(self, request: SignedRequest, *, at: datetime, is_new: IsNew) -> Asked:
        """What a State asks, if it is signed by it, of now and new.

        Raises UnsignedError (answer `unsigned`) and UnreadableError (answer `unreadable`). `is_new` is
        `Nonces().is_new` where one process answers, else something all of them look into.
        """
        sender = signing.check(request, keys=self.keys, at=at, is_new=is_new)
        form = form_of(request.path)
        if form is None:
            raise UnreadableError("no such path")
        try:
            return Asked(sender.state, sender.nonce, decoded(request.body, form))
        except msgspec.DecodeError as error:
            raise UnreadableError(str(error)) from error

    def accepted(self, asked: Asked, facts: Struct) -> Answer:
        """The answer with what was asked for: HomeCard, Reserved or Settled."""
        return self._signed(asked, 200, encoded(facts))

    def refused(self, asked: Asked, refused: Refused) -> Answer:
        """The answer for an expected no."""
        balance = refused.facts.get("balance", {})
        said = NoSaid(code=refused.code, balance=msgspec.convert(balance, dict[str, int]))
        return self._signed(asked, STATUS.get(refused.code, REFUSED_STATUS), encoded(said))

    def _signed(self, asked: Asked, status: int, body: bytes) -> Answer:
        headers = signing.sign_reply(status=status, body=body, nonce=asked.nonce, key=self.keys[asked.state])
        return Answer(status, headers, body)


def unsigned(error: UnsignedError) -> Answer:
    """The answer to whom we do not know. It is not signed: there is nobody to sign it for."""
    return Answer(UNSIGNED_STATUS, {}, encoded(NoSaid(code=f"unsigned_{error.reason}")))


def unreadable(error: UnreadableError) -> Answer:
    """The answer to what we do not understand."""
    return Answer(UNREADABLE_STATUS, {}, encoded(NoSaid(code="unreadable")))
