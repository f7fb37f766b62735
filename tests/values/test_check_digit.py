import numpy as np
import pytest

from rasad.values import aadhaar, check_digit

PUBLISHED_TEST_RESIDENT = "999941057058"


def test_published_test_number_is_valid() -> None:
    assert aadhaar.is_aadhaar(PUBLISHED_TEST_RESIDENT)


@pytest.mark.parametrize(
    "text", ["999941057059", "99994105705", "9999 4105 7058", "१२३४५६७८९०१२", "", "099941057058"]
)
def test_anything_else_is_not_an_aadhaar_number(text: str) -> None:
    assert not aadhaar.is_aadhaar(text)


def test_every_wrong_digit_and_every_swap_of_neighbours_is_found() -> None:
    right = [int(digit) for digit in PUBLISHED_TEST_RESIDENT]
    wrong = []
    for place in range(12):
        wrong += [
            [*right[:place], other, *right[place + 1 :]] for other in range(10) if other != right[place]
        ]
    for place in range(11):
        if right[place] != right[place + 1]:
            wrong.append([*right[:place], right[place + 1], right[place], *right[place + 2 :]])
    numbers = np.array([int("".join(map(str, digits))) for digits in wrong], dtype=np.int64)
    assert not check_digit.are_valid(numbers, length=12).any()


def test_check_digits_of_a_column_make_valid_numbers() -> None:
    bodies = np.arange(1_000, dtype=np.int64) * 7_919
    whole = bodies * 10 + check_digit.check_digits(bodies, length=8)
    assert check_digit.are_valid(whole, length=9).all()


def test_masks_hide_all_but_the_last_four() -> None:
    assert aadhaar.masked("7058") == "XXXX XXXX 7058"
    assert aadhaar.mask_card("069001234567") == "XXXXXXXX4567"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Aadhaar 999941057058 seen", "Aadhaar XXXXXXXX7058 seen"),
        ("9999 4105 7058, 9999-7165-8847", "XXXX XXXX 7058, XXXX-XXXX-8847"),
        ("12 999941057058", "12 XXXXXXXX7058"),
        ("आधार ९९९९४१०५७०५८ देखा", "आधार XXXXXXXX७०५८ देखा"),
        ("card 069900000042, mobile 9812300001", "card 069900000042, mobile 9812300001"),
        ("1999941057058", "1999941057058"),
        ("", ""),
    ],
)
def test_number_that_somebody_wrote_among_words_is_hidden(written: str, kept: str) -> None:
    assert aadhaar.without_numbers(written) == kept
