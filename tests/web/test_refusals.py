"""A refusal says what, why and what to do next, in the reader's language and in the form the asker can read."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from rasad.accounts.models import User
from rasad.values.refused import Refused
from rasad.web import console
from rasad.web.refusals import answer, say
from rasad.web.sentences import SENTENCES


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_refusal_says_what_why_and_what_next_in_every_language(language: str) -> None:
    with override("en"):
        english = {code: (str(one.what), str(one.why), str(one.next)) for code, one in SENTENCES.items()}
    with override(language):
        for code, one in SENTENCES.items():
            parts = (str(one.what), str(one.why), str(one.next))
            assert all(parts), code
            assert (parts == english[code]) is (language == "en"), code


def test_facts_are_written_as_the_reader_writes_them() -> None:
    refused = Refused("file_lines_lost", file="mmpsy.csv", lines=373222, read=373220)
    assert say(refused).what == "Of 3,73,222 lines in mmpsy.csv only 3,73,220 could be read."
    with override("hi"):
        assert (
            "1 अप्रैल 2020"
            in say(
                Refused("category_not_in_force", category="SBPL", month="2020-05", last_day=date(2020, 4, 1))
            ).why
        )
    assert (
        say(Refused("area_not_for_role", allowed=["State", "District"])).next
        == "Choose one of: State, District."
    )


def test_page_says_it_once_with_its_status(meena: User, logged_in) -> None:
    page = logged_in(meena).get("/staff?language=hi")
    assert page.status_code == 403
    assert page.text.count("हर भूमिका को उतना ही दिखता है") == 1
    assert "not_for_your_role" in page.text


def test_program_gets_the_code_and_htmx_a_notice(meena: User, logged_in) -> None:
    client = logged_in(meena)
    json = client.get("/staff", headers={"Accept": "application/json"})
    assert (json.status_code, json.json()["code"]) == (403, "not_for_your_role")
    assert set(json.json()) == {"code", "what", "why", "next"}

    htmx = client.get("/staff", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Retarget"]) == (403, "#told")
    assert htmx.text.startswith('<div class="notice error" role="alert">')


def test_fact_with_a_tag_in_it_stays_text(db: None) -> None:
    request = RequestFactory().get("/")
    page = answer(request, say(Refused("username_taken", username="<script>alert(1)</script>")))
    assert "<script>alert" not in page.content.decode()


def test_command_line_says_it_in_words() -> None:
    assert console.sentence(Refused("unknown_staff", username="nobody")).splitlines() == [
        "There is no member of staff with the user name nobody.",
        "The account was never made, or the name is spelt otherwise.",
        "See the list of staff for the right name.",
        "[unknown_staff]",
    ]


def test_code_without_a_sentence_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say(Refused("no_such_code"))
