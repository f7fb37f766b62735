"""`./run requirements`: which requirements of the catalogue a passing test proves.

A requirement is proven when at least one test that names it (`@pytest.mark.req("R-DRT-07")`) passes and none
that names it fails. The outcomes come from the record of the last run of all tests; when there is none of the
code as it is now, the tests that name a requirement are run first.

The last line is `N of M requirements proven`. M is the size of the catalogue; where the catalogue is not
beside the project, it is the number of requirements that tests name.
"""

import subprocess
import sys
from collections import defaultdict
from typing import Any

from tests.house import record
from tests.house.reading import ROOT, catalogue

Tests = dict[str, dict[str, Any]]


def outcomes() -> Tests:
    """The tests that name a requirement, with their outcomes."""
    found = record.read()
    if found is None:
        print("Running the tests that name a requirement.\n", flush=True)
        record.RECORD.unlink(missing_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pytest", "-m", "req", "-q", "--no-header"], cwd=ROOT, check=False
        )
        # Just made: a file that was saved meanwhile does not undo it.
        found = record.read(of_this_code=False)
    if found is None:
        raise SystemExit("The tests did not run to their end; what stopped them stands above.")
    return found


def by_requirement(tests: Tests) -> dict[str, dict[str, str]]:
    """For each id the tests that name it, with their outcomes; parameters of one test are one line."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for node, test in sorted(tests.items()):
        name = node.split("[")[0]
        for id_ in test["ids"]:
            seen = found[id_].get(name, test["outcome"])
            found[id_][name] = min(seen, test["outcome"], key=record.WORST_FIRST.index)
    return found


def is_proven(named: dict[str, str]) -> bool:
    """One passing test at least, none failing."""
    return "passed" in named.values() and "failed" not in named.values()


def report(tests: Tests, ids: tuple[str, ...]) -> list[str]:
    """The lines of the report, group by group; the last one counts."""
    found = by_requirement(tests)
    wanted = ids or tuple(sorted(found))
    lines = []
    for group in dict.fromkeys(id_.rsplit("-", 1)[0] for id_ in wanted):
        members = [id_ for id_ in wanted if id_.rsplit("-", 1)[0] == group]
        proven = [id_ for id_ in members if is_proven(found.get(id_, {}))]
        lines.append(f"{group}: {len(proven)} of {len(members)}")
        for id_ in members:
            for name, outcome in found.get(id_, {}).items():
                lines.append(f"  {id_}  {name}" + ("" if outcome == "passed" else f"  ({outcome})"))
    if not ids:
        lines.append("The catalogue is not beside the project: counted are the requirements that tests name.")
    count = sum(is_proven(found.get(id_, {})) for id_ in wanted)
    return [*lines, f"{count} of {len(wanted)} requirements proven"]


def main() -> None:
    """Print the report."""
    print("\n".join(report(outcomes(), catalogue())))


if __name__ == "__main__":
    main()
