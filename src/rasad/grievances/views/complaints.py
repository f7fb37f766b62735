"""Complaints: anybody makes and follows one without a log-in; officers see those of their area and answer them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.accounts.models import Area
from rasad.grievances import actions, queries
from rasad.grievances.models import OPEN, Complaint
from rasad.grievances.routing import OFFICES
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.refusals import say
from rasad.wiring import now

PAGE = 50
# What went there is not answered by the office it came from.
ABOVE_THE_OFFICE = ("dgro", "commission")
ACTS = {
    "received": gettext_lazy("Received"), "acknowledged": gettext_lazy("Acknowledged"),
    "in_enquiry": gettext_lazy("In enquiry"), "replied": gettext_lazy("Replied"), "appealed": gettext_lazy("Appealed"),
    "looked_at": gettext_lazy("Looked at by a committee"), "accepted": gettext_lazy("Content with the reply: closed"),
    "closed": gettext_lazy("Nobody answered the reply: closed"),
    "went_up": gettext_lazy("Not answered in time: went up by itself"),
}  # fmt: skip


class Words(forms.Form):
    """A complaint."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Complaint.Kind.choices)
    about = forms.CharField(
        label=gettext_lazy("Number of the application or case, if any"), max_length=20, required=False
    )
    district = forms.ChoiceField(label=gettext_lazy("District"))
    words = forms.CharField(
        label=gettext_lazy("What happened?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    shop = forms.CharField(
        label=gettext_lazy("Number of the shop, if it is about one"), max_length=20, required=False,
        help_text=gettext_lazy("It stands on the card and on the notice in the shop."),
    )  # fmt: skip
    against = forms.CharField(
        label=gettext_lazy("Whom is it about, if somebody"), max_length=150, required=False
    )
    name = forms.CharField(label=gettext_lazy("Your name, if you want"), max_length=120, required=False)
    mobile = forms.RegexField(
        r"^[6-9][0-9]{9}\Z", label=gettext_lazy("Mobile number, if you want"), required=False, strip=True,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["district"].choices = [("", "—"), *queries.districts()]  # type: ignore[attr-defined]


def new(request: HttpRequest) -> HttpResponse:
    """Make a complaint; the number is there at once."""
    about = request.GET.get("about", "")[:20]
    # At the counter of a shop it is most likely about that shop.
    own = access.areas_of(request.user).get(Area.Kind.SHOP, [""])[0]
    shop = request.GET.get("shop", own)[:20]
    known = {"about": about, "shop": shop, "district": queries.district_of(about) or queries.district_of_shop(shop),
             "kind": queries.kind_of(about) or ("quality" if shop else "")}  # fmt: skip
    form = Words(request.POST or None, initial=known)
    if form.is_valid():
        by = request.user.get_username() if request.user.is_authenticated else "citizen"
        way = Complaint.Way.WEB if by == "citizen" else Complaint.Way.COUNTER
        made = actions.take_down(**form.cleaned_data, way=way, by=by, at=now(), language=active())
        messages.success(
            request, _("Taken down under %(number)s. Keep the number.") % {"number": made.number}
        )
        return redirect(f"{request.path.removesuffix('/new')}?number={made.number}")
    return render(request, "grievances/new.html", {"form": form}, status=422 if form.is_bound else 200)


def follow(request: HttpRequest) -> HttpResponse:
    """How far a complaint is, by its number; nobody's name."""
    number = request.GET.get("number", "")[:20]
    found = queries.by_number(number)
    context = {"number": number, "one": found, "steps": _steps(found), "office": _office(found)}
    return render(request, "grievances/follow.html", context, status=404 if number and not found else 200)


@require_POST
def appeal(request: HttpRequest) -> HttpResponse:
    """Not content: it goes to the office above. Whoever has the number may."""
    found = queries.by_number(request.POST.get("number", "")[:20])
    if found is None:
        return redirect("grievances:follow")
    actions.appeal(complaint=found, words=request.POST.get("words", "")[:2000], by="citizen", at=now())
    return redirect(f"/complaint?number={found.number}")


@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Content: the complaint is closed. Whoever has the number may."""
    found = queries.by_number(request.POST.get("number", "")[:20])
    if found is None:
        return redirect("grievances:follow")
    actions.accept(complaint=found, by="citizen", at=now())
    return redirect(f"/complaint?number={found.number}")


@access.needs("see_complaints")
def listed(request: HttpRequest) -> HttpResponse:
    """The complaints of the reader's areas, those that wait first."""
    on, which = now().date(), request.GET.get("which", "open")
    mine = access.all_for(request.user, Complaint)
    found = {"open": queries.open_ones(mine), "late": queries.late(mine, on=on)}.get(
        which, mine.order_by("-received_at")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "which": which, "on": on, "offices": OFFICES, "kept": f"which={which}"}
    return render(request, "grievances/list.html", context)


@access.needs("see_complaints")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A complaint, and what may be done with it."""
    return _shown(request, access.one_for(request.user, Complaint, number=number))


@require_POST
@access.needs("answer_complaints")
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Acknowledge it, look into it, answer it."""
    complaint, by, at = access.one_for(request.user, Complaint, number=number), staff_of(request), now()
    words = request.POST.get("words", "").strip()[:2000]
    if complaint.goes_to in ABOVE_THE_OFFICE:
        access.require(request.user, "answer_appeals")
    try:
        match request.POST.get("act"):
            case "acknowledge":
                actions.acknowledge(complaint=complaint, by=by, at=at)
            case "enquire":
                actions.enquire(complaint=complaint, note=words, by=by, at=at)
            case "reply":
                actions.reply(complaint=complaint, words=words, by=by, at=at)
            case _:
                raise Http404
    except Refused as refused:
        complaint.refresh_from_db()
        return _shown(request, complaint, no=refused)
    return redirect("grievances:one", number=number)


def _shown(request: HttpRequest, complaint: Complaint, no: Refused | None = None) -> HttpResponse:
    context = {
        "one": complaint, "steps": _steps(complaint), "office": _office(complaint), "said": say(no) if no else None,
        "is_open": complaint.state in OPEN, "may_answer": access.may(
            request.user, "answer_appeals" if complaint.goes_to in ABOVE_THE_OFFICE else "answer_complaints"
        ),
        "is_late": complaint.reply_by < now().date(),
    }  # fmt: skip
    return render(request, "grievances/one.html", context, status=say(no).status if no else 200)


def _steps(complaint: Complaint | None) -> list[tuple[Any, Any]]:
    return [(one, ACTS.get(one.act, one.act)) for one in complaint.steps.all()] if complaint else []


def _office(complaint: Complaint | None) -> str:
    return str(OFFICES.get(complaint.goes_to, "")) if complaint else ""
