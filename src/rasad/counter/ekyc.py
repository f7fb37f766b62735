"""eKYC at the shop: a member's Aadhaar number comes onto the card, or one that stands there is confirmed.

UIDAI is asked first, outside any transaction; then everything is written at once, or nothing. What UIDAI says of
the person is compared and thrown away; only a difference of names is told to the dealer, and stops nobody.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from rasad import wiring
from rasad.connectors.aadhaar import codes
from rasad.connectors.aadhaar.answers import Kyc
from rasad.connectors.aadhaar.captured import Captured
from rasad.counter import ekyc_consent
from rasad.counter.models import Consent, Kind, Visit
from rasad.counter.visits import member_of
from rasad.journal import actions as journal
from rasad.policy.rows import Text
from rasad.registry import vault
from rasad.registry.families import Member
from rasad.registry.models import Person
from rasad.values import aadhaar as numbers
from rasad.values.refused import OutsideError, Refused

WITHIN_SECONDS = 15.0
LANGUAGES = ("en", "hi", "bn")


@dataclass(frozen=True)
class Agreed:
    """The member's consent: to which words, in which language."""

    version: str
    language: str


@dataclass(frozen=True)
class Done:
    """What eKYC came to. `is_same_name`: UIDAI's name and the card's share a word."""

    line: int
    number: str
    is_same_name: bool


def seed(
    visit: Visit, *, members: Sequence[Member], member: int, number: str, captured: Captured,
    consent: Agreed | None, by: str, at: datetime,
) -> Done:  # fmt: skip
    """Link a member who is not linked with an Aadhaar number, which UIDAI confirms by the member's finger.

    `captured` was read with `requests.wadh("finger")`. Refused: ekyc_not_for_this_card, visit_over, no_such_member,
    ekyc_consent_missing, consent_outdated, member_linked_already, aadhaar_wrong, aadhaar_of_another, ekyc_later,
    ekyc_not_confirmed. Nothing is changed then.
    """
    one = _check(visit, members, member, consent=consent, at=at)
    if one.is_linked:
        raise Refused("member_linked_already", line=member)
    number = "".join(number.split())
    if not numbers.is_aadhaar(number):
        raise Refused("aadhaar_wrong")
    (ref,) = vault.references([number])
    # UIDAI first: whose number is in the register is told to nobody who only types numbers.
    told = _asked(visit, number, captured, line=member, by=by, at=at)
    with transaction.atomic():
        vault.store_many([number], at=at)
        _link(one, ref, number, at=at)
        return _written(
            "aadhaar.seeded", visit, one, told, last_four=number[-4:], consent=consent, by=by, at=at
        )


def validate(
    visit: Visit, *, members: Sequence[Member], member: int, captured: Captured, consent: Agreed | None, by: str,
    at: datetime,
) -> Done:  # fmt: skip
    """Confirm by the member's finger that the Aadhaar number on the card is theirs.

    Refused as `seed`, and member_not_seeded, member_validated_already, not_in_vault.
    """
    one = _check(visit, members, member, consent=consent, at=at)
    if not one.is_linked:
        raise Refused("member_not_seeded", line=member)
    if one.is_validated:
        raise Refused("member_validated_already", line=member)
    ref = Person.objects.values_list("aadhaar_ref", flat=True).get(pk=one.person)
    number = vault.number_for_authentication(ref=bytes(ref or b""))
    told = _asked(visit, number, captured, line=member, by=by, at=at)
    with transaction.atomic():
        mine = Person.objects.filter(pk=one.person, aadhaar_ref=ref, aadhaar_validated_on=None)
        if not mine.update(aadhaar_validated_on=timezone.localdate(at)):
            raise Refused("member_validated_already", line=member)
        return _written(
            "aadhaar.validated", visit, one, told, last_four=one.last_four, consent=consent, by=by, at=at
        )


def _check(
    visit: Visit, members: Sequence[Member], member: int, *, consent: Agreed | None, at: datetime
) -> Member:
    if visit.kind not in (Kind.HOME, Kind.AWAY):
        raise Refused("ekyc_not_for_this_card")
    if at > visit.until:
        raise Refused("visit_over")
    if consent is None:
        raise Refused("ekyc_consent_missing")
    if consent.version != ekyc_consent.VERSION:
        raise Refused("consent_outdated", version=consent.version, current=ekyc_consent.VERSION)
    return member_of(members, member)


def _asked(visit: Visit, number: str, captured: Captured, *, line: int, by: str, at: datetime) -> Kyc:
    """UIDAI's yes. A no is written into the journal, which sees whoever tries number after number."""
    client = wiring.aadhaar()
    if client is None:
        raise Refused("ekyc_later")
    txn = f"{visit.pk.hex}{secrets.token_hex(2)}"
    try:
        told = client.ekyc(uid=number, txn=txn, captured=captured, within=WITHIN_SECONDS)
    except OutsideError:
        raise Refused("ekyc_later") from None
    if told.is_match:
        return told
    code = (told.auth_code or told.code)[:8]
    with transaction.atomic():
        journal.write(
            "aadhaar.not_confirmed", of_kind="card", of_key=visit.holder, by=by, at=at,
            facts={"line": line, "code": code, "visit": str(visit.pk), "shop": visit.shop_id},
        )  # fmt: skip
    words = Text(**{one: codes.said(code, one) for one in LANGUAGES})
    raise Refused("ekyc_not_confirmed", line=line, number=code, words=words)


def _link(one: Member, ref: bytes, number: str, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            linked = Person.objects.filter(pk=one.person, aadhaar_ref=None).update(
                aadhaar_ref=ref, identity_key=numbers.identity_key(ref), aadhaar_last4=number[-4:],
                aadhaar_validated_on=timezone.localdate(at),
            )  # fmt: skip
    except IntegrityError:
        raise Refused("aadhaar_of_another") from None
    if not linked:
        raise Refused("member_linked_already", line=one.line)


def _written(
    action: str, visit: Visit, one: Member, told: Kyc, *, last_four: str, consent: Agreed | None, by: str,
    at: datetime,
) -> Done:  # fmt: skip
    """The consent and the journal entry: who, whose, what UIDAI calls the person, and whether the names agree."""
    agreed = consent or Agreed("", "")
    is_same_name = bool(_words(told.name) & _words(one.name))
    Consent.objects.bulk_create(
        [
            Consent(
                visit=visit, reference=told.reference[:80], text_version=agreed.version,
                language=agreed.language[:5], at=at,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    journal.write(
        action, of_kind="person", of_key=str(one.person), by=by, at=at,
        facts={
            "card": visit.holder, "line": one.line, "visit": str(visit.pk), "shop": visit.shop_id,
            "reference": told.reference[:80], "same_name": is_same_name, "consent": agreed.version,
            "language": agreed.language,
        },
    )  # fmt: skip
    return Done(one.line, numbers.masked(last_four), is_same_name)


def _words(name: str) -> set[str]:
    return set(name.casefold().replace(".", " ").split())
