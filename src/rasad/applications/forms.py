"""The form of a service: only what that service asks for. No JavaScript; an empty line is nobody."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from rasad import wiring
from rasad.applications.asked import Leaving, Someone
from rasad.applications.sealing import LARGEST, Sheet
from rasad.policy.card_requests import CardRequest
from rasad.policy.documents import Group
from rasad.registry.families import Family
from rasad.registry.models import Person
from rasad.values.aadhaar import is_aadhaar
from rasad.web.language import active

PERSONS = 8
# Nobody who lives was born before.
EARLIEST = 1900
MOBILE = r"^[6-9][0-9]{9}\Z"
WHYS = (
    ("birth", _("Birth")), ("marriage", _("Marriage")), ("death", _("Death")), ("moved", _("Moved")),
    ("other", _("Other")),
)  # fmt: skip
LANGUAGES = (("hi", "हिन्दी"), ("en", "English"), ("bn", "বাংলা"))
_TEL = {"inputmode": "tel", "autocomplete": "off"}
_DAY = {"type": "date"}


class Applicant(forms.Form):
    """Who asks, and how the answer reaches the family."""

    applicant = forms.CharField(label=_("Name of the applicant"), max_length=120)
    mobile = forms.RegexField(
        MOBILE, label=_("Mobile number"), required=False, strip=True, widget=forms.TextInput(attrs=_TEL),
        help_text=_("Each step is told there."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES, initial="hi")


class BirthYear(forms.IntegerField):
    """A year in which somebody who lives can have been born."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=EARLIEST, required=False, **more)

    def validate(self, value: Any) -> None:
        """Not in the future."""
        super().validate(value)
        if value is not None and value > wiring.now().year:
            raise forms.ValidationError(_("This year has not come yet."))


class Somebody(forms.Form):
    """A person to be put on the card."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    guardian_name = forms.CharField(label=_("Father or husband"), max_length=120, required=False)
    relation = forms.CharField(label=_("Relation to the head"), max_length=30, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, required=False)
    born_on = forms.DateField(
        label=_("Born on, if known"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(EARLIEST, 1, 1))],
    )  # fmt: skip
    birth_year = BirthYear(label=_("Year of birth"))
    aadhaar = forms.CharField(
        label=_("Aadhaar number, if at hand"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Nobody is refused without it. Only a reference is kept, never the number."),
    )  # fmt: skip
    why = forms.ChoiceField(label=_("Because of"), choices=[("", "—"), *WHYS], required=False)

    def clean_aadhaar(self) -> str:
        """Twelve digits that can be an Aadhaar number, or nothing."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["aadhaar"])
        if digits and not is_aadhaar(digits):
            raise forms.ValidationError(_("This is not an Aadhaar number. Correct it, or leave it empty."))
        return digits

    def clean(self) -> dict[str, Any]:
        """A line with anything on it needs a name; nobody is born in the future."""
        given = super().clean() or {}
        if not given.get("name") and any(
            given.get(one) for one in ("relation", "aadhaar", "birth_year", "born_on")
        ):
            self.add_error("name", _("Write the name, or empty the line."))
        if given.get("born_on") and given["born_on"] > wiring.now().date():
            self.add_error("born_on", _("This day has not come yet."))
        return given


People = forms.formset_factory(Somebody, extra=PERSONS, max_num=30, validate_max=True)


