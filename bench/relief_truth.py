"""How right a run was, told by the truth beside a made-up state."""

from pathlib import Path
from typing import Any

import duckdb


def quality(state: Path, out: Path) -> dict[str, Any]:
    """Precision and recall of the check against the register and of the merge, exact and with probability."""
    link = duckdb.connect()
    link.execute(
        f"""CREATE TABLE told AS SELECT r.*, t.outcome AS true_outcome, t.reason AS true_reason,
            t.household, t.on_free_card, t.exactly
        FROM read_parquet('{out}/rows.parquet') r
        FULL JOIN read_parquet('{state}/truth/rows.parquet') t
        ON upper(r.source) = upper(t.source) AND r.reference = t.reference AND r.line = t.line"""
    )

    def count(condition: str) -> int:
        return int((link.execute(f"SELECT count(*) FROM told WHERE {condition}").fetchone() or (0,))[0])

    # Rows the screen stopped never reached the check.
    reached = (
        "true_outcome IN ('token', 'linked') OR true_reason IN ('on_free_card', 'probably_on_free_card')"
    )
    exact, probable = "reason = 'on_free_card'", "reason = 'probably_on_free_card'"
    families = """(SELECT token, household, count(*) AS n FROM told
        WHERE outcome IN ('token', 'linked') AND true_outcome IN ('token', 'linked') GROUP BY ALL)"""
    pairs = "SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM"
    together, joined, true = (
        float((link.execute(f"{pairs} {grouped}").fetchone() or (0,))[0])
        for grouped in (
            families,
            f"(SELECT token, sum(n) AS n FROM {families} GROUP BY 1)",
            f"(SELECT household, sum(n) AS n FROM {families} GROUP BY 1)",
        )
    )
    on_card = count(f"({reached}) AND on_free_card")
    right = count(f"({exact} OR {probable}) AND on_free_card")
    stopped = count(f"{exact} OR {probable}")
    return {
        "rows_unaccounted": count("source IS NULL OR outcome IS NULL"),
        "exact_wrongly_refused": count(f"{exact} AND NOT on_free_card"),
        "exact_missed": count(f"({reached}) AND exactly AND outcome IN ('token', 'linked')"),
        "probable_wrongly_refused": count(f"{probable} AND NOT on_free_card"),
        "probable_rightly_refused": count(f"{probable} AND on_free_card"),
        "check_precision": round(right / max(stopped, 1), 5),
        "check_recall": round(right / max(on_card, 1), 5),
        "merge_precision": round(together / max(joined, 1), 5),
        "merge_recall": round(together / max(true, 1), 5),
        "tokens_true": count("true_outcome = 'token'"),
        "tokens": count("outcome = 'token'"),
    }
