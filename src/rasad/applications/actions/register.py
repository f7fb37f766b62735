"""An application is registered: checked, numbered, with the day it is promised for. The slip is given on the spot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from rasad import wiring
from rasad.applications import clock, numbers, sealing, telling, wants
from rasad.applications.asked import Asked, Leaving, Someone, Taken
from rasad.applications.models import (
    Application,
    ApplicationPerson,
    ApplicationStep,
    Document,
    Holiday,
)
from rasad.applications.moves import UNDECIDED
from rasad.applications.sealing import Sheet
from rasad.journal import actions as journal
from rasad.policy import deadlines
from rasad.policy.card_requests import CardRequest, card_request, period_of
from rasad.registry import life, vault
from rasad.registry.models import Membership, Person, Place
from rasad.values.aadhaar import is_aadhaar, without_numbers
from rasad.values.refused import Refused


@transaction.atomic
def register(asked: Asked, *, taken: Taken, at: datetime) -> Application:
    """Register an application, on the spot (R-CRD-05).

    Refused: as `wants.check`, slip_without_date, promised_before_receipt, promise_too_far, asked_already,
    aadhaar_number_wrong, person_on_other_card, paper_too_large, paper_unreadable.
    """
    on = at.astimezone(wiring.INDIA).date()
    state, service = wiring.state_code(), card_request(asked.service, on=on)
    wants.check(asked, service, state=state, on=on)
    _refuse_the_same(asked)
    promise = _due(asked, service, state=state, on=on)
    made = _made(asked, taken=taken, at=at, on=on, promise=promise)
    _people(made, asked.people, on=on, at=at)
    _leaving(made, asked.leaving, on=on)
    _papers(made, asked.papers, at=at)
    ApplicationStep.objects.create(application=made, act="registered", after=made.state, by=taken.by, at=at)
    telling.tell(made, telling.REGISTERED, at=at)
    journal.write(
        "application.registered", of_kind="application", of_key=made.number, by=taken.by, at=at,
        facts={"service": made.service, "due": made.due_on, "assisted_by": taken.assisted_by},
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Promise:
    """The last day, the row that says so, and the holidays on the way to it as they are kept."""

    due_on: date
    rule: str
    holidays: Sequence[Mapping[str, object]] = ()


def _due(asked: Asked, service: CardRequest, *, state: str, on: date) -> Promise:
    """What is promised; where no charter has a period, the day the office wrote on the slip."""
    code = period_of(service, state=state)
    if asked.promised_on is not None:
        clock.refuse_too_far(asked.promised_on, on=on)
    if not code:
        if asked.promised_on is None:
            raise Refused(
                "slip_without_date", service=service.name, rule=service.id, document=service.source.file,
                quotation=service.source.quotation,
            )  # fmt: skip
        if asked.promised_on < on:
            raise Refused("promised_before_receipt", received=on, promised=asked.promised_on)
        return Promise(asked.promised_on, service.id)
    closed = {one.on: one for one in Holiday.objects.filter(on__gt=on)}
    found = deadlines.due(
        code, received=on, state=state, physical_verification=_visits(asked, service),
        promised=asked.promised_on, holidays=closed,
    )  # fmt: skip
    told = [
        {"on": day.isoformat(), "name": closed[day].name, "name_hi": closed[day].name_hi,
         "counted": found.counts_holidays}
        for day in found.holidays
    ]  # fmt: skip
    return Promise(found.due, found.period.id, told)


def _visits(asked: Asked, service: CardRequest) -> bool:
    return service.verification == "always" or (asked.needs_visit and service.verification != "never")


def _made(asked: Asked, *, taken: Taken, at: datetime, on: date, promise: Promise) -> Application:
    service = card_request(asked.service, on=on)
    try:
        with transaction.atomic():
            return Application.objects.create(
                number=numbers.application_number(on=on), service=asked.service, card=asked.card,
                district_code=asked.district, place=_where(asked), address=asked.address.strip(),
                shop_number=asked.shop, applicant=asked.applicant.strip(), mobile=asked.mobile,
                language=asked.language, channel=taken.channel, registered_by=taken.by,
                assisted_by=taken.assisted_by, made_at=taken.made_at, facts=dict(asked.facts),
                wants=_wants(asked), received_at=at, received_on=on, due_on=promise.due_on,
                rule=promise.rule, holidays=list(promise.holidays), needs_visit=_visits(asked, service),
            )  # fmt: skip
    except IntegrityError:
        # The database keeps one open application of a kind for a card.
        other = Application.objects.filter(card=asked.card, service=asked.service).order_by("-pk").first()
        raise Refused("asked_already", number=other.number if other else "") from None


def _wants(asked: Asked) -> dict[str, Any]:
    reason = asked.wants.get("reason")
    return {**asked.wants, **({"reason": without_numbers(str(reason))} if reason else {})}


def _where(asked: Asked) -> Place | None:
    """The place it is about: where the family goes to, else where its card is, so that its office sees it."""
    return asked.place or (asked.card.household.place if asked.card else None)


def _refuse_the_same(asked: Asked) -> None:
    """Sent twice, by a second click or the way back, it is one application. Of a card the database sees to it."""
    if asked.card is not None:
        return
    with connection.cursor() as cursor:
        said = f"{asked.service} {asked.district} {asked.applicant.strip()}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [said])
    same = Application.objects.filter(
        service=asked.service, district_code=asked.district, place=asked.place, applicant=asked.applicant.strip(),
        mobile=asked.mobile, state__in=[*UNDECIDED, Application.State.WAITING],
    )  # fmt: skip
    coming = sorted((one.name.strip(), one.guardian_name.strip(), _year(one) or 0) for one in asked.people)
    for other in same.prefetch_related("people"):
        there = sorted((one.name, one.guardian_name, one.birth_year or 0) for one in other.people.all())
        if there == coming and other.wants.get("certificate") == asked.wants.get("certificate"):
            raise Refused("asked_already", number=other.number)


def _year(one: Someone) -> int | None:
    return one.birth_year or (one.born_on.year if one.born_on else None)


def _people(made: Application, people: Sequence[Someone], *, on: date, at: datetime) -> None:
    for one in people:
        ref, person = None, None
        if one.number:
            if not is_aadhaar(one.number):
                raise Refused("aadhaar_number_wrong", person=one.name)
            ref = vault.store_many([one.number], at=at)[0]
            person = Person.objects.filter(aadhaar_ref=ref).first()
            if person:
                life.free_from(person=person, on=on)
        ApplicationPerson.objects.create(
            application=made, part=ApplicationPerson.Part.COMING, name=one.name.strip(),
            guardian_name=one.guardian_name.strip(), relation=one.relation, sex=one.sex, born_on=one.born_on,
            birth_year=_year(one), mobile=one.mobile,
            aadhaar_ref=ref, aadhaar_last4=one.number[-4:], is_head=one.is_head, why=one.why, person=person,
        )  # fmt: skip


def _leaving(made: Application, leaving: Sequence[Leaving], *, on: date) -> None:
    if made.card is None:
        return
    living = Membership.objects.filter(household=made.card.household_id, during__contains=on)
    held = {one.line: one for one in living.select_related("person")}
    for one in {one.line: one for one in leaving}.values():
        person = held[one.line].person
        ApplicationPerson.objects.create(
            application=made, part=ApplicationPerson.Part.LEAVING, line=one.line, name=person.name,
            sex=person.sex, birth_year=person.birth_year, why=one.why, person=person,
        )  # fmt: skip


def _papers(made: Application, papers: Sequence[Sheet], *, at: datetime) -> None:
    for sheet in papers:
        media_type = sealing.checked(sheet)
        wrapped, sealed = sealing.sealed(sheet.contents, sheet.digest) if sheet.contents else (None, None)
        Document.objects.create(
            application=made, kind=sheet.kind, digest=sheet.digest, name=sheet.name[:120],
            media_type=media_type, wrapped_key=wrapped, sealed=sealed, at=at,
        )  # fmt: skip
