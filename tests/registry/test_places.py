"""Places keep their code for life; what they belong to is dated."""

from datetime import date

import pytest

from rasad.journal.models import Entry
from rasad.registry import actions, queries
from rasad.registry.models import Place, PlaceParent
from rasad.registry.queries import Figures
from rasad.values.refused import Refused
from tests.registry.files import AT, LATER, counts, problems, taken_in, with_register

pytestmark = pytest.mark.django_db
BEFORE, SPLIT, AFTER = date(2020, 1, 1), date(2020, 6, 1), date(2020, 7, 1)


def place(code: str) -> Place:
    return Place.objects.get(code=code)


def test_place_lies_in_its_parents_up_to_the_state(tmp_path):
    with_register(tmp_path, up_to="places")

    assert [str(above) for above in queries.ancestors(place("61068"), BEFORE)] == [
        "Hansi",
        "Hisar",
        "Haryana",
    ]


def test_places_in_a_district_are_all_below_it(tmp_path):
    with_register(tmp_path, up_to="places")

    inside = queries.places_in(place("63"), BEFORE)

    assert [found.code for found in inside] == ["396", "61068", "900001"]


def test_district_split_leaves_old_figures_where_they_were(tmp_path):
    with_register(tmp_path)
    hansi = Place.objects.create(kind="district", code="792", name="Hansi")
    actions.move_place(place=hansi, parent=place("6"), on=SPLIT, by="meena", at=AT)

    actions.move_place(place=place("396"), parent=hansi, on=SPLIT, by="meena", at=AT)

    hisar, ambala = Figures(cards=2, people=3), Figures(cards=1, people=1)
    assert queries.figures_by_district(BEFORE) == {"63": hisar, "58": ambala}
    assert queries.figures_by_district(AFTER) == {
        "792": Figures(cards=1, people=2), "63": Figures(cards=1, people=1), "58": ambala,
    }  # fmt: skip
    assert [found.code for found in queries.places_in(place("63"), BEFORE)] == ["396", "61068", "900001"]
    assert [found.code for found in queries.places_in(place("63"), AFTER)] == ["900001"]
    assert [found.code for found in queries.places_in(hansi, AFTER)] == ["396", "61068"]


def test_split_of_hisar_by_file_keeps_the_codes_of_the_four_sub_districts(tmp_path):
    heading = "kind,code,name,parent_kind,parent_code,since\n"
    tehsils = (("395", "Narnaund"), ("396", "Hansi"), ("6408", "Bass"), ("6419", "Kheri Jalab"))
    old = "".join(f"subdistrict,{code},{name},district,63,\n" for code, name in tehsils)
    new = "".join(f"subdistrict,{code},{name},district,792,2020-06-01\n" for code, name in tehsils)
    taken_in(tmp_path, "places", f"{heading}state,6,Haryana,,,\ndistrict,63,Hisar,state,6,\n{old}")

    summary = taken_in(tmp_path, "places", f"{heading}district,792,Hansi,state,6,2020-06-01\n{new}")

    assert counts(summary) == (5, 5, 0, 0)
    codes = ["395", "396", "6408", "6419"]
    assert [found.code for found in queries.places_in(place("63"), BEFORE)] == codes
    assert [found.code for found in queries.places_in(place("63"), AFTER)] == []
    assert [found.code for found in queries.places_in(place("792"), AFTER)] == codes
    assert Place.objects.filter(kind="subdistrict").count() == 4


def test_move_is_written_into_the_journal(tmp_path):
    with_register(tmp_path, up_to="places")

    actions.move_place(place=place("396"), parent=place("58"), on=SPLIT, by="meena", at=LATER)

    entry = Entry.objects.latest("number")
    assert (entry.action, entry.by, entry.of_key, entry.at) == ("place.moved", "meena", "396", LATER)
    assert entry.facts == {"from": "63", "to": "58", "on": "2020-06-01"}


@pytest.mark.parametrize(
    ("code", "parent", "on", "refusal"),
    [
        ("396", "63", SPLIT, "place_already_there"),
        ("396", "61068", SPLIT, "parent_not_above"),
        ("900001", "61068", SPLIT, "parent_not_above"),
    ],
)
def test_move_that_cannot_be(tmp_path, code, parent, on, refusal):
    with_register(tmp_path, up_to="places")

    with pytest.raises(Refused) as refused:
        actions.move_place(place=place(code), parent=place(parent), on=on, by="meena", at=AT)

    assert refused.value.code == refusal


def test_move_before_an_earlier_move_is_refused(tmp_path):
    with_register(tmp_path, up_to="places")
    actions.move_place(place=place("396"), parent=place("58"), on=SPLIT, by="meena", at=AT)

    with pytest.raises(Refused) as refused:
        actions.move_place(place=place("396"), parent=place("63"), on=BEFORE, by="meena", at=AT)

    assert (refused.value.code, refused.value.facts["since"]) == ("place_moved_later", SPLIT)
    assert PlaceParent.objects.filter(place__code="396").count() == 2


def test_another_parent_without_a_day_is_refused(tmp_path):
    with_register(tmp_path, up_to="places")
    moved = "kind,code,name,parent_kind,parent_code,since\nsubdistrict,396,Hansi,district,58,\n"

    summary = taken_in(tmp_path, "places", moved)

    assert counts(summary) == (1, 0, 0, 1)
    assert problems(summary) == [(2, "since", "parent_changed_without_day", "Hisar", True)]
    assert [str(above) for above in queries.ancestors(place("396"), AFTER)] == ["Hisar", "Haryana"]


def test_children_may_stand_before_their_parents_in_the_file(tmp_path):
    upside_down = (
        "kind,code,name,parent_kind,parent_code\nvillage,61068,Hansi Rural,subdistrict,396\n"
        "subdistrict,396,Hansi,district,63\ndistrict,63,Hisar,state,6\nstate,6,Haryana,,\n"
    )

    assert counts(taken_in(tmp_path, "places", upside_down)) == (4, 4, 0, 0)


def test_places_that_cannot_hang_together_are_left_out_by_name(tmp_path):
    summary = taken_in(
        tmp_path,
        "places",
        "kind,code,name,parent_kind,parent_code,latitude,longitude\n"
        "state,6,Haryana,,,29,76\n"
        "district,63,Hisar,,,29,75\n"
        "district,58,Ambala,state,99,30,76\n"
        "subdistrict,396,Hansi,district,63,29,75\n"
        "district,64,Swapped,state,6,76.1,29.1\n"
        "hamlet,1,Dhani,district,64,,\n"
        "state,7,Delhi,state,6,,\n",
    )

    assert counts(summary) == (7, 2, 0, 5)
    assert problems(summary) == [
        (3, "parent_code", "value_missing", "", True),
        (4, "parent_code", "unknown_parent", "state 99", True),
        (5, "parent_code", "unknown_parent", "district 63", True),
        (6, "latitude", "outside_india", "76.1", False),
        (6, "longitude", "outside_india", "29.1", False),
        (7, "kind", "unknown_word", "hamlet", True),
        (8, "parent_kind", "parent_not_above", "state", True),
    ]
    assert place("64").latitude is None


def test_a_new_spelling_changes_the_name_and_an_empty_cell_nothing(tmp_path):
    with_register(tmp_path, up_to="places")

    summary = taken_in(
        tmp_path, "places", "kind,code,name,name_hi,parent_kind,parent_code\ndistrict,63,Hissar,,state,6\n"
    )

    assert counts(summary) == (1, 1, 0, 0)
    assert (place("63").name, place("63").name_hi, place("63").latitude) == ("Hissar", "हिसार", 29.15)
