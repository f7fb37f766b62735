"""What a page of oversight was asked about, and how an act that was asked for ends."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rasad.accounts import access
from rasad.oversight.queries.cases import member_of
from rasad.registry.models import Card, Membership
from rasad.values.refused import Refused
from rasad.web.refusals import say

Act = Callable[[], object]

LONGEST_NUMBER = 18


def card_of(request: HttpRequest, number: str) -> Card:
    """The card of a number, within the areas of the reader. Refused: card_unknown."""
    cards = access.all_for(request.user, Card).select_related("household")
    found = cards.filter(number=number.strip()).first()
    if found is None:
        raise Refused("card_unknown", card=number)
    return found


def member_in(request: HttpRequest, card: Card, *, on: date) -> Membership | None:
    """The living member of a card on the line that was sent; None where none was. Refused: no_such_member."""
    told = request.POST.get("line", "").strip()
    if not told:
        return None
    line = number_in(told)
    if line is None:
        raise Refused("no_such_member", line=told[:20])
    return member_of(card, line, on=on)


def number_in(text: str) -> int | None:
    """A number as a form sends it, of a size the database knows; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


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
