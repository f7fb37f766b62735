"""Requests as offices type or send them: a Local Committee's survey, requests from Twitter, one or a file of them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rasad.desk.actions.forwarding import Entered, Request
from rasad.pipelines.relief.columns import FIRST_DAY
from rasad.pipelines.workbook import reading
from rasad.registry.models import Person
from rasad.values.aadhaar import is_aadhaar
from rasad.values.refused import Refused
from rasad.web.mobile import MOBILE, MobileField
from rasad.web.templatetags.rasad import day as indian_day

OLDEST_YEARS = 120
MOST_PEOPLE = 30
LARGEST_FILE_BYTES = 2_000_000
MOST_ROWS = 5_000
SURVEY, TWITTER = "LOCAL_COMMITTEE", "CM_TWITTER"
# The columns of a file of requests, as its first line names them; in Hindi as well.
HEADINGS = {
    "reference": "संदर्भ", "received_on": "प्राप्ति_तिथि", "name": "नाम", "guardian_name": "पिता_पति", "mobile": "मोबाइल",
    "place_name": "स्थान_नाम", "address": "पता", "handle": "ट्विटर_हैंडल", "district": "जिला",
}  # fmt: skip
NEEDED = ("reference", "received_on", "name")


class Family(forms.Form):
    """The family of a request: who heads it, where it lives, how it is reached."""

    name = forms.CharField(label=_("Head of the family"), max_length=120)
    guardian_name = forms.CharField(label=_("Father or husband"), max_length=120, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, required=False)
    age = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=OLDEST_YEARS, required=False)
    aadhaar = forms.CharField(
        label=_("Aadhaar number, if at hand"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Nobody is refused without it. Only a reference is kept, never the number."),
    )
    mobile = MobileField(
        label=_("Mobile number"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=_("Village or ward"), required=False)
    place_name = forms.CharField(label=_("Place as the family says it"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=250, required=False)

    scheme = forms.ChoiceField(label=_("Relief scheme"))

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        schemes: Sequence[tuple[str, str]],
        today: date,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._today = today
        offer_schemes(self, schemes)
        self.fields["place"].choices = [("", _("not in this list")), *places]  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].initial = places[0][0]

    def clean_aadhaar(self) -> str:
        """Twelve digits that can be an Aadhaar number, or nothing."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["aadhaar"])
        if digits and not is_aadhaar(digits):
            raise forms.ValidationError(_("This is not an Aadhaar number. Correct it, or leave it empty."))
        return digits


class Survey(Family):
    """What a Local Committee asks at the door."""

    ration_option = forms.ChoiceField(
        label=_("What does the family want?"),
        choices=[("ration", _("Ration")), ("other", _("Something else than ration"))],
        widget=forms.RadioSelect,
        initial="ration",
    )


