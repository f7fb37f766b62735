"""A matcher that learns from the tables: who is one person, what a surname says where, what people judged."""

import pyarrow as pa
import pytest

from rasad.pipelines.engine import Engine
from rasad.pipelines.people import batch, blocks, frequencies, ready, trained, weighed
from rasad.pipelines.people.batch import Limits
from rasad.values.refused import Refused
from tests.pipelines.people.cast import COLUMNS, link


@pytest.fixture
def engine(tmp_path):
    running = Engine("duckdb", scratch=tmp_path / "scratch")
    yield running
    running.close()


def matched(engine, *tables, at_least=0.0, name="t"):
    given = [
        engine.keep(table, engine.scratch / f"{name}_given_{at}.parquet") for at, table in enumerate(tables)
    ]
    told = ready.readied(engine, given, [COLUMNS] * len(given), year=2020, name=name)
    return trained.pairs_of(engine, told, at_least=at_least, name=name)


def scores(pairs, doubles):
    """Precision and recall where l7 and r7 are one person."""
    found = {(row["left"], row["right"]) for row in pairs.to_pyarrow().to_pylist()}
    right = {two for two in found if two[0][1:] == two[1][1:] and int(two[0][1:]) < doubles}
    return len(right) / len(found), len(right) / doubles


def learnt(model, comparison):
    """m and u of each level as learnt."""
    told = next(one for one in model.settings["comparisons"] if one["output_column_name"] == comparison)
    return {
        level["label_for_charts"]: (level.get("m_probability"), level.get("u_probability"))
        for level in told["comparison_levels"][1:]
    }


def test_people_are_found_again_in_another_table(engine):
    pairs, _ = matched(engine, *link())

    precision, recall = scores(pairs, 900)

    assert (precision > 0.98, recall > 0.97) == (True, True)


def test_tables_in_which_nobody_has_anything_in_common_give_no_pairs(engine):
    one = {"name": "Sunita Sharma", "guardian": "Ram", "sex": "F", "born": "1979-03-09", "place": "Kheri"}
    other = {"name": "Imran Khan", "guardian": "Aslam", "sex": "M", "born": "1958-11-20", "place": "Basia"}
    told = [
        pa.Table.from_pylist([{"person": "p", "mobile": mobile, **who}])
        for who, mobile in ((one, "6600000001"), (other, "6600000002"))
    ]

    pairs, _ = matched(engine, *told)

    assert pairs.to_pyarrow().num_rows == 0


def test_table_is_matched_with_itself(engine):
    left, right = link(doubles=300)
    both = left.slice(0, 300).select(COLUMNS).to_pylist() + right.select(COLUMNS).to_pylist()

    pairs, _ = matched(engine, left.schema.empty_table().from_pylist(both))

    precision, recall = scores(pairs, 300)
    assert (precision > 0.98, recall > 0.95) == (True, True)


def test_surname_says_much_where_few_share_it_and_little_where_most_do(engine):
    _, few = matched(engine, *link(shared_surname=0.0), name="few")
    _, most = matched(engine, *link(shared_surname=0.9), name="most")

    by_chance = [learnt(model, "surname")["same_surname"][1] for model in (few, most)]

    assert by_chance[0] < 0.05
    assert by_chance[1] > 0.3


def test_both_regions_are_matched_by_the_same_model(engine):
    regions = {
        share: matched(engine, *link(shared_surname=share), name=f"r{int(share * 10)}")[0]
        for share in (0.0, 0.9)
    }

    assert [min(scores(pairs, 900)) > 0.95 for pairs in regions.values()] == [True, True]


def test_large_blocks_are_left_out_and_people_found_in_smaller_ones(engine, monkeypatch):
    monkeypatch.setattr(blocks, "FEW_ROWS", 0)
    monkeypatch.setattr(blocks, "PAIRS_AT_LEAST", 8_000)

    pairs, _ = matched(engine, *link())

    assert scores(pairs, 900)[1] > 0.95


def test_prediction_in_chunks_finds_the_same_pairs(engine, monkeypatch):
    whole, _ = matched(engine, *link(), name="whole")
    monkeypatch.setattr(weighed, "ROWS_A_CHUNK", 500)
    parts, _ = matched(engine, *link(), name="parts")

    assert {tuple(row.values()) for row in whole.select("left", "right").to_pyarrow().to_pylist()} == {
        tuple(row.values()) for row in parts.select("left", "right").to_pyarrow().to_pylist()
    }


def judged_by(engine, rows):
    table = pa.Table.from_pylist([{"left": left, "right": right, "same": same} for left, right, same in rows])
    return engine.keep(table, engine.scratch / "judged.parquet")


def test_pair_judged_other_never_comes_back_and_one_judged_same_stays(engine):
    pairs, model = matched(engine, *link())
    judged = judged_by(engine, [("r3", "l3", False), ("l4", "r4", True), ("l1700", "r2900", True)])

    told = batch.verdicts(pairs, model.comparisons, Limits(), judged).to_pyarrow().to_pylist()

    found = {(row["left"], row["right"]): (row["verdict"], row["judged"]) for row in told}
    assert ("l3", "r3") not in found
    assert found["l4", "r4"] == found["l1700", "r2900"] == ("same", True)
    assert sum(row["judged"] for row in told) == 2


def test_who_is_like_in_names_and_place_only_is_left_to_a_person(engine):
    left, right = (table.drop_columns(["born", "mobile"]) for table in link())
    given = [engine.keep(table, engine.scratch / f"{at}.parquet") for at, table in enumerate((left, right))]
    columns = {name: name for name in COLUMNS if name not in ("born", "mobile")}
    told = ready.readied(engine, given, [columns] * 2, year=2020, name="names")
    pairs, model = trained.pairs_of(engine, told, at_least=0.0, name="names")

    verdicts = batch.verdicts(pairs, model.comparisons, Limits(same=2.0)).to_pyarrow()["verdict"].to_pylist()

    assert set(verdicts) == {"perhaps"}


