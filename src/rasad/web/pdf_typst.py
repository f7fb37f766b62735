"""A PDF as the pinned typst writes it, read with other numbers for its objects, pages and head cells."""

import re
from collections.abc import Callable, Iterator

from rasad.web.pdf_objects import DOCUMENT, END, PAGES, STREAM, STRIDE, TREE

_REFERENCE, _DIGITS = b" 0 R", b"0123456789"
_PAGE_KEY = re.compile(rb"/StructParents (\d+)")
_CELL = re.compile(rb"\(U(\d+x\d+y\d+)\)")
_COUNTED = re.compile(rb"<xmpTPg:NPages>\d+</xmpTPg:NPages>")


class Typeset:
    """The contents of a file that `typesetting.pdf` made; it relies on how they are written.

    Raises ValueError for a file of another form.
    """

    def __init__(self, contents: bytes, place: int) -> None:
        self._shift = self._first_key = (place + 1) * STRIDE
        self._cell_prefix = b"(P%06dU" % place
        self._heads, self._streams = _objects(contents)
        self.size = len(self._heads) + 1
        self._old_catalog = _number(contents[contents.rindex(b"trailer") :], b"/Root ")
        self._catalog = self._heads[self._old_catalog]
        self._old_tree = _number(self._catalog, b"/StructTreeRoot ")
        self._tree = self._heads[self._old_tree]
        old_pages = _number(self._catalog, b"/Pages ")
        self.pages = old_pages + self._shift
        self.page_count = _number(self._heads[old_pages], b"/Count ")
        self.document = _number(self._tree, b"/K[") + self._shift
        self.role_map = _found(rb"/RoleMap<<.*?>>", self._tree)

    def objects(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Number, contents and, where there is one, the stream with its ends; without the old roots."""
        # All at once: one search through a part is ten times as quick as one through each object.
        heads = self._renumbered(END.join(self._heads.values())).split(END)
        for old, head in zip(self._heads, heads, strict=True):
            if old not in (self._old_tree, self._old_catalog):
                number = old + self._shift
                yield number, self._under_new_roots(number, head), self._streams.get(old, b"")

    def catalog(self) -> bytes:
        """The catalog with the roots that all parts share."""
        head = re.sub(rb"/(Pages|StructTreeRoot|Outlines) \d+ 0 R", b"", self._catalog)
        return self._renumbered(head)[:-2] + b"/Pages %d 0 R/StructTreeRoot %d 0 R>>" % (PAGES, TREE)

    def page_keys(self) -> bytes:
        """The node of the number tree (7.9.7) that leads from these pages to their structure."""
        written = _found(rb"/ParentTree<</Nums\[(.*?)\]>>", self._tree, group=1)
        pairs = [
            (int(key) + self._first_key, int(old) + self._shift)
            for key, old in re.findall(rb"(\d+) (\d+) 0 R", written)
        ]
        nums = b" ".join(b"%d %d 0 R" % pair for pair in pairs)
        return b"<</Limits[%d %d]/Nums[%s]>>" % (pairs[0][0], pairs[-1][0], nums)

    def cells(self) -> bytes:
        """The node of the name tree (7.9.6) of the head cells, or nothing where there are none."""
        written = _found(rb"/IDTree<</Names\[(.*?)\]>>", self._tree, group=1)
        pairs = sorted(re.findall(rb"(\(P[^)]*\))(\d+ 0 R)", self._renumbered(written)))
        if not pairs:
            return b""
        names = b"".join(name + reference for name, reference in pairs)
        return b"<</Limits[%s%s]/Names[%s]>>" % (pairs[0][0], pairs[-1][0], names)

    def _under_new_roots(self, number: int, head: bytes) -> bytes:
        if number == self.pages:
            return head.replace(b"<<", b"<</Parent %d 0 R" % PAGES, 1)
        if number == self.document:
            return re.sub(rb"/S/Document/P \d+ 0 R", b"/S/Part/P %d 0 R" % DOCUMENT, head)
        return head

    def _renumbered(self, text: bytes) -> bytes:
        first_key = self._first_key
        text = _shifted(text, self._shift)
        text = _each(_PAGE_KEY, text, lambda key: b"/StructParents %d" % (int(key) + first_key))
        return _each(_CELL, text, lambda cell: b"%s%s)" % (self._cell_prefix, cell))


def _shifted(text: bytes, shift: int) -> bytes:
    """The text with every reference to an object changed. Three hundred a page: no regular expression."""
    *pieces, rest = text.split(_REFERENCE)
    changed = []
    for piece in pieces:
        stem = piece.rstrip(_DIGITS)
        changed.append(b"%s%d 0 R" % (stem, int(piece[len(stem) :]) + shift))
    return b"".join(changed) + rest


def _each(pattern: re.Pattern[bytes], text: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The text with every find changed: what `sub` does, in half the time."""
    pieces = pattern.split(text)
    pieces[1::2] = map(change, pieces[1::2])
    return b"".join(pieces)


def _objects(contents: bytes) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """The contents of each object by its number, and apart from them the streams with their ends."""
    heads: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    table = int(contents[contents.rindex(b"startxref") + 9 :].split()[0])
    for piece in contents[:table].split(END)[:-1]:
        number, _, body = piece.partition(b" 0 obj\n")
        # The first follows the header of the file.
        old = int(number.rsplit(b"\n", 1)[-1])
        if body.endswith(b"\nendstream"):
            cut = body.index(STREAM)
            streams[old] = _uncounted(body[cut:] + END)
            body = body[:cut]
        heads[old] = body
    written = int(contents[table : table + 40].split()[2])
    if len(heads) + 1 != written or max(heads) != len(heads):
        raise ValueError(f"{len(heads)} objects found where {written} are told of")
    return heads, streams


def _uncounted(content: bytes) -> bytes:
    # The metadata counts the pages of a part; blanks keep the stream's length.
    if not content.startswith(STREAM + b"<?xpacket"):
        return content
    return _COUNTED.sub(lambda count: b" " * len(count[0]), content)


def _number(head: bytes, after: bytes) -> int:
    return int(_found(re.escape(after) + rb"(\d+)", head, group=1))


def _found(pattern: bytes, text: bytes, *, group: int = 0) -> bytes:
    found = re.search(pattern, text, re.DOTALL)
    return found[group] if found else b""
