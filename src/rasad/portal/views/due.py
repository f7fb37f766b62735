"""What is a family due? Any State, category, size and month; every quantity and price with its order."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rasad.policy import entitlements
from rasad.policy.entitlements import Entitlement, Line
from rasad.policy.jurisdiction import Jurisdiction, jurisdiction, jurisdictions
from rasad.portal.forms import Ask, asked
from rasad.values.reason import Reason
from rasad.values.refused import Refused
from rasad.web.explain import explained
from rasad.web.language import active
from rasad.web.refusals import say

# What a second quantity of a commodity, at a price of its own, is called.
PARTS = {"topup": _("top-up"), "bpl": _("BPL quantity"), "festival": _("festival")}


@dataclass(frozen=True)
class ShownLine:
    """One commodity as a family reads it."""

    line: Line
    name: str
    part: str
    unit: str
    reasons: tuple[tuple[str, Reason], ...]


def show(request: HttpRequest) -> HttpResponse:
    """The questions, and below them the answer; the address says it all, so it can be sent on."""
    states = _states()
    today = timezone.localdate()
    law = jurisdiction(
        next((code for code, _name in states if code == request.GET.get("state")), states[0][0])
    )
    form = asked(request.GET.dict(), law, states, today)
    context: dict[str, object] = {"form": form, "state": law.about.name.in_language(active())}
    if request.GET.get("category") and form.is_valid():
        try:
            context |= _answer(form, law)
        except Refused as refused:
            context["said"] = say(refused)
    return render(request, "portal/due.html", context)


def _states() -> list[tuple[str, str]]:
    """The States with a table of their own, ours by their names."""
    return [
        (one.code, one.name.in_language(active()))
        for one in jurisdictions()
        if one.parent and jurisdiction(one.code).quantities
    ]


def _answer(form: Ask, law: Jurisdiction) -> dict[str, object]:
    told = form.cleaned_data
    due = entitlements.entitlement(
        told["category"],
        members=told["members"],
        month=told["month"],
        state=law.about.code,
        choice=_choice(told, law),
        tribal_area=told.get("tribal", False),
    )
    return {
        "due": due,
        "lines": [_shown(law, line) for line in due.lines],
        "why": [(explained(reason), reason) for reason in due.reasons],
        "amount": _amount(due),
        "shares_a_cap": any(line.cap_group for line in due.lines),
    }


def _choice(told: dict[str, object], law: Jurisdiction) -> str | None:
    """The alternative asked for, where the card has that choice at all."""
    asked = {
        "members": told["members"],
        "month": told["month"],
        "state": law.about.code,
        "tribal_area": told.get("tribal", False),
    }
    offered = entitlements.choices(str(told["category"]), **asked)  # type: ignore[arg-type]
    choice = str(told.get("choice") or "")
    return choice if any(choice in group for group in offered) else None


def _amount(due: Entitlement) -> int | None:
    try:
        return due.amount
    except Refused:
        return None


def _shown(law: Jurisdiction, line: Line) -> ShownLine:
    told = tuple((explained(reason), reason) for reason in line.reasons)
    name = law.commodity_name(line.commodity).in_language(active())
    return ShownLine(line, name, str(PARTS.get(line.part, line.part)), line.unit, told)
