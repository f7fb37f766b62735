"""The cover of a bulk print: how many tokens for which shop and village, and who took them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rasad.relief.paper.contents import Edition, TokenPaper, Words
from rasad.relief.paper.wording import both, day, shown

NO_SHOP = Words("दुकान तय होनी है", "shop still to be named")
NO_PLACE = Words("गाँव या वार्ड ज्ञात नहीं", "village or ward not known")


@dataclass
class _Line:
    edition: Edition
    shop: tuple[str, Words]
    place: Words
    count: int
    first_serial: int


class Tally:
    """Counts tokens as they pass on their way to the press, in their order."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._count = 0
        self._editions: list[Edition] = []
        self._districts: dict[Words, None] = {}

    def count(self, tokens: Iterable[TokenPaper]) -> None:
        """Take some more tokens into account."""
        for token in tokens:
            self._count += 1
            if token.edition not in self._editions:
                self._editions.append(token.edition)
            self._districts.setdefault(token.district)
            shop = (token.shop.number, token.shop.name) if token.shop else ("", NO_SHOP)
            last = self._lines[-1] if self._lines else None
            if last and (last.edition, last.shop, last.place) == (token.edition, shop, token.place):
                last.count += 1
            else:
                self._lines.append(_Line(token.edition, shop, token.place, 1, self._count))

    def files(self, printed_on: date) -> dict[str, bytes]:
        """The file cover.typ reads."""
        if not self._editions:
            raise ValueError("nothing was counted")
        printed = day(printed_on)
        contents = {
            "title": " · ".join(both(edition.title) for edition in self._editions),
            "issuer": both(self._editions[0].government),
            "district": " · ".join(both(district, 24) for district in self._districts),
            "printed": f"छपाई / Printed: {printed.hi} / {printed.en}",
            "total": f"{self._count}",
            "shops": self._shops(),
        }
        return {"cover.json": json.dumps(contents, ensure_ascii=False).encode()}

    def _shops(self) -> list[dict[str, object]]:
        shops: list[dict[str, object]] = []
        lines: list[list[str]] = []
        previous: tuple[Edition, tuple[str, Words]] | None = None
        for line in self._lines:
            if (line.edition, line.shop) != previous:
                previous = (line.edition, line.shop)
                (number, name), lines = line.shop, []
                of = f" · {both(line.edition.title)}" if len(self._editions) > 1 else ""
                shops.append({"number": number, "name": f"{both(name, 34)}{of}", "lines": lines})
            last_serial = line.first_serial + line.count - 1
            serials = f"{line.first_serial}–{last_serial}" if line.count > 1 else f"{last_serial}"
            place = line.place if line.place.hi else NO_PLACE
            lines.append([both(Words(shown(place.hi, 24), shown(place.en, 24))), f"{line.count}", serials])
        return shops
