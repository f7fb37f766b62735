"""Every column a relief run reads, once: docs/relief-files.md prints this table, files.py checks it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean", "date"]
# No request is older than the century: a day before it is a slip of the hand.
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Column:
    """One column of an input file: its English and Hindi heading, and whether the file needs it."""

    name: str
    hindi: str
    kind: Kind
    meaning: str
    required: bool = False
    # Longer values are cut to this many characters and reported.
    longest: int = 250


IDENTITY = (
    Column("aadhaar", "आधार", "text", "12-digit Aadhaar number; never written to any output"),
    Column("identity_key", "पहचान_कुंजी", "integer", "first 8 bytes of aadhaar_ref, big endian, signed"),
    Column("aadhaar_ref", "आधार_संदर्भ", "text", "reference of the Aadhaar number, 64 hexadecimal characters"),
)

FAMILIES = (
    Column(
        "reference", "संदर्भ", "text", "the source's own number for the family, unique in the file", True, 80
    ),
    Column("district", "जिला", "text", "LGD code or name, English or Hindi", True, 80),
    Column("place", "स्थान", "text", "LGD code of the village or ward, empty when not known", longest=12),
    Column("place_name", "स्थान_नाम", "text", "village or ward as written by the family", longest=120),
    Column("address", "पता", "text", "address for delivery"),
    Column("received_on", "प्राप्ति_तिथि", "date", "day the source received the family's record", True),
    Column("mobile", "मोबाइल", "text", "10-digit mobile number", longest=10),
    Column("family_id", "परिवार_पहचान", "text", "Parivar Pehchan Patra family ID", longest=20),
    Column("card_number", "कार्ड_संख्या", "text", "ration card the family says it holds", longest=20),
)

MEMBERS = (
    Column("reference", "संदर्भ", "text", "the family's reference", True, 80),
    Column("line", "क्रम", "integer", "number of the member in the family, the head first", True),
    Column("name", "नाम", "text", "name, in Roman or an Indian script", True, 120),
    Column("guardian_name", "पिता_पति", "text", "name of father or husband", longest=120),
    Column("relation", "संबंध", "text", "relation to the head", longest=30),
    Column("sex", "लिंग", "text", "F, M or T", longest=10),
    Column("born_on", "जन्म_तिथि", "date", "date of birth"),
    Column("age", "आयु", "integer", "age in years when the date of birth is not known"),
    Column("mobile", "मोबाइल", "text", "10-digit mobile number", longest=10),
    *IDENTITY,
)

CARDS = (
    Column("card_number", "कार्ड_संख्या", "text", "ration card number", True, 20),
    Column("category", "श्रेणी", "text", "category code: AAY, CBPL, SBPL, OPH, APL", True, 12),
    Column("family_id", "परिवार_पहचान", "text", "Parivar Pehchan Patra family ID", longest=20),
    Column("place", "स्थान", "text", "LGD code of the village or ward", longest=12),
    Column("district", "जिला", "text", "LGD code", True, 12),
    Column("issued_on", "जारी_तिथि", "date", "first day of the card", True),
    Column(
        "ended_on", "समाप्ति_तिथि", "date", "first day on which it no longer served, empty while it serves"
    ),
)

REGISTER_MEMBERS = (
    Column("card_number", "कार्ड_संख्या", "text", "the card the person is on", True, 20),
    Column("line", "क्रम", "integer", "number of the member on the card", True),
    Column("name", "नाम", "text", "name", True, 120),
    Column("guardian_name", "पिता_पति", "text", "name of father or husband", longest=120),
    Column("sex", "लिंग", "text", "F, M or T", longest=10),
    Column("born_on", "जन्म_तिथि", "date", "date of birth"),
    Column("birth_year", "जन्म_वर्ष", "integer", "year of birth when the day is not known"),
    Column("mobile", "मोबाइल", "text", "10-digit mobile number", longest=10),
    *IDENTITY,
)

SHOPS = (
    Column("number", "दुकान_संख्या", "text", "number of the fair price shop", True, 20),
    Column("place", "स्थान", "text", "LGD code of its village or ward", True, 12),
    Column("district", "जिला", "text", "LGD code", True, 12),
    Column("latitude", "अक्षांश", "number", "degrees north"),
    Column("longitude", "देशांतर", "number", "degrees east"),
    Column("capacity", "क्षमता", "integer", "families it can serve beside its own cards", True),
    Column("open_since", "खुली_तिथि", "date", "first day of the shop"),
    Column("open_until", "बंद_तिथि", "date", "first day on which it is closed, empty while open"),
)

PLACES = (
    Column("kind", "प्रकार", "text", "state, district, subdistrict, village or ward", True, 12),
    Column("code", "कोड", "text", "LGD code", True, 12),
    Column("name", "नाम", "text", "name in English", True, 120),
    Column("name_hi", "नाम_हिन्दी", "text", "name in Hindi", longest=120),
    Column("parent_kind", "मूल_प्रकार", "text", "kind of the place it belongs to", longest=12),
    Column("parent_code", "मूल_कोड", "text", "LGD code of the place it belongs to", longest=12),
    Column("latitude", "अक्षांश", "number", "degrees north"),
    Column("longitude", "देशांतर", "number", "degrees east"),
)

REGISTER = {"cards": CARDS, "members": REGISTER_MEMBERS, "shops": SHOPS, "places": PLACES}


def plain(heading: str) -> str:
    """A heading as it is compared: without case, spaces, dots, dashes, underscores and signs nobody sees."""
    visible = (sign for sign in unicodedata.normalize("NFC", heading) if unicodedata.category(sign) != "Cf")
    return re.sub(r"[\s._/\\'’-]+", "", "".join(visible).lower())


def by_heading(columns: Iterable[Column]) -> dict[str, Column]:
    """Columns by every plain heading they may carry in a file, English and Hindi."""
    found: dict[str, Column] = {}
    for column in columns:
        found[plain(column.name)] = found[plain(column.hindi)] = column
    return found
