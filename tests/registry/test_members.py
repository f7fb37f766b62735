"""Members come with their cards; their Aadhaar numbers are references outside the vault."""

from datetime import date

import pytest
from django.conf import settings

from rasad.registry.models import Membership, Person, VaultEntry
from rasad.values import aadhaar
from tests.registry.files import (
    AT,
    CARDS,
    FATIMA,
    KUMAR,
    LATER,
    MEMBERS,
    SHIVSHANKAR,
    counts,
    member_left,
    problems,
    taken_in,
    with_register,
)

pytestmark = pytest.mark.django_db
HEADING = MEMBERS.splitlines()[0] + "\n"
ASHAS = "006300000001"


def member(card: str, line: int) -> Membership:
    return Membership.objects.select_related("person").get(household__cards__number=card, line=line)


def test_member_comes_with_what_the_file_says(tmp_path):
    with_register(tmp_path)

    asha, mohan, suresh = member(ASHAS, 1), member(ASHAS, 2), member("005800000001", 1)

    person = asha.person
    assert (person.name, person.guardian_name, person.sex, person.mobile) == (
        "Asha Devi", "Ram Lal", "F", "9876543210",
    )  # fmt: skip
    assert (asha.relation, asha.is_head, asha.during.lower) == ("self", True, date(2016, 2, 1))
    assert (mohan.person.born_on, mohan.person.birth_year, mohan.is_head) == (None, 2005, False)
    assert suresh.person.born_on == date(1975, 2, 1)


def test_reference_stands_for_the_number(tmp_path):
    with_register(tmp_path)

    person = member(ASHAS, 1).person

    ref = aadhaar.reference(SHIVSHANKAR, settings.IDENTITY_KEY)
    assert bytes(person.aadhaar_ref) == ref
    assert person.identity_key == aadhaar.identity_key(ref)
    assert person.aadhaar_last4 == "7058"
    assert VaultEntry.objects.count() == 3


def test_references_in_place_of_numbers_fill_no_vault(tmp_path):
    with_register(tmp_path, up_to="cards")
    ref = aadhaar.reference(KUMAR, settings.IDENTITY_KEY)

    summary = taken_in(
        tmp_path,
        "members",
        "card_number,line,name,identity_key,aadhaar_ref\n"
        f"{ASHAS},1,Asha,{aadhaar.identity_key(ref)},{ref.hex()}\n{ASHAS},2,Mohan,,\n{ASHAS},3,Rani,5,abc\n",
    )

    assert counts(summary) == (3, 3, 0, 0)
    assert problems(summary) == [(4, "aadhaar_ref", "bad_reference", "abc", False)]
    person = member(ASHAS, 1).person
    assert (bytes(person.aadhaar_ref), person.identity_key) == (ref, aadhaar.identity_key(ref))
    assert VaultEntry.objects.count() == 0


