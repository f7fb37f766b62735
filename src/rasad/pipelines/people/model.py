"""How much each agreement says: the model a pair of people is weighed by, as one table.

m is how often the level is seen between two records of one person, u between two people. The figures were
set by hand and held against the truth of made-up states (docs/benchmarks.md); nothing is trained during a run,
so that the same files give the same answer on every engine and every day.
"""

from typing import Any

# Among a State's four million people on free cards one is the candidate's own record, if any.
TWO_RANDOM_RECORDS_MATCH = 2.5e-8

# The weakest agreements of each kind that say more than a name and an address do.
BEYOND_NAME_AND_ADDRESS = ("same_birth_year", "same_mobile", "same_aadhaar")

Level = tuple[str, str, float, float, str | None]


def _null(condition: str) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": "not known", "is_null_level": True}


def _comparison(name: str, unknown: str, levels: list[Level]) -> dict[str, Any]:
    told: list[dict[str, Any]] = [_null(unknown)]
    for condition, label, m, u, frequency in levels:
        level: dict[str, Any] = {
            "sql_condition": condition,
            "label_for_charts": label,
            "m_probability": m,
            "u_probability": u,
        }
        if frequency:
            # A shared rare name says more than a shared common one.
            level |= {
                "tf_adjustment_column": frequency,
                "tf_adjustment_weight": 1.0,
                "tf_minimum_u_value": 1e-5,
            }
        told.append(level)
    return {"output_column_name": name, "comparison_levels": told}


COMPARISONS = [
    _comparison(
        "name",
        "name_first_l IS NULL OR name_first_r IS NULL",
        [
            ("name_first_l = name_first_r", "same_name", 0.77, 0.004, "name_first"),
            (
                "name_sound_l = name_sound_r OR levenshtein(name_first_l, name_first_r) <= 1",
                "name_spelt_differently",
                0.17,
                0.006,
                None,
            ),
            ("ELSE", "other_name", 0.06, 0.99, None),
        ],
    ),
    _comparison(
        "surname",
        "name_rest_l IS NULL OR name_rest_r IS NULL",
        [
            ("name_rest_l = name_rest_r", "same_surname", 0.8, 0.03, None),
            ("ELSE", "other_surname", 0.2, 0.97, None),
        ],
    ),
    _comparison(
        "guardian",
        "guardian_name_first_l IS NULL OR guardian_name_first_r IS NULL",
        [
            (
                "guardian_name_first_l = guardian_name_first_r",
                "same_guardian",
                0.77,
                0.004,
                "guardian_name_first",
            ),
            (
                "guardian_name_sound_l = guardian_name_sound_r"
                " OR levenshtein(guardian_name_first_l, guardian_name_first_r) <= 1",
                "guardian_spelt_differently",
                0.15,
                0.006,
                None,
            ),
            ("ELSE", "other_guardian", 0.08, 0.99, None),
        ],
    ),
    _comparison(
        "birth",
        "birth_year_l IS NULL OR birth_year_r IS NULL",
        [
            ("birth_day_l = birth_day_r", "same_birth_date", 0.45, 0.0002, None),
            ("birth_year_l = birth_year_r", "same_birth_year", 0.25, 0.02, None),
            ("abs(birth_year_l - birth_year_r) <= 1", "birth_year_one_off", 0.12, 0.035, None),
            ("abs(birth_year_l - birth_year_r) <= 4", "birth_year_near", 0.12, 0.1, None),
            ("ELSE", "other_age", 0.06, 0.8448, None),
        ],
    ),
    _comparison(
        "sex",
        "sex_l = '' OR sex_r = '' OR sex_l IS NULL OR sex_r IS NULL",
        [("sex_l = sex_r", "same_sex", 0.99, 0.5, None), ("ELSE", "other_sex", 0.01, 0.5, None)],
    ),
    _comparison(
        "mobile",
        "mobile_l IS NULL OR mobile_r IS NULL",
        [
            ("mobile_l = mobile_r", "same_mobile", 0.5, 0.00002, None),
            ("ELSE", "other_mobile", 0.5, 0.99998, None),
        ],
    ),
    _comparison(
        "place",
        "district_l IS NULL OR district_r IS NULL",
        [
            ("place_l = place_r", "same_place", 0.75, 0.0006, None),
            ("district_l = district_r", "same_district", 0.2, 0.05, None),
            ("ELSE", "other_district", 0.05, 0.9494, None),
        ],
    ),
    _comparison(
        "identity",
        "identity_key_l IS NULL OR identity_key_r IS NULL",
        [
            ("identity_key_l = identity_key_r", "same_aadhaar", 0.999, 1e-9, None),
            # Two people may share a name, never a number; one person has a second number only by mistake.
            ("ELSE", "other_aadhaar", 0.001, 1.0, None),
        ],
    ),
]

# Pairs of another sex or far apart in age hardly ever weigh enough; left out before they are weighed, they
# cost nothing. A shared telephone brings them back.
_COULD_BE_ONE = (
    " AND (l.sex = r.sex OR l.sex = '' OR r.sex = '')"
    " AND (abs(l.birth_year - r.birth_year) <= 6 OR l.birth_year IS NULL OR r.birth_year IS NULL)"
)
BLOCKING = (
    "l.name_sound = r.name_sound AND l.place = r.place" + _COULD_BE_ONE,
    "l.mobile = r.mobile",
    "l.name_sound = r.name_sound AND l.guardian_name_sound = r.guardian_name_sound AND l.district = r.district"
    " AND l.birth_year = r.birth_year AND (l.sex = r.sex OR l.sex = '' OR r.sex = '')",
    "l.name_sound = r.name_sound AND l.guardian_name_sound = r.guardian_name_sound AND l.birth_day = r.birth_day"
    " AND (l.sex = r.sex OR l.sex = '' OR r.sex = '')",
)


def settings(link_type: str) -> dict[str, Any]:
    """The model as Splink reads it, for `link_only` or `dedupe_only`."""
    return {
        "link_type": link_type,
        "probability_two_random_records_match": TWO_RANDOM_RECORDS_MATCH,
        "comparisons": COMPARISONS,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in BLOCKING],
        "unique_id_column_name": "person",
        # Keeps which level each comparison reached: the reasons a person reads.
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }
