"""Slip, letter, certificate and empty form: one template, in Hindi or Bengali and English one under the other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rasad import wiring
from rasad.applications.models import Application, Certificate
from rasad.applications.moves import S
from rasad.applications.queries import holidays, story
from rasad.applications.refusals_of import GROUNDS
from rasad.policy.card_requests import CardRequest
from rasad.policy.deadlines import slip as slip_rule
from rasad.policy.department import department
from rasad.relief.paper.wording import shown
from rasad.values.aadhaar import mask_card
from rasad.values.refused import Refused
from rasad.web import typesetting
from rasad.web.language import active
from rasad.web.qr import qr_svg
from rasad.web.templatetags.rasad import day

TEMPLATE = Path(__file__).with_name("sheet.typ")
LONGEST, LONGEST_TOLD = 90, 600


@dataclass(frozen=True)
class Part:
    """The sheet in one language: heading, facts in two columns, paragraphs."""

    lang: str
    issuer: str
    title: str
    facts: Sequence[tuple[str, str]]
    told: Sequence[str]


def slip(application: Application) -> bytes:
    """The acknowledgement slip: number, day, condition, whom to complain to. Raises Refused("fonts_missing")."""
    return _pdf(application, [_in(language, _slip, application) for language in _languages(application)])


def letter(application: Application) -> bytes:
    """The decision in writing. Refused: not_decided_yet, fonts_missing."""
    if application.state in (S.REGISTERED, S.VERIFYING, S.NEEDS_CORRECTION, S.WITHDRAWN):
        raise Refused("not_decided_yet", number=application.number)
    return _pdf(application, [_in(language, _letter, application) for language in _languages(application)])


def certificate(made: Certificate) -> bytes:
    """A surrender or deletion certificate. Raises Refused("fonts_missing")."""
    application = made.application
    assert application is not None
    parts = [
        _in(language, lambda one: _certificate(one, made), application)
        for language in _languages(application)
    ]
    return _pdf(application, parts)


def form(service: CardRequest) -> bytes:
    """The empty form of a service, to be filled by hand, with the papers it needs (R-CRD-03, R-CRD-27)."""
    on = timezone.localdate()
    blank = " " + "." * 40
    facts = [
        (_("Name of the applicant"), blank), (_("Father or husband"), blank), (_("Mobile number"), blank),
        (_("Address"), blank), (_("Village or ward"), blank),
    ]  # fmt: skip
    if service.of_a_card:
        facts.insert(0, (_("Ration card"), blank))
    names = story.paper_names(on)
    told = [service.told.in_language(active()) + "."]
    if service.papers == "groups" and names:
        told.append(_("Papers, one of each group:"))
        told += story.groups_told(on)
    else:
        told.append(_("A paper that shows what is asked for."))
    if "people" in service.asks:
        told.append(_("Each person: name, relation, sex, year of birth, Aadhaar number if at hand."))
        told += [f"{number}. " + "." * 80 for number in range(1, 8)]
    told.append(_("Date and signature or thumb: ") + "." * 40)
    part = Part(active(), _issuer(), service.name.in_language(active()), facts, told)
    return typesetting.pdf(TEMPLATE, _files([part], ""), made_on=on)


def _slip(application: Application) -> tuple[str, list[tuple[str, str]], list[str]]:
    service = story.service_of(application)
    charter = story.charter(service, on=application.received_on, visit=application.needs_visit)
    facts = [
        (_("Registration number"), application.number), *_who(application),
        (_("Received"), day(application.received_on)), (_("Where"), application.made_at),
        (_("To be decided by"), day(application.due_on)), (_("Who decides"), charter.officer),
        (_("Complaints to"), charter.complaint), (_("Penalty"), charter.penalty),
    ]  # fmt: skip
    told = [
        _("On that day you can collect what you asked for: %(condition)s.")
        % {"condition": _condition(service.value, application)}
    ]
    if closed := holidays.told(application):
        told.append(closed)
    told.append(_("If it is not ready by then, you are told the reason and the new day without asking."))
    told += [f"– {name}" for name, _document in story.papers(application)]
    return _("Acknowledgement of an application"), facts, told


def _letter(application: Application) -> tuple[str, list[tuple[str, str]], list[str]]:
    charter = story.charter(story.service_of(application), on=application.received_on)
    facts = [
        (_("Registration number"), application.number), *_who(application),
        (_("Received"), day(application.received_on)), (_("Decision"), str(application.get_state_display())),
        (_("Decided on"), day(application.decided_on) if application.decided_on else "–"),
        (_("Complaints to"), charter.complaint),
    ]  # fmt: skip
    told = []
    if application.state == S.REJECTED:
        ground = GROUNDS[application.reason_code]
        told += [f"{ground.words} {application.why}", str(ground.next)]
        told.append(
            _(
                "Whoever sees it otherwise complains there, free of charge; the final reply comes within 30 days. "
                "About being left out of the poor: the Gram Panchayat."
            )
        )
    if application.state == S.WAITING:
        told.append(
            _(
                "The family is eligible. The ceiling of the State is full, so it waits; it is taken in by itself, "
                "in the order of application."
            )
        )
    if application.category:
        told.append(_("Category of the card: %(category)s") % {"category": application.category})
    told += [f"{one['said']} ({one['row']})" for one in story.reasons(application)]
    if application.late_reason:
        told.append(_("Why it came late: %(why)s") % {"why": application.late_reason})
    return _("Decision on an application"), facts, told


def _certificate(application: Application, made: Certificate) -> tuple[str, list[tuple[str, str]], list[str]]:
    title = (
        _("Surrender certificate") if made.kind == Certificate.Kind.SURRENDER else _("Deletion certificate")
    )
    facts = [
        (_("Certificate"), made.number), (_("Ration card"), mask_card(made.card.number) if made.card else ""),
        (_("Issued"), day(made.issued_on) if made.issued_on else ""), (_("Persons"), ", ".join(made.people)),
        (_("On application"), application.number),
    ]  # fmt: skip
    told = [
        _("With this paper these persons are taken onto another card, once. No dues may be asked for."),
        _("What is due for the running month can still be taken on the old card."),
    ]
    return title, facts, told


def _who(application: Application) -> list[tuple[str, str]]:
    service = story.service_of(application).name.in_language(active())
    found = [(_("What is asked for"), service), (_("Applicant"), application.applicant)]
    if application.card:
        found.append((_("Ration card"), mask_card(application.card.number)))
    return found


def _condition(service: str, application: Application) -> str:
    try:
        found = slip_rule(
            service, received=application.received_on, state=wiring.state_code(), promised=application.due_on
        ).condition
    except Refused:
        found = None
    return found.in_language(active()) if found else _("if all was given correctly and could be verified")


def _in(language: str, make: object, application: Application) -> Part:
    with translation.override(language):
        title, facts, told = make(application)  # type: ignore[operator]
        kept = [(name, shown(value, LONGEST)) for name, value in facts if value]
        return Part(language, _issuer(), title, kept, [shown(one, LONGEST_TOLD) for one in told])


def _issuer() -> str:
    found = department(settings.STATE)
    return f"{found.government.in_language(active())} · {found.name.in_language(active())}"


def _languages(application: Application) -> tuple[str, ...]:
    return (application.language, "en") if application.language != "en" else ("en", "hi")


def _pdf(application: Application, parts: Sequence[Part]) -> bytes:
    link = f"{settings.PUBLIC_URL}/application-status?number={application.number}"
    return typesetting.pdf(TEMPLATE, _files(parts, link), made_on=timezone.localdate(application.received_at))


def _files(parts: Sequence[Part], link: str) -> dict[str, bytes]:
    contents = {"parts": [vars(one) for one in parts], "qr": bool(link), "alt": _("Code of the application")}
    files = {"sheet.json": json.dumps(contents, ensure_ascii=False).encode()}
    if link:
        files["code.svg"] = str(qr_svg(link)).encode()
    return files
