"""A handful of made-up rows, for twins that have no made-up state to read from."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from rasad.connectors.exchange.wire import Person
from rasad.connectors.mmpsy.wire import MmpsyFamily
from rasad.connectors.pds.wire import CardPerson, RegisterCard
from rasad.connectors.saral.wire import Application
from rasad.connectors.unit_committee.wire import Surveyed

DAY = date(2020, 4, 20)
HEADS = (("Sunita Devi", "F"), ("Ramphal", "M"), ("Rukhsana Begum", "F"), ("Joginder Singh", "M"))


def _families(letter: str) -> list[dict[str, Any]]:
    return [
        {
            "reference": f"{letter}-{place:04d}",
            "district": "63",
            "place_name": "Hansi",
            "address": f"House {place}, Hansi",
            "received_on": DAY,
            "members": (
                Person(line=1, name=name, relation="Self", sex=sex, age=30 + place),
                Person(line=2, name=f"Child of {name}", relation="Child", age=4 + place),
            ),
        }
        for place, (name, sex) in enumerate(HEADS, start=1)
    ]


def _cards() -> list[RegisterCard]:
    return [
        RegisterCard(
            card_number=f"06999900090{place}", category=category, district="63", issued_on=date(2015, 1, 1),
            members=(CardPerson(line=1, name=name, birth_year=1980 + place),),
        )
        for place, (category, name) in enumerate((("AAY", "Bimla"), ("OPH", "Dharampal"), ("APL", "Usha")), start=1)
    ]  # fmt: skip


def rows() -> Mapping[tuple[str, str], Sequence[Struct]]:
    """Rows by portal and kind. Arrivals, sales and hand-overs are for whoever trains to bring about."""
    return {
        ("pds", "cards"): _cards(),
        ("mmpsy", "families"): [MmpsyFamily(card_category="APL", **one) for one in _families("M")],
        ("saral", "applications"): [
            Application(verified=True, verified_on=DAY, **one) for one in _families("S")
        ],
        ("unit_committee", "surveys"): [
            Surveyed(ration_option="ration", forwarded=True, forwarded_on=DAY, **one)
            for one in _families("L")
        ],
    }
