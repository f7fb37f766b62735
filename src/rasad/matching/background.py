"""A look through the register as a job: pairs that are new are kept, those judged stay as they are."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rasad.jobs.kinds import kind
from rasad.jobs.work import Work
from rasad.matching import looking
from rasad.matching.models import Look, Pair
from rasad.values.refused import Refused

LOOKING = "matching.look"


@kind(LOOKING, title=_("Looking for people on two cards"), needs="judge_pairs")
def look(work: Work, *, look: int) -> None:
    """Look through a district. Done again it finds the same pairs once."""
    held = Look.objects.get(pk=look)
    work.advance(0, 2, "look")
    try:
        seen = looking.look(district=held.district_code, on=work.at().date())
    except Refused as refused:
        if refused.code == "too_much_alike":
            Look.objects.filter(pk=look).update(
                state=Look.State.STOPPED, people=refused.facts["people"], alike=refused.facts["alike"],
                finished_at=work.at(),
            )  # fmt: skip
        raise
    work.advance(1, 2, "look")
    with transaction.atomic():
        before = Pair.objects.filter(district_code=held.district_code).count()
        Pair.objects.bulk_create(
            (
                Pair(
                    look=held, left_id=one.left, right_id=one.right, left_card_id=one.left_card,
                    right_card_id=one.right_card, weight=one.weight, reasons=one.reasons,
                    district_code=held.district_code,
                )
                for one in seen.pairs
            ),
            batch_size=1_000, ignore_conflicts=True,
        )  # fmt: skip
        new = Pair.objects.filter(district_code=held.district_code).count() - before
        Look.objects.filter(pk=look).update(
            state=Look.State.DONE, people=seen.people, alike=len(seen.pairs), new=new, finished_at=work.at()
        )
    work.advance(2, 2, "done")
