"""A run's results in the database: all of them or none, once, and the tables say what the run says."""

import json
import os
import re
import signal
import threading
from datetime import date

import pytest
from django.db import DataError, OperationalError

from rasad.journal import actions as journal
from rasad.journal import queries as journal_queries
from rasad.journal.models import Entry
from rasad.pipelines.relief import run as pipeline
from rasad.pipelines.relief.account import NotAccountedFor
from rasad.registry import vault
from rasad.relief import commands, runs, schemes
from rasad.relief.models import Review, Run, SourceRow, Token, TokenMember
from tests.pipelines.relief.cast import ASHA, DRT, FAMILY, aadhaar
from tests.relief.taking import AT, counts, ended, everything, people_on, row, take_in, token_of

pytestmark = pytest.mark.django_db(transaction=True)

TAKEN_IN = {"Token": 8, "TokenMember": 22, "SourceRow": 11, "Review": 1, "Run": 1, "Entry": 1}
NOTHING = {"Token": 0, "TokenMember": 0, "SourceRow": 0, "Review": 0, "Run": 1, "Entry": 0}


@pytest.fixture
def told(first):
    return take_in(first)


def test_token_is_as_the_files_say(told):
    token = token_of("MMPSY", "M-1")

    assert (token.scheme, token.source, token.family_key) == ("drt_2020", "MMPSY", "MMPSY:M-1")
    assert (token.holder_name, token.member_count, token.inherits) == ("Asha Devi", 3, "OPH")
    assert (token.district_code, token.place_code, token.place_name) == ("63", "mangali", "Mangali")
    assert (token.months, token.issued_on) == (["2020-04", "2020-05", "2020-06"], date(2020, 4, 10))
    assert (token.shop_number, token.shop_reason, token.state) == (
        "106300100001",
        "own_place",
        "shop_assigned",
    )
    assert people_on(token) == [(1, "Asha Devi", True), (2, "Suresh Kumar", True), (3, "Pooja", True)]
    waiting = token_of("SARAL", "S-1")
    assert (waiting.shop_number, waiting.shop_reason, waiting.state) == (
        "",
        "no_coordinates",
        "awaiting_shop",
    )


def test_every_row_is_there_with_what_became_of_it(told):
    assert ended("MMPSY", "M-1") == ("token", "issued")
    assert ended("LOCAL_COMMITTEE", "L-1") == ("linked", "same_person")
    assert ended("SARAL", "S-1") == ("token", "issued")
    assert ended("SARAL", "S-2") == ("in_review", "not_verified")
    assert ended("CM_TWITTER", "T-1") == ("refused", "on_free_card")
    assert row("CM_TWITTER", "T-1").facts == {
        "card": "XXXXXXXX5678",
        "category": "OPH",
        "proof": "aadhaar",
        "member_line": 1,
    }
    assert token_of("LOCAL_COMMITTEE", "L-1") == token_of("MMPSY", "M-1")


def test_summary_is_what_the_tables_hold(told):
    outcomes = {
        outcome: SourceRow.objects.filter(outcome=outcome).count() for outcome in SourceRow.Outcome.values
    }

    assert outcomes == {"token": 8, "linked": 1, "refused": 1, "in_review": 1}
    assert counts() == TAKEN_IN
    assert told.summary["rows"] == told.summary["rows_added"] == 11
    assert told.summary["tokens"] == told.summary["tokens_added"] == 8
    assert (told.summary["linked"], told.summary["rows_changed"]) == (1, 0)
    assert (told.summary["refused"], told.summary["in_review"]) == ({"on_free_card": 1}, {"not_verified": 1})
    assert told.summary["shops"] == {
        "no_coordinates": Token.objects.filter(shop_reason="no_coordinates").count(),
        "own_place": Token.objects.filter(shop_reason="own_place").count(),
    }
    assert told.summary["reviews"] == Review.objects.count() == 1


def test_run_keeps_the_scheme_it_was_judged_by(told):
    assert (told.state, told.stage, told.percent, told.by) == ("done", "done", 100, "kavita")
    assert (told.started_at, told.finished_at) == (AT, AT)
    assert schemes.recorded(told) == DRT


