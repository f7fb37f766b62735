"""Everybody can read the rules, with their days and the words of the orders."""

import pytest

from tests.portal.test_due import words


def test_first_page_leads_to_every_subject_of_every_state(client):
    said = words(client.get("/rules"))

    assert [name in said for name in ("India", "Haryana", "Himachal Pradesh", "West Bengal")] == [True] * 4


def test_row_has_its_days_and_its_words(client):
    said = words(client.get("/rules/himachal_pradesh/entitlements?q=hp.apl.tribal.rice"))

    assert "15 kg per card per month" in said
    assert "from 1 September 2014" in said
    assert "assumed" not in said
    assert "15 Kg. Rice per family per month w.e.f. September,2014" in said


@pytest.mark.req("R-IDN-37")
def test_who_counts_as_poor_is_there_for_everybody_to_read(client):
    criteria = words(client.get("/rules/india/identification"))
    lists = words(client.get("/rules/haryana/eligibility"))

    assert "slum dwellers" in criteria
    assert "Landless agricultural labourers" in lists


def test_search_that_finds_nothing_says_so(client):
    assert "No rule with these words" in words(client.get("/rules/haryana/prices?q=caviar"))


def test_subject_nobody_wrote_is_not_found(client, db):
    assert client.get("/rules/haryana/caviar").status_code == 404
    assert client.get("/rules/atlantis/prices").status_code == 404
