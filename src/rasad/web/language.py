"""The language of the page."""

from django.utils.translation import get_language


def active() -> str:
    """The code of the reader's language: en, hi or bn."""
    return (get_language() or "en").split("-")[0]


def in_language(name: str, name_hi: str) -> str:
    """The Hindi name for a reader of Hindi where there is one, else the English name."""
    return name_hi if name_hi and active() == "hi" else name
