"""The questions about a family that decide on Antyodaya, as a form; what nobody answered stays unknown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rasad.oversight.forms import Candidate
from rasad.policy.facts import Fact
from rasad.policy.identification import asked_for_antyodaya
from rasad.web.language import active

# Told by the card itself.
KNOWN = frozenset({"bpl"})


class Questions(Candidate):
    """A BPL card and the facts of its family; a field for each fact that the rules of the day ask for."""

    def clean(self) -> dict[str, Any]:
        """Yes and no as such; nothing for what was not answered."""
        told = super().clean() or {}
        answers = {"yes": True, "no": False, "": None}
        return {
            name: answers.get(value, value) if isinstance(value, str) else value
            for name, value in told.items()
        }


def questions(given: Mapping[str, Any] | None, *, on: date) -> Questions:
    """The form of a day."""
    form = Questions(given)
    for fact in asked_for_antyodaya(on=on):
        if fact.name not in KNOWN:
            form.fields[fact.name] = _field(fact)
    return form


def _field(fact: Fact) -> forms.Field:
    label = fact.question.in_language(active())
    unknown = ("", _("Not known"))
    if fact.type == "number":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=130)
    if fact.type == "yes_no":
        return forms.ChoiceField(
            label=label, required=False, choices=[unknown, ("yes", _("Yes")), ("no", _("No"))]
        )
    choices = [(one.code, one.name.in_language(active())) for one in fact.choices]
    return forms.ChoiceField(label=label, required=False, choices=[unknown, *choices])
