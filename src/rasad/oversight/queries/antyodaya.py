"""Antyodaya lists as pages and papers show them: the candidates in the order of their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from rasad.oversight.models import AayEntry, AayList
from rasad.policy.identification import identification
from rasad.registry.models import Membership, Place
from rasad.registry.queries import ancestors
from rasad.web.language import active


@dataclass(frozen=True)
class Candidate:
    """One family before the Gram Sabha. `rank`: those who meet more criteria come first."""

    entry: AayEntry
    rank: int
    head: str
    reasons: tuple[str, ...]


def with_heads(entries: QuerySet[AayEntry]) -> QuerySet[AayEntry]:
    """The entries with the name of the head of each family as `head`."""
    heads = Membership.objects.filter(household=OuterRef("card__household"), is_head=True).order_by("-pk")
    return entries.select_related("card").annotate(head=Subquery(heads.values("person__name")[:1]))


def candidates(of: AayList, *, on: date) -> Sequence[Candidate]:
    """The families of a list, the poorest by what is recorded first (R-BOG-03); equals by their card."""
    said = {
        one.code: one.sentence.in_language(active()) if one.sentence else one.code
        for one in identification().aay
        if one.holds_on(on)
    }
    found: list[Any] = sorted(
        with_heads(of.entries.all()), key=lambda one: (-len(one.criteria), one.card.number)
    )
    return [
        Candidate(one, rank, one.head or "", tuple(said.get(code, code) for code in one.criteria))
        for rank, one in enumerate(found, 1)
    ]


def place_of(code: str, *, districts: Sequence[str] | None, places: Sequence[str], on: date) -> Place | None:
    """A village or ward by its code, where it lies in these districts or is one of these; None for all districts."""
    found = Place.objects.filter(kind__in=(Place.Kind.VILLAGE, Place.Kind.WARD), code=code).first()
    if found is None or districts is None or found.code in places:
        return found
    return found if {one.code for one in ancestors(found, on)} & set(districts) else None
