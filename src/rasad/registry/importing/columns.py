"""Every column the importers read, and under which headings it may stand in a file: one table for all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Form = Literal["text", "code", "choice", "date", "integer", "number", "mobile", "aadhaar", "reference"]


@dataclass(frozen=True)
class Column:
    """One column of a file.

    `required`: the file must have it and a row without it is left out. `strict`: a row with a wrong value is
    left out; else the row is loaded without the value and the value is reported.
    """

    name: str
    form: Form
    required: bool = False
    strict: bool = False
    in_every_file: bool = False
    longest: int = 120
    least: float = 0
    most: float = 0
    # Whether a day or year after today is wrong.
    past: bool = False
    # For "choice": what may be written for each value.
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether a row with a wrong value here is left out."""
        return self.required or self.strict


# What a heading is called; compared without case, spaces, dots and underscores. Canonical names count too.
HEADINGS: dict[str, tuple[str, ...]] = {
    "kind": ("place type", "level", "प्रकार", "स्थान का प्रकार"),
    "code": ("lgd code", "place code", "कोड", "एलजीडी कोड"),
    "name": ("नाम", "full name", "member name", "shop name", "place name", "सदस्य का नाम", "दुकान का नाम"),
    "name_hi": ("hindi name", "name in hindi", "हिंदी नाम", "हिन्दी नाम", "नाम_हिन्दी", "नाम हिंदी"),
    "parent_kind": ("parent type", "मूल_प्रकार", "ऊपर का प्रकार"),
    "parent_code": ("parent lgd code", "मूल_कोड", "ऊपर का कोड"),
    "latitude": ("lat", "अक्षांश"),
    "longitude": ("long", "lon", "lng", "देशांतर", "देशान्तर"),
    "since": ("from", "in force from", "से", "तिथि से"),
    "number": ("shop number", "shop no", "fps code", "fps id", "दुकान_संख्या", "दुकान नंबर"),
    "place": ("village code", "ward code", "village", "ward", "स्थान", "गांव कोड", "गाँव कोड", "वार्ड कोड"),
    "district": ("district code", "district lgd code", "जिला", "ज़िला", "जिला कोड"),
    "address": ("पता",),
    "capacity": ("capacity families", "क्षमता"),
    "dealer_name": ("owner name", "licensee", "डीलर का नाम", "विक्रेता का नाम"),
    "dealer_mobile": ("owner mobile", "डीलर का मोबाइल", "विक्रेता का मोबाइल"),
    "open_since": ("opened on", "खुली_तिथि", "खुलने की तिथि"),
    "open_until": ("closed on", "बंद_तिथि", "बंद होने की तिथि"),
    "card_number": (
        "ration card number",
        "ration card no",
        "card no",
        "rc no",
        "कार्ड_संख्या",
        "राशन कार्ड संख्या",
    ),
    "category": ("card category", "card type", "श्रेणी", "कार्ड की श्रेणी"),
    "family_id": ("ppp id", "ppp family id", "parivar pehchan patra", "परिवार_पहचान", "परिवार पहचान पत्र"),
    "shop_number": ("fps code", "shop no", "fps number", "दुकान_संख्या", "दुकान संख्या"),
    "issued_on": ("issue date", "date of issue", "जारी_तिथि", "जारी करने की तिथि"),
    "ended_on": ("end date", "cancelled on", "समाप्ति_तिथि", "समाप्ति की तिथि"),
    "line": ("member no", "serial no", "s no", "क्रम", "क्रमांक", "क्रम संख्या"),
    "guardian_name": (
        "father name",
        "fathers name",
        "husband name",
        "पिता_पति",
        "पिता का नाम",
        "पिता/पति का नाम",
    ),
    "relation": ("relation to head", "relationship", "संबंध", "मुखिया से संबंध"),
    "sex": ("gender", "लिंग"),
    "born_on": ("date of birth", "dob", "जन्म_तिथि", "जन्म तिथि"),
    "birth_year": ("year of birth", "yob", "जन्म_वर्ष", "जन्म वर्ष"),
    "mobile": ("mobile number", "mobile no", "phone", "मोबाइल", "मोबाइल नंबर"),
    "aadhaar": ("aadhaar number", "aadhaar no", "aadhar", "uid", "आधार", "आधार संख्या", "आधार नंबर"),
    "identity_key": ("पहचान_कुंजी",),
    "aadhaar_ref": ("aadhaar reference", "आधार_संदर्भ"),
    "says": ("remark", "remarks", "reason", "टिप्पणी", "कारण"),
}

