"""Families with any facts at all, and often just at a limit, for rules to be held against."""

from typing import Any

from hypothesis import strategies as some

from rasad.policy.eligibility import eligibility
from rasad.policy.facts import Fact

LAW = eligibility("IN-HR")
AT_THE_LIMIT = {
    "land_acres": ["0", "0.000001", "4.941999", "4.942", "4.95", "5", "5.0", "5.000001", "12.5"],
    "land_hectares": ["0", "1.9999", "2", "2.0", "2.0234", "2.023431", "2.0235", "8"],
    "annual_income": ["0", "199999.99", "200000.00", "200000.01", "200001", "999999999999"],
    "house_plot_sq_yd": ["0", "249.9", "249.999999", "250", "250.0", "300"],
    "flat_super_area_sq_ft": ["0", "1499.9", "1500", "1500.000001", "2000"],
}


def answers(fact: Fact) -> some.SearchStrategy[Any]:
    """What a family may answer to a question, as text where a table would have text."""
    match fact.type:
        case "yes_no":
            return some.booleans()
        case "choice":
            return some.sampled_from([*(one.code for one in fact.choices), "unheard_of"])
        case "people":
            person = some.tuples(
                *(
                    some.sampled_from(["", "unheard_of", *(one.code for one in part.choices)])
                    for part in fact.parts
                )
            )
            return some.lists(person.map(":".join), max_size=3).map(lambda one: ";".join(one) or "none")
        case "number":
            return numbers(fact.name)


def numbers(name: str) -> some.SearchStrategy[str]:
    """A number at or near a limit, or any other."""
    return some.sampled_from(AT_THE_LIMIT[name]) | some.decimals(
        min_value=0, max_value=10**9, places=2, allow_nan=False
    ).map(str)


def families() -> some.SearchStrategy[dict[str, Any]]:
    """A family of a village or a town that told some facts and kept others to itself."""
    asked = {fact.name: some.none() | answers(fact) for fact in LAW.facts}
    asked["land_hectares"] = some.none() | numbers("land_hectares")
    asked["area"] = some.sampled_from(["rural", "urban"])
    return some.fixed_dictionaries(asked)
