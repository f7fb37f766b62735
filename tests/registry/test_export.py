"""The register goes out as the files it could have come from, as it stood on a day."""

from datetime import date

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from rasad.registry import actions, queries
from rasad.registry.models import Place
from rasad.shops import queries as shops
from rasad.values import aadhaar
from tests.registry.files import (
    AT,
    CARDS,
    LATER,
    SHIVSHANKAR,
    card_ended,
    category_turned,
    counts,
    problems,
    take_in,
    taken_in,
    with_register,
)

pytestmark = pytest.mark.django_db(transaction=True)
APRIL, JUNE = date(2020, 4, 1), date(2020, 6, 2)


def exported(folder, on):
    rows = queries.export_register(folder, on=on)
    rows["shops"] = shops.export_shops(folder)
    return rows, {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in rows}


def test_files_hold_what_the_register_holds(tmp_path):
    with_register(tmp_path)

    rows, tables = exported(tmp_path / "out", APRIL)

    assert rows == {"places": 7, "cards": 3, "members": 4, "shops": 2}
    assert tables["cards"][0] == {
        "card_number": "006300000001", "category": "OPH", "family_id": "1ABC2345", "place": "61068",
        "district": "63", "shop_number": "063000000001", "address": "House 4",
        "issued_on": date(2016, 2, 1), "ended_on": None,
    }  # fmt: skip
    ref = aadhaar.reference(SHIVSHANKAR, settings.IDENTITY_KEY)
    assert tables["members"][0] == {
        "card_number": "006300000001", "line": 1, "name": "Asha Devi", "guardian_name": "Ram Lal",
        "relation": "self", "sex": "F", "born_on": date(1980, 5, 15), "birth_year": None,
        "mobile": "9876543210",
        "identity_key": aadhaar.identity_key(ref), "aadhaar_ref": ref.hex(),
    }  # fmt: skip
    assert tables["shops"][1] == {
        "number": "063000000001", "name": "Ravi Store", "name_hi": "", "place": "61068", "district": "63",
        "address": "Main road", "latitude": 29.1, "longitude": 75.95, "capacity": 1200, "dealer_name": "Ravi",
        "dealer_mobile": "9812345678", "open_since": date(2015, 1, 1), "open_until": None,
    }  # fmt: skip
    assert tables["places"][4] == {
        "kind": "village", "code": "61068", "name": "Hansi Rural", "name_hi": "",
        "parent_kind": "subdistrict", "parent_code": "396",
        "latitude": 29.1, "longitude": 75.95, "since": None,
    }  # fmt: skip


def test_what_goes_out_comes_in_again_unchanged(tmp_path):
    with_register(tmp_path)
    exported(tmp_path / "out", APRIL)

    summaries = [
        take_in(kind, tmp_path / "out" / f"{kind}.parquet")
        for kind in ("places", "shops", "cards", "members")
    ]

    assert [counts(summary) for summary in summaries] == [
        (7, 0, 7, 0),
        (2, 0, 2, 0),
        (3, 0, 3, 0),
        (4, 0, 4, 0),
    ]
    assert [problems(summary) for summary in summaries] == [[], [], [], []]


def test_same_register_gives_the_same_bytes(tmp_path):
    with_register(tmp_path)

    exported(tmp_path / "one", APRIL)
    exported(tmp_path / "two", APRIL)

    for name in ("places", "shops", "cards", "members"):
        assert (tmp_path / "one" / f"{name}.parquet").read_bytes() == (
            tmp_path / "two" / f"{name}.parquet"
        ).read_bytes()


def test_category_district_and_members_are_those_of_the_day(tmp_path):
    with_register(tmp_path)
    category_turned("006300000001", "AAY", on=date(2020, 6, 1))
    card_ended("006300000002", on=date(2020, 5, 1))
    taken_in(tmp_path, "members", "card_number,line,name\n006300000001,3,Baby\n", at=LATER)
    hansi = Place.objects.create(kind="district", code="792", name="Hansi")
    subdistrict = Place.objects.get(code="396")
    actions.move_place(place=subdistrict, parent=hansi, on=date(2020, 6, 1), by="meena", at=AT)

    _, april = exported(tmp_path / "april", APRIL)
    _, june = exported(tmp_path / "june", JUNE)

    def seen(tables):
        return [(card["card_number"], card["category"], card["district"]) for card in tables["cards"]]

    assert seen(april) == [
        ("006300000001", "OPH", "63"),
        ("006300000002", "AAY", "63"),
        ("005800000001", "APL", "58"),
    ]
    assert seen(june) == [("006300000001", "AAY", "792"), ("005800000001", "APL", "58")]
    assert [member["name"] for member in april["members"]] == ["Asha Devi", "Mohan", "Kamla", "Suresh"]
    assert [member["name"] for member in june["members"]] == ["Asha Devi", "Mohan", "Suresh", "Baby"]


def test_family_known_by_its_district_only_has_no_place(tmp_path):
    with_register(tmp_path, up_to="shops")
    taken_in(tmp_path, "cards", f"{CARDS.splitlines()[0]}\n006300000001,OPH,,77777,63,,,2016-02-01,\n")

    _, tables = exported(tmp_path / "out", APRIL)

    assert [(card["place"], card["district"]) for card in tables["cards"]] == [("", "63")]
