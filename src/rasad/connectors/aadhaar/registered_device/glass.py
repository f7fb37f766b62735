"""The glass of the made-up reader: fingers are placed on it, wait for a capture, and are gone after it."""

import os
import threading
import time
from dataclasses import dataclass

from rasad.connectors.aadhaar.residents import POSITIONS, template


@dataclass(frozen=True)
class Finger:
    """A finger of a made-up person; a bad one is wet, or worn, or somebody else's, and will not match."""

    uid: str
    posh: str = "LEFT_INDEX"
    is_good: bool = True

    def __post_init__(self) -> None:
        if not (self.uid.isdigit() and len(self.uid) == 12 and self.uid.startswith("9999")):
            raise ValueError("the reader has made-up fingers only: of numbers that begin with 9999")
        if self.posh not in {*POSITIONS, "UNKNOWN"}:
            raise ValueError(f"{self.posh} is no finger")

    def record(self) -> bytes:
        """What the reader makes of it."""
        return template(self.uid, self.posh) if self.is_good else b"FMR\x00" + os.urandom(128)


class Glass:
    """What lies on the reader now."""

    def __init__(self) -> None:
        self._fingers: list[Finger] = []
        self._change = threading.Condition()

    def place(self, finger: Finger) -> None:
        """Put a finger down; a capture that waits for it goes on."""
        with self._change:
            self._fingers.append(finger)
            self._change.notify_all()

    def lift(self) -> None:
        """Take all fingers off."""
        with self._change:
            self._fingers.clear()

    def lies(self) -> tuple[Finger, ...]:
        """The fingers that wait for a capture."""
        with self._change:
            return tuple(self._fingers)

    def take(self, count: int, *, within: float) -> list[Finger]:
        """That many fingers, as soon as they lie there; none when the time runs out."""
        until = time.monotonic() + within
        with self._change:
            while len(self._fingers) < count:
                if not self._change.wait(max(until - time.monotonic(), 0)):
                    return []
            taken, self._fingers = self._fingers[:count], self._fingers[count:]
            return taken
