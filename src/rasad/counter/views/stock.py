"""A shop's stock."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from rasad.counter import queries
from rasad.counter.views.frame import Counter, at_counter, page


@never_cache
@at_counter("see_sales")
def stock(request: HttpRequest, counter: Counter) -> HttpResponse:
    """What is there, by commodity and allocation."""
    return page(request, "stock.html", counter, balances=queries.balances(counter.shop.number))
