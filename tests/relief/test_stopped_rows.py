"""Rows without a token keep the family's record and its people: for an appeal, a comparison, the next run."""

import pytest

from rasad.registry import vault
from rasad.relief.models import RowPerson, SourceRow
from tests.relief.taking import BANWARI, KAMLA, row, take_in

pytestmark = pytest.mark.django_db(transaction=True)


def people_of(found):
    return [(one.line, one.name, bytes(one.aadhaar_ref or b"")) for one in found.people.all()]


def test_waiting_row_keeps_its_record_and_its_people(first):
    take_in(first)

    waits = row("SARAL", "S-2")
    assert (waits.outcome, waits.reason) == ("in_review", "not_verified")
    assert waits.own == {"verified": False}
    assert people_of(waits) == [(1, "Kamla", vault.references([KAMLA.aadhaar])[0])]


def test_refused_row_keeps_its_people(first):
    take_in(first)

    assert people_of(row("CM_TWITTER", "T-1")) == [(1, "Banwari", vault.references([BANWARI.aadhaar])[0])]


def test_row_with_a_token_keeps_none(first):
    take_in(first)

    held = set(RowPerson.objects.values_list("row__outcome", flat=True))
    assert held == {"refused", "in_review"}
    assert not SourceRow.objects.exclude(token=None).exclude(own={}).exists()


def test_row_that_leads_to_a_token_later_lets_its_people_go(first, second):
    take_in(first)
    take_in(second)

    kamla = row("SARAL", "S-2")
    assert kamla.outcome == "token"
    assert people_of(kamla) == []


def test_same_run_again_changes_nothing(first):
    take_in(first)
    before = list(RowPerson.objects.values("row", "line", "name", "aadhaar_ref"))
    take_in(first.keyed("b" * 64))

    assert list(RowPerson.objects.values("row", "line", "name", "aadhaar_ref")) == before
