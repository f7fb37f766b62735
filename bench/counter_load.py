"""Many devices over kept connections: each sends its next sale when the last one was answered."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Load:
    """What came of a load: the time of each answer in seconds, the codes of those that were not sales."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    # When each answer came, on the clock of `time.time`; for the dip of a month's turn.
    moments: list[float] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)


class _Device(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], load: Load, done: "asyncio.Future[None]") -> None:
        self._requests, self._load, self.done = requests, load, done
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0])
        if len(body) < length:
            return
        now = time.perf_counter()
        self._load.times.append(now - self._sent)
        self._load.moments.append(time.time())
        if not head.startswith(b"HTTP/1.1 200"):
            self._load.refused.append(body)
        self._answer = b""
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            if not self.done.done():
                self.done.set_result(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(request)  # type: ignore[attr-defined]

    def connection_lost(self, _why: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server hung up"))


async def _run(requests: Iterator[bytes], *, port: int, devices: int, load: Load) -> None:
    loop = asyncio.get_running_loop()
    waits = []
    began = time.perf_counter()
    for _ in range(devices):
        done: asyncio.Future[None] = loop.create_future()
        await loop.create_connection(lambda done=done: _Device(requests, load, done), "127.0.0.1", port)  # type: ignore[misc]
        waits.append(done)
    await asyncio.gather(*waits)
    load.seconds = time.perf_counter() - began


def run(requests: Iterator[bytes], *, port: int, devices: int) -> Load:
    """Send every request, from so many devices at once."""
    load = Load()
    asyncio.run(_run(requests, port=port, devices=devices, load=load))
    return load
