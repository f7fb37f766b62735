"""Reasons of a decision, kept in words: what was said on the day stays readable when rules and code have moved on."""

from collections.abc import Iterable

from django.utils import translation

from rasad.values.reason import Reason
from rasad.web.explain import explained
from rasad.web.language import active

LANGUAGES = ("en", "hi", "bn")


def kept(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    """Each reason with its row, document and quotation, and its sentence in every language."""
    return [
        {
            "code": one.code,
            "row": one.row,
            "document": one.source.document,
            "quotation": one.source.quotation,
            "said": _said(one),
        }
        for one in reasons
    ]


def in_language(reason: dict[str, object]) -> str:
    """The sentence of a kept reason in the reader's language."""
    said = reason["said"]
    assert isinstance(said, dict)
    return str(said.get(active()) or said["en"])


def _said(reason: Reason) -> dict[str, str]:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = explained(reason)
    return told
