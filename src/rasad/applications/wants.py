"""What each service wants beside the applicant: nothing is registered that could not be decided."""

from collections.abc import Callable, Mapping
from datetime import date

from rasad.applications.asked import Asked
from rasad.applications.models import Certificate
from rasad.policy import card_requests
from rasad.policy import documents as policy
from rasad.policy.card_requests import CardRequest
from rasad.registry.families import family
from rasad.values.refused import Refused
from rasad.web.explain import explained


def check(asked: Asked, service: CardRequest, *, state: str, on: date) -> None:
    """Let nothing pass that lacks what its service asks for.

    Refused: card_needed, card_unknown, card_not_living, application_incomplete (with what is missing), no_such_member,
    nobody_left_on_card, certificate_unknown, certificate_used, papers_missing, one_paper_twice, paper_needed.
    """
    if service.of_a_card:
        if asked.card is None:
            raise Refused("card_needed", service=service.name)
        people = family(asked.card.number, on=on)
        for one in asked.leaving:
            people.member(one.line)
        if asked.leaving and len({one.line for one in asked.leaving}) >= len(people.members):
            raise Refused("nobody_left_on_card", card=asked.card.number[-4:])
    missing = [part for part in service.asks if not _GIVEN[part](asked)]
    if missing or not asked.applicant.strip():
        raise Refused(
            "application_incomplete", service=service.name, missing=missing[0] if missing else "applicant"
        )
    _certificate(asked, service, state)
    _papers(asked, service, state=state, on=on)


_GIVEN: Mapping[str, Callable[[Asked], bool]] = {
    "people": lambda asked: bool(asked.people),
    "leaving": lambda asked: bool(asked.leaving),
    "place": lambda asked: asked.place is not None,
    # The office finds the shop where the family names none (R-CRD-16).
    "shop": lambda asked: True,
    # What nobody told is asked at the visit; it is never read as no.
    "facts": lambda asked: True,
    "certificate": lambda asked: bool(asked.wants.get("certificate") or asked.wants.get("to_card")),
    "head": lambda asked: True,
    "correction": lambda asked: bool(asked.wants.get("lines") or asked.wants.get("head")),
    "reason": lambda asked: bool(str(asked.wants.get("reason", "")).strip()),
}


def certificate_of(asked_for: Mapping[str, object], *, state: str) -> Certificate | None:
    """Our own certificate that stands behind an application for a fresh card."""
    number = str(asked_for.get("certificate", ""))
    return Certificate.objects.filter(state=state, number=number).first() if number else None


def _told(found: policy.Check) -> tuple[str, ...]:
    """Which papers would do, for each group that lacks one, in the reader's language."""
    return tuple(explained(one) for one in found.reasons)


def _certificate(asked: Asked, service: CardRequest, state: str) -> None:
    if service.value == "fresh_card_same_state":
        found = certificate_of(asked.wants, state=state)
        if found is None or found.kind != Certificate.Kind.SURRENDER:
            raise Refused("certificate_unknown", number=asked.wants.get("certificate", ""))
        if found.used_by_id:
            raise Refused("certificate_used", number=found.number)
    if service.value == "fresh_card_other_state":
        number, of = str(asked.wants.get("certificate", "")), str(asked.wants.get("from_state", ""))
        if Certificate.objects.filter(state=of, number=number, used_by__isnull=False).exists():
            raise Refused("certificate_used", number=number)


def _papers(asked: Asked, service: CardRequest, *, state: str, on: date) -> None:
    if service.papers == "groups" and card_requests.has_groups(state):
        offered = [policy.Paper(one.digest, one.kind) for one in asked.papers]
        found = policy.check(offered, state=state, on=on, first_card=service.value == "new_card")
        if found.missing:
            raise Refused(
                "papers_missing", groups=tuple(one.name for one in found.missing), told=_told(found)
            )
        if not found.accepted:
            raise Refused("one_paper_twice")
    elif not asked.papers:
        raise Refused("paper_needed", service=service.name)
