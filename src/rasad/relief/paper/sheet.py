"""From facts to what the template reads: every text worded and cut to its place, every QR code as modules."""

import json
from collections.abc import Sequence
from itertools import chain, cycle

import numpy as np
import zxingcpp

from rasad.relief.numbers import printed
from rasad.relief.paper.contents import Edition, Layout, Member, ShopOnPaper, TokenPaper, Words
from rasad.relief.paper.sketch import sketch, way
from rasad.relief.paper.wording import (
    both,
    day,
    direction,
    distance,
    month_name,
    months,
    price,
    relation,
    shown,
    weight,
)

# One column of members while they fit; more stand in two, and of still more the last are only counted.
ONE_COLUMN, TWO_COLUMNS = 8, 16
# How many letters have room.
HOLDER, NAME, NARROW_NAME, NARROW_RELATION, SHOP_NAME, ROW = 38, 30, 19, 15, 34, 52
# Any of the eight patterns is readable; a fixed one saves trying all eight, four fifths of the time.
MASK = 3
OWN_PLACE = Words("आपके अपने गाँव या वार्ड में", "in your own village or ward")


def sheet(tokens: Sequence[TokenPaper], layout: Layout, first_serial: int | None = None) -> dict[str, bytes]:
    """The files token.typ reads. Serials are printed where the first is given."""
    edition = tokens[0].edition
    if any(token.edition != edition for token in tokens):
        raise ValueError("one print is of one scheme")
    codes, written, offset = [], [], 0
    for place, token in enumerate(tokens):
        modules = qr_modules(token.signed)
        serial = "" if first_serial is None else f"{first_serial + place}"
        written.append(_token(token, serial) | {"code": [offset, len(modules)]})
        codes.append(modules.tobytes())
        offset += modules.size
    contents = {"words": _words(edition), "layout": layout, "tokens": written}
    return {
        "tokens.json": json.dumps(contents, ensure_ascii=False).encode(),
        "codes.bin": b"".join(codes),
    }


