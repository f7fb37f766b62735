"""A tiny world for the relief pages: two districts, four places, three shops, one run and what came of it.

Meena's district (63) has seven rows; Stranger's (71) has one token. Asha's token has a shop, Kamla's has
none, Noor's has a question; Banwari was refused, Dhanpat waits.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rasad.policy.relief import scheme
from rasad.registry.models import Place, PlaceParent
from rasad.relief.models import Review, Run, SourceRow, Token, TokenMember
from rasad.shops.models import Shop
from tests.cast import ELSEWHERE, HISAR

ASHA = "06300000000014"
KAMLA = "06300000000022"
NOOR = "06300000000030"
FARAWAY = "07100000000011"
RUN_KEY = "5b1e0000000000000000000000000000000000000000000000000000000000aa"
SHOP = "106300100001"
FULL_SHOP = "106300100002"
SHOP_ELSEWHERE = "107100100001"
HANSI, UKLANA, BARWALA = "61001", "61002", "61003"
CARD = "063001234567"
SINCE = (date(2000, 1, 1), None)


@dataclass
class World:
    """What was made, by name."""

    run: Run
    rows: dict[str, SourceRow]
    tokens: dict[str, Token]


def place(kind: str, code: str, name: str, parent: Place | None = None, **more: Any) -> Place:
    made = Place.objects.create(kind=kind, code=code, name=name, **more)
    if parent:
        PlaceParent.objects.create(place=made, parent=parent, during=SINCE)
    return made


def shop(number: str, at: Place, district: str, capacity: int, name: str, **more: Any) -> Shop:
    return Shop.objects.create(
        number=number,
        place=at,
        district_code=district,
        capacity_families=capacity,
        name=name,
        open_during=(date(2019, 1, 1), None),
        **more,
    )


def run(**given: Any) -> Run:
    filled = {
        "key": RUN_KEY,
        "scheme": "drt_2020",
        "state": "done",
        "engine": "duckdb",
        "percent": 100,
        "conditions": scheme("drt_2020").model_dump(mode="json"),
        "by": "kavita",
        "started_at": datetime(2020, 5, 15, 4, 0, tzinfo=UTC),
        "finished_at": datetime(2020, 5, 15, 4, 2, tzinfo=UTC),
    }
    return Run.objects.create(**{**filled, **given})


def token(made: Run, number: str, holder: str, **given: Any) -> Token:
    shopless = not given.get("shop_number")
    filled = {
        "scheme": "drt_2020",
        "run": made,
        "family_key": f"saral:{number}",
        "source": "SARAL",
        "state": "awaiting_shop" if shopless else "shop_assigned",
        "holder_name": holder,
        "member_count": 3,
        "mobile": "9876500001",
        "address": "House 4, Ward 2",
        "district_code": HISAR,
        "place_code": HANSI,
        "place_name": "Hansi",
        "months": ["2020-04", "2020-05", "2020-06"],
        "inherits": "OPH",
        "issued_on": date(2020, 4, 20),
        "shop_reason": "no_capacity" if shopless else "own_place",
        "shop_distance_m": None if shopless else 0,
    }
    return Token.objects.create(number=number, **{**filled, **given})


def row(made: Run, reference: str, outcome: str, reason: str, **given: Any) -> SourceRow:
    filled = {
        "run": made,
        "scheme": "drt_2020",
        "source": "SARAL",
        "line": 1,
        "holder_name": "",
        "district_code": HISAR,
        "received_on": date(2020, 4, 20),
        "facts": {},
    }
    return SourceRow.objects.create(
        reference=reference, outcome=outcome, reason=reason, **{**filled, **given}
    )


def land() -> dict[str, Place]:
    """Two districts of Haryana, one block in the first, its three villages; one lies nowhere on the map."""
    state = place("state", "6", "Haryana", name_hi="हरियाणा")
    hisar = place("district", HISAR, "Hisar", state, name_hi="हिसार")
    far = place("district", ELSEWHERE, "Panipat", state, name_hi="पानीपत")
    block = place("subdistrict", "401", "Hansi block", hisar)
    far_block = place("subdistrict", "402", "Samalkha block", far)
    return {
        "hansi": place("village", HANSI, "Hansi", block, name_hi="हांसी", latitude=29.1, longitude=75.9),
        "uklana": place("village", UKLANA, "Uklana", block, latitude=29.5, longitude=75.8),
        "barwala": place("village", BARWALA, "Barwala", block),
        "far": place("village", "62001", "Samalkha", far_block, latitude=29.8, longitude=76.9),
    }


def shops(lying: dict[str, Place]) -> None:
    """One with room, one full, one of the other district."""
    shop(
        SHOP,
        lying["hansi"],
        HISAR,
        40,
        "Ravi Fair Price Shop",
        name_hi="रवि राशन दुकान",
        latitude=29.11,
        longitude=75.91,
        dealer_name="Ravi",
        dealer_mobile="9876500009",
    )
    shop(FULL_SHOP, lying["uklana"], HISAR, 0, "Uklana Depot", latitude=29.5, longitude=75.8)
    shop(SHOP_ELSEWHERE, lying["far"], ELSEWHERE, 9, "Far Depot", latitude=29.8, longitude=76.9)


def tokens(made: Run) -> dict[str, Token]:
    """Asha's with a shop, Kamla's and Noor's without, one of the other district."""
    found = {
        "asha": token(made, ASHA, "Asha Devi", shop_number=SHOP),
        "kamla": token(
            made, KAMLA, "Kamla Rani", place_code=UKLANA, issued_on=date(2020, 5, 2), mobile="9876500002"
        ),
        "noor": token(
            made,
            NOOR,
            "Noor Jahan",
            source="MMPSY",
            place_code="",
            place_name="near the canal",
            issued_on=date(2020, 5, 20),
            shop_reason="place_unknown",
            mobile="",
        ),
        "far": token(
            made,
            FARAWAY,
            "Pooja",
            district_code=ELSEWHERE,
            place_code="62001",
            shop_number=SHOP_ELSEWHERE,
            mobile="9876500004",
        ),
    }
    for line, name in enumerate(("Asha Devi", "Ram Singh", "Ritu"), start=1):
        TokenMember.objects.create(
            token=found["asha"], scheme="drt_2020", line=line, name=name, age=20 + line
        )
    return found


