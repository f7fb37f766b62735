"""The second officer: the order that ends something from the next month on, and its undoing with what was missed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.accounts.queries import is_one_person
from rasad.oversight import telling
from rasad.oversight.actions.arrears import grant_arrears
from rasad.oversight.actions.cases import refuse_open_window
from rasad.oversight.actions.steps import held, reason, take
from rasad.oversight.models import Arrear, Case
from rasad.registry import life
from rasad.registry.models import CardCategory, Ending
from rasad.values.month import Month
from rasad.values.refused import Refused


@transaction.atomic
def order_removal(*, case: Case, by: User, at: datetime) -> Case:
    """The second officer orders what was proposed; the card serves to the end of the month.

    Refused: case_not_so_far, order_by_another, window_is_open, has_ended.
    """
    case = held(case)
    if is_one_person(by.get_username(), case.proposed_by, case.opened_by):
        raise Refused("order_by_another", case=case.number)
    refuse_open_window(case, at=at)
    ends_on = Month.of(timezone.localdate(at)).next.first_day
    case = take(
        case, "order", by=by, at=at, why=case.because, confirmed_by=by.get_username(), ends_on=ends_on,
        ordered_at=at,
    )  # fmt: skip
    decision = life.Decision(
        Ending.Ground.ORDER,
        case.number,
        case.because,
        by=case.proposed_by,
        confirmed_by=by.get_username(),
        at=at,
    )
    if case.what == Case.What.CARD:
        life.end_card(case.card, on=ends_on, decision=decision)
    elif case.membership is not None:
        life.end_member(case.membership, on=ends_on, decision=decision)
    elif life.change_category(case.card, case.to_category, on=ends_on, decision=decision) is None:
        raise Refused("category_is_so", category=case.to_category)
    telling.tell(case, telling.ORDERED, at=at)
    return case


@transaction.atomic
def restore(*, case: Case, why: str, by: User, at: datetime) -> list[Arrear]:
    """What was ended wrongly goes on as if it never had, and what was missed since is granted now.

    Refused: case_not_so_far, order_by_another, decision_without_reason, and as `life.take_back`.
    """
    case, told = held(case), reason(why)
    if is_one_person(by.get_username(), case.proposed_by):
        raise Refused("order_by_another", case=case.number)
    case = take(case, "restore", by=by, at=at, why=told, restored_at=at, restored_by=by.get_username())
    telling.tell(case, telling.RESTORED, at=at)
    ending = Ending.objects.filter(ground=Ending.Ground.ORDER, key=case.number, undone_at=None).first()
    if ending is None:
        raise Refused("ending_taken_back")
    if ending.category is not None and case.what == Case.What.CATEGORY:
        category = ending.category.category
        _old_category(case, category, why=told, by=by, at=at)
        return grant_arrears(case, category=category, at=at)
    life.take_back(ending, by=by.get_username(), at=at, why=told)
    return grant_arrears(case, at=at)


def _old_category(case: Case, category: str, *, why: str, by: User, at: datetime) -> None:
    """The category from before the order, from today on; from the second day of one that has not begun.

    Refused: card_has_other_category.
    """
    wrong = CardCategory.objects.filter(
        card=case.card, category=case.to_category, during__upper_inf=True
    ).first()
    if wrong is None:
        raise Refused("card_has_other_category")
    on = max(timezone.localdate(at), wrong.during.lower + timedelta(days=1))
    decision = life.Decision(
        Ending.Ground.ORDER, case.number, why, by=case.proposed_by, confirmed_by=by.get_username(), at=at
    )
    life.change_category(case.card, category, on=on, decision=decision)
