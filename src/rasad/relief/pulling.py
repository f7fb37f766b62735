"""The lists of a relief run straight from the portals: page by page into files, going on where a pull was cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from rasad import wiring
from rasad.connectors.exchange.client import Odd, Pulled
from rasad.relief.models import SourceRow
from rasad.relief.sources import family, person, write_source
from rasad.relief.waiting import is_forwarded
from rasad.values.refused import OutsideError, Refused

if TYPE_CHECKING:
    from rasad.policy.scheme import Scheme, SchemeSource

# Which portal has the list of a source, and under which name.
PORTAL_OF = {
    "MMPSY": ("mmpsy", "families"),
    "SARAL": ("saral", "applications"),
    "LOCAL_COMMITTEE": ("unit_committee", "surveys"),
}
WITHIN_SECONDS = 60.0
# A portal that fails is asked again so often before the pull gives up; what it has is kept for the next try.
TRIES = 8
Tell = Callable[[str, int], None]
# Any: what is made of a form while running has no type before.
_PULLED: Any = Pulled
_REFERENCE = re.compile(r'"reference":\s*"([^"\\]{1,80})"')


def pulled(scheme: Scheme, folder: Path, tell: Tell) -> Path:
    """The files of every source of a scheme, pulled into a folder; requests from offices come from the database.

    `tell` hears the source and how many of its families are there. Refused: portal_not_set, portal_failed.
    """
    sources = folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    for source in scheme.sources:
        if source.code in PORTAL_OF:
            families, people = _from_portal(source, folder / "pages" / source.code, tell)
        else:
            families, people = _from_offices(scheme, source)
        write_source(source, families, people, sources)
        tell(source.code, len(families))
    return sources


def _from_offices(scheme: Scheme, source: SchemeSource) -> tuple[list[Any], list[Any]]:
    rows = SourceRow.objects.filter(is_forwarded(), scheme=scheme.code, source=source.code)
    found = list(rows.prefetch_related("people").order_by("pk"))
    people = [person(scheme, row.reference, one) for row in found for one in row.people.all()]
    return [family(scheme, row) for row in found], people


def _from_portal(source: SchemeSource, folder: Path, tell: Tell) -> tuple[list[Any], list[Any]]:
    name, kind = PORTAL_OF[source.code]
    client = wiring.portal(name)
    if client is None:
        raise Refused("portal_not_set", portal=name.upper())
    folder.mkdir(parents=True, exist_ok=True)
    kept = sorted(folder.glob("*.json"))
    cursor = json.loads(kept[-1].read_bytes())["next"] if kept else ""
    count, failures, more = len(kept), 0, True
    while more:
        try:
            page = client.pull(kind, cursor=cursor, within=WITHIN_SECONDS)
        except OutsideError as error:
            failures += 1
            if error.permanent or failures >= TRIES:
                raise Refused("portal_failed", portal=client.title, what=str(error)) from error
            continue
        if page.rows or page.odd:
            half = folder / f"{count:06d}.half"
            half.write_bytes(msgspec.json.encode(page))
            half.rename(folder / f"{count:06d}.json")
            count += 1
        cursor, more, failures = page.next, page.more, 0
        tell(source.code, count)
    return _read(folder, source)


def _read(folder: Path, source: SchemeSource) -> tuple[list[Any], list[Any]]:
    """Every page's families and people as lines of the source's files; dates as days."""
    name, kind = PORTAL_OF[source.code]
    client = wiring.portal(name)
    assert client is not None
    families: list[Mapping[str, Any]] = []
    people: list[Mapping[str, Any]] = []
    for path in sorted(folder.glob("*.json")):
        page = msgspec.json.decode(path.read_bytes(), type=_PULLED[client.pulls[kind]])
        # A row that is not in the form agreed on still ends in a named place: refused, as one without people.
        families += [{"reference": _reference(odd)} for odd in page.odd]
        for row in page.rows:
            told = {
                name: value if value != "" else None for name, value in msgspec.structs.asdict(row).items()
            }
            families.append({name: value for name, value in told.items() if name != "members"})
            people += [
                {"reference": row.reference}
                | {
                    name: value if value != "" else None
                    for name, value in msgspec.structs.asdict(one).items()
                }
                for one in row.members
            ]
    return families, people


def _reference(odd: Odd) -> str:
    """What the portal calls a row that cannot be read, or a name of our own for it."""
    found = _REFERENCE.search(odd.text)
    return found[1] if found else f"unreadable-{odd.digest}"
