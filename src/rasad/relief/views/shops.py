"""Shops and places: what the tokens ask of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rasad.accounts import access
from rasad.relief import filters
from rasad.relief.models import Token
from rasad.relief.privacy import sight
from rasad.relief.queries.shops import place_of, place_story, shop_story, with_load
from rasad.relief.tables import ShopTable, TokenTable
from rasad.shops.models import Shop
from rasad.web.paging import page_of


@access.needs("see_shops")
def listed(request: HttpRequest) -> HttpResponse:
    """The reader's shops, the fullest first."""
    shops = with_load(access.all_for(request.user, Shop), access.all_for(request.user, Token))
    found = filters.ShopFilter(request.GET, shops, request=request)
    table = ShopTable(found.qs, sight=sight(request.user), order_by=request.GET.get("sort") or "room")
    context = {"filter": found, "lengths": page_of(table, request), "table": table}
    return render(request, "relief/shops.html", context)


@access.needs("see_shops")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One shop with its place, its room and the tokens drawn there."""
    shop = access.one_for(request.user, Shop, number=number)
    tokens = access.all_for(request.user, Token)
    table = TokenTable(
        tokens.filter(shop_number=number),
        sight=sight(request.user),
        exclude=("shop",),
        order_by=request.GET.get("sort") or "number",
    )
    page_of(table, request)
    return render(request, "relief/shop.html", {"shop": shop_story(shop, tokens), "table": table})


@access.needs("see_relief")
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One village or ward: its tokens, those without a shop and why, the shops they are drawn at."""
    tokens = access.all_for(request.user, Token)
    found = place_of(code, tokens, access.all_for(request.user, Shop))
    if found is None:
        raise Http404
    table = TokenTable(
        tokens.filter(place_code=code),
        sight=sight(request.user),
        exclude=("place",),
        order_by=request.GET.get("sort") or "number",
    )
    page_of(table, request)
    return render(request, "relief/place.html", {"place": place_story(found, tokens), "table": table})
