"""One call to another organisation's system over HTTP, within the time the caller has."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import httpx
from tenacity import (
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from rasad.connectors.exchanged import NO_ANSWER, note_exchange
from rasad.values.refused import OutsideError

Got = TypeVar("Got")
LARGEST_REPLY_BYTES = 1_000_000
TRIES = 3


class UnreachedError(OutsideError):
    """The system was not reached: nothing of the request has arrived, so that it may be sent again."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed, read once for all lines."""
    return httpx.create_ssl_context()


class Line:
    """The line to one system. Safe to use from several threads."""

    def __init__(self, *, system: str, url: str) -> None:
        self.system = system
        self._url = httpx.URL(url)
        # A connection a call: on one that is kept, an answer too many would be taken for the next call's.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.Client(follow_redirects=False, limits=limits, verify=_trusted())

    def path(self, name: str) -> str:
        """The path under which the system knows a name below the line's address."""
        return f"{self._url.path.rstrip('/')}{name}"

    def post(
        self,
        path: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        within: float,
        is_secret: bool = False,
    ) -> Reply:
        """`ask` with POST."""
        return self.ask("POST", path, content=content, headers=headers, within=within, is_secret=is_secret)

    def ask(
        self,
        method: str,
        path: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        within: float,
        is_secret: bool = False,
        largest: int = LARGEST_REPLY_BYTES,
    ) -> Reply:
        """Send once and return the answer, whatever its status; `path` may have a query.

        The exchange is logged by its hash; of what `is_secret` not even that, for a short code could be guessed
        from it. Raises OutsideError, not permanent, when no whole answer came in time; UnreachedError when
        nothing was sent.
        """
        started = time.monotonic()
        result: object = NO_ANSWER
        reply: Reply | None = None
        try:
            reply = self._sent(method, path, content, headers, started + within, largest)
            result = reply.status
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise UnreachedError(f"{self.system} cannot be reached", permanent=False) from error
        except httpx.TimeoutException as error:
            raise OutsideError(
                f"{self.system} did not answer within {within:.1f} s", permanent=False
            ) from error
        except httpx.HTTPError as error:
            raise OutsideError(f"{self.system} broke off its answer", permanent=False) from error
        finally:
            note_exchange(
                system=self.system, direction="out", path=path, said=None if is_secret else content,
                answered=None if is_secret or reply is None else reply.body, result=result,
                seconds=time.monotonic() - started,
            )  # fmt: skip
        return reply

    def _sent(
        self,
        method: str,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        deadline: float,
        largest: int,
    ) -> Reply:
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpx.ConnectTimeout("no time left")
        address = self._url.copy_with(raw_path=path.encode("ascii"))
        request = self._http.build_request(
            method, address, content=content, headers=dict(headers), timeout=left
        )
        answer = self._http.send(request, stream=True)
        try:
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                # The time-out of the library counts from byte to byte: an answer in drops would last for ever.
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer comes too slowly")
                if len(body) > largest:
                    raise httpx.ReadError("the answer is too long")
        finally:
            answer.close()
        return Reply(answer.status_code, dict(answer.headers), body)

    def close(self) -> None:
        """Hang up."""
        self._http.close()


def insist(attempt: Callable[[float], Got], *, within: float, on: type[OutsideError] = OutsideError) -> Got:
    """What `attempt` returns, tried up to three times while there is time and the failure may pass.

    `attempt` is told the seconds left. What must not be sent twice is tried again on UnreachedError only.
    """
    deadline = time.monotonic() + within
    again = Retrying(
        retry=retry_if_exception(lambda error: isinstance(error, on) and not error.permanent),
        stop=stop_after_attempt(TRIES) | stop_before_delay(within),
        wait=wait_exponential_jitter(multiplier=0.05, max=0.5, jitter=0.05),
        reraise=True,
    )
    return again(lambda: attempt(deadline - time.monotonic()))
