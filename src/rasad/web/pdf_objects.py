"""A range of numbered PDF objects: small ones packed together, those with a stream as they are."""

import struct
import zlib
from collections.abc import Sequence

# A part's objects and pages are numbered from a multiple of this; only the last part may have more.
STRIDE = 1 << 14
PAGES, TREE, DOCUMENT, CATALOG = 1, 2, 3, 4
# Objects packed together: more pack better, but a reader unpacks them all to reach one.
PACK = 256
STREAM, END = b">>\nstream\n", b"\nendobj\n"
_ENTRY = struct.Struct(">BQH")
_FREE, _AT_OFFSET, _IN_PACK = 0, 1, 2
_NOWHERE = _ENTRY.pack(_FREE, 0, 0)


def references(numbers: Sequence[int]) -> bytes:
    """A list of objects as a PDF writes it, without its brackets."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


def stream(body: bytes) -> bytes:
    """A stream with the ends of its object."""
    return STREAM + body + b"\nendstream" + END


class Objects:
    """Objects from `first` on, the first `size` numbers taken.

    Raises ValueError when more than `room` are needed; None for the last range of a file, which has no end.
    """

    entry_size = _ENTRY.size

    def __init__(self, first: int, size: int, room: int | None = STRIDE) -> None:
        self.first = first
        self._room = room
        if room is not None and size > room:
            raise ValueError(f"a part has more than {room} objects: set fewer pages a part")
        self.body = bytearray()
        self._entries = [_NOWHERE] * size
        self._streams: list[int] = []
        self._waiting: list[tuple[int, bytes]] = []

    def put(self, number: int, head: bytes, content: bytes = b"") -> None:
        """An object; `content` is its stream with both ends, where it has one."""
        if content:
            self.at(number, len(self.body))
            self._streams.append(number)
            self.body += b"%d 0 obj\n%s%s" % (number, head, content)
            return
        self._waiting.append((number, head))
        if len(self._waiting) == PACK:
            self.flush()

    def new(self, head: bytes) -> int:
        """An object with the next number."""
        number = self.reserve()
        self.put(number, head)
        return number

    def reserve(self) -> int:
        """The next number."""
        if len(self._entries) == self._room:
            raise ValueError(f"a part has more than {self._room} objects: set fewer pages a part")
        self._entries.append(_NOWHERE)
        return self.first + len(self._entries) - 1

    def at(self, number: int, offset: int) -> None:
        """Note where an object starts."""
        self._entries[number - self.first] = _ENTRY.pack(_AT_OFFSET, offset, 0)

    def flush(self) -> None:
        """Pack the objects that wait into an object stream (7.5.7)."""
        if not self._waiting:
            return
        pack = self.reserve()
        index, offset = [], 0
        for place, (number, head) in enumerate(self._waiting):
            self._entries[number - self.first] = _ENTRY.pack(_IN_PACK, pack, place)
            index.append(b"%d %d" % (number, offset))
            offset += len(head) + 1
        listed = b" ".join(index) + b"\n"
        packed = zlib.compress(listed + b"\n".join(head for _, head in self._waiting), 1)
        kind = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d"
        told = kind % (len(self._waiting), len(listed), len(packed))
        self._waiting = []
        self.put(pack, told, stream(packed))

    def table(self, start: int) -> bytes:
        """Where each object is, when `body` is copied to this offset of a file."""
        moved = self._entries.copy()
        for number in self._streams:
            place = number - self.first
            moved[place] = _ENTRY.pack(_AT_OFFSET, start + _ENTRY.unpack(moved[place])[1], 0)
        return b"".join(moved)
