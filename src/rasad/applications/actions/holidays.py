"""The days on which the offices are closed: written down, taken out before they come, read from a file.

What was promised before stays promised: an application keeps the holidays its last day was worked out with.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from rasad import wiring
from rasad.accounts.models import User
from rasad.applications.models import Holiday
from rasad.journal import actions as journal
from rasad.pipelines.workbook import reading
from rasad.values.refused import Refused
from rasad.web.refusals import say

LARGEST_BYTES, MOST_LINES, LONGEST = 1_000_000, 1_000, 80
# A day further away is a slip of the pen.
YEARS_BACK, YEARS_AHEAD = 1, 2
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "on": ("on", "day", "date", "दिनांक", "तिथि"),
    "name": ("name", "holiday", "नाम_अंग्रेज़ी", "अवकाश"),
    "name_hi": ("name_hi", "hindi", "नाम_हिंदी", "नाम"),
}  # fmt: skip
_WRITTEN = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Outcome:
    """What became of a line of a file: `word` is added, known or refused."""

    line: int
    day: str
    name: str
    word: str
    why: str = ""


@transaction.atomic
def add(*, on: date, name: str, name_hi: str = "", by: User, at: datetime) -> Holiday:
    """Write a holiday down. Refused: holiday_without_name, holiday_far_away, holiday_there."""
    today, name, name_hi = at.astimezone(wiring.INDIA).date(), name.strip(), name_hi.strip()
    if not name or len(name) > LONGEST or len(name_hi) > LONGEST:
        raise Refused("holiday_without_name", day=on, most=LONGEST)
    if not today.year - YEARS_BACK <= on.year <= today.year + YEARS_AHEAD:
        raise Refused(
            "holiday_far_away", day=on, first=today.year - YEARS_BACK, last=today.year + YEARS_AHEAD
        )
    try:
        with transaction.atomic():
            made = Holiday.objects.create(on=on, name=name, name_hi=name_hi, by=by.get_username())
    except IntegrityError:
        there = Holiday.objects.filter(on=on).first()
        raise Refused("holiday_there", day=on, name=there.name if there else "") from None
    facts: dict[str, object] = {"name": name, "name_hi": name_hi}
    journal.write("holiday.added", of_kind="holiday", of_key=on.isoformat(), by=by, at=at, facts=facts)
    return made


@transaction.atomic
def remove(*, on: date, by: User, at: datetime) -> None:
    """Take a holiday out that has not come yet. Refused: holiday_not_ahead, holiday_gone."""
    if on <= at.astimezone(wiring.INDIA).date():
        raise Refused("holiday_not_ahead", day=on)
    there = Holiday.objects.select_for_update().filter(on=on).first()
    if there is None:
        raise Refused("holiday_gone", day=on)
    facts: dict[str, object] = {"name": there.name, "name_hi": there.name_hi}
    there.delete()
    journal.write("holiday.removed", of_kind="holiday", of_key=on.isoformat(), by=by, at=at, facts=facts)


def take_in(contents: bytes, *, by: User, at: datetime) -> list[Outcome]:
    """Write the holidays of a file down; each line ends named, and a wrong one holds up no other.

    Refused: holiday_file_too_large, holiday_file_not_read, holiday_file_column_missing, holiday_file_empty, and as
    `workbook.reading.whole`.
    """
    if len(contents) > LARGEST_BYTES:
        raise Refused("holiday_file_too_large", lines=MOST_LINES)
    rows = _rows(contents)
    head = [cell.strip().lower().replace(" ", "_") for cell in next(rows, (1, []))[1]]
    places = {
        name: next((head.index(one) for one in known if one in head), None)
        for name, known in HEADINGS.items()
    }
    for name in ("on", "name"):
        if places[name] is None:
            raise Refused("holiday_file_column_missing", column=name, there=", ".join(head[:20]) or "–")
    told: list[Outcome] = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(told) >= MOST_LINES:
            raise Refused("holiday_file_too_large", lines=MOST_LINES)
        given = {
            name: cells[place].strip() if place is not None and place < len(cells) else ""
            for name, place in places.items()
        }
        told.append(_taken(line, given, by=by, at=at))
    if not told:
        raise Refused("holiday_file_empty")
    return told


def _taken(line: int, given: Mapping[str, str], *, by: User, at: datetime) -> Outcome:
    try:
        on = _day(given["on"])
        known = Holiday.objects.filter(on=on, name=given["name"], name_hi=given["name_hi"]).exists()
        if not known:
            add(on=on, name=given["name"], name_hi=given["name_hi"], by=by, at=at)
    except Refused as refused:
        return Outcome(line, given["on"][:20], given["name"][:LONGEST], "refused", str(say(refused)))
    return Outcome(line, given["on"], given["name"], "known" if known else "added")


def _day(text: str) -> date:
    """A day as offices write it. Refused: holiday_day_not_read."""
    for pattern in _WRITTEN:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise Refused("holiday_day_not_read", day=text[:20] or "–")


def _rows(contents: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file or of the sheet of a workbook, by their number there."""
    if reading.is_workbook(contents):
        yield from reading.whole(contents, file="XLSX").rows
        return
    rows = csv.reader(io.StringIO(contents.decode("utf-8-sig", "replace").replace("\0", ""), newline=""))
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error:
        raise Refused("holiday_file_not_read", line=rows.line_num) from None
