"""Plays cases of eligibility: a State's lists, the Union's Antyodaya criteria, the papers for a card."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rasad.policy import documents, eligibility, identification
from rasad.web.explain import explained

GIVEN = frozenset(
    [
        "annual_income", "area", "assured_means_or_support", "bpl", "documents []", "documents.[].as",
        "documents.[].file", "existing_card", "flat_super_area_sq_ft", "head.age", "head.widow",
        "house_plot_sq_yd", "income_tax_payer", "jurisdiction", "katcha_house", "land_acres", "land_hectares",
        "local_body", "main_income", "members_employment.[].employer", "members_employment.[].kind",
        "members_employment", "occupation", "owns_air_conditioner", "owns_motorised_four_wheeler",
        "owns_two_wheeler", "registered_enterprise",
    ]
)  # fmt: skip
# The cases give no day: the lists are those the documents were seen with.
ON = date(2015, 1, 16)
STATE = "IN-HR"
# Other names for the answers about work, beside those of the criteria.
WORK = {
    "central_government": "government_of_india", "union_government": "government_of_india",
    "haryana_government": "state_government", "public_sector_undertaking": "undertaking", "psu": "undertaking",
    "contract": "contractual", "work_charge": "work_charged", "daily_wage": "daily_wager",
    "daily_wages": "daily_wager", "pension": "pensioner", "permanent": "regular",
}  # fmt: skip


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one case, by what it gives: papers, a family before the Union's rules, or a State's."""
    if "documents" in given:
        return _papers(given)
    facts = {
        f"{outer}_{inner}" if isinstance(value, Mapping) else outer: told
        for outer, value in given.items()
        for inner, told in (value.items() if isinstance(value, Mapping) else [("", value)])
    }
    if "members_employment" in facts:
        facts["members_employment"] = [
            {part: WORK.get(str(told), told) for part, told in person.items()}
            for person in given["members_employment"]
        ]
    # The list of the poor is asked for by the Union's guidelines only.
    if given.get("jurisdiction") == "IN" or "bpl" in given:
        return _antyodaya(facts)
    found = eligibility.decide(facts, state=given.get("jurisdiction", STATE), on=ON)
    # What follows for a card that is there comes after what was found.
    told = next((one for one in found.reasons if one.code == "card_under_review"), found.reasons[0])
    land = (found.converted or {}).get("land_acres", given.get("land_acres"))
    return {
        "result": found.result,
        "category": found.category,
        "matched": list(found.matched),
        "near_limit": found.near_limit,
        "card_keeps_serving": found.card_keeps_serving,
        "reason": explained(told),
        **({} if land is None else {"land_acres": _shown(land)}),
    }


def _antyodaya(facts: Mapping[str, Any]) -> dict[str, Any]:
    found = identification.antyodaya(facts, on=ON)
    category = "AAY" if found.result == "aay_eligible" else None
    return {
        "result": found.result,
        "category": category,
        "matched": list(found.matched),
        "reason": explained(found.reasons[0]),
    }


def _papers(given: Mapping[str, Any]) -> dict[str, Any]:
    papers = [
        # Papers named by their kind alone are papers of their own.
        documents.Paper(
            one["file"] if isinstance(one, Mapping) and "file" in one else f"paper {number}", kind
        )
        for number, one in enumerate(given["documents"])
        for kind in [one["as"] if isinstance(one, Mapping) else one]
    ]
    first_card = given.get("existing_card") == "none"
    found = documents.check(papers, state=given.get("jurisdiction", STATE), on=ON, first_card=first_card)
    return {
        "accepted": found.accepted,
        "missing_group": found.missing[0].number if found.missing else None,
        "reason": explained(found.reasons[0]) if found.reasons else None,
    }


def _shown(acres: Any) -> str:
    return str(Decimal(str(acres)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
