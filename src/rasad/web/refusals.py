"""`Refused` becomes what a person reads (what, why, what to do next) or what a program reads (JSON).

Sentences are in `web/sentences/`, one file a subject. House tests keep them complete: every code used
anywhere has one, with facts the code really gives, and no two codes share one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from rasad.policy.rows import Text
from rasad.policy.sizes import Sizes
from rasad.values.measure import Measure
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.patience import PAGE_SECONDS, is_too_long
from rasad.web.sentences import SENTENCES
from rasad.web.templatetags.rasad import day, indian, measure, sizes

log = structlog.get_logger(__name__)

# Facts that are names of goods.
GOODS = {"commodity", "commodities", "chosen", "offered", "goods"}


@dataclass(frozen=True)
class Said:
    """A refusal in the reader's language."""

    code: str
    what: str
    why: str
    next: str
    status: int

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.next) if part)


def say(refused: Refused) -> Said:
    """The sentences of a refusal in the active language. Raises KeyError for a code without sentences."""
    sentence = SENTENCES[refused.code]
    facts = said_facts(refused.facts)
    return Said(
        code=refused.code,
        what=str(sentence.what) % facts,
        why=str(sentence.why) % facts,
        next=str(sentence.next) % facts,
        status=sentence.status,
    )


def short(refused: Refused) -> str:
    """The reason in half a line, as an officer notes it; where there is no such form, why it is refused."""
    sentence = SENTENCES[refused.code]
    facts = said_facts(refused.facts)
    return str(sentence.short or sentence.why) % facts


def said_facts(facts: Mapping[str, object]) -> dict[str, str]:
    """Facts as they stand in a sentence: names of goods in small letters."""
    said = {name: shown(value) for name, value in facts.items()}
    return said | {name: said[name][:1].lower() + said[name][1:] for name in GOODS & said.keys()}


def shown(value: object) -> str:
    """A fact as a person reads it: days and large numbers as India writes them, lists with commas."""
    match value:
        case bool() | None:
            return str(value)
        case int():
            return indian(value)
        case date():
            return day(value)
        case Text():
            return value.in_language(active())
        case Measure():
            return measure(value)
        case Sizes():
            return sizes(value)
        case list() | tuple():
            return ", ".join(shown(item) for item in value)
        case _:
            return str(value)


class RefusalMiddleware:
    """Answers a `Refused` that a view let through, in the form the asker can read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do unless something is refused; at the door, what no column can keep."""
        if _has_nul(request):
            return answer(request, say(Refused("text_with_nul")))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page or JSON for a Refused; anything else is a bug and goes its way."""
        if is_too_long(exception):
            log.error("page_took_too_long", path=request.path)
            exception = Refused("page_took_too_long", seconds=int(PAGE_SECONDS))
        if not isinstance(exception, Refused):
            return None
        said = say(exception)
        log.info("refused", code=said.code, path=request.path)
        return answer(request, said)


def _has_nul(request: HttpRequest) -> bool:
    """Whether the address, a field of it or of a form holds a NUL, which PostgreSQL cannot keep and nobody types."""
    # A program's address is answered by its own API, in JSON.
    in_path = "\0" in request.path_info and not request.path_info.startswith("/api/")
    if in_path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    return any("\0" in value for values in request.POST.lists() for value in values[1])


def answer(request: HttpRequest, said: Said) -> HttpResponse:
    """A refusal as JSON, as a notice for HTMX, or as a page."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        told = {"code": said.code, "what": said.what, "why": said.why, "next": said.next}
        return JsonResponse(told, status=said.status, json_dumps_params={"ensure_ascii": False})
    if request.headers.get("HX-Request") == "true":
        response = render(request, "web/refusal.html", {"said": said}, status=said.status)
        response["HX-Retarget"] = "#told"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    return render(request, "web/refused.html", {"refusal": said}, status=said.status)


def languages() -> list[str]:
    """The languages every sentence must exist in."""
    return [code for code, _ in settings.LANGUAGES]
