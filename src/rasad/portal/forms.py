"""What is asked about a card: only questions that make a difference in its State."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from rasad.policy.jurisdiction import Jurisdiction
from rasad.values.month import Month
from rasad.web.language import active

MOST_MEMBERS = 40


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


def asked(given: Mapping[str, str], law: Jurisdiction, states: list[tuple[str, str]], today: date) -> Ask:
    """The questions about a card of a State, with what was answered; a first answer to each stands there."""
    given = {"members": "4", "month": str(Month.of(today)), **given, "state": law.about.code}
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
