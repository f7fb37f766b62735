"""What each agreement says where a table is too small to learn it from: m and u, as learnt on made-up states.

m is how often one person's two records reach the level, u how often two people's do. A table of some thousand rows
learns its own and these are not used (trained.py).
"""

FIGURES: dict[str, dict[str, tuple[float, float]]] = {
    "name": {
        "same_name": (0.82, 0.005),
        "name_spelt_differently": (0.13, 0.0012),
        "names_in_other_order": (0.005, 0.00002),
        "name_with_a_slip": (0.03, 0.0027),
        "name_begins_alike": (0.005, 0.0048),
        "other_name": (0.01, 0.98628),
    },
    "surname": {
        "same_surname": (0.88, 0.0175),
        "surname_spelt_differently": (0.07, 0.003),
        "surname_as_name": (0.005, 0.00002),
        "surname_with_a_slip": (0.02, 0.0015),
        "other_surname": (0.025, 0.97798),
    },
    "guardian": {
        "same_guardian": (0.86, 0.0082),
        "guardian_spelt_differently": (0.1, 0.0012),
        "guardian_with_a_slip": (0.02, 0.0049),
        "other_guardian": (0.02, 0.9857),
    },
    "birth": {
        "same_birth_date": (0.4, 0.00002),
        "birth_date_with_a_slip": (0.03, 0.00025),
        "same_birth_year": (0.35, 0.015),
        "birth_date_near": (0.13, 0.0315),
        "birth_year_near": (0.06, 0.0866),
        "other_age": (0.03, 0.86663),
    },
    "sex": {"same_sex": (0.99, 0.5), "other_sex": (0.01, 0.5)},
    "mobile": {
        "same_mobile": (0.8, 0.00002),
        "mobile_with_a_slip": (0.02, 0.00001),
        "other_mobile": (0.18, 0.99997),
    },
    "email": {
        "same_email": (0.7, 0.00001),
        "email_with_a_slip": (0.15, 0.00002),
        "email_begins_alike": (0.05, 0.001),
        "other_email": (0.1, 0.99897),
    },
    "number": {
        "same_number": (0.95, 0.0000001),
        "number_with_a_slip": (0.04, 0.00001),
        "other_number": (0.01, 0.9999899),
    },
    "address": {
        "same_address": (0.6, 0.001),
        "address_with_a_slip": (0.2, 0.002),
        "other_address": (0.2, 0.997),
    },
    "house": {"same_house": (0.8, 0.02), "other_house": (0.2, 0.98)},
    "place": {
        "same_place": (0.85, 0.004),
        "same_place_only": (0.03, 0.001),
        "same_postcode": (0.05, 0.002),
        "place_spelt_differently": (0.03, 0.001),
        "postcode_with_a_slip": (0.01, 0.002),
        "same_district": (0.02, 0.045),
        "other_place": (0.01, 0.945),
    },
}
