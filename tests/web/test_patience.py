"""No page keeps the database for minutes, and what the database cannot keep is refused at the door."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from rasad.web import patience
from rasad.web.refusals import RefusalMiddleware

pytestmark = pytest.mark.django_db


def test_question_that_takes_too_long_is_given_up_and_said(monkeypatch):
    monkeypatch.setattr(patience, "PAGE_SECONDS", 0.2)
    patience._limit(connection)
    try:
        with pytest.raises(OperationalError) as error, connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")
    finally:
        connection.close()

    request = RequestFactory().get("/shops/late", headers={"accept-language": "en"})
    said = RefusalMiddleware(lambda _request: None).process_exception(request, error.value)
    assert (said.status_code, "could not be counted within 30 seconds" in said.content.decode()) == (
        503,
        True,
    )


def test_any_other_fault_of_the_database_goes_its_way():
    request = RequestFactory().get("/shops/late")

    assert (
        RefusalMiddleware(lambda _request: None).process_exception(request, OperationalError("gone")) is None
    )


@pytest.mark.parametrize("address", ["/my-token/1%002.pdf", "/shops/%00"])
def test_nul_in_an_address_is_refused(address):
    assert Client().get(address).status_code == 400
