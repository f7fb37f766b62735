"""Names for the codes of areas. The layers above keep places and shops; they lend their names here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from rasad.accounts.models import Area

# Given a kind of area and codes, the names of those it knows.
Namer = Callable[[str, Collection[str]], dict[str, str]]
_namers: list[Namer] = []


@dataclass(frozen=True)
class Named:
    """An area as people see it: kind in words, name where it is known, code beside it."""

    kind: str
    name: str
    code: str


def named_by(namer: Namer) -> None:
    """Lend names: called once by an app when it is ready."""
    _namers.append(namer)


def names(kind: str, codes: Collection[str]) -> dict[str, str]:
    """The names of these codes that anybody knows, in the active language."""
    found: dict[str, str] = {}
    for namer in _namers:
        found |= namer(kind, codes)
    return found


def named(areas: Iterable[Area]) -> dict[int, list[Named]]:
    """Areas by the id of their member of staff, with names; one question a kind, however many they are."""
    areas = list(areas)
    by_kind: dict[str, set[str]] = {}
    for area in areas:
        by_kind.setdefault(area.kind, set()).add(area.code)
    known = {kind: names(kind, codes) for kind, codes in by_kind.items()}
    found: dict[int, list[Named]] = {}
    for area in areas:
        shown = Named(kind=area.get_kind_display(), name=known[area.kind].get(area.code, ""), code=area.code)
        found.setdefault(area.user_id, []).append(shown)
    return found