def rows_with_token(made: Run, issued: dict[str, Token]) -> dict[str, SourceRow]:
    """The rows the tokens were issued on, and a second one of Asha's family."""
    asha = {"token": issued["asha"], "holder_name": "Asha Devi"}
    kamla = {"token": issued["kamla"], "holder_name": "Kamla Rani", "received_on": date(2020, 5, 2)}
    noor = {"token": issued["noor"], "holder_name": "Noor Jahan", "received_on": date(2020, 5, 20)}
    far = {"token": issued["far"], "holder_name": "Pooja", "district_code": ELSEWHERE}
    again = {"source": "CM_TWITTER", "received_on": date(2020, 5, 1)}
    return {
        "asha": row(made, "S-1", "token", "issued", **asha),
        "again": row(made, "T-7", "linked", "same_person", **asha, **again),
        "kamla": row(made, "S-2", "token", "issued", **kamla),
        "noor": row(made, "M-3", "token", "issued", source="MMPSY", **noor),
        "far": row(made, "S-9", "token", "issued", **far),
    }


def rows_without_token(made: Run) -> dict[str, SourceRow]:
    """Two refused, one waiting."""
    on_card = {"card": "XXXXXXXX4567", "category": "OPH", "proof": "aadhaar", "member_line": 1}
    survey = {"source": "LOCAL_COMMITTEE", "holder_name": "Sunita"}
    early = {"holder_name": "Dhanpat", "received_on": date(2020, 4, 11)}
    return {
        "banwari": row(made, "S-4", "refused", "on_free_card", holder_name="Banwari Lal", facts=on_card),
        "sunita": row(made, "L-5", "refused", "ration_not_opted", **survey),
        "dhanpat": row(made, "S-6", "in_review", "not_verified", **early),
    }


@pytest.fixture
def world(db: None) -> World:
    shops(land())
    made = run()
    issued = tokens(made)
    Review.objects.create(
        token=issued["noor"],
        district_code=HISAR,
        card_number=CARD,
        card_category="AAY",
        weight=6.25,
        reasons=["same_first_name", "other_guardian", "same_place"],
    )
    return World(made, {**rows_with_token(made, issued), **rows_without_token(made)}, issued)
