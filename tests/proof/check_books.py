"""Whether the books are equal in themselves: every balance again from the rows, every limit on every account."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.proof.books import Account, Books

# Kinds whose counters are not kept: what they have follows from the transfers alone.
UNCOUNTED = ("cash", "outside")


def books_equal(books: Books) -> Iterator[str]:
    """Balances, limits, sums."""
    yield from _balances(books)
    yield from _limits(books)
    yield from _sums(books)
    yield from _reversals(books)


def _balances(books: Books) -> Iterator[str]:
    received: Counter[int] = Counter()
    given: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for moved in books.moved.values():
        for one in moved:
            received[one.target] += one.quantity
            given[one.source] += one.quantity
    for document, lines in books.holds.items():
        if document not in books.ends:
            for line in lines:
                held[line.account] += line.quantity
    shared = _shared(books, received, given, held)
    for account in books.accounts.values():
        if account.kind == "cash" and received[account.id] < given[account.id]:
            yield f"account {account.id} (cash of {account.holder}) paid back more than it got"
        if account.kind in UNCOUNTED:
            continue
        wanted = (received[account.id], given[account.id], held[account.id])
        if account.kind == "cap":
            wanted = shared[account.holder, account.month, account.commodity]
        if (account.received, account.given, account.held) != wanted:
            yield f"account {account.id} ({account.kind}) says {account[6:9]}, its rows say {wanted}"
    for key in (received.keys() | given.keys()) - books.accounts.keys():
        yield f"account {key} does not exist and was moved to or from"


def _shared(
    books: Books, received: Counter[int], given: Counter[int], held: Counter[int]
) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    sums: defaultdict[tuple[str, str, str], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for one in books.accounts.values():
        if one.cap_group:
            key = one.holder, one.month, one.cap_group
            before = sums[key]
            sums[key] = (before[0] + received[one.id], before[1] + given[one.id], before[2] + held[one.id])
    return sums


def taken(account: Account) -> int:
    """What is gone of an entitlement."""
    return account.received - account.given + account.held


def _limits(books: Books) -> Iterator[str]:
    chosen: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in books.accounts.values():
        if one.kind in ("entitlement", "cap"):
            if one.granted is None or taken(one) > one.granted or taken(one) < 0:
                yield f"account {one.id}: {taken(one)} of {one.granted} {one.commodity} was taken"
            if one.granted != books.grants.get(one.id, 0):
                yield f"account {one.id} has {one.granted} and grants say {books.grants.get(one.id, 0)}"
        elif one.kind not in UNCOUNTED and one.received - one.given - one.held < 0:
            yield f"account {one.id} ({one.kind} of {one.holder}) is below zero"
        if one.choice_group and taken(one) > 0:
            chosen[one.holder, one.month, one.choice_group].add(one.commodity)
    for key, goods in chosen.items():
        if len(goods) > 1:
            yield f"{key} took more than one alternative: {sorted(goods)}"


def _sums(books: Books) -> Iterator[str]:
    """Sold = lifted = out of stock; paid = amounts; each over everything."""
    totals: Counter[tuple[str, str]] = Counter()
    for one in books.accounts.values():
        totals[one.kind, "received"] += one.received
        totals[one.kind, "given"] += one.given
    by_kind: Counter[str] = Counter()
    for moved in books.moved.values():
        for line in moved:
            kind = line.kind
            if kind == "reversal":
                to_stock = line.target in books.accounts and books.accounts[line.target].kind == "stock"
                kind = "back to stock" if to_stock else "paid back"
            by_kind[kind] += line.quantity
    equal = {
        "lifted": (totals["entitlement", "received"], by_kind["sale"] + by_kind["elsewhere"]),
        "given back": (totals["entitlement", "given"], by_kind["back to stock"]),
        "out of stock": (totals["stock", "given"], by_kind["sale"]),
        "into stock": (totals["stock", "received"], by_kind["receipt"] + by_kind["back to stock"]),
        "paid back": (by_kind["paid back"], sum(books.sales[one].amount for one in books.reversals)),
        "amounts": (by_kind["payment"], sum(one.amount for one in books.sales.values())),
    }
    for name, (one_side, other_side) in equal.items():
        if one_side != other_side:
            yield f"the books are not equal: {name} {one_side}, {other_side}"


def _reversals(books: Books) -> Iterator[str]:
    for sale, document in books.reversals.items():
        there = sorted((one.source, one.target, one.quantity) for one in books.moved.get(sale, []))
        back = sorted((one.target, one.source, one.quantity) for one in books.moved.get(document, []))
        if there != back or not back:
            yield f"sale {sale} was taken back, but not what it moved"
    documents = set(books.reversals.values())
    for document, moved in books.moved.items():
        if any(one.kind == "reversal" for one in moved) and document not in documents:
            yield f"{document} moved back what nobody took back"
    for document, (how, _) in books.ends.items():
        moved_ = sorted((one.target, one.quantity) for one in books.moved.get(document, []))
        held = sorted((one.account, one.quantity) for one in books.holds.get(document, []))
        if moved_ != (held if how == "posted" else []):
            yield f"reservation {document} ended as {how} and moved {moved_}"
