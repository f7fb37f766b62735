"""The life of a token as one table of moves (requirements 4.3). A move that is not in it cannot happen.

What comes before, from received to linked or rejected, is the outcome of a source's row: a run decides it.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Case, F, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rasad.relief.models import Token
from rasad.values.refused import Refused

State = Token.State

# Issued, its shop not yet looked for. It lasts no time: the run that issues a token also completes it.
GENERATED = "generated"


class Event(StrEnum):
    """What can happen to a token."""

    ASSIGN_SHOP = "assign_shop"
    REASSIGN = "reassign"
    UNASSIGN = "unassign"
    QUEUE = "queue"
    PUBLISH = "publish"
    DELIVER = "deliver"
    SELL = "sell"
    CANCEL = "cancel"
    EXPIRE = "expire"


LIVING = (State.AWAITING_SHOP, State.SHOP_ASSIGNED, State.PUBLISHED, State.DELIVERED, State.IN_USE)

MOVES: Mapping[tuple[str, Event], State] = {
    (GENERATED, Event.ASSIGN_SHOP): State.SHOP_ASSIGNED,
    (GENERATED, Event.QUEUE): State.AWAITING_SHOP,
    (State.AWAITING_SHOP, Event.ASSIGN_SHOP): State.SHOP_ASSIGNED,
    # A shop closes, or the family cannot reach it: the token moves, and stands where it stood.
    **{(state, Event.REASSIGN): state for state in LIVING if state != State.AWAITING_SHOP},
    # A choice of shop is taken back, as long as no paper names it.
    (State.SHOP_ASSIGNED, Event.UNASSIGN): State.AWAITING_SHOP,
    (State.PUBLISHED, Event.UNASSIGN): State.AWAITING_SHOP,
    (State.SHOP_ASSIGNED, Event.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Event.DELIVER): State.DELIVERED,
    (State.DELIVERED, Event.SELL): State.IN_USE,
    (State.IN_USE, Event.SELL): State.IN_USE,
    **{(state, Event.CANCEL): State.CANCELLED for state in LIVING},
    **{(state, Event.EXPIRE): State.EXPIRED for state in LIVING},
}


class Phase(StrEnum):
    """The three phases of a token (R-DRT-17), in their order."""

    GENERATION = "generation"
    COMPLETION = "completion"
    DELIVERY = "delivery"


PHASES: Mapping[str, Phase] = {
    GENERATED: Phase.GENERATION,
    State.AWAITING_SHOP: Phase.COMPLETION,
    State.SHOP_ASSIGNED: Phase.COMPLETION,
    State.PUBLISHED: Phase.DELIVERY,
    State.DELIVERED: Phase.DELIVERY,
    State.IN_USE: Phase.DELIVERY,
}

WORDS: Mapping[Event, Promise | str] = {
    Event.ASSIGN_SHOP: _("Choose a shop"),
    Event.REASSIGN: _("Choose another shop"),
    Event.UNASSIGN: _("Take the choice of shop back"),
    Event.QUEUE: _("Put into the DFSC's queue"),
    Event.PUBLISH: _("Publish"),
    Event.DELIVER: _("Hand over"),
    Event.SELL: _("Sell"),
    Event.CANCEL: _("Cancel"),
    Event.EXPIRE: _("Expire"),
}


# Where a token stands, or where it stood when it expired; `Token.last_state` is the same of one.
LAST_STATE = Case(
    When(state=State.EXPIRED, state_before_end__gt="", then=F("state_before_end")), default=F("state")
)


def after(state: str, event: Event) -> State:
    """The state that follows. Raises Refused `move_not_in_life` for a move that is not in the table."""
    if (state, event) not in MOVES:
        stands = State(state).label if state in State else state
        raise Refused("move_not_in_life", state=stands, event=WORDS[event])
    return MOVES[state, event]


def before(event: Event) -> tuple[str, ...]:
    """The states in which this may happen."""
    return tuple(state for state, possible in MOVES if possible is event)
