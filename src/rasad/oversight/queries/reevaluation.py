"""What a change of the criteria means for each card: looked through by the facts its family told, in chunks."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from rasad.applications import judging
from rasad.applications.kept_reasons import kept
from rasad.applications.models import Application
from rasad.applications.moves import S
from rasad.oversight.models import Reevaluated, Reevaluation
from rasad.registry.models import Card, CardCategory
from rasad.values.refused import Refused

End = Reevaluated.End
CHUNK = 200
DECIDED = (S.APPROVED, S.READY, S.ISSUED)


def waiting(of: Reevaluation, *, on: date) -> QuerySet[Application]:
    """The applications that told the facts of a living card, and which this change has not looked at yet."""
    category = CardCategory.objects.filter(card=OuterRef("issued_card"), during__contains=on)
    done = Reevaluated.objects.filter(reevaluation=of).values("card")
    return (
        Application.objects.filter(
            service__in=judging.JUDGED, state__in=DECIDED, issued_card__during__contains=on
        )
        .exclude(issued_card__in=done)
        .exclude(facts={})
        .annotate(held=Subquery(category.values("category")[:1]))
        .exclude(held=None)
        .select_related("issued_card__household", "place")
        .prefetch_related("visits")
        .order_by("pk")
    )


def looked_through(of: Reevaluation, *, on: date, at: datetime) -> Iterator[list[Reevaluated]]:
    """What the criteria of a day say of each of those cards, chunk by chunk."""
    last = 0
    while chunk := list(waiting(of, on=on).filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield [_one(of, application, on=on, at=at) for application in chunk]


def _one(of: Reevaluation, told: Application, *, on: date, at: datetime) -> Reevaluated:
    held = str(told.held)  # type: ignore[attr-defined]  # annotated above
    card = told.issued_card
    assert card is not None
    # The family has a card now, whatever it had when it asked for one.
    facts = {**judging.facts_of(told), "existing_card": held}
    try:
        found = judging.by_rules(facts, on=on)
    except Refused as refused:
        found = judging.Judgement(held, (), (str(refused.facts.get("fact", refused.code)),))
    end = _end(held, found)
    return Reevaluated(
        reevaluation=of, card=card, application=told, district_code=card.household.district_code, end=end,
        held=held, found=found.category, facts=facts, matched=list(found.matched), untold=list(found.untold),
        reasons=[] if end == End.SAME else kept(found.reasons), at=at,
    )  # fmt: skip


def _end(held: str, found: judging.Judgement) -> str:
    if found.untold:
        return End.UNSURE
    was_in = held != judging.OUTSIDE_THE_LISTS
    is_in = found.result == "eligible"
    return End.SAME if was_in == is_in else End.NOW if is_in else End.OUT


def counts(of: Reevaluation, *, on: date) -> dict[str, int]:
    """How many living cards ended where; those of which no facts are known among them, so that all add up."""
    counted = dict(of.cards.order_by().values_list("end").annotate(number=Count("pk")))
    living = Card.objects.filter(during__contains=on).count()
    told = {code: counted.get(code, 0) for code in End.values}
    return {"living": living, **told, "no_facts": living - sum(told.values())}


def out(of: Reevaluation) -> QuerySet[Reevaluated]:
    """The cards whose families meet the criteria no longer."""
    return of.cards.filter(end=End.OUT)


def by_district(of: Reevaluation) -> list[tuple[str, int, int, int]]:
    """District and how many of its cards meet the criteria no longer, now, or cannot be told."""
    found: dict[str, dict[str, int]] = {}
    counted = of.cards.order_by().values("district_code", "end").annotate(number=Count("pk"))
    for one in counted.order_by(F("district_code")):
        found.setdefault(one["district_code"], {})[one["end"]] = one["number"]
    return [
        (code, told.get(End.OUT, 0), told.get(End.NOW, 0), told.get(End.UNSURE, 0))
        for code, told in found.items()
    ]
