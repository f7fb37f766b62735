"""What is a family due? Any State, category, size and month; every quantity and price with its order."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rasad.policy import entitlements
from rasad.policy.entitlements import Entitlement, Line
from rasad.policy.jurisdiction import Jurisdiction, jurisdiction, jurisdictions
from rasad.values.month import Month
from rasad.values.reason import Reason
from rasad.values.refused import Refused
from rasad.web.explain import explained
from rasad.web.language import active
from rasad.web.refusals import say

MOST_MEMBERS = 40
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


class Ask(forms.Form):
    """The card and the month; questions that make no difference in the State are not asked."""

    state = forms.ChoiceField(label=_("State"))
    category = forms.ChoiceField(label=_("Ration card"))
    members = forms.IntegerField(label=_("Members on the card"), min_value=1, max_value=MOST_MEMBERS)
    month = forms.CharField(
        label=_("Month"), widget=forms.TextInput(attrs={"type": "month", "placeholder": "2022-06"})
    )
    tribal = forms.BooleanField(label=_("The family lives in a tribal area"), required=False)
    choice = forms.ChoiceField(label=_("Which grain"), required=False)

    def clean_month(self) -> Month:
        """The month as the rules know it."""
        try:
            return Month.parse(self.cleaned_data["month"])
        except ValueError:
            raise forms.ValidationError(_("Write the month as 2022-06.")) from None


def show(request: HttpRequest) -> HttpResponse:
    """The questions, and below them the answer; the address says it all, so it can be sent on."""
    states = _states()
    today = timezone.localdate()
    law = jurisdiction(
        next((code for code, _name in states if code == request.GET.get("state")), states[0][0])
    )
    form = _form(request, law, states, today)
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


def _form(request: HttpRequest, law: Jurisdiction, states: list[tuple[str, str]], today: date) -> Ask:
    given = {"members": "4", "month": str(Month.of(today)), **request.GET.dict(), "state": law.about.code}
    kinds = _kinds(law, _first_day(given["month"], today))
    if given.get("category") not in [code for code, _name in kinds]:
        given["category"] = kinds[0][0]
    form = Ask(given)
    _offer(form, "state", states)
    _offer(form, "category", kinds)
    if not any(row.applies.tribal_area is not None for row in law.quantities):
        del form.fields["tribal"]
    alternatives = _alternatives(law)
    _offer(form, "choice", alternatives)
    if len(alternatives) < 2:
        del form.fields["choice"]
    return form


def _first_day(month: str, today: date) -> date:
    try:
        return Month.parse(month).first_day
    except ValueError:
        return today


def _kinds(law: Jurisdiction, on: date) -> list[tuple[str, str]]:
    """The cards of a day; one that only stands over others, priority household over CBPL, is no card here."""
    over = {one.parent for one in law.categories if one.parent}
    spoken = {code for row in law.quantities for code in row.applies.category}
    found = [one for one in law.categories if one.value not in over - spoken]
    held = [one for one in found if one.holds_on(on)] or found
    return [(one.value, f"{one.name.in_language(active())} ({one.value})") for one in held]


def _offer(form: Ask, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _alternatives(law: Jurisdiction) -> list[tuple[str, str]]:
    """What a card of the State may choose between, the usual one first."""
    found = dict.fromkeys(row.applies.commodity for row in law.quantities if row.choice_group)
    defaults = {group.default for group in law.choice_groups}
    told = sorted(found, key=lambda one: one not in defaults)
    return [(code, law.commodity_name(code).in_language(active())) for code in told]


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
