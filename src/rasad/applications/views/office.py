"""The office's lists of applications, a new one at the counter, and one on one screen."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.accounts.access import areas_of, staff_of
from rasad.accounts.models import Area
from rasad.applications import clock, forms, intake, judging
from rasad.applications.actions import verify
from rasad.applications.actions.register import register
from rasad.applications.asked import Taken
from rasad.applications.models import Application
from rasad.applications.moves import S
from rasad.applications.queries import lists, places, story, taken
from rasad.applications.refusals_of import GROUNDS
from rasad.delivery.models import RegularCardRequest
from rasad.policy.card_requests import card_request, card_requests
from rasad.registry.families import family
from rasad.registry.looking import look
from rasad.registry.models import Card
from rasad.values.refused import Refused
from rasad.web.explain import explained
from rasad.web.language import active
from rasad.web.questions import Questions
from rasad.web.refusals import say
from rasad.wiring import now

PAGE, SHOWN = 50, 100
HEAPS = {
    "owing": _("Late, no reason told"), "soon": _("Late soon"), "to_open": _("To take up"),
    "to_verify": _("To verify"), "to_decide": _("To decide"), "asked_back": _("Waits for the applicant"),
    "to_hand_over": _("To hand over"), "waiting": _("Waiting list"), "late": _("Late"), "open": _("All open"),
    "all": _("All"),
}  # fmt: skip


@access.needs("see_applications")
def listed(request: HttpRequest) -> HttpResponse:
    """The applications of the reader's areas, by what is to be done."""
    on = now().date()
    mine = access.all_for(request.user, Application)
    heap, text = request.GET.get("heap", ""), request.GET.get("q", "")[:80]
    counts = lists.counts(mine, on=on)
    heap = heap if heap in HEAPS else next((one for one in HEAPS if counts.get(one)), "open")
    found = lists.found_by(mine, text) if text.strip() else lists.heap(mine, heap, on=on)
    page = Paginator(found.select_related("place"), PAGE).get_page(request.GET.get("page"))
    told = [(one, story.service_of(one).name.in_language(active()), clock.stands(one, on=on)) for one in page]
    context = {
        "heaps": [(code, words, counts.get(code)) for code, words in HEAPS.items()], "heap": heap, "q": text,
        "page": page, "told": told, "kept": f"heap={heap}",
    }  # fmt: skip
    return render(request, "applications/list.html", context)


@access.needs("register_applications")
def services(request: HttpRequest) -> HttpResponse:
    """What can be asked for; about a card, once its number is typed."""
    on = now().date()
    found = [
        (one.value, one.name.in_language(active()), one.told.in_language(active()), one.of_a_card)
        for one in card_requests(on=on)
    ]
    asked = taken.open_requests(access.all_for(request.user, RegularCardRequest))
    context = {
        "services": found, "card": request.GET.get("card", "")[:20], "asked": asked[:SHOWN],
        "asked_count": asked.count(),
    }  # fmt: skip
    return render(request, "applications/services.html", context)


@access.needs("register_applications")
def new(request: HttpRequest, service: str) -> HttpResponse:
    """A new application at the counter: the slip is there when it is registered."""
    on, no = now().date(), None
    try:
        setting = _setting(request, service, on)
    except Refused as refused:
        said = say(refused)
        return render(
            request, "applications/no_card.html", {"said": said, "service": service}, status=said.status
        )
    posted = request.method == "POST"
    filled = intake.form(
        setting, request.POST if posted else None, request.FILES if posted else None,
        places=places.of_district(setting.district, on=on, whole_state=service == "transfer"),
        initial=_known(setting),
    )  # fmt: skip
    if posted and filled.is_right:
        try:
            made = register(intake.asked(setting, filled), taken=_taken(request), at=now())
        except Refused as refused:
            no = refused
        else:
            return redirect("applications:one", number=made.number)
    context = {"filled": filled, "setting": setting, "said": say(no) if no else None, "name": _name(setting)}
    status = say(no).status if no else 422 if posted else 200
    return render(request, "applications/form.html", context, status=status)


