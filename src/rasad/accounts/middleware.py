"""The second factor cannot be forgotten: every address needs it unless it is in a short list."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from rasad.accounts.access import is_verified

# Open to everybody, by the name of the address.
OPEN = frozenset(
    {
        "web:contact",
        "web:feedback",
        "web:accessibility",
        "web:privacy",
        "web:terms",
        "web:sitemap",
        "web:health",
        "accounts:log_in",
        # What a family is due and by which rules is nobody's secret; these pages keep nothing.
        "portal:due",
        "portal:eligible",
        "portal:rules",
        "portal:subject",
        "portal:history",
        "delivery:my_token",
        # The charter, its forms, and how far something is by the number on its slip.
        "applications:charter",
        "applications:form",
        "applications:statement",
        "applications:statement_file",
        "applications:status",
        # A complaint needs no log-in (R-GRV-14).
        "grievances:new",
        "grievances:follow",
        "grievances:appeal",
        "grievances:accept",
        "grievances:states",
        "families:my_card",
    }
)
# What follows when a citizen has shown a telephone by a code: what is seen then is of that telephone only.
OF_CITIZENS = frozenset(
    {
        *("delivery:my_code", "delivery:leave", "delivery:my_paper", "delivery:my_card"),
        *("applications:mine", "applications:my_slip", "applications:my_letter", "applications:my_withdraw"),
        *("applications:apply", "applications:apply_for"),
        *("families:my_code", "families:leave", "families:my_mobile", "families:my_mobile_code"),
        *("oversight:my_cases", "oversight:my_answer", "oversight:my_notice"),
    }
)
# Asked by programs that sign each request with a key of their own: their log-in is another one.
SIGNED = frozenset({"counter_api", "impds_home", "help_me_api", "whatsapp_api"})
# Open after the password, before the code.
HALF_WAY = frozenset({"accounts:code", "accounts:set_up", "accounts:log_out"})
# All that is open while the password is one that somebody else chose.
NEW = frozenset({"accounts:password", "accounts:log_out"})


class SecondFactor:
    """Sends whoever is not fully logged in to the step that is missing, before the view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The way to the missing step, or None to let the request pass."""
        asked_for = request.resolver_match.view_name if request.resolver_match else ""
        if asked_for in OPEN | OF_CITIZENS or asked_for.partition(":")[0] in SIGNED:
            return None
        if not request.user.is_authenticated:
            return _to("accounts:log_in", request)
        if asked_for in HALF_WAY:
            return None
        if not is_verified(request.user):
            return _to("accounts:code", request)
        if request.user.password_is_initial and asked_for not in NEW:
            return _to("accounts:password", request)
        return None


def _to(step: str, request: HttpRequest) -> HttpResponse:
    address = reverse(step)
    if request.method == "GET" and request.path != "/":
        address += "?" + urlencode({"next": request.get_full_path()})
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"code": "log_in_first", "next": address}, status=401)
    return HttpResponseRedirect(address)
