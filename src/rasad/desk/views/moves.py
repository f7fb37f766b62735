"""Tokens that have a shop: moved to another one, the own acts, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.desk.actions import shops as actions
from rasad.desk.forms import ShopPick
from rasad.desk.models import ShopChoice
from rasad.desk.queries import nearby
from rasad.relief.life import LIVING, Event, before
from rasad.relief.models import Token
from rasad.relief.queries.names import in_language, names
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now

ACTS = 30


@access.needs("assign_shops")
def acts(request: HttpRequest) -> HttpResponse:
    """What was done in the reader's areas, the latest first, each with the way back."""
    choices = access.all_for(request.user, ShopChoice)
    grouped = (
        choices.order_by()
        .values("act", "by", "kind", "to_shop")
        .annotate(tokens=Count("pk"), at=Max("at"), first=Min("token__number"), undone=Count("taken_back_by"))
        .order_by("-at", "to_shop")
    )
    page = Paginator(grouped, ACTS).get_page(request.GET.get("page"))
    rows = list(page)
    found = names(shops=[str(row["to_shop"]) for row in rows])
    shown = [
        {**row, "shop": found.shop(str(row["to_shop"])), "what": ShopChoice.Kind(row["kind"]).label,
         "can_go_back": row["kind"] != ShopChoice.Kind.TAKEN_BACK and row["undone"] < row["tokens"]}
        for row in rows
    ]  # fmt: skip
    return render(request, "desk/acts.html", {"acts": shown, "page": page})


@require_POST
@access.needs("assign_shops")
def back(request: HttpRequest, act: UUID) -> HttpResponse:
    """Take an act back as far as nothing was built upon it."""
    choices = access.all_for(request.user, ShopChoice)
    if not choices.filter(act=act).exists():
        raise Http404(str(act))
    done = actions.take_back(act=act, choices=choices, by=staff_of(request), at=now())
    words = ngettext(
        "The choice is taken back for %(count)s token.",
        "The choice is taken back for %(count)s tokens.",
        done.tokens,
    )
    messages.success(request, words % {"count": indian(done.tokens)})
    if done.passed_over:
        words = _(
            "%(count)s stay as they are: they were drawn on, moved on or printed, or were taken back before."
        )
        messages.warning(request, words % {"count": indian(done.passed_over)})
    return redirect("desk:acts")


@access.needs("assign_shops")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Another shop for one token."""
    token = access.one_for(request.user, Token, number=number)
    mine = access.all_for(request.user, Token).filter(pk=token.pk, state__in=before(Event.REASSIGN))
    return _move(request, token=token, shop=None, tokens=mine)


@access.needs("assign_shops")
def of_shop(request: HttpRequest, number: str) -> HttpResponse:
    """All tokens of a shop to another one, or each to the nearest with room."""
    shop = access.one_for(request.user, Shop, number=number)
    tokens = access.all_for(request.user, Token).filter(shop_number=number, state__in=LIVING)
    return _move(request, token=None, shop=shop, tokens=tokens)


def _move(request: HttpRequest, *, token: Token | None, shop: Shop | None, tokens: object) -> HttpResponse:
    shops = access.all_for(request.user, Shop)
    at, no, form = now(), None, None
    if request.method == "POST":
        try:
            if "nearest" in request.POST and shop is not None:
                why = request.POST.get("why", "")[:250]
                done = actions.empty_shop(shop=shop, to=shops, why=why, by=staff_of(request), at=at)
                return _done(request, done)
            form = ShopPick(request.POST, shops=shops)
            if form.is_valid():
                given = form.cleaned_data
                done = actions.change_shop(
                    tokens=tokens, shop=given["shop"], why=given["why"], beyond=given["beyond"],  # type: ignore[arg-type]
                    by=staff_of(request), at=at,
                )  # fmt: skip
                return _done(request, done)
        except Refused as refused:
            no = refused
    origin = nearby.place_of(token.place_code) if token else shop.place if shop else None
    district = token.district_code if token else shop.district_code if shop else ""
    leaving = token.shop_number if token else shop.number if shop else ""
    near = nearby.candidates(
        shops.filter(district_code=district).exclude(number=leaving), origin, on=at.date()
    )
    context = {
        "token": token,
        "shop": shop,
        "shop_name": in_language(shop.name, shop.name_hi) if shop else "",
        "count": tokens.count(),  # type: ignore[attr-defined]
        "best": nearby.stocked(near[: nearby.BEST]),
        "form": form,
        "said": say(no) if no else None,
        "is_full": no is not None and no.code == "shop_full",
    }
    status = say(no).status if no else 422 if form is not None else 200
    return render(request, "desk/move.html", context, status=status)


def _done(request: HttpRequest, done: actions.Done) -> HttpResponse:
    words = ngettext(
        "%(count)s token moved; its holder is told.",
        "%(count)s tokens moved; their holders are told.",
        done.tokens,
    )
    messages.success(request, words % {"count": indian(done.tokens)})
    if done.passed_over:
        words = _("%(count)s stayed: no shop near has room, or they are there already.")
        messages.warning(request, words % {"count": indian(done.passed_over)})
    return redirect("desk:acts")
