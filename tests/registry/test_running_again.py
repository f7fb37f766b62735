"""The same file twice changes nothing; a run that was killed goes on and ends the same."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from rasad.journal.models import Entry
from rasad.registry.importing import load
from rasad.registry.models import Card, ImportBatch, Membership, Person
from tests.registry.files import (
    AT,
    CARDS,
    MEMBERS,
    counts,
    problems,
    take_in,
    taken_in,
    with_register,
    written,
)

KILLED_RUN = Path(__file__).with_name("killed_run.py")


def many_members(folder: Path) -> Path:
    """Six families of four; one name missing, one unknown card."""
    cards = "".join(f"0063000001{n:02},OPH,,61068,63,,,2016-02-01,\n" for n in range(6))
    taken_in(folder, "cards", CARDS.splitlines()[0] + "\n" + cards)
    rows = [f"0063000001{n:02},{line},Name {n} {line},,,,,,," for n in range(6) for line in range(1, 5)]
    rows[5] = rows[5].replace("Name 1 2", "")
    rows[13] = "0099" + rows[13][4:]
    return written(folder, "members", MEMBERS.splitlines()[0] + "\n" + "\n".join(rows) + "\n")


@pytest.mark.django_db
def test_same_file_twice_is_known_by_its_contents(tmp_path):
    with_register(tmp_path)
    renamed = (tmp_path / "members.csv").rename(tmp_path / "again.csv")

    summary = take_in("members", renamed)

    assert (counts(summary), summary.known) == ((4, 0, 4, 0), True)
    assert ImportBatch.objects.filter(kind="members").count() == 1
    assert Entry.objects.filter(facts__kind="members").count() == 1


@pytest.mark.django_db
def test_file_with_problems_is_read_again_because_what_was_missing_may_have_come(tmp_path):
    with_register(tmp_path, up_to="shops")
    without_cards = taken_in(tmp_path, "members", MEMBERS)
    taken_in(tmp_path, "cards", CARDS)

    with_cards = taken_in(tmp_path, "members", MEMBERS)

    assert (counts(without_cards), counts(with_cards)) == ((4, 0, 0, 4), (4, 4, 0, 0))
    assert without_cards.batch == with_cards.batch
    assert Membership.objects.filter(during__startswith="2016-02-01").count() == 3


@pytest.mark.django_db
def test_older_file_does_not_undo_a_newer_one(tmp_path):
    with_register(tmp_path)
    taken_in(tmp_path, "cards", CARDS.replace("House 4", "House 5"))

    summary = taken_in(tmp_path, "cards", CARDS)

    assert summary.known
    assert Card.objects.get(number="006300000001").household.address == "House 5"


@pytest.mark.django_db
def test_small_chunks_give_the_same_as_one(tmp_path):
    with_register(tmp_path, up_to="shops")
    file = many_members(tmp_path)

    summary = take_in("members", file, chunk_rows=5)

    assert counts(summary) == (24, 22, 0, 2)
    assert [problem[:3] for problem in problems(summary)] == [
        (7, "name", "value_missing"),
        (15, "card_number", "unknown_card"),
    ]
    assert Person.objects.count() == Membership.objects.count() == 22


@pytest.mark.django_db
def test_import_is_written_into_the_journal(tmp_path):
    with_register(tmp_path)

    entry = Entry.objects.latest("number")

    batch = ImportBatch.objects.get(kind="members")
    assert (entry.action, entry.by, entry.at, entry.of_key) == ("file.imported", "meena", AT, str(batch.pk))
    assert entry.facts == {
        "kind": "members", "file": "members.csv", "digest": batch.digest,
        "read": 4, "loaded": 4, "unchanged": 0, "refused": 0,
    }  # fmt: skip


@pytest.mark.django_db
def test_rows_that_do_not_add_up_are_a_loud_failure(tmp_path, monkeypatch):
    with_register(tmp_path, up_to="cards")
    lose_one_row = load.chunk.take_in

    def losing(kind, opened, batch, start, end, **given):
        lose_one_row(kind, opened, batch, start, end, **given)
        ImportBatch.objects.filter(pk=batch.pk).update(rows_loaded=3)

    monkeypatch.setattr(load.chunk, "take_in", losing)

    with pytest.raises(RuntimeError, match="do not add up"):
        taken_in(tmp_path, "members", MEMBERS)

    assert ImportBatch.objects.get(kind="members").state == "failed"
    assert Entry.objects.latest("number").action == "file.import_failed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["after_second_chunk", "inside_third_chunk"])
def test_run_killed_with_minus_nine_goes_on_and_ends_the_same(tmp_path, where):
    with_register(tmp_path, up_to="shops")
    file = many_members(tmp_path)
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
        "RASAD_IDENTITY": settings.IDENTITY_KEY.hex(),
        "RASAD_VAULT": settings.VAULT_KEY.hex(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    run = [sys.executable, str(KILLED_RUN), str(file), where]

    killed = subprocess.run(run, env=environment, check=False, capture_output=True, text=True)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    batch = ImportBatch.objects.get(kind="members")
    assert (batch.state, batch.rows_done, Person.objects.count()) == ("running", 10, 9)
    assert (batch.rows_loaded, batch.rows_refused, batch.problems.count()) == (9, 1, 1)

    summary = take_in("members", file, chunk_rows=5)

    assert counts(summary) == (24, 22, 0, 2)
    assert Person.objects.count() == Membership.objects.count() == 22
    assert [problem[0] for problem in problems(summary)] == [7, 15]
