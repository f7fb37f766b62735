"""Asks a portal for its rows page by page, and pushes what it is to know. Safe to use from several threads."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, ClassVar, Generic, NoReturn, TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from rasad.connectors.calling import Line, Reply, insist
from rasad.connectors.decoded import decoded
from rasad.connectors.exchange import signing
from rasad.connectors.exchange.wire import Item, NoSaid, Outcome, Outcomes, Page, Pushed
from rasad.values.refused import OutsideError

OK, UNREADABLE, UNSIGNED, TOO_MANY, FIRST_OF_SERVER = 200, 400, 401, 429, 500
LONGEST_ODD_TEXT = 2_000
T = TypeVar("T")
# Twelve digits or more, however they are grouped.
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){11,}")
LARGEST_PAGE_BYTES = 8_000_000
ROWS_A_PAGE = 500


def real_time() -> datetime:
    """The clock signatures are made by."""
    return datetime.now(UTC)


class NotReadError(OutsideError):
    """The portal itself cannot read the request: something in one of its items."""


class Odd(Struct, frozen=True, kw_only=True):
    """A row of a page that is not in the form agreed on: its text as far as it is kept, and what is wrong."""

    text: str
    why: str
    digest: str


class Pulled(Struct, Generic[T], frozen=True, kw_only=True):
    """A page as it was read: every row of it is in `rows` or in `odd`."""

    rows: list[T]
    odd: list[Odd]
    next: str
    more: bool


class PortalClient:
    """One portal, as we ask it. A portal's own folder says what can be pulled and pushed, and under which paths.

    Every call is told the seconds it may take and raises OutsideError when there is no whole, signed answer in
    that time, or the answer is not the portal's (not permanent), and when the portal itself does not take our
    key, clock or form (permanent). All of it may be asked again: a page is the same page, an item with the same
    id the same item.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    pulls: ClassVar[Mapping[str, type[Struct]]] = {}
    pushes: ClassVar[Mapping[str, type[Struct]]] = {}

    def __init__(
        self, url: str, key: bytes, *, own: str = "rasad", clock: Callable[[], datetime] = real_time
    ) -> None:
        self._own, self._key, self._clock = own, signing.checked_key(key), clock
        self._line = Line(system=self.title, url=url)

    def pull(self, kind: str, *, cursor: str = "", limit: int = ROWS_A_PAGE, within: float) -> Pulled[Any]:
        """A page of what the portal has, from a cursor on; the first for an empty one."""
        asked = urlencode({"cursor": cursor, "limit": limit})
        path = f"{self._line.path(path_of(self.name, kind))}?{asked}"
        page = insist(lambda left: self._once("GET", path, b"", Page[msgspec.Raw], left), within=within)
        return _pulled(page, self.pulls[kind])

    def push(self, kind: str, items: Sequence[Item[Any]], *, within: float) -> dict[str, Outcome]:
        """Tell the portal these things, 500 at most; what became of each it answered, by its id.

        Raises NotReadError, besides, when it cannot read the batch for something in it.
        """
        if not items:
            return {}
        body = msgspec.json.encode(Pushed(items=list(items)))
        path = self._line.path(path_of(self.name, kind))
        told = insist(lambda left: self._once("POST", path, body, Outcomes, left), within=within)
        found = {one.id: one for one in told.outcomes}
        if not found or Counter(one.id for one in told.outcomes) - Counter(one.id for one in items):
            raise OutsideError(f"{self.title} did not answer what it was told", permanent=False)
        return found

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _once(self, method: str, path: str, body: bytes, form: Any, within: float) -> Any:
        headers = signing.sign(
            method=method, path=path, body=body, system=self._own, key=self._key, at=self._clock()
        )
        reply = self._line.ask(
            method,
            path,
            content=body,
            headers={**headers, "Content-Type": "application/json"},
            within=within,
            largest=LARGEST_PAGE_BYTES,
        )
        self._check(reply, headers[signing.NONCE])
        try:
            return decoded(reply.body, form)
        except msgspec.DecodeError as error:
            said = f"{self.title} answered in a form we do not know: {error}"
            raise OutsideError(said, permanent=True) from error

    def _check(self, reply: Reply, nonce: str) -> None:
        if reply.status == TOO_MANY or reply.status >= FIRST_OF_SERVER:
            raise OutsideError(f"{self.title} failed with status {reply.status}", permanent=False)
        said = "" if reply.status == OK else _no_said(reply.body)
        if reply.status == UNSIGNED and said.startswith("unsigned_"):
            # Something on the way has sent our request twice: signed anew it is taken.
            self._refuse(reply.status, said, permanent=said != "unsigned_request_replayed")
        is_genuine = signing.is_reply(
            status=reply.status, headers=reply.headers, body=reply.body, nonce=nonce, key=self._key
        )
        # Whoever stands between us and the portal may answer, too; its no is not the portal's.
        if not is_genuine:
            told = f"{self.title} gave an answer that is not signed (status {reply.status})"
            raise OutsideError(told, permanent=False)
        if reply.status == UNREADABLE:
            raise NotReadError(f"{self.title} cannot read our request ({said})", permanent=True)
        if reply.status != OK:
            self._refuse(reply.status, said, permanent=True)

    def _refuse(self, status: int, said: str, *, permanent: bool) -> NoReturn:
        told = f"{self.title} does not take our request: key, form or clock (status {status} {said})"
        raise OutsideError(told, permanent=permanent)


def _pulled(page: Page[msgspec.Raw], form: type[Struct]) -> Pulled[Any]:
    rows, odd = [], []
    for raw in page.rows:
        try:
            rows.append(decoded(raw, form))
        except msgspec.DecodeError as error:
            digest = sha256(raw).hexdigest()[:32]
            odd.append(Odd(text=_without_numbers(raw)[:LONGEST_ODD_TEXT], why=str(error), digest=digest))
    return Pulled(rows=rows, odd=odd, next=page.next, more=page.more)


def _without_numbers(raw: msgspec.Raw) -> str:
    """The text of a row; a number as long as an Aadhaar number keeps its last four digits."""
    text = bytes(raw).decode("utf-8", "replace").replace("\0", "�")
    return _LONG_NUMBER.sub(lambda found: "X" * (len(found[0]) - 4) + found[0][-4:], text)


def _no_said(body: bytes) -> str:
    try:
        return decoded(body, NoSaid).code
    except msgspec.DecodeError:
        return ""


def path_of(system: str, kind: str) -> str:
    """Where a kind is asked or pushed."""
    return f"/{system.replace('_', '-')}/v1/{kind.replace('_', '-')}"
