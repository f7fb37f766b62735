"""Printing by the thousand: asked for, followed as a job, taken as one file."""

from typing import cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import areas_of, staff_of
from rasad.accounts.models import Area
from rasad.delivery.background import chosen, file_of
from rasad.jobs import actions as jobs
from rasad.jobs import queries
from rasad.relief.filters import districts_of
from rasad.relief.models import Token
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from rasad.wiring import now


@access.needs("give_lists")
def ask(request: HttpRequest) -> HttpResponse:
    """Which tokens: of a shop, of a village, or all of the district."""
    tokens = access.all_for(request.user, Token).exclude(state__in=["expired", "cancelled"])
    places = (
        tokens.exclude(place_code="")
        .order_by("place_name")
        .values_list("place_code", "place_name")
        .distinct()
    )
    shops = access.all_for(request.user, Shop).order_by("name").values_list("number", "name")
    context = {
        "places": list(places[:5000]),
        "shops": list(shops[:5000]),
        "districts": districts_of(request.user),
    }
    return render(request, "delivery/print.html", context)


@require_POST
@access.needs("give_lists")
def start(request: HttpRequest) -> HttpResponse:
    """Start printing, within the reader's own districts."""
    mine = areas_of(request.user).get(Area.Kind.DISTRICT, [])
    district = request.POST.get("district", "") or (mine[0] if mine else "")
    shop, place = request.POST.get("shop", ""), request.POST.get("place", "")
    if district not in mine or not chosen(district=district, shop=shop, place=place).exists():
        raise Refused("nothing_to_print")
    args = {"district": district, "shop": shop, "place": place}
    job = jobs.start("delivery.print", args=args, by=staff_of(request), at=now(), district=district)
    return redirect("jobs:one", key=job.pk)


@access.needs("print_tokens")
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a job printed."""
    job = get_object_or_404(queries.visible(request.user).filter(kind="delivery.print"), pk=key)
    path = file_of(job)
    if not path.exists():
        raise Http404(str(key))
    # Django's types keep the two apart; to everything that handles an answer they are one.
    found = FileResponse(path.open("rb"), content_type="application/pdf", filename=f"tokens-{job.pk}.pdf")
    return cast(HttpResponse, found)
