"""What the files look like: their columns, their bytes, and how they take each other's place."""

import hashlib
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest

from rasad.pipelines.synth.state import write_state

FAMILY = {
    "reference": "string",
    "district": "string",
    "place": "string",
    "place_name": "string",
    "address": "string",
    "received_on": "date32[day]",
    "mobile": "string",
    "family_id": "string",
    "card_number": "string",
}
MEMBER = {
    "reference": "string",
    "line": "int32",
    "name": "string",
    "guardian_name": "string",
    "relation": "string",
    "sex": "string",
    "born_on": "date32[day]",
    "age": "int32",
    "mobile": "string",
    "aadhaar": "string",
}
FORWARDED = {"forwarded": "bool", "forwarded_on": "date32[day]"}
FILES = {
    "register/places": {
        "kind": "string",
        "code": "string",
        "name": "string",
        "name_hi": "string",
        "parent_kind": "string",
        "parent_code": "string",
        "latitude": "double",
        "longitude": "double",
        "since": "date32[day]",
    },
    "register/shops": {
        "number": "string",
        "name": "string",
        "name_hi": "string",
        "place": "string",
        "district": "string",
        "address": "string",
        "latitude": "double",
        "longitude": "double",
        "capacity": "int32",
        "dealer_name": "string",
        "dealer_mobile": "string",
        "open_since": "date32[day]",
        "open_until": "date32[day]",
    },
    "register/cards": {
        "card_number": "string",
        "category": "string",
        "family_id": "string",
        "place": "string",
        "district": "string",
        "shop_number": "string",
        "address": "string",
        "issued_on": "date32[day]",
        "ended_on": "date32[day]",
    },
    "register/members": {
        "card_number": "string",
        "line": "int32",
        "name": "string",
        "guardian_name": "string",
        "relation": "string",
        "sex": "string",
        "born_on": "date32[day]",
        "birth_year": "int32",
        "mobile": "string",
        "aadhaar": "string",
    },
    "sources/mmpsy.families": {**FAMILY, "card_category": "string"},
    "sources/saral.families": {**FAMILY, "verified": "bool", "verified_on": "date32[day]"},
    "sources/local_committee.families": {**FAMILY, "ration_option": "string", **FORWARDED},
    "sources/cm_twitter.families": {**FAMILY, **FORWARDED, "handle": "string"},
    "sources/mmpsy.members": MEMBER,
    "sources/saral.members": MEMBER,
    "sources/local_committee.members": MEMBER,
    "sources/cm_twitter.members": MEMBER,
    "truth/rows": {
        "source": "string",
        "reference": "string",
        "line": "int32",
        "household": "int64",
        "outcome": "string",
        "reason": "string",
        "on_free_card": "bool",
        "exactly": "bool",
    },
    "truth/people": {"source": "string", "reference": "string", "line": "int32", "person": "int64"},
    "truth/register": {"card_number": "string", "line": "int32", "person": "int64"},
}


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def small(folder: Path, **chosen: object) -> dict[str, int]:
    return write_state(folder, **{"scale": 0.001, "seed": 1, "districts": ["58", "604"], **chosen})


def test_every_file_has_its_columns_and_types(state: Path) -> None:
    found = {
        str(path.relative_to(state).with_suffix("")): {
            field.name: str(field.type) for field in pyarrow.parquet.read_schema(path)
        }
        for path in state.rglob("*")
        if path.is_file()
    }
    assert found == FILES


def test_references_take_the_place_of_numbers(tmp_path: Path) -> None:
    small(tmp_path, identity="references")
    schema = pyarrow.parquet.read_schema(tmp_path / "register/members.parquet")
    assert "aadhaar" not in schema.names
    assert str(schema.field("identity_key").type) == "int64"
    assert str(schema.field("aadhaar_ref").type) == "string"


def test_the_key_is_how_its_reference_begins(tmp_path: Path) -> None:
    small(tmp_path, identity="references")
    rows = pyarrow.parquet.read_table(tmp_path / "sources/mmpsy.members.parquet").to_pylist()
    given = [row for row in rows if row["aadhaar_ref"] is not None]
    assert len(given) > 100
    assert [row["identity_key"] for row in given] == [
        int.from_bytes(bytes.fromhex(row["aadhaar_ref"])[:8], "big", signed=True) for row in given
    ]
    assert {row["identity_key"] for row in rows if row["aadhaar_ref"] is None} == {None}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    small(tmp_path / "one")
    small(tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    small(tmp_path / "one")
    small(tmp_path / "two", seed=2)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert one.keys() == two.keys()
    assert not set(one.values()) & set(two.values())


def test_rows_are_counted_as_written(tmp_path: Path) -> None:
    rows = small(tmp_path)
    assert rows == {
        name: pyarrow.parquet.read_metadata(tmp_path / f"{name}.parquet").num_rows for name in FILES
    }


def test_csv_holds_the_same_and_replaces_parquet(tmp_path: Path) -> None:
    small(tmp_path)
    before = pyarrow.parquet.read_table(tmp_path / "register/cards.parquet").column("card_number").to_pylist()
    small(tmp_path, form="csv")
    text = pyarrow.csv.ConvertOptions(column_types={"card_number": "string"})
    after = pyarrow.csv.read_csv(tmp_path / "register/cards.csv", convert_options=text)
    assert after.column("card_number").to_pylist() == before
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".csv"}


def test_a_write_cut_off_leaves_the_earlier_state(tmp_path: Path) -> None:
    small(tmp_path)
    before = digests(tmp_path)

    def pull_the_plug(done: int, total: int, what: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small(tmp_path, seed=2, on_progress=pull_the_plug)
    assert digests(tmp_path) == before


def test_a_district_of_another_state_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not districts of Haryana by LGD code: 24, 999"):
        small(tmp_path, districts=["58", "24", "999"])
    assert digests(tmp_path) == {}


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    small(tmp_path, on_progress=lambda *told: seen.append(told))
    assert seen == [(0, 2, "places and shops"), (0, 2, "Ambala"), (1, 2, "Nuh"), (2, 2, "done")]
