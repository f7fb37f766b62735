"""Cards of other States: IMPDS, Billing, Bill generation; the number, and the consent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from rasad import wiring
from rasad.accounts.access import staff_of
from rasad.counter import consent as words
from rasad.counter import visitors
from rasad.counter.forms import VisitorNumber
from rasad.counter.opened import Opened
from rasad.counter.rungs import rungs
from rasad.counter.views.frame import Counter, again, at_counter, at_visit, new_id, next_page, page
from rasad.policy.portability import portability
from rasad.policy.visitor import check_match
from rasad.values.refused import Refused
from rasad.web.language import active


@at_counter("sell")
def menu(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The first level."""
    return page(request, "impds_menu.html", counter, level=1)


@at_counter("sell")
def billing(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The second level."""
    return page(request, "impds_menu.html", counter, level=2)


@never_cache
@sensitive_post_parameters("aadhaar")
@at_counter("sell")
def bill(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The third level: a card number or an Aadhaar number opens a visit."""
    form = VisitorNumber(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        response = page(request, "impds_bill.html", counter, form=form, level=3)
        response.status_code = 422 if form.is_bound else 200
        return response
    try:
        visit, _home = visitors.open_visit(
            id=new_id(), shop=counter.shop, number=form.cleaned_data["card"],
            aadhaar=form.cleaned_data["aadhaar"], at=counter.at, dealer=staff_of(request).get_username(),
        )  # fmt: skip
    except Refused as no:
        # An Aadhaar number is not sent back to the page.
        empty = VisitorNumber(initial={"card": form.cleaned_data["card"]})
        return page(request, "impds_bill.html", counter, no, form=empty, level=3)
    return redirect("counter:consent", key=visit.pk)


@never_cache
@at_visit
def consent(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    """The words the holder agrees to, read out; after three fingers that did not match, the way back to it."""
    if visit.home is None:
        return redirect(next_page(visit))
    is_again = request.GET.get("again") == "1"
    has_agreed = visit.is_consented is True
    if has_agreed and not is_again:
        return redirect(next_page(visit))
    if request.method == "POST":
        return _agree(request, counter, visit)
    no = None
    if is_again and visit.standing.mode is None:
        try:
            check_match(wiring.state_code(), is_match=False)
        except Refused as refused:
            no = refused
    response = _consent(request, counter, visit, no, has_agreed=has_agreed)
    response.status_code = 200
    return response


def _agree(request: HttpRequest, counter: Counter, visit: Opened) -> HttpResponse:
    try:
        visitors.agree(
            visit.visit, is_given=request.POST.get("given") == "yes", version=request.POST.get("version", ""),
            language=active(), at=counter.at,
        )  # fmt: skip
    except Refused as no:
        return _consent(request, counter, visit, no, has_agreed=False)
    return redirect(next_page(again(visit, at=counter.at)))


def _consent(
    request: HttpRequest, counter: Counter, visit: Opened, no: Refused | None, *, has_agreed: bool
) -> HttpResponse:
    return page(
        request, "consent.html", counter, no, visit=visit, rungs=rungs(visit), level=3,
        sentences=words.text(), version=visitors.CONSENT_VERSION, has_agreed=has_agreed,
        fingers=portability(wiring.state_code()).biometric.fingers_per_cycle,
    )  # fmt: skip
