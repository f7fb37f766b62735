"""What must never be is refused by the database itself, whoever writes: each guard is there, and each one bites."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from rasad.counter import selling
from rasad.counter.models import Attempt, Consent, ElsewhereLift, Kind, Sale, Visit
from rasad.ledger import actions as ledger
from rasad.ledger.models import AwayLift
from rasad.ledger.posting import missing
from rasad.values.refused import Refused
from tests.cast import NOON
from tests.counter import cast
from tests.races.counters import asked, delivered, granted

pytestmark = pytest.mark.django_db

# Kind as PostgreSQL has it: u unique, x exclusion, c check.
CONSTRAINTS = {
    "ledger_account_once": "u",
    "ledger_counters_not_negative": "c",
    "ledger_not_over_granted": "c",
    "ledger_no_overdraft": "c",
    "ledger_one_alternative_a_month": "x",
    "ledger_transfer_moves_something": "c",
    "ledger_transfer_between_two": "c",
    "ledger_grant_says_something": "c",
    "ledger_hold_holds": "c",
    "ledger_away_lifts_keep_their_gap": "x",
    "counter_attempt_once": "u",
    "counter_visitors_by_finger_only": "c",
    "counter_unauthenticated_says_why": "c",
    "counter_reversal_says_why": "c",
    "counter_stock_change_changes": "c",
    "counter_stock_change_by_two_persons": "c",
    "shops_capacity_not_negative": "c",
    "shops_opens_before_it_closes": "c",
    "shops_weekday_of_a_week": "c",
    "shops_hours_never_overlap": "x",
    "shops_closed_once_a_day": "u",
    "shops_revoked_by_somebody_for_a_reason": "c",
    "shops_opening_never_replayed": "u",
    "shops_session_expires_later": "c",
    "shops_battery_in_percent": "c",
    "shops_online_until_after_since": "c",
    "shops_online_a_day_at_most": "c",
}
# Tables to which rows are added and nothing else is done.
APPEND_ONLY = (
    "ledger_transfer", "ledger_grant", "ledger_hold", "ledger_holdend", "counter_attempt", "counter_consent",
    "counter_sale", "counter_reversal", "counter_refusal", "counter_elsewherelift", "journal_entry", "journal_seal",
)  # fmt: skip
COLUMNS = {
    "ledger_transfer": "quantity", "ledger_grant": "quantity", "ledger_hold": "quantity", "ledger_holdend": "at",
    "counter_attempt": "outcome", "counter_consent": "language", "counter_sale": "amount",
    "counter_reversal": "reason", "counter_refusal": "code", "counter_elsewherelift": "shop", "journal_entry": "by",
    "journal_seal": "entries",
}  # fmt: skip


def refused(statement, *values, by):
    """The database refuses a statement, naming the guard."""
    with (
        pytest.raises(DatabaseError, match=by),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def change(account, **counters):
    """Set counters of an account behind everybody's back."""
    said = ", ".join(f"{name} = {value}" for name, value in counters.items())
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_account SET {said} WHERE id = %s", [account.pk])


@pytest.fixture
def rice():
    return granted()["rice", ""]


def test_every_named_constraint_is_there_and_valid():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, contype::text FROM pg_constraint WHERE conname = ANY(%s) AND convalidated",
            [list(CONSTRAINTS)],
        )
        assert dict(cursor.fetchall()) == CONSTRAINTS


def test_every_table_that_is_only_added_to_has_its_two_guards():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgtype & 32 > 0, tgtype & 16 > 0 AND tgtype & 8 > 0 FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled = 'O'"
            " AND (tgname LIKE 'pgtrigger_append_only_%%' OR tgname LIKE 'pgtrigger_no_truncate_%%')"
        )
        guards = set(cursor.fetchall())

    assert {table for table, on_truncate, _ in guards if on_truncate} >= set(APPEND_ONLY)
    assert {table for table, _, on_change in guards if on_change} >= set(APPEND_ONLY)


def test_limit_and_keeping_of_accounts_have_their_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(tgname FROM 'pgtrigger_(.*)_[0-9a-f]+$') FROM pg_trigger"
            " WHERE tgrelid = 'ledger_account'::regclass AND NOT tgisinternal AND tgenabled = 'O'"
        )
        assert {name for (name,) in cursor.fetchall()} == {"mirror_into_cap", "kept"}


def test_more_than_is_granted_is_refused(rice):
    refused("UPDATE ledger_account SET received = 5001 WHERE id = %s", rice.pk, by="ledger_not_over_granted")


def test_more_than_is_granted_is_refused_where_part_is_held(rice):
    change(rice, received=3_000, held=2_000)

    refused("UPDATE ledger_account SET held = 2001 WHERE id = %s", rice.pk, by="ledger_not_over_granted")


def test_granting_less_than_was_taken_is_refused(rice):
    change(rice, received=3_000)

    refused("UPDATE ledger_account SET granted = 2999 WHERE id = %s", rice.pk, by="ledger_not_over_granted")


def test_entitlement_without_a_grant_is_refused(rice):
    refused("UPDATE ledger_account SET granted = NULL WHERE id = %s", rice.pk, by="ledger_not_over_granted")


