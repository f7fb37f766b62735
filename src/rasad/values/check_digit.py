"""Verhoeff's check digit, for one number and for columns of millions.

It finds every single wrong digit and every swap of neighbours. Aadhaar numbers carry one (UIDAI), and
so do our token numbers, so that a number read out over a telephone can be checked before it is looked up.
"""

import numpy as np
from numpy.typing import NDArray


def _tables() -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    # The dihedral group of order ten: digits 0-4 turn a pentagon, 5-9 turn and mirror it.
    turn = np.arange(10)
    left, right = np.meshgrid(turn, turn, indexing="ij")
    same_side = np.where(right < 5, (left + right) % 5, 5 + (left + right) % 5)
    mirrored = np.where(right < 5, 5 + (left - right) % 5, (left - right) % 5)
    product = np.where(left < 5, same_side, mirrored)
    step = np.array([1, 5, 7, 6, 2, 8, 3, 0, 9, 4])
    permutations = [turn]
    for _ in range(7):
        permutations.append(step[permutations[-1]])
    return product.astype(np.int8), np.array(permutations, dtype=np.int8)


_PRODUCT, _PERMUTATION = _tables()
_INVERSE = np.array([0, 4, 3, 2, 1, 5, 6, 7, 8, 9], dtype=np.int8)


def _sums(digits: NDArray[np.int8], first_place: int) -> NDArray[np.int8]:
    total = np.zeros(len(digits), dtype=np.int8)
    for place in range(digits.shape[1]):
        total = _PRODUCT[total, _PERMUTATION[(place + first_place) % 8][digits[:, -1 - place]]]
    return total


def _digits_of(numbers: NDArray[np.int64], length: int) -> NDArray[np.int8]:
    powers = 10 ** np.arange(length - 1, -1, -1, dtype=np.int64)
    return (numbers[:, None] // powers % 10).astype(np.int8)


def check_digits(numbers: NDArray[np.int64], *, length: int) -> NDArray[np.int8]:
    """The check digit of each number, read as `length` digits with leading zeros."""
    return _INVERSE[_sums(_digits_of(numbers, length), first_place=1)]


def are_valid(numbers: NDArray[np.int64], *, length: int) -> NDArray[np.bool_]:
    """For each number of `length` digits whether its last digit is its check digit."""
    right: NDArray[np.bool_] = _sums(_digits_of(numbers, length), first_place=0) == 0
    return right


def is_valid(number: str) -> bool:
    """Whether a text is all ASCII digits and ends in its own check digit."""
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return False
    return bool(are_valid(np.array([int(number)], dtype=np.int64), length=len(number))[0])
