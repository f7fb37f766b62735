"""The numbers that give the made-up state its shape, with what each was taken from."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from rasad.pipelines.synth import facts

# Haryana's own figures: people covered, fair price shops, tokens by 15 May 2020.
PEOPLE_ON_CARDS = 5_441_000
SHOPS = 9_174
TOKENS = 373_222
# Villages of the Local Government Directory and, roughly, wards of its towns.
VILLAGES = 6_840
WARDS = 1_600

TODAY = date(2020, 5, 15)

# Sizes of card households 1 to 10. The census counts people under one roof (mean 5.2); ration cards are
# smaller (Telangana 2025: 3.3 people a card), because members marry, leave and are never added.
HOUSEHOLD_SIZES = (0.110, 0.145, 0.190, 0.262, 0.160, 0.075, 0.032, 0.016, 0.008, 0.004)
ROOF_MEAN = 5.2

CATEGORIES = ("AAY", "CBPL", "SBPL", "OPH", "APL")
CATEGORY_SHARES = (0.08, 0.13, 0.11, 0.39, 0.29)
APL = 4

# Spread of the logarithm of cards per shop: Telangana 2025 (5 % below 198, median 491, 5 % above 1,025).
CARDS_PER_SHOP_SIGMA = 0.47
VILLAGE_SIZE_SIGMA = 0.9
# Families all shops together can take beside their own cards, for each token.
CAPACITY_SLACK = 1.29
SHOPS_WITHOUT_COORDINATES = 0.022
SHOPS_CLOSED = 0.006
PLACES_WITHOUT_COORDINATES = 0.008

# Families asking, for each token issued. Those on an APL card are among the tokens; the others get none.
TOKENS_ON_APL_CARDS = 0.44
ON_FREE_CARD = 0.17
NOT_APL_CARD = 0.05
FAILING_WITHOUT_CARD = 0.17
FAILING_ON_APL = 0.03
UNKNOWN_DISTRICT = 0.002
DAUGHTER_ELSEWHERE = 0.006
ENDED_CARD = 0.03

# Shares of the families asking: a second row, then a third; how many of these meet the conditions.
ANOTHER_ROW = 0.20
A_THIRD_ROW = 0.15
ANOTHER_ROW_PASSES = 0.80
MOVED_DISTRICT = 0.02
JOINT_FAMILY = 0.03
# Families that share one operator's Aadhaar number, and rows without papers so treated.
FAMILIES_AN_OPERATOR = 7
LENT_NUMBERS = 0.03

# The register: what it holds of a family and how its clerks spell, word by word.
FAMILY_HAS_ID, ID_ON_CARD = 0.62, 0.90
CARD_WITHOUT_NUMBERS, MEMBER_HAS_NUMBER = 0.02, 0.95
MEMBER_ON_CARD, INFANT_ON_CARD = 0.985, 0.50
REGISTER_DRIFT, REGISTER_SLIPS = 0.08, 0.004
# Birthdays: a day (of which some are "1 January"), else only the year, else nothing. Shares up to each.
FIRST_OF_JANUARY, BIRTHDAY, BIRTH_YEAR = 0.22, 0.70, 0.95


@dataclass(frozen=True)
class Habits:
    """How complete and how careful the rows of one source are; source_habits.csv says what each means."""

    name: str
    prefix: str
    first_day: date
    last_day: date
    whole_family: float
    listed: float
    no_papers: float
    has_number: float
    family_id: float
    card_number: float
    no_mobile: float
    other_mobile: float
    hindi: float
    drift: float
    slips: float
    birthday: float
    age: float
    guardian: float
    unknown_place: float
    upper_case: bool


_READ: dict[object, Callable[[str], object]] = {
    str: str,
    date: date.fromisoformat,
    float: float,
    bool: lambda text: text == "1",
}


def _habits() -> tuple[Habits, ...]:
    table = {row["habit"]: row for row in facts.read("source_habits.csv")}
    names = [name for name in table["prefix"] if name not in ("habit", "meaning")]
    kinds = {field.name: _READ[field.type] for field in fields(Habits)}
    told: list[dict[str, Any]] = [
        {key: kinds[key](row[name]) for key, row in table.items()} for name in names
    ]
    return tuple(Habits(name=name, **habits) for name, habits in zip(names, told, strict=True))


SOURCES = _habits()
MMPSY, SARAL, LOCAL_COMMITTEE, CM_TWITTER = range(4)

# Which source a family asks through: one on an APL card, one on no card, on a free card, one whose row has
# a fault, and anyone asking again.
ASK_APL = (0.82, 0.04, 0.11, 0.03)
ASK_NONE = (0.0, 0.42, 0.46, 0.12)
ASK_FREE = (0.15, 0.25, 0.45, 0.15)
ASK_FAILING = (0.04, 0.36, 0.48, 0.12)
ASK_AGAIN = (0.10, 0.22, 0.44, 0.24)
