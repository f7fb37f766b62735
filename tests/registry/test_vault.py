"""Aadhaar numbers are sealed, come out only with a reason, and are nowhere else."""

import logging

import pytest
from django.conf import settings
from django.db import connection, transaction

from rasad.journal.models import Entry
from rasad.registry import vault
from rasad.registry.importing import report
from rasad.registry.models import VaultEntry
from rasad.values import aadhaar
from rasad.values.refused import Refused
from tests.cast import NOON
from tests.registry.files import (
    AT,
    FATIMA,
    KUMAR,
    MEMBERS,
    SHIVSHANKAR,
    counts,
    problems,
    taken_in,
    with_register,
)

pytestmark = pytest.mark.django_db


def test_number_comes_out_with_a_reason_and_the_journal_says_so(meena):
    [ref] = vault.store_many([SHIVSHANKAR], at=AT)

    number = vault.reveal(ref=ref, by=meena, at=NOON, reason="eKYC at the office")

    assert number == SHIVSHANKAR
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.by, entry.at) == ("aadhaar.revealed", "meena", NOON)
    assert (entry.of_kind, entry.of_key, entry.reason) == ("vault_entry", ref.hex(), "eKYC at the office")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_number_stays_in_without_a_reason(meena, reason):
    [ref] = vault.store_many([SHIVSHANKAR], at=AT)

    with pytest.raises(Refused) as refused:
        vault.reveal(ref=ref, by=meena, at=NOON, reason=reason)

    assert refused.value.code == "reason_needed"


def test_reference_without_a_number_reveals_nothing(meena):
    with pytest.raises(Refused) as refused:
        vault.reveal(ref=b"x" * 32, by=meena, at=NOON, reason="eKYC")

    assert refused.value.code == "not_in_vault"
    assert not Entry.objects.filter(action="aadhaar.revealed").exists()


@pytest.mark.django_db(transaction=True)
def test_number_stays_in_when_the_journal_entry_could_be_taken_back(meena):
    [ref] = vault.store_many([SHIVSHANKAR], at=AT)

    with pytest.raises(RuntimeError), transaction.atomic():
        vault.reveal(ref=ref, by=meena, at=NOON, reason="eKYC")


def test_number_kept_already_is_left_as_it_is():
    vault.store_many([SHIVSHANKAR], at=AT)
    before = list(VaultEntry.objects.values_list("sealed", "wrapped_key"))

    refs = vault.store_many([SHIVSHANKAR, KUMAR, KUMAR], at=AT)

    assert refs == [
        aadhaar.reference(number, settings.IDENTITY_KEY) for number in (SHIVSHANKAR, KUMAR, KUMAR)
    ]
    assert VaultEntry.objects.count() == 2
    assert list(VaultEntry.objects.filter(aadhaar_ref=refs[0]).values_list("sealed", "wrapped_key")) == before


def test_entry_moved_under_another_reference_does_not_open(meena):
    first, second = vault.store_many([SHIVSHANKAR, KUMAR], at=AT)
    stolen = VaultEntry.objects.get(aadhaar_ref=first)
    VaultEntry.objects.filter(aadhaar_ref=second).update(sealed=stolen.sealed, wrapped_key=stolen.wrapped_key)

    with pytest.raises(RuntimeError, match="does not open"):
        vault.reveal(ref=second, by=meena, at=NOON, reason="eKYC")


def test_entry_does_not_open_with_another_key(meena, settings):
    [ref] = vault.store_many([SHIVSHANKAR], at=AT)
    settings.VAULT_KEY = bytes(32)

    with pytest.raises(RuntimeError, match="does not open"):
        vault.reveal(ref=ref, by=meena, at=NOON, reason="eKYC")


def everything_in_the_database() -> str:
    """All text, binary and JSON of all tables, temporary ones too."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT format('SELECT %I::text FROM %I.%I', a.attname, n.nspname, c.relname)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            """
        )
        found = []
        for (query,) in cursor.fetchall():
            cursor.execute(query)
            found += [str(value) for (value,) in cursor.fetchall()]
    return "\n".join(found)


def test_no_number_is_anywhere_in_the_database_logs_or_reports(tmp_path, caplog, capsys):
    """Good ones, mistyped ones, ones in the wrong column, ones of people left out."""
    caplog.set_level(logging.DEBUG)
    with_register(tmp_path)
    mistyped, in_wrong_place = "999933119406", "999955183433"
    spaced = "9999 5518 3433, ९९९९ ५५१८ ३४३३"
    rows = (
        f"006300000001,4,Ram,,,,,,,{mistyped}\n"
        f"006300000001,5,Sita,,,,{in_wrong_place},,{in_wrong_place},\n"
        f"{in_wrong_place},1,Gita,,,,,,,{FATIMA}\n"
        f'006300000001,6,Gita,"{spaced}","{spaced}",,,,,{KUMAR}\n'
        f"006300000001,7,Gita,,,,,,,{in_wrong_place},{in_wrong_place}\n"
    )
    summary = taken_in(tmp_path, "members", MEMBERS.splitlines()[0] + "\n" + rows)
    report.write(summary.batch, tmp_path / "problems.csv")
    numbers = [SHIVSHANKAR, KUMAR, FATIMA, mistyped, in_wrong_place, *spaced.split(", ")]

    assert counts(summary) == (5, 3, 0, 2)
    assert sorted({problem[2] for problem in problems(summary)}) == [
        "aadhaar_here",
        "aadhaar_taken",
        "bad_aadhaar",
        "bad_mobile",
        "impossible_date",
        "too_many_values",
        "unknown_card",
    ]
    printed = capsys.readouterr()
    told = "\n".join(
        [
            caplog.text,
            printed.out,
            printed.err,
            (tmp_path / "problems.csv").read_text(),
            *report.told(summary),
        ]
    )
    stored = everything_in_the_database()
    for number in numbers:
        assert number not in told
        assert number not in stored
        assert number.encode().hex() not in stored
