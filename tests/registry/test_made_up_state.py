"""A made-up state goes in whole, with its mess told, and comes out as it went in."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from rasad.pipelines.synth.state import write_state
from rasad.registry import queries
from rasad.registry.models import ImportProblem
from rasad.shops import actions
from rasad.shops import queries as shops
from tests.registry.files import LATER

pytestmark = pytest.mark.django_db(transaction=True)
SCALE = 0.001


@pytest.mark.parametrize("identity", ["numbers", "references"])
def test_made_up_register_goes_in_whole_and_comes_out_again(tmp_path, identity):
    rows = write_state(
        tmp_path, scale=SCALE, seed=7, districts=["58", "67"], identity=identity, mess=0.01, form="csv"
    )

    summaries = {
        summary.kind: summary
        for summary in actions.import_register(folder=tmp_path / "register", by="meena", at=LATER)
    }

    assert {kind: summary.read for kind, summary in summaries.items()} == {
        kind: rows[f"register/{kind}"] for kind in ("places", "shops", "cards", "members")
    }
    assert {kind: summary.refused for kind, summary in summaries.items()} == dict.fromkeys(summaries, 0)
    assert set(ImportProblem.objects.values_list("code", flat=True)) <= {"bad_aadhaar", "aadhaar_taken"}
    written = queries.export_register(tmp_path / "out", on=date(2020, 6, 1))
    assert written["places"] == rows["register/places"]
    assert shops.export_shops(tmp_path / "out") == rows["register/shops"]
    numbers = set(pq.read_table(tmp_path / "out" / "cards.parquet")["card_number"].to_pylist())
    assert set(pq.read_table(tmp_path / "out" / "members.parquet")["card_number"].to_pylist()) <= numbers