def test_giving_back_more_than_was_taken_is_refused(rice):
    refused("UPDATE ledger_account SET given = 1 WHERE id = %s", rice.pk, by="ledger_no_overdraft")


@pytest.mark.parametrize("counters", ["given = 1001", "given = 900, held = 101", "held = 1001"])
def test_stock_is_never_overdrawn(counters):
    delivered("1069", rice=1_000)
    stock = ledger.stock("1069", "rice", "NFSA")

    refused(f"UPDATE ledger_account SET {counters} WHERE id = %s", stock.pk, by="ledger_no_overdraft")


@pytest.mark.parametrize("counter", ["received", "given", "held"])
def test_counters_never_fall_below_zero(rice, counter):
    refused(
        f"UPDATE ledger_account SET {counter} = -1 WHERE id = %s", rice.pk,
        by="ledger_counters_not_negative|ledger_no_overdraft",
    )  # fmt: skip


def test_account_stands_once_under_its_names(rice):
    refused(
        "INSERT INTO ledger_account (kind, holder, month, commodity, part, unit, granted, received, given, held,"
        " cap_group, choice_group) VALUES ('entitlement', '0699', '2026-11', 'rice', '', 'g', 1, 0, 0, 0, '', '')",
        by="ledger_account_once",
    )


def test_account_is_never_deleted(rice):
    refused("DELETE FROM ledger_account WHERE id = %s", rice.pk, by="Cannot delete")


def test_what_one_oil_takes_is_taken_from_the_limit():
    accounts = granted()
    change(accounts["mustard_oil", ""], received=1_500)

    limit = accounts["oil", ""]
    limit.refresh_from_db()
    assert limit.received == 1_500
    refused(
        "UPDATE ledger_account SET received = 501 WHERE id = %s", accounts["soya_oil", ""].pk,
        by="ledger_not_over_granted",
    )  # fmt: skip


def test_what_is_held_of_one_oil_is_held_on_the_limit():
    accounts = granted()
    change(accounts["mustard_oil", ""], held=2_000)

    refused(
        "UPDATE ledger_account SET held = 1 WHERE id = %s", accounts["soya_oil", ""].pk,
        by="ledger_not_over_granted",
    )  # fmt: skip


def test_goods_of_a_limit_that_has_no_account_cannot_be_taken(rice):
    change(rice, cap_group="'nothing'")

    refused("UPDATE ledger_account SET received = 1 WHERE id = %s", rice.pk, by="shares a limit")


@pytest.mark.parametrize("taken", ["received = 1", "held = 1"])
def test_second_alternative_is_refused(taken):
    accounts = granted()
    change(accounts["wheat", ""], received=1)

    refused(
        f"UPDATE ledger_account SET {taken} WHERE id = %s", accounts["atta", ""].pk,
        by="ledger_one_alternative_a_month",
    )  # fmt: skip


def test_alternative_is_free_again_once_the_other_was_given_back():
    accounts = granted()
    change(accounts["wheat", ""], received=1)
    change(accounts["wheat", ""], given=1)

    change(accounts["atta", ""], received=1)

    accounts["atta", ""].refresh_from_db()
    assert accounts["atta", ""].chosen == "cereal"


def test_second_lift_outside_the_state_within_seven_days_is_refused():
    first = date(2026, 11, 1)
    ledger.note_away_lift(holder="IN-WB/1", month="2026-11", document=uuid4(), on=first, gap_days=7)

    refused(
        "INSERT INTO ledger_awaylift (holder, month, document, during)"
        " VALUES ('IN-WB/1', '2026-11', %s, '[2026-11-07,2026-11-14)')", uuid4(),
        by="ledger_away_lifts_keep_their_gap",
    )  # fmt: skip
    ledger.note_away_lift(
        holder="IN-WB/1", month="2026-11", document=uuid4(), on=first + timedelta(days=7), gap_days=7
    )
    assert AwayLift.objects.count() == 2


@pytest.fixture
def rows():
    """One row, at least, in every table that is only added to."""
    cast.shop()
    delivered("1069", rice=50_000)
    selling.post(asked(rice=1_000), at=NOON)
    with pytest.raises(Refused):
        selling.post(asked(rice=9_000), at=NOON)
    selling.reverse(Sale.objects.get(), reason="Wrong card", by="ravi", at=NOON)
    document = uuid4()
    ledger.reserve(document=document, lines=[(granted()["wheat", ""].pk, 1)], until=NOON, at=NOON)
    ledger.void_hold(document=document, at=NOON)
    visit = Visit.objects.create(
        id=uuid4(),
        shop_id=cast.RAVIS,
        kind=Kind.HOME,
        holder="0699",
        month="2026-11",
        opened_at=NOON,
        until=NOON,
    )
    Attempt.objects.create(visit=visit, number=1, step="biometric", outcome="mismatch", at=NOON)
    Consent.objects.create(visit=visit, text_version="1", language="hi", at=NOON)
    ElsewhereLift.objects.create(
        reservation=uuid4(), holder="0699", month="2026-11", state="IN-WB", shop="S", lines={}, at=NOON
    )
    with connection.cursor() as cursor:
        # What waits for the commit would bar emptying a table before its guard does.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_rows_are_added_and_nothing_else_is_done(rows, table):
    refused(
        f"UPDATE {table} SET {COLUMNS[table]} = {COLUMNS[table]}", by="Cannot update or delete|append-only"
    )
    refused(f"DELETE FROM {table}", by="Cannot update or delete|append-only|foreign key")
    refused(f"TRUNCATE {table} CASCADE", by="append-only")


