"""The command line of the made-up state."""

from pathlib import Path

from typer.testing import CliRunner

from rasad.cli import app


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["synth", *words])
    return result.exit_code, result.output


def test_the_command_writes_a_state(tmp_path: Path) -> None:
    code, told = run("--scale", "0.001", "--districts", "58, 604", "--seed", "3", "--out", str(tmp_path))
    assert code == 0
    assert "sources/cm_twitter.members.parquet" in told
    assert (tmp_path / "register/members.parquet").is_file()


def test_an_unknown_district_is_an_answer_not_a_traceback(tmp_path: Path) -> None:
    code, told = run("--districts", "58,24", "--out", str(tmp_path))
    assert code == 2
    assert "not districts of Haryana" in told
