"""Whoever changes the books with triggers off, and every counter to match, is found by what stands beside them."""

from uuid import UUID, uuid4

import pytest

from rasad.counter import selling, stock, stock_changes
from rasad.counter import verify as sealed
from rasad.counter.models import ElsewhereLift, Sale
from rasad.ledger import actions as ledger
from rasad.ledger import verify as books
from rasad.ledger.models import Account, Transfer
from tests.cast import HISAR, staff
from tests.counter import cast, guests
from tests.counter.test_verify import behind_its_back

# The same in every process that runs tests: the names of the stories hold them.
SOLD, BACK, TO_A_GUEST, CHANGE, AWAY = (UUID(int=0x5A1E << 112 | at) for at in range(5))
WHEAT, STOCK = [
    f"(SELECT id FROM ledger_account WHERE kind = '{kind}' AND holder = '{holder}' AND commodity = 'wheat')"
    for kind, holder in (("entitlement", cast.CARD), ("stock", cast.RAVIS))
]


@pytest.fixture
def day(ashas, ravi, world, clock):
    """A sale, one taken back, one to a guest; a challan, a correction, a lift in another State."""
    cast.shop(cast.SECOND, name="Second Store")
    for id, when in ((SOLD, cast.NOON), (BACK, cast.at(13))):
        shown = cast.visit(id=id, when=when)
        cast.finger(shown, world)
        cast.sell(shown, wheat=5_000, when=when)
    selling.reverse(Sale.objects.get(pk=BACK), reason="wrong family", by="ravi", at=cast.at(14))
    guest = guests.guest(id=TO_A_GUEST)
    guests.finger(guest, world)
    guests.sell(guest, rice=6_000)
    shop = Sale.objects.get(pk=SOLD).shop
    line = {"shop": shop, "commodity": "wheat", "allocation": "NFSA", "at": cast.NOON}
    stock.record_receipt(challan="RO/17", quantity=50_000, by=ravi, **line)
    change = stock_changes.propose(id=CHANGE, quantity=-2_000, reason="Rain", by=ravi, **line)
    inspector = staff("asif", "inspector", ("district", HISAR), name="Asif")
    stock_changes.decide(change=change, is_confirmed=True, by=inspector, at=cast.NOON)
    wheat = Account.objects.get(kind="entitlement", holder=cast.CARD, commodity="wheat")
    ledger.reserve(document=AWAY, lines=[(wheat.pk, 3_000)], until=cast.at(20), at=cast.NOON)
    ledger.post_hold(
        document=AWAY, kind=Transfer.Kind.ELSEWHERE, source=ledger.outside("other_states"), at=cast.NOON
    )
    ElsewhereLift.objects.create(
        reservation=AWAY, holder=cast.CARD, month="2026-11", state="IN-WB", shop="Depot", lines={"wheat": 3_000},
        at=cast.NOON,
    )  # fmt: skip


def found() -> set[tuple[str, str]]:
    told = {(one.code, one.said) for one in books.verify().findings}
    return told | {(one.code, one.of) for one in sealed.verify().findings}


def test_day_as_it_was_is_whole(day):
    assert found() == set()


