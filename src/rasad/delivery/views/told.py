"""What the portals told us: how far each list is taken in, and the rows that nothing could be made of."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.delivery.models import Pull, ToldRow
from rasad.outbox.words import SYSTEMS

PAGE = 50
# Rows that came to something; every other outcome is for people.
GOOD = ("noted", "told")
LISTS = {
    "hand_overs": _("Hand-overs"),
    "arrivals": _("Grain that reached shops"),
    "sales": _("Grain given on tokens"),
}
OUTCOMES = {
    "unreadable": _("Cannot be read"),
    "token_unknown": _("No such token"),
    "already_handed_over": _("Handed over before"),
    "move_not_in_life": _("The token is not on its way"),
    "month_not_on_token": _("The month is not on the token"),
    "goods_not_on_token": _("The goods are not on the token"),
    "account_short": _("More was given than was left"),
    "token_not_living": _("The token has ended"),
}


@access.needs("see_outbox")
def show(request: HttpRequest) -> HttpResponse:
    """Every list of a portal, and the rows that came to nothing, the newest first."""
    pulls = access.all_for(request.user, Pull).order_by("system", "kind")
    odd = access.all_for(request.user, ToldRow).exclude(outcome__in=GOOD).order_by("-pk")
    page = Paginator(odd, PAGE).get_page(request.GET.get("page"))
    context = {
        "pulls": [(one, SYSTEMS.get(one.system, one.system), LISTS.get(one.kind, one.kind)) for one in pulls],
        "page": page,
        "rows": [_told(one) for one in page],
    }
    return render(request, "delivery/told.html", context)


def _told(row: ToldRow) -> dict[str, object]:
    system, kind, *_rest = row.told_as.split(":")
    return {
        "row": row,
        "system": SYSTEMS.get(system, system),
        "kind": LISTS.get(kind, kind),
        "why": OUTCOMES.get(row.outcome, row.outcome.replace("_", " ")),
        "facts": row.facts.get("row") or ", ".join(f"{name} {value}" for name, value in row.facts.items()),
        "detail": row.facts.get("why", ""),
    }
