"""The twin of Help Me: the app's server, which is told things, and the app itself, which asks us."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from rasad.connectors.exchange import signing
from rasad.connectors.exchange.client import real_time
from rasad.connectors.exchange.sandbox import KEY, PortalTwin
from rasad.connectors.help_me.client import HelpMeClient
from rasad.connectors.help_me.wire import CodeAsked, CodeSent, OwnTokens, PaperAsked, TokensAsked

ROOT = "/api/help-me/v1/"
# Method, path, headers, body in; status, headers, body out: whatever carries it.
Carry = Callable[[str, str, dict[str, str], bytes], tuple[int, dict[str, str], bytes]]


class HelpMeTwin(PortalTwin):
    """The app's server on this machine."""

    client = HelpMeClient


class RefusedError(Exception):
    """We said no, with a status and a code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


class HelpMeApp:
    """A citizen's telephone with the app: it asks us through its server, which signs."""

    def __init__(self, carry: Carry, *, key: bytes = KEY, system: str = "help_me") -> None:
        self._carry, self._key, self._system = carry, key, system

    def ask_code(self, mobile: str) -> CodeSent:
        """Have a code sent to a telephone."""
        return self._asked("codes", CodeAsked(mobile=mobile), CodeSent)  # type: ignore[no-any-return]

    def tokens(self, mobile: str, code: str) -> OwnTokens:
        """The tokens of a telephone."""
        return self._asked("tokens", TokensAsked(mobile=mobile, code=code), OwnTokens)  # type: ignore[no-any-return]

    def pdf(self, token: str, ticket: str) -> bytes:
        """The paper of a token."""
        return self._sent("pdf", PaperAsked(token=token, ticket=ticket))

    def _asked(self, name: str, ask: Struct, form: type[Struct]) -> Any:
        return msgspec.json.decode(self._sent(name, ask), type=form)

    def _sent(self, name: str, ask: Struct) -> bytes:
        body, path = msgspec.json.encode(ask), ROOT + name
        headers = signing.sign(
            method="POST", path=path, body=body, system=self._system, key=self._key, at=real_time()
        )
        status, said, answer = self._carry("POST", path, headers, body)
        if status != 200:
            raise RefusedError(status, str(msgspec.json.decode(answer).get("code", "")))
        is_ours = signing.is_reply(
            status=status, headers=said, body=answer, nonce=headers[signing.NONCE], key=self._key
        )
        if not is_ours:
            raise RefusedError(status, "not_signed")
        return answer
