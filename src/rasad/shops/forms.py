"""What officers type about a shop's devices and hours."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rasad.shops.models import OpeningHours
from rasad.shops.queries import Hours
from rasad.values.month import Month

_HALVES = ("morning", "afternoon")
_SATURDAY = 5
FIRST_MONTH = Month(2000, 1)


class DateInput(forms.DateInput):
    """A day, picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self, **given: Any) -> None:
        super().__init__(format="%Y-%m-%d", **given)


class NewDevice(forms.Form):
    """What the device is called in the shop."""

    name = forms.CharField(
        label=_("Name of the device"),
        max_length=60,
        help_text=_("What people in the shop call it, for example “Counter 1”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Revocation(forms.Form):
    """Why a device is shut out."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is written into the journal with your name, and the dealer is told it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Closing(forms.Form):
    """A day on which the shop stays closed, and why."""

    on = forms.DateField(label=_("Day"), widget=DateInput())
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class MonthOf(forms.Form):
    """Which month of which district is shown."""

    month = forms.CharField(label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month"}))
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, data: Mapping[str, Any], *, today: date, districts: list[tuple[str, str]]) -> None:
        self.districts = districts
        self.chosen_month = _month(data.get("month", ""), today)
        codes = [code for code, _name in districts]
        # A month of a whole State is too much for one page: a district is always chosen.
        self.chosen_district = (
            data.get("district", "") if data.get("district") in codes else (codes or [""])[0]
        )
        super().__init__({"month": str(self.chosen_month), "district": self.chosen_district})
        self.fields["district"].choices = districts  # type: ignore[attr-defined]
        if len(districts) < 2:
            # One is no choice.
            self.fields["district"].widget = forms.HiddenInput()


class Week(forms.Form):
    """The hours of each day of the week, with or without a break, from a day on."""

    since = forms.DateField(
        label=_("From this day on"),
        widget=DateInput(),
        help_text=_("Up to then the present hours hold: late starts are counted by the hours of their day."),
    )
    like_monday = forms.BooleanField(label=_("Tuesday to Saturday as on Monday"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for weekday in OpeningHours.Weekday:
            for half in _HALVES:
                for edge in ("opens", "closes"):
                    self.fields[f"{weekday.value}_{half}_{edge}"] = forms.TimeField(
                        required=False, label=_LABELS[half, edge], widget=_TimeInput()
                    )

    def days(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For each day its name and its four fields, in order."""
        return [
            (
                str(weekday.label),
                [self[f"{weekday.value}_{half}_{edge}"] for half in _HALVES for edge in ("opens", "closes")],
            )
            for weekday in OpeningHours.Weekday
        ]

    def clean(self) -> dict[str, Any]:
        """Each half has both its times, in order, and the afternoon comes after the morning."""
        for weekday in range(1 if self.cleaned_data.get("like_monday") else 7):
            self._check_day(weekday)
        if self.cleaned_data.get("like_monday"):
            self._check_day(6)
        return self.cleaned_data

    def week(self) -> dict[int, list[Hours]]:
        """The hours by day of the week, as the action takes them."""
        found = {weekday: self._hours(weekday) for weekday in range(7)}
        if self.cleaned_data["like_monday"]:
            found |= dict.fromkeys(range(1, _SATURDAY + 1), found[0])
        return found

    def _hours(self, weekday: int) -> list[Hours]:
        given = self.cleaned_data
        halves = [
            (given.get(f"{weekday}_{half}_opens"), given.get(f"{weekday}_{half}_closes")) for half in _HALVES
        ]
        return [(opens, closes) for opens, closes in halves if opens and closes]

    def _check_day(self, weekday: int) -> None:
        last: time | None = None
        for half in _HALVES:
            opens = self.cleaned_data.get(f"{weekday}_{half}_opens")
            closes = self.cleaned_data.get(f"{weekday}_{half}_closes")
            if (opens is None) != (closes is None):
                missing = "opens" if opens is None else "closes"
                self.add_error(f"{weekday}_{half}_{missing}", _("Both times, or neither."))
            elif opens and closes:
                if closes <= opens:
                    self.add_error(f"{weekday}_{half}_closes", _("It closes after it opens."))
                if last and opens < last:
                    self.add_error(f"{weekday}_{half}_opens", _("The afternoon comes after the morning."))
                last = closes


def week_as_typed(week: Mapping[int, tuple[Hours, ...]]) -> dict[str, time]:
    """The hours of a week as the form shows them."""
    return {
        f"{weekday}_{half}_{edge}": moment
        for weekday, spans in week.items()
        for half, span in zip(_HALVES, spans, strict=False)
        for edge, moment in zip(("opens", "closes"), span, strict=True)
    }


class _TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


_LABELS = {
    ("morning", "opens"): _("Opens"),
    ("morning", "closes"): _("Closes"),
    ("afternoon", "opens"): _("Opens again"),
    ("afternoon", "closes"): _("Closes for the day"),
}


def _month(text: str, today: date) -> Month:
    """The month that was asked for, if it has come and any shop sold by a device in it; else the present one."""
    this = Month.of(today)
    try:
        asked = Month.parse(text)
    except ValueError:
        return this
    return asked if FIRST_MONTH <= asked <= this else this
