"""Headers and error pages."""

import pytest
from django.test import Client

from rasad.accounts.models import User


@pytest.mark.parametrize("path", ["/contact", "/nowhere", "/healthz", "/my-account"])
def test_every_answer_lets_only_this_server_s_files_run(db: None, client: Client, path: str) -> None:
    answer = client.get(path)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]


def test_page_of_a_person_is_kept_by_no_cache(meena: User, logged_in, client: Client) -> None:
    assert logged_in(meena).get("/my-account")["Cache-Control"] == "no-store"
    assert "Cache-Control" not in client.get("/contact").headers


def test_cookies_are_out_of_reach_of_scripts(db: None, client: Client) -> None:
    client.get("/log-in")
    assert client.cookies["csrftoken"]["httponly"] is True
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "There is nothing at this address for you"), ("hi", "इस पते पर"), ("bn", "এই ঠিকানায়")],
)
def test_unknown_address_is_told_in_the_reader_s_language(
    db: None, client: Client, language: str, said: str
) -> None:
    answer = client.get(f"/nowhere?language={language}")
    assert answer.status_code == 404
    assert said in answer.text


def test_form_without_its_sign_is_refused_with_a_page(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/log-in", {"username": "meena", "password": "x"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.text


def test_wrong_host_is_refused_with_a_page(db: None, client: Client) -> None:
    answer = client.get("/contact", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "could not be understood" in answer.text


def test_our_own_fault_is_told_without_details(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rasad.web.views.connection", None)
    client.raise_request_exception = False
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert "This is our fault" in answer.text
    assert "AttributeError" not in answer.text
