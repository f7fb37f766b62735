"""What officers type in a review."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rasad.applications.queries.places import categories
from rasad.oversight.choices import Against, CampaignKind, Ground, Hearing, Proof, Served, Visit
from rasad.oversight.queries.criteria import exclusions

LONGEST_REASON = 500


def text(label: Any, *, most: int, rows: int = 0, needed: bool = True, told: Any = "") -> forms.CharField:
    """A text of one line, or of several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, widget=widget, required=needed, help_text=told)


def day(label: Any, *, needed: bool = True, told: Any = "") -> forms.DateField:
    """A day, picked where the browser can."""
    return forms.DateField(
        label=label, required=needed, help_text=told, widget=forms.DateInput(attrs={"type": "date"})
    )


class Nothing(forms.Form):
    """An act that needs no words."""


class Why(forms.Form):
    """A reason, which every decision needs."""

    why = text(_("Reason"), most=LONGEST_REASON, rows=3, told=_("It is kept with the decision."))


class SourceSays(forms.Form):
    """What a source says."""

    source = text(_("Which list or office says so"), most=150)
    says = text(_("What it says"), most=500, rows=2)
    dated = day(_("As of which day"), needed=False)


class NewCase(SourceSays):
    """A suspicion about a card that somebody names by its number."""

    card = text(_("Card number"), most=20)
    ground = forms.ChoiceField(label=_("What is suspected"), choices=Ground.choices)
    line = forms.IntegerField(
        label=_("Member, by the line of the card"), required=False, min_value=1, max_value=99,
        help_text=_("Only where the suspicion is about one member."),
    )  # fmt: skip
    to_category = forms.ChoiceField(
        label=_("Category it should be"), required=False,
        help_text=_("Only where the card stays and its category is wrong."),
    )  # fmt: skip
    criterion = forms.ChoiceField(label=_("Exclusion it meets"), required=False)
    words = text(_("What is suspected, in words the family understands"), most=1000, rows=3)
    field_order = ("card", "ground", "line", "to_category", "criterion", "words", "source", "says", "dated")

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]] = (), on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to_category"].choices = [("", "—"), *categories(on=on)]  # type: ignore[attr-defined]
        self.fields["criterion"].choices = [("", "—"), *exclusions(on=on)]  # type: ignore[attr-defined]
        if members:
            # The card is known: its people stand there by name.
            self.fields["line"] = forms.TypedChoiceField(
                label=_("Member"), required=False, coerce=int, empty_value=None,
                choices=[("", _("the whole card")), *members],
                help_text=_("Only where the suspicion is about one member."),
            )  # fmt: skip


class Serving(forms.Form):
    """When and how a notice reached the family."""

    on = day(_("Day on which the family got it"))
    how = forms.ChoiceField(label=_("How"), choices=Served.choices)


class AnswerTaken(forms.Form):
    """What the family says."""

    who = text(_("Who answers"), most=120)
    words = text(_("What the family says"), most=2000, rows=4)
    papers = text(_("Papers shown"), most=500, needed=False)
    wants_hearing = forms.BooleanField(label=_("The family wants to be heard"), required=False)


class OwnAnswer(forms.Form):
    """What somebody answers about the own card, on the web."""

    who = text(_("Your name"), most=120)
    words = text(_("What you want to say"), most=2000, rows=5, told=_("In your own words, in any language."))
    wants_hearing = forms.BooleanField(label=_("I want to be heard"), required=False)


class HearingHeld(forms.Form):
    """How the family was heard, and what it said."""

    on = day(_("Day of the hearing"))
    how = forms.ChoiceField(label=_("How the family was heard"), choices=Hearing.choices)
    heard = text(_("Record of the hearing"), most=2000, rows=4)


class Proposal(forms.Form):
    """Why something is to end, and on which rule that stands."""

    rule = text(_("Rule it stands on"), most=200)
    why = text(_("Reason"), most=LONGEST_REASON, rows=3)


class Penal(forms.Form):
    """Who is referred for an offence under the Control Order."""

    against = forms.ChoiceField(label=_("Against whom"), choices=Against.choices)
    name = text(_("Name"), most=120)
    offence = text(_("Offence under the Control Order"), most=500, rows=2)
    referred_to = text(_("Referred to"), most=150)


class PenalOutcome(forms.Form):
    """What became of a referral."""

    outcome = text(_("Outcome"), most=500, rows=2)


