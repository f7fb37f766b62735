"""What a family and a ration card have in common, or not, in words: what an officer goes by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALIKE: Mapping[str, Promise] = {
    "same_aadhaar": _("Same Aadhaar number"),
    "same_name": _("Same name"),
    "same_first_name": _("Same first name, surname missing on one side"),
    "name_spelt_differently": _("Same name spelt differently"),
    "names_in_other_order": _("Name and surname in the other order"),
    "name_with_a_slip": _("A letter of the name differs"),
    "name_begins_alike": _("The names begin alike"),
    "same_surname": _("Same surname"),
    "surname_spelt_differently": _("Same surname spelt differently"),
    "surname_as_name": _("Surname written as name"),
    "surname_with_a_slip": _("A letter of the surname differs"),
    "same_guardian": _("Same father or husband"),
    "guardian_with_a_slip": _("A letter of the father's or husband's name differs"),
    "guardian_spelt_differently": _("Father or husband spelt differently"),
    "same_birth_date": _("Same date of birth"),
    "birth_date_with_a_slip": _("A digit of the date of birth differs"),
    "birth_date_near": _("Born about the same time"),
    "same_birth_year": _("Same year of birth"),
    "birth_year_one_off": _("Year of birth one off"),
    "birth_year_near": _("Nearly the same age"),
    "same_sex": _("Same sex"),
    "same_mobile": _("Same mobile number"),
    "mobile_with_a_slip": _("A digit of the mobile number differs"),
    "same_place": _("Same village or ward"),
    "place_spelt_differently": _("Village or ward spelt differently"),
    "same_district": _("Same district"),
}
UNLIKE: Mapping[str, Promise] = {
    "other_aadhaar": _("Another Aadhaar number"),
    "other_surname": _("Another surname"),
    "other_name": _("Another name"),
    "other_guardian": _("Another father or husband"),
    "other_age": _("Another age"),
    "other_sex": _("Another sex"),
    "other_mobile": _("Another mobile number"),
    "other_place": _("Another village or ward"),
    "other_district": _("Another district"),
}


@dataclass(frozen=True)
class Compared:
    """One thing that was compared: in words, and whether it speaks for the same family."""

    words: str
    alike: bool


def compared(reasons: Iterable[object]) -> list[Compared]:
    """The comparison in words, agreements first. A reason is a code, or a mapping with one."""
    codes = [str(one.get("code", "")) if isinstance(one, Mapping) else str(one) for one in reasons]
    told = [
        Compared(str(ALIKE.get(code) or UNLIKE.get(code) or code.replace("_", " ")), code not in UNLIKE)
        for code in codes
        if code
    ]
    return sorted(told, key=lambda one: not one.alike)
