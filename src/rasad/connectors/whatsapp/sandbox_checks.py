"""What the twin looks at in a message, in the order in which Meta's answers show that it looks."""

import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from rasad.connectors.whatsapp.templates import Template, Templates

LONGEST_TEXT = 1024
_TO = re.compile(r"91[6-9][0-9]{9}")
_NOT_PLAIN = re.compile(r"[\n\t]| {5}")

Refusal = tuple[int, str]


class _Document(BaseModel):
    id: str
    filename: str = ""


class _Parameter(BaseModel):
    type: str
    text: str = ""
    document: _Document | None = None


class _Component(BaseModel):
    type: str
    parameters: list[_Parameter] = []


class _Language(BaseModel):
    code: str


class _Template(BaseModel):
    name: str
    language: _Language
    components: list[_Component] = []


class Asked(BaseModel):
    """A message as it was asked for."""

    messaging_product: str
    to: str
    type: str
    template: _Template
    biz_opaque_callback_data: str = ""

    def parameters(self, kind: str) -> list[_Parameter]:
        """Those of the header, or of the body."""
        return [one for part in self.template.components if part.type == kind for one in part.parameters]

    @property
    def document(self) -> _Document | None:
        """The one in the header."""
        header = self.parameters("header")
        return header[0].document if len(header) == 1 and header[0].type == "document" else None

    @property
    def variables(self) -> tuple[str, ...]:
        """Those of the body."""
        return tuple(one.text for one in self.parameters("body"))


def read(body: bytes) -> Asked | Refusal:
    """A message, or what is wrong with its form."""
    try:
        return Asked.model_validate_json(body)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        return 100, f"The parameter {place or 'body'} is required."


def refused(
    asked: Asked, templates: Templates, is_known: Callable[[str], bool], allowed: set[str] | None
) -> Refusal | None:
    """The code for what is wrong, and its details; None when all is well."""
    template = templates.template(asked.template.name, asked.template.language.code)
    form = _form(asked, allowed)
    if form or template is None:
        missing = f"template name ({asked.template.name}) does not exist in {asked.template.language.code}"
        return form or (132001, missing)
    return _content(asked, template, is_known)


def _form(asked: Asked, allowed: set[str] | None) -> Refusal | None:
    checks: tuple[tuple[bool, Refusal], ...] = (
        (asked.messaging_product == "whatsapp", (100, "messaging_product must be whatsapp")),
        (asked.type == "template", (131051, "Message type is not supported by the twin")),
        (_TO.fullmatch(asked.to) is not None, (100, "Parameter Invalid")),
        (len(asked.biz_opaque_callback_data) <= 512, (131009, "biz_opaque_callback_data is too long")),
        (allowed is None or asked.to[2:] in allowed, (131030, "Recipient phone number not in allowed list")),
    )
    return next((refusal for is_well, refusal in checks if not is_well), None)


def _content(asked: Asked, template: Template, is_known: Callable[[str], bool]) -> Refusal | None:
    document, wanted = asked.document, len(template.variables)
    body: list[Any] = asked.parameters("body")
    given = len(body)
    texts = [one.text for one in body]
    kinds = {one.type for one in body}
    checks: tuple[tuple[bool, Refusal], ...] = (
        (document is not None, (132012, "header: Format mismatch, expected DOCUMENT, received UNKNOWN")),
        (
            given == wanted,
            (
                132000,
                f"body: number of localizable_params ({given}) does not match the expected number ({wanted})",
            ),
        ),
        (kinds <= {"text"} and all(texts), (132012, "body: a text is expected")),
        (document is None or is_known(document.id), (100, "document id is not a valid media attachment ID")),
        (not any(map(_NOT_PLAIN.search, texts)), (100, "Param text cannot have new-line/tab characters")),
        (
            given != wanted or len(template.filled(texts)) <= LONGEST_TEXT,
            (132005, "translated text too long"),
        ),
    )
    return next((refusal for is_well, refusal in checks if not is_well), None)
