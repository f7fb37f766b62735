"""The journal is added to and never changed; a change from outside is found at its number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from rasad.journal import queries
from rasad.journal.actions import write
from rasad.journal.models import Entry

NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)


def issue(number: str, **facts: object) -> Entry:
    return write("token.issued", of_kind="token", of_key=number, by="meena", at=NOON, facts=facts)


def tamper(statement: str) -> None:
    """What somebody with the database's own password could do: switch the guards off and write."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")


@pytest.mark.req("R-NFR-01")
def test_entry_keeps_who_when_what_before_after_and_why(db: None) -> None:
    write(
        "card.category_changed",
        of_kind="card",
        of_key="063000000012",
        by="meena",
        at=NOON,
        reason="Order 12/2020",
        facts={
            "before": "APL",
            "after": "OPH",
            "on": date(2020, 5, 1),
            "share": Decimal("0.5"),
            "shops": (1, 2),
        },
    )
    entry = Entry.objects.get()
    assert (entry.by, entry.at, entry.action, entry.of_key, entry.reason) == (
        "meena",
        NOON,
        "card.category_changed",
        "063000000012",
        "Order 12/2020",
    )
    assert entry.facts == {
        "before": "APL",
        "after": "OPH",
        "on": "2020-05-01",
        "share": "0.5",
        "shops": [1, 2],
    }
    assert queries.verify().whole


def test_entry_of_an_act_that_failed_is_gone_with_it(db: None) -> None:
    def issue_and_fail() -> None:
        with transaction.atomic():
            issue("A")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        issue_and_fail()
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_entry_outside_a_transaction_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        issue("A")


def test_fact_that_would_not_read_back_the_same_is_a_bug(db: None) -> None:
    with pytest.raises(TypeError, match="takes no float"):
        issue("A", weight=1e20)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET by = 'stranger' WHERE number = 2",
        "DELETE FROM journal_entry WHERE number = 2",
        "TRUNCATE journal_entry",
    ],
)
def test_raw_sql_that_changes_an_entry_is_refused_by_the_database(db: None, statement: str) -> None:
    issue("A"), issue("B"), issue("C")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [entry.of_key for entry in Entry.objects.all()] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("statement", "broken_at", "problem"),
    [
        ("UPDATE journal_entry SET by = 'stranger' WHERE number = 2", 2, "changed"),
        ("UPDATE journal_entry SET facts = '{}' WHERE number = 3", 3, "changed"),
        ("UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE number = 1", 1, "changed"),
        ("DELETE FROM journal_entry WHERE number = 2", 2, "missing"),
        ("DELETE FROM journal_entry WHERE number = 1", 1, "missing"),
        ("UPDATE journal_entry SET previous_hash = repeat('0', 64) WHERE number = 3", 3, "unlinked"),
    ],
)
def test_tampering_is_found_at_its_number(db: None, statement: str, broken_at: int, problem: str) -> None:
    issue("A", grams=5000), issue("B", grams=5000), issue("C", grams=5000)
    tamper(statement)
    verdict = queries.verify()
    assert (verdict.broken_at, verdict.problem) == (broken_at, problem)


def test_end_that_was_cut_off_is_found_with_a_head_seen_earlier(db: None) -> None:
    issue("A"), issue("B")
    seen = queries.verify()
    tamper("DELETE FROM journal_entry WHERE number = 2")
    assert queries.verify().whole
    verdict = queries.verify(seen_number=seen.entries, seen_hash=seen.head)
    assert (verdict.broken_at, verdict.problem) == (2, "cut_short")


def test_chain_written_anew_is_found_with_a_head_seen_earlier(db: None) -> None:
    issue("A"), issue("B")
    seen = queries.verify()
    tamper("DELETE FROM journal_entry WHERE number = 2")
    issue("not B")
    verdict = queries.verify(seen_number=seen.entries, seen_hash=seen.head)
    assert (verdict.broken_at, verdict.problem) == (2, "changed")


@pytest.mark.django_db(transaction=True)
def test_two_hundred_entries_by_eight_writers_at_once_make_one_chain() -> None:
    def write_25(writer: int) -> None:
        for turn in range(25):
            with transaction.atomic():
                issue(f"{writer}-{turn}")
        connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(write_25, range(8)))
    verdict = queries.verify()
    assert (verdict.whole, verdict.entries) == (True, 200)
    assert len(set(Entry.objects.values_list("of_key", flat=True))) == 200
