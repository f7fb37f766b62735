"""Bodies as JSON without ambiguity, and what is wrong with one in words that repeat nothing of it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from rasad.values.refused import Refused

# What pydantic calls a mistake: how it is said. The name of a field is ours and may be repeated.
WORDS: dict[str, Promise | str] = {
    "missing": _("“%(where)s” is missing."),
    "extra_forbidden": _("It has a name that is not known here."),
    "int_type": _("“%(where)s” is to be a whole number."),
    "string_type": _("“%(where)s” is to be a text."),
    "bool_type": _("“%(where)s” is to be true or false."),
    "date_from_datetime_parsing": _("“%(where)s” is to be a day, 2026-11-12."),
    "uuid_parsing": _("“%(where)s” is to be a UUID."),
    "uuid_type": _("“%(where)s” is to be a UUID."),
    "list_type": _("“%(where)s” is to be a list."),
    "literal_error": _("“%(where)s” is to be one of: %(expected)s."),
    "greater_than": _("“%(where)s” is too small."),
    "greater_than_equal": _("“%(where)s” is too small."),
    "less_than": _("“%(where)s” is too large."),
    "less_than_equal": _("“%(where)s” is too large."),
    "string_too_short": _("“%(where)s” is too short."),
    "string_too_long": _("“%(where)s” is too long."),
    "too_short": _("“%(where)s” is too short."),
    "too_long": _("“%(where)s” is too long."),
}
OTHER = _("“%(where)s” has not the form it must have.")
_NAME = re.compile(r"[a-z_]{1,30}")


class StrictParser(Parser):
    """JSON in UTF-8: no name twice, no NaN, no NUL inside a text."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body. Refused: not_json, bad_request."""
        if request.content_type != "application/json":
            raise Refused("not_json")
        body: bytes = request.body
        if b"\\u0000" in body:
            raise _bad(_("A text in it holds the character NUL."))
        try:
            parsed: dict[str, Any] = json.loads(
                body.decode(), object_pairs_hook=_once, parse_constant=_no_number
            )
        except UnicodeDecodeError:
            raise _bad(_("It is not UTF-8.")) from None
        except (ValueError, RecursionError):
            raise _bad(_("It is not JSON, or nested too deeply.")) from None
        return parsed


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _bad(_("A name stands twice in it."))
    return made


def _no_number(text: str) -> NoReturn:
    raise ValueError("no number")


def _bad(problem: Promise | str) -> Refused:
    return Refused("bad_request", problem=problem)


def problem_of(errors: Sequence[Mapping[str, Any]]) -> str:
    """What is wrong with a body, at most three mistakes of it; nothing that was sent is repeated."""
    return " ".join(_said(one) for one in errors[:3])


def _said(error: Mapping[str, Any]) -> str:
    where = [part for part in error["loc"] if isinstance(part, int) or _NAME.fullmatch(part)]
    told = {"where": ".".join(str(part) for part in where[2:] or where[1:])}
    told["expected"] = str(error.get("ctx", {}).get("expected", ""))
    return str(WORDS.get(error["type"], OTHER)) % told


def not_parsed() -> str:
    """What is said of a body that is no JSON object."""
    return say("It is not JSON, or nested too deeply.")
