"""All checks over all folders of packs."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasad.policy.check import dates, quotations, scales, sums, totals
from rasad.policy.check.entries import PackRow, entries
from rasad.policy.check.findings import RESOLVED, Finding, Settled, settle
from rasad.policy.check.forms import forms
from rasad.policy.packs import PACKS
from rasad.values.refused import Refused


@dataclass(frozen=True)
class Checked:
    """What was found in the folders: every finding, and what is settled there without being found."""

    rows: int
    findings: tuple[Finding, ...]
    settled_for_nothing: tuple[tuple[Path, Settled], ...]

    @property
    def unresolved(self) -> tuple[Finding, ...]:
        """What nobody has settled."""
        return tuple(finding for finding in self.findings if not finding.resolved)


def check(packs: Path, *, on: date) -> Checked:
    """Check every folder of packs in a folder, as on a day. Raises Refused("no_packs")."""
    folders = sorted(file.parent for file in packs.glob("*/*.yaml"))
    if not folders:
        raise Refused("no_packs", folder=str(packs))
    union = _union(packs)
    found: list[Finding] = []
    unused: list[tuple[Path, Settled]] = []
    count = 0
    for folder in dict.fromkeys(folders):
        rows = entries(folder)
        count += len(rows)
        bad = list(forms(folder))
        here = [*_of_rows(rows, on), *scales.fixed_prices(rows, union)]
        # A settled list that does not fit its form settles nothing; the form's finding says so.
        if any(one.file and one.file.name == RESOLVED for one in bad):
            found += [*bad, *here]
            continue
        settled, left = settle(here, folder)
        found += [*bad, *settled]
        # What has run out by one day had not on an earlier one: that is asked for by --on, and is no leftover.
        unused += [(folder / RESOLVED, one) for one in left if one.kind != "out_of_force"]
    return Checked(count, tuple(found), tuple(unused))


def _of_rows(rows: list[PackRow], on: date) -> list[Finding]:
    return [
        *dates.overlaps(rows),
        *dates.gaps(rows),
        *dates.out_of_force(rows, on=on),
        *quotations.two_measures(rows),
        *quotations.in_and_out(rows),
        *sums.sums(rows),
        *sums.percents(rows),
        *scales.choice_units(rows),
        *scales.table_ends(rows),
        *totals.card_totals(rows),
        *scales.price_missing(rows),
    ]


def _union(packs: Path) -> list[PackRow]:
    """The Union's rows: those of the folder that is checked, else ours."""
    own = packs / "india"
    return entries(own if own.is_dir() else PACKS / "india")
