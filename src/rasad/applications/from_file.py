"""Applications in a file, as a camp sends them: a line a person, families by their key; every family ends named."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import QuerySet

from rasad.applications.actions.register import register
from rasad.applications.asked import Asked, Leaving, Someone, Taken
from rasad.applications.models import Application
from rasad.applications.sealing import Sheet
from rasad.pipelines.workbook import reading
from rasad.registry.importing.columns import SEXES
from rasad.registry.models import Card, Place
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from rasad.web.refusals import say

LARGEST_BYTES, MOST_LINES = 4_000_000, 5_000
# The columns, with what each is called in Hindi.
HEADINGS = {
    "family": "परिवार", "request": "सेवा", "card_number": "कार्ड_संख्या", "applicant": "आवेदक", "mobile": "मोबाइल",
    "place": "स्थान_कोड", "address": "पता", "shop": "दुकान_संख्या", "reason": "कारण", "promised_on": "वादा_तिथि",
    "name": "नाम", "guardian_name": "पिता_पति", "relation": "संबंध", "sex": "लिंग", "birth_year": "जन्म_वर्ष",
    "aadhaar": "आधार", "line": "पंक्ति", "papers": "दस्तावेज़",
}  # fmt: skip
NEEDED = ("family", "request", "applicant")
# Written in digits, of whichever script.
IN_DIGITS = {"card_number", "mobile", "place", "shop", "promised_on", "birth_year", "aadhaar", "line"}
# No word of a cell is longer than what is kept of it.
LONGEST = {"applicant": 120, "request": 40, "name": 120, "reason": 300, "shop": 20}


@dataclass(frozen=True)
class Outcome:
    """What became of a family of the file: its number, or why it was not registered; `lines` of the file."""

    family: str
    lines: tuple[int, ...]
    number: str
    why: str


def take_in(
    text: bytes,
    *,
    district: str,
    places: Mapping[str, Place],
    cards: QuerySet[Card],
    by: str,
    made_at: str,
    at: datetime,
) -> Iterator[Outcome]:
    """Register every family of a file; one that is refused holds up no other, one taken before is told again.

    `places` and `cards` are those of the sender's areas. Refused: as `families`.
    """
    for key, lines in families(text):
        numbers = tuple(number for number, _ in lines)
        known = Application.objects.filter(wants__file_key=_key(by, key, lines)).first()
        if known:
            yield Outcome(key, numbers, known.number, "")
            continue
        try:
            asked = _asked(key, lines, district=district, places=places, cards=cards, by=by, on=at.date())
            made = register(asked, taken=Taken(Application.Channel.FILE, by, made_at), at=at)
        except Refused as refused:
            yield Outcome(key, numbers, "", str(say(refused)))
        else:
            yield Outcome(key, numbers, made.number, "")


Line = tuple[int, Mapping[str, str]]


def families(text: bytes) -> Iterator[tuple[str, Sequence[Line]]]:
    """The lines of a file by their family, in the order of the file.

    Refused: application_file_too_large, _too_long, _not_text, _column_missing, _empty; as `workbook.reading.whole`.
    """
    found: dict[str, list[Line]] = {}
    for number, line in _lines(text):
        found.setdefault(line.get("family", "") or f"line {number}", []).append((number, line))
    if not found:
        raise Refused("application_file_empty")
    yield from found.items()


def _lines(text: bytes) -> Iterator[Line]:
    if len(text) > LARGEST_BYTES:
        raise Refused("application_file_too_large", megabytes=LARGEST_BYTES // 1_000_000)
    hindi = {name: code for code, name in HEADINGS.items()}
    rows = _numbered(text)
    head = [hindi.get(cell.strip(), cell.strip().lower()) for cell in next(rows, (1, []))[1]]
    missing = [one for one in NEEDED if one not in head]
    if missing:
        raise Refused("application_file_column_missing", column=missing[0])
    for number, row in rows:
        if number > MOST_LINES + 1:
            raise Refused("application_file_too_long", lines=MOST_LINES)
        if any(cell.strip() for cell in row):
            cells = zip(head, (cell.strip() for cell in row), strict=False)
            yield number, {name: _digits(cell) if name in IN_DIGITS else cell for name, cell in cells}


def _numbered(text: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file or of the sheet of a workbook, by their number there."""
    if reading.is_workbook(text):
        yield from reading.whole(text, file="XLSX").rows
        return
    try:
        read = text.decode("utf-8-sig")
        yield from enumerate(csv.reader(io.StringIO(read.replace("\0", ""), newline="")), start=1)
    except (UnicodeDecodeError, csv.Error):
        raise Refused("application_file_not_text") from None


