"""A stand-in for an outside system: a server on this machine that also fails, when it is told to."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

RUBBISH = b"<html><body>Service temporarily unavail\xff\xfe"
NO_TIME = 0.0


class Fault(StrEnum):
    """What can go wrong on the way to another system and back."""

    DELAY = "delay"  # the work is done, the answer comes late
    HELD = "held"  # the request arrives late
    CUT = "cut"  # the work is done, the line is cut before the answer
    ERROR = "error"  # status 500, nothing was done
    TWICE = "twice"  # the request arrives twice, and is answered twice
    RUBBISH = "rubbish"  # status 200 and something else than an answer


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: str = ""


@dataclass(frozen=True)
class Response:
    """What the twin answers."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """A fault that waits for its request."""

    fault: Fault
    seconds: float
    path: str


class Twin:
    """A server on loopback; a system's own twin says in `answer` what it does.

    Used as a context manager. `fail` plans faults for the next requests, `kill` takes it off the line, `revive`
    puts it back at the same address with what it knows.
    """

    # Beside GET and POST: some systems have verbs of their own.
    verbs: tuple[str, ...] = ()

    def __init__(self, *, port: int = 0) -> None:
        self._door = _Door(("127.0.0.1", port), self)
        self._port = self._door.server_address[1]
        self._planned: list[Planned] = []
        self._planning = threading.Lock()
        self._down = threading.Event()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    def answer(self, request: Request) -> Response:
        """Do what the system does."""
        raise NotImplementedError

    def is_faulty(self, request: Request) -> bool:
        """Whether a planned fault may meet this request; people who look at a page with GET see the page."""
        return request.method == "POST"

    def fail(self, fault: Fault, *, times: int = 1, seconds: float = NO_TIME, path: str = "") -> None:
        """Let the next requests fail, those whose path ends in `path`."""
        with self._planning:
            self._planned += [Planned(Fault(fault), seconds, path)] * times

    def heal(self) -> None:
        """Forget the faults that are planned."""
        with self._planning:
            self._planned.clear()

    def kill(self) -> None:
        """Off the line, at once: open connections are cut, new ones refused."""
        self._down.set()
        self._door.shutdown()
        self._door.server_close()
        self._door.cut()

    def revive(self) -> None:
        """Back at the same address."""
        self._down.clear()
        self._door = _Door(("127.0.0.1", self._port), self)
        self._listen()

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if not self._down.is_set():
            self.kill()

    def _listen(self) -> None:
        threading.Thread(target=self._door.serve_forever, args=(0.05,), daemon=True).start()

    def _next_fault(self, path: str) -> Planned | None:
        with self._planning:
            found = next((one for one in self._planned if path.endswith(one.path)), None)
            if found:
                self._planned.remove(found)
            return found

    def _wait(self, seconds: float) -> None:
        self._down.wait(seconds)

    def respond(self, request: Request) -> tuple[Response, ...]:
        """The answers to send: one as a rule, none when the line is to be cut, two when all comes double."""
        if request.method == "POST" and request.path == "/twin/faults":
            return (self._told(request),)
        planned = self._next_fault(request.path) if self.is_faulty(request) else None
        match planned:
            case Planned(fault=Fault.ERROR):
                return (Response(b"Internal Server Error", 500, "text/plain"),)
            case Planned(fault=Fault.RUBBISH):
                return (Response(RUBBISH, content_type="text/html"),)
            case Planned(fault=Fault.HELD, seconds=seconds):
                self._wait(seconds)
            case Planned(fault=Fault.TWICE):
                return self.answer(request), self.answer(request)
        response = self.answer(request)
        match planned:
            case Planned(fault=Fault.CUT):
                return ()
            case Planned(fault=Fault.DELAY, seconds=seconds):
                self._wait(seconds)
        return (response,)

    def _told(self, request: Request) -> Response:
        """A fault ordered over the line, for a twin that runs in a process of its own."""
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        try:
            self.fail(
                Fault(form["fault"]),
                times=int(form.get("times", "1")),
                seconds=float(form.get("seconds", NO_TIME)),
                path=form.get("path", ""),
            )
        except (KeyError, ValueError):
            return Response(f"fault is one of {', '.join(Fault)}\n".encode(), 400, "text/plain")
        return Response(b"planned\n", content_type="text/plain")


class _Door(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], twin: Twin) -> None:
        self.twin = twin
        self._lines: set[socket] = set()
        self._counting = threading.Lock()
        super().__init__(address, _Visitor)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._counting:
            self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._counting:
            self._lines.discard(request)
        super().shutdown_request(request)

    def cut(self) -> None:
        """Cut every open line."""
        with self._counting:
            lines = list(self._lines)
        for line in lines:
            with suppress(OSError):
                line.shutdown(SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that breaks under an answer is what a twin is for; anything else is a mistake in it."""
        import sys

        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Visitor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Door
    # Header and body leave as one packet each; without this the second waits for the first one's receipt.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def __getattr__(self, name: str) -> Any:
        # The library looks for `do_` and the verb of the request.
        if name.removeprefix("do_") in self.server.twin.verbs:
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = urlsplit(self.path)
        headers = dict(self.headers.items())
        responses = self.server.twin.respond(Request(self.command, asked.path, headers, body, asked.query))
        for response in responses:
            self.send_response(response.status)
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.body)
        self.close_connection = self.close_connection or not responses

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what passes here may be a code on a telephone."""