OF_SOLD = f"document = '{SOLD}'"
OUTSIDE = "(SELECT id FROM ledger_account WHERE kind = 'outside' LIMIT 1)"
TAMPERED = [
    (f"UPDATE counter_sale SET at = at - interval '1 month' WHERE id = '{SOLD}'", "sale_changed", SOLD),
    (f"UPDATE ledger_transfer SET at = at - interval '1 day' WHERE {OF_SOLD}", "sale_changed", SOLD),
    (f"UPDATE ledger_transfer SET price = 1 WHERE {OF_SOLD} AND line = 1", "sale_changed", SOLD),
    (f"UPDATE ledger_transfer SET amount = NULL WHERE {OF_SOLD} AND line = 1", "sale_without_books", SOLD),
    (
        f"UPDATE ledger_transfer SET target = {OUTSIDE} WHERE {OF_SOLD} AND line = 0",
        "sale_without_books",
        SOLD,
    ),
    (f"UPDATE ledger_account SET holder = '069900000099' WHERE id = {WHEAT}", "sale_changed", SOLD),
    (f"UPDATE ledger_account SET holder = '{cast.STRANGERS}' WHERE id = {STOCK}", "sale_changed", SOLD),
    (f"UPDATE ledger_account SET kind = 'outside' WHERE id = {STOCK}", "sale_changed", SOLD),
    ("DELETE FROM counter_reversal", "not_as_journalled", BACK),
    ("UPDATE counter_reversal SET at = at + interval '1 day'", "not_as_taken_back", BACK),
    ("DELETE FROM ledger_transfer WHERE kind = 'reversal' AND line = 2", "not_as_taken_back", BACK),
    ("UPDATE ledger_transfer SET quantity = 400 WHERE kind = 'reversal'", "not_as_taken_back", BACK),
    ("UPDATE counter_stockchange SET quantity = -1000", "not_as_decided", CHANGE),
    ("UPDATE counter_stockchange SET outcome = 'waiting', decided_by = ''", "not_as_decided", CHANGE),
    ("DELETE FROM ledger_transfer WHERE kind = 'correction'", "not_as_decided", CHANGE),
    ("DELETE FROM counter_elsewherelift", "elsewhere_changed", AWAY),
    ("UPDATE counter_elsewherelift SET lines = '{\"wheat\": 1000}'", "elsewhere_changed", AWAY),
    ("DELETE FROM ledger_transfer WHERE kind = 'elsewhere'", "not_as_it_ended", f"{AWAY} 1"),
    ("UPDATE ledger_holdend SET how = 'voided'", "not_as_it_ended", f"{AWAY} 1"),
    ("DELETE FROM ledger_holdend", "not_as_it_ended", f"{AWAY} 1"),
    ("UPDATE ledger_hold SET account = 0", "stray", "no such account"),
    ("DELETE FROM ledger_awaylift", "gap_missing", TO_A_GUEST),
    ("UPDATE ledger_awaylift SET during = 'empty'", "gap_missing", TO_A_GUEST),
]


@pytest.mark.parametrize(("statement", "code", "of"), TAMPERED)
def test_what_was_changed_with_triggers_off_is_found(day, statement, code, of):
    table = statement.removeprefix("DELETE FROM ").removeprefix("UPDATE ").split()[0]
    behind_its_back(statement, table=table)

    assert (code, str(of)) in found()


def test_challan_taken_out_of_the_books_with_its_grain_is_found(day):
    behind_its_back(
        f"UPDATE ledger_account SET received = received - 50000 WHERE id = {STOCK}", table="ledger_account"
    )
    behind_its_back(
        "DELETE FROM ledger_transfer WHERE kind = 'receipt' AND quantity = 50000", table="ledger_transfer"
    )

    assert [code for code, _ in found()] == ["not_as_journalled"]


def test_reversal_made_up_with_every_counter_to_match_is_found(day):
    """A dealer with the database: the card may lift again, the stock is full again, the sale stands."""
    document = uuid4()
    behind_its_back(
        f"INSERT INTO ledger_transfer SELECT '{document}', line + 1, 'reversal', target, source, quantity, price,"
        f" amount, at FROM ledger_transfer WHERE document = '{SOLD}'",
        table="ledger_transfer",
    )
    behind_its_back(
        f"UPDATE ledger_account SET given = given + 5000 WHERE id = {WHEAT}", table="ledger_account"
    )
    behind_its_back(
        f"UPDATE ledger_account SET received = received + 5000 WHERE id = {STOCK}", table="ledger_account"
    )
    assert found() == {("not_as_taken_back", str(document))}

    behind_its_back(
        "INSERT INTO counter_reversal (sale_id, document, reason, by, at)"
        f" SELECT id, '{document}', 'x', 'x', at FROM counter_sale WHERE id = '{SOLD}'",
        table="counter_reversal",
    )
    assert found() == {("not_as_journalled", str(SOLD))}


def test_payment_without_a_sale_is_found(day):
    document = uuid4()
    behind_its_back(
        f"INSERT INTO ledger_transfer SELECT '{document}', line, kind, source, target, quantity, price, amount, at"
        f" FROM ledger_transfer WHERE document = '{SOLD}' AND kind = 'payment'",
        table="ledger_transfer",
    )

    assert found() == {("books_without_sale", str(document))}
