"""Numbers that stand for made-up people: Aadhaar numbers of the test range, references, mobiles, family IDs.

Each is a fixed scattering of the person's or family's own number, so none is drawn twice and none is kept.
"""

from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rasad.pipelines.synth import arrays
from rasad.pipelines.synth.arrays import Column, Flags, Ints
from rasad.values import check_digit

Kind = Literal["numbers", "references"]

# UIDAI gives its test residents numbers that begin 9999; seven digits and the check digit are left.
TEST_RANGE, NUMBERS = 9999, 10**7
_HEX = np.frombuffer(b"".join(b"%02x" % i for i in range(256)), dtype=np.uint8).reshape(256, 2)


# None shares a factor with ten, so each scatters 0..10**n one-to-one, and each in its own way.
_BY_PERSON, _BY_FAMILY, _BY_CARD = 7_654_321, 61_803_399, 27_182_819


def _scattered(numbers: Ints, step: int, seed: int, size: int) -> Ints:
    return (numbers % size * step + (seed * 1_000_003) % size) % size


def aadhaar_numbers(person: Ints, seed: int) -> Ints:
    """One 12-digit number of the test range a person. Raises ValueError past the ten millionth person."""
    if len(person) and int(person.max()) >= NUMBERS:
        raise ValueError(
            "the test range of Aadhaar numbers holds 10 million people: use --identity references"
        )
    stem = TEST_RANGE * NUMBERS + _scattered(person, _BY_PERSON, seed, NUMBERS)
    return stem * 10 + check_digit.check_digits(stem, length=11)


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    # splitmix64: one-to-one on 64 bits and as good as random.
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def references(person: Ints, seed: int) -> tuple[Ints, Column]:
    """For each person the identity key (signed 64 bits) and the reference it begins, as 64 hex characters."""
    salt = _mixed(np.array([seed], dtype=np.uint64))[0]
    stem = (person.astype(np.uint64) << np.uint64(2))[:, None] + np.arange(4, dtype=np.uint64)
    big_endian = _mixed(stem ^ salt).astype(">u8")
    letters = _HEX[big_endian.view(np.uint8).reshape(-1)]
    offsets = np.arange(len(person) + 1, dtype=np.int32) * 64
    text = pa.StringArray.from_buffers(len(person), pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))
    return np.ascontiguousarray(big_endian[:, 0]).astype(np.uint64).view(np.int64), text


def columns(person: Ints, given: Flags, wrong: Flags, seed: int, kind: Kind) -> dict[str, Column]:
    """The identity columns of a file: numbers or references, null where the record has none.

    A wrong number ends in a digit that is not its check digit; a reference cannot be told to be wrong.
    """
    if kind == "numbers":
        numbers = aadhaar_numbers(person, seed)
        numbers = np.where(wrong, numbers // 10 * 10 + (numbers + 1) % 10, numbers)
        return {"aadhaar": arrays.text_of(numbers, missing=~given)}
    key, text = references(person, seed)
    return {
        "identity_key": arrays.optional(key, given),
        "aadhaar_ref": pa.compute.if_else(given, text, None),
    }


def mobiles(numbers: Ints) -> Column:
    """Ten digits beginning 66, a series no operator is known to hold; null for a negative number."""
    return arrays.text_of(6_600_000_000 + numbers % 10**8, missing=numbers < 0)


def family_ids(family: Ints, given: Flags, seed: int) -> Column:
    """Parivar Pehchan Patra IDs, null where not given: a digit, three letters, four digits."""
    number = _scattered(family, _BY_FAMILY, seed, 10**8)
    letters = (number // 10**4) % 10**3
    alphabet = np.frombuffer(b"ABCDEFGHKM", dtype=np.uint8)
    text = np.empty((len(family), 8), dtype=np.uint8)
    text[:, 0] = 48 + number // 10**7
    for at, power in enumerate((100, 10, 1)):
        text[:, 1 + at] = alphabet[letters // power % 10]
    for at, power in enumerate((1000, 100, 10, 1)):
        text[:, 4 + at] = 48 + number // power % 10
    offsets = np.arange(len(family) + 1, dtype=np.int32) * 8
    made = pa.StringArray.from_buffers(len(family), pa.py_buffer(offsets), pa.py_buffer(text.tobytes()))
    return pa.compute.if_else(given, made, None)


def card_numbers(card: Ints, seed: int) -> Ints:
    """Twelve digits of the form of Haryana's cards: 06 for the State, 99 for made up, then eight."""
    return 69_900_000_000 + _scattered(card, _BY_CARD, seed, 10**8)