PLACE_KINDS = (
    ("state", ("राज्य",)),
    ("district", ("जिला", "ज़िला")),
    ("subdistrict", ("sub-district", "sub district", "tehsil", "उप-जिला", "तहसील")),
    ("village", ("गांव", "गाँव", "ग्राम")),
    ("ward", ("वार्ड",)),
)
SEXES = (
    ("F", ("female", "महिला", "स्त्री", "woman")),
    ("M", ("male", "पुरुष", "man")),
    ("T", ("transgender", "other", "ट्रांसजेंडर", "उभयलिंगी", "अन्य")),
)
# India lies within these degrees, islands included: latitude and longitude swapped do not.
_LATITUDE = Column("latitude", "number", least=6, most=38)
_LONGITUDE = Column("longitude", "number", least=68, most=98)

PLACES = (
    Column("kind", "choice", required=True, longest=12, choices=PLACE_KINDS),
    Column("code", "code", required=True, longest=12),
    Column("name", "text", required=True),
    Column("name_hi", "text"),
    Column("parent_kind", "choice", strict=True, in_every_file=True, longest=12, choices=PLACE_KINDS),
    Column("parent_code", "code", strict=True, in_every_file=True, longest=12),
    _LATITUDE,
    _LONGITUDE,
    Column("since", "date", strict=True),
)
SHOPS = (
    Column("number", "code", required=True, longest=20),
    Column("name", "text", required=True),
    Column("name_hi", "text"),
    Column("place", "code", in_every_file=True, longest=12),
    Column("district", "code", required=True, longest=12),
    Column("address", "text", longest=250),
    _LATITUDE,
    _LONGITUDE,
    Column("capacity", "integer", in_every_file=True, least=0, most=100_000),
    Column("dealer_name", "text"),
    Column("dealer_mobile", "mobile", longest=10),
    Column("open_since", "date", strict=True),
    Column("open_until", "date", strict=True),
)
CARDS = (
    Column("card_number", "code", required=True, longest=20),
    Column("category", "code", required=True, longest=12),
    Column("family_id", "code", longest=20),
    Column("place", "code", in_every_file=True, longest=12),
    Column("district", "code", in_every_file=True, longest=12),
    Column("shop_number", "code", longest=20),
    Column("address", "text", longest=250),
    Column("issued_on", "date", strict=True, in_every_file=True),
    Column("ended_on", "date", strict=True),
)
MEMBERS = (
    Column("card_number", "code", required=True, longest=20),
    Column("line", "integer", required=True, least=1, most=99),
    Column("name", "text", required=True),
    Column("guardian_name", "text"),
    Column("relation", "text", longest=30),
    Column("sex", "choice", longest=1, choices=SEXES),
    Column("born_on", "date", past=True),
    Column("birth_year", "integer", least=1880, most=2200, past=True),
    Column("mobile", "mobile", longest=10),
    Column("aadhaar", "aadhaar", longest=12),
    Column("aadhaar_ref", "reference", longest=64),
)


def plain(heading: str) -> str:
    """A heading as it is compared: lower case, without spaces, dots, slashes and underscores."""
    return re.sub(r"[\s._/\\'’-]+", "", heading.strip().lower())


def by_heading(columns: Iterable[Column]) -> dict[str, str]:
    """From every heading these columns may stand under to the name of the column; the own name wins."""
    names = [column.name for column in columns]
    found = {plain(other): name for name in reversed(names) for other in HEADINGS[name]}
    return found | {plain(name): name for name in names}
