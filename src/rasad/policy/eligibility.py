"""Is a family eligible: by the list of its own area, exclusions before inclusions, with every criterion it meets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from rasad.policy.criteria import Criterion
from rasad.policy.criteria_file import EligibilityFile
from rasad.policy.facts import Choice, Fact, Facts, read_facts
from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import read
from rasad.policy.rows import Row, Text, in_force
from rasad.values.reason import Reason
from rasad.values.refused import Refused

Result = Literal["eligible", "excluded", "not_eligible", "review"]


@dataclass(frozen=True)
class Decision:
    """What the rules say of a family. `matched` are the codes of the criteria the result rests on.

    `undecided` are the codes that could not be told and might change the result; `untold` the facts they want.
    `review`: the family has a card; it keeps serving until a review with notice and hearing has decided.
    """

    result: Result
    category: str | None
    matched: tuple[str, ...]
    near_limit: bool
    card_keeps_serving: bool
    undecided: tuple[str, ...]
    reasons: tuple[Reason, ...]
    untold: tuple[str, ...] = ()
    # Numbers told in another unit, as they were compared: land in hectares as acres.
    converted: Mapping[str, Decimal] | None = None


@dataclass(frozen=True)
class Question:
    """A fact that the rules of an area need, with its question and the answers that fit there."""

    fact: Fact
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Rules:
    """The criteria of one area in force on a day."""

    area: str
    law: EligibilityFile
    criteria: tuple[Criterion, ...]
    order: Row
    limits: tuple[Criterion, ...]
    review: Criterion

    @cached_property
    def tested(self) -> tuple[Criterion, ...]:
        """Everything that is tested on a family, in a fixed order."""
        return (*self.criteria, *self.limits, self.review)

    @cached_property
    def sentences(self) -> Mapping[str, Text]:
        """What each criterion says to the family, by the row's id."""
        return {one.id: self.law.sentence(one) for one in self.criteria}

    def states(self, facts: Facts) -> dict[str, bool | None]:
        """Whether each tested row holds for a family, by the row's id; None where nobody can tell."""
        return {one.id: one.holds(facts) for one in self.tested}

    def decide(self, states: Mapping[str, bool | None], *, in_words: bool = True) -> Decision:
        """The decision on a family of which only this is known: which rows hold, which do not, which are open.

        The one place where criteria become a result, for one family and for every family of a table; a table
        has its reasons by the codes of the criteria, without `in_words`.
        """
        met = [one for one in self.criteria if states[one.id]]
        inside = [one for one in met if one.group != "exclusion"]
        outside = [one for one in met if one.group == "exclusion"]
        # Whichever comes first in the order of evaluation decides; today that is the exclusion.
        first, second = (outside, inside) if self.law.excludes_first(self.order) else (inside, outside)
        deciding = first or second
        result: Result = "not_eligible" if not deciding else "eligible"
        if deciding and deciding is outside:
            result = "review" if states[self.review.id] else "excluded"
        undecided = self._undecided(result, states)
        outweighed = second if first else []
        return Decision(
            result=result,
            category=_category(self.law, inside) if result == "eligible" else None,
            matched=tuple(dict.fromkeys(one.code for one in deciding)),
            near_limit=any(states[one.id] for one in self.limits),
            card_keeps_serving=result == "review",
            undecided=tuple(dict.fromkeys(one.code for one in undecided)),
            reasons=self._reasons(result, deciding, outweighed, states, bool(undecided)) if in_words else (),
        )

    def _undecided(self, result: Result, states: Mapping[str, bool | None]) -> list[Criterion]:
        """What is open and could make the result another one."""
        open_rows = [one for one in self.criteria if states[one.id] is None]
        if result == "eligible":
            return [one for one in open_rows if one.group == "exclusion"]
        if result == "excluded":
            return [self.review] if states[self.review.id] is None else []
        return open_rows if result == "not_eligible" else []

    def _reasons(
        self,
        result: Result,
        deciding: list[Criterion],
        outweighed: list[Criterion],
        states: Mapping[str, bool | None],
        is_open: bool,
    ) -> tuple[Reason, ...]:
        told = [self._because(one) for one in deciding]
        if outweighed:
            codes = tuple(dict.fromkeys(one.code for one in outweighed))
            told.append(self.order.because("exclusion_goes_first", criteria=codes))
        if result == "not_eligible":
            told.append(self.order.because("no_criterion_met", area=self.law.area_name(self.area)))
        if result == "review":
            told.append(self.review.because("card_under_review", sentence=self.review.sentence))
        told += [one.because("near_limit", sentence=one.sentence) for one in self.limits if states[one.id]]
        if is_open:
            told.append(self.order.because("not_everything_told"))
        return tuple(told)

    def _because(self, one: Criterion) -> Reason:
        excludes, told = one.group == "exclusion", {"criterion": one.code, "sentence": self.sentences[one.id]}
        if one.order:
            code = "order_excludes" if excludes else "order_includes"
            return one.because(code, order=one.order, **told)
        return one.because("criterion_excludes" if excludes else "criterion_includes", **told)