class Beyond(forms.Form):
    """What a service asks beside the applicant and the persons."""

    def __init__(
        self, *args: Any, service: CardRequest, family: Family | None, places: Sequence[tuple[str, str]],
        shops: Sequence[tuple[str, str]], states: Sequence[tuple[str, str]], on_slip: bool, is_office: bool,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.service = service
        for part in service.asks:
            self.fields |= _FIELDS[part]((family, places, shops, states, service)) if part in _FIELDS else {}
        if is_office and service.verification == "if_needed":
            self.fields["needs_visit"] = forms.BooleanField(
                label=_("A visit to the family is needed"), required=False
            )
        if on_slip and is_office:
            self.fields["promised_on"] = forms.DateField(
                label=_("Day written on the slip"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
                help_text=_("The charter names no days for this, so the office names the day."),
            )  # fmt: skip

    def leaving(self) -> list[Leaving]:
        """The lines that are to leave the card."""
        lines = self.cleaned_data.get("leaving") or ()
        return [Leaving(int(one), self.cleaned_data.get("why", "")) for one in lines]

    def wants(self, family: Family | None) -> dict[str, Any]:
        """What the service asks beyond, by the names the actions know."""
        given = self.cleaned_data
        told: dict[str, Any] = {
            name: str(given[name]).strip()
            for name in ("reason", "certificate", "from_state", "to_card", "relation")
            if given.get(name)
        }
        if given.get("head"):
            told["head"] = int(given["head"])
        lines: dict[str, dict[str, Any]] = {}
        for member in family.members if family and "correction" in self.service.asks else ():
            changed = {
                part: given[f"{part}_{member.line}"]
                for part in ("name", "guardian_name", "birth_year")
                if given.get(f"{part}_{member.line}")
            }
            if changed:
                lines[str(member.line)] = changed
        return told | ({"lines": lines} if lines else {})


Given = tuple[
    Family | None,
    Sequence[tuple[str, str]],
    Sequence[tuple[str, str]],
    Sequence[tuple[str, str]],
    CardRequest,
]


def _leaving(given: Given) -> dict[str, forms.Field]:
    members = given[0].members if given[0] else ()
    return {
        "leaving": forms.MultipleChoiceField(
            label=_("Who leaves the card?"), widget=forms.CheckboxSelectMultiple,
            choices=[(str(one.line), one.name) for one in members],
        ),
        "why": forms.ChoiceField(label=_("Because of"), choices=WHYS, required=False),
    }  # fmt: skip


def _place(given: Given) -> dict[str, forms.Field]:
    return {
        "place": forms.ChoiceField(label=_("Village or ward"), choices=[("", "—"), *given[1]]),
        "address": forms.CharField(label=_("Address"), max_length=250, required=False),
    }


def _shop(given: Given) -> dict[str, forms.Field]:
    return {
        "shop": forms.ChoiceField(
            label=_("Fair price shop"), choices=[("", _("the nearest with room")), *given[2]], required=False
        )
    }


def _certificate(given: Given) -> dict[str, forms.Field]:
    if given[4].value == "member_transfer":
        return {
            "to_card": forms.CharField(label=_("Card of the other family"), max_length=20),
            "relation": forms.CharField(label=_("Relation to the head there"), max_length=30, required=False),
        }
    found: dict[str, forms.Field] = {
        "certificate": forms.CharField(label=_("Number of the surrender certificate"), max_length=30)
    }
    if given[4].value == "fresh_card_other_state":
        found["from_state"] = forms.ChoiceField(label=_("State that issued it"), choices=given[3])
    return found


def _reason(_given: Given) -> dict[str, forms.Field]:
    return {
        "reason": forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    }


def _head(given: Given) -> dict[str, forms.Field]:
    members = given[0].members if given[0] else ()
    choices = [("", _("stays as it is")), *((str(one.line), one.name) for one in members)]
    return {"head": forms.ChoiceField(label=_("Head of the family"), choices=choices, required=False)}


def _correction(given: Given) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for one in given[0].members if given[0] else ():
        found[f"name_{one.line}"] = forms.CharField(
            label=_("%(name)s: right name") % {"name": one.name}, max_length=120, required=False
        )
        found[f"guardian_name_{one.line}"] = forms.CharField(
            label=_("%(name)s: father or husband") % {"name": one.name}, max_length=120, required=False
        )
        found[f"birth_year_{one.line}"] = BirthYear(label=_("%(name)s: year of birth") % {"name": one.name})
    return found


_FIELDS = {
    "leaving": _leaving, "place": _place, "shop": _shop, "certificate": _certificate, "reason": _reason,
    "head": _head, "correction": _correction,
}  # fmt: skip


class Papers(forms.Form):
    """One paper of each group, or any one; a picture of each where there is one."""

    def __init__(self, *args: Any, groups: Iterable[Group], first_card: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.groups = tuple(groups)
        for group in self.groups:
            kinds = [one for one in group.any_one if not (first_card and one.needs_earlier_card)]
            choices = [(one.code, one.name.in_language(active())) for one in kinds]
            for part in (name for one in kinds for name in one.made_of):
                choices.append((part, _PARTS.get(part, part)))  # type: ignore[arg-type]  # lazy words
            self._row(str(group.number), group.name.in_language(active()), choices)
        if not self.groups:
            self._row("1", _("Paper that shows it"), [])
        self._row("more", _("One more paper"), self._all_kinds())

    def _all_kinds(self) -> list[tuple[str, str]]:
        found = {one.code: one.name.in_language(active()) for group in self.groups for one in group.any_one}
        return (
            [*found.items(), *((code, str(words)) for code, words in _PARTS.items())] if self.groups else []
        )

    def _row(self, key: str, label: Any, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[f"kind_{key}"] = forms.ChoiceField(
                label=label, choices=[("", "—"), *choices], required=False
            )
        self.fields[f"note_{key}"] = forms.CharField(
            label=_("Number on the paper") if choices else label, max_length=80, required=False
        )
        self.fields[f"file_{key}"] = forms.FileField(
            label=_("Picture or scan (PDF, JPEG, PNG)"), required=False,
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        )  # fmt: skip

    def sheets(self) -> list[Sheet]:
        """The papers that were given."""
        found = []
        for name in self.fields:
            if not name.startswith("note_"):
                continue
            key = name.removeprefix("note_")
            kind, note = self.cleaned_data.get(f"kind_{key}", ""), self.cleaned_data.get(name, "").strip()
            file = self.cleaned_data.get(f"file_{key}")
            if f"kind_{key}" in self.fields and not kind:
                continue
            if kind or note or file:
                found.append(Sheet(kind or "shown", note or (file.name if file else kind), _read(file)))
        return found


_PARTS = {
    "noc_from_landlord": _("No objection of the landlord"),
    "landlord_id": _("ID proof of the landlord"),
}


def _read(file: Any) -> bytes:
    # One byte more than may be: what is too large is told so, and not read to its end.
    return bytes(file.read(LARGEST + 1)) if file else b""


def someone(lines: Iterable[Mapping[str, Any]]) -> list[Someone]:
    """The persons of the lines that have a name."""
    return [
        Someone(
            name=one["name"], guardian_name=one["guardian_name"], relation=one["relation"], sex=one["sex"],
            born_on=one["born_on"], birth_year=one["birth_year"], number=one["aadhaar"], why=one["why"],
        )
        for one in lines
        if one.get("name")
    ]  # fmt: skip


class Visit(forms.Form):
    """The field form, filled at the door on a telephone."""

    found = forms.ChoiceField(
        label=_("What did you find?"), widget=forms.RadioSelect,
        choices=[
            ("as_said", _("As the family says")), ("otherwise", _("Otherwise than the family says")),
            ("not_there", _("Nobody there, or no such house")),
        ],
    )  # fmt: skip
    people_seen = forms.IntegerField(label=_("Persons who live there"), min_value=0, max_value=60)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it is otherwise than said."),
    )  # fmt: skip
    latitude = forms.FloatField(
        label=_("Latitude, if the telephone tells it"), required=False, min_value=6, max_value=38
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=68, max_value=98)


class Late(forms.Form):
    """Why the day cannot be kept, and the new one."""

    reason = forms.CharField(
        label=_("Reason of the delay"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    likely_on = forms.DateField(label=_("New day"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