def _key(by: str, key: str, lines: Sequence[Line]) -> str:
    """By what a family is known again: another camp of the same officer numbers its families from 1 too."""
    said = repr([sorted(line.items()) for _, line in lines])
    return f"{by}:{key}:{sha256(said.encode()).hexdigest()[:16]}"


def _digits(cell: str) -> str:
    """The cell with plain digits for those of other scripts."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in cell)


def _asked(
    key: str,
    lines: Sequence[Line],
    *,
    district: str,
    places: Mapping[str, Place],
    cards: QuerySet[Card],
    by: str,
    on: date,
) -> Asked:
    first = lines[0][1]
    for column, most in LONGEST.items():
        for cell in (line.get(column, "") for _, line in lines):
            if len(cell) > most:
                raise Refused("cell_not_read", cell=f"{cell[:20]}…", column=column)
    card_number, place = first.get("card_number", ""), first.get("place", "")
    if place and place not in places:
        raise Refused("place_not_yours", place=place)
    card = cards.filter(number=card_number).first() if card_number else None
    if card_number and card is None:
        raise Refused("card_unknown", card=card_number)
    told = [line for _, line in lines]
    return Asked(
        service=first["request"], applicant=first["applicant"],
        district=card.household.district_code if card else district, mobile=_mobile(first),
        card=card, place=places.get(place), address=first.get("address", "")[:250],
        shop=_shop(first.get("shop", ""), on), papers=_papers(first.get("papers", "")),
        people=[_someone(one, on) for one in told if one.get("name") and not one.get("line")],
        leaving=[Leaving(_line(one["line"])) for one in told if one.get("line")],
        wants={"file_key": _key(by, key, lines), **({"reason": first["reason"]} if first.get("reason") else {})},
        promised_on=_day(first.get("promised_on", "")),
    )  # fmt: skip


def _someone(line: Mapping[str, str], on: date) -> Someone:
    year = line.get("birth_year", "")
    if year and not (len(year) == 4 and year.isdecimal() and 1900 <= int(year) <= on.year):
        raise Refused("birth_year_wrong", person=line["name"], year=year[:20])
    return Someone(
        name=line["name"][:120], guardian_name=line.get("guardian_name", "")[:120],
        relation=line.get("relation", "")[:30], sex=_sex(line.get("sex", "")),
        birth_year=int(year) if year else None, number="".join(line.get("aadhaar", "").split()),
    )  # fmt: skip


def _papers(cell: str) -> list[Sheet]:
    """`voter_id:ABC12; water_bill:9; affidavit:3`: the kinds and numbers of the papers that were seen."""
    pairs = [one.partition(":") for one in cell.split(";") if one.strip()]
    return [Sheet(kind.strip()[:40], note.strip()[:120]) for kind, _, note in pairs]


def _sex(cell: str) -> str:
    wanted = cell.casefold()
    for value, words in SEXES:
        if wanted in (value.casefold(), *words):
            return value
    if cell:
        raise Refused("cell_not_read", cell=cell[:20], column="sex")
    return ""


def _line(cell: str) -> int:
    if not (cell.isdecimal() and len(cell) <= 3):
        raise Refused("cell_not_read", cell=cell[:20], column="line")
    return int(cell)


def _shop(number: str, on: date) -> str:
    if number and not Shop.objects.filter(number=number, open_during__contains=on).exists():
        raise Refused("cell_not_read", cell=number, column="shop")
    return number


def _mobile(line: Mapping[str, str]) -> str:
    """Ten digits. One that cannot be read is no mobile left out in silence: nothing would reach the family."""
    told = line.get("mobile", "")
    digits = "".join(one for one in told if one.isdecimal())[-10:]
    if told and not (len(digits) == 10 and digits[0] in "6789"):
        raise Refused("cell_not_read", cell=told[:20], column="mobile")
    return digits


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("day_not_read", day=text) from None
