"""A device's connection: one request after the other, each answered or cut."""

import asyncio

PATIENCE_SECONDS = 30.0


class CutError(Exception):
    """The request was sent and no whole answer came: what came of it is unknown."""


class Line(asyncio.Protocol):
    """A kept connection to the server. Lost, it is made anew for the next request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._read = b""

    async def ready(self) -> None:
        """Wait until the server takes the connection, however long that is."""
        while self._transport is None or self._transport.is_closing():
            try:
                self._transport, _ = await asyncio.get_running_loop().create_connection(
                    lambda: self, "127.0.0.1", self._port
                )
            except OSError:
                await asyncio.sleep(0.1)

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer. Raises CutError when it does not come whole."""
        if self._transport is None:
            raise CutError
        self._answer = asyncio.get_running_loop().create_future()
        self._read = b""
        self._transport.write(request)
        try:
            return await asyncio.wait_for(self._answer, PATIENCE_SECONDS)
        except TimeoutError:
            self._transport.close()
            self._transport = None
            raise CutError from None

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found or self._answer is None or self._answer.done():
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0])
        if len(body) >= length:
            self._answer.set_result((int(head.split(b" ", 2)[1]), body[:length]))

    def connection_lost(self, _why: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(CutError())
