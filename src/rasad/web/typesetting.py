"""Documents set by typst: a template, the files it reads, the pinned fonts, and nothing else of the machine.

The result is a tagged PDF (PDF/UA-1), and the same contents give the same bytes.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import typst

from rasad.values.month import INDIA
from rasad.web import fonts


def pdf(template: Path, files: Mapping[str, bytes], *, made_on: date) -> bytes:
    """The PDF of a template that reads `files` by their names. `made_on` is the day it claims to be of.

    Raises Refused("fonts_missing") where set-up could not fetch the fonts.
    """
    at = int(datetime.combine(made_on, time(), INDIA).timestamp())
    with _laid_out(template, files) as (main, root):
        return typst.compile(
            main,
            root=root,
            font_paths=_fonts(fonts.found()),
            format="pdf",
            pdf_standards="ua-1",
            timestamp=at,
        )


def pictures(template: Path, files: Mapping[str, bytes], *, dots_per_inch: int = 144) -> list[bytes]:
    """The pages as PNG pictures, for a screen or for somebody checking how they look."""
    with _laid_out(template, files) as (main, root):
        made: bytes | list[bytes] = typst.compile(
            main, root=root, font_paths=_fonts(fonts.found()), format="png", ppi=dots_per_inch
        )
    return made if isinstance(made, list) else [made]


@contextmanager
def _laid_out(template: Path, files: Mapping[str, bytes]) -> Iterator[tuple[Path, Path]]:
    # A template reads its data from beside itself: a folder of its own keeps two prints apart.
    with tempfile.TemporaryDirectory(prefix="rasad-print-") as scratch:
        root = Path(scratch)
        main = Path(shutil.copy(template, root))
        for name, content in files.items():
            (root / name).write_bytes(content)
        yield main, root


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
