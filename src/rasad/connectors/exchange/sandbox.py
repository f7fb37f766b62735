"""A portal's twin: it serves pages of what it holds and takes what is pushed, once, each thing in its order."""

import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

from rasad.connectors.exchange.client import PortalClient, path_of, real_time
from rasad.connectors.exchange.offered import Answer, Asked, Offered, UnreadableError, read, unsigned
from rasad.connectors.exchange.page import page
from rasad.connectors.exchange.signing import UnsignedError
from rasad.connectors.exchange.wire import Item, NoSaid, Outcome, Outcomes, Page, encoded, pushes
from rasad.connectors.twin import Request, Response, Twin

# Known to everybody: for this machine and made-up rows only.
KEY = bytes(range(100, 132))
MOST_ROWS = 1_000


class PortalTwin(Twin):
    """Stands in for one portal. Its own folder says what it makes of what it is told.

    `rows[kind]` is what can be pulled, in order; `received` every item it took, in the order it took them;
    `known` the latest body about each thing; `out_of_order` what came after a later version and was not taken.
    `fail` plans faults, `kill` and `revive` take it off the line.
    """

    client: type[PortalClient]

    def __init__(self, *, port: int = 0, key: bytes = KEY) -> None:
        super().__init__(port=port)
        self.rows: dict[str, Sequence[Struct]] = {kind: [] for kind in self.client.pulls}
        self.received: list[Item[Any]] = []
        self.known: dict[str, Any] = {}
        self.out_of_order: list[Item[Any]] = []
        self._key = key
        self._outcomes: dict[str, tuple[bytes, Outcome]] = {}
        self._versions: dict[str, int] = {}
        self._taking = threading.Lock()
        self._offered = Offered({"rasad": key})

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which the product finds it."""
        name = self.client.name.upper()
        return {f"RASAD_{name}_URL": self.url, f"RASAD_{name}_KEY": self._key.hex()}

    def take(self, kind: str, item: Item[Any]) -> Outcome:
        """What the portal makes of an item; taken as it is unless a folder knows better."""
        return Outcome(id=item.id, outcome="accepted")

    def is_faulty(self, request: Request) -> bool:
        """Faults meet programs, not people who look at the page."""
        return "x-rasad-system" in {name.lower() for name in request.headers}

    def answer(self, request: Request) -> Response:
        """A page for a browser; for us what we ask."""
        if not self.is_faulty(request):
            shown = page(self.client.title, self.rows, self.known, len(self.received))
            return Response(shown.encode(), content_type="text/html; charset=utf-8")
        path = f"{request.path}?{request.query}" if request.query else request.path
        asked = Asked(request.method, path, request.headers, request.body)
        try:
            sender = self._offered.verify(asked, at=real_time())
        except UnsignedError as error:
            return _response(unsigned(error))
        try:
            body = self._done(request)
        except UnreadableError:
            return _response(self._offered.of(sender, 400, encoded(NoSaid(code="unreadable"))))
        except KeyError:
            return _response(self._offered.of(sender, 404, encoded(NoSaid(code="unknown_path"))))
        return _response(self._offered.of(sender, 200, body))

    def _done(self, request: Request) -> bytes:
        kinds = {path_of(self.client.name, kind): kind for kind in (*self.client.pulls, *self.client.pushes)}
        kind = kinds[request.path]
        if request.method == "GET":
            return self._page_of(kind, request.query)
        pushed: Any = read(request.body, pushes(self.client.pushes[kind]))
        with self._taking:
            return encoded(Outcomes(outcomes=[self._taken(kind, item) for item in pushed.items]))

    def _page_of(self, kind: str, query: str) -> bytes:
        asked = {name: one[0] for name, one in parse_qs(query).items()}
        start, limit = _number(asked.get("cursor", "0")), _number(asked.get("limit", str(MOST_ROWS)))
        rows = self.rows[kind]
        part = list(rows[start : start + max(1, min(limit, MOST_ROWS))])
        after = start + len(part)
        return encoded(Page(rows=part, next=str(after), more=after < len(rows)))

    def _taken(self, kind: str, item: Item[Any]) -> Outcome:
        said = msgspec.json.encode(item.body)
        before, outcome = self._outcomes.get(item.id, (said, None))
        # What was refused may come again, put right.
        if outcome is None or outcome.outcome == "refused":
            outcome = self._decided(kind, item)
            self._outcomes[item.id] = (said, outcome)
            return outcome
        if before != said:
            return Outcome(id=item.id, outcome="refused", code="id_reused")
        return Outcome(id=item.id, outcome="already", facts=outcome.facts)

    def _decided(self, kind: str, item: Item[Any]) -> Outcome:
        if 0 < item.version < self._versions.get(item.about, 0):
            self.out_of_order.append(item)
            return Outcome(id=item.id, outcome="already")
        outcome = self.take(kind, item)
        if outcome.outcome == "accepted":
            self._versions[item.about] = max(item.version, self._versions.get(item.about, 0))
            self.received.append(item)
            # Taken out first, so that the latest stands last.
            self.known.pop(item.about, None)
            self.known[item.about] = item.body
        return outcome


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UnreadableError("not a place in the rows")
    return int(text)


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, answer.content_type, answer.headers)
