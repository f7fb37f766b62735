"""Asha's card of Haryana at a shop in West Bengal: the other State asks us."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from rasad.connectors.impds import home_side, refusals, signing
from rasad.connectors.impds.home_side import (
    Asked,
    Home,
    Nonces,
    SignedRequest,
    UnreadableError,
    UnsignedError,
)
from rasad.connectors.impds.other_state import OtherState
from rasad.connectors.impds.wire import CardAsked, HomeCard, HomeLine, Settled, VoidAsked
from rasad.connectors.twin import Request, Response, Twin
from rasad.values.refused import OutsideError, Refused
from tests.connectors.impds.asked import AUGUST, PATIENCE, SALE

KEY = b"w" * 32
ASHA = "060000000001"
ASHAS_CARD = HomeCard(
    state="IN-HR",
    number=ASHA,
    category="OPH",
    is_nfsa=True,
    is_linked=True,
    is_validated=True,
    is_active=True,
    month="2021-08",
    members=(),
    lines=(HomeLine(commodity="wheat", kind="foodgrain", full=20000, left=4000),),
)


class Haryana(Twin):
    """What the pages of the home side do, in a few lines: Asha's card, of which 4 kg are left."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Home({"IN-WB": KEY})
        self.nonces = Nonces()

    def answer(self, request: Request) -> Response:
        came = SignedRequest(request.method, request.path, request.headers, request.body)
        try:
            asked = self.home.verify(came, at=datetime.now(UTC), is_new=self.nonces.is_new)
        except UnsignedError as error:
            told = home_side.unsigned(error)
        except UnreadableError as error:
            told = home_side.unreadable(error)
        else:
            told = self.said(asked)
        return Response(told.body, told.status, headers=told.headers)

    def said(self, asked: Asked) -> home_side.Answer:
        match asked.ask:
            case CardAsked(number=number) if number == ASHA:
                return self.home.accepted(asked, ASHAS_CARD)
            case CardAsked(number=number):
                return self.home.refused(asked, refusals.card_unknown(number))
            case VoidAsked(reservation=reservation):
                return self.home.accepted(asked, Settled(reservation=reservation, outcome="voided"))
        return self.home.refused(asked, refusals.balance_changed(ASHA, {"wheat": 4000}))


@pytest.fixture
def haryana() -> Iterator[Haryana]:
    with Haryana() as running:
        yield running


@pytest.fixture
def siliguri(haryana: Haryana) -> Iterator[OtherState]:
    """A shop in West Bengal."""
    state = OtherState(haryana.url, "IN-WB", KEY)
    yield state
    state.close()


def test_other_state_reads_our_card(siliguri):
    assert siliguri.card(number=ASHA, month=AUGUST, within=PATIENCE) == ASHAS_CARD


def test_other_state_is_told_that_we_do_not_know_a_card(siliguri):
    with pytest.raises(Refused, match=r"impds_card_unknown \(card=XXXXXXXX0002\)"):
        siliguri.card(number="060000000002", month=AUGUST, within=PATIENCE)


def test_other_state_is_told_what_is_left(siliguri):
    now = datetime.now(UTC)
    with pytest.raises(Refused) as refused:
        siliguri.reserve(
            reservation=SALE,
            state="IN-HR",
            card=ASHA,
            month=AUGUST,
            lines={"wheat": 10000},
            shop="Ma Tara Bhandar, Siliguri",
            until=now + timedelta(minutes=10),
            within=PATIENCE,
        )
    assert (refused.value.code, refused.value.facts["balance"]) == ("impds_balance_changed", {"wheat": 4000})


def test_other_state_is_told_that_its_reservation_is_void(siliguri):
    assert siliguri.void(reservation=SALE, within=PATIENCE).outcome == "voided"


def test_state_without_a_key_reads_nothing(haryana):
    stranger = OtherState(haryana.url, "IN-BR", KEY)

    with pytest.raises(OutsideError, match="status 401") as failed:
        stranger.card(number=ASHA, month=AUGUST, within=PATIENCE)
    assert failed.value.permanent


def test_request_sent_twice_is_answered_once(siliguri):
    request = siliguri.signed(CardAsked(number=ASHA, month="2021-08"), at=datetime.now(UTC))

    first, second = (siliguri.send(*request, within=PATIENCE) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 401)
    assert second.json() == {"code": "unsigned_nonce", "balance": {}}


def test_request_of_yesterday_is_not_answered(siliguri):
    request = siliguri.signed(
        CardAsked(number=ASHA, month="2021-08"), at=datetime.now(UTC) - timedelta(days=1)
    )

    assert siliguri.send(*request, within=PATIENCE).json()["code"] == "unsigned_clock"


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b'{"month":"2021-08"}',
        b'{"number":"060000000001","month":"August"}',
        b'{"number":"060000000001","month":"2021-08","aadhaar":"9"}',
        b'{"number":"060000000001","aadhaar_ref":"' + b"0" * 64 + b'","month":"2021-08"}',
        b"\xff",
    ],
)
def test_signed_request_that_says_nothing_we_know_is_not_answered(body):
    now = datetime.now(UTC)
    headers = signing.sign(path="/impds/v1/card", body=body, state="IN-WB", key=KEY, at=now)
    request = SignedRequest("POST", "/impds/v1/card", headers, body)

    with pytest.raises(UnreadableError):
        Home({"IN-WB": KEY}).verify(request, at=now, is_new=Nonces().is_new)


def test_path_that_is_not_ours_is_not_answered(siliguri):
    now = datetime.now(UTC)
    headers = signing.sign(path="/impds/v1/stock", body=b"{}", state="IN-WB", key=KEY, at=now)

    answer = siliguri.send("/impds/v1/stock", b"{}", headers, within=PATIENCE)

    assert (answer.status_code, msgspec.json.decode(answer.content)["code"]) == (400, "unreadable")
