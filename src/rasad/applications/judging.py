"""Which card an application leads to, by the rules: the category, with every reason; nobody's opinion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rasad import wiring
from rasad.applications.coverage import area_of
from rasad.applications.models import Application, Certificate
from rasad.policy import eligibility
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry.models import CardCategory
from rasad.values.reason import Reason
from rasad.values.refused import Refused

# The card of a family that no list includes: everybody is entitled to a card (R-CRD-01, A-HR-18).
OUTSIDE_THE_LISTS = "APL"
JUDGED = ("new_card", "fresh_card_other_state")


@dataclass(frozen=True)
class Judgement:
    """The category a card gets, the reasons, and what nobody has told yet."""

    category: str
    reasons: tuple[Reason, ...]
    untold: tuple[str, ...] = ()
    result: str = ""
    # The codes of the criteria it rests on.
    matched: tuple[str, ...] = ()


def facts_of(application: Application) -> dict[str, object]:
    """What is known of the family: as it said, and where a visit found otherwise, as was found."""
    told = dict(application.facts)
    for one in application.visits.all():
        told |= one.facts
    return {"area": area_of(application.place), **told}


def judged(application: Application, *, on: date) -> Judgement:
    """The category by the rules of a day. Refused: category_to_choose where the State has no list to go by."""
    if application.service not in JUDGED:
        return Judgement(_kept(application, on), ())
    try:
        return by_rules(facts_of(application), on=on)
    except Refused as refused:
        if refused.code != "no_eligibility_rules":
            raise
        return _chosen(application)


def by_rules(facts: Mapping[str, object], *, on: date) -> Judgement:
    """What the rules of a day say of a family with these facts. Refused: as `eligibility.decide`."""
    found = eligibility.decide(facts, state=wiring.state_code(), on=on)
    category = _kind(found.category) if found.result == "eligible" and found.category else OUTSIDE_THE_LISTS
    return Judgement(category, found.reasons, found.untold, found.result, found.matched)


def _kind(category: str) -> str:
    """The kind of card of a category that stands over others: a priority household's is OPH (R-CRD-13)."""
    rows = jurisdiction(wiring.state_code()).categories
    return next((one.inherits for one in rows if one.value == category and one.inherits), category)


def _kept(application: Application, on: date) -> str:
    """The category the family has, or had on the card it surrendered."""
    card = application.card
    if application.service == "fresh_card_same_state":
        number = str(application.wants.get("certificate", ""))
        made = (
            Certificate.objects.filter(state=wiring.state_code(), number=number)
            .select_related("card")
            .first()
        )
        card = made.card if made else None
    last = CardCategory.objects.filter(card=card).order_by("-during").first()
    return last.category if last else ""


def _chosen(application: Application) -> Judgement:
    """In a State without a list the officer chooses among its categories, in the open."""
    category = str(application.wants.get("category", ""))
    if category not in {one.value for one in jurisdiction(wiring.state_code()).categories}:
        raise Refused("category_to_choose")
    return Judgement(category, ())
