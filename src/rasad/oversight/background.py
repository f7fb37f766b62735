"""What the review does in the background: looking through books and criteria, opening the cases of a campaign."""

import time

from django.db import transaction
from django.db.models import IntegerField, Value
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from rasad import wiring
from rasad.applications.kept_reasons import in_language
from rasad.delivery.texts import language
from rasad.jobs.kinds import kind
from rasad.jobs.work import Work
from rasad.oversight.actions import cases, criteria
from rasad.oversight.actions.campaigns import LOOKING, OPENING
from rasad.oversight.actions.cases import About, Said
from rasad.oversight.actions.criteria import REEVALUATING
from rasad.oversight.models import Campaign, Reevaluated, Reevaluation, Suspicion
from rasad.oversight.queries import found, impact
from rasad.oversight.queries import reevaluation as queries
from rasad.values.refused import Refused
from rasad.web.templatetags.rasad import day as as_day

# Of a campaign that names no number of months.
SIX = 6
LOOK_SECONDS = 900.0


@kind(LOOKING, title=_("Looking through the books for a campaign"), needs="run_campaigns")
def look(work: Work, *, campaign: int) -> None:
    """Write down what the department's own books say. Done again it finds the same once."""
    held, on = Campaign.objects.get(pk=campaign), work.at().date()
    count = 0
    if held.kind == Campaign.Kind.CRITERIA:
        _changed_criteria(work, held)
        return
    if held.kind == Campaign.Kind.NEVER_LIFTING:
        months = held.months or SIX
        with override(language()):
            says = gettext("No rations were taken for %(months)s months.") % {"months": months}
            source = gettext("Sales register of the department")
        for cards in found.never_lifted(months=months, district=held.district_code, on=on):
            Suspicion.objects.bulk_create(
                (
                    Suspicion(
                        campaign=held, card_id=card, district_code=district, source=source, says=says, dated=on,
                        matched_by=Suspicion.Match.BOOKS,
                    )
                    for card, district in cards
                ),
                ignore_conflicts=True,
            )  # fmt: skip
            count += len(cards)
            work.advance(count)
        return
    with override(language()):
        source, words = (
            gettext("Register of cards"),
            gettext("Name, guardian and day of birth also stand on card %(card)s."),
        )
    for people in found.twice(district=held.district_code, on=on):
        for card, district, member, name, other in people:
            # A likeness of names matches nothing by itself: it waits for a person.
            Suspicion.objects.get_or_create(
                campaign=held, card_id=card, membership_id=member,
                defaults={
                    "district_code": district, "name": name, "source": source, "dated": on,
                    "says": words % {"card": other},
                },
            )  # fmt: skip
            count += 1
        work.advance(count)


def _changed_criteria(work: Work, held: Campaign) -> None:
    """The families that met the criteria no longer when they changed, each with the criterion in words."""
    assert held.reevaluation is not None
    rows = queries.out(held.reevaluation).select_related("card")
    if held.district_code:
        rows = rows.filter(district_code=held.district_code)
    with override(language()):
        source = gettext("Criteria of %(day)s") % {"day": as_day(held.reevaluation.on)}
        for done, one in enumerate(rows.iterator(chunk_size=500), 1):
            says = "; ".join(in_language(reason) for reason in one.reasons)[:500] or source
            Suspicion.objects.get_or_create(
                campaign=held, card=one.card, membership=None,
                defaults={
                    "district_code": one.district_code, "source": source, "says": says,
                    "dated": held.reevaluation.on, "matched_by": Suspicion.Match.BOOKS,
                },
            )  # fmt: skip
            work.advance(done)


@kind(
    REEVALUATING,
    title=_("Looking through the cards after a change of the criteria"),
    needs="see_criteria_changes",
)
def reevaluate(work: Work, *, reevaluation: int) -> None:
    """Write down what the criteria say of each card with known facts, and report. Done again it goes on."""
    of = Reevaluation.objects.get(pk=reevaluation)
    done, total = 0, queries.waiting(of, on=of.on).count()
    for rows in queries.looked_through(of, on=of.on, at=work.at()):
        Reevaluated.objects.bulk_create(rows, ignore_conflicts=True)
        done += len(rows)
        work.advance(done, max(total, done))
    touched = queries.out(of).annotate(person=Value(None, output_field=IntegerField()))
    criteria.report(
        reevaluation=of,
        counts=queries.counts(of, on=of.on),
        impact=impact.told(touched, on=of.on),
        at=work.at(),
    )


class Round:
    """The worker's round: whether the criteria of today are those of yesterday."""

    def __init__(self) -> None:
        self._looked = float("-inf")

    def __call__(self) -> None:
        """One round; a change is noticed within a quarter of an hour of the beginning of its day."""
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._looked = now
            criteria.look(at=wiring.now())


@kind(OPENING, title=_("Opening the cases of a campaign"), needs="confirm_orders")
def open_cases(work: Work, *, campaign: int) -> None:
    """Open a case with its notice for each suspicion. Done again it opens none twice."""
    held = Campaign.objects.get(pk=campaign)
    waiting = (
        impact.ready(held).filter(case=None).select_related("card__household", "membership").order_by("pk")
    )
    total = waiting.count()
    for done, one in enumerate(list(waiting), 1):
        try:
            with transaction.atomic():
                _open(held, one, work)
        except Refused as no:
            work.row(str(one.pk), "refused", no.code, **{name: str(fact) for name, fact in no.facts.items()})
        work.advance(done, total)


def _open(campaign: Campaign, one: Suspicion, work: Work) -> None:
    assert one.card is not None
    about = About(one.card, campaign.ground, one.says, one.membership, criterion=campaign.criterion)
    said = [Said(one.source, one.says, one.dated)]
    at = work.at()
    case = cases.open_case(about=about, evidence=said, by=campaign.opened_by, at=at, campaign=campaign)
    cases.write_notice(case=case, by=campaign.opened_by, at=at)
    Suspicion.objects.filter(pk=one.pk).update(case=case)
    work.row(str(one.pk), "done")
