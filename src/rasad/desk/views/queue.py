"""The queue of tokens without a shop: heaps by place, one heap with the shops near it, and the choice."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.desk.actions import shops as actions
from rasad.desk.forms import ShopPick
from rasad.desk.queries import nearby, queue
from rasad.relief.models import Token
from rasad.relief.privacy import sight
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now

HEAPS, TOKENS, FOUND = 50, 50, 10
# What tells a heap, as it stands in an address.
NARROWED = {
    "district": "district_code",
    "place": "place_code",
    "written": "place_name",
    "reason": "shop_reason",
}


@access.needs("assign_shops")
def heaps(request: HttpRequest) -> HttpResponse:
    """Where tokens wait for a shop, the largest heap first."""
    tokens = access.all_for(request.user, Token)
    text = request.GET.get("q", "").strip()
    found = queue.grouped(tokens.filter(place_name__icontains=text) if text else tokens)
    page = Paginator(found, HEAPS).get_page(request.GET.get("page"))
    context = {
        "heaps": queue.heaps(list(page)),
        "page": page,
        "q": text,
        "waiting": queue.waiting(tokens).count(),
    }
    return render(request, "desk/queue.html", context)


@access.needs("assign_shops")
def heap(request: HttpRequest) -> HttpResponse:
    """One heap: its tokens, the best shops, and the way to choose one."""
    return _heap(request, request.GET)


@require_POST
@access.needs("assign_shops")
def choose(request: HttpRequest) -> HttpResponse:
    """Give the marked tokens, or all of the heap, the chosen shop."""
    shops = access.all_for(request.user, Shop)
    form = ShopPick(request.POST, shops=shops)
    tokens = _marked(request)
    if not form.is_valid() or not tokens.exists():
        no = None if form.errors else Refused("nothing_marked")
        return _heap(request, request.POST, form=form, no=no, status=422)
    given = form.cleaned_data
    try:
        done = actions.choose_shop(
            tokens=tokens,
            shop=given["shop"],
            beyond=given["beyond"],
            why=given["why"],
            by=staff_of(request),
            at=now(),
        )
    except Refused as refused:
        return _heap(request, request.POST, form=form, no=refused, status=say(refused).status)
    _tell(request, done, given["shop"])
    return redirect("desk:acts")


def _heap(
    request: HttpRequest,
    asked: QueryDict,
    *,
    form: ShopPick | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    tokens = _of_heap(request, asked)
    page = Paginator(tokens.order_by("number"), TOKENS).get_page(asked.get("page"))
    shops = access.all_for(request.user, Shop)
    if asked.get("district"):
        shops = shops.filter(district_code=asked["district"])
    today = now().date()
    place = nearby.place_of(asked.get("place", ""))
    text = asked.get("find", "").strip()
    found = nearby.candidates(shops, place, on=today)
    named = [
        one for one in found if text and (text.lower() in one.name.lower() or one.number.startswith(text))
    ]
    context = {
        "heap": next(iter(queue.heaps(list(queue.grouped(tokens)[:1]))), None),
        "page": page,
        "reader": sight(request.user),
        "rows": [(token, sight(request.user).name(token.holder_name)) for token in page],
        "best": nearby.stocked((named or found)[: FOUND if text else nearby.BEST]),
        "find": text,
        "nothing_found": bool(text) and not named,
        "kept": {name: asked.get(name, "") for name in NARROWED if name in asked},
        "form": form,
        "said": say(no) if no else None,
        "is_full": no is not None and no.code == "shop_full",
        "marked": request.POST.getlist("token"),
    }
    return render(request, "desk/heap.html", context, status=status)


def _of_heap(request: HttpRequest, asked: QueryDict) -> QuerySet[Token]:
    tokens = queue.waiting(access.all_for(request.user, Token))
    narrowed = {field: asked[name] for name, field in NARROWED.items() if name in asked}
    return tokens.filter(**narrowed)


def _marked(request: HttpRequest) -> QuerySet[Token]:
    if "all" in request.POST:
        return _of_heap(request, request.POST)
    return access.all_for(request.user, Token).filter(number__in=request.POST.getlist("token"))


def _tell(request: HttpRequest, done: actions.Done, shop: Shop) -> None:
    words = ngettext(
        "%(count)s token is drawn at %(shop)s now.",
        "%(count)s tokens are drawn at %(shop)s now.",
        done.tokens,
    )
    messages.success(request, words % {"count": indian(done.tokens), "shop": shop.name})
    if done.passed_over:
        messages.warning(
            request,
            _("%(count)s were given a shop by somebody else in the meantime, and stay there.")
            % {"count": indian(done.passed_over)},
        )


def heap_address(token: Token) -> str:
    """The address of the heap a token lies in."""
    asked = QueryDict(mutable=True)
    asked.update(
        {"district": token.district_code, "place": token.place_code, "written": token.place_name,
         "reason": token.shop_reason}
    )  # fmt: skip
    return f"{reverse('desk:heap')}?{asked.urlencode()}"
