"""Many PDFs of one template joined into one that is still tagged.

The libraries at hand drop the structure that a screen reader follows when they put pages together. What
typst writes is plain, so it can be joined as it stands: the objects of each part get numbers of a range of
their own, and its trees of pages and of structure are hung under roots that all parts share. Pictures and
pages are copied untouched; the structure, half of a file, is packed. `part` does the work, in whichever
process made the PDF; `Joined` only writes. The numbers in the comments are sections of ISO 32000-1.
"""

import zlib
from dataclasses import dataclass
from typing import BinaryIO

from rasad.web.pdf_objects import CATALOG, DOCUMENT, PAGES, STRIDE, TREE, Objects, references, stream
from rasad.web.pdf_typst import Typeset


@dataclass(frozen=True)
class Part:
    """A PDF ready to be copied into another: its objects, where they are, the numbers of its roots."""

    objects: Objects
    pages: int
    page_count: int
    document: int
    page_keys: int
    cells: int | None
    role_map: bytes
    catalog: bytes


def part(contents: bytes, place: int, *, is_last: bool = False) -> Part:
    """A PDF that `typesetting.pdf` made as the part with this place: 0, 1, … in any order, each once.

    Raises ValueError for one of more than some 200 pages, unless no part has a later place.
    """
    written = Typeset(contents, place)
    objects = Objects((place + 1) * STRIDE, written.size, None if is_last else STRIDE)
    for number, head, content in written.objects():
        objects.put(number, head, content)
    cells = written.cells()
    return Part(
        objects=objects,
        pages=written.pages,
        page_count=written.page_count,
        document=written.document,
        page_keys=objects.new(written.page_keys()),
        cells=objects.new(cells) if cells else None,
        role_map=written.role_map,
        catalog=written.catalog(),
    )


class Joined:
    """One PDF, written part by part; memory holds where each object went and little else."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = 0
        self._tables: dict[int, bytes] = {}
        self._order: list[Part] = []
        self._write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")

    @property
    def count(self) -> int:
        """How many parts there are, which is the place of the next one."""
        return len(self._order)

    def add(self, part: Part, *, first: bool = False) -> None:
        """Append the pages of a part, or put them before all others."""
        self._copy(part.objects)
        self._order.insert(0 if first else self.count, part)

    def finish(self) -> None:
        """Write the roots and the table of objects. Nothing can be added afterwards."""
        parts = sorted(self._order, key=lambda part: part.objects.first)
        pages = references([part.pages for part in self._order])
        documents = references([part.document for part in self._order])
        keys = references([part.page_keys for part in parts])
        cells = references([part.cells for part in parts if part.cells])
        count = sum(part.page_count for part in parts)
        tree = b"<</Type/StructTreeRoot%s/K[%d 0 R]/ParentTree<</Kids[%s]>>/ParentTreeNextKey %d%s>>"
        named = b"/IDTree<</Kids[%s]>>" % cells if cells else b""
        after = parts[-1].objects.first + STRIDE
        roots = Objects(0, CATALOG + 1)
        roots.put(PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, pages))
        roots.put(TREE, tree % (parts[0].role_map, DOCUMENT, keys, after, named))
        roots.put(DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (TREE, documents))
        roots.put(CATALOG, parts[0].catalog)
        table = roots.reserve()
        roots.flush()
        roots.at(table, self._length + len(roots.body))
        self._copy(roots)
        self._write_table(table)

    def _copy(self, objects: Objects) -> None:
        objects.flush()
        self._tables[objects.first] = objects.table(self._length)
        self._write(bytes(objects.body))
        # What was written is not kept.
        objects.body.clear()

    def _write_table(self, number: int) -> None:
        """Write where every object is, as a cross-reference stream (7.5.8)."""
        tables = sorted(self._tables.items())
        width = Objects.entry_size
        ranges = b" ".join(b"%d %d" % (first, len(table) // width) for first, table in tables)
        last, table = tables[-1]
        body = zlib.compress(b"".join(table for _, table in tables), 6)
        head = b"<</Type/XRef/Size %d/Index[%s]/W[1 8 2]/Root %d 0 R/Filter/FlateDecode/Length %d"
        told = head % (last + len(table) // width, ranges, CATALOG, len(body))
        start = self._length
        self._write(b"%d 0 obj\n%s%s" % (number, told, stream(body)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._length += len(content)
