"""Lists as files: bound to the reader's area, harmless to a spreadsheet, on record."""

import csv
import io
from decimal import Decimal

import pytest

from rasad.accounts.models import User
from rasad.journal.models import Entry
from rasad.relief.models import SourceRow, Token
from rasad.web.csv_lines import plain
from tests.relief.cast import ASHA, World


def table(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_tokens_are_exported_as_they_are_listed(world: World, meena: User, logged_in) -> None:
    answer = logged_in(meena).get("/relief/tokens.csv", {"state": "shop_assigned"})
    assert answer["Content-Disposition"].startswith('attachment; filename="tokens-')
    header, *lines = table(answer)
    assert lines == [
        [
            "063-00000-00001-4",
            "Asha Devi",
            "3",
            "9876500001",
            "Hisar",
            "Hansi",
            "House 4, Ward 2",
            "106300100001",
            "Ravi Fair Price Shop",
            "0",
            "Shop of the family's own village or ward",
            "Shop assigned",
            "BPL applications on SARAL",
            "2020-04-20",
        ]
    ]
    assert len(header) == 14


def test_rows_are_exported_with_reason_rule_and_what_to_do(world: World, meena: User, logged_in) -> None:
    header, *lines = table(logged_in(meena).get("/relief/rows.csv"))
    by_reference = {line[1]: dict(zip(header, line, strict=True)) for line in lines}
    assert sorted(by_reference) == ["L-5", "S-4", "S-6"]
    assert by_reference["S-4"]["Ration card"] == "XXXXXXXX4567"
    assert by_reference["S-4"]["To whom"] == "District Food and Supplies Controller"
    assert by_reference["S-4"]["By when"] == "2020-06-30"
    assert "any Free Ration Categories" in by_reference["S-4"]["Words of the rule"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+91 98765", "'+91 98765"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("House 4", "House 4"),
        (None, ""),
        (7, "7"),
        (-7, "-7"),
        (Decimal("-2.5"), "-2.5"),
    ],
)
def test_cell_a_spreadsheet_would_run_is_made_text(cell: object, written: str) -> None:
    assert plain(cell) == written


def test_formulas_of_families_and_sources_leave_as_text(world: World, meena: User, logged_in) -> None:
    Token.objects.filter(number=ASHA).update(holder_name="=HYPERLINK(1)", address="@x", place_name="+1")
    SourceRow.objects.filter(reference="S-4").update(reference="=cmd|' /C calc'!A0", holder_name="-2+3")
    client = logged_in(meena)
    for path in ("/relief/tokens.csv", "/relief/rows.csv"):
        cells = [cell for line in table(client.get(path)) for cell in line]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_export_is_on_record_before_the_first_line_leaves(world: World, meena: User, logged_in) -> None:
    answer = logged_in(meena).get("/relief/tokens.csv", {"state": "awaiting_shop", "page": "2"})
    entry = Entry.objects.order_by("-number").first()
    assert (entry.action, entry.of_key, entry.by) == ("relief.exported", "tokens", "meena")
    assert entry.facts == {"rows": 2, "narrowed_by": {"state": "awaiting_shop"}}
    assert len(table(answer)) == 3


def test_export_by_aadhaar_number_is_refused_and_not_recorded(world: World, meena: User, logged_in) -> None:
    before = Entry.objects.count()
    answer = logged_in(meena).get("/relief/rows.csv", {"q": "999941057058"})
    assert (answer.status_code, answer["Location"]) == (302, "/relief/rows.csv?")
    assert Entry.objects.count() == before


def test_export_needs_the_capability(world: World, auditor: User, ravi: User, logged_in) -> None:
    for reader in (auditor, ravi):
        client = logged_in(reader)
        assert client.get("/relief/tokens.csv").status_code == 403
        assert "tokens.csv" not in client.get("/relief/tokens").content.decode()
