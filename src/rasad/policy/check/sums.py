"""Totals that are not the sum of their parts, and percentages that do not fit the numbers they are of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from rasad.policy.check.entries import PackRow, as_number
from rasad.policy.check.findings import Finding

PARTS_BY = ("area", "share")
# Fields that hold a number and are no quantity of a part.
NOT_SUMMED = frozenset(["census", "percent_printed", "central_percent", "state_percent"])


def sums(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Each number of a row called total against the sum of the rows beside it, as printed where that is kept."""
    tables: dict[tuple[str, tuple[object, ...]], list[PackRow]] = defaultdict(list)
    for row in rows:
        for by in PARTS_BY:
            if isinstance(row.data.get(by), str):
                tables[by, (row.file, row.section, row.data.get("unit"), row.first_day)].append(row)
    for (by, _), group in tables.items():
        totals = [row for row in group if row.data[by] == "total"]
        parts = [row for row in group if row.data[by] != "total"]
        if len(totals) == 1 and len(parts) > 1:
            yield from _against_parts(totals[0], parts)


def percents(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """Printed percentages that the exact share, rounded as far as they are printed, does not give."""
    rows = list(rows)
    by_id = {row.id: row for row in rows}
    for row in rows:
        printed = row.number("percent_printed")
        if printed is None:
            continue
        whole_row = by_id.get(str(row.data.get("percent_of")))
        whole = whole_row.number("value") if whole_row else row.number("population")
        part = row.number("printed") if row.number("printed") is not None else row.number("value")
        if not whole or part is None:
            continue
        exact = part * 100 / whole
        if exact.quantize(printed, ROUND_HALF_UP) != printed:
            shown = exact.quantize(Decimal("0.001"), ROUND_HALF_UP)
            among = (row, whole_row) if whole_row else (row,)
            said = f"{part:f} of {whole:f} are {shown} percent, and {printed} is printed"
            yield Finding("percent", among, said, measure=str(shown))


def _against_parts(total: PackRow, parts: list[PackRow]) -> Iterator[Finding]:
    for field, given in total.data.items():
        wanted = as_number(given)
        numbers = [row.number(field) for row in parts]
        if wanted is None or field in NOT_SUMMED or any(number is None for number in numbers):
            continue
        together = sum((number for number in numbers if number is not None), Decimal(0))
        if together != wanted:
            apart = f"{abs(together - wanted):f}"
            said = f"{field}: the parts come to {together:f}, the total says {wanted:f}, {apart} apart"
            yield Finding("sum", (*parts, total), said, measure=apart)
