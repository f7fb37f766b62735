"""Stage 8: what became of every row, said once; the sum must come out.

reads:  everything before it
writes: rows, one row a row of a source; stopped and stopped_people of those without a token; summary
grain:  rows (source, reference, line)
audit:  rows in = tokens + linked + refused + in review, by source; else the run fails
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from rasad.pipelines.relief.check import PROOFS
from rasad.pipelines.relief.collect import lines
from rasad.pipelines.relief.merge import LINK_REASONS

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.policy.scheme import Scheme

OUTCOMES = ("token", "linked", "refused", "in_review")


class NotAccountedFor(Exception):  # noqa: N818  it names what is wrong
    """A run lost or doubled a row: a bug, never an answer."""


def rows(
    families: ir.Table,
    screened: ir.Table,
    on_card: ir.Table,
    probable: ir.Table,
    merged: ir.Table,
    tokens: ir.Table,
    scheme: Scheme,
) -> ir.Table:
    """Every row with its outcome, its reason and the facts that reason needs; cards are masked here."""
    told = _joined(families, screened, on_card, probable, merged, tokens)
    held = (told.verdict == "review") & (scheme.grey_zone.rule == "hold")
    is_first = told.first == told.row
    outcome = ibis.cases(
        (told.outcome.notnull(), told.outcome),
        (told.exact_card.notnull(), "refused"),
        (told.verdict == "refuse", "refused"),
        (held, "in_review"),
        (is_first, "token"),
        (told.first.notnull(), "linked"),
        else_=ibis.null("string"),
    )
    reason = ibis.cases(
        (told.outcome.notnull(), told.reason),
        (told.exact_card.notnull(), "on_free_card"),
        ((told.verdict == "refuse") | held, "probably_on_free_card"),
        (is_first, "issued"),
        else_=_named(told.link_proof, LINK_REASONS),
    )
    card = ibis.coalesce(told.exact_card, told.likely_card)
    return told.select(
        "row",
        "source",
        "reference",
        "district",
        "received_on",
        "member_count",
        "member_line",
        "weight",
        token=told.number,
        proof=_named(told.proof, PROOFS),
        line=told.line.fill_null(1),
        outcome=outcome,
        reason=reason,
        card_masked=ibis.literal("X").repeat(card.length() - 4).concat(card.right(4)),
        card_category=ibis.coalesce(told.exact_category, told.likely_category),
    )


def _joined(
    families: ir.Table,
    screened: ir.Table,
    on_card: ir.Table,
    probable: ir.Table,
    merged: ir.Table,
    tokens: ir.Table,
) -> ir.Table:
    """Every row beside what each stage said of it."""
    exact = on_card.select(
        r1="row", exact_card="card_number", exact_category="category", proof="proof", member_line="line"
    )
    likely = probable.select(
        r2="row", likely_card="card_number", likely_category="category", weight="weight", verdict="verdict"
    )
    link = merged.select(r3="row", first="first", link_proof="proof")
    told = families.select("row", "source", "reference", "district", "received_on")
    told = told.inner_join(screened, "row").left_join(exact, [("row", "r1")])
    told = told.left_join(likely, [("row", "r2")]).left_join(link, [("row", "r3")])
    told = told.left_join(tokens.select("number", r4="row"), [("first", "r4")])
    return told.left_join(lines(families).select("line", r5="row"), [("row", "r5")])


def _named(code: ir.Value, names: tuple[str, ...]) -> ir.StringValue:
    return ibis.cases(*((code == place, name) for place, name in enumerate(names)), else_=ibis.null("string"))


def summary(rows: ir.Table, expected: dict[str, int]) -> dict[str, Any]:
    """Counts by source, outcome and reason. Raises NotAccountedFor when a source's rows do not come out."""
    counted = (
        rows.group_by(["source", "outcome", "reason"])
        .aggregate(rows=lambda one: one.count())
        .to_pyarrow()
        .to_pylist()
    )
    by_source: dict[str, dict[str, Any]] = {
        source: {"rows": read, "token": 0, "linked": 0, "refused": {}, "in_review": {}}
        for source, read in expected.items()
    }
    for one in counted:
        if one["source"] not in by_source:
            raise NotAccountedFor(f"{one['rows']} rows of {one['source']} came from nowhere")
        into = by_source[one["source"]]
        if one["outcome"] in OUTCOMES and one["reason"] is None:
            raise NotAccountedFor(f"{one['rows']} rows of {one['source']} ended without a reason")
        if one["outcome"] in ("refused", "in_review"):
            into[one["outcome"]][one["reason"]] = one["rows"]
        elif one["outcome"] in ("token", "linked"):
            into[one["outcome"]] += one["rows"]
        else:
            raise NotAccountedFor(f"{one['rows']} rows of {one['source']} ended nowhere")
    for source, told in by_source.items():
        ended = (
            told["token"] + told["linked"] + sum(told["refused"].values()) + sum(told["in_review"].values())
        )
        if ended != told["rows"]:
            raise NotAccountedFor(f"{source}: {told['rows']} rows read, {ended} rows ended somewhere")
    return {
        "rows": sum(told["rows"] for told in by_source.values()),
        "tokens": sum(told["token"] for told in by_source.values()),
        "linked": sum(told["linked"] for told in by_source.values()),
        "refused": _added(told["refused"] for told in by_source.values()),
        "in_review": _added(told["in_review"] for told in by_source.values()),
        "by_source": by_source,
    }


def _added(parts: Any) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for reason, rows in part.items():
            total[reason] = total.get(reason, 0) + rows
    return dict(sorted(total.items()))
