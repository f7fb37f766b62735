"""eKYC on the device: a member's Aadhaar number comes onto the card, or is confirmed."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from rasad import wiring
from rasad.connectors.aadhaar.captured import read
from rasad.connectors.aadhaar.requests import wadh
from rasad.counter import ekyc, ekyc_consent
from rasad.counter.api import answers, bodies
from rasad.counter.api.door import device_of
from rasad.counter.api.said import NO
from rasad.counter.at_work import visit_of
from rasad.counter.opened import opened
from rasad.web.language import active

router = Router()


@router.get("/ekyc", response={200: answers.EkycWords, NO: answers.Refusal})
def ekyc_words(request: HttpRequest) -> answers.EkycWords:
    """What a member agrees to before eKYC, and the `wadh` with which the reader captures the finger for it."""
    sentences = [text.in_language(active()) for text in ekyc_consent.text()]
    return answers.EkycWords(version=ekyc_consent.VERSION, sentences=sentences, wadh=wadh("finger"))


@router.post("/visits/{uuid:key}/ekyc", response={200: answers.EkycDone, NO: answers.Refusal})
def confirm_member(request: HttpRequest, key: UUID, body: bodies.Ekyc) -> answers.EkycDone:
    """Link a member with the number given, or, where none is given, confirm the one that stands on the card."""
    device, at = device_of(request), wiring.now()
    seen = opened(visit_of(device, key), at=at)
    consent = ekyc.Agreed(body.version, body.language) if body.is_given else None
    captured = read(body.pid_data)
    if body.aadhaar:
        done = ekyc.seed(
            seen.visit, members=seen.members, member=body.member, number=body.aadhaar, captured=captured,
            consent=consent, by=device.name, at=at,
        )  # fmt: skip
    else:
        done = ekyc.validate(
            seen.visit, members=seen.members, member=body.member, captured=captured, consent=consent,
            by=device.name, at=at,
        )  # fmt: skip
    return answers.EkycDone(line=done.line, number=done.number, is_same_name=done.is_same_name)
