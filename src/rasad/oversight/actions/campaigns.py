"""A campaign: planned, started, reported on with a sample, opened by a second officer or stopped, closed.

No notice leaves before the report was made, every sampled family was visited, and few enough of them are real.
"""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.accounts.queries import is_one_person
from rasad.jobs import actions as jobs
from rasad.jobs.models import Job
from rasad.journal import actions as journal
from rasad.oversight import moves
from rasad.oversight.actions.steps import name_of, reason
from rasad.oversight.actions.surrenders import taken_back
from rasad.oversight.models import Campaign, Suspicion
from rasad.oversight.queries import impact
from rasad.policy.review import review
from rasad.values.refused import Refused

OPENING = "oversight.open_cases"
LOOKING = "oversight.look"
IN_THE_BOOKS = (Campaign.Kind.NEVER_LIFTING, Campaign.Kind.DUPLICATES, Campaign.Kind.CRITERIA)


@transaction.atomic
def plan_campaign(*, told: Mapping[str, Any], by: User, at: datetime) -> Campaign:
    """Plan a campaign under an order, with its days."""
    made = Campaign.objects.create(**told, opened_by=by.get_username(), opened_at=at)
    _note("campaign.planned", made, by=by, at=at)
    return made


@transaction.atomic
def start(*, campaign: Campaign, by: User, at: datetime) -> Job | None:
    """Start it; what can be found in the department's own books is looked for in the background."""
    held = _held(campaign)
    _go(held, "start", by=by, at=at)
    if held.kind not in IN_THE_BOOKS:
        return None
    return jobs.start(LOOKING, args={"campaign": held.pk}, by=by, at=at, district=held.district_code)


@transaction.atomic
def report_and_draw(*, campaign: Campaign, seed: int, by: User, at: datetime) -> Campaign:
    """Write down whom it would touch, and draw the families to be visited; once, so that nobody draws until it fits.

    The sample follows from the seed and the numbers of the suspicions. Refused: campaign_not_so_far,
    campaign_found_nothing.
    """
    held, day = _held(campaign), timezone.localdate(at)
    taken_back(held)
    keys = list(impact.ready(held).order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused("campaign_found_nothing", campaign=held.title)
    figures = review(on=day)
    drawn = random.Random(seed).sample(keys, min(figures.sample_families, len(keys)))
    for place, key in enumerate(drawn, 1):
        Suspicion.objects.filter(pk=key).update(place_in_sample=place)
    _go(
        held, "report", by=by, at=at, impact=impact.of(held, on=day), seed=seed, sample_size=len(drawn),
        most_real_percent=figures.sample_real,
    )  # fmt: skip
    return held


@transaction.atomic
def record_visit(*, suspicion: Suspicion, visit: str, note: str, by: User, at: datetime) -> Campaign:
    """Write down what the visit of a sampled family found. Too many real families stop the campaign at once.

    Refused: campaign_not_so_far, row_has_its_card (no family of the sample, or visited before).
    """
    held = _held(suspicion.campaign)
    if held.state != moves.FINDINGS:
        raise _not_so_far(held)
    done = Suspicion.objects.filter(pk=suspicion.pk, place_in_sample__isnull=False, visit="").update(
        visit=visit, visit_note=note.strip(), visited_by=by.get_username(), visited_at=at
    )
    if done != 1:
        raise Refused("row_has_its_card")
    facts: dict[str, object] = {"place": suspicion.place_in_sample, "found": visit}
    journal.write(
        "campaign.visited", of_kind="campaign", of_key=str(held.pk), by=by, at=at, reason=note, facts=facts
    )
    if real_in_sample(held) * 100 > held.sample_size * held.most_real_percent:
        _go(held, "stop", by=by, at=at)
    return held


def real_in_sample(campaign: Campaign) -> int:
    """How many of the sample are real and eligible."""
    return campaign.suspicions.filter(place_in_sample__isnull=False, visit=Suspicion.Visit.REAL).count()


@transaction.atomic
def publish(*, campaign: Campaign, by: User, at: datetime) -> Job:
    """The second officer opens the cases; they and their notices are made in the background.

    Refused: campaign_by_another, campaign_not_so_far, sample_found_real_families, sample_not_visited.
    """
    held = _held(campaign)
    if is_one_person(by.get_username(), held.opened_by):
        raise Refused("campaign_by_another", campaign=held.title)
    real, sample = real_in_sample(held), held.suspicions.filter(place_in_sample__isnull=False)
    if held.state == moves.STOPPED or real * 100 > held.sample_size * held.most_real_percent:
        raise Refused(
            "sample_found_real_families", campaign=held.title, real=real, visited=sample.exclude(visit="").count(),
            most=held.most_real_percent,
        )  # fmt: skip
    if held.state == moves.FINDINGS and (left := sample.filter(visit="").count()):
        raise Refused("sample_not_visited", campaign=held.title, left=left)
    # Whom the visit found real is no suspicion any more.
    sample.filter(visit=Suspicion.Visit.REAL).update(dropped=Suspicion.Visit.REAL)
    _go(held, "publish", by=by, at=at, published_by=by.get_username(), published_at=at)
    return jobs.start(OPENING, args={"campaign": held.pk}, by=by, at=at, district=held.district_code)


@transaction.atomic
def close(*, campaign: Campaign, by: User, at: datetime) -> Campaign:
    """The campaign is over; its cases go on. Refused: campaign_not_so_far."""
    held = _held(campaign)
    _go(held, "close", by=by, at=at)
    return held


@transaction.atomic
def leave_out(*, suspicion: Suspicion, why: str, by: User, at: datetime) -> None:
    """Take a row out before the report: surrendered, another family, found right. Refused: row_has_its_card."""
    told, held = reason(why), _held(suspicion.campaign)
    if held.state != moves.RUNNING:
        raise _not_so_far(held)
    if Suspicion.objects.filter(pk=suspicion.pk, dropped="").update(dropped=told[:200]) != 1:
        raise Refused("row_has_its_card")
    journal.write("campaign.left_out", of_kind="campaign", of_key=str(held.pk), by=by, at=at, reason=told)


def _held(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update().get(pk=campaign.pk)


def _not_so_far(campaign: Campaign) -> Refused:
    return Refused("campaign_not_so_far", campaign=campaign.title, state=campaign.get_state_display())


def _go(campaign: Campaign, act: str, *, by: User | str, at: datetime, **changes: Any) -> None:
    to = moves.OF_A_CAMPAIGN.get((campaign.state, act))
    if to is None:
        raise _not_so_far(campaign)
    Campaign.objects.filter(pk=campaign.pk, state=campaign.state).update(state=to, **changes)
    campaign.refresh_from_db()
    _note(f"campaign.{act}", campaign, by=by, at=at)


def _note(action: str, campaign: Campaign, *, by: User | str, at: datetime) -> None:
    facts: dict[str, object] = {"kind": campaign.kind, "order": campaign.order_number}
    journal.write(
        action,
        of_kind="campaign",
        of_key=str(campaign.pk),
        by=name_of(by),
        at=at,
        reason=campaign.why,
        facts=facts,
    )
