"""The chapters of a rule book by the names readers know them under."""

from django.utils.translation import gettext_lazy as _

SUBJECTS = {
    "action_plan": _("Nine Point Action Plan"),
    "allocation": _("Allocation"),
    "authentication": _("Authentication at the shop"),
    "card_requests": _("What can be asked for about a card"),
    "categories": _("Kinds of card"),
    "central_issue_prices": _("Central issue prices"),
    "committees": _("Committees"),
    "contacts": _("Helplines"),
    "coverage": _("Coverage"),
    "documents": _("Papers for an application"),
    "eligibility": _("Eligibility"),
    "entitlements": _("What is due"),
    "free_months": _("Free months"),
    "identification": _("Identification of the poor"),
    "obligations": _("Duties of the States"),
    "orders": _("Orders"),
    "portability": _("Cards of other States"),
    "prices": _("Prices"),
    "programme": _("Computerisation"),
    "records": _("Records open to everybody"),
    "retail_rules": _("Rules of the shop price"),
    "scale_of_issue": _("Scale of issue"),
    "service_periods": _("How long it may take"),
    "statistics": _("Figures"),
    "timeline": _("History"),
}


def named(subject: str) -> str:
    """The name of a chapter in the reader's language; the file's own where it has none."""
    return str(SUBJECTS.get(subject) or subject.replace("_", " ").capitalize())
