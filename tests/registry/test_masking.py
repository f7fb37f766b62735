"""No Aadhaar number is shown, whatever column it stood in and however it was written."""

import pytest

from rasad.registry.importing.masking import as_seen, holds_aadhaar


@pytest.mark.parametrize(
    ("column", "value", "seen"),
    [
        ("aadhaar", "999941057058", "XXXX7058"),
        ("aadhaar", "99994105705", "XXXX5705"),
        ("aadhaar", "7058", "XXXX"),
        ("aadhaar", "", ""),
        ("name", "Asha", "Asha"),
        ("name", "999941057058", "XXXXXXXX7058"),
        ("name", "no. 9999 4105-7058 x", "no. XXXXXXXX7058 x"),
        ("name", "९९९९४१०५७०५८", "XXXXXXXX7058"),
        ("name", "1999941057058", "XXXXXXXXX7058"),
        ("card_number", "006300000001", "006300000001"),
        ("name", "x" * 80, "x" * 59 + "…"),
        ("name", "x" * 55 + "999941057058", "x" * 55 + "XXXX…"),
    ],
)
def test_value_as_it_is_seen(column, value, seen):
    assert as_seen(column, value) == seen


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("999941057058", True),
        ("9999-4105-7058", True),
        ("999941057059", False),
        ("House 12, 1234567890", False),
    ],
)
def test_text_holds_a_number(text, holds):
    assert holds_aadhaar(text) is holds
