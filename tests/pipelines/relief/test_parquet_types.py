"""Parquet as other programs write it: codes as numbers, days as moments, columns of nothing, many parts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.pipelines.relief.cast import aadhaar, files, run

LOST = 3_000
MIDNIGHT_IN_INDIA = datetime(2020, 4, 30, 18, 31, tzinfo=UTC)


FAMILIES = pa.table(
    {
        "reference": pa.array([1001, 1002, 1003, 1004, None], pa.int64()),
        "district": pa.array([63.0, 63.0, 63.0, 63.0, None], pa.float64()),
        "place": pa.array([Decimal("600001.00")] * 4 + [None], pa.decimal128(10, 2)),
        "place_name": pa.nulls(5),
        "address": pa.array(["House 1", None, "", "House 4", None], pa.large_string()),
        "received_on": pa.array([MIDNIGHT_IN_INDIA] * 5, pa.timestamp("us", "UTC")),
        "mobile": pa.array([9812000001, None, 9812000003, 9812000004, None], pa.float64()),
        "family_id": pa.nulls(5, pa.int32()),
        "card_number": pa.array(["069000000001", None, None, None, None]).dictionary_encode(),
        "verified": pa.array([1, 1, 0, 1, None], pa.int8()),
        "verified_on": pa.array([date(2020, 4, 1)] * 5, pa.date64()),
    }
)
MEMBERS = pa.table(
    {
        "reference": pa.array([1001, 1002, 1003, 1004, 1004, 9999], pa.uint16()),
        "line": pa.array([1.0, 1.0, 1.0, 1.0, 2.0, 1.0]),
        "name": pa.array(["Asha", "Suresh", "Pooja", "Ravi", "Meena", "Nobody"]).dictionary_encode(),
        "guardian_name": pa.nulls(6),
        "relation": pa.nulls(6, pa.binary()),
        "sex": pa.array(["F", "M", "F", "M", "F", "F"], pa.large_string()),
        "born_on": pa.array([datetime(1985, 6, 14, 23, 59, tzinfo=UTC)] * 5 + [None], pa.timestamp("ns")),
        "age": pa.array([34.0, -1.0, 1e19, None, 5.0, 6.0], pa.float64()),
        "mobile": pa.nulls(6),
        # What a table with gaps makes of numbers.
        "aadhaar": pa.array([None, float(aadhaar(1)), None, float(aadhaar(2)), None, None], pa.float64()),
    }
)


def cards():
    return pa.table(
        {
            "card_number": pa.array([69000000002, 69000000003], pa.int64()),
            "category": pa.array(["OPH", "APL"]).dictionary_encode(),
            "family_id": pa.nulls(2),
            "place": pa.array([600001, 600001]),
            "district": pa.array([63, 63], pa.int16()),
            "issued_on": pa.array([datetime(2015, 1, 1, tzinfo=UTC)] * 2, pa.timestamp("ms")),
            "ended_on": pa.nulls(2),
        }
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = files().written(tmp_path_factory.mktemp("types"))
    sources, register = folder / "sources", folder / "register"
    # Half of the families in one part, thousands of rows without anything in another.
    (sources / "saral.families.parquet").unlink()
    parts = sources / "saral.families"
    parts.mkdir()
    pq.write_table(FAMILIES, parts / "part-0.parquet")
    empty = pa.table({field.name: pa.nulls(LOST, field.type) for field in FAMILIES.drop(["address"]).schema})
    pq.write_table(empty, parts / "part-1.parquet")
    pq.write_table(MEMBERS, sources / "saral.members.parquet")
    pq.write_table(cards(), register / "cards.parquet")
    people = {"card_number": [69000000002], "line": [1], "name": ["A"], "sex": ["M"], "aadhaar": [aadhaar(1)]}
    pq.write_table(pa.table(people), register / "members.parquet")
    places = pq.read_table(register / "places.parquet").to_pylist()
    village = next(one for one in places if one["code"] == "mangali") | {"code": "600001"}
    numbers = [int(one["code"]) if one["code"].isdigit() else 0 for one in [*places, village]]
    told = pa.Table.from_pylist([*places, village]).set_column(1, "code", pa.array(numbers, pa.int32()))
    pq.write_table(told, register / "places.parquet")
    shop = {
        "number": [1.0],
        "place": [600001],
        "district": [63],
        "capacity": [50.0],
        "latitude": [float("nan")],
    }
    pq.write_table(pa.table(shop | {"longitude": pa.nulls(1)}), register / "shops.parquet")
    return run(folder)


def test_codes_kept_as_numbers_are_the_same_codes(told):
    token = told.token("SARAL", "1001")
    assert (token["district"], token["place"], token["place_name"]) == ("63", "600001", "Mangali")
    assert (token["shop"], token["shop_reason"]) == ("1", "own_place")
    assert (token["mobile"], token["address"]) == ("9812000001", "House 1")


def test_moment_of_time_is_the_day_it_was_in_india(told):
    assert told.row("SARAL", "1001")["received_on"] == date(2020, 5, 1)
    assert told.token("SARAL", "1001")["months"] == "2020-05,2020-06"


def test_rows_end_as_their_values_say(told):
    assert [told.ended("SARAL", reference) for reference in ("1001", "1002", "1003", "1004")] == [
        ("token", "issued"),
        ("refused", "on_free_card"),
        ("in_review", "not_verified"),
        ("token", "issued"),
    ]
    assert told.row("SARAL", "1002")["card_masked"] == "XXXXXXX0002"


def test_rows_without_anything_are_refused_one_by_one(told):
    rows = [row for row in told.read("rows") if row["reference"] is None]
    assert {(row["outcome"], row["reason"]) for row in rows} == {("refused", "no_reference")}
    assert sorted(row["line"] for row in rows) == list(range(1, LOST + 2))


def test_what_does_not_fit_its_column_is_told_and_left_out(told):
    assert told.problems("1002") == [("age", "impossible_age", "'-1")] or told.problems("1002") == [
        ("age", "impossible_age", "'-1.0")
    ]
    assert [one[:2] for one in told.problems("1003")] == [("age", "not_an_integer")]
    assert told.problems("9999") == [("reference", "member_without_family", "")]
