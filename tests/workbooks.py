"""Workbooks for stories, written part by part, so that a story can make exactly the odd one it is about."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# Styles: 1 a day, 2 a moment, 3 a number with twelve digits.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="000000000000"/></numFmts>'
    "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Raw:
    """A cell as it stands in the file: its attributes and what is inside."""

    told: str
    inside: str


def padded(number: int) -> Raw:
    """A number that is shown with zeros in front, twelve digits in all."""
    return Raw('s="3"', f"<v>{number}</v>")


def formula(text: str, value: str = "") -> Raw:
    """A formula with the value it came to, or with none."""
    return Raw("", f"<f>{text}</f>" + (f"<v>{value}</v>" if value else ""))


FAILED = Raw('t="e"', "<f>1/0</f><v>#DIV/0!</v>")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows from the first on, None for an empty one."""

    rows: Sequence[Sequence[object] | None]
    name: str = "List"
    state: str = "visible"


def xlsx(*sheets: Sheet, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with these sheets, and with more parts or others in their place."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    of = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        f'<Default Extension="xml" ContentType="{of}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        + "".join(
            f'<sheet name="{escape(one.name)}" sheetId="{number}" state="{one.state}" r:id="s{number}"/>'
            for number, one in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="s{number}" Type="{LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="st" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for number, one in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(one)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in ({key: text.encode() for key, text in parts.items()} | (more or {})).items():
            packed.writestr(name, text)
    return out.getvalue()


def sheet_xml(sheet: Sheet) -> str:
    """The part of a sheet."""
    rows = "".join(
        f'<row r="{at}">'
        + "".join(_cell(f"{chr(65 + column)}{at}", value) for column, value in enumerate(row))
        + "</row>"
        for at, row in enumerate(sheet.rows, 1)
        if row is not None
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(at: str, value: object) -> str:
    match value:
        case None:
            return ""
        case Raw():
            return f'<c r="{at}" {value.told}>{value.inside}</c>'
        case bool():
            return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{at}"><v>{value}</v></c>'
        case datetime():
            since = value - datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet has no zones
            return f'<c r="{at}" s="2"><v>{since.days + since.seconds / 86400}</v></c>'
        case date():
            return f'<c r="{at}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
