"""The questions that the rules of an area ask, as a form. Nothing that is answered is kept."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rasad.policy.eligibility import Question
from rasad.policy.facts import Fact
from rasad.web.language import active

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))]
# A family types in the persons of whom a fact asks, one after the other.
PEOPLE = 3


class Questions(forms.Form):
    """One field a fact, a picker for each part of each person; nobody has to answer anything."""

    def __init__(self, asked: tuple[Question, ...], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.asked = asked
        for question in asked:
            self.fields |= _fields(question)

    def facts(self) -> dict[str, Any]:
        """What was answered, by the names of the facts; a question left open is not there."""
        told: dict[str, Any] = {}
        for question in self.asked:
            fact = question.fact
            if fact.type == "people":
                told[fact.name] = self._people(fact) or None
                continue
            for name in fact.names:
                answer = self.cleaned_data.get(name)
                if answer not in (None, ""):
                    told[name] = answer == "yes" if fact.type == "yes_no" else answer
        return {name: answer for name, answer in told.items() if answer is not None}

    def _people(self, fact: Fact) -> list[dict[str, str]]:
        persons = [
            {
                part.name: self.cleaned_data.get(f"{fact.name}_{number}_{part.name}") or ""
                for part in fact.parts
            }
            for number in range(PEOPLE)
        ]
        return [
            {name: said for name, said in person.items() if said}
            for person in persons
            if any(person.values())
        ]


def _fields(question: Question) -> dict[str, forms.Field]:
    fact, language = question.fact, active()
    label = fact.question.in_language(language)
    match fact.type:
        case "yes_no":
            picker = forms.ChoiceField(
                label=label,
                choices=YES_NO,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "yes-no"}),
            )
            return {fact.name: picker}
        case "choice":
            offered = [(one.code, one.name.in_language(language)) for one in question.choices]
            return {fact.name: forms.ChoiceField(label=label, choices=[("", "—"), *offered], required=False)}
        case "number":
            return _numbers(fact, label)
        case "people":
            return {
                f"{fact.name}_{number}_{part.name}": forms.ChoiceField(
                    label=_("%(question)s (person %(number)s)")
                    % {"question": part.question.in_language(language), "number": number + 1},
                    choices=[
                        ("", "—"),
                        *((one.code, one.name.in_language(language)) for one in part.choices),
                    ],
                    required=False,
                )
                for number in range(PEOPLE)
                for part in fact.parts
            }


def _numbers(fact: Fact, label: str) -> dict[str, forms.Field]:
    """The number in its own unit, and in each other unit it may be told in."""
    assert fact.unit
    units = [(fact.name, fact.unit), *((unit.name, unit.unit) for unit in fact.other_units)]
    return {
        name: forms.DecimalField(
            label=f"{label} ({unit.in_language(active())})",
            required=False,
            min_value=0,
            max_digits=18,
            decimal_places=6,
            localize=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )
        for name, unit in units
    }
