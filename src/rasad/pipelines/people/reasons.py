"""Why two records may be one person, in words: what agrees first, then what is written differently, then what differs.

The words of three languages stand here and not in a catalogue, because batch work knows no Django.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rasad.pipelines.people.compared import Comparison

LANGUAGES = ("en", "hi", "bn")
# What agrees is a list behind one word: same father, village and year of birth.
AGREES: dict[str, tuple[str, str, str]] = {
    "same_name": ("name", "नाम", "নাম"),
    "same_surname": ("surname", "उपनाम", "পদবি"),
    "same_guardian": ("father or husband", "पिता या पति", "পিতা বা স্বামী"),
    "same_place": ("village or town", "गाँव या नगर", "গ্রাম বা শহর"),
    "same_place_only": ("village or town", "गाँव या नगर", "গ্রাম বা শহর"),
    "same_postcode": ("PIN code", "पिन कोड", "পিন কোড"),
    "same_district": ("district", "ज़िला", "জেলা"),
    "same_birth_date": ("date of birth", "जन्म तिथि", "জন্ম তারিখ"),
    "same_birth_year": ("year of birth", "जन्म वर्ष", "জন্ম সাল"),
    "same_mobile": ("telephone", "टेलीफ़ोन", "টেলিফোন"),
    "same_email": ("e-mail", "ई-मेल", "ই-মেল"),
    "same_number": ("identity number", "पहचान संख्या", "পরিচয় নম্বর"),
    "same_address": ("address", "पता", "ঠিকানা"),
    "same_house": ("house number", "मकान संख्या", "বাড়ির নম্বর"),
    "same_sex": ("sex", "लिंग", "লিঙ্গ"),
}
# Everything else is a remark of its own.
REMARKS: dict[str, tuple[str, str, str]] = {
    "name_spelt_differently": ("name spelt differently", "नाम अलग ढंग से लिखा", "নাম অন্যভাবে লেখা"),
    "names_in_other_order": ("name and surname in the other order", "नाम और उपनाम उल्टे क्रम में", "নাম ও পদবি উল্টো ক্রমে"),
    "name_with_a_slip": ("a letter of the name differs", "नाम का एक अक्षर अलग", "নামের একটি অক্ষর আলাদা"),
    "name_begins_alike": ("the names begin alike", "नाम का आरंभ समान", "নামের শুরু এক"),
    "other_name": ("another name", "नाम अलग", "নাম আলাদা"),
    "surname_spelt_differently": ("surname spelt differently", "उपनाम अलग ढंग से लिखा", "পদবি অন্যভাবে লেখা"),
    "surname_as_name": ("surname written as name", "उपनाम नाम की जगह लिखा", "পদবি নামের জায়গায় লেখা"),
    "surname_with_a_slip": ("a letter of the surname differs", "उपनाम का एक अक्षर अलग", "পদবির একটি অক্ষর আলাদা"),
    "other_surname": ("another surname", "उपनाम अलग", "পদবি আলাদা"),
    "guardian_spelt_differently": (
        "father or husband spelt differently", "पिता या पति का नाम अलग ढंग से लिखा", "পিতা বা স্বামীর নাম অন্যভাবে লেখা",
    ),
    "guardian_with_a_slip": (
        "a letter of the father's or husband's name differs", "पिता या पति के नाम का एक अक्षर अलग",
        "পিতা বা স্বামীর নামের একটি অক্ষর আলাদা",
    ),
    "other_guardian": ("another father or husband", "पिता या पति अलग", "পিতা বা স্বামী আলাদা"),
    "birth_date_with_a_slip": (
        "a digit of the date of birth differs", "जन्म तिथि का एक अंक अलग", "জন্ম তারিখের একটি অঙ্ক আলাদা",
    ),
    "birth_date_near": ("born about the same time", "जन्म लगभग एक ही समय", "জন্ম প্রায় একই সময়ে"),
    "birth_year_near": ("years of birth up to four apart", "जन्म वर्ष में चार तक का अंतर", "জন্ম সালে চার পর্যন্ত তফাত"),
    "other_age": ("another age", "आयु अलग", "বয়স আলাদা"),
    "other_sex": ("another sex", "लिंग अलग", "লিঙ্গ আলাদা"),
    "mobile_with_a_slip": ("a digit of the telephone differs", "टेलीफ़ोन का एक अंक अलग", "টেলিফোনের একটি অঙ্ক আলাদা"),
    "other_mobile": ("another telephone", "टेलीफ़ोन अलग", "টেলিফোন আলাদা"),
    "email_with_a_slip": ("the e-mail nearly the same", "ई-मेल लगभग वही", "ই-মেল প্রায় এক"),
    "email_begins_alike": ("the e-mails begin alike", "ई-मेल का आरंभ समान", "ই-মেলের শুরু এক"),
    "other_email": ("another e-mail", "ई-मेल अलग", "ই-মেল আলাদা"),
    "number_with_a_slip": (
        "a digit of the identity number differs", "पहचान संख्या का एक अंक अलग", "পরিচয় নম্বরের একটি অঙ্ক আলাদা",
    ),
    "other_number": ("another identity number", "पहचान संख्या अलग", "পরিচয় নম্বর আলাদা"),
    "address_with_a_slip": ("the address nearly the same", "पता लगभग वही", "ঠিকানা প্রায় এক"),
    "other_address": ("another address", "पता अलग", "ঠিকানা আলাদা"),
    "other_house": ("another house number", "मकान संख्या अलग", "বাড়ির নম্বর আলাদা"),
    "place_spelt_differently": (
        "village or town spelt differently", "गाँव या नगर अलग ढंग से लिखा", "গ্রাম বা শহর অন্যভাবে লেখা",
    ),
    "postcode_with_a_slip": ("a digit of the PIN code differs", "पिन कोड का एक अंक अलग", "পিন কোডের একটি অঙ্ক আলাদা"),
    "other_place": ("another village or town", "गाँव या नगर अलग", "গ্রাম বা শহর আলাদা"),
}  # fmt: skip
_SAME = {"en": "same {}", "hi": "{} एक ही", "bn": "{} একই"}
_AND = {"en": " and ", "hi": " और ", "bn": " ও "}
JUDGED = {
    "en": "judged the same by a person",
    "hi": "किसी व्यक्ति ने एक ही ठहराया",
    "bn": "একজন মানুষ একই বলে ঠিক করেছেন",
}


def levels(reached: Mapping[str, int | None], comparisons: Sequence[Comparison]) -> list[str]:
    """The names of the levels two people reached; what is not known of one of them is left out."""
    told = []
    for one in comparisons:
        level = reached.get(one.name)
        # Splink counts from the weakest level up; -1 is not known.
        if level is not None and level >= 0:
            told.append(one.levels[len(one.levels) - 1 - level].name)
    return told


def in_words(names: Sequence[str], language: str) -> str:
    """The reasons in one line: same father, village and year of birth; name spelt differently."""
    at = LANGUAGES.index(language)
    # That both are women proves nothing and is said only where it differs.
    agree = list(dict.fromkeys(AGREES[name][at] for name in names if name in AGREES and name != "same_sex"))
    parts = [_SAME[language].format(_listed(agree, language))] if agree else []
    parts += [REMARKS[name][at] for name in names if name in REMARKS]
    return "; ".join(parts)


def _listed(words: Sequence[str], language: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _AND[language] + words[-1]
