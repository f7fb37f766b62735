"""What officials and families type."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from rasad.connectors.sms.templates import tells_a_number

NOT_A_MOBILE = _("A mobile number has ten digits and begins with 6 to 9.")
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class AsOf(forms.Form):
    """The day a card is looked at."""

    on = forms.DateField(
        required=False,
        # The calendar of months begins and ends there.
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 11, 30))],
    )


class CardAndMobile(forms.Form):
    """What the family knows by heart or has in its hand."""

    card = forms.RegexField(
        r"^[0-9A-Za-z \-]{6,24}\Z",
        label=_("Number of the ration card"),
        error_messages={"invalid": _("Type the number as it stands on the card.")},
        widget=forms.TextInput(attrs={**_NUMERIC, "autofocus": True}),
    )
    mobile = forms.RegexField(
        r"^[6-9][0-9]{9}\Z",
        label=_("Mobile number"),
        error_messages={"invalid": NOT_A_MOBILE},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
        help_text=_("One that stands on the card: yours or of another member."),
    )


class CodeTyped(forms.Form):
    """The code that came by SMS."""

    code = forms.RegexField(
        r"^\s*[0-9]{6}\s*\Z",
        label=_("Code from the SMS"),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-input",
                "autofocus": True,
            }
        ),
    )


class NewMobile(forms.Form):
    """For which member, and which number."""

    line = forms.TypedChoiceField(label=_("Member"), coerce=int)
    mobile = forms.RegexField(
        r"^[6-9][0-9]{9}\Z",
        label=_("New mobile number"),
        error_messages={"invalid": NOT_A_MOBILE},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("A code is sent there; have the telephone at hand."),
    )

    def __init__(self, *args: Any, members: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        line = self.fields["line"]
        assert isinstance(line, forms.TypedChoiceField)
        line.choices = members


class NewMobileByPaper(NewMobile):
    """The same at the desk, where an officer has seen a paper."""

    paper = forms.CharField(
        label=_("Paper you have seen"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Which one, and what ties the person to the card. Never write an Aadhaar number here."),
    )

    def clean_paper(self) -> str:
        """The words, unless an Aadhaar number stands among them: it is kept in the vault only."""
        paper = str(self.cleaned_data["paper"])
        if tells_a_number(paper):
            raise forms.ValidationError(
                _("Write no Aadhaar number and no other number longer than eleven digits.")
            )
        return paper
