"""Every worked case beside the project is played and passes."""

import pytest

from rasad.examples.player import played
from tests.policy.packs_here import SHARED

FILE = SHARED / "examples" / "worked_examples.yaml"


def test_every_given_case_passes():
    if not FILE.is_file():
        pytest.skip("not possible on this machine: the worked examples are not beside the project")
    ended = [(one.case, one.ended, one.why) for one in played(FILE)]
    assert len(ended) >= 77
    assert [one for one in ended if one[1] != "pass"] == []
