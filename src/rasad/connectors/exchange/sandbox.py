"""A portal's twin: it serves pages of what it holds and takes what is pushed, once, each thing in its order."""

import threading
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

from rasad.connectors.exchange.client import PortalClient, path_of, real_time
from rasad.connectors.exchange.offered import Answer, Asked, Offered, unsigned
from rasad.connectors.exchange.signing import UnsignedError
from rasad.connectors.exchange.wire import Item, NoSaid, Outcome, Outcomes, Page, encoded, pushes
from rasad.connectors.twin import Request, Response, Twin

# Known to everybody: for this machine and made-up rows only.
KEY = bytes(range(100, 132))
MOST_ROWS = 1_000
SHOWN = 50


class PortalTwin(Twin):
    """Stands in for one portal. Its own folder says what it makes of what it is told.

    `rows[kind]` is what can be pulled, in order; `received` every item it took, in the order it took them;
    `known` the latest body about each thing. `fail` plans faults, `kill` and `revive` take it off the line.
    """

    client: type[PortalClient]

    def __init__(self, *, port: int = 0, key: bytes = KEY) -> None:
        super().__init__(port=port)
        self.rows: dict[str, Sequence[Struct]] = {kind: [] for kind in self.client.pulls}
        self.received: list[Item[Any]] = []
        self.known: dict[str, Any] = {}
        self._outcomes: dict[str, tuple[bytes, Outcome]] = {}
        self._taking = threading.Lock()
        self._offered = Offered({"rasad": key})

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which the product finds it."""
        name = self.client.name.upper()
        return {f"RASAD_{name}_URL": self.url, f"RASAD_{name}_KEY": KEY.hex()}

    def take(self, kind: str, item: Item[Any]) -> Outcome:
        """What the portal makes of an item; taken as it is unless a folder knows better."""
        return Outcome(id=item.id, outcome="accepted")

    def is_faulty(self, request: Request) -> bool:
        """Faults meet programs, not people who look at the page."""
        return "x-rasad-system" in {name.lower() for name in request.headers}

    def answer(self, request: Request) -> Response:
        """A page for a browser; for us what we ask."""
        if not self.is_faulty(request):
            return Response(self.page().encode(), content_type="text/html; charset=utf-8")
        path = f"{request.path}?{request.query}" if request.query else request.path
        asked = Asked(request.method, path, request.headers, request.body)
        try:
            sender = self._offered.verify(asked, at=real_time())
        except UnsignedError as error:
            return _response(unsigned(error))
        try:
            body = self._done(request)
        except msgspec.DecodeError:
            return _response(self._offered.of(sender, 400, encoded(NoSaid(code="unreadable"))))
        except KeyError:
            return _response(self._offered.of(sender, 404, encoded(NoSaid(code="unknown_path"))))
        return _response(self._offered.of(sender, 200, body))

    def page(self) -> str:
        """What it holds, for a person."""
        lines = "".join(
            f"<li><code>{escape(about)}</code> {escape(msgspec.json.encode(body).decode())}</li>"
            for about, body in list(self.known.items())[-SHOWN:]
        )
        counts = ", ".join(f"{kind}: {len(rows)}" for kind, rows in self.rows.items())
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(self.client.title)}</title>'
            f"<h1>{escape(self.client.title)} (twin)</h1><p>To be pulled: {escape(counts) or 'nothing'}.</p>"
            f"<p>Received: {len(self.received)}.</p><ul>{lines}</ul>"
        )

    def _done(self, request: Request) -> bytes:
        kinds = {path_of(self.client.name, kind): kind for kind in (*self.client.pulls, *self.client.pushes)}
        kind = kinds[request.path]
        if request.method == "GET":
            return self._page_of(kind, {name: one[0] for name, one in parse_qs(request.query).items()})
        form = pushes(self.client.pushes[kind])
        pushed = msgspec.json.decode(request.body, type=form)
        with self._taking:
            return encoded(Outcomes(outcomes=[self._taken(kind, item) for item in pushed.items]))

    def _page_of(self, kind: str, asked: Mapping[str, str]) -> bytes:
        start, limit = int(asked.get("cursor") or 0), min(int(asked.get("limit") or MOST_ROWS), MOST_ROWS)
        rows = self.rows[kind]
        part = list(rows[start : start + limit])
        after = start + len(part)
        return encoded(Page(rows=part, next=str(after), more=after < len(rows)))

    def _taken(self, kind: str, item: Item[Any]) -> Outcome:
        said = msgspec.json.encode(item.body)
        if item.id in self._outcomes:
            before, outcome = self._outcomes[item.id]
            if before != said and outcome.outcome != "refused":
                return Outcome(id=item.id, outcome="refused", code="id_reused")
            if outcome.outcome != "refused":
                return Outcome(id=item.id, outcome="already", facts=outcome.facts)
        outcome = self.take(kind, item)
        self._outcomes[item.id] = (said, outcome)
        if outcome.outcome == "accepted":
            self.received.append(item)
            self.known[item.about] = item.body
        return outcome


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, answer.content_type, answer.headers)
