"""What a run leaves for people and for the database: tokens, their members, every row, reviews, problems.

No identity is written here: neither numbers nor references. Cells that a spreadsheet would take for a formula
are made harmless in the CSV files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from rasad.pipelines.people import linkage
from rasad.pipelines.relief import collect, issue

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir

    from rasad.pipelines.relief.stages import Work


def written(work: Work, out: Path) -> None:
    """Write tokens, token_members, rows and reviews as Parquet, problems and stopped rows as CSV, into `out`."""
    keep = work.engine.keep
    people = issue.token_members(work.members(), work["contested"], work["tokens"])
    work.engine.write(people, work.folder / "token_members.parquet")
    members = work["token_members"].drop("identity_key", "row")
    keep(members.order_by(["number", "line", "name"]).to_pyarrow(), out / "token_members.parquet")
    keep(tokens(work).order_by("number").to_pyarrow(), out / "tokens.parquet")
    told = rows(work).order_by(["source", "reference", "line"]).to_pyarrow()
    keep(told, out / "rows.parquet")
    keep(reviews(work).order_by("number").to_pyarrow(), out / "reviews.parquet")
    csv(
        told.filter(pc.is_in(told["outcome"], pa.array(["refused", "in_review"]))).drop(["token"]),
        out / "stopped.csv",
    )
    found = work["problems"]
    csv(found.order_by(found.columns).to_pyarrow(), out / "problems.csv")


def tokens(work: Work) -> ir.Table:
    """One row a token with its holder, its months and its shop."""
    detail = collect.details(work.source_tables(), work.sources, work["families"])
    known = work["families"].select("row", "family_id")
    told = work["tokens"].inner_join(detail, "row").inner_join(known, "row")
    named = work.settlements().select(place="code", known_name="name")
    told = told.left_join(named, "place").drop("place_right")
    assigned = work["assigned"].select(
        number="token", shop="shop", distance_m="distance_m", shop_reason="reason"
    )
    told = told.inner_join(assigned, "number")
    members = work["token_members"]
    first = members.group_by("number").aggregate(
        holder_name=_first_named, member_count=lambda one: one.count().cast("int16")
    )
    told = told.inner_join(first, "number")
    return told.select(
        "number",
        "source",
        "holder_name",
        "member_count",
        "mobile",
        "address",
        "district",
        "place",
        "issued_on",
        "months",
        "family_id",
        "shop",
        "distance_m",
        "shop_reason",
        family_key=told.source.concat(":", told.reference),
        place_name=ibis.coalesce(told.known_name, told.place_name),
        state=ibis.ifelse(told.shop.isnull(), "awaiting_shop", "shop_assigned"),
        inherits=ibis.literal(work.scheme.inherits),
    )


def rows(work: Work) -> ir.Table:
    """Every row of every source with what became of it and the name of the family's first member."""
    told = work["rows"]
    members = work.members()
    head = members.group_by("row").aggregate(holder_name=_first_named)
    told = told.left_join(head, "row").drop("row_right")
    return told.select(
        "source",
        "reference",
        "line",
        "holder_name",
        "district",
        "received_on",
        "outcome",
        "reason",
        "token",
        "card_masked",
        "card_category",
        "proof",
        "member_line",
        "weight",
    )


def _first_named(members: ir.Table) -> ir.StringValue:
    """The name of the first member that has one; empty when none has."""
    named = members.name != ""
    return members.name.argmin(members.line, where=named.fill_null(False)).fill_null("")


def reviews(work: Work) -> ir.Table:
    """Tokens that wait for no one but whose family a person should compare with a card; food does not wait."""
    likely = work["probably_on_card"]
    grey = likely.filter(likely.verdict == "review")
    token = (
        work["merged"]
        .inner_join(work["tokens"].select("number", first="row"), "first")
        .select("row", "number")
    )
    told = grey.inner_join(token, "row")
    # `place` is taken: it says how the places of the two compare.
    best = told.mutate(
        rank=ibis.row_number().over(
            group_by=["number", "card_number"], order_by=[told.weight.desc(), told.row]
        )
    )
    return best.filter(best["rank"] == 0).select(
        "number", "card_number", "category", "weight", "persons", *linkage.REASONS
    )


def csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV with a byte order mark, as spreadsheets in Hindi need, and no cell that is a formula."""
    safe = [
        pc.if_else(
            pc.fill_null(pc.match_substring_regex(column, r"^[=+\-@\t\r]"), False),
            pc.binary_join_element_wise("'", column, ""),
            column,
        )
        if pa.types.is_string(column.type)
        else column
        for column in table.columns
    ]
    half = path.with_name(f"{path.name}.half")
    with half.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        pa_csv.write_csv(pa.table(safe, names=table.column_names), file)
    half.rename(path)
