"""What was asked of the books, and what came of it: one JSON line a call."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

# Outcomes beside the codes of refusals.
DONE, AGAIN, UNKNOWN = "done", "again", "unknown"


class Line(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """So much (grams, ml) of one account of a card, out of one stock; paise; `granted` is the month's quota."""

    account: int
    stock: int
    quantity: int
    price: int
    amount: int
    granted: int


class Call(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One call. Times in ns of the machine's one steady clock; `back` is when the answer came, or was given up."""

    act: str  # sale, reversal, receipt, reserve, post, void, expire
    id: str  # of the document: the sale's, the reservation's
    call: int
    back: int = 0
    outcome: str = UNKNOWN
    by: str = ""
    lines: tuple[Line, ...] = ()
    card: str = ""
    month: str = ""
    shop: str = ""
    device: str = ""
    kind: str = ""
    cash: int = 0
    receipt: str = ""  # what stood on it, shortened; the balance left out, which changes
    sale: str = ""  # that a reversal takes back
    day: str = ""  # in the books of whoever called, where days count

    @property
    def is_acknowledged(self) -> bool:
        """Whether the caller was told that it stands in the books."""
        return self.outcome in (DONE, AGAIN)


def now() -> int:
    """The clock of all histories of one machine."""
    return time.monotonic_ns()


class Writer:
    """Writes calls of one process into one file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=1 << 20)
        self._encode = msgspec.json.Encoder().encode
        self.count = 0

    def write(self, call: Call) -> None:
        """Add a call that has come back."""
        self._file.write(self._encode(call) + b"\n")
        self.count += 1

    def close(self) -> None:
        """Bring everything to the file."""
        self._file.close()


def read(paths: list[Path]) -> Iterator[Call]:
    """Every call of these files."""
    decode = msgspec.json.Decoder(Call).decode
    for path in paths:
        with path.open("rb") as file:
            yield from map(decode, file)
