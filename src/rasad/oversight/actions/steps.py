"""One step of a case: by the table of moves, with its row in the ledger of steps and its entry in the journal."""

from datetime import datetime
from typing import Any

from django.db import transaction

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.oversight import moves
from rasad.oversight.models import Case, CaseStep
from rasad.values.refused import Refused

LONGEST_WHY = 500


def held(case: Case) -> Case:
    """The case as it stands, locked until the transaction ends: two officers at once take turns."""
    return Case.objects.select_for_update(of=("self",)).select_related("card", "membership").get(pk=case.pk)


def after(case: Case, act: str) -> str:
    """The state an act leads to. Refused: case_not_so_far."""
    found = moves.OF_A_CASE.get((case.state, act))
    if found is None:
        raise Refused("case_not_so_far", case=case.number, state=case.get_state_display())
    return found


@transaction.atomic
def take(case: Case, act: str, *, by: User | str, at: datetime, why: str = "", **changes: Any) -> Case:
    """Take a step of a case that is `held`, with what it changes. Refused: case_not_so_far."""
    to = after(case, act)
    CaseStep.objects.create(case=case, act=act, before=case.state, after=to, why=why, by=name_of(by), at=at)
    Case.objects.filter(pk=case.pk, state=case.state).update(state=to, **changes)
    case.refresh_from_db()
    journal.write(
        f"case.{act}", of_kind="case", of_key=case.number, by=by, at=at, reason=why[:LONGEST_WHY],
        facts={"what": case.what, "ground": case.ground},
    )  # fmt: skip
    return case


def name_of(by: User | str) -> str:
    """The name an act is kept under."""
    return by if isinstance(by, str) else by.get_username()


def reason(text: str) -> str:
    """A reason that says something. Refused: decision_without_reason."""
    if not text.strip():
        raise Refused("decision_without_reason")
    return text.strip()
