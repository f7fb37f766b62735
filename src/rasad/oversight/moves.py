"""The lives of a case and of a campaign, each as one table of moves. A move that is not in it cannot happen.

The database reads the same tables (guards.py): a state that changes any other way is refused there too.
"""

from collections.abc import Mapping
from typing import Final

# A case: from a suspicion about a living card to an order or to nothing.
SUSPECTED: Final = "suspected"
NOTICED: Final = "noticed"
ANSWERED: Final = "answered"
NO_ANSWER: Final = "no_answer"
HEARD: Final = "heard"
PROPOSED: Final = "proposed"
ORDERED: Final = "ordered"
CLEARED: Final = "cleared"
RESTORED: Final = "restored"
OPEN: Final = (SUSPECTED, NOTICED, ANSWERED, NO_ANSWER, HEARD, PROPOSED)

OF_A_CASE: Mapping[tuple[str, str], str] = {
    (SUSPECTED, "notice"): NOTICED,
    (NOTICED, "serve"): NOTICED,
    (NOTICED, "answer"): ANSWERED,
    (NOTICED, "no_answer"): NO_ANSWER,
    # An answer that comes late is an answer; one that comes after the proposal puts it aside.
    (NO_ANSWER, "answer"): ANSWERED,
    (PROPOSED, "answer"): ANSWERED,
    (ANSWERED, "hear"): HEARD,
    (NO_ANSWER, "hear"): HEARD,
    (ANSWERED, "propose"): PROPOSED,
    (NO_ANSWER, "propose"): PROPOSED,
    (HEARD, "propose"): PROPOSED,
    (PROPOSED, "order"): ORDERED,
    **{(state, "clear"): CLEARED for state in OPEN},
    (ORDERED, "restore"): RESTORED,
}

# A campaign: from its plan to its end. It is stopped where its own sample finds real families.
PLANNED: Final = "planned"
RUNNING: Final = "running"
FINDINGS: Final = "findings"
PUBLISHED: Final = "published"
STOPPED: Final = "stopped"
CLOSED: Final = "closed"

OF_A_CAMPAIGN: Mapping[tuple[str, str], str] = {
    (PLANNED, "start"): RUNNING,
    (RUNNING, "report"): FINDINGS,
    (FINDINGS, "publish"): PUBLISHED,
    (FINDINGS, "stop"): STOPPED,
    (PUBLISHED, "close"): CLOSED,
    (STOPPED, "close"): CLOSED,
}

# An Antyodaya list: made, resolved upon by the Gram Sabha, proposed, final.
DRAFT: Final = "draft"
RESOLVED: Final = "resolved"
FINAL: Final = "final"

OF_A_LIST: Mapping[tuple[str, str], str] = {
    (DRAFT, "resolve"): RESOLVED,
    (RESOLVED, "propose"): PROPOSED,
    (PROPOSED, "object"): RESOLVED,
    (PROPOSED, "confirm"): FINAL,
}


def pairs(moves: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """From which state to which a row may go."""
    return sorted({(before, after) for (before, _), after in moves.items() if before != after})
