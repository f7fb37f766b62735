"""Tokens: the list, its file, one token's story and its paper."""

from collections.abc import Iterable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.relief import actions, exports, filters, schemes
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.privacy import sight
from rasad.relief.queries import overview
from rasad.relief.queries.names import in_language, names
from rasad.relief.queries.shops import place_of
from rasad.relief.queries.story import story
from rasad.relief.tables import TokenTable
from rasad.shops.models import Shop
from rasad.web.paging import page_of

# What says how a list is shown, not what is in it.
UNSAID = ("page", "sort", "rows", "language")


@access.needs("see_relief")
def listed(request: HttpRequest) -> HttpResponse:
    """The reader's tokens, searched, narrowed and sorted."""
    if filters.holds_aadhaar(request):
        return without_aadhaar(request)
    codes = overview.schemes()
    found = _filter(request, codes)
    table = TokenTable(found.qs, sight=sight(request.user), order_by=request.GET.get("sort") or "number")
    lengths = page_of(table, request)
    context = {
        "filter": found,
        "table": table,
        "lengths": lengths,
        "chips": _chips(found, request),
        "export": reverse("relief:tokens_file"),
        "is_over": _is_over(codes),
    }
    return render(request, "relief/tokens.html", context)


@access.needs("export_lists")
def file(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV file; the journal keeps who took it."""
    if filters.holds_aadhaar(request):
        return without_aadhaar(request)
    tokens = _filter(request, overview.schemes()).qs
    lines = exports.token_lines(tokens, sight(request.user))
    return as_file(request, "tokens", tokens.count(), lines)


@access.needs("see_relief")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One token: where it came from, what was checked, which shop and why, what is due on it."""
    token = access.one_for(request.user, Token, number=number)
    reader = sight(request.user)
    told = story(
        token,
        rows=access.all_for(request.user, SourceRow),
        reviews=access.all_for(request.user, Review),
        sight=reader,
        on=timezone.localdate(wiring.now()),
    )
    context = {
        "token": token,
        "story": told,
        "holder": reader.name(token.holder_name),
        "mobile": reader.mobile(token.mobile),
        "address": reader.address(token.address),
        "expired": told.state_today == Token.State.EXPIRED,
        "district": told.names.district(token.district_code),
        "place": told.names.place(token.place_code) if told.names.knows_place(token.place_code) else "",
        "shop_is_mine": access.may(request.user, "see_shops")
        and access.all_for(request.user, Shop).filter(number=token.shop_number).exists(),
    }
    return render(request, "relief/token.html", context)


def without_aadhaar(request: HttpRequest) -> HttpResponse:
    """The same list without the Aadhaar number somebody typed: it must not stay in an address."""
    messages.error(
        request,
        _(
            "No list can be searched by an Aadhaar number: it is kept nowhere on these pages. "
            "Search by the token's number, the name or the mobile number."
        ),
    )
    asked = request.GET.copy()
    del asked["q"]
    return redirect(f"{request.path}?{asked.urlencode()}")


def as_file(request: HttpRequest, what: str, rows: int, lines: Iterable[str]) -> HttpResponse:
    """A CSV file named by what it is and when it was made; written down before the first line leaves."""
    asked = {name: str(value) for name, value in request.GET.items() if value and name not in UNSAID}
    at = wiring.now()
    actions.record_export(what=what, rows=rows, narrowed_by=asked, by=staff_of(request), at=at)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{what}-{timezone.localtime(at):%Y-%m-%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Django's types keep the two apart; to everything that handles an answer they are one.
    return cast(HttpResponse, response)


def _filter(request: HttpRequest, codes: list[str]) -> filters.TokenFilter:
    tokens = access.all_for(request.user, Token)
    return filters.TokenFilter(request.GET, tokens, request=request, schemes_=codes)


def _is_over(codes: list[str]) -> bool:
    known = [schemes.known(code) for code in codes[:1]]
    return any(scheme is not None and timezone.localdate(wiring.now()) > scheme.last_day for scheme in known)


def _chips(found: filters.TokenFilter, request: HttpRequest) -> list[tuple[str, str]]:
    """What the list is narrowed by that no field shows, each with the address of the list without it."""
    shop, place, written = (found.form.cleaned_data.get(name) or "" for name in ("shop", "place", "written"))
    said = {"written": written and _("Place as written: %(name)s") % {"name": written}}
    if shop or place:
        # A name is told only to those who can see something there: a number proves nothing.
        shops = access.all_for(request.user, Shop)
        known = place_of(place, access.all_for(request.user, Token), shops)
        named = names(shops=shops.filter(number=shop).values_list("number", flat=True))
        said["shop"] = shop and _("Shop: %(name)s") % {"name": named.shop(shop)}
        where = in_language(known.name, known.name_hi) if known else place
        said["place"] = place and _("Village or ward: %(name)s") % {"name": where}
    chips = []
    for name, words in said.items():
        if words:
            left = request.GET.copy()
            del left[name]
            chips.append((words, f"?{left.urlencode()}"))
    return chips
