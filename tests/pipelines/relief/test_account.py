"""A run that lost or doubled a row is a bug, and fails loudly."""

import ibis
import pyarrow.parquet as pq
import pytest

from rasad.pipelines.relief import account, results, stages
from rasad.pipelines.relief.run import relief_run
from tests.pipelines.relief.cast import FAMILY, LAKSHMI, family, files, opened, run

EXPECTED = {"SARAL": 3, "CM_TWITTER": 1}
GOOD = [
    ("SARAL", "token", "issued"),
    ("SARAL", "linked", "same_person"),
    ("SARAL", "refused", "on_free_card"),
    ("CM_TWITTER", "in_review", "not_forwarded"),
]


def summary(rows, expected=EXPECTED):
    columns = dict(zip(("source", "outcome", "reason"), zip(*rows, strict=True), strict=True))
    table = ibis.memtable({name: list(values) for name, values in columns.items()})
    return account.summary(table, expected)


def test_every_row_is_counted_once_under_its_outcome():
    told = summary(GOOD)
    assert (told["rows"], told["tokens"], told["linked"]) == (4, 1, 1)
    assert (told["refused"], told["in_review"]) == ({"on_free_card": 1}, {"not_forwarded": 1})


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (GOOD[1:], "SARAL: 3 rows read, 2 rows ended somewhere"),
        ([*GOOD, GOOD[0]], "SARAL: 3 rows read, 4 rows ended somewhere"),
        ([*GOOD[:3], ("CM_TWITTER", None, None)], "1 rows of CM_TWITTER ended nowhere"),
        ([*GOOD[:3], ("CM_TWITTER", "refused", None)], "1 rows of CM_TWITTER ended without a reason"),
        ([*GOOD, ("NOBODY", "token", "issued")], "1 rows of NOBODY came from nowhere"),
    ],
)
def test_row_that_is_lost_doubled_or_ends_nowhere_fails_the_run(rows, words):
    with pytest.raises(account.NotAccountedFor) as wrong:
        summary(rows)
    assert str(wrong.value) == words


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("account")
    files([family("SARAL", "asha", *FAMILY), family("SARAL", "lakshmi", LAKSHMI)]).written(folder)
    run(folder)
    return folder


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("rows", "SARAL: 2 rows read, 1 rows ended somewhere"),
        ("assigned", "tokens issued, assigned and counted"),
    ],
)
def test_stage_that_dropped_a_row_fails_the_run_and_no_result_is_written(folder, stage, words):
    out = folder / "out"
    path = out / "stages" / f"{stage}.parquet"
    whole = pq.read_table(path)
    pq.write_table(whole.slice(1), path)
    before = {name: (out / name).read_bytes() for name in ("summary.json", "tokens.parquet", "rows.parquet")}
    work = opened(folder)
    try:
        with pytest.raises(account.NotAccountedFor, match=words):
            relief_run(work, out)
    finally:
        work.engine.close()
        pq.write_table(whole, path)
    assert {name: (out / name).read_bytes() for name in before} == before


def test_one_row_doubled_for_another_lost_fails_the_run(folder):
    path = folder / "out" / "stages" / "rows.parquet"
    whole = pq.read_table(path)
    pq.write_table(whole.take([0, 0]), path)
    try:
        with pytest.raises(account.NotAccountedFor, match="rows counted twice"):
            run(folder)
    finally:
        pq.write_table(whole, path)


def test_result_that_lacks_a_token_fails_the_run(folder, monkeypatch):
    whole = results.tokens
    monkeypatch.setattr(results, "tokens", lambda work: whole(work).limit(1))
    with pytest.raises(account.NotAccountedFor, match="2 tokens counted, 1 written"):
        run(folder)
    assert not (folder / "out" / "summary.json").exists()


def test_row_doubled_in_the_middle_of_a_run_fails_it(folder, tmp_path):
    """A family that passed twice through one stage would draw twice."""
    work = opened(folder, tmp_path)
    try:
        for stage in stages.STAGES[:3]:
            stage.run(work)
        path = tmp_path / "stages" / "screened.parquet"
        whole = pq.read_table(path)
        pq.write_table(whole.take([0, *range(len(whole))]), path)
    finally:
        work.engine.close()
    with pytest.raises(account.NotAccountedFor):
        run(folder, tmp_path)
