"""The officials' desk: one box that finds a family, and the family on one screen, also for paper."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.families import panels
from rasad.families.forms import AsOf
from rasad.families.queries import looks
from rasad.families.queries.page import family_page
from rasad.registry import search as register
from rasad.registry.looking import look
from rasad.registry.models import Card
from rasad.wiring import now

PAGE = 20
LONGEST = 120


@access.needs("see_cards")
def search(request: HttpRequest) -> HttpResponse:
    """Families of the reader's areas that answer to what was typed."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    answer = None
    if text:
        cards = access.all_for(request.user, Card)
        answer = register.find(text, cards=cards, areas=access.areas_of(request.user), on=now().date())
    page = Paginator(answer.hits if answer else (), PAGE).get_page(request.GET.get("page"))
    context = {"q": text, "page": page, "answer": answer, "most": register.MOST_SHOWN, "on": now()}
    return render(request, "families/search.html", context)


@access.needs("see_cards")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A family as of a day, today unless another is asked for."""
    return _shown(request, number, "families/one.html", looks.DESK)


@access.needs("see_cards")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The same for paper."""
    return _shown(request, number, "families/print.html", looks.PRINT)


def _shown(request: HttpRequest, number: str, template: str, why: str) -> HttpResponse:
    card = access.one_for(request.user, Card, number=number)
    reader, on = staff_of(request), _day(request)
    look(card=card, why=why, by=reader, at=now())
    context = {
        "family": family_page(card, on=on, reader=reader, page=request.GET.get("page")),
        "acts": panels.acts(card, reader),
        "on": on,
        "is_today": on == now().date(),
        "at": now(),
    }
    return render(request, template, context)


def _day(request: HttpRequest) -> date:
    form = AsOf(request.GET)
    given: date | None = form.cleaned_data["on"] if form.is_valid() else None
    return given or now().date()
