"""What is registered with Meta: the texts, and what may never stand in one."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from rasad.connectors.sms.templates import UnfitMessageError, tells_a_number

FILE = Path(__file__).with_name("templates.yaml")
LONGEST_VARIABLE, LONGEST_FILENAME, LONGEST_REFERENCE = 200, 100, 512
LARGEST_PDF_BYTES = 5_000_000
_SLOT = re.compile(r"\{\{(\d+)\}\}")
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
# Meta takes no line breaks, no tabs and no more than four spaces in a row.
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f]| {5}")
_FILENAME = re.compile(r"[^\x00-\x1f\x7f/\\\"]+\.pdf")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Template(_Strict):
    """A registered text in one language, under a document. `str` of it is safe to log."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    language: Literal["en", "hi", "bn"]
    text: str = Field(min_length=1, max_length=1024)
    variables: tuple[str, ...]

    @model_validator(mode="after")
    def _has_its_slots(self) -> "Template":
        if [int(one) for one in _SLOT.findall(self.text)] != list(range(1, len(self.variables) + 1)):
            raise ValueError(f"{self} has not the slots {{{{1}}}} to {{{{{len(self.variables)}}}}} in order")
        return self

    def __str__(self) -> str:
        return f"{self.name}.{self.language}"

    def filled(self, variables: Sequence[str]) -> str:
        """The text as the telephone shows it."""
        return _SLOT.sub(lambda slot: variables[int(slot[1]) - 1], self.text)


class Templates:
    """The texts of a file."""

    def __init__(self, path: Path = FILE) -> None:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        made = [Template(**one) for one in told]
        self._by_name: dict[tuple[str, str], Template] = {(one.name, one.language): one for one in made}

    def template(self, name: str, language: str) -> Template | None:
        """A text in a language; None where none is registered."""
        return self._by_name.get((name, language))

    def __iter__(self) -> Iterator[Template]:
        return iter(self._by_name.values())


@cache
def ours() -> Templates:
    """The texts of this folder."""
    return Templates()


def check_text(template: str, language: str, variables: Sequence[str]) -> None:
    """Raises UnfitMessageError when a message must not leave the house: it says which rule, never the text."""
    if not _NAME.fullmatch(template) or not _LANGUAGE.fullmatch(language):
        raise UnfitMessageError("a template has a name in small letters and a language as en or en_GB")
    for place, value in enumerate(variables, 1):
        if not 1 <= len(value) <= LONGEST_VARIABLE or value != value.strip() or _NOT_PLAIN.search(value):
            raise UnfitMessageError(
                f"{template}.{language}: variable {place} is empty, longer than {LONGEST_VARIABLE}, "
                "or not plain text"
            )
        if tells_a_number(value):
            raise UnfitMessageError(
                f"{template}.{language}: variable {place} has a number that is a person's or a card's"
            )


def check_filename(filename: str) -> None:
    """Raises UnfitMessageError for a name that a telephone cannot show, or that tells a number."""
    if len(filename) > LONGEST_FILENAME or not _FILENAME.fullmatch(filename):
        raise UnfitMessageError(
            f"a file's name ends in .pdf and has up to {LONGEST_FILENAME} plain characters"
        )
    if tells_a_number(filename):
        raise UnfitMessageError("a file's name has a number that is a person's or a card's")


def check_reference(reference: str) -> None:
    """Raises UnfitMessageError for a reference that Meta would not give back whole."""
    if len(reference) > LONGEST_REFERENCE:
        raise UnfitMessageError(f"a reference has up to {LONGEST_REFERENCE} characters")


def check_document(pdf: bytes) -> None:
    """Raises UnfitMessageError for what is no PDF, or too large for a telephone."""
    if not pdf.startswith(b"%PDF-"):
        raise UnfitMessageError("the document is no PDF")
    if len(pdf) > LARGEST_PDF_BYTES:
        raise UnfitMessageError(f"the document has more than {LARGEST_PDF_BYTES} bytes")
