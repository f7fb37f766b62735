"""The auditor's command: books that are whole say so, and any change behind their back is found."""

import pytest
from django.db import connection
from typer.testing import CliRunner

from rasad.counter import ledger_commands, selling
from rasad.counter import verify as sealed
from rasad.counter.models import Sale
from rasad.ledger import verify as books
from tests.counter import cast


@pytest.fixture
def sold(ashas, world):
    """Two sales and one of them taken back."""
    first = cast.visit()
    cast.finger(first, world)
    cast.sell(first, wheat=5_000, pulses=1_000)
    second = cast.visit()
    cast.finger(second, world)
    cast.sell(second, wheat=10_000)
    selling.reverse(Sale.objects.get(pk=second.visit.pk), reason="wrong family", by="ravi", at=cast.NOON)
    return first


def behind_its_back(statement: str, *, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_books_after_a_day_are_whole(sold):
    told, seen = books.verify(), sealed.verify()

    assert (told.findings, seen.findings) == ((), ())
    assert (told.transfers, seen.sales, seen.seals) == (3 + 3 + 2 + 2, 2, 2)


def test_counter_changed_by_hand_is_found(sold):
    behind_its_back(
        "UPDATE ledger_account SET received = received - 1000 WHERE kind = 'entitlement' AND commodity = 'wheat'",
        table="ledger_account",
    )

    assert [(one.code, one.said, one.facts) for one in books.verify().findings] == [
        (
            "not_what_moved",
            f"entitlement {cast.CARD} 2026-11 wheat",
            "counters 14000 in, 10000 out, 0 held; rows 15000, 10000, 0",
        )
    ]


def test_payment_changed_by_hand_is_found(sold):
    behind_its_back(
        f"UPDATE ledger_transfer SET quantity = 1 WHERE kind = 'payment' AND document = '{sold.visit.pk}'",
        table="ledger_transfer",
    )

    assert [(one.code, one.of) for one in sealed.verify().findings] == [
        ("sale_without_books", str(sold.visit.pk))
    ]


def test_limit_changed_by_hand_is_found(sold):
    behind_its_back(
        "UPDATE ledger_account SET granted = granted + 1 WHERE kind = 'entitlement' AND commodity = 'pulses'",
        table="ledger_account",
    )

    assert [(one.code, one.facts) for one in books.verify().findings] == [
        ("not_what_was_granted", "counter 2501; grants 2500")
    ]


def test_line_made_smaller_is_found_in_books_and_seal(sold):
    behind_its_back(
        f"UPDATE ledger_transfer SET quantity = 4000 WHERE document = '{sold.visit.pk}' AND quantity = 5000",
        table="ledger_transfer",
    )

    assert {one.code for one in books.verify().findings} == {"not_what_moved"}
    assert [(one.code, one.of) for one in sealed.verify().findings] == [("sale_changed", str(sold.visit.pk))]


def test_sale_given_to_another_card_is_found(sold):
    behind_its_back(
        f"UPDATE counter_sale SET holder = '069900000099' WHERE id = '{sold.visit.pk}'", table="counter_sale"
    )

    assert [(one.code, one.of) for one in sealed.verify().findings] == [("sale_changed", str(sold.visit.pk))]


def test_sale_taken_out_is_found(sold):
    behind_its_back(f"DELETE FROM counter_sale WHERE id = '{sold.visit.pk}'", table="counter_sale")

    assert [(one.code, one.of) for one in sealed.verify().findings] == [
        ("seal_broken", "0/1"),
        ("books_without_sale", str(sold.visit.pk)),
    ]


def test_newest_sale_cut_off_with_all_its_rows_is_found_with_the_heads_seen_earlier(sold, ashas, world):
    """Whoever owns the database leaves books that fit; only what was kept elsewhere tells."""
    before = sealed.verify()
    third = cast.visit()
    cast.finger(third, world)
    cast.sell(third, wheat=1_000)
    heads = sealed.verify(seen=before.heads).heads
    gone = f"'{third.visit.pk}'"
    behind_its_back(f"DELETE FROM counter_sale WHERE id = {gone}", table="counter_sale")
    behind_its_back(f"DELETE FROM ledger_transfer WHERE document = {gone}", table="ledger_transfer")
    behind_its_back("DELETE FROM journal_seal WHERE number = 3", table="journal_seal")
    behind_its_back("UPDATE ledger_account SET received = received - 1000 WHERE kind = 'entitlement'"
                    " AND commodity = 'wheat'", table="ledger_account")  # fmt: skip
    behind_its_back("UPDATE ledger_account SET given = given - 1000 WHERE kind = 'stock'"
                    " AND commodity = 'wheat'", table="ledger_account")  # fmt: skip

    assert (books.verify().findings, sealed.verify().findings) == ((), ())
    assert sealed.verify(seen=before.heads).findings == ()
    assert [(one.code, one.of) for one in sealed.verify(seen=heads).findings] == [("cut_short", "0/3")]


def test_command_prints_the_heads_and_takes_them(sold):
    first = CliRunner().invoke(ledger_commands.app, ["verify"])
    heads = first.output.split("Heads: ")[1].splitlines()[0]

    assert first.exit_code == 0
    assert CliRunner().invoke(ledger_commands.app, ["verify", "--seen", heads]).exit_code == 0
    other = CliRunner().invoke(ledger_commands.app, ["verify", "--seen", heads[:-1] + "x"])
    cut = CliRunner().invoke(ledger_commands.app, ["verify", "--seen", f"0/9:{'0' * 64}"])
    assert (other.exit_code, cut.exit_code) == (2, 1)
    assert "a seal that was seen earlier is gone or another one: 0/9" in cut.output


def test_seal_cut_off_with_its_sale_leaves_the_grain_moved(sold):
    behind_its_back(f"DELETE FROM counter_sale WHERE id = '{sold.visit.pk}'", table="counter_sale")
    behind_its_back("DELETE FROM journal_seal WHERE number = 1", table="journal_seal")

    assert [(one.code, one.of) for one in sealed.verify().findings] == [
        ("seal_missing", "0/1"),
        ("seal_broken", "0/2"),
        ("books_without_sale", str(sold.visit.pk)),
    ]
