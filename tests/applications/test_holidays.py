"""Holidays: written down by headquarters, named on the slip, and never moving what was promised."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import translation

from rasad.applications import clock
from rasad.applications.actions import holidays
from rasad.applications.models import Application, Holiday
from rasad.applications.paper import sheets
from rasad.applications.queries import holidays as queries
from rasad.journal.models import Entry
from rasad.policy import deadlines
from rasad.policy.periods import periods_of
from rasad.values.refused import Refused
from tests.applications.conftest import MARCH_2, about_card, put_down
from tests.applications.test_pages import march
from tests.cast import client_of
from tests.workbooks import Sheet, xlsx

__all__ = ["march"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
LOST = {"wants": {"reason": "lost"}}
HOLI, RAM = date(2026, 3, 4), date(2026, 3, 26)
DUE = date(2026, 3, 9)


@pytest.fixture
def holi(headquarters):
    """Holi lies two days after the second of March."""
    return holidays.add(on=HOLI, name="Holi", name_hi="होली", by=headquarters, at=MARCH_2)


@pytest.fixture
def today(monkeypatch, march):
    """The pages of holidays are at the second of March too."""
    from rasad import wiring

    monkeypatch.setattr("rasad.applications.views.holidays.now", wiring.now)


def refused(call, **given):
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.code


def slip_text(application):
    pages = pypdf.PdfReader(io.BytesIO(sheets.slip(application))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.req("R-SRV-01")
def test_slip_and_page_name_the_holidays_on_the_way_in_both_languages(holi, asif, march):
    made = put_down(about_card("duplicate_card", **LOST))

    assert (made.due_on, made.holidays) == (
        DUE, [{"on": "2026-03-04", "name": "Holi", "name_hi": "होली", "counted": True}],
    )  # fmt: skip
    said = (
        "The offices are closed on: 4 March 2026, Holi. By the charter these days count; they move nothing."
    )
    with translation.override("en"):
        assert queries.told(made) == said
    assert said in slip_text(made)
    with translation.override("hi"):
        assert "4 मार्च 2026, होली" in queries.told(made)
    assert said in client_of(asif).get(f"/applications/{made.number}").content.decode()


def test_slip_without_a_holiday_on_the_way_says_nothing_of_them(headquarters):
    holidays.add(on=RAM, name="Ram Navami", by=headquarters, at=MARCH_2)
    made = put_down(about_card("duplicate_card", **LOST))

    assert (made.holidays, queries.told(made)) == ([], "")
    assert "offices are closed" not in slip_text(made)


def test_holiday_written_down_later_moves_nothing_that_was_promised(headquarters):
    made = put_down(about_card("duplicate_card", **LOST))
    before = (made.due_on, made.holidays, slip_text(made))

    holidays.add(on=DUE, name="Declared today", by=headquarters, at=MARCH_2 + timedelta(days=1))

    made = Application.objects.get()
    assert (made.due_on, made.holidays, slip_text(made)) == before
    assert clock.goes_up(at=MARCH_2 + timedelta(days=8)) == 1


def test_holiday_taken_out_later_leaves_the_slip_as_it_was_given(holi, headquarters):
    made = put_down(about_card("duplicate_card", **LOST))
    before = slip_text(made)

    holidays.remove(on=HOLI, by=headquarters, at=MARCH_2)

    made = Application.objects.get()
    assert (made.due_on, slip_text(made)) == (DUE, before)


def test_state_whose_charter_leaves_holidays_out_names_those_not_counted(holi, headquarters, monkeypatch):
    holidays.add(on=DUE, name="Second", name_hi="दूसरी", by=headquarters, at=MARCH_2)
    law = periods_of("IN-HR")
    other = law.model_copy(update={"counting": law.counting.model_copy(update={"moved_by_holidays": True})})
    monkeypatch.setattr(deadlines, "periods_of", lambda state: other)

    made = put_down(about_card("duplicate_card", **LOST))

    assert made.due_on == date(2026, 3, 11)
    with translation.override("en"):
        assert queries.told(made) == (
            "Not counted, because the offices are closed: 4 March 2026, Holi; 9 March 2026, Second."
        )


def test_each_wrong_holiday_is_refused_with_its_reason(holi, headquarters):
    told = {"by": headquarters, "at": MARCH_2}

    assert refused(holidays.add, on=HOLI, name="Again", **told) == "holiday_there"
    assert refused(holidays.add, on=RAM, name=" ", **told) == "holiday_without_name"
    assert refused(holidays.add, on=date(2062, 1, 26), name="Republic Day", **told) == "holiday_far_away"
    assert refused(holidays.remove, on=MARCH_2.date(), **told) == "holiday_not_ahead"
    assert refused(holidays.remove, on=RAM, **told) == "holiday_gone"


def test_holiday_is_not_rewritten_even_by_hand(holi):
    with pytest.raises(DatabaseError), transaction.atomic():
        Holiday.objects.update(name="Something else")


def test_headquarters_keeps_the_list_on_its_page(headquarters, today):
    kavita = client_of(headquarters)
    page = "/applications/holidays"
    assert "No holiday is written down for 2026." in kavita.get(page).content.decode()

    added = kavita.post(f"{page}/add", {"on": "2026-03-04", "name": "Holi", "name_hi": "होली"})
    again = kavita.post(f"{page}/add", {"on": "2026-03-04", "name": "Holi"})
    empty = kavita.post(f"{page}/add", {"on": "2026-03-05", "name": ""})

    assert (added.status_code, added.url) == (302, f"{page}?year=2026")
    assert (again.status_code, empty.status_code) == (409, 422)
    assert [name for _, name in kavita.get(page).context["holidays"]] == ["Holi"]
    assert kavita.post(f"{page}/remove", {"on": "2026-03-02"}).status_code == 409
    assert kavita.post(f"{page}/remove", {"on": "2026-03-04"}).status_code == 302
    assert list(Entry.objects.filter(of_kind="holiday").values_list("action", "of_key", "by")) == [
        ("holiday.added", "2026-03-04", "kavita"), ("holiday.removed", "2026-03-04", "kavita"),
    ]  # fmt: skip


def test_officers_of_districts_read_the_list_and_change_nothing(holi, meena, stranger, ravi, today):
    page = "/applications/holidays"

    for officer in (meena, stranger):
        client = client_of(officer)
        assert [one.on for one, _ in client.get(f"{page}?year=2026").context["holidays"]] == [HOLI]
        assert client.post(f"{page}/add", {"on": "2026-03-05", "name": "x"}).status_code == 403
        assert client.post(f"{page}/remove", {"on": "2026-03-04"}).status_code == 403
    assert client_of(ravi).get(page).status_code == 403


ROWS = [
    ("Date", "Holiday", "Hindi"),
    ("04-03-2026", "Holi", "होली"),
    ("26/03/2026", "Ram Navami", ""),
    ("31-02-2026", "No such day", ""),
    ("2026-03-04", "Other name", ""),
    ("2026-04-03", "", ""),
    ("2062-01-26", "Republic Day", ""),
]
OUTCOMES = [
    (2, "added", ""), (3, "added", ""),
    (4, "refused", "“31-02-2026” is no day that can be read."),
    (5, "refused", "The holiday on 4 March 2026 was not written down. That day stands in the list already: Holi."),
    (6, "refused", "The holiday on 3 April 2026 was not written down. It has no name"),
    (7, "refused", "The holiday on 26 January 2062 was not written down."),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_line_of_a_file_ends_named_and_a_wrong_one_holds_up_no_other(headquarters, today, kind):
    kavita = client_of(headquarters)
    text = "".join(",".join(row) + "\n" for row in ROWS).encode()
    contents = {"csv": text, "xlsx": xlsx(Sheet(ROWS))}[kind]

    first, second = (
        kavita.post("/applications/holidays/file", {"file": SimpleUploadedFile(f"list.{kind}", contents)})
        for _ in range(2)
    )

    told = sorted(first.context["told"], key=lambda one: one.line)
    assert [
        (one.line, one.word, one.why[: len(why)]) for one, (_, _, why) in zip(told, OUTCOMES, strict=True)
    ] == OUTCOMES
    assert first.context["counts"] == [("added", 2), ("known", 0), ("refused", 4)]
    assert second.context["counts"] == [("added", 0), ("known", 2), ("refused", 4)]
    assert [str(one) for one in Holiday.objects.all()] == ["2026-03-04 Holi", "2026-03-26 Ram Navami"]


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        (b"name\nHoli\n", "holiday_file_column_missing"),
        (b"", "holiday_file_column_missing"),
        (b"on,name\n", "holiday_file_empty"),
        (b"on,name\n" + b"2026-03-04,Holi\n" * 1002, "holiday_file_too_large"),
        (b"x" * 1_000_001, "holiday_file_too_large"),
        (b"on,name\n" + b"a" * 200_000 + b",x\n", "holiday_file_not_read"),
        (xlsx(Sheet([("on", "name")], name="A"), Sheet([("on",)], name="B")), "workbook_sheets_unclear"),
    ],
)
def test_file_that_cannot_be_used_is_refused_as_a_whole(headquarters, contents, code):
    assert refused(lambda: holidays.take_in(contents, by=headquarters, at=MARCH_2)) == code
