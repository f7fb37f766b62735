"""A card of another State at Ravi's shop: what its home State says of it."""

from datetime import date

import httpx
import pytest

from rasad.connectors.impds.client import ImpdsClient
from rasad.connectors.impds.sandbox import KEY
from rasad.connectors.impds.wire import HomeCard, HomeLine, HomeMember, Lift
from rasad.connectors.twin import Twin
from rasad.policy import visitor
from rasad.values.refused import Refused
from tests.connectors.impds.asked import (
    AUGUST,
    BIHAR_AAY,
    HIMACHAL,
    PATIENCE,
    SURRENDERED,
    UTTAR_PRADESH,
    WEST_BENGAL,
    card,
)


@pytest.mark.req("R-INT-13")
def test_card_is_found_by_its_number(ravi):
    assert card(ravi) == HomeCard(
        state="IN-WB",
        number=WEST_BENGAL,
        category="PHH",
        is_nfsa=True,
        is_linked=True,
        is_validated=True,
        is_active=True,
        month="2021-08",
        members=(
            HomeMember(
                line=1,
                name="Sh********* Ch*******",
                is_linked=True,
                is_validated=True,
                uid_token="9849863132068126",
            ),
            HomeMember(line=2, name="Ma**** Ch*******", is_linked=True, is_validated=True),
            HomeMember(line=3, name="Ri** Ch*******", is_linked=True, is_validated=True),
            HomeMember(line=4, name="Ta*** Ch*******", is_linked=False, is_validated=False),
        ),
        lines=(
            HomeLine(commodity="rice", kind="foodgrain", full=12000, left=12000),
            HomeLine(commodity="wheat", kind="foodgrain", full=8000, left=8000),
        ),
    )


def test_card_is_found_by_a_members_aadhaar_number(ravi):
    found = ravi.card(aadhaar_ref=ravi.aadhaar_ref("999971658847"), month=AUGUST, within=PATIENCE)

    assert (found.number, found.category) == (BIHAR_AAY, "AAY")


def test_aadhaar_number_itself_is_never_sent(ravi, twin, monkeypatch):
    sent = []
    respond = Twin.respond
    monkeypatch.setattr(Twin, "respond", lambda self, request: sent.append(request) or respond(self, request))

    ravi.card(aadhaar_ref=ravi.aadhaar_ref("999971658847"), month=AUGUST, within=PATIENCE)

    assert len(sent) == 1
    assert "999971658847" not in repr(sent)


def test_number_nobody_knows_is_refused(ravi):
    with pytest.raises(Refused, match=r"^impds_card_unknown \(card=XXXXXXXX9999\)$"):
        card(ravi, "190000009999")


def test_aadhaar_number_on_no_card_is_refused(ravi):
    with pytest.raises(Refused, match="impds_card_unknown"):
        ravi.card(aadhaar_ref=ravi.aadhaar_ref("999999999999"), month=AUGUST, within=PATIENCE)


def test_card_of_the_asking_state_is_not_another_states(twin, clock):
    siliguri = ImpdsClient(twin.url, "IN-WB", KEY, clock=clock)

    with pytest.raises(Refused, match="impds_card_unknown"):
        card(siliguri)


def test_what_the_family_lifted_at_home_is_told(ravi):
    found = card(ravi, UTTAR_PRADESH)

    assert found.line("wheat") == HomeLine(commodity="wheat", kind="foodgrain", full=15000, left=9000)
    assert found.lifts == (
        Lift(
            on=date(2021, 8, 1),
            state="IN-UP",
            shop="Rampur Garden Kotedar, Bareilly",
            commodity="wheat",
            grams=6000,
        ),
    )
    assert found.last_away_on is None


def test_last_lift_away_from_home_is_told(ravi):
    found = card(ravi, HIMACHAL)

    assert found.last_away_on == date(2021, 8, 2)
    assert found.line("sugar") == HomeLine(commodity="sugar", kind="other", full=1500, left=1500)


def test_surrendered_card_is_told_as_it_is(ravi):
    assert card(ravi, SURRENDERED).is_active is False


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("190000000106", "portability_not_nfsa"),
        ("100000000107", "portability_not_linked"),
        ("090000000108", "portability_not_validated"),
    ],
)
def test_cards_facts_lead_to_the_hosts_own_refusal(ravi, number, code):
    found = card(ravi, number)

    with pytest.raises(Refused, match=code):
        visitor.check_card(
            "IN-WB", is_nfsa=found.is_nfsa, is_linked=found.is_linked, is_validated=found.is_validated
        )


def test_gap_since_the_last_lift_away_follows_from_the_facts(ravi, clock):
    found = card(ravi, HIMACHAL)
    wheat = found.line("wheat")

    with pytest.raises(Refused, match="portability_gap") as refused:
        visitor.lift(
            "IN-WB",
            full=wheat.full,
            left=wheat.left,
            asked=wheat.left,
            on=clock().date(),
            previous=found.last_away_on,
        )
    assert refused.value.facts["earliest"] == date(2021, 8, 9)


def test_browser_sees_the_cards(twin, ravi):
    shown = httpx.get(twin.url).text

    assert "Shivshankar Choudhury (999941057058)" in shown
    assert "rice 12 kg, wheat 8 kg" in shown
