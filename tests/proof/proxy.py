"""A line that breaks: forwards to the server, and cuts some calls after the request has gone through."""

import asyncio
import random
from typing import Any

# Where a call is cut: as soon as it was forwarded (the sale may still be under way), when its answer came
# (the sale stands in the books and nobody hears of it), in the middle of the answer.
WAYS = ("forwarded", "answered", "half")


class _Server(asyncio.Protocol):
    def __init__(self, device: "_Device") -> None:
        self._device = device

    def data_received(self, data: bytes) -> None:
        self._device.answered(data)

    def connection_lost(self, _why: Exception | None) -> None:
        self._device.hang_up()


class _Device(asyncio.Protocol):
    def __init__(self, port: int, chance: random.Random, share: float, cuts: Any) -> None:
        self._port, self._chance, self._share, self._cuts = port, chance, share, cuts
        self._server: asyncio.Transport | None = None
        self._early: list[bytes] = []
        self._cut = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._device = transport
        self._task = asyncio.ensure_future(self._connect())

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        # Without a server nothing is cut: what was asked waits for it.
        while self._server is None:
            try:
                self._server, _ = await loop.create_connection(lambda: _Server(self), "127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.1)
        for data in self._early:
            self._server.write(data)

    def data_received(self, data: bytes) -> None:
        if self._cut:
            return
        if self._chance.random() < self._share:
            self._cut = self._chance.choice(WAYS)
            self._cuts.value += 1
        if self._server is None:
            self._early.append(data)
        else:
            self._server.write(data)
        if self._cut == "forwarded" and self._server is not None:
            # What was written is still sent; the answer will find nobody.
            self._server.close()
            self.hang_up()

    def answered(self, data: bytes) -> None:
        if self._cut == "half":
            self._device.write(data[: len(data) // 2])  # type: ignore[attr-defined]
        if self._cut:
            self.hang_up()
        else:
            self._device.write(data)  # type: ignore[attr-defined]

    def hang_up(self) -> None:
        self._device.close()

    def connection_lost(self, _why: Exception | None) -> None:
        self._task.cancel()
        if self._server is not None:
            self._server.close()


def run(*, port: int, server: int, share: float, seed: int, cuts: Any) -> None:
    """Forward from one port to the other until the process is ended."""
    chance = random.Random(seed)

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(
            lambda: _Device(server, chance, share, cuts), "127.0.0.1", port, backlog=512
        )
        await listening.serve_forever()

    asyncio.run(serve())
