"""What a draft of the rules would change: who gains and who loses, before an order is notified.

reads:  cards of a register; the packs as they are and as they would be
writes: difference, one row a district and category; goods, one row a commodity of them; kinds, one row a kind of card
grain:  district, category; district, category, commodity; kind
audit:  the cards of all rows are the cards of the register that serve in the month
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from rasad.pipelines.engine import Engine, EngineName
from rasad.pipelines.entitlements import cards as step
from rasad.pipelines.entitlements.baskets import KIND, Baskets, baskets
from rasad.pipelines.entitlements.effect import EFFECTS, effect, weights
from rasad.pipelines.progress import OnProgress
from rasad.policy.packs import with_folders
from rasad.values.month import Month
from rasad.values.refused import Refused

if TYPE_CHECKING:
    import ibis.expr.types as ir

_KINDS = pa.schema(
    [
        ("written_category", pa.string()),
        ("members", pa.int32()),
        ("tribal_area", pa.bool_()),
        ("written_choice", pa.string()),
        ("category", pa.string()),
        ("effect", pa.string()),
        *(
            (f"{what}_{when}", pa.int64())
            for what in ("grams", "millilitres", "paise")
            for when in ("old", "new")
        ),
        ("refused_old", pa.string()),
        ("refused_new", pa.string()),
    ]
)
_GOODS = pa.schema(
    [
        ("kind", pa.int32()),
        ("commodity", pa.string()),
        ("unit", pa.string()),
        *((f"{what}_{when}", pa.int64()) for what in ("quantity", "amount") for when in ("old", "new")),
    ]
)


@dataclass(frozen=True)
class Difference:
    """The change as tables: by district and category, by commodity of them, and by kind of card."""

    groups: pa.Table
    goods: pa.Table
    kinds: pa.Table

    def cards(self, effect: str | None = None) -> int:
        """How many cards there are, or have this effect."""
        columns = EFFECTS if effect is None else (effect,)
        return sum(sum(self.groups[name].to_pylist()) for name in columns)


def packs_in(folder: Path) -> Path:
    """The folder that holds jurisdictions: itself, or the one above when it is a jurisdiction's own.

    Raises Refused("packs_missing") where there are no packs.
    """
    if (folder / "about.yaml").is_file():
        return folder.parent
    if not any(folder.glob("*/about.yaml")):
        raise Refused("packs_missing", folder=str(folder))
    return folder


def difference(
    register: Path,
    *,
    old: Path,
    new: Path,
    state: str,
    month: Month,
    scratch: Path,
    engine: EngineName = "duckdb",
    on_progress: OnProgress | None = None,
) -> Difference:
    """What every card of a register is due by the old packs and by the new ones, compared.

    `scratch` is used meanwhile. Raises Refused for a register or packs that cannot be used.
    """
    tell = on_progress or (lambda _what, _done, _of: None)
    before, after = packs_in(old), packs_in(new)
    shutil.rmtree(scratch, ignore_errors=True)
    socket = Engine(engine, scratch=scratch)
    try:
        tell("cards", 0, 3)
        opened = step.opened(register, keep_in=scratch / "given")
        read = step.cards(socket, opened, month)
        living = socket.write(read.filter(read.problem.isnull()).drop("problem"), scratch / "living.parquet")
        kinds = living.select(*KIND).distinct().order_by(*KIND).to_pyarrow().to_pylist()
        tell("rules", 1, 3)
        with with_folders(before):
            told = baskets(kinds, state=state, month=month)
        with with_folders(after):
            would_be = baskets(kinds, state=state, month=month)
        compared, goods = _compared(kinds, told, would_be)
        tell("sums", 2, 3)
        found = _summed(socket, living, compared, goods, scratch)
        tell("done", 3, 3)
    finally:
        socket.close()
    return found


def _compared(kinds: Iterable[Mapping[str, Any]], old: Baskets, new: Baskets) -> tuple[pa.Table, pa.Table]:
    """Each kind with its effect and sums, and each commodity of it before and after."""
    before, after = _by_kind(old), _by_kind(new)
    rows, goods = [], []
    for number, kind in enumerate(kinds):
        key = tuple(kind[name] for name in KIND)
        (had, lines_old), (has, lines_new) = before[key], after[key]
        row = {**{name: kind[name] for name in KIND}, "category": had["category"]}
        row["effect"] = effect(lines_old, lines_new)
        for when, told, lines in (("old", had, lines_old), ("new", has, lines_new)):
            row[f"grams_{when}"], row[f"millilitres_{when}"] = weights(lines)
            row[f"paise_{when}"] = 0 if told["refused"] else told["basket_amount"]
            row[f"refused_{when}"] = told["refused"]
        rows.append(row)
        goods += _goods(number, lines_old, lines_new)
    return pa.Table.from_pylist(rows, schema=_KINDS), pa.Table.from_pylist(goods, schema=_GOODS)


def _by_kind(found: Baskets) -> dict[tuple[Any, ...], tuple[dict[str, Any], list[dict[str, Any]]]]:
    """What was settled for each kind, and its lines."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for line in found.lines.to_pylist():
        lines.setdefault(line["basket"], []).append(line)
    return {
        tuple(row[name] for name in KIND): (row, lines.get(row["basket"], []))
        for row in found.kinds.to_pylist()
    }


def _goods(kind: int, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for lines, when in ((old, "old"), (new, "new")):
        for line in lines:
            row = found.setdefault(
                line["commodity"],
                {"kind": kind, "commodity": line["commodity"], "unit": line["unit"], "quantity_old": 0,
                 "quantity_new": 0, "amount_old": 0, "amount_new": 0},
            )  # fmt: skip
            row[f"quantity_{when}"] += line["quantity"]
            row[f"amount_{when}"] += line["amount"] or 0
    return list(found.values())


def _summed(socket: Engine, living: ir.Table, kinds: pa.Table, goods: pa.Table, scratch: Path) -> Difference:
    numbered = kinds.append_column("kind", pa.array(range(len(kinds)), pa.int32()))
    settled = socket.keep(numbered, scratch / "kinds.parquet")
    made = socket.keep(goods, scratch / "goods.parquet")
    found = living.inner_join(settled, list(KIND))
    added = [
        name for name in kinds.column_names if name.rsplit("_", 1)[0] in ("grams", "millilitres", "paise")
    ]
    groups = found.group_by("district", "category").agg(
        **{one: (found.effect == one).sum() for one in EFFECTS},
        **{name: found[name].sum() for name in added},
        price_unknown=(found.paise_old.isnull() | found.paise_new.isnull()).sum(),
        # Cards with something due now for which the draft has no rule.
        forgotten=(found.refused_old.isnull() & found.refused_new.notnull()).sum(),
    )
    counted = found.group_by("district", "category", "kind").agg(cards=found.count())
    each = counted.inner_join(made, "kind")
    by_goods = each.group_by("district", "category", "commodity", "unit").agg(
        **{
            f"{what}_{when}": (each[f"{what}_{when}"] * each.cards).sum()
            for what in ("quantity", "amount")
            for when in ("old", "new")
        }
    )
    return Difference(
        groups.order_by(ibis._.district, ibis._.category).to_pyarrow(),
        by_goods.order_by("district", "category", "commodity").to_pyarrow(),
        kinds,
    )
