"""eKYC through a device: a member is linked or confirmed, once, by the member's own finger and word."""

import pytest

from rasad.registry.models import Person
from tests.counter import cast
from tests.counter.api import conftest, stories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.req("R-POS-19", "R-INT-15")
def test_member_is_linked_and_another_confirmed_on_the_device(server, world):
    shop = cast.shop()
    cast.card(
        cast.CARD,
        cast.person("Shivshankar Choudhury"),
        cast.person("Kumar Agarwal", cast.BINOD, is_validated=False),
    )
    till = conftest.device(server, shop)
    visit = till.open_visit(cast.CARD)["id"]
    words = till.ekyc_words()
    asked = {"version": words["version"], "language": "hi"}

    def read(uid):
        return stories.pid_data(world, uid, wadh=words["wadh"])

    linked = till.ekyc(visit, member=1, aadhaar=cast.ASHA, pid_data=read(cast.ASHA), **asked)
    confirmed = till.ekyc(visit, member=2, pid_data=read(cast.BINOD), **asked)

    assert (linked["line"], linked["number"]) == (1, f"XXXX XXXX {cast.ASHA[-4:]}")
    assert (confirmed["line"], confirmed["number"]) == (2, f"XXXX XXXX {cast.BINOD[-4:]}")
    assert [(one["is_linked"], one["is_validated"]) for one in till.visit(visit)["members"]] == [
        (True, True),
        (True, True),
    ]
    assert stories.refusal(
        till.ekyc, visit, member=1, aadhaar=cast.ASHA, pid_data=read(cast.ASHA), **asked
    ) == (409, "member_linked_already")


def test_finger_of_somebody_else_links_nobody(server, world):
    shop = cast.shop()
    cast.card(cast.CARD, cast.person("Asha Devi"))
    till = conftest.device(server, shop)
    visit = till.open_visit(cast.CARD)["id"]
    words = till.ekyc_words()
    read = stories.pid_data(world, cast.BINOD, wadh=words["wadh"])

    answer = stories.refusal(
        till.ekyc, visit, member=1, aadhaar=cast.ASHA, pid_data=read, version=words["version"]
    )

    assert answer == (409, "ekyc_not_confirmed")
    assert Person.objects.get().aadhaar_ref is None
