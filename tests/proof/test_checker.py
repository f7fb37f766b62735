"""The checker itself: a good history passes, and each planted wrong is found."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from tests.proof import check
from tests.proof.books import Account, Books, Held, Moved, Sale, Seal
from tests.proof.check_seals import digest, link
from tests.proof.history import Call, Line

AT = datetime(2026, 11, 12, 6, 30, tzinfo=UTC)
# Accounts: Asha's rice, wheat, atta; two oils and their limit; two stocks, cash, families, a guest's rice.
RICE, WHEAT, ATTA, MUSTARD, SOYA, OIL, STOCK, OTHERS, CASH, FAMILIES, SUPPLY, GUESTS = range(1, 13)
FIRST, SECOND, BACK, RECEIPT, HOLD, GUEST = (f"0000000{n}-0000-0000-0000-000000000000" for n in range(1, 7))
MONTH = "2026-11"


def entitlement(id, commodity, granted, *, cap="", choice="", kind="entitlement", holder="0699"):
    return Account(id, kind, holder, MONTH, commodity, granted, 0, 0, 0, cap, choice)


def other(id, kind, commodity="rice"):
    return Account(id, kind, "1069", "", commodity, None, 0, 0, 0, "", "")


def accounts():
    """Nothing has moved on them."""
    return [
        entitlement(RICE, "rice", 5_000), entitlement(WHEAT, "wheat", 5_000, choice="cereal"),
        entitlement(ATTA, "atta", 5_000, choice="cereal"), entitlement(MUSTARD, "mustard_oil", 2_000, cap="oil"),
        entitlement(SOYA, "soya_oil", 2_000, cap="oil"), entitlement(OIL, "oil", 2_000, kind="cap"),
        entitlement(GUESTS, "rice", 12_000, holder="IN-WB/19"), other(STOCK, "stock"),
        other(OTHERS, "stock", "wheat"), other(CASH, "cash", "cash"), other(FAMILIES, "outside"),
        other(SUPPLY, "outside"),
    ]  # fmt: skip


def sale(id, card="0699", kind="home", at=AT, seal=1):
    return Sale(
        id, "1069", kind, card, MONTH, "PHH", 4, "IN-HR", "1069", "biometric", 1, "", False, "proof", 600,
        "device", at, b"", 1, seal,
    )  # fmt: skip


def lines(*moves):
    """What a sale moves: each line out of its stock, and the money."""
    sold = [
        Moved(number, "sale", stock, account, quantity, 300, quantity * 300 // 1000)
        for number, (account, stock, quantity) in enumerate(moves, 1)
    ]
    return [Moved(0, "payment", FAMILIES, CASH, sum(one.amount for one in sold), None, 600), *sold]


def asked(id, *moves, call, back, outcome="done", card="0699", kind="home"):
    said = tuple(
        Line(account, stock, quantity, 300, quantity * 300 // 1000, 5_000)
        for account, stock, quantity in moves
    )
    return Call(
        act="sale", id=id, call=call, back=back, outcome=outcome, lines=said, card=card, month=MONTH, shop="1069",
        device="device", kind=kind, cash=CASH, receipt="r" if outcome in ("done", "again") else "",
    )  # fmt: skip


def balanced(books):
    """Balances and seals as they follow from the rows."""
    moved = [one for rows in books.moved.values() for one in rows]
    held = [one for id, rows in books.holds.items() if id not in books.ends for one in rows]
    for one in accounts():
        received = sum(row.quantity for row in moved if row.target == one.id)
        given = sum(row.quantity for row in moved if row.source == one.id)
        kept = sum(row.quantity for row in held if row.account == one.id)
        books.accounts[one.id] = one._replace(received=received, given=given, held=kept)
    oils = books.accounts[MUSTARD], books.accounts[SOYA]
    books.accounts[OIL] = books.accounts[OIL]._replace(received=sum(one.received for one in oils))
    books.grants = {one.id: one.granted for one in books.accounts.values() if one.granted}
    books.sales = {id: one._replace(digest=digest(one, books)) for id, one in books.sales.items()}
    sealed(books)
    return books


def sealed(books):
    books.seals, before = [], bytes(32)
    for number in sorted({one.seal for one in books.sales.values()}):
        digests = sorted(one.digest for one in books.sales.values() if one.seal == number)
        over = hashlib.sha256(b"".join(digests)).digest()
        seal = Seal(1, number, AT, len(digests), over, b"")
        books.seals.append(seal._replace(hash=link(before, seal)))
        before = books.seals[-1].hash


def good():
    """Two sales of Asha's, one of them sent twice, one taken back; grain that came; one held and posted."""
    books = Books(
        sales={FIRST: sale(FIRST), SECOND: sale(SECOND, seal=2)},
        moved={
            FIRST: lines((RICE, STOCK, 2_000)),
            SECOND: lines((RICE, STOCK, 1_000), (WHEAT, OTHERS, 1_000)),
            BACK: [
                Moved(1, "reversal", RICE, STOCK, 2_000, 300, 600),
                Moved(2, "reversal", CASH, FAMILIES, 600, None, 600),
            ],
            RECEIPT: [
                Moved(1, "receipt", SUPPLY, STOCK, 9_000, None, None),
                Moved(2, "receipt", SUPPLY, OTHERS, 9_000, None, None),
            ],
        },
        reversals={FIRST: BACK},
        holds={HOLD: [Held(MUSTARD, 500, AT)]},
        ends={HOLD: ("voided", AT)},
    )
    calls = [
        Call(act="receipt", id=RECEIPT, call=1, back=2, outcome="done", lines=came()),
        asked(FIRST, (RICE, STOCK, 2_000), call=3, back=4, outcome="unknown"),
        asked(FIRST, (RICE, STOCK, 2_000), call=5, back=6, outcome="again"),
        asked(SECOND, (RICE, STOCK, 1_000), (WHEAT, OTHERS, 1_000), call=5, back=7),
        Call(act="reversal", id=FIRST, sale=FIRST, call=8, back=9, outcome="done"),
        Call(
            act="reserve",
            id=HOLD,
            call=8,
            back=9,
            outcome="done",
            lines=(Line(MUSTARD, 0, 500, 0, 0, 2_000),),
        ),
        Call(act="void", id=HOLD, call=10, back=11, outcome="done"),
    ]
    return calls, balanced(books)


