"""Lists of other departments as pages show them: how many rows ended where, and each row with what to do."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from rasad.oversight.models import ListRow, TakenList
from rasad.registry.problems import PROBLEMS


@dataclass(frozen=True)
class Told:
    """A row: its number, where it ended, and of one that could not be read why and what to do."""

    line: int
    end: str
    words: str
    what: Promise | str
    to_do: Promise | str
    row: ListRow


def with_ends(lists: QuerySet[TakenList]) -> list[tuple[TakenList, list[tuple[str, int]]]]:
    """The lists, each with how many of its rows ended where, in words."""
    found = list(lists)
    counted = ListRow.objects.filter(list__in=found).order_by().values("list", "end").annotate(n=Count("pk"))
    numbers = {(one["list"], one["end"]): one["n"] for one in counted}
    return [
        (one, [(str(words), numbers.get((one.pk, code), 0)) for code, words in ListRow.End.choices])
        for one in found
    ]


def heaps(of: TakenList) -> list[tuple[str, str, int]]:
    """Where rows ended: code, words, how many."""
    counted = dict(of.ends.order_by().values_list("end").annotate(n=Count("pk")))
    return [(code, str(words), counted[code]) for code, words in ListRow.End.choices if code in counted]


def told(row: ListRow) -> Told:
    """A row as it is read."""
    problem = PROBLEMS.get(row.code)
    return Told(
        row.line, row.end, row.get_end_display(), problem.what if problem else "",
        problem.to_do if problem else "", row,
    )  # fmt: skip
