"""Requests as offices type or send them: odd days, odd files, sent twice; called back while a run goes on."""

from datetime import UTC, date, datetime

import pytest

from rasad.desk import background
from rasad.desk.actions import forwarding
from rasad.desk.actions.forwarding import Entered, Request
from rasad.jobs import running
from rasad.jobs.models import Job
from rasad.relief import schemes
from rasad.relief.models import SourceRow, Token
from rasad.values.refused import Refused
from tests.cast import client_of
from tests.desk.conftest import NOON, TODAY
from tests.desk.screens import at_once, clock, csv
from tests.workbooks import Sheet, xlsx

pytestmark = pytest.mark.django_db(transaction=True)
ENGLISH = {"accept-language": "en"}
SAID = {
    "name": "Parvati", "reference": "R-1", "received_on": "2020-05-14", "members-TOTAL_FORMS": "0",
    "members-INITIAL_FORMS": "0",
}  # fmt: skip
HEADING = "reference,received_on,name,mobile\n"


@pytest.fixture(autouse=True)
def _at(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    clock(monkeypatch, 15, 5)


@pytest.fixture
def office(imran):
    return client_of(imran)


def tweet(client, **said):
    return client.post("/desk/tweet", SAID | said, headers=ENGLISH)


def sent(client, text):
    return client.post("/desk/tweets", {"file": csv("t.csv", text)}, headers=ENGLISH)


@pytest.mark.parametrize("day", ["2099-01-01", "2020-05-16", "1999-12-31", "1900-01-01", "0001-01-01"])
def test_request_is_received_on_a_day_of_this_century_that_has_come(desk, office, day):
    page = tweet(office, received_on=day)

    assert (page.status_code, SourceRow.objects.filter(reference="R-1").count()) == (422, 0)
    assert "A request was received between 1 January 2000 and today." in page.content.decode()
    told = sent(office, f"{HEADING}R-1,{day},Parvati,\n").content.decode()
    assert ("not taken" in told, SourceRow.objects.filter(reference="R-1").count()) == (True, 0)


def test_first_and_last_day_that_can_be_are_taken(desk, office):
    assert tweet(office, received_on="2000-01-01").status_code == 302
    assert tweet(office, received_on="2020-05-15", reference="R-2").status_code == 302


@pytest.mark.parametrize("received", [None, date(1900, 1, 1), date(2099, 1, 1)])
def test_request_of_an_impossible_day_counts_from_the_day_it_was_passed_on(
    desk, headquarters, office, received
):
    row = desk.rows["dhanpat"]
    SourceRow.objects.filter(pk=row.pk).update(
        received_on=received, forwarded_by="imran", forwarded_at=datetime(2020, 5, 4, 6, 30, tzinfo=UTC)
    )
    client_of(headquarters).post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()

    token = Token.objects.get(holder_name="Dhanpat")
    assert (token.issued_on, token.months) == (date(2020, 5, 4), ["2020-05", "2020-06"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADING + "R-1,2020-05-14,Par\0vati,\n", "contains a sign that is no letter"),
        (HEADING + f"R-1,2020-05-14,{'a' * 140_000},\n", "a cell that does not end"),
        (HEADING + 'R-1,2020-05-14,"Parvati,\n', "About line 2"),
    ],
)
def test_broken_file_is_refused_with_a_sentence(desk, office, text, words):
    page = sent(office, text)

    assert (page.status_code in (400, 422), words in page.content.decode()) == (True, True)


def test_file_with_old_ends_of_lines_is_read(desk, office):
    sent(office, f"{HEADING}R-1,2020-05-14,Parvati,\nR-2,2020-05-14,Kiran,\n".replace("\n", "\r"))

    assert list(SourceRow.objects.filter(run=None).order_by("reference").values_list("reference", "holder_name")) == [
        ("R-1", "Parvati"), ("R-2", "Kiran"),
    ]  # fmt: skip


@pytest.mark.parametrize(("mobile", "kept"), [("9876500077\n", "9876500077"), (" 9876500077 ", "9876500077")])
def test_pasted_mobile_is_taken_without_what_is_around_it(desk, office, mobile, kept):
    assert tweet(office, mobile=mobile).status_code == 302
    assert SourceRow.objects.get(reference="R-1").mobile == kept


def test_mobile_of_a_file_line_ends_where_it_ends(desk, office):
    told = sent(office, f'{HEADING}R-1,2020-05-14,Parvati,"98765\n00077"\n').content.decode()

    assert ("not taken" in told, SourceRow.objects.filter(reference="R-1").count()) == (True, 0)


def request(name="Parvati"):
    return Request(
        source="CM_TWITTER", district="63", place="", place_name="", address="", mobile="", people=[Entered(name)],
        own={"forwarded": False, "handle": ""}, received_on=TODAY,
    )  # fmt: skip


