"""Why a row ended where it did, in words: what, why, by which rule, what to do next, whom to ask, by when.

The conditions of a scheme bring their own sentences (policy/packs/*/relief); here are those of the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from rasad.policy.rows import Rule
from rasad.policy.scheme import Condition, Scheme
from rasad.relief.schemes import said

Words = str | Promise


@dataclass(frozen=True)
class Reason:
    """A reason of the system: its name, why, what can be done. `rule`: the part of the scheme behind it."""

    name: Words
    why: Words
    next_step: Words
    to_whom: Words
    rule: str = ""


@dataclass(frozen=True)
class Told:
    """The five parts of an answer, ready to be shown. `quotation` are the words the rule stands on."""

    name: str
    why: str
    next_step: str
    to_whom: str
    by_when: date | None
    rule: str
    document: str
    quotation: str


DFSC = _("District Food and Supplies Controller")
ADMINISTRATION = _("District Administration")

OUTCOMES: Mapping[str, Words] = {
    "token": _("A token was issued."),
    "linked": _("No second token: the family has one already."),
    "refused": _("The token was refused."),
    "in_review": _("The token waits for a person."),
}

# The same finding where the scheme lets food wait for the answer: not refused, but held for a person.
PERHAPS = "perhaps_on_free_card"

REASONS: Mapping[str, Reason] = {
    "issued": Reason(
        _("Issued"),
        _("All checks passed; the system issued the token without anybody's act."),
        _("Nothing needs to be done."),
        DFSC,
    ),
    "appeal_granted": Reason(
        _("Issued on appeal"),
        _("The row was refused; two officers looked at both records and issued the token."),
        _("Nothing needs to be done."),
        DFSC,
    ),
    "same_person": Reason(
        _("Same persons as on an earlier row"),
        _("At least half of its members are on the token already, by their Aadhaar references."),
        _("Nothing needs to be done: the family draws its ration on the one token."),
        DFSC,
    ),
    "same_family_id": Reason(
        _("Same family ID as on an earlier row"),
        _("The row names the Parivar Pehchan Patra ID of a family that has a token."),
        _("Nothing needs to be done: the family draws its ration on the one token."),
        DFSC,
    ),
    "same_card": Reason(
        _("Same ration card as on an earlier row"),
        _("The row names the ration card of a family that has a token."),
        _("Nothing needs to be done: the family draws its ration on the one token."),
        DFSC,
    ),
    "probably_same_family": Reason(
        _("Almost certainly the same family as on an earlier row"),
        _("Names, relations, ages, mobile and place agree so far that chance is all but ruled out."),
        _("If it is another family, show this to the officer with the papers of both."),
        DFSC,
    ),
    "on_free_card": Reason(
        _("On a free-ration card"),
        _(
            "The family is a beneficiary of the Public Distribution System in a free ration category. "
            "A family on an APL card is not barred."
        ),
        _("If nobody of the family is on this card, ask for a correction with the family's papers."),
        DFSC,
        "refuses_cards_of",
    ),
    "probably_on_free_card": Reason(
        _("Almost certainly on a free-ration card"),
        _(
            "Names, ages, relations and place agree with a card of a free ration category so far that chance "
            "is all but ruled out. A family on an APL card is not barred."
        ),
        _("If it is another family, ask for a comparison with the card; the papers of the family decide."),
        DFSC,
        "refuses_cards_of",
    ),
    PERHAPS: Reason(
        _("Perhaps on a free-ration card"),
        _("Names and place resemble a card of a free ration category; only a person can tell."),
        _("An officer compares the family with the card and decides."),
        DFSC,
        "grey_zone",
    ),
    "no_members": Reason(
        _("No member named"),
        _("The row names a family, but the source sent no member of it, so nobody could be checked."),
        _("Have the source add the members and send the row again."),
        _("The office that sent the list"),
    ),
    "duplicate_reference": Reason(
        _("Reference used twice"),
        _("Another row of the same source came under the same reference and was taken first."),
        _("If it is another family, have the source give it a reference of its own and send it again."),
        _("The office that sent the list"),
    ),
    "no_reference": Reason(
        _("No reference"),
        _("The row has no reference number, so no answer could ever be given on it."),
        _("Have the source give the row its reference and send it again."),
        _("The office that sent the list"),
    ),
    "line_not_readable": Reason(
        _("Line cannot be read"),
        _("The line of the file is broken: too many or too few cells, or one that is far too long."),
        _("Have the source repair this line of the file and send it again."),
        _("The office that sent the list"),
    ),
    "unknown_district": Reason(
        _("District not known"),
        _("The district named in the row is none of this State, so no office could take the family up."),
        _("Ask the source for the district and have the row sent again."),
        _("The office that sent the list"),
    ),
}

# Short names of conditions that schemes are likely to set; a scheme may set others.
CONDITIONS: Mapping[str, Words] = {
    "not_apl_card": _("Not on an APL card"),
    "ration_not_opted": _("Ration not opted for"),
    "not_verified": _("Not verified by the District Administration"),
    "not_forwarded": _("Not forwarded by the District Administration"),
}

SHOPS: Mapping[str, Words] = {
    "own_place": _("Shop of the family's own village or ward"),
    "nearest": _("Nearest shop with room"),
    "officer": _("Chosen by an officer"),
    "by_appeal": _("Issued on appeal; a shop is to be chosen"),
    "place_unknown": _("Village or ward not known"),
    "no_coordinates": _("Village or ward has no position on the map"),
    "no_capacity": _("Every shop near is full"),
    "no_shop_in_district": _("No open shop in the district"),
}

# By what a family was recognised on a card.
PROOFS: Mapping[str, Words] = {
    "aadhaar": _("a member's Aadhaar reference"),
    "family_id": _("the family ID"),
    "card_number": _("the card number"),
}

# What each stage of a run does.
STAGES: Mapping[str, Words] = {
    "collect": _("Reads the sources"),
    "screen": _("Applies the conditions of the scheme"),
    "check": _("Looks for members on free-ration cards"),
    "match": _("Compares those without a number"),
    "merge": _("Joins the rows of one family"),
    "issue": _("Issues the tokens"),
    "assign": _("Finds the shops"),
    "account": _("Accounts for every row"),
    "load": _("Puts the results into the database"),
}

# What an officer can do for a family whose token has no shop.
WITHOUT_SHOP: Mapping[str, Words] = {
    "place_unknown": _(
        "Ask the family or its committee for the village or ward; a shop near it is then chosen."
    ),
    "no_coordinates": _("Choose a shop that the people of the village or ward can reach."),
    "no_capacity": _("Choose a shop that can take more families, or have its capacity raised."),
    "by_appeal": _("Choose the shop nearest to the family that has room."),
    "no_shop_in_district": _("Ask headquarters which shop of a neighbouring district may serve."),
}


def stopped(error: str) -> str:
    """Why a run stopped, by the name of what stopped it."""
    if error == "KeyboardInterrupt":
        return gettext("Somebody stopped it.")
    if error == "killed":
        return gettext("It was cut off: the machine went down, or the process was killed.")
    if error == "MemoryError":
        return gettext("The machine had too little memory for it.")
    return gettext("A fault in the program: %(error)s. Tell whoever looks after the system.") % {
        "error": error
    }


def name(code: str) -> str:
    """The short name of a reason, of the system or of a condition."""
    if code in REASONS:
        return str(REASONS[code].name)
    return str(CONDITIONS.get(code) or code.replace("_", " ").capitalize())


def shop_reason(code: str) -> str:
    """Why a token has this shop, or none."""
    return str(SHOPS.get(code) or code.replace("_", " ").capitalize())


def waits_for(code: str) -> Words:
    """Whose act a waiting row waits for."""
    if code in CONDITIONS:
        return ADMINISTRATION
    return REASONS[code].to_whom if code in REASONS else DFSC


def proof(code: str) -> str:
    """By what a family was recognised; nothing when it was weighed instead."""
    return str(PROOFS.get(code, ""))


def told(code: str, *, source: str, scheme: Scheme | None) -> Told:
    """The five parts for a reason of a row of a source. Without the scheme, what the system itself knows."""
    until = scheme.last_day if scheme else None
    condition = _condition(code, source, scheme)
    if scheme and condition:
        waits = condition.otherwise.outcome == "in_review"
        return Told(
            name(code),
            said(condition.otherwise.sentence),
            "",
            str(ADMINISTRATION) if waits else said(scheme.complaint_to),
            until,
            f"{scheme.code}.{source}.{condition.column}",
            condition.source.file,
            condition.source.quotation,
        )
    reason = REASONS.get(code) or _unknown(code)
    rule: Rule | None = getattr(scheme, _ATTRIBUTES[reason.rule]) if scheme and reason.rule else None
    return Told(
        name(code),
        str(reason.why),
        str(reason.next_step),
        str(reason.to_whom),
        until,
        f"{scheme.code}.{reason.rule}" if scheme and rule else "",
        rule.source.file if rule else "",
        rule.source.quotation if rule else "",
    )


def sentence(code: str, scheme: Scheme | None) -> str:
    """Why rows of any source ended so, in one or two sentences; nothing for a reason nobody knows."""
    if code in REASONS:
        return str(REASONS[code].why)
    for source in scheme.sources if scheme else ():
        condition = _condition(code, source.code, scheme)
        if condition:
            return said(condition.otherwise.sentence)
    return ""


# Where in a scheme the parts named in its file are kept.
_ATTRIBUTES = {"refuses_cards_of": "bar", "grey_zone": "grey_zone"}


def _condition(code: str, source: str, scheme: Scheme | None) -> Condition | None:
    found = [one for one in scheme.sources if one.code == source] if scheme else []
    return next((one for part in found for one in part.conditions if one.otherwise.reason == code), None)


def _unknown(code: str) -> Reason:
    return Reason(
        gettext_lazy("Another reason"),
        gettext("The scheme's own condition “%(code)s” was not met.") % {"code": name(code)},
        gettext_lazy("Ask for the wording of the condition and for what would meet it."),
        DFSC,
    )
