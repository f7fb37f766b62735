"""Tables that come on top of another row, against the total a card is said to reach by both."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from rasad.policy.check.entries import PackRow, as_number
from rasad.policy.check.findings import Finding


def card_totals(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Each size of a table with `over` and `card_total`: what both rows come to, where that is not the total."""
    rows = list(rows)
    by_id = {row.id: row for row in rows}
    for row in rows:
        wanted, over = row.number("card_total"), row.data.get("over")
        if wanted is None or not isinstance(over, list):
            continue
        beneath = [by_id[name] for name in over if name in by_id]
        for size, more in _table(row).items():
            together = more + sum((_weight(one, size) for one in beneath), Decimal(0))
            if together != wanted:
                said = f"for {size} members the rows come to {together:f} kg, the card is said to have {wanted:f}"
                yield Finding("card_total", (row, *beneath), said, measure=f"{size}: {together - wanted:f}")


def _weight(row: PackRow, size: int) -> Decimal:
    if table := _table(row):
        return table.get(size, Decimal(0))
    each = row.number("value") or Decimal(0)
    return each * size if "per member" in str(row.data.get("unit")) else each


def _table(row: PackRow) -> dict[int, Decimal]:
    table = row.data.get("table")
    written = table.get("members") if isinstance(table, Mapping) else None
    if not isinstance(written, Mapping):
        return {}
    numbers = {int(size): as_number(number) for size, number in written.items()}
    return {size: number for size, number in numbers.items() if number is not None}
