"""What a check found, in lines for a terminal."""

from collections.abc import Iterator
from pathlib import Path

from rasad.policy.check.findings import Finding
from rasad.policy.check.whole import Checked


def told(found: Checked, packs: Path) -> Iterator[str]:
    """Each finding with its rows, their file and line and words; the settled ones first; a count at the end."""
    for finding in sorted(found.findings, key=lambda one: not one.resolved):
        yield from _finding(finding, packs)
        yield ""
    for file, settled in found.settled_for_nothing:
        rows = ", ".join(settled.rows)
        yield f"UNRESOLVED settled_for_nothing  {_short(str(file), packs)}"
        yield f"  {settled.kind} of {rows} is not there any more: take it out of the file"
        yield ""
    open_ones = len(found.unresolved) + len(found.settled_for_nothing)
    resolved = len(found.findings) - len(found.unresolved)
    yield f"{found.rows} rows: {resolved} findings resolved, {open_ones} unresolved"


def _finding(finding: Finding, packs: Path) -> Iterator[str]:
    ids = ", ".join(finding.resolved)
    yield f"{'RESOLVED ' + ids if finding.resolved else 'UNRESOLVED'}  {finding.kind}: {finding.problem}"
    if not finding.rows:
        yield f"  {_short(finding.places[0], packs)}"
    for row, place in zip(finding.rows, finding.places, strict=False):
        yield f"  {_short(place, packs)}  {row.id}"
        if row.quotation:
            yield f"    “{row.quotation}”"
    if finding.advice:
        yield f"  {finding.advice}"
    for id_, how in finding.resolved.items():
        yield f"  {id_}: {' '.join(how.split())}"


def _short(place: str, packs: Path) -> str:
    return place.removeprefix(f"{packs}/")
