"""A form with a file, as the twin reads it."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

_BOUNDARY = re.compile(r'multipart/form-data;\s*boundary="?([^";]+)"?', re.I)
_FIELD = re.compile(r'\b(name|filename)="([^"]*)"')


@dataclass(frozen=True)
class Part:
    """A field, or a file with its name and type."""

    content: bytes
    filename: str = ""
    content_type: str = ""

    @property
    def text(self) -> str:
        """The content of a field."""
        return self.content.decode("utf-8", "replace")


def parts_of(body: bytes, content_type: str) -> dict[str, Part]:
    """The parts by their names; none when it is no such form."""
    found = _BOUNDARY.fullmatch(content_type.strip())
    if not found:
        return {}
    pieces = (b"\r\n" + body).split(b"\r\n--" + found[1].encode())
    return dict(named for piece in pieces[1:-1] if (named := _named(piece)))


def _named(piece: bytes) -> tuple[str, Part] | None:
    head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = [line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")]
    told = {name.strip().lower(): value.strip() for name, _colon, value in lines}
    fields = dict(_FIELD.findall(told.get("content-disposition", "")))
    if "name" not in fields:
        return None
    return fields["name"], Part(content, unquote(fields.get("filename", "")), told.get("content-type", ""))
