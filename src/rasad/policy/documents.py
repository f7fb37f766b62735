"""The papers for a ration card: is there one for each group, and does none serve two?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Self

from pydantic import Field, StrictBool, model_validator

from rasad.policy.facts import CODE
from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, MisplacedError, read
from rasad.policy.rows import Row, Text, in_force, refuse_overlaps
from rasad.values.reason import Reason
from rasad.values.refused import Refused


class Kind(Form):
    """A kind of paper. One `made_of` several counts also when all of them are given apart."""

    code: str = Field(pattern=CODE)
    name: Text
    made_of: tuple[str, ...] = ()
    # Exists only where there was a card before.
    needs_earlier_card: StrictBool = False


class Group(Row):
    """A group of papers of which one must be given."""

    number: int = Field(ge=1)
    name: Text
    any_one: tuple[Kind, ...] = Field(min_length=1)


class DocumentsFile(Form):
    """documents.yaml."""

    rows: tuple[Group, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_group_a_day(self) -> Self:
        refuse_overlaps(self.rows, [frozenset([row.number]) for row in self.rows], "rows")
        for number, row in enumerate(self.rows):
            codes = [kind.code for kind in row.any_one]
            if len(set(codes)) != len(codes):
                raise MisplacedError("two kinds of paper have one code", "rows", number, "any_one")
        return self


@dataclass(frozen=True)
class Paper:
    """A paper that is offered: which file or sheet it is, and as what kind it is meant."""

    file: str
    kind: str


@dataclass(frozen=True)
class Check:
    """Whether the papers suffice; if not, the groups that lack one, and why."""

    accepted: bool
    missing: tuple[Group, ...]
    reasons: tuple[Reason, ...]


def check(papers: Sequence[Paper], *, state: str, on: date, first_card: bool = False) -> Check:
    """Whether papers offered for a card suffice on a day: one for each group, no paper for two.

    Refused: unknown_jurisdiction, no_document_rules, before_first_rule.
    """
    groups = in_force(documents(state), on=on, subject=f"documents {state}")
    ways = [tuple(_ways(group, papers, first_card)) for group in groups]
    missing = tuple(group for group, found in zip(groups, ways, strict=True) if not found)
    if missing:
        return Check(False, missing, tuple(_lacks(group, papers, first_card) for group in missing))
    if any(_apart(chosen) for chosen in product(*ways)):
        return Check(True, (), ())
    return Check(False, (), (groups[0].because("one_paper_for_two_groups"),))


def documents(state: str) -> tuple[Group, ...]:
    """The groups of papers of a State, with their days. Refused: no_document_rules, bad_pack."""
    file = folder_of(state) / "documents.yaml"
    if not file.is_file():
        raise Refused("no_document_rules", state=state)
    return _file(file).rows


@cache
def _file(file: Path) -> DocumentsFile:
    return read(file, DocumentsFile)


def _ways(group: Group, papers: Sequence[Paper], first_card: bool) -> Iterator[frozenset[str]]:
    """Each set of files that serves the group."""
    for kind in group.any_one:
        if first_card and kind.needs_earlier_card:
            continue
        yield from (frozenset([paper.file]) for paper in papers if paper.kind == kind.code)
        if kind.made_of:
            parts = [[paper.file for paper in papers if paper.kind == part] for part in kind.made_of]
            yield from (frozenset(files) for files in product(*parts))


def _apart(chosen: tuple[frozenset[str], ...]) -> bool:
    return len(frozenset().union(*chosen)) == sum(len(files) for files in chosen)


def _lacks(group: Group, papers: Sequence[Paper], first_card: bool) -> Reason:
    """Why a group has no paper."""
    told = {"group": group.name, "number": group.number}
    given = {paper.kind for paper in papers}
    halves = [kind for kind in group.any_one if given & set(kind.made_of)]
    if halves:
        return group.because("paper_not_whole", **told, kind=halves[0].name)
    if first_card and any(kind.code in given and kind.needs_earlier_card for kind in group.any_one):
        return group.because("no_earlier_card", **told)
    kinds = [kind.name for kind in group.any_one if not (first_card and kind.needs_earlier_card)]
    return group.because("paper_missing", **told, kinds=tuple(kinds))
