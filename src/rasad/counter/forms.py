"""What a dealer types at the counter."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rasad.counter.dues import Offer
from rasad.counter.models import Why
from rasad.counter.tries import DIGITS
from rasad.values import aadhaar
from rasad.values.measure import Measure
from rasad.values.quantities import Grams, Paise, amount, grams
from rasad.web.templatetags.rasad import measure

LONGEST_NUMBER = 30
# More than any shop handles at once; a longer number is a slip of the finger.
LONGEST_QUANTITY = 12


def plain_digits(text: str) -> str:
    """Digits of every script as 0-9, without spaces: a Hindi keyboard types १५."""
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text if not sign.isspace()
    )


class CardNumber(forms.Form):
    """The number of a card or token of this State."""

    number = forms.CharField(
        label=gettext_lazy("Card or token number"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "accesskey": "n", "spellcheck": "false"}
        ),
    )

    def clean_number(self) -> str:
        """The number as the register has it."""
        return plain_digits(self.cleaned_data["number"]).upper()


class VisitorNumber(forms.Form):
    """The number of a card of another State, or a member's Aadhaar number, which is not kept."""

    card = forms.CharField(
        label=gettext_lazy("Ration card number"),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "accesskey": "n", "spellcheck": "false"}
        ),
    )
    aadhaar = forms.CharField(
        label=gettext_lazy("Aadhaar number"),
        max_length=LONGEST_NUMBER,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_card(self) -> str:
        """The number as the home State has it."""
        return plain_digits(self.cleaned_data["card"]).upper()

    def clean_aadhaar(self) -> str:
        """Twelve digits that can be an Aadhaar number."""
        number = plain_digits(self.cleaned_data["aadhaar"]).replace("-", "")
        if number and not (number.isascii() and number.isdigit() and aadhaar.is_aadhaar(number)):
            raise forms.ValidationError(
                _("This is no Aadhaar number: compare its twelve digits with the card.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        given = [name for name in ("card", "aadhaar") if self.cleaned_data.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(_("Write the card number or the Aadhaar number: one of the two."))
        return self.cleaned_data


class Code(forms.Form):
    """The code that came to the family's mobile."""

    code = forms.CharField(label=gettext_lazy("Code on the mobile"), max_length=LONGEST_NUMBER)

    def clean_code(self) -> str:
        """Six digits."""
        code = plain_digits(self.cleaned_data["code"])
        if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
            raise forms.ValidationError(_("The code has six digits."))
        return code


class Reason(forms.Form):
    """Why a sale is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=250,
        help_text=gettext_lazy("It is written into the journal with your name."),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class Quantities(forms.Form):
    """How much of each line is handed over, typed in kilograms or litres."""

    def __init__(self, data: Any, *, offers: Sequence[Offer]) -> None:
        super().__init__(data)
        self.offers = [one for one in offers if not one.is_barred]
        for offer in self.offers:
            self.fields[offer.key] = forms.CharField(required=False, max_length=LONGEST_QUANTITY)

    def clean(self) -> dict[str, Any]:
        """Each quantity by itself, then all together: something, and of a choice one alternative."""
        for offer in self.offers:
            if offer.key in self.cleaned_data:
                self._check(offer)
        if self.errors:
            return self.cleaned_data
        taken = [offer for offer in self.offers if self.cleaned_data[offer.key]]
        goods: dict[str, set[str]] = {}
        for offer in taken:
            goods.setdefault(offer.choice_group, set()).add(offer.commodity)
        for offer in taken:
            if offer.choice_group and len(goods[offer.choice_group]) > 1:
                self.add_error(offer.key, _("Only one of these can be taken in a month: empty the other."))
        if not taken:
            raise forms.ValidationError(_("Write how much is handed over of at least one line."))
        return self.cleaned_data

    @property
    def lines(self) -> dict[str, int]:
        """Grams or ml by line, of what is handed over."""
        return {one.key: self.cleaned_data[one.key] for one in self.offers if self.cleaned_data[one.key]}

    def priced(self) -> list[tuple[Offer, int, int]]:
        """Each line with its quantity and amount in paise."""
        lines = self.lines
        return [
            (one, lines[one.key], amount(Grams(lines[one.key]), Paise(one.price)))
            for one in self.offers
            if one.key in lines
        ]

    def _check(self, offer: Offer) -> None:
        try:
            quantity = _quantity(self.cleaned_data[offer.key], offer)
        except forms.ValidationError as wrong:
            self.add_error(offer.key, wrong)
        else:
            self.cleaned_data[offer.key] = quantity


def thousandths(text: str) -> int:
    """Whole grams or ml of what was typed in kilograms or litres. Raises ValidationError that says what is wrong."""
    text = plain_digits(text or "")
    if not text:
        return 0
    if text.startswith("-"):
        raise forms.ValidationError(_("Write a number that is not below zero."))
    if not text.isascii() or not text.replace(".", "", 1).isdigit():
        raise forms.ValidationError(_("Write a number, for example 2.5."))
    try:
        return grams(text)
    except ValueError:
        raise forms.ValidationError(
            _("At most three digits after the point: nothing finer is weighed.")
        ) from None


def _quantity(text: str, offer: Offer) -> int:
    """Whole grams or ml that may be sold. Raises ValidationError that says what is wrong."""
    quantity = thousandths(text)
    unit = "litre" if offer.unit == "ml" else "kg"
    if quantity > offer.left:
        left = measure(Measure(offer.left, unit))  # type: ignore[arg-type]
        raise forms.ValidationError(_("Only %(left)s is left on the card this month.") % {"left": left})
    if quantity > offer.in_stock:
        stock = measure(Measure(max(offer.in_stock, 0), unit))  # type: ignore[arg-type]
        raise forms.ValidationError(_("Only %(stock)s is in stock in this shop.") % {"stock": stock})
    return quantity


def reasons(possible: Sequence[str]) -> list[tuple[str, str]]:
    """Reasons for going on without authentication, with their words."""
    return [(one, str(Why(one).label)) for one in possible]


class StockLine(forms.Form):
    """A commodity of an allocation, and how much of it, typed in kilograms or litres."""

    commodity = forms.ChoiceField(label=gettext_lazy("Item"))
    allocation = forms.ChoiceField(label=gettext_lazy("Allocation"))
    quantity = forms.CharField(
        label=gettext_lazy("How much"),
        max_length=LONGEST_QUANTITY,
        help_text=gettext_lazy("In kilograms, oil in litres."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(
        self, data: Any, *, commodities: list[tuple[str, str]], allocations: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["commodity"].choices = commodities  # type: ignore[attr-defined]
        self.fields["allocation"].choices = allocations  # type: ignore[attr-defined]

    def clean_quantity(self) -> int:
        """Whole grams or ml, more than nothing."""
        quantity = thousandths(self.cleaned_data["quantity"])
        if not quantity:
            raise forms.ValidationError(_("Write more than nothing."))
        return quantity


class Arrival(StockLine):
    """Grain that arrived with a challan."""

    challan = forms.CharField(
        label=gettext_lazy("Number of the challan"),
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "accesskey": "n"}),
    )
    field_order = ("challan", "commodity", "allocation", "quantity")


class Correction(StockLine):
    """What is missing in the stock, was found, or was there when the books began."""

    MISSING, FOUND, OPENING = "missing", "found", "opening"
    # Made with the page: the same page sent twice is one correction.
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=[
            (MISSING, gettext_lazy("Some is missing or spoilt")),
            (FOUND, gettext_lazy("There is more than the books say")),
            (OPENING, gettext_lazy("Opening stock: it was here before the books began")),
        ],
        widget=forms.RadioSelect(attrs={"autofocus": True}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=230,
        help_text=gettext_lazy("The inspector reads it and decides."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("id", "kind", "commodity", "allocation", "quantity", "reason")

    @property
    def change(self) -> int:
        """Grams or ml, below zero for what is missing."""
        quantity: int = self.cleaned_data["quantity"]
        return -quantity if self.cleaned_data["kind"] == self.MISSING else quantity
