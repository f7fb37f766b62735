"""The family of a home card or token, and a visit that no step can help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from rasad.counter import ladder
from rasad.counter.opened import Opened
from rasad.counter.rungs import rungs
from rasad.counter.views.frame import Counter, at_visit, next_page, page
from rasad.values.refused import Refused


@never_cache
@at_visit
def family(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """The members with what is seeded, what may be taken, what was taken elsewhere."""
    if visit.home is not None:
        return redirect(next_page(visit))
    return page(
        request, "family.html", counter, visit=visit, rungs=rungs(visit), next_page=next_page(visit),
        is_elsewhere=any(one.left < one.full for one in visit.offers),
    )  # fmt: skip


@never_cache
@at_visit
def stuck(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """A card away from its shop that showed neither finger nor code: what can still be done."""
    try:
        ladder.check_served(visit.visit, visit.standing)
    except Refused as no:
        if visit.standing.next is None:
            return page(request, "stuck.html", counter, no, visit=visit, rungs=rungs(visit))
    return redirect(next_page(visit))