def entered(by, name="Parvati"):
    scheme = schemes.known("drt_2020")
    return forwarding.enter_request(scheme=scheme, request=request(name), reference="R-1", by=by, at=NOON)


def test_same_request_sent_twice_at_once_is_one_row(desk, imran):
    said = at_once(*(lambda: entered(imran).pk for _ in range(6)))

    assert said == [SourceRow.objects.get(reference="R-1").pk] * 6
    assert SourceRow.objects.get(reference="R-1").people.count() == 1


def test_two_families_under_one_reference_at_once_are_one_row_and_a_refusal(desk, imran):
    said = at_once(lambda: entered(imran).holder_name, lambda: entered(imran, "Kiran").holder_name)

    assert sorted(isinstance(one, Refused) for one in said) == [False, True]
    assert SourceRow.objects.filter(reference="R-1").count() == 1


def test_hidden_fields_that_were_tampered_with_break_nothing(desk, office):
    assert tweet(office, reference="x" * 200).status_code == 302
    assert SourceRow.objects.filter(reference="x" * 80).count() == 1
    for total in ("abc", "", "-5", "9" * 5000, "२"):
        page = tweet(office, more="1", **{"members-TOTAL_FORMS": total})
        assert (page.status_code, b"members-3-name" in page.content) == (200, True)
    assert tweet(office, **{"members-TOTAL_FORMS": "abc"}).status_code == 422


def forwarded(office, row):
    office.post("/desk/forward/go", {"row": row.pk})
    row.refresh_from_db()
    return row


def called_back(office, row):
    return office.post(f"/desk/forward/{row.pk}/back").status_code


def test_row_called_back_while_the_run_goes_on_gets_no_token(desk, headquarters, office, imran, monkeypatch):
    row = forwarded(office, desk.rows["dhanpat"])
    tweet(office)
    other = forwarded(office, SourceRow.objects.get(reference="R-1"))
    check, answers = forwarding.check_still_forwarded, []

    def meanwhile(keys):
        if not answers:
            # In a thread: it is another officer's connection, not this transaction.
            answers.extend(at_once(lambda: called_back(office, row)))
        check(keys)

    monkeypatch.setattr(forwarding, "check_still_forwarded", meanwhile)
    client_of(headquarters).post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()

    row.refresh_from_db()
    other.refresh_from_db()
    assert answers == [302]
    assert Job.objects.get().state == "done"
    assert (row.outcome, row.token, row.forwarded_by) == ("in_review", None, "")
    assert (other.outcome, other.token.holder_name, other.forwarded_by) == ("token", "Parvati", "imran")


def test_calling_back_waits_for_the_run_and_is_then_too_late(desk, headquarters, office, monkeypatch):
    row = forwarded(office, desk.rows["dhanpat"])
    client_of(headquarters).post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()

    assert called_back(office, row) == 409
    row.refresh_from_db()
    assert (row.outcome, row.forwarded_by) == ("token", "imran")


def test_row_that_a_run_refused_is_not_called_back(desk, office, imran):
    row = forwarded(office, desk.rows["dhanpat"])
    SourceRow.objects.filter(pk=row.pk).update(outcome="refused", reason="on_free_card")

    assert called_back(office, row) == 409
    row.refresh_from_db()
    assert row.forwarded_by == "imran"


def test_run_whose_families_are_called_back_again_and_again_is_given_up(
    desk, headquarters, office, monkeypatch
):
    row = forwarded(office, desk.rows["dhanpat"])

    def never(keys):
        raise Refused("called_back_meanwhile", rows=1)

    monkeypatch.setattr(forwarding, "check_still_forwarded", never)
    client_of(headquarters).post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()

    assert (Job.objects.get().why["code"], background.MOST_RUNS) == ("called_back_meanwhile", 3)
    assert not Token.objects.filter(holder_name="Dhanpat").exists()
    assert row.outcome == "in_review"


def test_workbook_of_requests_is_taken_by_the_rows_of_its_sheet(desk, office):
    rows = [
        HEADING.strip().split(","),
        ["R-1", date(2020, 5, 14), "Parvati", 9876500077],
        None,
        ["", "", "Kiran", ""],
    ]

    told = sent(office, xlsx(Sheet(rows)))

    [row] = SourceRow.objects.filter(run=None, reference="R-1")
    assert (row.holder_name, row.mobile, row.received_on) == ("Parvati", "9876500077", date(2020, 5, 14))
    assert [(one["outcome"], one["number"]) for one in told.context["told"]] == [("refused", 4), ("taken", 2)]


def test_locked_workbook_of_requests_is_refused_with_a_sentence(desk, office):
    page = sent(office, b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))

    assert (page.status_code, "is locked with a password" in page.content.decode()) == (422, True)
