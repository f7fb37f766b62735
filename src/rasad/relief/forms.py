"""The question the first page is asked: figures up to which day, of which district, under which scheme."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AsOf(forms.Form):
    """The day up to which everything is counted, and the part of the reader's areas that is shown."""

    until = forms.DateField(
        label=_("Tokens generated up to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    district = forms.ChoiceField(label=_("District"), required=False)
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        districts: list[tuple[str, str]],
        schemes: list[tuple[str, str]],
        last_day: date,
    ) -> None:
        # A question without an answer is asked with the latest day filled in.
        super().__init__(
            {"until": last_day.isoformat(), **{name: value for name, value in data.items() if value}}
        )
        self.last_day = last_day
        self.fields["district"].choices = [("", _("All districts")), *districts]  # type: ignore[attr-defined]
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
        # One is no choice.
        for name, offered in (("district", districts), ("scheme", schemes)):
            if len(offered) < 2:
                self.fields[name].widget = forms.HiddenInput()
        self.fields["until"].widget.attrs["max"] = last_day.isoformat()

    @property
    def day(self) -> date:
        """The day asked for, else the last one there is."""
        return self.cleaned_data.get("until") or self.last_day if self.is_valid() else self.last_day
