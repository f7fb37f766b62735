"""The criteria are looked at every day: when other rows hold than before, whom that touches is reported to head office.

Nothing about a card changes here. What head office does with the report is a campaign with sample, notice and hearing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from rasad import wiring
from rasad.accounts.models import User
from rasad.jobs import actions as jobs
from rasad.journal import actions as journal
from rasad.oversight.models import Campaign, Case, Reevaluated, Reevaluation
from rasad.policy import eligibility
from rasad.policy.criteria import Criterion
from rasad.policy.rows import Row
from rasad.values.refused import Refused
from rasad.web.templatetags.rasad import day as as_day

REEVALUATING = "oversight.reevaluate"
State, End = Reevaluation.State, Reevaluated.End
_SYSTEM = "system"


def look(*, at: datetime) -> Reevaluation | None:
    """Notice a change of the criteria, once, on its day; the look through the cards begins in the background.

    The first look of all keeps how the criteria stand, and nothing else.
    """
    on = timezone.localdate(at)
    try:
        rows = eligibility.rows_on(wiring.state_code(), on=on)
    except Refused as refused:
        if refused.code != "no_eligibility_rules":
            raise
        return None
    said = {one.id: _digest(one) for one in rows}
    fingerprint = hashlib.sha256("\n".join(f"{key} {said[key]}" for key in sorted(said)).encode()).hexdigest()
    last = Reevaluation.objects.first()
    if last is not None and last.fingerprint == fingerprint:
        return None
    return _noticed(last, rows, said, fingerprint, on=on, at=at)


def _noticed(
    last: Reevaluation | None,
    rows: tuple[Row, ...],
    said: Mapping[str, str],
    fingerprint: str,
    *,
    on: date,
    at: datetime,
) -> Reevaluation | None:
    before: Mapping[str, str] = last.rows if last is not None else {}
    added = [_told(one) for one in rows if last is not None and before.get(one.id) != said[one.id]]
    gone = [_gone(one) for one in before if one not in said]
    try:
        with transaction.atomic():
            made = Reevaluation.objects.create(
                on=on, rows=dict(said), fingerprint=fingerprint, added=added, gone=gone, at=at,
                state=State.BASELINE if last is None else State.COUNTING,
            )  # fmt: skip
            if last is not None:
                facts: dict[str, object] = {
                    "added": [one["row"] for one in added],
                    "gone": [one["row"] for one in gone],
                }
                jobs.start(REEVALUATING, args={"reevaluation": made.pk}, by=_SYSTEM, at=at)
                journal.write(
                    "criteria.changed",
                    of_kind="criteria",
                    of_key=on.isoformat(),
                    by=_SYSTEM,
                    at=at,
                    facts=facts,
                )
    except IntegrityError:
        # Another worker noticed it in the same moment.
        return None
    return made


def _digest(row: Row) -> str:
    return hashlib.sha256(row.model_dump_json().encode()).hexdigest()


def _told(row: Row) -> dict[str, Any]:
    """A row as it is kept: its words in each language, and what it stands on."""
    told: dict[str, Any] = {"row": row.id, "code": "", "said": {}, "document": row.source.file,
                            "quotation": row.source.quotation}  # fmt: skip
    if isinstance(row, Criterion):
        law = eligibility.eligibility(wiring.state_code())
        sentence = (
            law.sentence(row) if row.group in {one.group for one in law.groups} or row.sentence else None
        )
        told |= {"code": row.code, "said": sentence.model_dump() if sentence else {}}
    return told


def _gone(key: str) -> dict[str, Any]:
    """A row that holds no longer; of one that is not written down any more only its id."""
    law = eligibility.eligibility(wiring.state_code())
    every: Iterable[Row] = (*law.rows, *law.order, *law.near_limit, *law.review)
    found = next((one for one in every if one.id == key), None)
    return _told(found) if found else {"row": key, "code": "", "said": {}, "document": "", "quotation": ""}


@transaction.atomic
def report(
    *, reevaluation: Reevaluation, counts: Mapping[str, int], impact: Mapping[str, object], at: datetime
) -> None:
    """Put the report before head office, once."""
    waiting = Reevaluation.objects.filter(pk=reevaluation.pk, state=State.COUNTING)
    if waiting.update(state=State.REPORTED, counts=dict(counts), impact=dict(impact), reported_at=at) == 1:
        journal.write(
            "criteria.reported", of_kind="criteria", of_key=reevaluation.on.isoformat(), by=_SYSTEM, at=at,
            facts=dict(counts),
        )  # fmt: skip


@transaction.atomic
def plan_review(*, reevaluation: Reevaluation, told: Mapping[str, Any], by: User, at: datetime) -> Campaign:
    """Plan a campaign about the families that meet the criteria no longer. Refused: criteria_not_reported."""
    held = Reevaluation.objects.select_for_update().get(pk=reevaluation.pk)
    out = held.cards.filter(end=End.OUT)
    if district := told["district_code"]:
        out = out.filter(district_code=district)
    if held.state != State.REPORTED or not out.exists():
        raise Refused("criteria_not_reported")
    made = Campaign.objects.create(
        **told, kind=Campaign.Kind.CRITERIA, title=gettext("Criteria of %(day)s") % {"day": as_day(held.on)},
        ground=Case.Ground.EXCLUSION, reevaluation=held, opened_by=by.get_username(), opened_at=at,
    )  # fmt: skip
    facts: dict[str, object] = {"kind": made.kind, "order": made.order_number, "criteria": held.on}
    journal.write("campaign.planned", of_kind="campaign", of_key=str(made.pk), by=by, at=at, facts=facts)
    return made
