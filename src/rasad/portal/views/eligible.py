"""Is a family eligible? Asks only what the rules of its area use, answers with every reason, keeps nothing."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from rasad.policy import eligibility
from rasad.policy.eligibility import Decision, Question
from rasad.policy.jurisdiction import jurisdictions
from rasad.values.refused import Refused
from rasad.web.explain import explained
from rasad.web.language import active
from rasad.web.questions import Questions
from rasad.web.refusals import say

TONES = {"eligible": "good", "review": "wait", "not_eligible": "wait", "excluded": "bad"}


@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """First the State and the area; then the questions; then the answer. Only a POST carries answers."""
    state, area = request.GET.get("state", ""), request.GET.get("area", "")
    on = timezone.localdate()
    context: dict[str, object] = {"states": _states(), "state": state, "area": area, "on": on}
    if state:
        try:
            context["areas"] = _areas(state)
            if area:
                context |= _asked(request, state, area, on)
        except Refused as refused:
            context["said"] = say(refused)
    return render(request, "portal/eligible.html", context)


def _states() -> list[tuple[str, str]]:
    """The States that have a list of criteria."""
    told = []
    for one in jurisdictions():
        try:
            law = eligibility.eligibility(one.code)
        except Refused:
            continue
        if law.areas and one.parent:
            told.append((one.code, one.name.in_language(active())))
    return told


def _areas(state: str) -> list[tuple[str, str]]:
    return [(one.code, one.name.in_language(active())) for one in eligibility.eligibility(state).areas]


def _asked(request: HttpRequest, state: str, area: str, on: date) -> dict[str, object]:
    asked = eligibility.questions(state, area, on=on)
    form = Questions(asked, request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return {"form": form}
    decision = eligibility.decide({**form.facts(), "area": area}, state=state, on=on)
    return {"form": form, "decision": _shown(decision, asked)}


def _shown(decision: Decision, asked: tuple[Question, ...]) -> dict[str, object]:
    names = {question.fact.name: question.fact.question.in_language(active()) for question in asked}
    return {
        "result": decision.result,
        "tone": TONES[decision.result],
        "category": decision.category,
        "card_keeps_serving": decision.card_keeps_serving,
        "near_limit": decision.near_limit,
        "reasons": [(explained(reason), reason) for reason in decision.reasons],
        "open": [names[name] for name in decision.untold if name in names],
    }
