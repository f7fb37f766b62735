"""Whatever stands in a file: every row is loaded, unchanged or refused, and nothing ends in a traceback."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasad.registry.models import ImportBatch, ImportProblem, Membership
from rasad.values.refused import Refused
from tests.registry.files import (
    KUMAR,
    MEMBERS,
    SHIVSHANKAR,
    TEXTS,
    counts,
    take_in,
    taken_in,
    with_register,
    written,
)

HEADING = MEMBERS.splitlines()[0].split(",")
QUICK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SIGNS = st.characters(exclude_categories=["Cs"])
JUNK = st.one_of(
    st.text(SIGNS, max_size=12),
    st.sampled_from(
        ["", " ", '"', "''", ",", "\n", "\r", "=1+1", "NULL", "-", "\x00", "\ufffd", "999999999999999"]
    ),
)
ROW = st.fixed_dictionaries(
    {
        "card_number": st.one_of(
            st.sampled_from(["006300000001", "006300000002", "005800000001", "९"]), JUNK
        ),
        "line": st.one_of(st.integers(-2, 120).map(str), JUNK),
        "name": st.one_of(st.sampled_from(["Asha", "Ravi", "मीना"]), JUNK),
        "guardian_name": JUNK,
        "relation": JUNK,
        "sex": st.one_of(st.sampled_from(["F", "male", "स्त्री"]), JUNK),
        "born_on": st.one_of(st.dates().map(str), JUNK),
        "birth_year": st.one_of(st.integers(1800, 2100).map(str), JUNK),
        "mobile": st.one_of(st.from_regex(r"[6-9]\d{9}", fullmatch=True), JUNK),
        "aadhaar": st.one_of(st.sampled_from([SHIVSHANKAR, KUMAR, "999941057059"]), JUNK),
    }
)


@pytest.fixture
def register(tmp_path, db):
    with_register(tmp_path)
    return tmp_path


@QUICK
@given(rows=st.lists(ROW, min_size=1, max_size=12))
def test_every_row_of_a_well_formed_file_is_accounted_for(register, rows):
    text = io.StringIO()
    out = csv.DictWriter(text, HEADING)
    out.writeheader()
    out.writerows(rows)

    summary = taken_in(register, "members", text.getvalue())

    read, loaded, unchanged, refused = counts(summary)
    left_out = (
        ImportProblem.objects.filter(batch=summary.batch, refuses=True).values("line").distinct().count()
    )
    assert read == len(rows) == loaded + unchanged + refused
    assert refused == left_out
    assert Membership.objects.count() >= loaded + unchanged


@QUICK
@given(
    text=st.one_of(st.binary(max_size=300), st.text(SIGNS, max_size=200).map(str.encode)),
    kind=st.sampled_from(sorted(TEXTS)),
)
def test_any_bytes_are_refused_by_name_or_accounted_for(register, text, kind):
    file = written(register, kind, TEXTS[kind].splitlines()[0].encode() + b"\n" + text)
    before = ImportBatch.objects.count()

    try:
        summary = take_in(kind, file)
    except Refused:
        assert ImportBatch.objects.count() == before
    else:
        assert summary.read == summary.loaded + summary.unchanged + summary.refused


@QUICK
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_same_rows_again_load_nothing(register, rows):
    text = io.StringIO()
    out = csv.DictWriter(text, HEADING)
    out.writeheader()
    out.writerows(rows)
    first = taken_in(register, "members", text.getvalue())

    again = taken_in(register, "members", text.getvalue() + "\r\n")

    assert counts(again) == (first.read, 0, first.loaded + first.unchanged, first.refused)
