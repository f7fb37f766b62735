"""The registered texts: which there are, how one is filled, and what may never stand in one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from rasad.values.aadhaar import is_aadhaar

FILE = Path(__file__).with_name("templates.yaml")
SLOT = "{#var#}"
LONGEST_VARIABLE = 30
# Digits in a row, however spaced or hyphenated.
_RUN = re.compile(r"\d(?:[ \-]?\d)*")
# The longest number a message may show whole is a telephone's; all longer ones belong to cards and persons.
_LONGEST_RUN = 11
_MASKED_CARD = re.compile(r"X{2,}[A-Z0-9]{1,4}")
_CODE = re.compile(r"[0-9]{4,8}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Language = Literal["en", "hi", "bn"]


class UnfitMessageError(ValueError):
    """A message that must not leave the house. Says which rule, never the text."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RegisteredText(_Strict):
    """A template in one language, as registered."""

    id: str = Field(pattern=r"^(\d{12}|\d{19})$")
    text: str = Field(min_length=1)
    variables: tuple[str, ...]


class Registered(_Strict):
    """A template in all its languages."""

    name: str = Field(pattern=r"^[a-z_]+$")
    kind: Literal["otp", "notice"]
    texts: dict[Language, RegisteredText]


@dataclass(frozen=True)
class Template:
    """A registered text in one language. `str` of it is safe to log."""

    name: str
    language: Language
    kind: Literal["otp", "notice"]
    id: str
    text: str
    variables: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}.{self.language}"

    def filled(self, variables: Mapping[str, str]) -> str:
        """The text with its variables. Raises UnfitMessageError when it would not be the registered one or tells
        a number it must not."""
        if set(variables) != set(self.variables):
            raise UnfitMessageError(f"{self} has the variables {', '.join(self.variables)}")
        for name, value in variables.items():
            self._check(name, value)
        parts = self.text.split(SLOT)
        said = parts[0] + "".join(
            variables[name] + part for name, part in zip(self.variables, parts[1:], strict=True)
        )
        if not self.is_of(said):
            raise UnfitMessageError(f"{self}: the text is not the registered one")
        return said

    def is_of(self, said: str) -> bool:
        """Whether a text is this one with variables of the allowed length: what the operator looks at."""
        slot = f".{{1,{LONGEST_VARIABLE}}}?"
        return bool(re.fullmatch(slot.join(map(re.escape, self.text.split(SLOT))), said))

    def _check(self, name: str, value: str) -> None:
        if not 1 <= len(value) <= LONGEST_VARIABLE or value != value.strip() or _CONTROL.search(value):
            raise UnfitMessageError(
                f"{self}: {name} is empty, longer than {LONGEST_VARIABLE}, or not plain text"
            )
        if name == "card" and not _MASKED_CARD.fullmatch(value):
            raise UnfitMessageError(f"{self}: the card's number is not masked")
        if name == "code" and not _CODE.fullmatch(value):
            raise UnfitMessageError(f"{self}: the code is not one")
        if name != "code" and tells_a_number(value):
            raise UnfitMessageError(f"{self}: {name} has a number that is a person's or a card's")


def tells_a_number(text: str) -> bool:
    """Whether a text has an Aadhaar number or another number longer than a telephone's, in digits of any script."""
    plain = "".join(str(unicodedata.digit(one, one)) for one in text)
    runs = [re.sub(r"\D", "", run) for run in _RUN.findall(plain)]
    return any(len(run) > _LONGEST_RUN or is_aadhaar(run) for run in runs)


def shortened(text: str) -> str:
    """A name cut to what a variable holds, with an ellipsis where something is missing."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VARIABLE else text[: LONGEST_VARIABLE - 1].rstrip() + "…"


class Templates:
    """The templates of a file."""

    def __init__(self, path: Path = FILE) -> None:
        self._by_name: dict[tuple[str, str], Template] = {}
        for told in yaml.safe_load(path.read_text(encoding="utf-8")):
            registered = Registered(**told)
            for language, one in registered.texts.items():
                if one.text.count(SLOT) != len(one.variables):
                    raise ValueError(f"{registered.name}.{language} has not as many variables as it names")
                self._by_name[registered.name, language] = Template(
                    registered.name, language, registered.kind, one.id, one.text, one.variables
                )

    def template(self, name: str, language: str) -> Template:
        """A template in a language, in English where it has none of that. Raises KeyError for an unknown name."""
        return self._by_name.get((name, language)) or self._by_name[name, "en"]

    def by_id(self, number: str) -> Template | None:
        """The template registered under a number."""
        return next((one for one in self._by_name.values() if one.id == number), None)

    def __iter__(self) -> Iterator[Template]:
        return iter(self._by_name.values())


@cache
def ours() -> Templates:
    """The templates of this folder."""
    return Templates()
