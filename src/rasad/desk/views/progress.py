"""The desk's first page, and the progress of districts and officers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rasad.accounts import access
from rasad.desk.models import Appeal, ShopChoice
from rasad.desk.queries import progress
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.waiting import is_waiting_for_forward


@access.needs("see_desk")
def start(request: HttpRequest) -> HttpResponse:
    """What waits for this reader, and the way to it."""
    user = request.user

    def count(capability: str, rows: QuerySet[Any]) -> int | None:
        return rows.count() if access.may(user, capability) else None

    reviews, appeals = access.all_for(user, Review), access.all_for(user, Appeal)
    rows = access.all_for(user, SourceRow)
    proposed = reviews.filter(state=Review.State.SAME_PROPOSED).count()
    proposed += appeals.filter(state=Appeal.State.GRANT_PROPOSED).count()
    context = {
        "queue": count("assign_shops", access.all_for(user, Token).filter(state=Token.State.AWAITING_SHOP)),
        "reviews": count("decide_reviews", reviews.filter(state=Review.State.OPEN)),
        "appeals": count("decide_reviews", appeals.filter(state=Appeal.State.OPEN)),
        "to_confirm": proposed if access.may(user, "confirm_decisions") else None,
        "forward": count("forward_requests", rows.filter(is_waiting_for_forward(), forwarded_at=None)),
    }
    return render(request, "desk/start.html", context)


@access.needs("see_desk")
def by_district(request: HttpRequest) -> HttpResponse:
    """What waits and what was done, by district and by officer."""
    user = request.user
    reviews, appeals = access.all_for(user, Review), access.all_for(user, Appeal)
    choices = access.all_for(user, ShopChoice)
    context = {
        "districts": progress.by_district(
            tokens=access.all_for(user, Token),
            reviews=reviews,
            appeals=appeals,
            rows=access.all_for(user, SourceRow),
            choices=choices,
        ),
        "officers": progress.by_officer(reviews=reviews, appeals=appeals, choices=choices),
    }
    return render(request, "desk/progress.html", context)


@access.needs("confirm_decisions")
def to_confirm(request: HttpRequest) -> HttpResponse:
    """Decisions of others that wait for a second officer."""
    user = request.user
    reviews = access.all_for(user, Review).filter(state=Review.State.SAME_PROPOSED).select_related("token")
    appeals = access.all_for(user, Appeal).filter(state=Appeal.State.GRANT_PROPOSED).select_related("row")
    context = {
        "reviews": reviews.order_by("decided_at")[:200],
        "appeals": appeals.order_by("decided_at")[:200],
    }
    return render(request, "desk/to_confirm.html", context)
