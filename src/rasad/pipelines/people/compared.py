"""What two people are compared by: each comparison with its levels, from all but proof to nothing in common.

No figures here: how much each level says is learnt from the tables themselves (trained.py). The conditions are SQL
that DuckDB and Spark both read; the names of the levels are the reasons a person is told (reasons.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from rasad.pipelines.people.figures import FIGURES
from rasad.pipelines.people.frequencies import LOCAL
from rasad.pipelines.people.sounds import FILLED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import ibis.expr.types as ir


@dataclass(frozen=True)
class Level:
    """One level: its name, its condition, and the column in which a rare value says more than a common one."""

    name: str
    condition: str
    frequency: str | None = None


@dataclass(frozen=True)
class Comparison:
    """One thing compared: the columns it needs, when nothing can be said, and its levels, the strongest first."""

    name: str
    needs: tuple[str, ...]
    unknown: str
    levels: tuple[Level, ...]

    def settings(self, *, frequencies: bool, local: Collection[str] = ()) -> dict[str, Any]:
        """The comparison as Splink reads it; without `frequencies` a rare name says no more than a common one.

        Names in `local` are as rare as they are in the district (frequencies.py).
        """
        told: list[dict[str, Any]] = [
            {"sql_condition": self.unknown, "label_for_charts": "not known", "is_null_level": True}
        ]
        for level in self.levels:
            m, u = FIGURES[self.name][level.name]
            one: dict[str, Any] = {
                "sql_condition": level.condition,
                "label_for_charts": level.name,
                "m_probability": m,
                "u_probability": u,
            }
            if level.frequency and frequencies:
                one |= {
                    "tf_adjustment_column": level.frequency + (LOCAL if level.frequency in local else ""),
                    "tf_adjustment_weight": 1.0,
                    "tf_minimum_u_value": 1e-5,
                    "disable_tf_exact_match_detection": level.frequency in local,
                }
            told.append(one)
        return {"output_column_name": self.name, "comparison_levels": told}


def _unknown(*columns: str) -> str:
    return " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _near(column: str, most: int = 1) -> str:
    return f"levenshtein({column}_l, {column}_r) <= {most}"


def _heard(word: str, other: str = "") -> str:
    """The same consonants heard, and in each gap a vowel that may be meant on both sides (sounds.heard)."""
    other = other or word
    both = f"({word}_gaps_l & {other}_gaps_r)"
    met = f"(({both} | ({both} >> 1) | ({both} >> 2)) & {FILLED}) = {FILLED}"
    return f"({word}_key_l = {other}_key_r AND {met})"


def _in_one_word(word: str, joined: str) -> str:
    """Ram Lal on one side, Ramlal on the other."""
    return f"{_heard(joined, word)} OR {_heard(word, joined)}"


# A slip of the key in a long word is one; a short word with another letter is another word.
def _slip(word: str) -> str:
    return (
        f"({_near(word)} AND length({word}_l) >= 4)"
        f" OR ({_near(word, 2)} AND length({word}_l) >= 7 AND length({word}_r) >= 7)"
    )


_SWAPPED = "(first_key_l = last_key_r AND last_key_l = first_key_r)"
_ELSE = "ELSE"

NAME = Comparison(
    "name",
    ("first",),
    _unknown("first"),
    (
        Level("same_name", _same("first"), "first"),
        Level(
            "name_spelt_differently",
            f"{_heard('first')} OR {_in_one_word('first', 'joined')}"
            " OR first_key_l = alias_key_r OR alias_key_l = first_key_r",
        ),
        Level("names_in_other_order", _SWAPPED),
        Level("name_with_a_slip", f"{_slip('first')} OR {_same('first_key')}"),
        Level("name_begins_alike", "substr(first_l, 1, 3) = substr(first_r, 1, 3)"),
        Level("other_name", _ELSE),
    ),
)
SURNAME = Comparison(
    "surname",
    ("last",),
    _unknown("last"),
    (
        Level("same_surname", _same("last"), "last"),
        Level("surname_spelt_differently", _heard("last")),
        Level("surname_as_name", _SWAPPED),
        Level("surname_with_a_slip", f"{_slip('last')} OR {_same('last_key')}"),
        Level("other_surname", _ELSE),
    ),
)
GUARDIAN = Comparison(
    "guardian",
    ("guard",),
    _unknown("guard"),
    (
        Level("same_guardian", _same("guard"), "guard"),
        Level("guardian_spelt_differently", f"{_heard('guard')} OR {_in_one_word('guard', 'guard_joined')}"),
        Level("guardian_with_a_slip", f"{_slip('guard')} OR {_same('guard_key')}"),
        Level("other_guardian", _ELSE),
    ),
)
_DAY_AND_MONTH = (
    "substr(born_l, 1, 4) = substr(born_r, 1, 4) AND substr(born_l, 5, 2) = substr(born_r, 7, 2)"
    " AND substr(born_l, 7, 2) = substr(born_r, 5, 2)"
)
BIRTH = Comparison(
    "birth",
    ("birth_year",),
    _unknown("birth_year"),
    (
        Level("same_birth_date", _same("born")),
        Level("birth_date_with_a_slip", f"{_near('born')} OR ({_DAY_AND_MONTH})"),
        # Two whole days of one year that differ are two days.
        Level("same_birth_year", f"{_same('birth_year')} AND (born_l IS NULL OR born_r IS NULL)"),
        Level("birth_date_near", f"{_near('born', 2)} OR abs(birth_year_l - birth_year_r) <= 1"),
        Level("birth_year_near", "abs(birth_year_l - birth_year_r) <= 4"),
        Level("other_age", _ELSE),
    ),
)
SEX = Comparison(
    "sex", ("sex",), _unknown("sex"), (Level("same_sex", _same("sex")), Level("other_sex", _ELSE))
)
MOBILE = Comparison(
    "mobile",
    ("mobile",),
    _unknown("mobile"),
    (
        Level("same_mobile", _same("mobile")),
        Level("mobile_with_a_slip", _near("mobile")),
        Level("other_mobile", _ELSE),
    ),
)
EMAIL = Comparison(
    "email",
    ("email",),
    _unknown("email"),
    (
        Level("same_email", _same("email")),
        Level("email_with_a_slip", _near("email", 3)),
        Level("email_begins_alike", "substr(email_l, 1, 6) = substr(email_r, 1, 6)"),
        Level("other_email", _ELSE),
    ),
)
NUMBER = Comparison(
    "number",
    ("id_number",),
    _unknown("id_number"),
    (
        Level("same_number", _same("id_number")),
        Level("number_with_a_slip", _near("id_number", 2)),
        Level("other_number", _ELSE),
    ),
)
ADDRESS = Comparison(
    "address",
    ("address",),
    _unknown("address"),
    (
        Level("same_address", _same("address")),
        Level("address_with_a_slip", _near("address", 3)),
        Level("other_address", _ELSE),
    ),
)
HOUSE = Comparison(
    "house",
    ("street_number",),
    _unknown("street_number"),
    (Level("same_house", _same("street_number"), "street_number"), Level("other_house", _ELSE)),
)
# Levels of the place by the columns there are: those of one place agree together, so they are one comparison.
_PLACE = (
    (("place", "postcode"), Level("same_place", f"{_same('place')} AND {_same('postcode')}")),
    (("place",), Level("same_place", _same("place"), "place")),
    (("postcode",), Level("same_postcode", _same("postcode"))),
    (
        ("place",),
        Level(
            "place_spelt_differently",
            f"{_near('place', 2)} AND length(place_l) >= 4 AND substr(place_l, 1, 1) > '9'",
        ),
    ),
    (("postcode",), Level("postcode_with_a_slip", _near("postcode"))),
    (("district",), Level("same_district", _same("district"))),
)


def _place(columns: Collection[str]) -> Comparison | None:
    told = [level for needs, level in _PLACE if set(needs) <= set(columns)]
    there = [column for column in ("place", "postcode", "district") if column in columns]
    if not told:
        return None
    by_name = {level.name: level for level in reversed(told)}
    if {"place", "postcode"} <= set(columns):
        # Both alike is the strongest; either alone follows.
        both, place = told[0], Level("same_place_only", _same("place"), "place")
        by_name = {"same_place": both, "same_place_only": place, **by_name}
        by_name["same_place"] = both
    unknown = " OR ".join(
        f"coalesce({', '.join(f'{column}_{side}' for column in there)}) IS NULL" for side in "lr"
    )
    order = ["same_place", "same_place_only"] + [
        level.name for level in told if level.name not in ("same_place", "same_place_only")
    ]
    levels = tuple(by_name[name] for name in dict.fromkeys(order) if name in by_name)
    return Comparison("place", tuple(there), unknown, (*levels, Level("other_place", _ELSE)))


# The weakest agreements of each kind that say more than names and an address do (ADR 8): who is like in those only
# is left to a person, however much that weighs.
VOUCHED = (
    "same_birth_date", "birth_date_with_a_slip", "same_birth_year", "same_mobile", "same_email", "same_number",
    "number_with_a_slip",
)  # fmt: skip


def vouched(pairs: ir.Table, comparisons: Sequence[Comparison]) -> ir.BooleanValue:
    """Whether two people agree in more than names, sex and place: in a birthday, a birth year, a number."""
    told = [
        pairs[one.name] == len(one.levels) - 1 - at
        for one in comparisons
        for at, level in enumerate(one.levels)
        if level.name in VOUCHED
    ]
    return ibis.or_(*told) if told else ibis.literal(False)


# The columns of a register of families.
OF_A_REGISTER = ("first", "last", "guard", "birth_year", "sex", "mobile", "place", "district")
_FIXED = (NAME, SURNAME, GUARDIAN, BIRTH, SEX, MOBILE, EMAIL, NUMBER, ADDRESS, HOUSE)


def comparisons(columns: Collection[str]) -> list[Comparison]:
    """What people with these columns can be compared by."""
    told = [one for one in _FIXED if set(one.needs) <= set(columns)]
    place = _place(columns)
    return [*told, place] if place else told
