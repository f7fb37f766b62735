"""A new emergency from the screens: drafted, lists uploaded, tried, opened by a second officer, run, closed."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.desk import background
from rasad.desk.actions import emergencies as actions
from rasad.desk.emergencies import TEMPLATE, Draft
from rasad.desk.queries import emergencies as queries
from rasad.jobs import actions as jobs
from rasad.outbox.words import SYSTEMS
from rasad.policy import relief as policy
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.scheme import Scheme
from rasad.relief import schemes
from rasad.relief.models import Emergency
from rasad.relief.publishing import PORTALS
from rasad.relief.queries import overview
from rasad.relief.queries.names import names
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.refusals import say
from rasad.web.templatetags.rasad import day as indian_day
from rasad.wiring import now

# Letters and digits of English, Hindi and Bengali with their signs, at least one of them, and what stands in numbers.
_LETTERS = r"\w\u0900-\u0963\u0966-\u097f\u0980-\u09ff"
ORDER = rf"^(?=.*[{_LETTERS}])[{_LETTERS}./ -]{{3,80}}\Z"
# A scheme is for an emergency: earlier or later than so is a slip of the hand.
FIRST_DAY, YEARS_AHEAD = date(2013, 7, 5), 5


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SchemeForm(forms.Form):
    """What is said of a new scheme."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9_]{2,39}\Z",
        strip=True,
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Small letters, digits and _, as flood_2026."),
    )
    title_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80)
    title_hi = forms.CharField(label=gettext_lazy("Name in Hindi"), max_length=80)
    title_bn = forms.CharField(label=gettext_lazy("Name in Bengali"), max_length=80, required=False)
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=_day())
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=_day())
    inherits = forms.ChoiceField(label=gettext_lazy("Entitlement of which category"))
    bars = forms.MultipleChoiceField(
        label=gettext_lazy("Not for families on cards of"), widget=forms.CheckboxSelectMultiple
    )
    sources = forms.MultipleChoiceField(label=gettext_lazy("Sources"), widget=forms.CheckboxSelectMultiple)
    order = forms.RegexField(
        ORDER,
        strip=True,
        label=gettext_lazy("Order"),
        help_text=gettext_lazy("Number and date of the order, as 17 of 12.07.2026."),
    )
    words = forms.CharField(
        label=gettext_lazy("Words of the order"),
        max_length=1000,
        min_length=3,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Every decision under the scheme quotes them."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        law, like = jurisdiction(wiring.state_code()), policy.scheme(TEMPLATE)
        # Kinds of cards are sets of codes; a scheme speaks of the codes.
        codes = [(row.value, row.value) for row in law.categories]
        self.fields["inherits"].choices = codes  # type: ignore[attr-defined]
        self.fields["bars"].choices = codes  # type: ignore[attr-defined]
        self.fields["bars"].initial = list(like.refused_categories)
        self.fields["inherits"].initial = like.inherits
        self.fields["sources"].choices = [  # type: ignore[attr-defined]
            (one.code, one.title.in_language(active())) for one in like.sources
        ]
        self.fields["sources"].initial = [one.code for one in like.sources]

    def clean(self) -> dict[str, Any]:
        """The first day comes before the last, and neither lies before the Act or years ahead."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        latest = now().date().replace(month=12, day=31)
        latest = latest.replace(year=latest.year + YEARS_AHEAD)
        for name, day in (("first_day", first), ("last_day", last)):
            if day and not FIRST_DAY <= day <= latest:
                words = gettext_lazy("A day from %(first)s to %(last)s.")
                self.add_error(name, words % {"first": indian_day(FIRST_DAY), "last": indian_day(latest)})
        if first and last and last < first:
            self.add_error("last_day", gettext_lazy("The last day does not come before the first."))
        return given

    def draft(self) -> Draft:
        """What was said."""
        given = self.cleaned_data
        title = {
            "en": given["title_en"],
            "hi": given["title_hi"],
            "bn": given["title_bn"] or given["title_en"],
        }
        return Draft(
            given["code"], title, given["first_day"], given["last_day"], given["inherits"], given["bars"],
            given["sources"], given["order"].replace("/", "-"), given["words"],
        )  # fmt: skip


@access.needs("manage_schemes")
def listed(request: HttpRequest) -> HttpResponse:
    """Every scheme made on the screens, and what waits to be taken up under each scheme."""
    context: dict[str, object] = {
        "emergencies": queries.listed(access.all_for(request.user, Emergency)),
        "forwarded": [
            (
                code,
                schemes.title(code),
                background.forwarded(code).count(),
                schemes.is_in_force(code, on=now().date()),
            )
            for code in overview.schemes()
        ],
    }
    context["systems"] = [(one, SYSTEMS[one]) for one in PORTALS if wiring.portal(one) is not None]
    return render(request, "desk/emergencies.html", context)


@require_POST
@access.needs("manage_schemes")
def push_again(request: HttpRequest) -> HttpResponse:
    """Tell one portal everything anew, in the background."""
    system, scheme = request.POST.get("system", ""), request.POST.get("scheme", "")
    if system not in PORTALS or scheme not in overview.schemes():
        raise Refused("scheme_unknown", scheme=scheme or system)
    args = {"system": system, "scheme": scheme}
    job = jobs.start("relief.push_again", args=args, by=staff_of(request), at=now())
    return redirect("jobs:one", key=job.pk)


@access.needs("manage_schemes")
def new(request: HttpRequest) -> HttpResponse:
    """Draft a scheme."""
    form, no = SchemeForm(request.POST or None), None
    if form.is_valid():
        try:
            made = actions.draft(draft=form.draft(), by=staff_of(request), at=now())
        except Refused as refused:
            no = refused
        else:
            messages.success(request, _("Drafted. Upload the lists, then start a trial run."))
            return redirect("desk:emergency", code=made.code)
    status = say(no).status if no else 422 if form.is_bound else 200
    return render(
        request, "desk/new_emergency.html", {"form": form, "said": say(no) if no else None}, status=status
    )


@access.needs("manage_schemes")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One scheme: its lists, its trial, and what can be done next."""
    return _shown(request, _emergency(request, code))


@require_POST
@access.needs("manage_schemes")
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take in the lists of one source."""
    emergency = _emergency(request, code)
    source = request.POST.get("source", "")
    try:
        if not any(kind in request.FILES for kind in actions.KINDS):
            raise Refused("no_list_chosen")
        for kind in actions.KINDS:
            file = request.FILES.get(kind)
            if file is not None:
                actions.upload(
                    emergency=emergency,
                    source=source,
                    kind=kind,
                    content=file.chunks(),
                    by=staff_of(request),
                    at=now(),
                )
    except Refused as refused:
        return _shown(request, emergency, no=refused)
    messages.success(request, _("The lists are taken in."))
    return redirect("desk:emergency", code=code)


@require_POST
@access.needs("manage_schemes")
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """Start a trial run."""
    job = actions.start_trial(emergency=_emergency(request, code), by=staff_of(request), at=now())
    return redirect("jobs:one", key=job.pk)


@require_POST
@access.needs("open_schemes")
def open_(request: HttpRequest, code: str) -> HttpResponse:
    """The second officer opens the scheme."""
    emergency = _emergency(request, code)
    try:
        actions.open_scheme(emergency=emergency, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, emergency, no=refused)
    messages.success(request, _("The scheme is open. Start the run that issues the tokens."))
    return redirect("desk:emergency", code=code)


@require_POST
@access.needs("manage_schemes")
def run(request: HttpRequest, code: str) -> HttpResponse:
    """Start the run that issues the tokens."""
    job = actions.start_run(emergency=_emergency(request, code), by=staff_of(request), at=now())
    return redirect("jobs:one", key=job.pk)


@require_POST
@access.needs("manage_schemes")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the scheme after its last day."""
    emergency = _emergency(request, code)
    try:
        count = actions.close_scheme(emergency=emergency, by=staff_of(request), at=now())
    except Refused as refused:
        return _shown(request, emergency, no=refused)
    messages.success(
        request, _("Closed: %(count)s tokens expired and are kept for the record.") % {"count": count}
    )
    return redirect("desk:emergency", code=code)


@require_POST
@access.needs("start_runs")
def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Start a run over what was verified or passed on."""
    job = actions.start_take_up(scheme=code, by=staff_of(request), at=now())
    return redirect("jobs:one", key=job.pk)


def _emergency(request: HttpRequest, code: str) -> Emergency:
    return access.one_for(request.user, Emergency, code=code)


def _shown(request: HttpRequest, emergency: Emergency, no: Refused | None = None) -> HttpResponse:
    scheme = Scheme.model_validate(emergency.scheme)
    lists = actions.lists_of(emergency)
    districts = names(districts=emergency.trial.get("by_district", {}))
    context = {
        "emergency": emergency,
        "title": scheme.title.in_language(active()),
        "scheme": scheme,
        "sources": [
            (
                one.code,
                one.title.in_language(active()),
                lists.get((one.code, "families")),
                lists.get((one.code, "members")),
            )
            for one in scheme.sources
        ],
        "trial": emergency.trial,
        "by_district": [
            (districts.district(code), count)
            for code, count in emergency.trial.get("by_district", {}).items()
        ],
        "jobs": queries.jobs_of(emergency),
        "is_mine": emergency.made_by == staff_of(request).get_username(),
        "is_over": now().date() > scheme.last_day,
        "said": say(no) if no else None,
    }
    return render(request, "desk/emergency.html", context, status=say(no).status if no else 200)
