"""Another State that asks for OUR cards: for tests and training of the home side."""

from collections.abc import Callable, Mapping
from datetime import datetime

import httpx

from rasad.connectors.impds import signing
from rasad.connectors.impds.client import ImpdsClient, real_time
from rasad.connectors.impds.wire import Ask, encoded, path_of


class OtherState(ImpdsClient):
    """A State of the shop: asks, reserves, posts and voids as we do with others, and also as it should not."""

    def __init__(
        self, url: str, state: str, key: bytes, *, clock: Callable[[], datetime] = real_time
    ) -> None:
        super().__init__(url, state, key, clock=clock)
        self._url = url
        self._shared = key

    def signed(self, ask: Ask, *, at: datetime) -> tuple[str, bytes, dict[str, str]]:
        """Path, body and headers of a request signed at a moment, to be sent once, twice, late or altered."""
        path, body = path_of(ask), encoded(ask)
        path = self._line.path(path)
        return path, body, signing.sign(path=path, body=body, state=self.own_state, key=self._shared, at=at)

    def send(self, path: str, body: bytes, headers: Mapping[str, str], *, within: float) -> httpx.Response:
        """Exactly these bytes and headers, and what came back."""
        address = httpx.URL(self._url).copy_with(path=path)
        return httpx.post(address, content=body, headers=dict(headers), timeout=within)