def test_two_members_with_one_number_in_a_file_the_first_keeps_it(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(
        tmp_path,
        "members",
        f"{HEADING}{ASHAS},1,Asha,,,,,,,{SHIVSHANKAR}\n005800000001,1,Suresh,,,,,,,9999 4105 7058\n",
    )

    assert counts(summary) == (2, 2, 0, 0)
    assert problems(summary) == [(3, "aadhaar", "aadhaar_taken", f"card {ASHAS}, member 1, line 2", False)]
    assert member(ASHAS, 1).person.aadhaar_ref is not None
    second = member("005800000001", 1).person
    assert (second.aadhaar_ref, second.identity_key, second.aadhaar_last4) == (None, None, "")


def test_number_the_register_has_stays_with_its_person(tmp_path):
    with_register(tmp_path)

    summary = taken_in(tmp_path, "members", f"{HEADING}006300000002,2,Gita,,,,,,,{FATIMA}\n")

    assert counts(summary) == (1, 1, 0, 0)
    assert problems(summary) == [(2, "aadhaar", "aadhaar_taken", "card 005800000001, member 1", False)]
    assert Person.objects.filter(aadhaar_last4=FATIMA[-4:]).count() == 1


def test_another_number_for_a_person_waits_for_a_human(tmp_path):
    with_register(tmp_path)

    summary = taken_in(tmp_path, "members", f"{HEADING}{ASHAS},1,Asha Rani,,,,,,,{FATIMA}\n")

    assert counts(summary) == (1, 0, 0, 1)
    assert [problem[2:] for problem in problems(summary)] == [("another_aadhaar", "", True)]
    assert member(ASHAS, 1).person.name == "Asha Devi"


@pytest.mark.parametrize(
    "number", ["999941057059", "999941057085", "99994105705", "XXXXXXXX7058", "9.99941E+11", "099941057058"]
)
def test_number_that_is_not_valid_is_left_out_and_the_person_is_not(tmp_path, number):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(tmp_path, "members", f"{HEADING}{ASHAS},1,Asha,,,,,,,{number}\n")

    assert counts(summary) == (1, 1, 0, 0)
    assert [problem[:3] for problem in problems(summary)] == [(2, "aadhaar", "bad_aadhaar")]
    assert number not in problems(summary)[0][3]
    assert member(ASHAS, 1).person.aadhaar_ref is None


def test_number_comes_later(tmp_path):
    with_register(tmp_path)

    summary = taken_in(tmp_path, "members", f"{HEADING}006300000002,1,Kamla,,,,,,,9999 1234 5678\n")

    assert counts(summary) == (1, 1, 0, 0)
    assert member("006300000002", 1).person.aadhaar_last4 == "5678"
    assert VaultEntry.objects.count() == 4


def test_empty_cells_leave_what_the_register_has(tmp_path):
    with_register(tmp_path)

    summary = taken_in(tmp_path, "members", f"{HEADING}{ASHAS},1,Asha Devi,,,,,,,\n")

    assert counts(summary) == (1, 0, 1, 0)
    assert member(ASHAS, 1).person.mobile == "9876543210"


def test_later_member_belongs_to_the_family_from_the_day_of_the_import(tmp_path):
    with_register(tmp_path)

    taken_in(tmp_path, "members", f"{HEADING}{ASHAS},3,Baby,,,F,2020-05-20,,,\n", at=LATER)

    assert member(ASHAS, 3).during.lower == date(2020, 6, 1)
    assert member(ASHAS, 2).during.lower == date(2016, 2, 1)


def test_person_who_left_is_not_brought_back_by_a_file(tmp_path):
    with_register(tmp_path)
    member_left(member(ASHAS, 2), on=date(2020, 3, 1))

    summary = taken_in(tmp_path, "members", MEMBERS + "\n")

    assert counts(summary) == (4, 0, 3, 1)
    assert problems(summary) == [(3, "line", "member_left", "01-03-2020", True)]


def test_rows_without_card_name_or_line_are_left_out(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(
        tmp_path,
        "members",
        f"{HEADING}006399999999,1,Nobody,,,,,,,\n{ASHAS},,Asha,,,,,,,\n{ASHAS},2,,,,,,,,\n"
        f"{ASHAS},1.5,Asha,,,,,,,\n,1,Asha,,,,,,,\n{ASHAS},3,Mohan,,,,,,,\n{ASHAS},3,Mohan,,,,,,,\n",
    )

    assert counts(summary) == (7, 1, 0, 6)
    assert problems(summary) == [
        (2, "card_number", "unknown_card", "006399999999", True),
        (3, "line", "value_missing", "", True),
        (4, "name", "value_missing", "", True),
        (5, "line", "bad_number", "1.5", True),
        (6, "card_number", "value_missing", "", True),
        (8, "card_number", "key_twice", "7", True),
    ]


def test_values_that_cannot_be_used_do_not_cost_the_person(tmp_path):
    with_register(tmp_path, up_to="cards")

    summary = taken_in(
        tmp_path,
        "members",
        f"{HEADING}{ASHAS},1,Asha,,,x,2020-02-30,1700,12345,\n"
        f"{ASHAS},2,Mohan,,,पुरुष,2031-01-01,२००५,+91 98765-43210,\n",
    )

    assert counts(summary) == (2, 2, 0, 0)
    assert problems(summary) == [
        (2, "birth_year", "bad_number", "1700", False),
        (2, "born_on", "impossible_date", "2020-02-30", False),
        (2, "mobile", "bad_mobile", "12345", False),
        (2, "sex", "unknown_word", "x", False),
        (3, "born_on", "impossible_date", "2031-01-01", False),
    ]
    mohan = member(ASHAS, 2).person
    assert (mohan.sex, mohan.birth_year, mohan.mobile) == ("M", 2005, "9876543210")


def test_members_of_an_ended_card_end_with_it(tmp_path):
    with_register(tmp_path, up_to="shops")
    taken_in(tmp_path, "cards", CARDS.replace("House 4,2016-02-01,", "House 4,2016-02-01,2019-01-01"))

    summary = taken_in(tmp_path, "members", MEMBERS, at=AT)

    assert counts(summary) == (4, 4, 0, 0)
    assert member(ASHAS, 1).during.upper == date(2019, 1, 1)


def test_person_whose_family_got_a_new_card_stays_one_person(tmp_path):
    with_register(tmp_path, up_to="shops")
    heading = CARDS.splitlines()[0]
    taken_in(
        tmp_path,
        "cards",
        f"{heading}\n{ASHAS},OPH,1ABC2345,61068,63,,,2016-02-01,2020-03-01\n"
        "006300000009,AAY,1ABC2345,61068,63,,,2020-03-01,\n",
    )
    text = f"{HEADING}{ASHAS},1,Asha,,,,,,,{SHIVSHANKAR}\n006300000009,1,Asha,,,,,,,{SHIVSHANKAR}\n"

    first = taken_in(tmp_path, "members", text)
    again = taken_in(tmp_path, "members", text + "\n")

    assert (counts(first), problems(first), counts(again)) == ((2, 2, 0, 0), [], (2, 0, 2, 0))
    person = Person.objects.get()
    assert [(row.during.lower, row.during.upper) for row in person.memberships.order_by("during")] == [
        (date(2016, 2, 1), date(2020, 3, 1)),
        (date(2020, 3, 1), None),
    ]


def test_person_who_left_one_family_and_comes_with_another_is_the_same(tmp_path):
    with_register(tmp_path)
    mohan = member(ASHAS, 2)
    member_left(mohan, on=date(2020, 3, 1))

    summary = taken_in(
        tmp_path,
        "members",
        f"{HEADING}006300000002,2,Mohan,,,,,,,{KUMAR}\n006300000002,3,Ram,,,,,,,{KUMAR}\n",
    )

    assert counts(summary) == (2, 2, 0, 0)
    assert problems(summary) == [
        (3, "aadhaar", "aadhaar_taken", "card 006300000002, member 2, line 2", False)
    ]
    assert member("006300000002", 2).person == mohan.person
