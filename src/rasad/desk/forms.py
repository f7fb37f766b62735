"""What officers type at the desk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rasad.shops.models import Shop
from rasad.web.mobile import MobileField

LONGEST_REASON = 500


class Why(forms.Form):
    """A reason, which every decision needs."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with the decision, and whoever asks for it reads it."),
    )


class AppealWords(forms.Form):
    """What a family says against a refusal."""

    words = forms.CharField(
        label=_("What the family says"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In its own words: why the refusal is wrong, and which papers show it."),
    )
    mobile = MobileField(
        label=_("Mobile number"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The answer is sent there."),
    )


class ShopPick(forms.Form):
    """A shop by its number, and whether it may get more families than it has room for."""

    shop = forms.CharField(max_length=20)
    beyond = forms.BooleanField(required=False)
    why = forms.CharField(max_length=250, required=False)

    def __init__(self, *args: Any, shops: QuerySet[Shop], **more: Any) -> None:
        super().__init__(*args, **more)
        self._shops = shops

    def clean_shop(self) -> Shop:
        """The shop of the reader's areas with this number."""
        found = self._shops.filter(number=self.cleaned_data["shop"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no shop of this number in your area."))
        return found
