"""One box finds a family by whatever it shows or says, and only within the reader's areas."""

from datetime import date

import pytest

from rasad.accounts import access
from rasad.registry import indexing, keys, life, search
from rasad.registry.models import Card, Household, Membership, Person, PersonKeys, Place
from tests.cast import staff
from tests.registry.files import taken_in, with_register

pytestmark = pytest.mark.django_db
ASHAS, KAMLAS, SURESHS = "006300000001", "006300000002", "005800000001"
ON = date(2020, 6, 1)


@pytest.fixture(autouse=True)
def register(tmp_path):
    with_register(tmp_path)
    indexing.refresh_stale()


def found(text, *, reader=None):
    cards = access.all_for(reader, Card) if reader else Card.objects.all()
    areas = access.areas_of(reader) if reader else {"state": ["6"]}
    return [hit.card for hit in search.find(text, cards=cards, areas=areas, on=ON).hits]


@pytest.mark.parametrize(
    "text",
    [
        ASHAS, "0063-0000 0001", "000001", "००६३००००००" "०१", "9876543210",
        "+91 98765 43210", "1ABC2345", "1abc2345", "Asha Devi", "asha", "AASHA DEVI", "आशा देवी", "আশা দেবী",
        "ਆਸ਼ਾ ਦੇਵੀ", "Devi Asha", "Smt. Asha Devi", "Ashadevi", "Mohan", "मोहन", "Asha, Hansi", "asha devi, hansi r",
    ],
)  # fmt: skip
def test_family_is_found_by_what_it_shows_or_says(text):
    assert ASHAS in found(text)


@pytest.mark.parametrize(
    "text", ["", " ", "x", ",", "Asha, Saha", "Asha, nowhere", "9876500000", "000009", "Ganga", "12345"]
)
def test_nobody_is_found_by_what_nobody_has(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sunita", "सुनीता"), ("Suneeta", "Sunita"), ("Singh", "सिंह"), ("Singh", "ਸਿੰਘ"), ("Singh", "সিং"),
        ("Vinod", "Binod"), ("Pawan", "पवन"), ("Mamta", "ममता"), ("Himanshu", "हिमांशु"), ("Arora", "अरोड़ा"),
        ("Dhillon", "ढिल्लों"), ("Rajesh", "রাজেশ"), ("Gurpreet", "ਗੁਰਪ੍ਰੀਤ"), ("Mohammad", "মুহাম্মদ"),
    ],
)  # fmt: skip
def test_name_has_one_key_however_it_is_written(one, other):
    assert keys.key(one) == keys.key(other) != ""


def test_the_nearest_spelling_comes_first_then_the_head():
    home = Household.objects.get(cards__number=KAMLAS)
    for name in ("Aasha", "Asha"):
        life.add_member(household=home, person=Person.objects.create(name=name), relation="", on=ON)

    hits = search.find("Asha", cards=Card.objects.all(), areas={"state": ["6"]}, on=ON).hits

    assert [(hit.card, hit.name, hit.head) for hit in hits] == [
        (KAMLAS, "Asha", "Kamla"),
        (ASHAS, "Asha Devi", "Asha Devi"),
    ]


@pytest.mark.req("R-ACT-06", "R-NFR-03")
def test_reader_finds_only_families_of_the_own_areas(db):
    ambala = staff("far", "dfsc", ("district", "58"))
    hansi = staff("near", "inspector", ("place", "61068"))
    nobody = staff("none", "dfsc", ("district", "71"))
    for text in (ASHAS, "000001", "9876543210", "1ABC2345", "Asha Devi", "आशा"):
        assert (ASHAS in found(text, reader=ambala), found(text, reader=nobody)) == (False, [])
        assert found(text, reader=hansi) == [ASHAS]
    assert found("Kamla", reader=hansi) == []
    assert found("Suresh", reader=ambala) == [SURESHS]


def test_family_that_moves_is_found_in_its_new_district(db):
    ambala = staff("far", "dfsc", ("district", "58"))
    life.move(Household.objects.get(cards__number=ASHAS), place=Place.objects.get(code="50001"))

    assert found("आशा देवी", reader=ambala) == [ASHAS]
    assert found("Asha", reader=staff("m", "dfsc", ("district", "63"))) == []


def test_member_who_joins_is_found_and_a_changed_name_after_a_file(tmp_path):
    person = Person.objects.create(name="Gulabo")
    life.add_member(
        household=Household.objects.get(cards__number=KAMLAS), person=person, relation="daughter", on=ON
    )
    assert found("गुलाबो") == [KAMLAS]
    taken_in(tmp_path, "members", "card_number,line,name\n006300000002,1,Phoolwati\n")

    assert (found("Fulvati"), found("Kamla")) == ([KAMLAS], [])


def test_village_after_a_comma_may_have_a_number(db):
    assert (found("Kamla, Hisar Ward 1"), found("Kamla, Hisar Ward 2")) == ([KAMLAS], [])


def test_an_upper_app_adds_a_road_to_a_card(monkeypatch):
    monkeypatch.setitem(search.FINDERS, "applications", lambda text: [ASHAS] if text == "AP-77" else [])

    assert found("AP-77") == [ASHAS]
    assert found("AP-77", reader=staff("far", "dfsc", ("district", "58"))) == []


def test_keys_made_anew_are_those_kept_up_to_date():
    before = list(PersonKeys.objects.order_by("pk").values())
    told = []

    assert indexing.rebuild(told.append) == len(before) == 4 == told[-1]
    assert list(PersonKeys.objects.order_by("pk").values()) == before
    assert indexing.refresh_stale() == 0


def test_search_asks_as_often_for_many_as_for_one(django_assert_num_queries):
    home = Household.objects.get(cards__number=ASHAS)
    for number in range(30):
        other = Household.objects.create(place=home.place)
        life.issue_card(household=other, number=f"0063001{number:05d}", category="OPH", shop="", on=ON)
        person = Person.objects.create(name="Asha Devi")
        life.add_member(household=other, person=person, relation="", on=ON, is_head=True)

    for text in ("Asha", "Asha Devi"):
        with django_assert_num_queries(13 if " " in text else 8):
            assert len(found(text)) == 31
    assert Membership.objects.filter(person__search_keys__keys__contains=["63:as"]).count() == 31


def test_ended_card_is_found_and_said_to_have_ended():
    from tests.registry.files import card_ended

    card_ended(ASHAS, on=ON)
    hits = search.find("Asha", cards=Card.objects.all(), areas={"state": ["6"]}, on=ON).hits

    assert [(hit.card, hit.is_living) for hit in hits] == [(ASHAS, False)]
