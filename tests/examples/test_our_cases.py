"""Cases of our own, worked out by hand from the rules, are played as strangers' cases are."""

from pathlib import Path

import pytest
import yaml

from rasad.examples import player

FILE = Path(__file__).with_name("our_cases.yaml")
CASES = [
    pytest.param(group, case, id=case["id"])
    for group, cases in yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"].items()
    for case in cases
]


@pytest.mark.parametrize(("group", "case"), CASES)
def test_our_case_passes(group, case):
    assert str(player.outcome(player.groups()[group], case)) == f"pass  {case['id']}  {case['title']}"
