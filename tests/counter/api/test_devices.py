"""A device comes to its shop, opens and closes; days and stock as it sees them."""

import httpx
import pytest

from rasad.counter.device_client import DeviceClient, enrol, new_id
from rasad.journal.models import Entry
from rasad.shops.actions import make_code, revoke_device
from rasad.shops.models import Device, DeviceSession, OnlineSpan
from tests.counter import cast
from tests.counter.api import conftest, live, stories

pytestmark = pytest.mark.django_db(transaction=True)


def test_device_enrols_with_the_inspectors_code_once(server):
    code = make_code(shop=cast.shop(), name="Counter 2", by="meena", at=cast.NOON)

    till = enrol(live.URL, code.text.lower(), key=conftest.KEY, transport=server)

    assert Device.objects.get().name == "Counter 2"
    assert till.opened()["shop"] == cast.RAVIS
    assert stories.refusal(enrol, live.URL, code.text, key=conftest.OTHER_KEY, transport=server) == (
        422,
        "enrolment_code_wrong",
    )


def test_guessing_codes_is_stopped(server):
    cast.shop()
    guessed = [stories.refusal(enrol, live.URL, f"GUESS{n}", transport=server) for n in range(11)]

    assert guessed == [(422, "enrolment_code_wrong")] * 10 + [(429, "too_many_tries")]


def test_device_that_knocks_in_vain_keeps_no_other_out(till, server):
    """Ten wrong clocks behind one address of a telephone company, on a morning when all shops open."""
    wrong = DeviceClient(live.URL, conftest.OTHER_KEY, new_id(), transport=server)

    knocked = [stories.refusal(wrong.opened)[0] for _ in range(11)]

    assert knocked == [401] * 10 + [429]
    assert till.opened()["shop"] == cast.RAVIS


@pytest.mark.parametrize(("is_secure", "status"), [(True, 422), (False, 429)])
def test_behind_a_proxy_each_address_has_its_own_tries(server, settings, is_secure, status):
    cast.shop()
    settings.SECURE, settings.SECURE_SSL_REDIRECT = is_secure, False
    body = {"code": "GUESSED", "public_key": "00" * 32}
    with httpx.Client(base_url=live.URL, transport=server) as line:
        for address in ["10.0.0.1"] * 10 + ["10.0.0.1, 10.0.0.2"]:
            answer = line.post("/api/counter/devices", json=body, headers={"X-Forwarded-For": address})

    assert answer.status_code == status


def test_session_needs_the_devices_own_key_and_the_right_time(till, server):
    stranger = DeviceClient(live.URL, conftest.OTHER_KEY, till.device, transport=server)

    assert stories.refusal(stranger.opened) == (401, "bad_signature")
    assert stories.refusal(till.opened, off_ms=-121_000) == (401, "stale_clock")
    nobody = DeviceClient(live.URL, conftest.OTHER_KEY, new_id(), transport=server)
    assert stories.refusal(nobody.opened) == (401, "device_unknown")


def test_ended_session_and_revoked_device_are_refused(till):
    till.end()
    assert stories.refusal(till.stock) == (401, "session_over")

    till.opened()
    revoke_device(device=Device.objects.get(), reason="stolen", by="meena", at=cast.NOON)
    assert stories.refusal(till.stock) == (403, "device_revoked")
    assert stories.refusal(till.opened) == (403, "device_revoked")


@pytest.mark.req("R-POS-01", "R-POS-02")
def test_heartbeat_is_written_down_and_every_request_is_a_word_that_the_device_is_there(till):
    told = till.heartbeat(battery=80, signal=4, app_version="1.2")

    session = DeviceSession.objects.get()
    assert (session.battery, session.signal, session.app_version) == (80, 4, "1.2")
    assert (told["is_shop_open"], told["at"][:10]) == (True, "2026-11-12")
    day = till.day()
    assert (day["day"], day["started_at"][:16]) == ("2026-11-12", "2026-11-12T12:00")
    assert (day["late_minutes"], day["hours"]) == (720, [{"opens": "00:00", "closes": "23:59"}])
    assert OnlineSpan.objects.filter(since__year=2026, since__month=11, since__day=12).count() == 1


def test_grain_comes_with_a_challan_once(till):
    asked = {"challan": "ch 17/11", "commodity": "rice", "allocation": "NFSA", "quantity": 250_000}

    first, again = till.receive(**asked), till.receive(**asked)

    held = {(one["commodity"], one["allocation"]): one["left"] for one in first["lines"]}
    assert held == {
        ("wheat", "NFSA"): cast.PLENTY,
        ("rice", "NFSA"): cast.PLENTY + 250_000,
        ("pulses", "STATE"): cast.PLENTY,
    }
    assert (first["is_new"], again["is_new"], again["lines"]) == (True, False, first["lines"])
    assert till.stock()["lines"] == first["lines"]
    assert stories.refusal(till.receive, **asked | {"quantity": 1}) == (409, "document_reused")
    assert stories.refusal(till.receive, **asked | {"commodity": "gold"}) == (422, "commodity_unknown")
    assert stories.refusal(till.receive, **asked | {"allocation": "NFS"}) == (422, "allocation_unknown")
    assert stories.refusal(till.receive, **asked | {"challan": "  "}) == (422, "challan_needed")
    assert Entry.objects.filter(action="stock.received").count() == 1


def test_day_in_figures_leaves_out_what_was_taken_back(till, world):
    stories.sold(till, stories.matched(till, world), wheat=2_000, pulses=500)
    stories.sold(till, stories.served(till), wheat=3_000)
    wrong = stories.served(till)
    stories.sold(till, wrong, wheat=4_000)
    till.take_back(wrong["id"], reason="Wrong card")

    day = till.day()

    assert (day["sales"], day["taken_back"], day["amount"]) == (2, 1, 2_000)
    assert (day["by_mode"], day["by_kind"]) == ({"biometric": 1, "unauthenticated": 1}, {"home": 2})
    assert [(one["commodity"], one["quantity"], one["sales"]) for one in day["sums"]] == [
        ("pulses", 500, 1),
        ("wheat", 5_000, 2),
    ]
    assert till.day("2026-11-11")["sales"] == 0
    assert stories.refusal(till.day, "2026-11-13") == (422, "day_ahead")


def test_client_keeps_the_id_when_answers_are_lost(till, server):
    given = stories.served(till)
    losing = Losing(server, lose=2)
    till._http = httpx.Client(base_url=live.URL, transport=losing)

    receipt = stories.sold(till, given, wheat=1_000)

    assert (receipt["id"], receipt["is_replay"], losing.lost) == (given["id"], True, 2)
    assert stories.moved() == 2


class Losing(httpx.BaseTransport):
    """A line on which the first answers are lost after the server has worked."""

    def __init__(self, line: httpx.BaseTransport, *, lose: int) -> None:
        self.line, self.lose, self.lost = line, lose, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.line.handle_request(request)
        if self.lost < self.lose:
            self.lost += 1
            raise httpx.ReadTimeout("lost", request=request)
        return answer
