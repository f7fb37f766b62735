"""Cases as pages show them: the list with heads of families, one case with its timeline, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery

from rasad.oversight import moves
from rasad.oversight.models import Case
from rasad.registry.models import Card, CardCategory, Membership
from rasad.values.refused import Refused

# What is shown as still to be done.
WAITING = moves.OPEN


def with_heads(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with the name of the head of each family as `head`."""
    heads = Membership.objects.filter(household=OuterRef("card__household"), is_head=True).order_by("-pk")
    return cases.select_related("card").annotate(head=Subquery(heads.values("person__name")[:1]))


def narrowed(cases: QuerySet[Case], asked: Mapping[str, str]) -> QuerySet[Case]:
    """The cases that filters ask for: state (`open` for all that wait), ground, district, number or card."""
    state, ground, district, words = (
        asked.get(name, "").strip() for name in ("state", "ground", "district", "q")
    )
    if state == "open":
        cases = cases.filter(state__in=WAITING)
    elif state in Case.State.values:
        cases = cases.filter(state=state)
    if ground in Case.Ground.values:
        cases = cases.filter(ground=ground)
    if district:
        cases = cases.filter(district_code=district)
    if words:
        cases = cases.filter(number__iexact=words) | cases.filter(card__number=words)
    return cases


def by_state(cases: QuerySet[Case]) -> list[tuple[str, str, int]]:
    """How many cases stand where: code, words, number; those without any are left out."""
    counted = dict(cases.order_by().values_list("state").annotate(number=Count("pk")))
    return [(code, str(words), counted[code]) for code, words in Case.State.choices if code in counted]


@dataclass(frozen=True)
class Standing:
    """What a case is about, as of a day."""

    head: str
    members: int
    category: str
    place: str
    mobile_end: str


def standing(case: Case, *, on: date) -> Standing:
    """The family of a case on a day; of a card that has ended, as it last was."""
    day = on if on in case.card.during else case.card.during.lower
    home = case.card.household
    held = list(
        Membership.objects.filter(household=home, during__contains=day)
        .select_related("person")
        .order_by("line")
    )
    head = next((one for one in held if one.is_head), held[0] if held else None)
    category = CardCategory.objects.filter(card=case.card).order_by("-during").first()
    mobile = next((one.person.mobile for one in held if one.person.mobile), "")
    return Standing(
        head.person.name if head else "", len(held), category.category if category else "", home.place.name,
        mobile[-4:],
    )  # fmt: skip


def of_telephone(mobile: str) -> QuerySet[Case]:
    """The cases, from their notice on, of families of which somebody has this telephone; none for no telephone."""
    if not mobile:
        return Case.objects.none()
    homes = Membership.objects.filter(person__mobile=mobile, during__upper_inf=True).values("household")
    found = Case.objects.filter(card__household__in=homes, noticed_on__isnull=False)
    return found.select_related("card__household__place", "membership__person").prefetch_related("evidence")


def lines_of(card: Card, *, on: date) -> list[tuple[int, str]]:
    """The lines and names of a card's living members, as a picker has them."""
    living = Membership.objects.filter(household=card.household_id, during__contains=on)
    return list(living.order_by("line").values_list("line", "person__name"))


def member_of(card: Card, line: int, *, on: date) -> Membership:
    """A living member of a card by its line. Refused: no_such_member."""
    found = Membership.objects.filter(household=card.household_id, line=line, during__contains=on).first()
    if found is None:
        raise Refused("no_such_member", line=line)
    return found