def came():
    return tuple(Line(0, stock, 9_000, 0, 0, 0) for stock in (STOCK, OTHERS))


def found(calls, books, **given):
    return check.violations(calls, books, **given)


def test_good_history_has_no_violation():
    assert found(*good()) == []


def test_double_lift_over_the_quota_is_found():
    calls, books = good()
    third = "0000000a-0000-0000-0000-000000000000"
    calls.append(asked(third, (RICE, STOCK, 4_500), call=12, back=13))
    books.sales[third] = sale(third, seal=3)._replace(amount=1_350)
    books.moved[third] = [
        Moved(0, "payment", FAMILIES, CASH, 1_350, None, 1_350),
        Moved(1, "sale", STOCK, RICE, 4_500, 300, 1_350),
    ]

    said = found(calls, balanced(books))

    assert f"account {RICE}: 5500 of 5000 rice was taken" in said
    assert f"account {RICE} (entitlement of 0699) stood at 5500, over 5000" in said


def test_double_lift_that_was_given_back_in_time_is_found_too():
    calls, books = good()
    calls[4] = msgspec.structs.replace(calls[4], call=20, back=21)
    third = "0000000a-0000-0000-0000-000000000000"
    calls.append(asked(third, (RICE, STOCK, 3_000), call=12, back=13))
    books.sales[third] = sale(third, seal=3)._replace(amount=900)
    books.moved[third] = [
        Moved(0, "payment", FAMILIES, CASH, 900, None, 900),
        Moved(1, "sale", STOCK, RICE, 3_000, 300, 900),
    ]

    said = found(calls, balanced(books))

    assert said == [f"account {RICE} (entitlement of 0699) stood at 6000, over 5000"]


def test_one_id_answered_twice_as_new_is_found():
    calls, books = good()
    calls.append(asked(SECOND, (RICE, STOCK, 1_000), (WHEAT, OTHERS, 1_000), call=12, back=13))

    assert found(calls, books) == [f"sale {SECOND} was made twice: two answers say it is new"]


def test_sale_refused_as_taken_back_was_taken_back():
    calls, books = good()
    no = {"call": 12, "back": 13, "outcome": "sale_was_taken_back"}
    calls.append(asked(FIRST, (RICE, STOCK, 2_000), **no))
    assert found(calls, books) == []

    calls.append(asked(SECOND, (RICE, STOCK, 1_000), (WHEAT, OTHERS, 1_000), **no))
    assert found(calls, books) == [f"sale {SECOND} was refused as taken back, and was not"]


def test_acknowledged_sale_that_is_lost_is_found():
    calls, books = good()
    del books.sales[SECOND], books.moved[SECOND]

    assert found(calls, balanced(books)) == [f"sale {SECOND} was acknowledged and is lost"]


def test_sale_of_which_one_line_is_missing_is_found():
    calls, books = good()
    del books.moved[SECOND][2]

    said = found(calls, balanced(books))

    assert f"sale {SECOND} was acknowledged and stands with other contents" in said
    assert f"sale {SECOND} is not paid as its lines say" in said


def test_unknown_sale_that_is_in_by_half_is_found():
    calls, books = good()
    calls[3] = msgspec.structs.replace(calls[3], outcome="unknown", receipt="")
    del books.sales[SECOND]

    said = found(calls, balanced(books))

    assert f"sale {SECOND} stands in the books, not as anybody asked who was not refused" in said
    assert f"sale {SECOND} moved grain or money and has no row: in by half" in said


def test_unknown_sale_that_is_wholly_out_is_no_violation():
    calls, books = good()
    calls[3] = msgspec.structs.replace(calls[3], outcome="unknown", receipt="")
    del books.sales[SECOND], books.moved[SECOND]

    assert found(calls, balanced(books)) == []


def test_refused_sale_in_the_books_is_found():
    calls, books = good()
    calls[3] = msgspec.structs.replace(calls[3], outcome="stock_short", receipt="")

    assert f"sale {SECOND} stands in the books, not as anybody asked who was not refused" in found(
        calls, books
    )


