"""`rasad relief stage NAME`: one stage and what it wrote, on the terminal, without identities."""

import re

import pytest
from rich.console import Console
from typer.testing import CliRunner

from rasad.cli import app
from rasad.pipelines.relief.stages import STAGES
from rasad.relief import commands
from rasad.settings import IDENTITY_KEY
from rasad.values.aadhaar import identity_key, reference
from tests.pipelines.relief.cast import ASHA, FAMILY, LAKSHMI, SURESH, card, crowd, family, files

# A word of each table the stage writes, as its first rows show it.
SHOWN = {
    "collect": ["families", "people", "untidy", "shared", "SARAL", "mangali"],
    "problems": ["problems"],
    "screen": ["screened", "no_members"],
    "check": ["on_card", "069000000001", "OPH"],
    "match": ["probably_on_card", "resembling"],
    "merge": ["merged"],
    "issue": ["tokens", "contested", "2020-04,2020-05,2020-06"],
    "assign": ["assigned", "own_place"],
    "account": ["rows", r"nobody \[/bold\]", "on_free_card", "XXXXXXXX0001"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    asking = [
        family("SARAL", "asha", *FAMILY),
        family("MMPSY", "asha", ASHA, SURESH),
        family("LOCAL_COMMITTEE", "lakshmi", LAKSHMI),
        family("CM_TWITTER", "nobody [/bold]"),
        family("SARAL", "pooja", FAMILY[2].but(aadhaar=None)),
    ]
    state = files(asking, [*crowd(20), card("069000000001", "OPH", ASHA)])
    return state.written(tmp_path_factory.mktemp("stage"))


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch):
    monkeypatch.setattr(commands, "console", Console(stderr=True, width=400))


def command(folder, name, *more):
    given = ["--sources", folder / "sources", "--register", folder / "register", "--out", folder / "out"]
    return CliRunner().invoke(app, ["relief", "stage", name, *(str(part) for part in given), *more])


def test_every_stage_has_its_story():
    assert list(SHOWN) == [stage.name for stage in STAGES]


@pytest.mark.req("R-NFR-03")
@pytest.mark.parametrize("name", SHOWN)
def test_stage_shows_its_tables_and_no_identity(folder, name):
    told = command(folder, name, "--show", "20")
    assert told.exit_code == 0, told.output
    assert [word for word in SHOWN[name] if not re.search(word, told.output)] == []
    references = [reference(person.aadhaar, IDENTITY_KEY) for person in FAMILY]
    secrets = [
        *(person.aadhaar for person in FAMILY),
        *(one.hex() for one in references),
        *(str(identity_key(one)) for one in references),
        "identity_key",
        "aadhaar_ref",
    ]
    plain = re.sub(r"[\s│┃]", "", told.output)
    assert [secret for secret in secrets if secret in plain] == []


def test_fewer_rows_are_shown_when_asked(folder):
    assert "families (1 shown)" in command(folder, "collect", "--show", "1").output


def test_stage_nobody_knows_is_refused_in_words_with_the_stages_there_are(folder):
    told = command(folder, "chek")
    assert told.exit_code == 1
    assert "[unknown_stage]" in told.output
    assert ", ".join(SHOWN) in told.output.replace("\n", " ")
    assert "Traceback" not in told.output


def test_missing_file_is_refused_in_words(folder, tmp_path):
    given = [
        "--sources",
        str(tmp_path),
        "--register",
        str(folder / "register"),
        "--out",
        str(tmp_path / "out"),
    ]
    told = CliRunner().invoke(app, ["relief", "run", "--files-only", *given])
    assert told.exit_code == 1
    assert "mmpsy.families.csv" in told.output
    assert "[file_missing]" in told.output


@pytest.mark.parametrize(
    ("option", "code"),
    [
        (("--scheme", "drt_1999"), "unknown_scheme"),
        (("--scheme", "nowhere.yaml"), "bad_pack"),
        (("--engine", "polars"), "unknown_engine"),
        (("--memory", "much"), "memory_not_understood"),
    ],
)
def test_option_that_cannot_be_meant_is_refused_in_words(folder, option, code):
    told = command(folder, "collect", *option)
    assert (told.exit_code, f"[{code}]" in told.output) == (1, True)
