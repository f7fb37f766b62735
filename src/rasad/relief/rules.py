"""The conditions of a scheme in words, for those who want to know by what a family was judged."""

from django.utils.translation import get_language, gettext

from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.scheme import Condition, Scheme, SchemeSource
from rasad.relief.schemes import said
from rasad.web.templatetags.rasad import indian, month


def condition_in_words(source: SchemeSource, condition: Condition) -> str:
    """What a condition asks of a row, with the column's name as the source's file has it."""
    facts = {"column": _column(source, condition.column), "value": ", ".join(map(_value, condition.wanted))}
    sentences = {
        "is": gettext("%(column)s: %(value)s"),
        "is_one_of": gettext("%(column)s: one of %(value)s"),
        "is_present": gettext("%(column)s: filled in"),
        "at_least": gettext("%(column)s: at least %(value)s"),
        "at_most": gettext("%(column)s: at most %(value)s"),
    }
    return sentences[condition.test] % facts


def bar_in_words(scheme: Scheme) -> str:
    """The categories of card nobody of the family may be on, by their names."""
    names = {row.value: said(row.name) for row in jurisdiction(scheme.jurisdiction).categories}
    listed = ", ".join(f"{names.get(code, code)} ({code})" for code in scheme.refused_categories)
    return gettext("Nobody of the family on a living card of these categories: %(categories)s") % {
        "categories": listed
    }


def limits_in_words(scheme: Scheme) -> list[tuple[str, str]]:
    """Everything else a run is judged by, as names and values."""
    matching = scheme.matching
    hold = scheme.grey_zone.rule == "hold"
    return [
        (gettext("Months"), ", ".join(month(str(one)) for one in scheme.months)),
        (gettext("Entitlement"), category_name(scheme, scheme.inherits)),
        (gettext("Register"), bar_in_words(scheme)),
        (gettext("Refused from likeness"), indian(matching.refuse_weight)),
        (gettext("A person is asked from likeness"), indian(matching.review_weight)),
        (
            gettext("Until that person answers"),
            gettext("the token waits") if hold else gettext("the token is good"),
        ),
        (gettext("One family from likeness"), indian(matching.same_family_weight)),
        (
            gettext("A number proves nothing when more families have it than"),
            indian(matching.shared_identity_limit),
        ),
    ]


def category_name(scheme: Scheme | None, code: str) -> str:
    """The name of a card category with its code."""
    if scheme is None:
        return code
    names = {row.value: said(row.name) for row in jurisdiction(scheme.jurisdiction).categories}
    return f"{names[code]} ({code})" if code in names else code


def _column(source: SchemeSource, name: str) -> str:
    if (get_language() or "en").startswith("hi"):
        return next((column.hindi for column in source.columns if column.name == name), name)
    return name.replace("_", " ").capitalize()


def _value(value: object) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)
