"""Step 3: every card with its basket, every line of it, every refusal by name, and the sums by district.

reads:  cards, kinds, baskets
writes: cards, lines, refused, totals, and summary.json
grain:  card; card and line; card; district, category and commodity
audit:  cards with a basket and cards refused are together the lines of the file
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from rasad.pipelines.engine import Engine, EngineName
from rasad.pipelines.entitlements import cards as step
from rasad.pipelines.entitlements.baskets import KIND, baskets
from rasad.pipelines.progress import OnProgress
from rasad.values.month import Month

if TYPE_CHECKING:
    import ibis.expr.types as ir

STEPS = ("cards", "rules", "baskets", "lines", "totals")


class NotAccountedForError(Exception):
    """A card of the register is neither served nor refused: a bug."""


@dataclass(frozen=True)
class Due:
    """The cards of a month with their baskets, as tables of the engine; `lines` is card by card, not yet kept."""

    cards: ir.Table
    baskets: ir.Table
    refused: ir.Table

    @property
    def lines(self) -> ir.Table:
        """Every line of every card: grams or ml, paise per kg or litre, amount in paise."""
        return self.cards.select("card_number", "district", "category", "basket").join(self.baskets, "basket")

    @property
    def totals(self) -> ir.Table:
        """By district, category, commodity and part: cards, quantity, amount (at most, of what shares a cap)."""
        # Cards with one basket have the same lines: counted first, millions of lines need not be added up.
        alike = self.cards.group_by("district", "category", "basket").agg(count=lambda card: card.count())
        lines = alike.join(self.baskets, "basket")
        return (
            lines.group_by("district", "category", "commodity", "part", "unit", "section", "allocation")
            .agg(
                cards=lambda line: line["count"].sum(),
                quantity=lambda line: (line.quantity * line["count"]).sum(),
                amount=lambda line: (line.amount * line["count"]).sum(),
                price_unknown=lambda line: line.price.isnull().ifelse(line["count"], 0).sum(),
            )
            .order_by("district", "category", "allocation", "commodity", "part")
        )


def due(engine: Engine, register: step.Register, *, state: str, month: Month, keep_in: Path) -> Due:
    """What is due to every card of a register, by the rules of the month."""
    read = step.cards(engine, register, month)
    kinds = read.select(*KIND).distinct().to_pyarrow().to_pylist()
    found = baskets(kinds, state=state, month=month)
    settled = engine.keep(found.kinds, keep_in / "kinds.parquet")
    lines = engine.keep(found.lines, keep_in / "baskets.parquet")
    told = read.left_join(settled, list(KIND)).drop(*(f"{name}_right" for name in KIND))
    told = told.mutate(refused=ibis.coalesce(told.problem, told.refused))
    told = told.drop("problem", "written_category", "written_choice")
    served = told.filter(told.refused.isnull()).drop("refused")
    refused = told.filter(told.refused.notnull()).drop("basket", "basket_amount")
    return Due(served, lines, refused)


def entitlements_run(
    register: Path,
    out: Path,
    *,
    state: str,
    month: Month,
    engine: EngineName = "duckdb",
    memory: str = "3GB",
    with_lines: bool = True,
    on_progress: OnProgress | None = None,
) -> dict[str, Any]:
    """Work out a month for a register and write cards, baskets, lines, refused, totals and summary.json into `out`.

    Raises Refused for a register that cannot be used, NotAccountedForError when a card was lost.
    """
    tell = on_progress or (lambda _what, _done, _of: None)
    out.mkdir(parents=True, exist_ok=True)
    scratch = out / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    socket = Engine(engine, scratch=scratch, memory=memory)
    try:
        tell(STEPS[0], 0, len(STEPS))
        opened = step.opened(register, keep_in=scratch / "given")
        tell(STEPS[1], 1, len(STEPS))
        found = due(socket, opened, state=state, month=month, keep_in=out)
        tell(STEPS[2], 2, len(STEPS))
        kept = Due(
            socket.write(found.cards, out / "cards.parquet"),
            found.baskets,
            socket.write(_with_lost_lines(found.refused, opened), out / "refused.parquet"),
        )
        tell(STEPS[3], 3, len(STEPS))
        if with_lines:
            socket.write(kept.lines.drop("district", "category", "basket"), out / "lines.parquet")
        tell(STEPS[4], 4, len(STEPS))
        socket.write(kept.totals, out / "totals.parquet")
        told = _summary(kept, socket.read(opened.cards.parquet), opened, state=state, month=month)
        (out / "summary.json").write_text(json.dumps(told, indent=1, ensure_ascii=False))
        tell("done", len(STEPS), len(STEPS))
    finally:
        socket.close()
    return told


def _with_lost_lines(refused: ir.Table, register: step.Register) -> ir.Table:
    """The refused cards, and the lines of a CSV that could not be read at all."""
    lost = step.unreadable(register)
    if not lost.num_rows:
        return refused
    named = pa.array([f"line {number}" for number in lost["line"].to_pylist()])
    rows = ibis.memtable(
        pa.table({"card_number": named, "refused": pa.array(["line_unreadable"] * len(named))})
    )
    empty = {name: ibis.null(kind) for name, kind in refused.schema().items() if name not in rows.columns}
    return refused.union(rows.mutate(**empty).select(*refused.columns))


def _summary(
    kept: Due, given: ir.Table, register: step.Register, *, state: str, month: Month
) -> dict[str, Any]:
    served, in_file = kept.cards.count().to_pyarrow().as_py(), given.count().to_pyarrow().as_py()
    reasons = kept.refused.group_by("refused").agg(cards=lambda one: one.count()).to_pyarrow().to_pylist()
    refused = {row["refused"]: row["cards"] for row in sorted(reasons, key=lambda row: row["refused"])}
    if served + sum(refused.values()) != in_file + len(register.cards.unreadable):
        raise NotAccountedForError(f"{in_file} cards, {served} served, {refused} refused")
    by = kept.totals.group_by("commodity", "unit").agg(
        quantity=lambda row: row.quantity.sum(), amount=lambda row: row.amount.sum()
    )
    goods = sorted(by.to_pyarrow().to_pylist(), key=lambda row: row["commodity"])
    return {
        "state": state, "month": str(month), "cards": served + sum(refused.values()), "served": served,
        "refused": refused, "baskets": kept.baskets.basket.nunique().to_pyarrow().as_py(), "goods": goods,
    }  # fmt: skip
