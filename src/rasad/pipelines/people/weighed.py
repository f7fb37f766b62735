"""Pairs of a block weighed by figures that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from splink import Linker

from rasad.pipelines.people.splinks import as_ibis, seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.blocks import Blocks
    from rasad.pipelines.progress import OnProgress

# Rows a chunk: bounds the memory it takes.
ROWS_A_CHUNK = 500_000


def weighed(
    engine: Engine,
    api: Any,
    model: Mapping[str, Any],
    blocks: Blocks,
    people: Sequence[ir.Table],
    often: Mapping[str, ir.Table],
    *,
    at_least: float,
    rows: int,
    name: str,
    on_progress: OnProgress = lambda what, done, of: None,
) -> ir.Table:
    """Pairs that weigh `at_least`: number_l, number_r, match_weight and gamma_ of each comparison.

    `model` is what Splink has learnt, `often` how common names are where that is not counted over all, `rows` those
    of the first table.
    """
    # Two tables are one here: their numbers differ, and Splink joins one table by numbers and two by texts.
    both = people[0] if len(people) == 1 else ibis.union(*people)
    linker = Linker(
        api.register(seen(engine, both)),
        {**model, "link_type": "dedupe_only"},
        log_level=None,
        validate_settings=False,
    )
    for column, table in often.items():
        linker.table_management.register_term_frequency_lookup(api.register(seen(engine, table)), column)
    chunks = max(1, -(-rows // ROWS_A_CHUNK))
    told = []
    for chunk in range(chunks):
        on_progress("weighing", chunk, chunks)
        pairs = engine.hold(blocks.pairs(chunk=chunk, of=chunks), f"{name}_met_{chunk}")
        met = api.register(seen(engine, pairs))
        linker.table_management.register_blocked_pairs_for_predict(met)
        found = linker.inference.predict(threshold_match_weight=at_least, warning_mode="never")
        levels = [column for column in as_ibis(engine, found).columns if column.startswith("gamma_")]
        kept = as_ibis(engine, found).select("number_l", "number_r", "match_weight", *levels)
        told.append(engine.hold(kept, f"{name}_weighed_{chunk}"))
        found.drop_table_from_database_and_remove_from_cache()
    return told[0] if len(told) == 1 else ibis.union(*told)
