"""Relief runs at the same moment, on real connections: no family and no person gets two tokens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from rasad.journal import queries as journal
from rasad.journal.models import Entry
from rasad.relief.models import Run, SourceRow, Token, TokenMember
from tests.relief.conftest import alone, first, second
from tests.relief.taking import counts, take_in

__all__ = ["alone", "first", "second"]

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Run]) -> list[Run]:
    """What each act answers when all start in the same moment, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Run]) -> Run:
        try:
            start.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.req("R-DRT-09")
def test_two_runs_over_the_same_families_at_once_give_each_one_token(first):
    runs = at_once(*[lambda key=key: take_in(first.keyed(key)) for key in ("one", "other")])

    assert sorted(run.summary["tokens_added"] for run in runs) == [0, 8]
    assert sorted(run.summary["rows_added"] for run in runs) == [0, 11]
    assert {run.state for run in runs} == {"done"}
    assert counts() == {"Token": 8, "TokenMember": 22, "SourceRow": 11, "Review": 1, "Run": 2, "Entry": 2}
    assert journal.verify().broken_at is None


@pytest.mark.req("R-DRT-09")
def test_three_runs_that_know_some_families_in_common_end_with_one_token_each(first, second, alone):
    at_once(*[lambda left=left: take_in(left) for left in (first, second, alone)])

    asha = SourceRow.objects.filter(reference__in=["M-1", "L-1", "T-3", "S-11"])
    assert len(set(asha.values_list("token", flat=True))) == 1
    late = SourceRow.objects.filter(reference__in=["S-3", "M-4"])
    assert len(set(late.values_list("token", flat=True))) == 1
    assert TokenMember.objects.filter(name="Pooja").count() == 1
    assert TokenMember.objects.filter(token__in=Token.objects.all()).count() == TokenMember.objects.count()
    assert Run.objects.filter(state="done").count() == 3


def test_one_run_started_twice_is_taken_in_once(first):
    runs = at_once(*[lambda: take_in(first)] * 3)

    assert {run.pk for run in runs} == {Run.objects.get().pk}
    assert (Token.objects.count(), Entry.objects.count()) == (8, 1)
