"""What a reader gets from a PDF: the text as it copies out, the structure as it is read aloud."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ContentStream


def pages(pdf: bytes, *which: int) -> list[str]:
    """The text of each page, or of some by their place, in the order of its contents, as a viewer copies it.

    A run of letters that do not map one to one to their glyphs says its text itself (ActualText), which
    viewers obey and pypdf's own extraction does not.
    """
    there = PdfReader(BytesIO(pdf)).pages
    return [_text(there[place]) for place in which or range(len(there))]


def _text(page) -> str:
    fonts = {
        name: _letters(font.get_object()["/ToUnicode"].get_data().decode())
        for name, font in page["/Resources"]["/Font"].items()
    }
    said: list[str] = []
    marks: list[str | None] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        match operator:
            case b"BDC":
                own = operands[1].get("/ActualText") if isinstance(operands[1], dict) else None
                marks.append(own)
                said.append(str(own) if own is not None else "")
            case b"BMC":
                marks.append(None)
            case b"EMC":
                marks.pop()
            case b"BT":
                said.append("\n")
            case b"Tf":
                font = fonts[operands[0]]
            case b"Tj" | b"TJ" if not any(mark is not None for mark in marks):
                said.append(_shown(operands[0], font))
    return "".join(said)


def _shown(operand, font: dict[int, str]) -> str:
    runs = operand if isinstance(operand, list) else [operand]
    glyphs = b"".join(getattr(run, "original_bytes", b"") for run in runs)
    codes = (int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2))
    return "".join(font.get(code, "\ufffd") for code in codes)


def _letters(cmap: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in cmap.splitlines():
        pair = line.split("> <")
        if line.startswith("<") and len(pair) == 2:
            code, text = (part.strip("<> ") for part in pair)
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def structure(pdf: bytes) -> list[str]:
    """The tags of a PDF in reading order, each level indented by one more blank."""
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    return list(_tags(root, -1))


def _tags(node, depth: int):
    node = node.get_object()
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield " " * depth + node["/S"]
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from _tags(kid, depth + 1)
