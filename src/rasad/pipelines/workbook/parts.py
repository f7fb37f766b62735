"""What a workbook is made of, looked at before anything is read from it: a bomb is refused, not unpacked.

The reader of cells (reading.py) lays a sheet out as a full rectangle and tells neither number formats, nor formulas
nobody has worked out, nor hidden rows. That is found here, in the parts themselves.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from rasad.values.refused import Refused

# Of the file, of everything in it once unpacked, and of one sheet: more than that is for CSV, which has no end.
MOST_BYTES, MOST_UNPACKED, MOST_CELLS = 20_000_000, 150_000_000, 2_000_000
_BLOCK = 1 << 20
_OF_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_AT = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_WHOLE = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]*\bhidden=[\"'](?:1|true)[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>\s*[^<\s]|<(?:\w+:)?is>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# Formats such as 000000000000: what stands in the cell is a number, what people see and mean has its zeros in front.
_ZEROS = re.compile(r"^0{2,}$")
At = tuple[int, int]
# Why a cell holds no value that can be trusted.
FAILED, NOT_WORKED_OUT, TOO_LONG = "formula_failed", "formula_not_worked_out", "number_too_long"


@dataclass(frozen=True)
class Part:
    """A sheet as its part tells it. Rows and columns begin at 0."""

    name: str
    is_hidden: bool
    is_empty: bool
    hidden_rows: int
    # Cells whose number is shown with so many digits.
    digits: Mapping[At, int] = field(default_factory=dict)
    # Cells that hold no value to be trusted, and why.
    spoilt: Mapping[At, str] = field(default_factory=dict)


def parts(contents: bytes, *, file: str) -> list[Part]:
    """The sheets of a workbook, in its order.

    Refused: workbook_too_large, workbook_locked, workbook_old, workbook_damaged, workbook_of_another_kind,
    workbook_too_wide.
    """
    if len(contents) > MOST_BYTES:
        raise _too_large(file)
    if contents.startswith(_OF_OLD):
        raise Refused("workbook_locked" if _ENCRYPTED in contents else "workbook_old", file=file)
    try:
        with zipfile.ZipFile(io.BytesIO(contents)) as packed:
            _unpacks(packed, file)
            if "xl/workbook.xml" not in packed.namelist():
                raise Refused("workbook_of_another_kind", file=file)
            return [_part(packed, *one, file=file) for one in _sheets(packed)]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, NotImplementedError, RuntimeError):
        # Among them a part that is longer than it says, locked, or packed in a way nobody uses.
        raise Refused("workbook_damaged", file=file) from None


def _unpacks(packed: zipfile.ZipFile, file: str) -> None:
    """Unpack everything once, keeping nothing: a part that says less than it holds fails its checksum here."""
    left = MOST_UNPACKED
    for one in packed.infolist():
        left -= one.file_size
        if left < 0:
            raise _too_large(file)
        with packed.open(one) as part:
            begins = part.read(_BLOCK)
            # No spreadsheet program writes one; whoever does wants entities that grow.
            if b"<!DOCTYPE" in begins:
                raise Refused("workbook_damaged", file=file)
            while part.read(_BLOCK):
                pass


def _too_large(file: str) -> Refused:
    return Refused(
        "workbook_too_large",
        file=file,
        megabytes=MOST_BYTES // 1_000_000,
        unpacked=MOST_UNPACKED // 1_000_000,
    )


def _xml(packed: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(packed.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _sheets(packed: zipfile.ZipFile) -> list[tuple[str, bool, str]]:
    """Name, whether it is hidden, and path of each worksheet; charts and macros are none."""
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in _xml(packed, "xl/_rels/workbook.xml.rels")
        if str(one.get("Type", "")).endswith("/worksheet")
    }
    found = []
    for sheet in _xml(packed, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in sheet.items() if str(name).endswith("}id")), None)
        if key in targets:
            target = str(targets[key])
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found.append((sheet.get("name", ""), sheet.get("state", "visible") != "visible", path))
    return found


def _part(packed: zipfile.ZipFile, name: str, is_hidden: bool, path: str, *, file: str) -> Part:
    text = packed.read(path)
    rows = columns = 0
    for at in _AT.finditer(text):
        row, column = _at(at)
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    cells = sum(1 for _ in _CELL.finditer(text))
    if max(rows * columns, cells) > MOST_CELLS:
        raise Refused("workbook_too_wide", file=file, sheet=name, cells=MOST_CELLS)
    is_empty = not (_VALUE.search(text) or _FORMULA.search(text))
    digits, spoilt = _told(text, _zeros(packed))
    return Part(name, is_hidden, is_empty, len(_HIDDEN.findall(text)), digits, spoilt)


def _told(text: bytes, zeros: Mapping[bytes, int]) -> tuple[dict[At, int], dict[At, str]]:
    digits: dict[At, int] = {}
    spoilt: dict[At, str] = {}
    if not (zeros or _FORMULA.search(text) or b't="e"' in text):
        return digits, spoilt
    for cell in _WHOLE.finditer(text):
        told, inside = cell[1], cell[2] or b""
        at = _AT.search(told)
        if at is None:
            continue
        if b't="e"' in told:
            spoilt[_at(at)] = FAILED
        elif _FORMULA.search(inside) and not _VALUE.search(inside):
            spoilt[_at(at)] = NOT_WORKED_OUT
        style = re.search(rb"\bs=[\"'](\d+)[\"']", told)
        if style and style[1] in zeros:
            digits[_at(at)] = zeros[style[1]]
    return digits, spoilt


def _at(found: re.Match[bytes]) -> At:
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1


def _zeros(packed: zipfile.ZipFile) -> dict[bytes, int]:
    """The styles that show a number with its zeros in front, with how many digits."""
    if "xl/styles.xml" not in packed.namelist():
        return {}
    styles = _xml(packed, "xl/styles.xml")
    known = {
        one.get("numFmtId"): len(one.get("formatCode", ""))
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
        if _ZEROS.match(one.get("formatCode", ""))
    }
    found = styles.iterfind("{*}cellXfs/{*}xf")
    return {
        str(number).encode(): known[one.get("numFmtId")]
        for number, one in enumerate(found)
        if one.get("numFmtId") in known
    }
