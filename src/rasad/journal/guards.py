"""Triggers of a table to which rows are only added."""

import pgtrigger

UNCHANGED = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def append_only(told: str) -> list[pgtrigger.Trigger]:
    """Refuse every change, deletion and emptying of a table, in raw SQL too; `told` is what the database says."""
    return [
        UNCHANGED,
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func=f"RAISE EXCEPTION '{told}';",
        ),
    ]