def qr_modules(text: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A QR code, error correction M, as a square of bytes: 0 black, 255 white; without a margin."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    return np.ascontiguousarray(code.to_image(add_quiet_zones=False))


def _words(edition: Edition) -> dict[str, object]:
    until = day(edition.last_day)
    officer = edition.officer
    return {
        "title": both(edition.title),
        "issuer": both(edition.government),
        "name": [shown(edition.title.hi, 24), shown(edition.title.en, 36)],
        "valid": f"{until.hi} तक मान्य / Valid till {until.en}",
        "number": ["टोकन संख्या", "Token number"],
        "holder": "मुखिया / Holder",
        "members-head": ["नाम / Name", "संबंध / Relation", "आयु / Age"],
        "ration": ["हर महीने का राशन", "Ration for each month"],
        "received": "मिला / received:",
        "shop": ["आपकी राशन की दुकान", "Your ration shop"],
        "sketch-shop": "दुकान / Shop",
        "waiting": [
            f"आपकी दुकान अभी तय होनी है। ज़िले का {officer.hi} (डीएफएससी) कार्यालय आपको दुकान बताएगा। "
            "यह टोकन सँभालकर रखें।",
            f"Your shop is still to be named. The office of the {officer.en} (DFSC) of your district "
            "will tell you which shop it is. Keep this token safe.",
        ],
        "refused": ["दुकान मना करे तो:", "If the shop refuses:"],
        "refusal": [
            "दुकानदार से लिखवा लें: क्या नहीं दिया, क्यों और किस नियम से। महीना बीतने से पहले "
            f"{edition.helpline} पर फ़ोन करें या {officer.hi} से शिकायत करें।",
            "have the dealer write down what was not given, why, and under which rule. "
            f"Before the month ends, call {edition.helpline} or complain to the {officer.en}.",
        ],
        "call": ["निःशुल्क फ़ोन", "toll free"],
        "helpline": edition.helpline,
        "supplement": [
            "यह राशन परिवार की ज़रूरत में सहारा है, पूरी ज़रूरत नहीं।",
            "This ration adds to the family's food; it is not all it needs.",
        ],
        "code": "QR कोड: हस्ताक्षर सहित टोकन / QR code: the signed token",
    }


def _token(token: TokenPaper, serial: str) -> dict[str, object]:
    said, issued = months(token.months), day(token.issued_on)
    district = f"ज़िला {shown(token.district.hi, 24)} / {shown(token.district.en, 24)} district"
    return {
        "number": printed(token.number),
        "months": [said.hi, said.en],
        "issued": f"जारी / Issued: {issued.hi} / {issued.en}",
        "holder": shown(token.holder, HOLDER),
        "home": f"{both(token.place, 24)} · {district}" if token.place.hi else district,
        **_members(token.members),
        **_rations(token),
        "shop": _shop(token.shop) if token.shop else None,
        "sketch": sketch(token.shop, token.place) if token.shop else None,
        "serial": serial,
    }


def _members(members: Sequence[Member]) -> dict[str, object]:
    wide = len(members) > ONE_COLUMN
    told = members[:TWO_COLUMNS] if wide else members
    cells = list(chain.from_iterable(_member(member, wide) for member in told))
    if wide and len(told) % 2:
        cells += ["", "", ""]
    even = wide or _is_even(cells, (24, 24, 6))
    left = len(members) - len(told)
    more = f"और {left} सदस्य / and {left} more members" if left else ""
    return {"members": cells, "members-even": even, "wide": wide, "more": more}


def _member(member: Member, wide: bool) -> tuple[str, str, str]:
    words = relation(member.relation)
    said = both(words, 24)
    if wide and len(said) > NARROW_RELATION:
        said = shown(words.hi, NARROW_RELATION)
    age = "" if member.age is None else str(member.age)
    return shown(member.name, NARROW_NAME if wide else NAME), said, age


def _rations(token: TokenPaper) -> dict[str, object]:
    names = [both(month_name(month)) for month in token.months]
    is_same = all(len({quantity for quantity, _ in ration.per_month}) == 1 for ration in token.rations)
    cells: list[str] = []
    for ration in token.rations:
        weights = [weight(quantity) for quantity, _ in ration.per_month]
        prices = price([per_kg for _, per_kg in ration.per_month])
        cells += [both(ration.commodity, 18), *(weights[:1] if is_same else weights), prices]
    middle = ["हर महीने / Each month"] if is_same else names
    head = ["वस्तु / Item", *middle, "दाम / Price"]
    even = _is_even(cells, (24 if is_same else 12, *(14 for _ in middle), 16))
    return {"ration-head": head, "rations": cells, "rations-even": even, "boxes": names}


def _is_even(cells: Sequence[str], limits: Sequence[int]) -> bool:
    """Whether each cell surely fits on one line of its column: then the rows need not be measured."""
    return all(len(cell) <= limit for cell, limit in zip(cells, cycle(limits)))


def _shop(shop: ShopOnPaper) -> dict[str, object]:
    hindi, english = shown(shop.name.hi, SHOP_NAME), shown(shop.name.en, ROW)
    rows = [] if hindi == english else [english]
    rows.append(f"दुकान संख्या / Shop no. {shown(shop.number, 20)}")
    # An address that names the place need not hear it twice.
    place = shown(shop.place.hi, 20) if shop.place.en in shop.address else both(shop.place, 20)
    rows.append(shown(", ".join(part for part in (place, shown(shop.address, 40)) if part), ROW))
    if shop.is_own_place:
        rows += [OWN_PLACE.hi, OWN_PLACE.en]
    elif shop.distance_m is not None:
        rows += _how_far(shop, shop.distance_m)
    return {"name": hindi, "rows": rows}


def _how_far(shop: ShopOnPaper, metres: int) -> list[str]:
    far = distance(metres)
    if shop.home is None or shop.at is None:
        return [f"आपके गाँव या वार्ड से लगभग {far.hi}", f"about {far.en} from your village or ward"]
    towards = direction(way(shop.home, shop.at).degrees)
    return [
        f"आपके गाँव या वार्ड से लगभग {far.hi} {towards.hi}",
        f"about {far.en} {towards.en} of your village or ward",
    ]
