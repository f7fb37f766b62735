from pathlib import Path

import pytest

from rasad.policy import relief
from rasad.policy.packs import read
from rasad.policy.price_rows import PriceFile
from rasad.values.refused import Refused

FLOOD = (Path(__file__).parent / "flood_2023.yaml").read_text()
PRICE = """\
rows:
  - id: hr.oil.price
    value: "20.00"
    unit: Rs per kg
    applies: {category: [OPH], commodity: oil}
    from: 2018-01-01
    to: null
    basis: assumed
    source: {file: order.txt, quotation: oil at Rs 20}
"""


def problem_of(call):
    with pytest.raises(Refused) as refused:
        call()
    facts = refused.value.facts
    assert refused.value.code == "bad_pack"
    assert facts["advice"]
    return facts["line"], facts["where"], facts["problem"]


def scheme_problem(tmp_path, old, new):
    assert old in FLOOD
    file = tmp_path / "scheme.yaml"
    file.write_text(FLOOD.replace(old, new, 1))
    return problem_of(lambda: relief.load_scheme(file))


def price_problem(tmp_path, text):
    file = tmp_path / "prices.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return problem_of(lambda: read(file, PriceFile))


WRONG_SCHEMES = [
    ("inherits: {category: AAY", "inherits: {category: XYZ", 15, "IN-HR has no category XYZ"),
    ("categories: [AAY]", "categories: [XYZ]", 16, "IN-HR has no category XYZ"),
    ("jurisdiction: IN-HR", "jurisdiction: IN-XX", 5, "no State's packs are for IN-XX"),
    ("hr.helpline.pds", "hr.helpline.none", 6, "IN-HR has no contact hr.helpline.none"),
    ("[2023-07, 2023-08]", "[2023-08, 2023-07]", 9, "write the months in order, each once"),
    ("[2023-07, 2023-08]", "[2023-07, 2023-13]", 9, "2023-13 is not a month"),
    ("to: 2023-08-31", "to: 2023-09-01", 11, "the last day lies outside the last month, 2023-08"),
    ("from: 2023-07-12", "from: 2023-06-30", 10, "the first day lies outside the first month, 2023-07"),
    ("column: handle", "column: nobody", 52, "the source has no column nobody"),
    ("value: 30", "value: deep", 68, "water_depth_cm is integer, the test compares another type"),
    (
        "test: at_least",
        "test: at_random",
        67,
        "Input should be 'is', 'is_one_of', 'is_present', 'at_least' or",
    ),
    ("file: relief_camp", "file: saral", 58, "two sources have the file saral"),
    ("refuse_weight: 10", "refuse_weight: 3", 80, "a match must be surer to refuse than to be reviewed"),
    ("grey_zone: {rule: hold", "grey_zone: {rule: wait", 85, "Input should be 'token_and_review' or 'hold'"),
    ("carry_back: true", "carry_back: perhaps", 12, "Input should be a valid boolean"),
    ("hi: बाढ़ राशन टोकन, ", "", 4, "Field required"),
]


@pytest.mark.parametrize(("old", "new", "line", "problem"), WRONG_SCHEMES)
def test_a_wrong_scheme_is_refused_with_its_line(tmp_path, old, new, line, problem):
    found = scheme_problem(tmp_path, old, new)
    assert (found[0], found[2][: len(problem)]) == (line, problem)


WRONG_PACKS = [
    (PRICE.replace('"20.00"', "20.00"), 3, 'write the number in quotes: "20.0"'),
    (PRICE.replace("20.00", "twenty"), 3, "'twenty' is not a number"),
    (PRICE.replace("    basis: assumed\n", ""), 2, "Field required"),
    (PRICE.replace("basis", "bases"), 2, "Field required"),
    (PRICE.replace("to: null", "to: 2017-12-31"), 7, "hr.oil.price ends on 2017-12-31, before its first day"),
    (PRICE.replace("    unit", "    value: '30'\n    unit"), 4, "`value` is written twice"),
    (PRICE.replace("[OPH]", "[OPH"), 5, "expected ',' or ']', but got '}'"),
    (PRICE.encode() + b"# \xff", 0, "the file is not UTF-8 text"),
    ("", 1, "Input should be a valid dictionary or instance of PriceFile"),
]


@pytest.mark.parametrize(("text", "line", "problem"), WRONG_PACKS)
def test_a_wrong_pack_is_refused_with_its_line(tmp_path, text, line, problem):
    found = price_problem(tmp_path, text)
    assert (found[0], found[2]) == (line, problem)


def test_two_rows_in_force_on_one_day_are_refused(tmp_path):
    again = PRICE + PRICE.removeprefix("rows:\n").replace("hr.oil.price", "hr.oil.again")
    line, where, problem = price_problem(tmp_path, again)
    assert (line, where) == (10, "rows.1")
    assert problem.startswith("hr.oil.again and hr.oil.price are in force on the same day")


def test_a_row_that_begins_when_the_one_before_has_ended_is_taken(tmp_path):
    later = PRICE.removeprefix("rows:\n").replace("hr.oil.price", "hr.oil.later").replace("2018-", "2019-")
    file = tmp_path / "prices.yaml"
    file.write_text(PRICE.replace("to: null", "to: 2018-12-31") + later)
    assert [row.id for row in read(file, PriceFile).rows] == ["hr.oil.price", "hr.oil.later"]


def test_a_missing_pack_is_refused():
    assert (
        problem_of(lambda: relief.load_scheme(Path("no_such_scheme.yaml")))[2] == "No such file or directory"
    )
