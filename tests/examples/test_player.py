from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.examples import player
from rasad.values.refused import Refused

ADDS = SimpleNamespace(
    GIVEN=frozenset(["a", "b.c", "list []", "many.[].kind"]),
    play=lambda given: {"sum": given["a"] + given.get("b", {}).get("c", 0), "text": "4.50"},
)


def ended(given, expect):
    got = player.outcome(ADDS, {"id": "X-1", "given": given, "expect": expect})
    return got.ended, got.why


def test_a_right_answer_passes():
    assert ended({"a": 1, "b": {"c": 2}, "list": [1, 2]}, {"sum": 3, "text": "4.50"}) == ("pass", "")


def test_a_wrong_answer_fails_with_got_and_expected():
    assert ended({"a": 1}, {"sum": 3}) == ("fail", "sum got 1, expected 3")


@pytest.mark.parametrize(("given", "expect"), [({"a": 1}, {"sum": True}), ({"a": 1}, {"text": "4.5"})])
def test_equality_is_exact(given, expect):
    assert ended(given, expect)[0] == "fail"


@pytest.mark.parametrize(
    ("given", "expect", "why"),
    [
        ({"a": 1, "d": 2}, {"sum": 1}, "unknown given: d"),
        ({"a": 1, "b": {"x": 2}}, {"sum": 1}, "unknown given: b.x"),
        ({"a": 1, "many": [{"kind": 1}, {"size": 2}]}, {"sum": 1}, "unknown given: many.[].size"),
        ({"a": 1}, {"sum": 1, "difference": 0}, "cannot be told: difference"),
        ({"b": {"c": 2}}, {"sum": 2}, "KeyError: 'a'"),
        ({"a": 1}, {}, "a case needs `given` and `expect`, each with at least one key"),
    ],
)
def test_what_is_not_understood_is_an_error(given, expect, why):
    assert ended(given, expect) == ("error", why)


def test_days_and_the_word_on_are_read_as_written(tmp_path):
    file = tmp_path / "cases.yaml"
    file.write_text("groups: {nobody: [{given: {on: 2021-08-10}}]}")
    assert player.plain({True: 1, "d": [player.date(2021, 8, 10)]}) == {"on": 1, "d": ["2021-08-10"]}
    assert [str(one) for one in player.played(file)] == ["error nobody: there is no group nobody"]


def test_a_file_without_groups_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        list(player.played(tmp_path / "none.yaml"))
    assert refused.value.code == "examples_unreadable"


def test_the_command_ends_with_status_one_when_a_case_is_not_played(tmp_path):
    file = tmp_path / "cases.yaml"
    file.write_text("groups: {nobody: [{id: X-1}]}")
    told = CliRunner().invoke(app, ["examples", str(file)])
    assert told.exit_code == 1
    assert told.output.splitlines()[-1] == "1 cases: 0 pass, 0 fail, 1 error"
