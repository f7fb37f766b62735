"""The bridge from granian's protocol to an ASGI application: nothing is lost or held up on the way."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from rasad.web.over_rsgi import over_rsgi

HEADERS = [("host", "rasad.example"), ("cookie", "a=1"), ("x-twice", "one"), ("x-twice", "two")]


class Pieces:
    """As granian has it: it gives the next piece, and cannot itself be looped over."""

    def __init__(self, pieces):
        self._pieces = iter(pieces)

    async def __anext__(self):
        for piece in self._pieces:
            return piece
        raise StopAsyncIteration


class Protocol:
    """granian's half of a request, with its body in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces, self.said = pieces, []

    def __aiter__(self):
        return Pieces(self._pieces)

    def response_bytes(self, status, headers, body):
        self.said.append(("whole", status, headers, body))

    def response_stream(self, status, headers):
        self.said.append(("stream", status, headers))
        return self

    async def send_bytes(self, piece):
        self.said.append(piece)


def asked(app, *pieces: bytes, client: str = "10.0.0.9:4711"):
    """What an application says of one request."""
    scope = SimpleNamespace(
        http_version="1.1", method="POST", scheme="http", path="/राशन/a b", query_string="q=%20x", client=client,
        server="127.0.0.1:8000", headers=SimpleNamespace(items=lambda: HEADERS),
    )  # fmt: skip
    protocol = Protocol(*pieces)
    # In a thread: a browser's test before this one may have left a loop running here.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, over_rsgi(app, scope, protocol)).result()
    return protocol.said


def saying(*pieces: bytes):
    """An application that answers with these pieces, the last one empty as WSGI has it."""

    async def app(scope, receive, send):
        headers = [(b"content-type", b"text/plain"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return app


ANSWERED = [("content-type", "text/plain"), ("set-cookie", "a=1"), ("set-cookie", "b=2")]


def test_request_arrives_as_it_was_sent():
    seen = {}

    async def app(scope, receive, send):
        seen.update(scope)
        seen["body"] = []
        while (message := await receive())["more_body"]:
            seen["body"].append(message["body"])
        await saying()(scope, receive, send)

    asked(app, b"first ", b"second", client="[::1]:4711")

    assert seen["body"] == [b"first ", b"second"]
    assert (seen["method"], seen["path"], seen["query_string"]) == ("POST", "/राशन/a b", b"q=%20x")
    assert (seen["server"], seen["client"]) == (("127.0.0.1", 8000), ("::1", 4711))
    assert seen["headers"] == [(name.encode(), value.encode()) for name, value in HEADERS]


def test_answer_of_one_piece_is_sent_whole():
    assert asked(saying(b"rice")) == [("whole", 201, ANSWERED, b"rice")]
    assert asked(saying()) == [("whole", 201, ANSWERED, b"")]


def test_longer_answer_is_sent_piece_by_piece():
    assert asked(saying(b"rice", b"wheat", b"oil")) == [("stream", 201, ANSWERED), b"rice", b"wheat", b"oil"]