class NewCampaign(forms.Form):
    """A campaign to be planned."""

    # One that follows a change of the criteria is planned where the change is shown.
    kind = forms.ChoiceField(
        label=_("Kind of campaign"),
        choices=[one for one in CampaignKind.choices if one[0] != CampaignKind.CRITERIA],
    )
    title = text(_("Title"), most=150)
    district_code = forms.ChoiceField(label=_("District"), required=False)
    order_number = text(_("Number of the order"), most=60)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    surrender_until = day(
        _("Last day to give bogus cards up"),
        needed=False,
        told=_("Penal action follows after this day only."),
    )
    ground = forms.ChoiceField(label=_("What is suspected"), choices=Ground.choices)
    criterion = text(_("Code of the exclusion"), most=40, needed=False)
    months = forms.IntegerField(
        label=_("Months without rations"), required=False, min_value=1, max_value=36,
        help_text=_("For a campaign on cards that never lift."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, districts: list[tuple[str, str]], is_state: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        # Only who is bound to the State looks at the whole of it.
        whole = [("", _("Whole State"))] if is_state else []
        self.fields["district_code"].choices = [*whole, *districts]  # type: ignore[attr-defined]
        self.fields["district_code"].required = not is_state

    def clean(self) -> dict[str, Any]:
        """The days in their order, and a last day where cards are to be given up."""
        given = super().clean() or {}
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        if given.get("kind") == CampaignKind.SURRENDER and not given.get("surrender_until"):
            self.add_error("surrender_until", _("Write until when cards may be given up."))
        given["months"] = given.get("months") or 0
        return given


class ListFile(forms.Form):
    """A list of another department."""

    source = text(_("Whose list it is"), most=150)
    dated = day(_("As of which day"), needed=False)
    file = forms.FileField(
        label=_("File (CSV or .xlsx)"),
        help_text=_("Columns: card_number, family_id or aadhaar; name; says. In a workbook: one sheet only."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
    )


class GiveUp(forms.Form):
    """Who of the family gives the card up, and by what that is shown."""

    line = forms.TypedChoiceField(label=_("Who gives it up for the family"), coerce=int)
    proof = forms.ChoiceField(label=_("Proof of the family"), choices=Proof.choices, widget=forms.RadioSelect)
    statement = text(
        _("What was signed, and when"), most=120, needed=False,
        told=_("For a signature: which statement, for example “Statement of 10 June, thumb of Asha Devi”."),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Picture of the statement (PDF, JPEG, PNG)"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code that the family tells you"), max_length=6, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Only for proof by code: send it first with the button below."),
    )  # fmt: skip
    promised_on = day(
        _("Day promised on the slip"),
        told=_("No charter has a period for this service: write the day yourself."),
    )

    def __init__(
        self, *args: Any, members: Sequence[tuple[int, str]], needs_day: bool, today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["line"].choices = members  # type: ignore[attr-defined]
        if needs_day:
            self.fields["promised_on"].initial = today
        else:
            del self.fields["promised_on"]


class PlanReview(forms.Form):
    """A review of the families that meet the criteria no longer."""

    district_code = forms.ChoiceField(label=_("District"), required=False)
    order_number = text(_("Number of the order"), most=60)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))

    def __init__(self, *args: Any, districts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["district_code"].choices = [("", _("Whole State")), *districts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = super().clean() or {}
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return given


class Visited(forms.Form):
    """What the visit of a sampled family found."""

    visit = forms.ChoiceField(label=_("What was found"), choices=Visit.choices, widget=forms.RadioSelect)
    note = text(_("What was seen"), most=500, rows=2, needed=False)


class Matched(forms.Form):
    """The card that a row of a list is about, by a person's decision."""

    card = text(_("Card number"), most=20)


class NewList(forms.Form):
    """An Antyodaya list of a village or ward."""

    place = text(_("Code of the village or ward"), most=12)
    places = forms.IntegerField(
        label=_("Estimated number of Antyodaya families"), min_value=1, max_value=100_000
    )
    places_source = text(_("Where the estimate stands"), most=200)


class Candidate(forms.Form):
    """A BPL card and the recorded facts of its family."""

    card = text(_("Card number"), most=20)
    evidence = text(_("What shows it"), most=300, rows=2)


class Resolution(forms.Form):
    """The resolution of the Gram Sabha."""

    resolution = text(_("Number of the resolution"), most=60)
    on = day(_("Day of the meeting"))
    body = text(_("Gram Sabha or ward committee"), most=120)


class ObjectionTaken(forms.Form):
    """An objection, in the words of whoever objects."""

    by_whom = text(_("Who objects"), most=120)
    words = text(_("Objection"), most=1000, rows=3)