def test_refusal_for_want_of_what_was_there_is_found():
    calls, books = good()
    third = "0000000a-0000-0000-0000-000000000000"
    calls.append(asked(third, (RICE, STOCK, 3_000), call=12, back=13, outcome="more_than_left"))

    assert found(calls, books) == [
        f"sale {third} was refused with more_than_left, and at no moment was that so"
    ]


def test_refusal_while_a_reversal_was_under_way_is_no_violation():
    calls, books = good()
    third = "0000000a-0000-0000-0000-000000000000"
    calls.append(asked(third, (RICE, STOCK, 3_000), call=7, back=8, outcome="more_than_left"))

    assert found(calls, books) == []


def test_balance_that_does_not_follow_from_the_rows_is_found():
    calls, books = good()
    books.accounts[STOCK] = books.accounts[STOCK]._replace(given=2_999)

    assert found(calls, books)[0].startswith(f"account {STOCK} (stock) says")


def test_stock_below_zero_is_found():
    calls, books = good()
    books.moved[RECEIPT] = [row._replace(quantity=500) for row in books.moved[RECEIPT]]

    assert f"account {OTHERS} (stock of 1069) is below zero" in found(calls, balanced(books))


def test_both_alternatives_are_found():
    calls, books = good()
    books.moved[SECOND][1] = books.moved[SECOND][1]._replace(target=ATTA)

    assert "('0699', '2026-11', 'cereal') took more than one alternative: ['atta', 'wheat']" in found(
        calls, balanced(books)
    )  # fmt: skip


def test_shared_limit_overstepped_is_found():
    calls, books = good()
    books.moved[FIRST] = lines((MUSTARD, STOCK, 2_000))
    books.moved[SECOND] = lines((SOYA, STOCK, 1_000))

    assert f"account {OIL}: 3000 of 2000 oil was taken" in found(calls, balanced(books))


@pytest.mark.parametrize("place", [0, 1])
def test_seal_that_was_changed_or_is_missing_is_found(place):
    calls, books = good()
    del books.seals[place]

    assert any("seal" in one for one in found(calls, books))


def test_sale_changed_behind_its_seal_is_found():
    calls, books = good()
    books.sales[FIRST] = books.sales[FIRST]._replace(member=2)

    assert found(calls, books) == [f"sale {FIRST} does not have the digest of its contents"]


def test_reversal_that_gave_back_half_is_found():
    calls, books = good()
    books.moved[BACK][0] = books.moved[BACK][0]._replace(quantity=1_000)

    assert f"sale {FIRST} was taken back, but not what it moved" in found(calls, balanced(books))


def test_lost_reversal_is_found():
    calls, books = good()
    books.reversals.clear()
    del books.moved[BACK]

    assert f"reversal {FIRST} was acknowledged and is lost, or not whole" in found(calls, balanced(books))


def visitor_books(*, days, grams=6_000):
    """A guest who lifted on the twelfth, and so many days later again."""
    calls, books = good()
    for number, after in enumerate((0, days)):
        id, at = GUEST[:-1] + str(number), AT + timedelta(days=after)
        books.sales[id] = sale(id, card="IN-WB/19", kind="visitor", at=at, seal=3 + number)._replace(
            amount=grams * 300 // 1000
        )
        books.moved[id] = [
            Moved(0, "payment", FAMILIES, CASH, grams * 300 // 1000, None, grams * 300 // 1000),
            Moved(1, "sale", STOCK, GUESTS, grams, 300, grams * 300 // 1000),
        ]
        books.away[id] = ("IN-WB/19", MONTH, at.date(), at.date() + timedelta(days=7))
        calls.append(asked(id, (GUESTS, STOCK, grams), call=12, back=13, card="IN-WB/19", kind="visitor"))
    books.moved[RECEIPT] = [row._replace(quantity=90_000) for row in books.moved[RECEIPT]]
    calls[0] = msgspec.structs.replace(
        calls[0], lines=tuple(Line(0, stock, 90_000, 0, 0, 0) for stock in (STOCK, OTHERS))
    )
    return calls, balanced(books)


def test_guest_who_kept_the_gap_is_no_violation():
    assert found(*visitor_books(days=7), home=told(7)) == []


def told(days):
    return {
        ("IN-WB/19", MONTH, (date(2026, 11, 12) + timedelta(days=after)).isoformat(), "rice", 6_000)
        for after in (0, days)
    }


def test_second_lift_within_seven_days_is_found():
    assert found(*visitor_books(days=6), home=told(6)) == [
        "('IN-WB/19', '2026-11') lifted on 2026-11-12 and on 2026-11-18"
    ]


def test_lift_of_more_than_half_is_found():
    calls, books = visitor_books(days=7, grams=6_001)

    assert any("took 6001 of 12000 at once" in one for one in found(calls, books))


def test_lift_that_the_home_state_never_heard_of_is_found():
    said = found(*visitor_books(days=7), home=set(list(told(7))[:1]))

    assert [one[:49] for one in said] == ["home States and shops know of other lifts: [('IN-"]