def test_journal_has_one_entry_of_a_run(told):
    entry = Entry.objects.get()

    assert (entry.action, entry.by, entry.at) == ("relief.run_taken_in", "kavita", AT)
    assert (entry.of_kind, entry.of_key) == ("run", told.key)
    assert entry.facts == {
        "rows": 11,
        "tokens": 8,
        "linked": 1,
        "refused": {"on_free_card": 1},
        "in_review": {"not_verified": 1},
        "tokens_added": 8,
        "rows_added": 11,
        "rows_changed": 0,
    }
    assert journal_queries.verify().broken_at is None


def test_question_about_a_card_is_told_in_codes(told):
    asked = Review.objects.get()

    assert asked.token == token_of("SARAL", "S-1")
    assert asked.token.state == "awaiting_shop"
    assert (asked.district_code, asked.card_number, asked.card_category) == ("63", "069012345678", "OPH")
    assert (asked.weight, asked.state) == (5.25, "open")
    assert asked.reasons == ["name_spelt_differently", "same_mobile"]


@pytest.mark.req("R-INT-19")
def test_same_run_again_changes_nothing(first, told):
    before = everything()

    commands.run_into_database(first.work, first.out, by="meena")

    assert everything() == before


def breaks(*_given, **_told):
    raise OperationalError("the disk is full")


FAULTS = {
    "before the first row": ("_renumber", OperationalError),
    "between tokens and people": ("INSERT INTO relief_tokenmember", DataError),
    "between people and rows": ("INSERT INTO relief_sourcerow", DataError),
    "after the last row": ("ANALYZE relief_sourcerow", DataError),
}


def break_at(patch, tmp_path, place):
    """Make the load fail at a place: a call of ours, or a statement before which something else is asked."""
    if hasattr(runs, place):
        patch.setattr(runs, place, breaks)
        return
    broken = tmp_path / "broken.sql"
    broken.write_text(runs._SQL.read_text().replace(place, f"SELECT 1 / 0;\n{place}"))
    patch.setattr(runs, "_SQL", broken)


@pytest.mark.parametrize("place", FAULTS)
def test_load_broken_off_leaves_nothing_and_the_next_try_goes_on(first, tmp_path, monkeypatch, place):
    where, error = FAULTS[place]
    monkeypatch.setattr(pipeline, "relief_run", lambda *_: {})
    with monkeypatch.context() as patch:
        break_at(patch, tmp_path, where)
        with pytest.raises(error):
            commands.run_into_database(first.work, first.out, by="kavita")
    stopped, left = Run.objects.get(), counts()

    done = take_in(first)

    assert left == NOTHING
    assert (stopped.state, stopped.stage, stopped.summary) == ("failed", "load", {"why": error.__name__})
    assert stopped.finished_at >= stopped.started_at
    assert (done.pk, done.state, counts()) == (stopped.pk, "done", TAKEN_IN)


def test_ctrl_c_in_the_middle_of_the_load_leaves_nothing(first, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "relief_run", lambda *_: {})
    slow = tmp_path / "slow.sql"
    slow.write_text(runs._SQL.read_text().replace("ANALYZE ended;", "SELECT pg_sleep(60);"))
    with monkeypatch.context() as patch:
        patch.setattr(runs, "_SQL", slow)
        threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            commands.run_into_database(first.work, first.out, by="kavita")
    left, why = counts(), Run.objects.get().summary["why"]

    take_in(first)

    assert (left, why) == (NOTHING, "KeyboardInterrupt")
    assert counts() == TAKEN_IN


def test_load_without_its_journal_entry_is_none(first, monkeypatch):
    monkeypatch.setattr(journal, "write", breaks)

    with pytest.raises(OperationalError):
        take_in(first)

    assert counts() == NOTHING


def test_run_whose_account_does_not_come_out_leaves_nothing(first, tmp_path, monkeypatch):
    forgets = tmp_path / "forgets.sql"
    forgets.write_text(
        runs._SQL.read_text().replace("FROM ended\nORDER BY", "FROM ended WHERE line = 0\nORDER BY")
    )
    monkeypatch.setattr(runs, "_SQL", forgets)

    with pytest.raises(NotAccountedFor, match="11 rows and 8 tokens to take in, 0 and 8 there"):
        take_in(first)

    assert counts() == NOTHING


