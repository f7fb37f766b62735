"""Campaigns as pages show them: what came of each by district, what waits, and whose yearly review is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from rasad.oversight import moves
from rasad.oversight.models import Campaign, Reevaluation, Suspicion
from rasad.policy.obligations import next_by

YEARLY_REVIEW = "in.ob.review"
# While a campaign looks, reports and opens: not before, and not once it is stopped or over.
TAKES_SURRENDERS = (moves.RUNNING, moves.FINDINGS, moves.PUBLISHED)


@dataclass(frozen=True)
class Late:
    """A district whose lists nobody has reviewed for a year. `last`: the end of the last review; None for none."""

    code: str
    name: str
    last: date | None


@dataclass(frozen=True)
class Result:
    """What a campaign came to in a district."""

    district: str
    found: int
    waiting: int
    cases: int
    ordered: int
    cleared: int
    restored: int


def overdue(districts: Iterable[tuple[str, str]], *, on: date) -> list[Late]:
    """Those of these districts whose yearly review is late; a review of the whole State counts for each."""
    done = Campaign.objects.filter(kind=Campaign.Kind.YEARLY, state=moves.CLOSED).exclude(published_by="")
    last = dict(done.order_by().values_list("district_code").annotate(last=Max("ends_on")))
    of_all = last.get("")
    late = []
    for code, name in districts:
        days = [one for one in (last.get(code), of_all) if one is not None]
        if not days or next_by(YEARLY_REVIEW, last=max(days)) < on:
            late.append(Late(code, name, max(days) if days else None))
    return late


def to_visit(suspicions: QuerySet[Suspicion]) -> QuerySet[Suspicion]:
    """Those families of a sample that nobody has visited yet."""
    waiting = suspicions.filter(campaign__state=moves.FINDINGS, place_in_sample__isnull=False, visit="")
    return waiting.select_related("campaign", "card__household__place").order_by(
        "campaign", "place_in_sample"
    )


def results(campaign: Campaign) -> list[Result]:
    """By district: found, not matched, cases and how they ended."""
    counted = campaign.suspicions.order_by().values("district_code").annotate(
        found=Count("pk"), waiting=Count("pk", filter=Q(matched_by="", dropped="")), cases=Count("case"),
        ordered=Count("pk", filter=Q(case__state=moves.ORDERED)),
        cleared=Count("pk", filter=Q(case__state=moves.CLEARED)),
        restored=Count("pk", filter=Q(case__state=moves.RESTORED)),
    )  # fmt: skip
    return [
        Result(
            one["district_code"], one["found"], one["waiting"], one["cases"], one["ordered"], one["cleared"],
            one["restored"],
        )
        for one in sorted(counted, key=lambda row: row["district_code"])
    ]  # fmt: skip


def taking_surrenders(mine: QuerySet[Campaign], *, on: date) -> QuerySet[Campaign]:
    """The campaigns in which cards are given up now: those of the reader's areas and those of the whole State."""
    found = (mine | Campaign.objects.filter(district_code="")).filter(kind=Campaign.Kind.SURRENDER)
    return found.filter(state__in=TAKES_SURRENDERS, surrender_until__gte=on)


def of_concern(mine: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """The campaigns that reach into the reader's areas: those of them and those of the whole State."""
    return mine | Campaign.objects.filter(district_code="")


def unanswered(changes: QuerySet[Reevaluation]) -> QuerySet[Reevaluation]:
    """Changes of the criteria that are reported, touch somebody, and of which nobody has planned a review."""
    reported = changes.filter(state=Reevaluation.State.REPORTED, campaigns=None)
    return reported.exclude(counts__out=0, counts__now=0)
