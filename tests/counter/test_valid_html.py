"""The screens of a visit are valid HTML, from the number to the receipt, and what is said when something fails."""

import re

import pytest

from tests.cast import client_of
from tests.counter import cast
from tests.counter.at_pages import agreed, guest, passed, pid_data, sold, touched
from tests.web.valid import faults

pytestmark = pytest.mark.django_db
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
WEST_BENGAL = "190000000101"


@pytest.fixture
def looked_at(ashas, clock, world, ravi, monkeypatch):
    """Ravi's browser, and the faults of every page it was shown, by screen."""
    client, seen = client_of(ravi), {}
    ask = client.request

    def looked(**asked):
        answer = ask(**asked)
        if answer.get("Content-Type", "").startswith("text/html") and answer.content:
            screen = UUIDS.sub("one", asked["PATH_INFO"])
            seen[screen] = [*seen.get(screen, []), *faults(answer.text)]
        return answer

    monkeypatch.setattr(client, "request", looked)
    return client, seen


def test_screens_of_a_home_card_are_valid(looked_at, world):
    client, seen = looked_at
    page = client.post("/counter", {"number": cast.CARD}, follow=True)
    visit = page.redirect_chain[-1][0]
    client.get(f"{visit}/finger")
    client.post(
        f"{visit}/finger", {"member": 1, "finger": "LEFT_INDEX", "captured": pid_data(world, is_good=False)}
    )
    client.get(f"{visit}/code")
    client.post(f"{visit}/code/send", {"member": 1}, follow=True)
    client.post(f"{visit}/code", {"code": "12"})
    client.post(f"{visit}/code", {"code": "000000"}, follow=True)
    client.post(f"{passed(client)}/quantities", {"wheat": "x", "sell": "1"})
    receipt = sold(client, wheat="1")
    for address in (
        f"{visit}/without",
        f"{visit}/stuck",
        receipt,
        f"{receipt}/reverse",
        "/counter/sales",
        "/counter/stock",
    ):
        client.get(address)
    client.post("/counter", {"number": "069900000099"})

    screens = ("", "/sales", "/sales/one", "/sales/one/reverse", "/stock", "/visit/one")
    steps = ("finger", "code", "without", "quantities")
    assert set(seen) == {f"/counter{one}" for one in screens} | {f"/counter/visit/one/{one}" for one in steps}
    assert {where: found for where, found in seen.items() if found} == {}


def test_screens_of_another_states_card_are_valid(looked_at, world):
    client, seen = looked_at
    guest(client, card=WEST_BENGAL)
    visit = agreed(client, card=WEST_BENGAL)
    touched(client, world, visit, "LEFT_INDEX", uid=cast.ASHA)
    client.post(f"{visit}/quantities", {"rice": "x", "sell": "1"})
    guest(client)

    assert set(seen) == {
        "/counter/impds/billing/bill-generation", "/counter/visit/one/consent", "/counter/visit/one/quantities",
    }  # fmt: skip
    assert {where: found for where, found in seen.items() if found} == {}
