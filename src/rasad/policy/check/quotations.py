"""What the quotations themselves contradict: one limit in two measures, a fact that is let in and kept out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

from rasad.policy.check.entries import PackRow
from rasad.policy.check.findings import Finding
from rasad.policy.check.measures import MEASURE, amount, spans


def two_measures(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """A limit that a quotation gives in two measures which are not the same, with every row that quotes it."""
    quoting: dict[tuple[Path, str], list[PackRow]] = defaultdict(list)
    for row in rows:
        quoting[(row.file, row.quotation)].append(row)
    for (_, quotation), group in quoting.items():
        for found in MEASURE.finditer(quotation):
            if not found[3]:
                continue
            (kind, one), (other_kind, other) = amount(found[1], found[2]), amount(found[3], found[4])
            if kind == other_kind and one != other:
                said = f"{found[1]} {found[2]} are {one.normalize():f} {kind}, not {other.normalize():f}"
                yield Finding("two_measures", tuple(group), said, measure=f"{abs(one - other).normalize():f}")


def in_and_out(rows: Iterable[PackRow]) -> Iterator[Finding]:
    """A value that the words of one criterion let in and those of another keep out, in the same area."""
    criteria = [row for row in rows if row.name == "eligibility.yaml" and row.quotation and _facts(row)]
    kept_in = [row for row in criteria if str(row.data.get("group", "")).startswith("inclusion")]
    kept_out = [row for row in criteria if row.data.get("group") == "exclusion"]
    for one, other in product(kept_in, kept_out):
        together = one.first_day <= other.last_day and other.first_day <= one.last_day
        if one.data.get("area") != other.data.get("area") or not _facts(one) & _facts(other) or not together:
            continue
        meet = [first.meets(second) for first in spans(one.quotation) for second in spans(other.quotation)]
        if both := next(filter(None, meet), ""):
            yield Finding("in_and_out", (one, other), f"{both} are let in and kept out", measure=both)


def _facts(row: PackRow) -> frozenset[str]:
    return frozenset(_named(row.data.get("test")))


def _named(test: object) -> Iterator[str]:
    if isinstance(test, Mapping):
        for key, value in test.items():
            if key == "fact":
                yield str(value)
            else:
                yield from _named(value)
    elif isinstance(test, list):
        for one in test:
            yield from _named(one)
