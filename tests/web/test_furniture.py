"""What stands round every page, in every language."""

import re

import pytest
from django.test import Client

from rasad.accounts.middleware import OPEN
from rasad.accounts.models import User
from tests.web.addresses import every_address

LANGUAGES = {"en": "Department of Food and Supplies", "hi": "खाद्य एवं आपूर्ति विभाग", "bn": "খাদ্য ও সরবরাহ দপ্তর"}
# Neither a page of its own: for machines, a file, and an act that is posted.
NO_PAGES = (
    "web:health",
    "applications:statement_file",
    "applications:form",
    "grievances:appeal",
    "grievances:accept",
)
OPEN_PAGES = [path for name, path in every_address() if name in OPEN and name not in NO_PAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_open_page_has_owner_helpline_date_and_languages(
    db: None, client: Client, path: str, language: str
) -> None:
    page = client.get(f"{path}?language={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert LANGUAGES[language] in page.text
    assert 'href="tel:1967"' in page.text
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', page.text)
    assert page.text.count("?language=") == 3
    assert '<a class="skip" href="#content">' in page.text
    assert "%(" not in page.text


def test_language_chosen_once_stays(db: None, client: Client) -> None:
    assert '<html lang="en">' in client.get("/contact").text
    client.get("/contact?language=bn")
    assert '<html lang="bn">' in client.get("/privacy").text
    assert '<html lang="bn">' in client.get("/privacy?language=xx").text
    assert client.cookies["django_language"]["httponly"] is True


def test_language_link_keeps_the_filter(headquarters: User, logged_in) -> None:
    page = logged_in(headquarters).get("/journal?by=meena&page=1").text
    assert "?by=meena&amp;page=1&amp;language=hi" in page


@pytest.mark.req("R-ACT-03")
@pytest.mark.parametrize(
    ("language", "officers"),
    [
        (
            "en",
            [
                "Minister, Food and Supplies",
                "Food Secretary",
                "Nodal Officers",
                "Public Information Officers",
            ],
        ),
        ("hi", ["मंत्री, खाद्य एवं आपूर्ति", "खाद्य सचिव", "नोडल अधिकारी", "जन सूचना अधिकारी"]),
    ],
)
def test_contacts_of_the_department_are_public(
    db: None, client: Client, language: str, officers: list[str]
) -> None:
    page = client.get(f"/contact?language={language}").text
    assert [officer for officer in officers if officer not in page] == []


def test_navigation_shows_what_the_role_may_open(
    headquarters: User, meena: User, logged_in, client: Client
) -> None:
    def links(page) -> set[str]:
        return {link.href for link in page.context["navigation"]}

    assert {"/staff", "/journal"} <= links(logged_in(headquarters).get("/my-account"))
    assert not {"/staff", "/journal"} & links(logged_in(meena).get("/my-account"))
    assert links(client.get("/contact")) == set()


def test_health_is_ok_while_the_database_answers(db: None, client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
