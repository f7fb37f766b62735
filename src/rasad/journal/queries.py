"""Reads of the journal, and whether it is whole."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from rasad.journal.chain import BEGINNING, COLUMNS, entry_hash
from rasad.journal.models import Entry


@dataclass(frozen=True)
class Verdict:
    """The outcome of reading the whole chain.

    `broken_at` is the first number that is missing or does not fit (None: the chain is whole), `problem` one
    of `missing`, `changed`, `unlinked`, `cut_short`; `head` is the hash of the last good entry.
    """

    entries: int
    head: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken_at is None


def verify(*, seen_number: int = 0, seen_hash: str = "") -> Verdict:
    """Read every entry in order and say where the chain first breaks; a stream, whatever its length.

    Nothing inside the database can show that its newest entries were cut off: keep the head of an earlier
    check elsewhere and give it as `seen_number` and `seen_hash`.
    """
    count, head = 0, BEGINNING
    for row in Entry.objects.order_by("number").values(*COLUMNS, "hash").iterator(chunk_size=5000):
        own_hash = row.pop("hash")
        if row["number"] != count + 1:
            return Verdict(count, head, count + 1, "missing")
        if row["previous_hash"] != head:
            return Verdict(count, head, count + 1, "unlinked")
        if entry_hash(row) != own_hash or (count + 1 == seen_number and own_hash != seen_hash):
            return Verdict(count, head, count + 1, "changed")
        count, head = count + 1, own_hash
    if count < seen_number:
        return Verdict(count, head, count + 1, "cut_short")
    return Verdict(count, head)


def entries(
    visible: QuerySet[Entry],
    *,
    by: str = "",
    action: str = "",
    of_key: str = "",
    since: object = None,
    until: object = None,
) -> QuerySet[Entry]:
    """The newest first of what a reader may see, narrowed by who, what, on what, and days (both included)."""
    wanted: dict[str, object] = {}
    if by:
        wanted["by"] = by
    if action:
        wanted["action"] = action
    if of_key:
        wanted["of_key"] = of_key
    if since:
        wanted["at__date__gte"] = since
    if until:
        wanted["at__date__lte"] = until
    return visible.filter(**wanted).order_by("-number")


def facts_of(of_kind: str, of_key: str, *, actions: Collection[str]) -> dict[str, Any] | None:
    """The facts of the newest entry of these actions about a thing; None where there is none."""
    found = Entry.objects.filter(of_kind=of_kind, of_key=of_key, action__in=actions).order_by("-number")
    return found.values_list("facts", flat=True).first()


def entries_about(kind: str, key: str, *, beginning: str = "") -> QuerySet[Entry]:
    """The newest first about one thing the reader may see; `beginning`: of acts whose names begin so."""
    return Entry.objects.filter(of_kind=kind, of_key=key, action__startswith=beginning).order_by("-number")
