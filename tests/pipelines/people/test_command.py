"""`rasad people match`: two files of a department, or one, without anybody's help."""

import csv

import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.values.refused import Refused
from rasad.web.console import sentence

ASKING = """\
id,Name,Father's Name,DOB,Gender,Village,Mobile
1,Smt. Sunita Devi W/o Ram Lal,,09/03/1979,F,Kheri,6612345678
2,Md Aslam urf Guddu,Abdul Karim,1985,M,Rania,
3,Hemlata,Bishan,1950,F,Rania,
"""
HELD = """\
क्रमांक;नाम;पिता;जन्म_तिथि;लिंग;गाँव;मोबाइल
a;सुनीता;रामलाल;1979-03-09;महिला;खेड़ी;6612345678
b;Mohammad Aslam;अब्दुल करीम;1985-07-01;M;Rania;
c;Ramesh;Suresh;1950-02-02;M;Rania;
"""


def run(tmp_path, *more, asking=ASKING, held=HELD):
    paths = [tmp_path / "asking.csv", tmp_path / "held.csv"]
    for path, text in zip(paths, (asking, held), strict=True):
        path.write_text(text, encoding="utf-8")
    given = [str(path) for path in paths if path.read_text(encoding="utf-8")]
    return CliRunner().invoke(app, ["people", "match", *given, "--out", str(tmp_path / "out"), *more])


def written(tmp_path):
    with (tmp_path / "out" / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["left"], row["right"]): row for row in csv.DictReader(file)}


def test_two_files_are_matched_across_scripts_with_reasons_in_three_languages(tmp_path):
    result = run(tmp_path, "--explain")

    assert result.exit_code == 0, result.output
    told = written(tmp_path)
    assert set(told) == {("1", "a"), ("2", "b")}
    sunita = told["1", "a"]
    assert sunita["verdict"] == "same"
    assert sunita["why_en"].startswith("same name, ")
    assert ("एक ही" in sunita["why_hi"], "একই" in sunita["why_bn"]) == (True, True)


def test_column_with_another_heading_can_be_named(tmp_path):
    asking = ASKING.replace("Name,Father", "Bearer,Father")

    result = run(tmp_path, "--column", "name=Bearer", asking=asking, held=HELD.replace("नाम;", "Bearer;"))

    assert result.exit_code == 0, result.output
    assert ("1", "a") in written(tmp_path)


def test_judged_pairs_are_taken_from_a_file(tmp_path):
    (tmp_path / "judged.csv").write_text("left,right,judgement\n2,b,other\n3,c,same\n", encoding="utf-8")

    run(tmp_path, "--judged", str(tmp_path / "judged.csv"))

    told = written(tmp_path)
    assert set(told) == {("1", "a"), ("3", "c")}
    assert told["3", "c"]["why_en"] == "judged the same by a person"


def test_run_with_too_many_doubles_writes_nothing(tmp_path):
    again = {"1,Smt": "4,Smt", "2,Md": "5,Md", "3,Hem": "6,Hem"}
    twice = ASKING + ASKING.split("\n", 1)[1]
    for old, new in again.items():
        twice = new.join(twice.rsplit(old, 1))

    result = run(tmp_path, "--most-alike", "0.1", asking=twice, held="")

    assert result.exit_code == 1
    assert "too_many_alike" in result.output
    assert not (tmp_path / "out" / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("asking", "code", "said"),
    [
        (ASKING.replace("2,Md", "1,Md"), "person_twice", "2 rows bear the same number 1."),
        (ASKING.replace("2,Md", ",Md"), "person_not_told", "1 rows do not say whose they are."),
    ],
)
def test_every_row_is_one_person_with_a_number_of_its_own(tmp_path, asking, code, said):
    result = run(tmp_path, asking=asking)

    assert result.exit_code == 1
    assert (said in result.output, f"[{code}]" in result.output) == (True, True)
    assert not (tmp_path / "out" / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("asking", "code"),
    [
        ("", "file_missing"),
        ("id,Village\n1,Kheri\n", "no_name_column"),
        ("id,Name\n1,\udcff\n", "file_not_utf8"),
    ],
)
def test_file_that_cannot_be_used_is_refused_in_words(tmp_path, asking, code):
    path = tmp_path / "a.csv"
    if asking:
        path.write_bytes(asking.encode("utf-8", "surrogateescape"))

    result = CliRunner().invoke(app, ["people", "match", str(path), "--out", str(tmp_path / "out")])

    assert (result.exit_code, f"[{code}]" in result.output) == (1, True)


def test_judged_file_with_another_word_is_refused_with_its_line(tmp_path):
    (tmp_path / "judged.csv").write_text("left,right,judgement\n2,b,maybe\n", encoding="utf-8")

    result = run(tmp_path, "--judged", str(tmp_path / "judged.csv"))

    assert (result.exit_code, "[judged_not_readable]" in result.output) == (1, True)
    assert "Line 2" in sentence(Refused("judged_not_readable", file="judged.csv", line=2))
