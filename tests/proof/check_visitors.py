"""Cards of other States: half at a time, seven days between, and the home State knows of each lift once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.proof.books import Books, Sale, lines_of

SHARE, GAP = 0.5, timedelta(days=7)
INDIA = ZoneInfo("Asia/Kolkata")
Lift = tuple[str, str, str, str, int]


def visitors_kept(books: Books, home: set[Lift] | None) -> Iterator[str]:
    """Each lift at most half of the month, no two within the gap, and each told to the home State."""
    lifts: defaultdict[tuple[str, str], list[tuple[date, Sale]]] = defaultdict(list)
    told: Counter[Lift] = Counter()
    for sale in books.sales.values():
        if sale.kind != "visitor":
            continue
        on = sale.at.astimezone(INDIA).date()
        lifts[sale.holder, sale.month].append((on, sale))
        for line in lines_of(books.moved.get(sale.id, [])):
            account = books.accounts[line.account]
            told[sale.holder, sale.month, on.isoformat(), account.commodity, line.quantity] += 1
            if line.quantity > SHARE * (account.granted or 0):
                yield f"visitor's sale {sale.id} took {line.quantity} of {account.granted} at once"
        if books.away.get(sale.id, ())[:3] != (sale.holder, sale.month, on):
            yield f"visitor's sale {sale.id} keeps no gap behind it"
    for key, made in lifts.items():
        days = sorted(on for on, _ in made)
        for earlier, later in pairwise(days):
            if later - earlier < GAP:
                yield f"{key} lifted on {earlier} and on {later}"
    if home is not None and set(told) != home:
        yield f"home States and shops know of other lifts: {sorted(set(told) ^ home)[:5]}"
    for document in books.away.keys() - books.sales.keys():
        yield f"a gap is kept for {document}, which was not sold"
