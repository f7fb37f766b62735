"""What an approved application does to the register, by service. What leaves, leaves with the month."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rasad import wiring
from rasad.applications import certificates, numbers
from rasad.applications.models import Application, ApplicationPerson, Certificate, ShopChange
from rasad.ledger.queries import has_lifted
from rasad.policy.card_requests import head_of
from rasad.registry import indexing, life
from rasad.registry.models import Card, Ending, Household, Membership, Person
from rasad.values import aadhaar
from rasad.values.aadhaar import mask_card
from rasad.values.month import Month
from rasad.values.refused import Refused

Part = ApplicationPerson.Part


def apply(application: Application, *, on: date) -> dict[str, Any]:
    """Do it; what changed, for the step. Call in the transaction of the approval.

    Refused: card_not_living (it ended since it was asked), nobody_left_on_card, and as registry/life.py.
    """
    if application.card_id is not None:
        # Two officers change one family in turn.
        Household.objects.select_for_update(of=("self",)).get(cards=application.card_id)
        _refuse_ended(_held(application), on)
    return _EFFECTS[application.service](application, on)


def _refuse_ended(card: Card, day: date) -> None:
    if day not in card.during:
        raise Refused("card_not_living", card=mask_card(card.number), on=card.during.upper or day)


def next_month(on: date) -> date:
    """The first day of the month after: a ration that is due for a month is not cut within it."""
    return Month.of(on).next.first_day


def decision(application: Application) -> life.Decision:
    """The two officers of an application, as the register asks for them."""
    assert application.decided_at is not None
    return life.Decision(
        Ending.Ground.APPLICATION, application.number, f"{application.service} {application.number}",
        application.verified_by, application.decided_by, application.decided_at,
    )  # fmt: skip


def _new(application: Application, on: date) -> dict[str, Any]:
    assert application.place is not None
    home = Household.objects.create(place=application.place, address=application.address)
    if application.service == "fresh_card_other_state":
        wants = application.wants
        certificates.use(
            application, state=str(wants.get("from_state", "")), number=str(wants["certificate"])
        )
    _join(application, home, on=on, first=True)
    return _card(application, home, on)


def _fresh(application: Application, on: date) -> dict[str, Any]:
    made = certificates.use(
        application, state=wiring.state_code(), number=str(application.wants["certificate"])
    )
    assert made.card is not None
    home, ended = made.card.household, made.card.during.upper
    life.move(home, place=application.place, address=application.address)
    return _card(application, home, max(on, ended or on))


def _include(application: Application, on: date) -> dict[str, Any]:
    card = _held(application)
    # Nobody is put onto a card that ends with the month.
    _refuse_ended(card, next_month(on))
    return {"lines": _join(application, card.household, on=on, first=False)}


def _delete(application: Application, on: date) -> dict[str, Any]:
    card, day = _held(application), next_month(on)
    names = _leave(application, on=day)
    made = certificates.give(application, Certificate.Kind.DELETION, card, names, on=on)
    return {"from": day.isoformat(), "certificate": made.number}


def _transfer_member(application: Application, on: date) -> dict[str, Any]:
    day = next_month(on)
    target = Card.objects.filter(number=str(application.wants["to_card"])).first()
    if target is None:
        raise Refused("card_unknown", card=mask_card(str(application.wants["to_card"])))
    _refuse_ended(target, day)
    _leave(application, on=day)
    for one in application.people.filter(part=Part.LEAVING):
        assert one.person is not None
        life.add_member(
            household=target.household,
            person=one.person,
            relation=str(application.wants.get("relation", "")),
            on=day,
        )
    return {"from": day.isoformat(), "to": mask_card(target.number)}


def _move(application: Application, on: date) -> dict[str, Any]:
    card = _held(application)
    before = {"place": card.household.place.code, "address": card.household.address, "shop": card.shop_number}
    life.move(card.household, place=application.place, address=application.address)
    told: dict[str, Any] = {"before": before}
    if application.shop_number and application.shop_number != card.shop_number:
        told |= _shop(application, card, on)
    return told


def _shop(application: Application, card: Card, on: date) -> dict[str, Any]:
    """At once where nothing was taken this month; else from the next (R-CRD-25)."""
    if not has_lifted(card.number, month=str(Month.of(on))):
        life.change_shop(card, application.shop_number)
        return {"shop": application.shop_number, "shop_from": on.isoformat()}
    day = next_month(on)
    ShopChange.objects.create(
        card=card, shop_number=application.shop_number, from_on=day, application=application
    )
    return {"shop": application.shop_number, "shop_from": day.isoformat()}


def _surrender(application: Application, on: date) -> dict[str, Any]:
    card, day = _held(application), next_month(on)
    living = Membership.objects.filter(household=card.household, during__contains=on)
    names = list(living.order_by("line").values_list("person__name", flat=True))
    made = certificates.give(application, Certificate.Kind.SURRENDER, card, names, on=on)
    life.end_card(card, on=day, decision=decision(application))
    return {"from": day.isoformat(), "certificate": made.number}


def _split(application: Application, on: date) -> dict[str, Any]:
    day = next_month(on)
    assert application.place is not None
    # Else an order that ends a card would be got round by a second one of the same category.
    _refuse_ended(_held(application), day)
    home = Household.objects.create(place=application.place, address=application.address)
    _leave(application, on=day)
    leaving = list(application.people.filter(part=Part.LEAVING).select_related("person"))
    head = head_of([(one.sex, _age(one, on)) for one in leaving], on=on) or 0
    for place, one in enumerate(leaving):
        assert one.person is not None
        life.add_member(household=home, person=one.person, relation="", on=day, is_head=place == head)
    return _card(application, home, day)


def _correct(application: Application, on: date) -> dict[str, Any]:
    card = _held(application)
    living = Membership.objects.filter(household=card.household, during__contains=on).select_related("person")
    held = {str(one.line): one.person for one in living}
    told: dict[str, Any] = {}
    for line, wanted in dict(application.wants.get("lines", {})).items():
        if line not in held:
            raise Refused("no_such_member", line=line)
        person = held[line]
        named = {name: value for name, value in wanted.items() if name in _CORRECTED}
        if person.born_on and named.get("birth_year", person.born_on.year) != person.born_on.year:
            # A day of another year was not the day of birth either.
            named["born_on"] = None
        told[line] = {"before": {name: _plain(getattr(person, name)) for name in named}, "after": named}
        Person.objects.filter(pk=person.pk).update(**named)
        indexing.refresh([person.pk])
    if application.wants.get("head"):
        life.change_head(card.household, line=int(application.wants["head"]), on=on)
        told["head"] = int(application.wants["head"])
    return told


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _duplicate(application: Application, on: date) -> dict[str, Any]:
    # Nothing of the month's balance is touched (R-CRD-21).
    return {"card": mask_card(_held(application).number)}


_CORRECTED = ("name", "guardian_name", "birth_year", "sex")
_EFFECTS: Mapping[str, Callable[[Application, date], dict[str, Any]]] = {
    "new_card": _new,
    "fresh_card_other_state": _new,
    "fresh_card_same_state": _fresh,
    "duplicate_card": _duplicate,
    "member_inclusion": _include,
    "member_deletion": _delete,
    "member_transfer": _transfer_member,
    "address_change": _move,
    "address_change_with_shop": _move,
    "transfer": _move,
    "surrender_certificate": _surrender,
    "split": _split,
    "correction": _correct,
}


def _held(application: Application) -> Card:
    """The card it is about, as it is now."""
    assert application.card_id is not None
    return Card.objects.select_related("household__place").get(pk=application.card_id)


def _card(application: Application, home: Household, on: date) -> dict[str, Any]:
    card = life.issue_card(
        household=home, number=numbers.card_number(application.district_code), category=application.category,
        shop=application.shop_number, on=on,
    )  # fmt: skip
    Application.objects.filter(pk=application.pk).update(household=home, issued_card=card)
    application.household, application.issued_card = home, card
    return {"card": mask_card(card.number), "from": on.isoformat(), "category": application.category}


def _join(application: Application, home: Household, *, on: date, first: bool) -> list[int]:
    coming = list(application.people.filter(part=Part.COMING))
    head = None
    if first:
        by_rule = head_of([(one.sex, _age(one, on)) for one in coming], on=on)
        said = next((place for place, one in enumerate(coming) if one.is_head), 0)
        head = said if by_rule is None else by_rule
    lines = []
    for place, one in enumerate(coming):
        person = _person(one)
        held = life.add_member(
            household=home, person=person, relation=one.relation, on=_freed(application, person, on),
            is_head=place == head,
        )  # fmt: skip
        lines.append(held.line)
    return lines


def _freed(application: Application, person: Person, on: date) -> date:
    """The day on which a person may join; of a family that has no card any more the old tie ends then."""
    day = life.free_from(person=person, on=on)
    for held in Membership.objects.filter(person=person, during__contains=day).select_related("household"):
        life.end_member(held, on=day, decision=decision(application))
    return day


def _person(one: ApplicationPerson) -> Person:
    """The person of the register by the Aadhaar reference; else a new one."""
    ref = bytes(one.aadhaar_ref) if one.aadhaar_ref else None
    known = Person.objects.filter(aadhaar_ref=ref).first() if ref else None
    person = known or Person.objects.create(
        name=one.name, guardian_name=one.guardian_name, sex=one.sex, born_on=one.born_on,
        birth_year=one.birth_year, mobile=one.mobile, aadhaar_ref=ref, aadhaar_last4=one.aadhaar_last4,
        identity_key=aadhaar.identity_key(ref) if ref else None,
    )  # fmt: skip
    ApplicationPerson.objects.filter(pk=one.pk).update(person=person)
    return person


def _leave(application: Application, *, on: date) -> list[str]:
    card, names = _held(application), []
    for one in application.people.filter(part=Part.LEAVING):
        held = Membership.objects.filter(
            household=card.household, line=one.line or 0, person=one.person, during__upper_inf=True
        ).first()
        if held is None:
            raise Refused("has_ended")
        life.end_member(held, on=on, decision=decision(application))
        names.append(one.name)
    # Asked for apart, two requests may each leave somebody, and together nobody.
    if not Membership.objects.filter(household=card.household, during__contains=on).exists():
        raise Refused("nobody_left_on_card", card=card.number[-4:])
    return names


def _age(one: ApplicationPerson, on: date) -> int | None:
    if one.born_on:
        return on.year - one.born_on.year - ((on.month, on.day) < (one.born_on.month, one.born_on.day))
    return on.year - one.birth_year if one.birth_year else None
