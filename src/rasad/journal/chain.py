"""What makes the journal checkable: the text of an entry, the same everywhere, and its hash."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

# The hash "before" entry 1.
BEGINNING = "0" * 64
COLUMNS = ("number", "at", "by", "action", "of_kind", "of_key", "reason", "facts", "previous_hash")


def plain(facts: object) -> object:
    """Facts as JSON that reads back unchanged from the database. Raises TypeError for what would not."""
    match facts:
        case None | bool() | int() | str():
            return facts
        case datetime():
            return facts.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return facts.isoformat()
        case Decimal() | UUID():
            return str(facts)
        case dict():
            return {str(name): plain(value) for name, value in facts.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(value) for value in facts]
        case _:
            # A float may come back from jsonb as another text (1e20), and then the hash is wrong for ever.
            raise TypeError(
                f"the journal takes no {type(facts).__name__}: write {facts!r} as text or integer"
            )


def entry_hash(entry: Mapping[str, object]) -> str:
    """SHA-256 over every column but the hash itself, so also over the hash before; 64 hex digits."""
    said = {name: entry[name] for name in COLUMNS}
    said["at"] = plain(said["at"])
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
