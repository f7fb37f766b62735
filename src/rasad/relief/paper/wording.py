"""How facts read on paper, in Hindi and English: names cut to fit, months, days, weights, ways."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate

from babel.dates import format_date, get_month_names

from rasad.relief.paper.contents import Words
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise, kilograms, rupees

JOINERS = "\u200c\u200d"
# What the pinned fonts can draw: Latin, Devanagari, Bengali, the marks of a text, the rupee.
DRAWN = ((0x20, 0x7E), (0xA0, 0x24F), (0x900, 0x97F), (0x980, 0x9FE), (0x2013, 0x2014), (0x2018, 0x201D))
# How much of a letter's width a vowel sign beside it, a mark above or below it and a joiner take.
WIDTHS = {"Mc": 0.4, "Mn": 0.0, "Cf": 0.0}
DRAWN_ALONE = f"…₹{JOINERS}"

RELATIONS = {
    "self": Words("स्वयं", "self"),
    "head": Words("मुखिया", "head"),
    "wife": Words("पत्नी", "wife"),
    "husband": Words("पति", "husband"),
    "son": Words("पुत्र", "son"),
    "daughter": Words("पुत्री", "daughter"),
    "mother": Words("माता", "mother"),
    "father": Words("पिता", "father"),
    "brother": Words("भाई", "brother"),
    "sister": Words("बहन", "sister"),
    "daughter-in-law": Words("पुत्रवधू", "daughter-in-law"),
    "son-in-law": Words("दामाद", "son-in-law"),
    "mother-in-law": Words("सास", "mother-in-law"),
    "father-in-law": Words("ससुर", "father-in-law"),
    "grandson": Words("पौत्र", "grandson"),
    "granddaughter": Words("पौत्री", "granddaughter"),
    "grandmother": Words("दादी", "grandmother"),
    "grandfather": Words("दादा", "grandfather"),
    "nephew": Words("भतीजा", "nephew"),
    "niece": Words("भतीजी", "niece"),
    "other": Words("अन्य", "other"),
}
DIRECTIONS = (
    Words("उत्तर", "north"),
    Words("उत्तर-पूर्व", "north-east"),
    Words("पूर्व", "east"),
    Words("दक्षिण-पूर्व", "south-east"),
    Words("दक्षिण", "south"),
    Words("दक्षिण-पश्चिम", "south-west"),
    Words("पश्चिम", "west"),
    Words("उत्तर-पश्चिम", "north-west"),
)


def shown(text: str, limit: int) -> str:
    """A text as it can be printed: one line of known letters, as wide as `limit` of them, … where cut."""
    # Ten megabytes in a name are not worth a look at each letter.
    return _shown(text[: 8 * limit], limit)


@lru_cache(maxsize=4_096)
def _shown(text: str, limit: int) -> str:
    clean = " ".join("".join(map(_drawable, unicodedata.normalize("NFC", text))).split())
    if len(clean) <= limit:
        return clean
    widths = list(accumulate(map(_width, clean)))
    if widths[-1] <= limit:
        return clean
    end = bisect_right(widths, limit - 1)
    # Not between a letter and its vowel sign, nor inside a conjunct.
    while end > 1 and (unicodedata.category(clean[end]) in ("Mn", "Mc") or clean[end - 1] in f"्্{JOINERS}"):
        end -= 1
    return clean[:end].rstrip() + "…"


@cache
def _width(letter: str) -> float:
    return WIDTHS.get(unicodedata.category(letter), 1.0)


@cache
def _drawable(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if letter in DRAWN_ALONE:
        return letter
    if kind == "Cf":
        # Among them the marks that turn the direction of writing round.
        return ""
    code = ord(letter)
    return letter if kind != "Cn" and any(first <= code <= last for first, last in DRAWN) else "?"


def both(words: Words, limit: int = 60) -> str:
    """Hindi / English on one line, once where they are the same."""
    hindi, english = shown(words.hi, limit), shown(words.en, limit)
    return hindi if hindi == english else f"{hindi} / {english}"


def relation(written: str) -> Words:
    """A relation in both languages; one we do not know stays as the source wrote it."""
    key = " ".join(written.lower().replace("_", "-").split()).replace(" in law", "-in-law")
    return RELATIONS.get(key) or _by_hindi().get(written.strip()) or Words(written, written)


@cache
def _by_hindi() -> dict[str, Words]:
    return {words.hi: words for words in RELATIONS.values()}


@cache
def day(on: date) -> Words:
    """30 जून 2020, 30 June 2020."""
    return Words(*(format_date(on, "d MMMM y", locale=locale) for locale in ("hi_IN", "en_IN")))


@cache
def month_name(month: Month) -> Words:
    """अप्रैल, April."""
    return Words(
        *(get_month_names("wide", "stand-alone", locale)[month.number] for locale in ("hi_IN", "en_IN"))
    )


@cache
def months(listed: tuple[Month, ...]) -> Words:
    """अप्रैल, मई, जून 2020; the year is said again where it changes."""
    said: list[tuple[str, str]] = []
    for place, month in enumerate(listed):
        names, year = month_name(month), ""
        if place + 1 == len(listed) or listed[place + 1].year != month.year:
            year = f" {month.year}"
        said.append((names.hi + year, names.en + year))
    return Words(", ".join(hi for hi, _ in said), ", ".join(en for _, en in said))


def weight(quantity: Grams) -> str:
    """25 किलो / kg."""
    return f"{kilograms(quantity)} किलो / kg"


def price(per_kg: Sequence[Paise]) -> str:
    """निःशुल्क / free, or the price a kilogram; several where it changes from month to month."""
    different = list(dict.fromkeys(per_kg))
    if different == [0]:
        return "निःशुल्क / free"
    return ", ".join(f"₹{rupees(one)}" for one in different) + " / kg"


def distance(metres: int) -> Words:
    """2.4 किमी, 2.4 km; below a kilometre in metres, to the nearest fifty."""
    if metres < 950:
        rounded = max(50, round(metres / 50) * 50)
        return Words(f"{rounded} मीटर", f"{rounded} m")
    return Words(f"{metres / 1000:.1f} किमी", f"{metres / 1000:.1f} km")


def direction(degrees: float) -> Words:
    """The nearest of eight directions; 0 is north, 90 is east."""
    return DIRECTIONS[round(degrees / 45) % 8]
