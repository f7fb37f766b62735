"""Whose hand a member of staff is, and what is noted when one takes the paper of a token."""

from datetime import datetime

from rasad.accounts import access
from rasad.accounts.models import Role, User
from rasad.delivery.actions.steps import Who, note
from rasad.delivery.models import Committee, Hand, Step
from rasad.relief.models import Token

HAND_OF = {Role.UNIT_COMMITTEE: Hand.UNIT_COMMITTEE, Role.LOCAL_COMMITTEE: Hand.LOCAL_COMMITTEE}
KIND_OF = {Hand.UNIT_COMMITTEE: Committee.Kind.UNIT, Hand.LOCAL_COMMITTEE: Committee.Kind.LOCAL}


def who_of(user: User) -> Who:
    """The hand of a member of staff: the own committee, else the office of the DFSC."""
    hand = HAND_OF.get(Role(user.role), Hand.DFSC)
    kind = KIND_OF.get(hand)
    mine = access.all_for(user, Committee).filter(kind=kind).first() if kind else None
    return Who(hand, user, mine)


def paper_taken(number: str, by: User, at: datetime) -> None:
    """On the token's way: a committee downloaded its paper, an office printed it."""
    who = who_of(by)
    kind = Step.Kind.PRINTED if who.hand == Hand.DFSC else Step.Kind.DOWNLOADED
    note(tokens=list(Token.objects.filter(number=number)), kind=kind, who=who, at=at)
