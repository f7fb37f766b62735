"""The form of a service, put together for whoever fills it in, and what it says once it is filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from rasad import wiring
from rasad.applications import forms
from rasad.applications.asked import Asked
from rasad.applications.coverage import area_of
from rasad.desk.queries.nearby import candidates
from rasad.policy import documents, eligibility
from rasad.policy.card_requests import CardRequest, has_groups, period_of
from rasad.policy.jurisdiction import jurisdictions
from rasad.policy.periods import periods_of
from rasad.policy.rows import in_force
from rasad.registry.families import Family
from rasad.registry.models import Card, Place
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from rasad.web.language import active
from rasad.web.questions import Questions


@dataclass
class Filled:
    """The forms of one service; each is None where the service has nothing to ask of it."""

    applicant: forms.Applicant
    beyond: forms.Beyond
    people: Any
    papers: forms.Papers
    facts: Questions | None

    @property
    def is_right(self) -> bool:
        """Whether every part can be read."""
        parts = [self.applicant, self.beyond, self.papers, self.people, self.facts]
        # Each is asked, so that every mistake is shown at once.
        said = [part.is_valid() for part in parts if part is not None]
        return all(said)


@dataclass(frozen=True)
class Setting:
    """What the form is filled in for: the service, the card, the district, and by whom."""

    service: CardRequest
    district: str
    on: date
    is_office: bool
    card: Card | None = None
    family: Family | None = None
    # A family with a token asked for a regular card: the number of the token, and what it says.
    token: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)


def form(
    setting: Setting,
    data: Mapping[str, Any] | None,
    files: MultiValueDict[str, Any] | None,
    *,
    places: Sequence[tuple[str, str]],
    initial: Mapping[str, Any] | None = None,
) -> Filled:
    """The forms, empty or filled."""
    service, state = setting.service, wiring.state_code()
    groups: tuple[documents.Group, ...] = ()
    if service.papers == "groups" and has_groups(state):
        groups = in_force(documents.documents(state), on=setting.on, subject=f"documents {state}")
    beyond = forms.Beyond(
        data, service=service, family=setting.family, places=places, shops=_shops(setting), states=_states(state),
        on_slip=_on_slip(service, state), is_office=setting.is_office,
        initial={"address": setting.known.get("address", "")},
    )  # fmt: skip
    return Filled(
        applicant=forms.Applicant(data, initial={**setting.known, **(initial or {})}),
        beyond=beyond,
        people=_people(setting, data),
        papers=forms.Papers(data, files, groups=groups, first_card=service.value == "new_card"),
        facts=_questions(setting, data) if "facts" in service.asks else None,
    )


def asked(setting: Setting, filled: Filled) -> Asked:
    """What the forms say, once every one of them is right."""
    given, said = filled.beyond.cleaned_data, filled.applicant.cleaned_data
    place = _place(given.get("place", ""))
    return Asked(
        service=setting.service.value, applicant=said["applicant"], district=setting.district,
        mobile=said["mobile"], language=said["language"], card=setting.card, place=place,
        address=given.get("address", ""),
        shop=given.get("shop") or (_nearest(place, setting) if "shop" in setting.service.asks else ""),
        people=forms.someone(filled.people.cleaned_data) if filled.people else (),
        leaving=filled.beyond.leaving(), facts=_facts(filled), wants=_wants(setting, filled),
        papers=filled.papers.sheets(), needs_visit=bool(given.get("needs_visit")),
        promised_on=given.get("promised_on"),
    )  # fmt: skip


def _wants(setting: Setting, filled: Filled) -> dict[str, Any]:
    token = {"token": setting.token} if setting.token else {}
    return filled.beyond.wants(setting.family) | token


def _people(setting: Setting, data: Mapping[str, Any] | None) -> Any:
    if "people" not in setting.service.asks:
        return None
    known = setting.known.get("people", ())
    return forms.People(data, prefix="people", initial=list(known) if data is None else None)


def questions_of(place: Place | None, *, on: date) -> tuple[eligibility.Question, ...]:
    """What the rules ask a family of a place; nothing where the State has no list."""
    return _of_area(area_of(place), on)


def _questions(setting: Setting, data: Mapping[str, Any] | None) -> Questions | None:
    # Which area it is shows only once the place is chosen: until then the questions of both are asked.
    found: dict[str, eligibility.Question] = {}
    for one in (*_of_area("rural", setting.on), *_of_area("urban", setting.on)):
        known = found.get(one.fact.name)
        choices = dict.fromkeys((*(known.choices if known else ()), *one.choices))
        found[one.fact.name] = eligibility.Question(one.fact, tuple(choices))
    return Questions(tuple(found.values()), data) if found else None


def _of_area(area: str, on: date) -> tuple[eligibility.Question, ...]:
    try:
        return eligibility.questions(wiring.state_code(), area, on=on)
    except Refused:
        return ()


def _facts(filled: Filled) -> dict[str, Any]:
    if filled.facts is None:
        return {}
    found = kept(filled.facts.facts())
    # Nobody named is an answer where the form asks for persons: the family said that there is none.
    for question in filled.facts.asked:
        if question.fact.type == "people":
            found.setdefault(question.fact.name, "none")
    return found


def kept(told: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they are kept: numbers as text, so that no float ever touches them."""
    return {name: value if isinstance(value, bool | list) else str(value) for name, value in told.items()}


def _place(code: str) -> Place | None:
    kind, _, number = code.partition(":")
    return Place.objects.filter(kind=kind, code=number).first() if number else None


def _shops(setting: Setting) -> list[tuple[str, str]]:
    if "shop" not in setting.service.asks:
        return []
    found = Shop.objects.filter(open_during__contains=setting.on).select_related("place").order_by("name")
    if setting.service.value != "transfer":
        found = found.filter(district_code=setting.district)
    hindi = active() == "hi"
    return [
        (
            one.number,
            f"{one.name_hi if hindi and one.name_hi else one.name} · {one.place.name} · {one.number}",
        )
        for one in found
    ]


def _nearest(place: Place | None, setting: Setting) -> str:
    """The shop a family is advised to register at (R-CRD-16): the nearest with room."""
    shops = Shop.objects.filter(district_code=setting.district)
    found = candidates(shops, place, on=setting.on)
    return found[0].number if found else ""


def _states(own: str) -> list[tuple[str, str]]:
    return [
        (one.code, one.name.in_language(active()))
        for one in jurisdictions()
        if one.parent and one.code != own
    ]


def _on_slip(service: CardRequest, state: str) -> bool:
    """Whether the office has to name the day: no charter has one, or the charter leaves it to the slip."""
    code = period_of(service, state=state)
    rows = [row for row in periods_of(state).rows if code in row.applies.service]
    return not code or all(row.on_slip for row in rows)
