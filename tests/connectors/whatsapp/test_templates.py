"""The texts to be registered: each language has its own, with the same variables."""

import pytest

from rasad.connectors.whatsapp.templates import Templates, ours
from tests.connectors.whatsapp.sent import TEXT, VARIABLES


def test_every_text_has_all_languages_and_the_same_variables():
    assert [(str(one), one.variables) for one in ours()] == [
        (f"ration_token.{language}", ("card", "shop", "months", "helpline"))
        for language in ("en", "hi", "bn")
    ]


def test_text_is_filled_in_order():
    assert ours().template("ration_token", "en").filled(VARIABLES) == TEXT


def test_text_nobody_registered_is_none():
    assert (ours().template("ration_token", "ta"), ours().template("another", "en")) == (None, None)


@pytest.mark.parametrize("text", ["Hello", "Hello {{2}}", "Hello {{1}} {{1}}", "Hello {{1}} {{2}}"])
def test_file_whose_variables_do_not_fit_its_text_is_not_read(tmp_path, text):
    file = tmp_path / "templates.yaml"
    file.write_text(f"- {{name: hello, language: en, text: '{text}', variables: [name]}}")

    with pytest.raises(ValueError, match=r"hello\.en has not the slots \{\{1\}\} to \{\{1\}\} in order"):
        Templates(file)
