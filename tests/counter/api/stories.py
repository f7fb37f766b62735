"""What a device does at a counter, in short."""

from typing import Any

import pytest

from rasad.connectors.aadhaar import twins
from rasad.counter.device_client import DeviceClient, DeviceRefusedError
from rasad.ledger.models import Transfer
from tests.counter import cast


def pid_data(world: cast.World, uid: str = cast.ASHA, finger: str = "LEFT_INDEX", *, wadh: str = "") -> str:
    """What the reader gives for a finger of somebody."""
    world.aadhaar.reader.place(uid, finger, True)
    said = world.aadhaar.reader.capture(twins.options(wadh=wadh))
    return said.decode() if isinstance(said, bytes) else said


def matched(till: DeviceClient, world: cast.World, number: str = cast.CARD, *, uid: str = cast.ASHA) -> Any:
    """A visit whose member has shown a finger that matched, and its pass."""
    visit = till.open_visit(number)
    till.finger(visit["id"], member=1, finger="LEFT_INDEX", pid_data=pid_data(world, uid))
    return till.issue_pass(visit["id"])


def served(till: DeviceClient, number: str = cast.CARD) -> Any:
    """A visit that went on without finger and code, and its pass."""
    visit = till.open_visit(number)
    till.skip_finger(visit["id"])
    till.go_without(visit["id"], why="mobile_not_carried")
    return till.issue_pass(visit["id"])


def sold(till: DeviceClient, given: Any, **lines: int) -> Any:
    """The receipt of a sale with a pass."""
    return till.sell(given["id"], pass_=given["pass"], lines=lines)


def refusal(call: Any, *args: Any, **given: Any) -> tuple[int, str]:
    """Status and code of what is refused, said in whole sentences."""
    with pytest.raises(DeviceRefusedError) as caught:
        call(*args, **given)
    no = caught.value
    assert all((no.what, no.why, no.next))
    return no.status, no.code


def moved() -> int:
    """How many movements stand in the books, those of grain that came to a shop apart."""
    return Transfer.objects.exclude(kind=Transfer.Kind.RECEIPT).count()
