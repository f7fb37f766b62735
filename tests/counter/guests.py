"""Steps of the stories that many of them take: a code on a telephone, a card of another State at Ravi's shop."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from rasad.connectors.impds.wire import HomeCard
from rasad.counter import ladder, selling, tries, visitors
from rasad.counter.models import Visit
from rasad.registry.families import Member
from rasad.shops.models import Shop
from tests.counter import cast

ASHAS_MOBILE = "9999900001"
# A card of the twin's: member 1 is known to Aadhaar by Asha's published number. 12 kg rice, 8 kg wheat.
GUEST = "190000000101"


@dataclass
class Guest:
    """A visit of a card of another State, and what its home State said."""

    visit: Visit
    home: HomeCard
    at: datetime

    @property
    def members(self) -> tuple[Member, ...]:
        return visitors.members(self.home)

    @property
    def standing(self) -> ladder.Standing:
        return ladder.standing(self.visit, members=self.members)


def guest(
    number: str = GUEST, *, when: datetime = cast.NOON, shop: str = cast.RAVIS, agrees: bool = True,
    id: UUID | None = None, **given: str,
) -> Guest:  # fmt: skip
    """A card of another State shown at a shop; its holder agrees to the use of Aadhaar."""
    told = given or {"number": number}
    visit, home = visitors.open_visit(
        id=id or uuid4(), shop=Shop.objects.get(number=shop), at=when, dealer="ravi", **told
    )
    if agrees:
        visitors.agree(visit, is_given=True, version=visitors.CONSENT_VERSION, language="hi", at=when)
    return Guest(visit, home, when)


def finger(
    one: Guest, world: cast.World, *, named: str = "LEFT_INDEX", of: str = cast.ASHA, line: int = 1
) -> Any:
    """A finger of whoever stands there, said to be one of the member's."""
    return tries.try_finger(
        one.visit, members=one.members, member=line, finger=named, captured=world.aadhaar.captured(of, named),
        at=one.at,
    )  # fmt: skip


def sell(one: Guest, **grams: int) -> Any:
    """Sell so many grams of each grain to a visitor who is through the ladder."""
    offers = visitors.offers(one.visit, one.home, at=one.at)
    text = selling.issue_pass(one.visit, now=one.standing, offers=offers, at=one.at)
    return selling.sell(one.visit, pass_text=text, lines=grams, dealer="ravi", at=one.at)


def code_on(world: cast.World, mobile: str = ASHAS_MOBILE) -> str:
    """The newest code on a telephone; what a family is told of a sale may come after it, by its own thread."""
    words = [message.text.split()[0] for message in world.sms.messages_for(mobile)]
    return [word for word in words if word.isdigit()][-1]


def at_the_code(shown: Any) -> None:
    """The finger cannot be read: the turn of the code comes."""
    tries.skip_finger(shown.visit, members=shown.members, why="reader", at=shown.visit.opened_at)


def code_sent(shown: Any, *, member: int = 1, at: datetime = cast.NOON) -> Any:
    """A code goes to a member's mobile."""
    return tries.send_code(shown.visit, members=shown.members, member=member, at=at)


def entered(shown: Any, code: str, *, at: datetime) -> str:
    """What came of a code that the dealer typed."""
    return str(tries.enter_code(shown.visit, members=shown.members, code=code, at=at).outcome)


def standing(shown: Any) -> ladder.Standing:
    """Where a visit of this State's stands."""
    return ladder.standing(shown.visit, members=shown.members)
