"""What must hold between every answer and every row. Knows the tables, and nothing of the product's code."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.proof.books import Books, Moved
from tests.proof.check_books import books_equal
from tests.proof.check_seals import seals_whole
from tests.proof.check_times import NEVER, held_at_all_times
from tests.proof.check_visitors import visitors_kept
from tests.proof.history import AGAIN, DONE, UNKNOWN, Call

Contents = tuple[object, ...]


def violations(
    calls: Sequence[Call], books: Books, *, home: set[tuple[str, str, str, str, int]] | None = None
) -> list[str]:
    """Everything that is not as it must be; nothing, when all is well."""
    return [
        *sales_as_answered(calls, books),
        *acts_as_answered(calls, books),
        *books_equal(books),
        *held_at_all_times(calls, books),
        *seals_whole(books),
        *visitors_kept(books, home),
    ]


def asked(call: Call) -> Contents:
    """What a call would put into the books: who, where, each line."""
    lines = sorted((one.account, one.stock, one.quantity, one.price, one.amount) for one in call.lines)
    return call.shop, call.device, call.kind, call.card, call.month, call.cash, tuple(lines)


def written(id: str, books: Books) -> Contents:
    """What stands in the books under a sale's id, in the same form."""
    sale, moved = books.sales.get(id), books.moved.get(id, [])
    lines = sorted(
        (one.target, one.source, one.quantity, one.price or 0, one.amount or 0)
        for one in moved
        if one.kind == "sale"
    )
    cash = next((one.target for one in moved if one.kind == "payment"), 0)
    if sale is None:
        return "", "", "", "", "", cash, tuple(lines)
    return sale.shop, sale.device, sale.kind, sale.holder, sale.month, cash, tuple(lines)


def sales_as_answered(calls: Sequence[Call], books: Books) -> Iterator[str]:
    """Each sale against every answer about it."""
    by_id: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        if call.act == "sale":
            by_id[call.id].append(call)
    for id, tries in by_id.items():
        yield from _one_sale(id, tries, books)
    for id in books.sales.keys() - by_id.keys():
        yield f"sale {id} stands in the books and nobody asked for it"
    for id, moved in books.moved.items():
        if id not in books.sales and any(one.kind in ("sale", "payment") for one in moved):
            yield f"sale {id} moved grain or money and has no row: in by half"


def _one_sale(id: str, tries: Sequence[Call], books: Books) -> Iterator[str]:
    stands = id in books.sales or id in books.moved
    contents = written(id, books)
    acknowledged = [one for one in tries if one.is_acknowledged]
    if sum(one.outcome == DONE for one in tries) > 1:
        yield f"sale {id} was made twice: two answers say it is new"
    if acknowledged and not stands:
        yield f"sale {id} was acknowledged and is lost"
    elif any(asked(one) != contents for one in acknowledged):
        yield f"sale {id} was acknowledged and stands with other contents"
    possible = [one for one in tries if one.outcome in (DONE, AGAIN, UNKNOWN)]
    if stands and not any(asked(one) == contents for one in possible):
        yield f"sale {id} stands in the books, not as anybody asked who was not refused"
    if len({one.receipt for one in acknowledged}) > 1:
        yield f"sale {id} has two receipts: {sorted({one.receipt for one in acknowledged})}"
    if stands and not _paid(books.sales[id].amount if id in books.sales else 0, books.moved.get(id, [])):
        yield f"sale {id} is not paid as its lines say"
    yield from _refusals(
        id, tries, acknowledged, stands=stands, contents=contents, is_back=id in books.reversals
    )


def _refusals(
    id: str,
    tries: Sequence[Call],
    acknowledged: Sequence[Call],
    *,
    stands: bool,
    contents: Contents,
    is_back: bool,
) -> Iterator[str]:
    known_from = min((one.back for one in acknowledged), default=NEVER)
    for one in tries:
        is_same = stands and asked(one) == contents
        if one.outcome == "sale_id_reused":
            if is_same or not stands:
                yield f"sale {id} was refused as used for something else, and is not"
        elif one.outcome == "sale_was_taken_back":
            if not (is_same and is_back):
                yield f"sale {id} was refused as taken back, and was not"
        elif is_same and one.call > known_from and one.outcome not in _NO_REFUSAL_OF_THE_BOOKS:
            yield f"sale {id} was acknowledged and later refused with {one.outcome}"


# Refused before the books are asked: they say something of who asks, or of the visit.
_OF_THE_ASKER = {"pass_of_other_shop", "session_over", "device_revoked", "portability_at_once"}
_NO_REFUSAL_OF_THE_BOOKS = frozenset({DONE, AGAIN, UNKNOWN, *_OF_THE_ASKER})


def _paid(amount: int, moved: Sequence[Moved]) -> bool:
    due = sum(one.amount or 0 for one in moved if one.kind == "sale")
    paid = sum(one.quantity for one in moved if one.kind == "payment")
    return due == paid == amount


def acts_as_answered(calls: Sequence[Call], books: Books) -> Iterator[str]:
    """Reversals, receipts, reservations: done is in the books, refused is not, unknown is wholly in or out."""
    by_act: defaultdict[tuple[str, str], list[Call]] = defaultdict(list)
    for call in calls:
        if call.act not in ("sale", "expire"):
            by_act[call.act, call.id].append(call)
    for (act, id), tries in by_act.items():
        stands = _stands(act, id, tries[0], books)
        outcomes = {one.outcome for one in tries}
        # Whoever lets go of what has expired is told that it was let go before.
        told = {DONE} if act == "void" else {DONE, AGAIN, "sale_taken_back_already"}
        is_known = bool(outcomes & told)
        if is_known and not stands:
            yield f"{act} {id} was acknowledged and is lost, or not whole"
        if stands and not outcomes & {DONE, AGAIN, UNKNOWN, "sale_taken_back_already"}:
            yield f"{act} {id} stands in the books though it was refused with {outcomes}"
        if [one.outcome for one in tries].count(DONE) > 1:
            yield f"{act} {id} was done twice"
    seen = {id for _, id in by_act}
    for id in (books.reversals.keys() | books.holds.keys()) - seen:
        yield f"{id} was taken back or reserved and nobody asked for it"


def _stands(act: str, id: str, call: Call, books: Books) -> bool:
    if act == "reversal":
        return id in books.reversals
    if act in ("post", "void"):
        return id in books.ends and books.ends[id][0] == {"post": "posted", "void": "voided"}[act]
    if act == "reserve":
        held = sorted((one.account, one.quantity) for one in books.holds.get(id, []))
        return held == sorted((one.account, one.quantity) for one in call.lines)
    came = sorted((one.target, one.quantity) for one in books.moved.get(id, []))
    return came == sorted((one.stock, one.quantity) for one in call.lines)