def rules(state: str, area: object, on: date) -> Rules:
    """The criteria of an area of a State in force on a day.

    Refused: no_eligibility_rules, area_without_list, before_first_rule.
    """
    law = eligibility(state)
    areas = tuple(one.code for one in law.areas)
    if area not in areas:
        raise Refused("area_without_list", area=area, state=state, known=", ".join(areas))
    mine = [one for one in law.rows if one.area == area]
    criteria = in_force(mine, on=on, subject=f"eligibility {state} {area}")
    places = {group: number for number, group in enumerate(law.order_on(on).value)}
    return Rules(
        area=str(area),
        law=law,
        criteria=tuple(sorted(criteria, key=lambda one: places[one.group])),
        order=law.order_on(on),
        limits=tuple(one for one in law.near_limit if one.area in (area, "any") and one.holds_on(on)),
        review=in_force(law.review, on=on, subject=f"eligibility {state}")[0],
    )


def decide(facts: Mapping[str, Any], *, state: str, on: date) -> Decision:
    """Whether a family is eligible, by its facts and its `area`, on a day.

    A fact not told is never taken as no in silence: `untold` names those that could change the result.
    Refused: no_eligibility_rules, area_without_list, before_first_rule, fact_not_usable.
    """
    law = rules(state, facts.get("area"), on)
    known = read_facts(law.law.facts, facts)
    found = law.decide(law.states(known))
    wanted = [name for one in law.tested if one.code in found.undecided for name in one.facts]
    untold = tuple(name for name in dict.fromkeys(wanted) if _is_open(known, name))
    return replace(found, untold=untold, converted=known.converted)


def questions(state: str, area: str, *, on: date) -> tuple[Question, ...]:
    """What a family of an area is asked: only facts that a rule of the area needs, in the order of the file.

    Refused: no_eligibility_rules, area_without_list, before_first_rule.
    """
    law = rules(state, area, on)
    needed = {name for one in law.tested for name in one.facts}
    here = {code for one in law.tested for code in one.answers}
    anywhere = {code for one in law.law.rows for code in one.answers}
    return tuple(
        Question(fact, tuple(one for one in fact.choices if one.code in here or one.code not in anywhere))
        for fact in law.law.facts
        if fact.name in needed
    )


def eligibility(state: str) -> EligibilityFile:
    """Every criterion of a State. Refused: unknown_jurisdiction, no_eligibility_rules, bad_pack."""
    file = folder_of(state) / "eligibility.yaml"
    if not file.is_file():
        raise Refused("no_eligibility_rules", state=state)
    return _file(file)


@cache
def _file(file: Path) -> EligibilityFile:
    return read(file, EligibilityFile)


def _category(law: EligibilityFile, met: list[Criterion]) -> str:
    return next((one.category for one in met if one.category), law.category)


def _is_open(known: Facts, name: str) -> bool:
    told = known[name]
    people = told if isinstance(told, tuple) else ()
    return told is None or any(part is None for person in people for part in person.values())


def rows_on(state: str, *, on: date) -> tuple[Row, ...]:
    """Every row that decides about eligibility in a State on a day: criteria, their order, limits, the review.

    Refused: no_eligibility_rules.
    """
    law = eligibility(state)
    every: tuple[Row, ...] = (*law.rows, *law.order, *law.near_limit, *law.review)
    return tuple(one for one in every if one.holds_on(on))
