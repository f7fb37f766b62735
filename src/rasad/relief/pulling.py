"""The lists of a relief run straight from the portals: page by page into files, going on where a pull was cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from rasad import wiring
from rasad.connectors.exchange.client import Odd, PortalClient, Pulled
from rasad.pipelines.relief.columns import CARDS, REGISTER_MEMBERS
from rasad.relief.models import SourceRow
from rasad.relief.sources import LEFT_OUT, family, person, write_source, written
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
            families, people = _from_portal(source, folder, tell)
        else:
            families, people = _from_offices(scheme, source)
        write_source(source, families, people, sources)
        tell(source.code, len(families))
    return sources


def cards_of_portal(register: Path, folder: Path, tell: Tell) -> bool:
    """Put the cards and members of the PDS database in place of our own in a register's folder; False without one.

    A family is then checked against the cards as that database has them today (R-INT-03). Refused: portal_failed.
    """
    if wiring.portal("pds") is None:
        return False
    wanted = [column for column in REGISTER_MEMBERS if column.name not in LEFT_OUT]
    with (
        written(register / "cards.parquet", CARDS) as cards,
        written(register / "members.parquet", wanted) as members,
    ):
        for page in _pages("pds", "cards", folder, lambda count: tell("PDS", count)):
            told = [msgspec.structs.asdict(card) for card in page.rows]
            cards([_lines(one, "members") for one in told])
            members(
                [
                    {"card_number": card.card_number} | _lines(msgspec.structs.asdict(one))
                    for card in page.rows
                    for one in card.members
                ]
            )
    return True


def _from_offices(scheme: Scheme, source: SchemeSource) -> tuple[list[Any], list[Any]]:
    rows = SourceRow.objects.filter(is_forwarded(), scheme=scheme.code, source=source.code)
    found = list(rows.prefetch_related("people").order_by("pk"))
    people = [person(scheme, row.reference, one) for row in found for one in row.people.all()]
    return [family(scheme, row) for row in found], people


def _from_portal(source: SchemeSource, folder: Path, tell: Tell) -> tuple[list[Any], list[Any]]:
    """Every page's families and people as lines of the source's files; dates as days."""
    families: list[Mapping[str, Any]] = []
    people: list[Mapping[str, Any]] = []
    for page in _pages(*PORTAL_OF[source.code], folder, lambda count: tell(source.code, count)):
        # A row that is not in the form agreed on still ends in a named place: refused, as one without people.
        families += [{"reference": _reference(odd)} for odd in page.odd]
        for row in page.rows:
            families.append(_lines(msgspec.structs.asdict(row), "members"))
            people += [
                {"reference": row.reference} | _lines(msgspec.structs.asdict(one)) for one in row.members
            ]
    return families, people


def _lines(row: Mapping[str, Any], without: str = "") -> dict[str, Any]:
    return {name: None if value == "" else value for name, value in row.items() if name != without}


def _pages(name: str, kind: str, folder: Path, tell: Callable[[int], None]) -> Iterator[Any]:
    """Every page of a portal's list, from files; what is not there yet is pulled first, from where it was cut off.

    Rows nobody can read are written down beside them, too.
    """
    client = wiring.portal(name)
    if client is None:
        raise Refused("portal_not_set", portal=name.upper())
    kept = folder / "pages" / f"{name}-{kind}"
    kept.mkdir(parents=True, exist_ok=True)
    _pull(client, kind, kept, tell)
    unreadable = folder / f"{name}-{kind}.unreadable.jsonl"
    unreadable.unlink(missing_ok=True)
    for path in sorted(kept.glob("*.json")):
        page = msgspec.json.decode(path.read_bytes(), type=_PULLED[client.pulls[kind]])
        if page.odd:
            with unreadable.open("ab") as file:
                file.writelines(msgspec.json.encode(odd) + b"\n" for odd in page.odd)
        yield page


def _pull(client: PortalClient, kind: str, kept: Path, tell: Callable[[int], None]) -> None:
    there = sorted(kept.glob("*.json"))
    cursor = json.loads(there[-1].read_bytes())["next"] if there else ""
    count, failures, more = len(there), 0, True
    while more:
        try:
            page = client.pull(kind, cursor=cursor, within=WITHIN_SECONDS)
        except OutsideError as error:
            failures += 1
            if error.permanent or failures >= TRIES:
                raise Refused("portal_failed", portal=client.title, what=str(error)) from error
            continue
        if page.rows or page.odd:
            half = kept / f"{count:06d}.half"
            half.write_bytes(msgspec.json.encode(page))
            half.rename(kept / f"{count:06d}.json")
            count += 1
        cursor, more, failures = page.next, page.more, 0
        tell(count)


def _reference(odd: Odd) -> str:
    """What the portal calls a row that cannot be read, or a name of our own for it."""
    found = _REFERENCE.search(odd.text)
    return found[1] if found else f"unreadable-{odd.digest}"
