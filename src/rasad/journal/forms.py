"""What to look for in the journal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rasad.journal.words import ACTS

_DAY = {"type": "date"}


class Filter(forms.Form):
    """Who, what, on what, between which days (both included)."""

    by = forms.CharField(label=_("By whom"), required=False)
    action = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("All acts")), *ACTS.items()])
    of_key = forms.CharField(label=_("On what"), required=False)
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To day"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
