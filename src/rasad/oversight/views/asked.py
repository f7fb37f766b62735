"""What a page of oversight was asked about, and how an act that was asked for ends."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rasad.accounts import access
from rasad.registry.models import Card
from rasad.values.refused import Refused
from rasad.web.refusals import say

Act = Callable[[], object]


def card_of(request: HttpRequest, number: str) -> Card:
    """The card of a number, within the areas of the reader. Refused: card_unknown."""
    cards = access.all_for(request.user, Card).select_related("household")
    found = cards.filter(number=number.strip()).first()
    if found is None:
        raise Refused("card_unknown", card=number)
    return found


def done(
    request: HttpRequest, act: Act, *, of: Model, shown: Callable[..., HttpResponse], back: str, key: object
) -> HttpResponse:
    """Do it: back to the page of what it was done to, or that page as it is now with the refusal.

    `shown` is the view's own page of a thing, told the refusal as `no` and its `status`.
    """
    try:
        act()
    except Refused as refused:
        of.refresh_from_db()
        return shown(request, of, no=refused, status=say(refused).status)
    messages.success(request, _("Done."))
    return redirect(back, key)