class Tweet(Family):
    """A request made to the Chief Minister's account."""

    handle = forms.CharField(label=_("Twitter handle"), max_length=60, required=False)
    received_on = forms.DateField(
        label=_("Received"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_received_on(self) -> date:
        """A day of this century that has come: the months of the token are counted from it."""
        day: date = self.cleaned_data["received_on"]
        if not FIRST_DAY <= day <= self._today:
            raise forms.ValidationError(
                _("A request was received between %(first)s and today.") % {"first": indian_day(FIRST_DAY)}
            )
        return day


class Member(forms.Form):
    """One more person of the family; an empty line is nobody."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    relation = forms.CharField(label=_("Relation to the head"), max_length=30, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, required=False)
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=OLDEST_YEARS, required=False)


Members = forms.formset_factory(Member, extra=4, max_num=MOST_PEOPLE, validate_max=True)


class RequestsFile(forms.Form):
    """A file of requests."""

    file = forms.FileField(
        label=_("File (CSV or .xlsx)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"})
    )
    scheme = forms.ChoiceField(label=_("Relief scheme"))

    def __init__(self, *args: Any, schemes: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer_schemes(self, schemes)


def offer_schemes(form: forms.Form, schemes: Sequence[tuple[str, str]]) -> None:
    """Let a form choose among the schemes that take such requests; where there is but one, nothing is asked."""
    if len(schemes) > 1:
        form.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
        form.order_fields(["scheme"])
    else:
        del form.fields["scheme"]


@dataclass(frozen=True)
class Line:
    """One line of a file: its request, or why it is none."""

    number: int
    reference: str
    request: Request | None
    problem: Refused | None


def request_of(
    source: str,
    family: Mapping[str, Any],
    members: Sequence[Mapping[str, Any]],
    *,
    district: str,
    on: date,
    own: Mapping[str, object],
) -> Request:
    """What a form said as a request received on a day."""
    head = Entered(
        name=family["name"].strip(), guardian_name=family["guardian_name"].strip(), relation="self",
        sex=family["sex"], birth_year=_year(family["age"], on), aadhaar=family["aadhaar"],
    )  # fmt: skip
    others = [
        Entered(
            name=one["name"].strip(),
            relation=one["relation"].strip(),
            sex=one["sex"],
            birth_year=_year(one["age"], on),
        )
        for one in members
        if one.get("name", "").strip()
    ]  # fmt: skip
    return Request(
        source=source, district=district, place=family["place"], place_name=family["place_name"].strip(),
        address=family["address"].strip(), mobile=family["mobile"], people=[head, *others], own=own, received_on=on,
    )  # fmt: skip


def lines(content: bytes, *, districts: Mapping[str, str], today: date) -> Iterator[Line]:
    """The requests in a file, line by line; `districts`: codes by what a file may write for them.

    Refused: file_too_large, column_missing, file_too_long; as `_rows` and `workbook.reading.whole`.
    """
    if len(content) > LARGEST_FILE_BYTES:
        raise Refused("file_too_large", bytes=LARGEST_FILE_BYTES)
    rows = _rows(content)
    heading = [one.strip().lower() for one in next(rows, (1, []))[1]]
    place_of = {
        name: heading.index(said)
        for name, hindi in HEADINGS.items()
        for said in (name, hindi)
        if said in heading
    }
    for name in NEEDED:
        if name not in place_of:
            called = f"{name} / {HEADINGS[name]}"
            raise Refused("column_missing", file="CSV", column=called, there=", ".join(heading[:20]))
    for number, cells in rows:
        if number > MOST_ROWS + 1:
            raise Refused("file_too_long", rows=MOST_ROWS)
        if any(cell.strip() for cell in cells):
            told = {name: cells[at].strip() if at < len(cells) else "" for name, at in place_of.items()}
            yield _line(number, told, districts, today)


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file or of the sheet of a workbook, by their number there.

    Refused: requests_not_utf8, text_with_nul; requests_not_csv for a cell or a quote without an end.
    """
    if reading.is_workbook(content):
        yield from reading.whole(content, file="XLSX").rows
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("requests_not_utf8") from None
    if "\0" in text:
        raise Refused("text_with_nul")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from enumerate(rows, start=1)
    except csv.Error:
        raise Refused("requests_not_csv", line=rows.line_num) from None


def _line(number: int, told: Mapping[str, str], districts: Mapping[str, str], today: date) -> Line:
    reference = told["reference"][:80]
    district = (
        next(iter(districts.values()))
        if len(set(districts.values())) == 1 and not told.get("district")
        else districts.get(told.get("district", "").lower(), "")
    )
    day = _day(told["received_on"])
    for is_wrong, code in (
        (not reference, "line_without_reference"),
        (not told["name"], "line_without_name"),
        (day is None or day > today, "line_without_day"),
        (day is not None and day < FIRST_DAY, "line_with_old_day"),
        (not district, "line_of_another_district"),
        (bool(told.get("mobile")) and not re.match(MOBILE, told["mobile"]), "line_with_wrong_mobile"),
    ):
        if is_wrong:
            return Line(number, reference, None, Refused(code, line=number))
    assert day is not None
    head = Entered(
        name=told["name"][:120], guardian_name=told.get("guardian_name", "")[:120], relation="self"
    )
    request = Request(
        source=TWITTER, district=district, place="", place_name=told.get("place_name", "")[:120],
        address=told.get("address", "")[:250], mobile=told.get("mobile", ""), people=[head],
        own={"forwarded": False, "handle": told.get("handle", "")[:60]}, received_on=day,
    )  # fmt: skip
    return Line(number, reference, request, None)


def _year(age: int | None, on: date) -> int | None:
    return None if age is None else on.year - age


def _day(text: str) -> date | None:
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})",
    ):
        found = re.fullmatch(pattern, text.strip())
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
