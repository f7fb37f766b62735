"""The exclusions of our State as a picker has them: a case names the line of the order it stands on."""

from datetime import date

from rasad import wiring
from rasad.policy import eligibility
from rasad.values.refused import Refused
from rasad.web.language import active


def exclusions(*, on: date) -> list[tuple[str, str]]:
    """Code and sentence of every exclusion in force on a day, each once; nothing where the State has no list."""
    try:
        law = eligibility.eligibility(wiring.state_code())
    except Refused:
        return []
    found = {}
    for one in law.rows:
        if one.group == "exclusion" and one.holds_on(on) and not one.open_ended:
            found[one.code] = f"{one.code}: {law.sentence(one).in_language(active())}"
    return list(found.items())
