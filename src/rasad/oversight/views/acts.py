"""What can be done with a case, each act with its form, who may do it, and what is said when it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.accounts.models import User
from rasad.oversight import moves
from rasad.oversight.actions import cases, orders
from rasad.oversight.actions.cases import Answer, Said
from rasad.oversight.forms import AnswerTaken, HearingHeld, Nothing, Proposal, Serving, SourceSays, Why
from rasad.oversight.models import Case

Do = Callable[[Case, Mapping[str, Any], User, datetime], object]


@dataclass(frozen=True)
class Act:
    """One act: its button, its form, the capabilities of which one is needed, what is said afterwards."""

    label: Promise | str
    form: type[forms.Form]
    needs: tuple[str, ...]
    do: Do
    done: Promise | str

    def is_open_to(self, reader: access.Reader) -> bool:
        """Whether a reader may do it."""
        return any(access.may(reader, one) for one in self.needs)


HEAR, CONFIRM = ("hear_cases",), ("confirm_orders",)
ACTS: Mapping[str, Act] = {
    "notice": Act(
        _("Write the notice"), Nothing, HEAR,
        lambda case, _, by, at: cases.write_notice(case=case, by=by, at=at),
        _("The notice is written: print it and bring it to the family."),
    ),
    "serve": Act(
        _("The notice reached the family"), Serving, HEAR,
        lambda case, told, by, at: cases.serve_notice(case=case, by=by, at=at, **told),
        _("Taken down: the days to answer have begun."),
    ),
    "answer": Act(
        _("Take the answer down"), AnswerTaken, HEAR,
        lambda case, told, by, at: cases.record_answer(case=case, answer=Answer(**told), by=by, at=at),
        _("The answer is taken down."),
    ),
    "no_answer": Act(
        _("No answer came in time"), Nothing, HEAR,
        lambda case, _, by, at: cases.note_no_answer(case=case, by=by, at=at),
        _("Taken down: no answer came in time."),
    ),
    "hear": Act(
        _("Record the hearing"), HearingHeld, HEAR,
        lambda case, told, by, at: cases.record_hearing(case=case, by=by, at=at, **told),
        _("The hearing is recorded."),
    ),
    "clear": Act(
        _("Clear: nothing changes for the family"), Why, (*HEAR, *CONFIRM),
        lambda case, told, by, at: cases.clear_case(case=case, by=by, at=at, **told),
        _("The case is cleared. The card stays as it is."),
    ),
    "propose": Act(
        _("Propose the removal"), Proposal, HEAR,
        lambda case, told, by, at: cases.propose_removal(case=case, by=by, at=at, **told),
        _("Proposed. A second officer has to order it."),
    ),
    "order": Act(
        _("Order it from the next month on"), Nothing, CONFIRM,
        lambda case, _, by, at: orders.order_removal(case=case, by=by, at=at),
        _("Ordered. The card serves to the end of the month."),
    ),
    "restore": Act(
        _("Restore, with everything missed since"), Why, CONFIRM,
        lambda case, told, by, at: orders.restore(case=case, by=by, at=at, **told),
        _("Restored. What was missed is given at the shop from now on."),
    ),
    "evidence": Act(
        _("Add evidence"), SourceSays, ("open_cases",),
        lambda case, told, by, at: cases.add_evidence(case=case, said=Said(**told), by=by, at=at),
        _("The evidence is added."),
    ),
}  # fmt: skip


def offered(case: Case, reader: User) -> list[tuple[str, Act]]:
    """The acts that this reader may do with a case as it stands, in their order."""
    mine = reader.get_username()
    barred = {
        "order": mine in (case.proposed_by, case.opened_by),
        "restore": mine == case.proposed_by,
        "serve": case.served_on is not None,
        "evidence": case.state not in moves.OPEN,
    }
    return [
        (name, act)
        for name, act in ACTS.items()
        if ((case.state, name) in moves.OF_A_CASE or name == "evidence")
        and act.is_open_to(reader)
        and not barred.get(name, False)
    ]
