"""The steps by which a family shows that the card is theirs, and the pass at their end."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from rasad import wiring
from rasad.connectors.aadhaar.captured import read
from rasad.connectors.aadhaar.codes import TIMED_OUT, action_words
from rasad.connectors.aadhaar.codes import said as uidai_said
from rasad.counter import passes, selling, tries
from rasad.counter.api import answers, bodies, said
from rasad.counter.api.door import device_of
from rasad.counter.api.said import NO
from rasad.counter.at_work import visit_of
from rasad.counter.models import Attempt
from rasad.counter.opened import Opened, on_ladder, opened, with_offers
from rasad.web.language import active

router = Router()
RESPONSES = {200: answers.Tried, NO: answers.Refusal}


@router.post("/{uuid:key}/finger", response=RESPONSES)
def finger(request: HttpRequest, key: UUID, body: bodies.FingerPlaced) -> answers.Tried:
    """Ask Aadhaar whether the captured finger is the member's; nothing of the capture is kept."""
    seen = _turn(request, key)
    tried = tries.try_finger(
        seen.visit, members=seen.members, member=body.member, finger=body.finger, captured=read(body.pid_data),
        at=wiring.now(),
    )  # fmt: skip
    return _tried(seen, tried)


@router.post("/{uuid:key}/no-finger", response=RESPONSES)
def skip_finger(request: HttpRequest, key: UUID, body: bodies.NoFinger) -> answers.Tried:
    """No finger can be read: a card of this State goes on to the code."""
    seen = _turn(request, key)
    tried = tries.skip_finger(seen.visit, members=seen.members, why=body.why, at=wiring.now())
    return _tried(seen, tried)


@router.post("/{uuid:key}/code/send", response=RESPONSES)
def send_code(request: HttpRequest, key: UUID, body: bodies.SendTo) -> answers.Tried:
    """Send a code to the mobile of the member whom the family chose; a new code ends the one before."""
    seen = _turn(request, key)
    tried = tries.send_code(seen.visit, members=seen.members, member=body.member, at=wiring.now())
    return _tried(seen, tried)


@router.post("/{uuid:key}/code/enter", response=RESPONSES)
def enter_code(request: HttpRequest, key: UUID, body: bodies.CodeTold) -> answers.Tried:
    """Check the code that the family told the dealer; the time is the server's."""
    seen = _turn(request, key)
    tried = tries.enter_code(seen.visit, members=seen.members, code=body.code, at=wiring.now())
    return _tried(seen, tried)


@router.post("/{uuid:key}/without", response=RESPONSES)
def go_without(request: HttpRequest, key: UUID, body: bodies.Without) -> answers.Tried:
    """Serve a family without authentication, with the reason; at the card's own shop only."""
    seen = _turn(request, key)
    tried = tries.go_without(seen.visit, members=seen.members, why=body.why, at=wiring.now())
    return _tried(seen, tried)


@router.post("/{uuid:key}/pass", by_alias=True, response={200: answers.PassGiven, NO: answers.Refusal})
def issue_pass(request: HttpRequest, key: UUID) -> answers.PassGiven:
    """The pass of a visit that is through its steps, with what it may buy now."""
    at = wiring.now()
    seen = on_ladder(visit_of(device_of(request), key), at=at)
    offers = with_offers(seen, at=at)
    text = selling.issue_pass(seen.visit, now=seen.standing, offers=offers, at=at)
    until = datetime.fromtimestamp(passes.read(text).until, UTC)
    return answers.PassGiven(id=seen.visit.pk, pass_=text, until=until, lines=said.lines(offers))


def _turn(request: HttpRequest, key: UUID) -> Opened:
    return on_ladder(visit_of(device_of(request), key), at=wiring.now())


def _tried(before: Opened, tried: Attempt) -> answers.Tried:
    visit = before.visit
    # The step was taken: a visit that ended meanwhile is told all the same.
    seen = opened(visit, at=min(wiring.now(), visit.until), home=before.home)
    return answers.Tried(outcome=tried.outcome, said=_words(tried), standing=said.standing(seen))


def _words(tried: Attempt) -> list[str]:
    """What UIDAI's answer means for the operator; of other steps the outcome says it all."""
    if tried.step != Attempt.Step.BIOMETRIC or tried.outcome in ("matched", "not_read"):
        return []
    words = [uidai_said(tried.code or TIMED_OUT, active()), action_words(tried.action, active())]
    return [one for one in words if one]
