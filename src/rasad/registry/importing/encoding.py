"""In which letters a text file is written, found by looking at all of it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasad.values.refused import Refused

_BLOCK = 1 << 20
_LONG_LINE = 1 << 24
# Two signs above ASCII side by side do not occur in what Windows-1252 is used for here: a quotation mark, a
# dash, one accent. They do occur in every Indian script saved under another name.
_NOT_WESTERN = re.compile(r"[^\x00-\x7f]{2}")
# Up to this share of unreadable bytes the rest of the file is worth reading; the rows concerned are left out.
_DAMAGE = 0.1


@dataclass(frozen=True)
class Encoding:
    """A codec by its Python name, and whether it had to be guessed."""

    name: str
    guessed: bool = False

    @property
    def is_utf8(self) -> bool:
        """Whether the file can be read as it is."""
        return self.name == "utf-8"


def of_file(path: Path) -> Encoding:
    """The encoding of a text file. Raises Refused `file_encoding_unknown`."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    # Without its mark UTF-16 shows by every second byte of plain digits and commas being zero.
    if head[1::2].count(0) > len(head) // 4:
        return Encoding("utf-16-le")
    if head[0::2].count(0) > len(head) // 4:
        return Encoding("utf-16-be")
    read, damaged = _damage(path)
    if not damaged:
        return Encoding("utf-8")
    if _is_western(path):
        return Encoding("cp1252", guessed=True)
    if damaged <= read * _DAMAGE:
        return Encoding("utf-8")
    raise Refused("file_encoding_unknown", file=path.name)


def _damage(path: Path) -> tuple[int, int]:
    """Bytes read, and places in them that are not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    size = damaged = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size += len(block)
            if block.isascii() and not decoder.getstate()[0]:
                continue
            # A replacement character that stands in the file itself is damage of an earlier copy.
            damaged += decoder.decode(block).count("\ufffd")
    return size, damaged + len(decoder.decode(b"", final=True))


def _is_western(path: Path) -> bool:
    with path.open(encoding="cp1252", newline="") as file:
        try:
            return not any(_NOT_WESTERN.search(block) for block in iter(lambda: file.read(_BLOCK), ""))
        except UnicodeDecodeError:
            return False


def lines(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """The lines of a file as UTF-8, each with its end; a very long one in pieces."""
    if encoding.is_utf8:
        with path.open("rb") as raw:
            yield from iter(lambda: raw.readline(_LONG_LINE), b"")
    else:
        with path.open(encoding=encoding.name, errors="replace", newline="") as text:
            for line in iter(lambda: text.readline(_LONG_LINE), ""):
                yield line.encode()
