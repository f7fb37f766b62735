"""What an import says to people: a few lines on the screen, and every problem in a CSV."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rasad.registry.importing.load import Summary
from rasad.registry.models import ImportProblem
from rasad.registry.problems import PROBLEMS

_COLUMNS = ("line", "column", "code", "shown", "what", "to_do", "row_left_out")
# A spreadsheet that opens the report must not run what stood in the file.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def told(summary: Summary) -> Iterator[str]:
    """The summary, and each kind of problem once, line by line."""
    if summary.known:
        yield _("%(file)s was taken in before, and has not changed: nothing was done.") % {
            "file": summary.file
        }
    yield _(
        "%(file)s: %(read)d rows read = %(loaded)d loaded + %(unchanged)d unchanged + %(refused)d left out"
    ) % {
        "file": summary.file,
        "read": summary.read,
        "loaded": summary.loaded,
        "unchanged": summary.unchanged,
        "refused": summary.refused,
    }
    if summary.guessed_encoding:
        yield _("The letters are not UTF-8 and were read as %(encoding)s: look at some names.") % {
            "encoding": summary.guessed_encoding
        }
    if summary.sheet:
        yield _("The sheet “%(sheet)s” was read.") % {"sheet": summary.sheet}
    if summary.hidden_sheets:
        yield _("Hidden sheets were not read: %(sheets)s") % {"sheets": ", ".join(summary.hidden_sheets)}
    if summary.unused_columns:
        yield _("Columns not used: %(columns)s") % {"columns": ", ".join(summary.unused_columns[:20])}
    yield from _kinds_of_problem(summary.batch)


def _kinds_of_problem(batch: int) -> Iterator[str]:
    found = (
        ImportProblem.objects.filter(batch=batch)
        .values("column", "code", "refuses")
        .annotate(times=Count("pk"), first=Min("line"), example=Min("shown"))
        .order_by("-times", "first")
    )
    for kind in found:
        sentence, facts = PROBLEMS[kind["code"]], {"shown": kind["example"]}
        yield "  " + ngettext(
            "%(column)s: %(times)d time, in line %(line)d.",
            "%(column)s: %(times)d times, first in line %(line)d.",
            kind["times"],
        ) % {"column": kind["column"] or _("line"), "times": kind["times"], "line": kind["first"]}
        yield f"    {sentence.what % facts} {sentence.to_do % facts}"


def write(batch: int, path: Path) -> int:
    """Write every problem of a batch into a CSV; rows written."""
    rows = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    # The mark tells a spreadsheet that this is UTF-8.
    with half.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(_COLUMNS)
        for problem in _problems(batch).iterator(chunk_size=10_000):
            sentence = PROBLEMS[problem.code]
            cells = (
                problem.column,
                problem.code,
                problem.shown,
                sentence.what % _facts(problem),
                sentence.to_do % _facts(problem),
                _("yes") if problem.refuses else _("no"),
            )
            out.writerow([problem.line, *map(harmless, cells)])
            rows += 1
    half.rename(path)
    return rows


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def _problems(batch: int) -> QuerySet[ImportProblem]:
    return ImportProblem.objects.filter(batch=batch).order_by("line", "id")


def _facts(problem: ImportProblem) -> dict[str, object]:
    return {"shown": problem.shown}