@pytest.mark.parametrize(
    ("error", "shown", "why"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt, "KeyboardInterrupt"),
        # What DuckDB makes of Ctrl-C.
        (RuntimeError("Query interrupted"), KeyboardInterrupt, "KeyboardInterrupt"),
        (RuntimeError("odd"), RuntimeError, "RuntimeError"),
        (MemoryError(), MemoryError, "MemoryError"),
    ],
)
def test_run_that_stops_in_the_middle_says_why_and_goes_on_next_time(first, monkeypatch, error, shown, why):
    def stops(_work, _out, tell):
        tell("merge", 5, 10)
        raise error

    monkeypatch.setattr(pipeline, "relief_run", stops)
    with pytest.raises(shown):
        commands.run_into_database(first.work, first.out, by="kavita")
    stopped = Run.objects.get()
    monkeypatch.setattr(pipeline, "relief_run", lambda *_: {})
    commands.run_into_database(first.work, first.out, by="kavita")

    assert (stopped.state, stopped.stage, stopped.summary) == ("failed", "merge", {"why": why})
    assert (Run.objects.get().state, counts()) == ("done", TAKEN_IN)


def test_page_can_follow_a_run_stage_by_stage(first, monkeypatch):
    seen = []
    advance = runs.advance

    def watched(run, stage, percent):
        advance(run, stage, percent)
        seen.append(Run.objects.values_list("state", "stage", "percent").get())

    monkeypatch.setattr(runs, "advance", watched)

    commands.run_into_database(first.work, first.out, by="kavita")

    told = [stage for _, stage, _ in seen]
    percents = [percent for *_, percent in seen]
    assert told == [
        "collect",
        "problems",
        "screen",
        "check",
        "match",
        "merge",
        "issue",
        "assign",
        "account",
        "load",
    ]
    assert {state for state, *_ in seen} == {"running"}
    assert (percents == sorted(percents), percents[0], percents[-1]) == (True, 0, 90)


def test_run_that_nobody_ended_is_begun_anew(first):
    left = runs.begun(first.work, by="ravi", at=AT)
    runs.advance(left, "merge", 50)

    again = runs.begun(first.work, by="meena", at=AT)

    assert (again.pk, again.state, again.stage, again.percent, again.by) == (
        left.pk,
        "running",
        "",
        0,
        "meena",
    )


@pytest.mark.req("R-NFR-03")
def test_no_aadhaar_number_is_in_any_table(told):
    written = everything()

    given = [one.aadhaar for one in FAMILY] + [aadhaar(40), aadhaar(50)]
    assert [number for number in given if number in written] == []
    # Within a digest, or behind the point of a weight, twelve digits meet by chance.
    assert re.findall(r"(?<![0-9A-Za-z])(?<!\d\.)[2-9]\d{11}(?![0-9A-Za-z])", written) == []


def test_person_on_a_token_has_the_reference_of_the_register(told):
    on_token = TokenMember.objects.get(name="Asha Devi")

    assert bytes(on_token.aadhaar_ref) == vault.references([ASHA.aadhaar])[0]


def test_texts_and_lines_that_no_table_holds_are_made_to_fit(told):
    assert people_on(token_of("MMPSY", "M-3")) == [
        (1, "Mohan", True),
        (2, "Suman", True),
        (3, "Ritu Rani", True),
    ]


def test_results_on_paper_and_in_the_tables_are_of_one_run(first, told):
    summary = json.loads((first.out / "summary.json").read_text())
    del summary["conditions"]

    assert {name: told.summary[name] for name in summary} == summary


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("KeyboardInterrupt", "Somebody stopped it."),
        ("MemoryError", "The machine had too little memory for it."),
        ("NotAccountedFor", "A fault in the program: NotAccountedFor. Tell whoever looks after the system."),
    ],
)
def test_page_of_a_run_that_stopped_says_why(told, headquarters, logged_in, why, words):
    Run.objects.update(state="failed", stage="merge", summary={"why": why})

    page = logged_in(headquarters).get(f"/relief/runs/{told.key}").content.decode()

    assert words in page


def test_page_knows_a_run_that_was_killed(first, headquarters, logged_in):
    run = runs.begun(first.work, by="kavita", at=AT)
    runs.advance(run, "merge", 50)
    client, address = logged_in(headquarters), f"/relief/runs/{run.key}"
    runs.hold(run)
    alive = client.get(address).content.decode()

    # What the end of its connection does, however it comes.
    runs.let_go(run)

    assert "Under way, 50 of 100" in alive
    page = client.get(address).content.decode()
    assert "It was cut off: the machine went down, or the process was killed." in page
    assert "Under way" not in page
    assert "Failed" in client.get("/relief/runs").content.decode()
