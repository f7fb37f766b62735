"""Who is below the poverty line, by the Union's guidelines, and which of those families are Antyodaya (AAY)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from rasad.policy.criteria import Criterion, refuse_misfits
from rasad.policy.facts import Fact, Facts, read_facts
from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Row, Text, in_force, refuse_overlaps
from rasad.values.reason import Reason
from rasad.values.refused import Refused

UNION = "IN"


class Involved(Row):
    """The bodies that take part in the identification."""

    value: tuple[str, ...] = Field(min_length=1)
    name: Text


class IdentificationFile(Form):
    """identification.yaml."""

    facts: tuple[Fact, ...] = Field(min_length=1)
    involved: tuple[Involved, ...]
    bpl: tuple[Criterion, ...]
    precondition: tuple[Criterion, ...] = Field(min_length=1)
    aay: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for field in ("bpl", "precondition", "aay"):
            rows: tuple[Criterion, ...] = getattr(self, field)
            refuse_misfits([(row.test, (field, at, "test")) for at, row in enumerate(rows)], self.facts)
            refuse_overlaps(rows, [frozenset([(row.area, row.code)]) for row in rows], field)
        return self


@dataclass(frozen=True)
class Antyodaya:
    """Whether a family is one of the poorest of the poor, by which criteria, and what nobody told."""

    result: Literal["aay_eligible", "not_aay"]
    matched: tuple[str, ...]
    reasons: tuple[Reason, ...]
    untold: tuple[str, ...]


def antyodaya(facts: Mapping[str, Any], *, on: date) -> Antyodaya:
    """Whether a family can be identified for AAY on a day: only from among BPL families, by any one criterion.

    Refused: before_first_rule (the criteria begin with the first expansion), fact_not_usable.
    """
    law = identification()
    known = read_facts(law.facts, facts)
    asked = in_force(law.precondition, on=on, subject="AAY")[0]
    criteria = in_force(law.aay, on=on, subject="AAY criteria")
    met = tuple(one for one in criteria if one.holds(known))
    is_bpl = asked.holds(known)
    if is_bpl and met:
        reasons = tuple(
            one.because("aay_criterion_met", criterion=one.code, sentence=one.sentence) for one in met
        )
        return Antyodaya("aay_eligible", tuple(one.code for one in met), reasons, ())
    if is_bpl is False:
        return Antyodaya("not_aay", (), (asked.because("aay_not_from_bpl"),), ())
    if is_bpl is None:
        untold = _untold([asked, *([] if met else criteria)], known)
        return Antyodaya("not_aay", (), (asked.because("aay_bpl_not_told"),), untold)
    return Antyodaya("not_aay", (), (asked.because("aay_no_criterion_met"),), _untold(criteria, known))


def below_poverty_line(facts: Mapping[str, Any], *, area: str, on: date) -> tuple[Reason, ...]:
    """Why the guidelines name a family of an area among the poor; nothing when they do not name it.

    Refused: before_first_rule, fact_not_usable.
    """
    law = identification()
    known = read_facts(law.facts, facts)
    rows = in_force([row for row in law.bpl if row.area == area], on=on, subject="BPL")
    return tuple(
        row.because("bpl_criterion_met", criterion=row.code, sentence=row.sentence, area=area)
        for row in rows
        if row.holds(known)
    )


def asked_for_antyodaya(*, on: date) -> tuple[Fact, ...]:
    """The facts that decide about AAY on a day. Refused: before_first_rule."""
    law = identification()
    rows = (
        *in_force(law.precondition, on=on, subject="AAY"),
        *in_force(law.aay, on=on, subject="AAY criteria"),
    )
    needed = {name for row in rows for name in row.facts}
    return tuple(fact for fact in law.facts if fact.name in needed)


def identification() -> IdentificationFile:
    """The Union's guidelines. Refused: bad_pack, no_identification_rules."""
    file = folder_of(UNION) / "identification.yaml"
    if not file.is_file():
        raise Refused("no_identification_rules", state=UNION)
    return _file(file)


@cache
def _file(file: Path) -> IdentificationFile:
    return read(file, IdentificationFile)


def _untold(rows: Sequence[Criterion], known: Facts) -> tuple[str, ...]:
    wanted = (name for row in rows if row.holds(known) is None for name in row.facts)
    return tuple(name for name in dict.fromkeys(wanted) if known[name] is None)
