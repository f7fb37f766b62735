"""What the apps below have of a family: applications and complaints on its screen, and what may be asked for there."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.accounts.models import User
from rasad.applications.models import Application
from rasad.applications.moves import UNDECIDED, S
from rasad.families.panels import ACTS, OWN_ACTS, PANELS, Act, Panel, Row
from rasad.grievances.models import OPEN, Complaint
from rasad.oversight.models import Case
from rasad.oversight.moves import OPEN as OPEN_CASES
from rasad.policy.card_requests import card_request
from rasad.registry.models import Card
from rasad.web.language import active

SHOWN = 20


def register() -> None:
    """Put them onto the screens; done once, when the app is ready."""
    PANELS["applications"] = applications
    PANELS["complaints"] = complaints
    PANELS["cases"] = cases
    ACTS.append(
        Act(
            _("New application"),
            lambda card: f"{reverse('applications:services')}?card={card.number}",
            "register_applications",
        )
    )
    ACTS.append(
        Act(
            _("Open a case"), lambda card: f"{reverse('oversight:new_case')}?card={card.number}", "open_cases"
        )
    )
    OWN_ACTS.append(
        Act(_("Ask for a change"), lambda card: f"{reverse('applications:apply')}?card={card.number}", "")
    )
    OWN_ACTS.append(Act(_("Complain"), lambda card: reverse("grievances:new"), ""))


def applications(card: Card, reader: User | None) -> Panel | None:
    """What was asked for about a card, or led to it."""
    if reader is not None and not access.may(reader, "see_applications"):
        return None
    about = Q(card=card) | Q(issued_card=card)
    found = Application.objects.filter(about).order_by("-received_at")[:SHOWN]
    rows = tuple(
        Row(
            card_request(one.service, on=one.received_on).name.in_language(active()),
            str(one.get_state_display()), _tone(one), one.received_on,
            reverse("applications:one", args=[one.number]) if reader else "", one.number,
        )
        for one in found
    )  # fmt: skip
    return Panel(_("Applications"), rows, _("Nothing was asked for about this card."))


def complaints(card: Card, reader: User | None) -> Panel | None:
    """Complaints about the applications of a card."""
    if reader is not None and not access.may(reader, "see_complaints"):
        return None
    numbers = Application.objects.filter(Q(card=card) | Q(issued_card=card)).values("number")
    found = Complaint.objects.filter(about__in=numbers).order_by("-received_at")[:SHOWN]
    rows = tuple(
        Row(
            str(one.get_kind_display()), str(one.get_state_display()), "wait" if one.state in OPEN else "good",
            one.received_at, reverse("grievances:one", args=[one.number]) if reader else "", one.number,
        )
        for one in found
    )  # fmt: skip
    return Panel(_("Complaints"), rows, _("No complaint is known of this family.")) if rows else None


def cases(card: Card, reader: User | None) -> Panel | None:
    """Suspicions about a card: the family reads its own, and answers."""
    if reader is not None and not access.may(reader, "see_cases"):
        return None
    found = Case.objects.filter(card=card).order_by("-opened_at")
    # A suspicion nobody has told the family of is not told here either: the notice comes first.
    told = found if reader else found.exclude(noticed_on=None)
    rows = tuple(
        Row(
            str(one.get_ground_display()), str(one.get_state_display()),
            "wait" if one.state in OPEN_CASES else "plain",
            one.opened_at, reverse("oversight:case", args=[one.number]) if reader else reverse("oversight:my_cases"),
            one.number,
        )
        for one in told[:SHOWN]
    )  # fmt: skip
    return Panel(_("Cases"), rows, "") if rows else None


def _tone(one: Application) -> str:
    if one.state in UNDECIDED or one.state == S.WAITING:
        return "wait"
    return "plain" if one.state in (S.REJECTED, S.WITHDRAWN) else "good"