def test_transfer_moves_something_between_two():
    said = "INSERT INTO ledger_transfer (document, line, kind, source, target, quantity, at) VALUES (%s, 1, 'sale',"

    refused(f"{said} 1, 2, 0, now())", uuid4(), by="ledger_transfer_moves_something")
    refused(f"{said} 1, 2, -5, now())", uuid4(), by="ledger_transfer_moves_something")
    refused(f"{said} 1, 1, 5, now())", uuid4(), by="ledger_transfer_between_two")


def test_grant_and_reservation_say_how_much(rice):
    refused(
        "INSERT INTO ledger_grant (account_id, quantity, category, members, rules, at)"
        " VALUES (%s, 0, '', 0, '', now())", rice.pk, by="ledger_grant_says_something",
    )  # fmt: skip
    refused(
        "INSERT INTO ledger_hold (document, line, account, quantity, until, at)"
        " VALUES (%s, 1, 1, 0, now(), now())", uuid4(), by="ledger_hold_holds",
    )  # fmt: skip


SALE = (
    "INSERT INTO counter_sale (id, shop_id, kind, holder, month, category, members, home_state, home_shop, mode, why,"
    " ekyc_asked, reference, amount, device, dealer, at, digest, lane, seal)"
    " VALUES (%s, '1069', %s, '0699', '2026-11', 'PHH', 4, '', '', %s, %s, false, '', 0, '', '', now(), '', 1, 1)"
)


@pytest.mark.req("R-PRT-11")
@pytest.mark.parametrize(
    ("mode", "guard"),
    [
        ("mobile_otp", "counter_visitors_by_finger_only"),
        ("", "counter_visitors_by_finger_only"),
        ("unauthenticated", "counter_visitors_by_finger_only|counter_unauthenticated_says_why"),
    ],
)
def test_visitor_is_never_served_without_a_finger(mode, guard):
    refused(SALE, uuid4(), "visitor", mode, "otp_wrong", by=guard)


@pytest.mark.parametrize(("kind", "why"), [("home", ""), ("token", ""), ("away", "otp_wrong")])
def test_sale_without_authentication_is_at_home_and_says_why(kind, why):
    refused(SALE, uuid4(), kind, "unauthenticated", why, by="counter_unauthenticated_says_why")


def test_sale_is_taken_back_once_and_for_a_reason(rows):
    sale = Sale.objects.get()
    said = (
        "INSERT INTO counter_reversal (sale_id, document, reason, by, at) VALUES (%s, %s, %s, 'ravi', now())"
    )

    refused(said, sale.pk, uuid4(), "Again", by="counter_reversal_pkey")
    refused(said, uuid4(), uuid4(), "", by="counter_reversal_says_why")


CHANGE = (
    "INSERT INTO counter_stockchange (id, shop_id, commodity, allocation, quantity, reason, proposed_by, proposed_at,"
    " outcome, decided_by) VALUES (%s, %s, 'rice', 'NFSA', %s, %s, 'meena', now(), %s, %s)"
)


@pytest.mark.parametrize(
    ("quantity", "reason", "outcome", "decided_by", "guard"),
    [
        (100, "Counted", "confirmed", "meena", "counter_stock_change_by_two_persons"),
        (100, "Counted", "confirmed", "", "counter_stock_change_by_two_persons"),
        (100, "Counted", "refused", "meena", "counter_stock_change_by_two_persons"),
        (100, "Counted", "waiting", "kavita", "counter_stock_change_by_two_persons"),
        (0, "Counted", "waiting", "", "counter_stock_change_changes"),
        (100, "", "waiting", "", "counter_stock_change_changes"),
    ],
)
def test_stock_is_changed_by_two_persons_for_a_reason(quantity, reason, outcome, decided_by, guard):
    cast.shop()

    refused(CHANGE, uuid4(), cast.RAVIS, quantity, reason, outcome, decided_by, by=guard)


def test_two_tries_of_one_visit_never_have_one_number(rows):
    visit = Visit.objects.get()

    refused(
        "INSERT INTO counter_attempt (visit_id, number, step, finger, outcome, code, action, reference, mobile, at)"
        " VALUES (%s, 1, 'biometric', '', 'mismatch', '', '', '', '', now())", visit.pk, by="counter_attempt_once",
    )  # fmt: skip


def test_group_that_is_not_whole_names_its_sales_and_moves_nothing():
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_only_whole('{1,3}')")

    assert missing(refused.value.__cause__) == {1, 3}
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_only_whole('{}')")
        assert cursor.fetchone() == (True,)
