"""One application on one screen: what is asked, by whom, the papers, the steps, how it stands, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rasad import wiring
from rasad.applications import clock, coverage
from rasad.applications.kept_reasons import in_language
from rasad.applications.models import Application, ApplicationStep, Document
from rasad.applications.moves import S
from rasad.applications.queries import holidays
from rasad.applications.refusals_of import GROUNDS
from rasad.policy import deadlines
from rasad.policy.card_requests import CardRequest, card_request, period_of
from rasad.policy.department import helplines
from rasad.policy.documents import documents as groups
from rasad.policy.rows import Text
from rasad.shops.models import Shop
from rasad.values.aadhaar import mask_card, masked
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.language import in_language as named_in
from rasad.web.templatetags.rasad import day

ACTS: Mapping[str, Promise | str] = {
    "registered": _("Registered"), "opened": _("Taken up"), "asked_back": _("Applicant asked for something"),
    "supplied": _("What was missing came"), "visited": _("Visited"), "verified": _("Verified"),
    "approved": _("Approved"), "put_on_waiting_list": _("Put on the waiting list"), "admitted": _("Taken in"),
    "not_admitted": _("Application from the waiting list to be looked at again"),
    "rejected": _("Rejected"), "finished": _("Done"), "printed": _("Printed"), "collected": _("Handed over"),
    "withdrawn": _("Withdrawn"), "delayed": _("Delay told to the applicant"),
    "in_register": _("Written into the register"),
    "went_up": _("Not decided in time: went up to the complaint authority by itself"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A step as it is read."""

    words: str
    by: str
    at: Any
    why: str
    tone: str


@dataclass(frozen=True)
class Charter:
    """What the charter says of a service: days, who decides, who hears the complaint, the penalty."""

    days: int | None
    officer: str
    complaint: str
    penalty: str
    quotation: str


def service_of(application: Application) -> CardRequest:
    """The service of an application, by the rules of the day it came."""
    return card_request(application.service, on=application.received_on)


def charter(service: CardRequest, *, on: date, visit: bool = False) -> Charter:
    """What the State's charter says; where it is silent, the office writes the day on the slip."""
    state = wiring.state_code()
    code = period_of(service, state=state)
    fallback = Charter(None, "", _helpline(on), "", service.source.quotation)
    if not code:
        return fallback
    try:
        found = deadlines.due(
            code, received=on, state=state, physical_verification=visit, promised=on, proof=True
        )
    except Refused:
        return fallback
    return Charter(
        int(found.period.value) if found.period.value is not None else None,
        _named(found.officer), _named(found.complaint_authority) or _helpline(on), _named(found.penalty),
        found.period.source.quotation,
    )  # fmt: skip


def steps(application: Application) -> list[Step]:
    """Every step, the first first."""
    return [_step(one) for one in application.steps.all()]


def papers(application: Application) -> list[tuple[str, Document]]:
    """The papers with what each is called."""
    names = paper_names(application.received_on)
    return [(names.get(one.kind, one.name or one.kind), one) for one in application.documents.all()]


def paper_names(on: date) -> dict[str, str]:
    """What each kind of paper of the State is called; nothing where it names none."""
    try:
        found = groups(wiring.state_code())
    except Refused:
        return {}
    return {
        kind.code: kind.name.in_language(active())
        for group in found
        if group.holds_on(on)
        for kind in group.any_one
    }


def groups_told(on: date) -> list[str]:
    """Each group of papers of the State with what counts in it."""
    try:
        found = groups(wiring.state_code())
    except Refused:
        return []
    return [
        f"{group.number}. {group.name.in_language(active())}: "
        + ", ".join(kind.name.in_language(active()) for kind in group.any_one)
        for group in found
        if group.holds_on(on)
    ]


def reasons(application: Application) -> list[dict[str, str]]:
    """Why it was decided as it was: the sentence, and the words of the order it stands on."""
    return [
        {"said": in_language(one), "quotation": str(one["quotation"]), "row": str(one["row"])}
        for one in application.reasons
    ]


def shown(application: Application, *, on: date) -> dict[str, object]:
    """All that the page of an application shows, but for what the reader may do."""
    service = service_of(application)
    ground = GROUNDS.get(application.reason_code)
    return {
        "one": application,
        "service": service.name.in_language(active()),
        "card": mask_card(application.card.number) if application.card else "",
        "people": [
            (one, masked(one.aadhaar_last4) if one.aadhaar_last4 else "") for one in application.people.all()
        ],
        "papers": papers(application),
        "steps": steps(application),
        "stands": clock.stands(application, on=on),
        "charter": charter(service, on=application.received_on, visit=application.needs_visit),
        "holidays": holidays.told(application),
        "reasons": reasons(application),
        "ground": ground,
        "delays": list(application.delays.all()),
        "pause": application.pauses.filter(until_on=None).first(),
        "visits": list(application.visits.all()),
        "certificates": list(application.certificates.all()),
        "in_list": coverage.place_in_list(application) if application.state == S.WAITING else None,
        "shop": _shop(application.shop_number),
        "shop_change": getattr(application, "shop_change", None),
    }


def _shop(number: str) -> str:
    """The name of a shop with its number beside it."""
    found = Shop.objects.filter(number=number).first() if number else None
    return f"{named_in(found.name, found.name_hi)} · {number}" if found else number


def _step(one: ApplicationStep) -> Step:
    tone = {"rejected": "bad", "went_up": "bad", "delayed": "wait", "asked_back": "wait"}.get(one.act, "")
    words = str(ACTS.get(one.act, one.act))
    if one.facts.get("likely"):
        words += f": {day(date.fromisoformat(one.facts['likely']))}"
    return Step(words, one.by, one.at, one.why, tone)


def _named(text: Text | None) -> str:
    return text.in_language(active()) if text else ""


def _helpline(on: date) -> str:
    try:
        found = helplines(settings.STATE, on=on)[0]
    except (Refused, IndexError):
        return ""
    return f"{found.name.in_language(active())} {found.value[0]}"


def explained_untold(names: tuple[str, ...], asked: Any) -> list[str]:
    """The questions behind facts that nobody has told yet."""
    told = {one.fact.name: one.fact.question.in_language(active()) for one in asked}
    return [told.get(name, name) for name in names]
