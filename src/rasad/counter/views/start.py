"""The first screen: a card's number, and the menu."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from rasad.accounts.access import staff_of
from rasad.counter import visits
from rasad.counter.forms import CardNumber
from rasad.counter.views.frame import Counter, at_counter, new_id, page
from rasad.values.refused import Refused


@never_cache
@at_counter("sell")
def start(request: HttpRequest, counter: Counter) -> HttpResponse:
    """A card or token is shown: its number opens a visit."""
    form = CardNumber(request.POST or None)
    if not form.is_valid():
        response = page(request, "start.html", counter, form=form)
        response.status_code = 422 if form.is_bound else 200
        return response
    try:
        shown = visits.open_visit(
            id=new_id(), shop=counter.shop, number=form.cleaned_data["number"], at=counter.at,
            dealer=staff_of(request).get_username(),
        )  # fmt: skip
    except Refused as no:
        return page(request, "start.html", counter, no, form=form)
    return redirect("counter:family", key=shown.visit.pk)


@at_counter("sell")
def training(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Where the made-up fingers and telephones are, and which cards to try. Not there outside training."""
    if counter.training is None:
        raise Http404
    return page(request, "training.html", counter)
