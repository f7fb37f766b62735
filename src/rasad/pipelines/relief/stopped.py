"""What a person needs to know of the rows that led to no token: the family's record and its people, with names.

An appeal is judged, a comparison made and a forwarded family taken up from these, so the whole record is kept.
Written by the last stage, they go into the database; no result file for people has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from rasad.pipelines.relief import collect

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.pipelines.relief.stages import Work

OUTCOMES = ("refused", "in_review")
# How a row is found again: by what it is called in its source.
KEYS = ("source", "reference", "line")
RECORD = ("place", "place_name", "address", "mobile", "family_id", "card_number")


def own_columns(work: Work) -> list[str]:
    """The columns that the scheme's sources have of their own."""
    return list(dict.fromkeys(column.name for source in work.sources for column in source.own_columns))


def records(work: Work, rows: ir.Table) -> ir.Table:
    """The record of every row without a token, one row a row."""
    held = _held(rows)
    families = work["families"].semi_join(held, "row")
    detail = collect.details(work.source_tables(), work.sources, families)
    told = families.select("row", "place", "family_id", "card_number", *own_columns(work))
    exact = work["on_card"].select(r1="row", exact="card_number")
    likely = work["probably_on_card"].select(r2="row", likely="card_number")
    joined = held.inner_join(told, "row").left_join(detail, "row").drop("row_right")
    joined = joined.left_join(exact, [("row", "r1")]).left_join(likely, [("row", "r2")])
    # The card that stood in the way, whole: an officer has to look at it.
    found = ibis.coalesce(joined.exact, joined.likely)
    return joined.select(*KEYS, *RECORD, *own_columns(work), found_card=found)


def people(work: Work, rows: ir.Table) -> ir.Table:
    """The people of those rows, one row a person."""
    held = _held(rows)
    told = work.members().inner_join(held.select("row", *KEYS[:2], row_line="line"), "row")
    return told.select(
        *KEYS[:2],
        "row_line",
        "line",
        "guardian_name",
        "relation",
        "born_on",
        "birth_year",
        "mobile",
        "identity_key",
        name=told.name.fill_null(""),
        sex=collect.plain_sex(told.sex).fill_null(""),
    )


def _held(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.outcome.isin(list(OUTCOMES))).select("row", *KEYS)
