"""The packs of a jurisdiction as a book to read: a chapter a file, every row with its days and its order's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rasad.policy.check.entries import PackRow, entries
from rasad.policy.jurisdiction import About, folder_of, jurisdictions
from rasad.values.refused import Refused

# What a reader finds in columns of their own; everything else a row says stands under `details`.
APART = frozenset(
    {"id", "name", "source", "ambiguity", "from", "to", "basis", "observed", "precision", "value", "unit"}
)
LANGUAGES = ("en", "hi", "bn")


@dataclass(frozen=True)
class Article:
    """One row: what it says, since when and until when, and the words it stands on."""

    id: str
    section: str
    names: Mapping[str, str]
    says: str
    details: tuple[tuple[str, str], ...]
    first_day: date | None
    last_day: date | None
    is_assumed: bool
    observed: date | None
    doubts: tuple[tuple[str, str], ...]
    document: str
    quotation: str

    def name(self, language: str) -> str:
        """Its name in a language, else in English, else its id."""
        return self.names.get(language) or self.names.get("en") or self.id


@dataclass(frozen=True)
class Chapter:
    """One subject: the rows of one file, and what the file says of itself in front."""

    subject: str
    foreword: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Book:
    """All rules of one jurisdiction."""

    about: About
    folder: str
    chapters: tuple[Chapter, ...]

    def chapter(self, subject: str) -> Chapter:
        """The chapter of a subject. Raises Refused("unknown_subject")."""
        for one in self.chapters:
            if one.subject == subject:
                return one
        raise Refused("unknown_subject", subject=subject, state=self.about.name)


def rulebook(state: str) -> Book:
    """The rules of a jurisdiction, chapter by chapter. Raises Refused("unknown_jurisdiction")."""
    folder = folder_of(state)
    about = next(one for one in jurisdictions() if one.code == state)
    by_file: dict[Path, list[Article]] = {}
    for entry in entries(folder):
        if entry.quotation:
            by_file.setdefault(entry.file, []).append(_article(entry))
    chapters = tuple(
        Chapter(file.stem, _foreword(file), tuple(articles)) for file, articles in sorted(by_file.items())
    )
    return Book(about, folder.name, chapters)


def _foreword(file: Path) -> str:
    """The comment at the head of a file."""
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)


def _article(entry: PackRow) -> Article:
    data = entry.data
    source = data["source"]
    names = data.get("name") or data.get("sentence") or {}
    if "{" in str(names):
        # A pattern that other rows fill.
        names = {}
    return Article(
        id=entry.id,
        section=entry.section,
        names=names if isinstance(names, Mapping) else {"en": str(names)},
        says=_says(data),
        details=tuple(_details(data)),
        first_day=data.get("from"),
        last_day=data.get("to"),
        is_assumed=data.get("basis") == "assumed",
        observed=data.get("observed"),
        doubts=tuple((str(code), str(text)) for code, text in (data.get("ambiguity") or {}).items()),
        document=str(source.get("file", "")),
        quotation=entry.quotation,
    )


def _says(data: Mapping[str, Any]) -> str:
    """The value with its unit: 5 kg per member per month."""
    value, unit = data.get("value"), data.get("unit")
    told = "" if value is None else _plain(value)
    return f"{told} {unit}".strip() if unit else told


def _details(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field, value in data.items():
        if field in APART or value in (None, "", [], {}):
            continue
        yield field.replace("_", " "), _plain(value)


def _plain(value: object) -> str:
    """A value as a line of text; of a text in several languages the English one."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Mapping() if set(value) == set(LANGUAGES):
            return str(value["en"])
        case Mapping() if set(value) == {"file", "quotation"}:
            return f"“{value['quotation']}”"
        case Mapping():
            return "; ".join(
                f"{str(name).replace('_', ' ')}: {_plain(inner)}" for name, inner in value.items()
            )
        case list() | tuple():
            return ", ".join(_plain(one) for one in value)
        case _:
            return str(value)
