"""The devices' API as a whole: its routes, its door, and one form for every refusal."""

import re
from typing import Any

import msgspec
import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import BaseRenderer

from rasad.counter.api import days, devices, ekyc, sales, steps, stock, visits
from rasad.counter.api.door import Signature
from rasad.counter.api.parsing import StrictParser, not_parsed, problem_of
from rasad.values.aadhaar import is_aadhaar
from rasad.values.refused import Refused
from rasad.web.refusals import say

log = structlog.get_logger(__name__)

ABOUT = """A device of a shop shows a card (`visits`), takes the steps that show who holds it, gets a pass, and sells
with it (`sales`). It makes the id of a visit itself and keeps it: the same id is the same visit and the same sale,
however often it is sent; with other contents it is refused.

Every request is signed with the key of the session, which is opened with the device's own key. A request is carried
out once (nonce), within 120 seconds of its time. Send it again as a new request with the same id.

Quantities are whole grams or millilitres, prices paise a kg or litre, amounts paise, times ISO 8601 with their offset.

A refusal is JSON: `code` for the device, `what`, `why` and `next` for people, in the language of Accept-Language (en,
hi, bn). 503 and no answer at all mean: nobody knows yet; send it again with the same id."""

_TWELVE_DIGITS = re.compile(r"(?<!\d)[2-9]\d{11}(?!\d)")


class Compact(BaseRenderer):
    """JSON in UTF-8, as the quick road writes it."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The body."""
        return msgspec.json.encode(data)


class DevicesApi(NinjaAPI):
    """An operation is called by the name of its function."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name."""
        return operation.view_func.__name__


api = DevicesApi(
    title="Rasad for devices",
    version="1",
    description=ABOUT,
    urls_namespace="counter_api:v1",
    docs_url=None,
    auth=Signature(),
    parser=StrictParser(),
    renderer=Compact(),
)
api.add_router("", devices.router, tags=["Device"])
api.add_router("/visits", visits.router, tags=["Visit"])
api.add_router("/visits", steps.router, tags=["Steps"])
api.add_router("", ekyc.router, tags=["eKYC"])
api.add_router("/sales", sales.router, tags=["Sale"])
api.add_router("/stock", stock.router, tags=["Stock"])
api.add_router("/day", days.router, tags=["Day"])


@api.exception_handler(Refused)
def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """A refusal in the asker's language. A number of Aadhaar that was typed as something else is not repeated."""
    said = say(no)
    log.info("refused", code=said.code, path=request.path)
    texts = {name: _private(getattr(said, name)) for name in ("what", "why", "next")}
    body = msgspec.json.encode({"code": said.code, **texts})
    response = HttpResponse(body, status=said.status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    if said.status == 429:
        response["Retry-After"] = str(no.facts["seconds"])
    return response


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """A body or an address that does not have the form it must have."""
    return refused(request, Refused("bad_request", problem=problem_of(wrong.errors)))


@api.exception_handler(HttpError)
def not_read(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """A body that the parser refused."""
    said = wrong.__cause__
    if isinstance(said, Refused):
        return refused(request, said)
    return refused(request, Refused("bad_request", problem=not_parsed()))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def no_database(request: HttpRequest, gone: OperationalError | InterfaceError) -> HttpResponse:
    """The books cannot be reached: the device asks again."""
    log.warning("api_lost_database", problem=type(gone).__name__)
    return refused(request, Refused("server_unreachable"))


def _private(text: str) -> str:
    return _TWELVE_DIGITS.sub(lambda found: "XXXX XXXX XXXX" if is_aadhaar(found[0]) else found[0], text)
