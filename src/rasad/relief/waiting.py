"""Rows that wait for the District Administration: not yet verified, or not yet passed on."""

from django.db.models import Q

from rasad.policy.scheme import Scheme
from rasad.relief.models import SourceRow

# Why a row waits that an office entered and nobody has passed on yet.
CONDITION = "not_forwarded"
# A likeness to a card waits for the DFSC, not for the District Administration.
_OF_THE_DFSC = ("probably_on_free_card",)


def is_waiting_for_forward() -> Q:
    """The rows that the District Administration can let go on."""
    return Q(outcome=SourceRow.Outcome.IN_REVIEW, token=None, line=1) & ~Q(reason__in=_OF_THE_DFSC)


def is_forwarded() -> Q:
    """Those of them that it has let go on, and no run has taken up yet."""
    return is_waiting_for_forward() & Q(forwarded_at__isnull=False)


def as_forwarded(scheme: Scheme, row: SourceRow) -> dict[str, object]:
    """The row's own columns as they are once it was verified or passed on: its waiting conditions are met."""
    own = dict(row.own)
    for condition in scheme.source(row.source).conditions:
        if condition.otherwise.outcome == "in_review" and not condition.is_met_by(own):
            own[condition.column] = condition.wanted[0] if condition.wanted else True
    return own