@access.needs("see_applications")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One application, everything about it, and what this reader may do now."""
    application = access.one_for(request.user, Application, number=number)
    if application.card is not None:
        look(card=application.card, why=application.number, by=staff_of(request), at=now())
    return shown(request, application)


def shown(
    request: HttpRequest, application: Application, *, no: Refused | None = None, **more: Any
) -> HttpResponse:
    """The page of an application, with a refusal where the last act was refused."""
    on = now().date()
    context = story.shown(application, on=on) | {
        "may": _may(request, application), "said": say(no) if no else None, "late": forms.Late(),
        "grounds": [(code, ground.words) for code, ground in GROUNDS.items()],
        "is_late": on > application.due_on, "judgement": _judged(application, on), **more,
    }  # fmt: skip
    return render(
        request, "applications/one.html", context, status=say(no).status if no else more.get("status", 200)
    )


@access.needs("verify_applications")
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """The field form on a telephone."""
    application = access.one_for(request.user, Application, number=number)
    form, no = forms.Visit(request.POST or None), None
    asked = intake.questions_of(application.place, on=now().date())
    facts = Questions(asked, request.POST or None) if "facts" in story.service_of(application).asks else None
    if form.is_valid() and (facts is None or facts.is_valid()):
        found = intake.kept(facts.facts()) if facts else {}
        try:
            verify.visit(
                application=application, by=staff_of(request), at=now(), facts=found, **form.cleaned_data
            )
        except Refused as refused:
            no = refused
        else:
            return redirect("applications:one", number=number)
    context = {"form": form, "facts": facts, "one": application, "said": say(no) if no else None,
               "people": list(application.people.all())}  # fmt: skip
    return render(request, "applications/visit.html", context, status=say(no).status if no else 200)


_VERIFIERS: Mapping[str, set[str]] = {S.REGISTERED: {"open"}, S.VERIFYING: {"visit", "ask_back", "verify"}}
_COUNTER: Mapping[str, set[str]] = {
    S.NEEDS_CORRECTION: {"supply"}, S.APPROVED: {"print", "collect"}, S.READY: {"print", "collect"},
}  # fmt: skip


def _may(request: HttpRequest, application: Application) -> set[str]:
    """The acts that fit both the state and the reader."""
    name = staff_of(request).get_username()
    verifies, decides = (
        access.may(request.user, one) for one in ("verify_applications", "decide_applications")
    )
    registers = access.may(request.user, "register_applications")
    state, found = application.state, set[str]()
    if verifies:
        found |= _VERIFIERS.get(state, set())
    if application.verified_by:
        # Verified once it is the other officer's turn.
        found -= {"visit", "verify"}
    if decides and state == S.VERIFYING and application.verified_by and application.verified_by != name:
        found |= {"approve", "reject"}
    if registers:
        found |= _COUNTER.get(state, set())
        found |= (
            {"withdraw"} if state in (S.REGISTERED, S.VERIFYING, S.NEEDS_CORRECTION, S.WAITING) else set()
        )
    if (verifies or decides) and state in clock.OWED:
        found.add("delay")
    return found


def _judged(application: Application, on: Any) -> dict[str, object]:
    """What the rules say before it is decided: the category, why, and what nobody has told yet."""
    if application.state != S.VERIFYING or application.service not in judging.JUDGED:
        return {}
    try:
        found = judging.judged(application, on=on)
    except Refused as refused:
        return {"choose": refused.code == "category_to_choose", "categories": places.categories(on=on)}
    asked = intake.questions_of(application.place, on=on)
    return {
        "category": found.category, "reasons": [explained(one) for one in found.reasons],
        "open": story.explained_untold(found.untold, asked),
    }  # fmt: skip


def _setting(request: HttpRequest, service: str, on: Any) -> intake.Setting:
    wanted = card_request(service, on=on)
    district = areas_of(request.user).get(Area.Kind.DISTRICT, [""])[0] or places.district_of_places(
        areas_of(request.user).get(Area.Kind.PLACE, []), on=on
    )
    if not wanted.of_a_card:
        token = request.GET.get("token", "")[:20]
        if not token:
            return intake.Setting(wanted, district, on, True)
        asked = access.one_for(request.user, RegularCardRequest, token__number=token)
        return intake.Setting(wanted, district, on, True, token=token, known=taken.known_of(asked))
    number = "".join(request.GET.get("card", "").split())[:20]
    card = access.all_for(request.user, Card).filter(number=number).first() if number else None
    if card is None:
        raise Refused("card_unknown", card=number) if number else Refused("card_needed", service=wanted.name)
    return intake.Setting(wanted, card.household.district_code, on, True, card, family(card.number, on=on))


def _known(setting: intake.Setting) -> dict[str, str]:
    """The head of the card's family, whose name stands in the form at first."""
    head = next((one for one in setting.family.members if one.is_head), None) if setting.family else None
    return {"applicant": head.name} if head else {}


def _taken(request: HttpRequest) -> Taken:
    person = staff_of(request)
    office = person.designation or str(person.get_role_display())
    helped = request.POST.get("assisted", "")
    return Taken(
        "counter", person.get_username(), office[:160], (person.get_full_name() if helped else "")[:120]
    )


def _name(setting: intake.Setting) -> str:
    return setting.service.name.in_language(active())
