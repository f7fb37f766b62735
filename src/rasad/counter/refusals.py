"""Refused sales of the lanes, written down after they were rolled back: facts for the grievance desk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
import psycopg

from rasad.counter.asking import Asked
from rasad.policy.rows import Text
from rasad.values.measure import Measure
from rasad.values.refused import Refused

# Not decided, so nothing to complain of: the device asks again with the same id.
UNDECIDED = frozenset({"busy_try_again", "server_unreachable"})

_INSERT = """
INSERT INTO counter_refusal (visit, shop_id, holder, month, code, facts, at)
SELECT visit, shop, holder, month, code, facts, %(at)s
FROM json_to_recordset(%(refusals)s::json) AS refused (
    visit uuid, shop text, holder text, month text, code text, facts jsonb
)"""
_encode = msgspec.json.Encoder().encode


def note(
    link: psycopg.Connection[Any], sales: Sequence[Asked], outcomes: Iterable[object], *, at: datetime
) -> None:
    """Write down which of these sales were refused, and why; what is not decided yet is not written."""
    refusals = [
        {
            "visit": sale.id, "shop": sale.allowed.shop, "holder": sale.allowed.holder,
            "month": sale.allowed.month, "code": no.code, "facts": facts_of(no),
        }
        for sale, no in zip(sales, outcomes, strict=True)
        if isinstance(no, Refused) and no.code not in UNDECIDED
    ]  # fmt: skip
    if refusals:
        link.execute(_INSERT, {"refusals": _encode(refusals).decode(), "at": at})


def facts_of(no: Refused) -> dict[str, str]:
    """The facts of a refusal as text that can be kept: names in English, quantities with their unit."""
    return {name: _plain(value) for name, value in no.facts.items()}


def _plain(value: object) -> str:
    match value:
        case Text():
            return value.en
        case Measure():
            return f"{value.number} {value.unit}"
        case list() | tuple():
            return ", ".join(_plain(one) for one in value)
        case _:
            return str(value)
