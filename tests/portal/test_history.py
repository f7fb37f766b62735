"""The time line says what happened when, no more exactly than the document does."""

from tests.portal.test_due import words


def test_events_have_the_day_month_or_year_that_the_document_gives(client):
    said = words(client.get("/history"))

    assert "until 31 May 1992 General PDS" in said
    assert "June 1997 Targeted PDS" in said
    assert "10 September 2013 The National Food Security Act, 2013 (NFSA) is notified" in said


def test_issue_prices_stand_beside_it(client):
    said = words(client.get("/history"))

    assert "Rice ₹8.30 ₹5.65 ₹3.00 Wheat ₹6.10 ₹4.15 ₹2.00" in said