def levels(engine, *tables):
    """The levels that pairs of two small tables reach, by comparison."""
    pairs, model = matched(engine, *tables, at_least=-100.0)
    names = {one.name: [level.name for level in reversed(one.levels)] for one in model.comparisons}
    return [
        {name: names[name][row[name]] for name in names if row[name] is not None and row[name] >= 0}
        for row in pairs.to_pyarrow().to_pylist()
    ]


def two(**differ):
    """The same person in two tables, but for what differs in the second."""
    who = {"name": "Saira Khan", "guardian": "Aslam Khan", "sex": "F", "born": "2002-09-12", "place": "Rania"}
    one = {"person": "a", **who, "mobile": "6600000001"}
    return [pa.Table.from_pylist([row]) for row in (one, {**one, "person": "b", **differ})]


@pytest.mark.parametrize(
    ("differ", "comparison", "level"),
    [
        ({"born": "2002-01-01"}, "birth", "same_birth_year"),
        # Two whole days of one year are two days, whatever the year.
        ({"born": "2002-05-29"}, "birth", "birth_date_near"),
        ({"born": "2002-09-13"}, "birth", "birth_date_with_a_slip"),
        # Aslam and Salim have the same consonants, and are two names, also with Khan behind them.
        ({"guardian": "Salim Khan"}, "guardian", "guardian_with_a_slip"),
        ({"guardian": "Aslamkhan"}, "guardian", "guardian_spelt_differently"),
        ({"name": "Sairakhan"}, "name", "name_spelt_differently"),
        ({"name": "Sairas Khan"}, "name", "name_with_a_slip"),
    ],
)
def test_what_two_records_agree_in(engine, differ, comparison, level):
    assert levels(engine, *two(**differ))[0][comparison] == level


def test_name_is_as_rare_as_it_is_among_the_neighbours(engine, monkeypatch):
    """Aslam is one in twenty in the State and every second man in Nuh: two Aslams there say little."""
    monkeypatch.setattr(frequencies, "ROWS_OF_A_DISTRICT", 10)
    rows = (
        [("Aslam", "nuh")] * 10
        + [("Imran", "nuh")] * 10
        + [("Ramesh", "hisar")] * 170
        + [("Aslam", "hisar")] * 10
    )
    people = engine.keep(
        pa.table(
            {"number": range(200), "first": [one for one, _ in rows], "district": [one for _, one in rows]}
        ),
        engine.scratch / "people.parquet",
    )

    tables, often = frequencies.localised(engine, [people], {"first", "district"}, name="t")

    told = tables[0].join(often["first_local"], "first_local").distinct().to_pyarrow().to_pylist()
    assert {(row["first"], row["district"], round(row["tf_first_local"], 3)) for row in told} == {
        ("Aslam", "nuh", 0.5), ("Imran", "nuh", 0.5), ("Ramesh", "hisar", 0.944), ("Aslam", "hisar", 0.056),
    }  # fmt: skip


def test_districts_of_few_people_say_nothing_of_names(engine):
    people = engine.keep(
        pa.table({"number": [1, 2], "first": ["a", "b"], "district": ["x", "y"]}),
        engine.scratch / "few.parquet",
    )

    assert frequencies.localised(engine, [people], {"first", "district"}, name="t")[1] == {}
    assert frequencies.localised(engine, [people.drop("district")], {"first"}, name="t")[1] == {}


def test_pairs_are_found_where_names_are_weighed_by_district(engine, monkeypatch):
    monkeypatch.setattr(frequencies, "ROWS_OF_A_DISTRICT", 100)
    given = []
    for at, table in enumerate(link()):
        districts = pa.array(["east" if "pur" in place else "west" for place in table["place"].to_pylist()])
        given.append(
            engine.keep(table.append_column("district", districts), engine.scratch / f"d_{at}.parquet")
        )
    columns = {name: name for name in (*COLUMNS, "district")}

    told = ready.readied(engine, given, [columns] * 2, year=2020, name="d")
    pairs, model = trained.pairs_of(engine, told, at_least=0.0, name="d")

    assert min(scores(pairs, 900)) > 0.95
    name = next(one for one in model.settings["comparisons"] if one["output_column_name"] == "name")
    assert name["comparison_levels"][1]["tf_adjustment_column"] == "first_local"


def test_tables_that_know_an_age_and_no_birthday_are_matched_by_it(engine):
    given = []
    for at, table in enumerate(link()):
        ages = pa.array([2020 - int(born[:4]) for born in table["born"].to_pylist()])
        aged = table.drop_columns(["born"]).append_column("age", ages)
        given.append(engine.keep(aged, engine.scratch / f"aged_{at}.parquet"))
    columns = {name: name for name in (*COLUMNS, "age") if name != "born"}

    told = ready.readied(engine, given, [columns] * 2, year=2020, name="aged")
    pairs, _ = trained.pairs_of(engine, told, at_least=0.0, name="aged")

    precision, recall = scores(pairs, 900)
    assert (precision > 0.95, recall > 0.9) == (True, True)


def test_run_that_finds_too_many_doubles_stops_and_says_so(engine):
    pairs, model = matched(engine, *link())
    told = batch.verdicts(pairs, model.comparisons, Limits(same=4.0))

    with pytest.raises(Refused) as refused:
        batch.check(told, 1_800, Limits(most_alike=0.1))

    assert (refused.value.code, refused.value.facts["rows"], refused.value.facts["limit"]) == (
        "too_many_alike", 1_800, 10,
    )  # fmt: skip
    batch.check(told, 1_800, Limits(most_alike=0.9))
