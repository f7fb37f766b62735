"""The catalogues: complete in every language, made without GNU gettext, a database or settings."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils.translation import gettext, ngettext, override

from rasad.web import messages

# The product's own name stands in its own script.
NAMES = {"रसद"}
ROOT = Path(__file__).resolve().parents[2]

TEMPLATE = """{% load i18n %}
  {% translate "Menu" %}
      {% if x %}{% blocktranslate trimmed count n=n %}
        {{ n }} token{% plural %}{{ n }} tokens
      {% endblocktranslate %}
  {% endif %}
"""
CODE = 'from x import gettext as _\nsaid = _("%(left)s kg left")\n'


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a template, a module and no catalogues yet."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE)
    (tmp_path / "a.py").write_text(CODE)
    monkeypatch.setattr(messages, "SOURCES", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    return tmp_path


def translate(sources: Path, english: str, hindi: str) -> None:
    """Write a translation into the Hindi catalogue, as a person would."""
    path = sources / "locale" / "hi" / "LC_MESSAGES" / "django.po"
    text = path.read_text()
    path.write_text(text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{hindi}"'))


class Letters(HTMLParser):
    """Collects what a template says to people outside of any translation."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_code = False

    def handle_data(self, data: str) -> None:
        # A command is typed the same in every language.
        self.found += [] if self.in_code else re.findall(r"[^\W\d_][\w ]*", data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code = tag == "code"
        for name, value in attrs:
            if name in {"alt", "aria-label", "title", "placeholder"} and value:
                self.handle_data(value)

    def handle_endtag(self, tag: str) -> None:
        self.in_code = False


def unmarked(template: Path) -> list[str]:
    text = template.read_text()
    for told in ("blocktranslate", "comment"):
        text = re.sub(rf"{{%\s*{told}\b.*?{{%\s*end{told}\s*%}}", "", text, flags=re.DOTALL)
    reader = Letters()
    reader.feed(re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL))
    return [word for word in reader.found if word not in NAMES]


@pytest.mark.req("R-NFR-02")
def test_every_text_of_every_page_is_in_the_catalogues_and_they_are_complete() -> None:
    pages = sorted(ROOT.glob("src/rasad/**/templates/**/*.html"))
    assert len(pages) > 30
    assert [(page.name, unmarked(page)) for page in pages if unmarked(page)] == []
    assert messages.check() == []


def test_sentences_are_found_in_templates_and_code_and_missing_ones_named(sources: Path) -> None:
    messages.update()
    assert sorted(messages.check()) == [
        f"{language}: “{sentence}” ({file}) is not translated"
        for language in ("bn", "hi")
        for sentence, file in (
            ("%(left)s kg left", "a.py"),
            ("%(n)s token", "templates/a.html"),
            ("Menu", "templates/a.html"),
        )
    ]


def test_translation_with_other_facts_is_named(sources: Path) -> None:
    messages.update()
    translate(sources, "Menu", "मेनू")
    translate(sources, "%(left)s kg left", "%(baki)s किलो बाक़ी")
    assert "hi: “%(left)s kg left” (a.py) names a fact the sentence does not have" in messages.check()
    translate(sources, "Menu", "मेनू")
    path = sources / "locale" / "hi" / "LC_MESSAGES" / "django.po"
    path.write_text(path.read_text().replace("%(baki)s किलो", "किलो"))
    assert "hi: “%(left)s kg left” (a.py) leaves a fact of the sentence out" in messages.check()


def test_update_keeps_translations_and_drops_what_is_gone(sources: Path) -> None:
    messages.update()
    translate(sources, "Menu", "मेनू")
    path = sources / "locale" / "hi" / "LC_MESSAGES" / "django.po"
    messages.update()
    before = path.read_bytes()
    messages.update()
    assert path.read_bytes() == before
    assert "मेनू" in before.decode()
    (sources / "a.py").write_text("")
    messages.update()
    assert "kg left" not in path.read_text()


def test_compile_makes_what_is_missing_or_older_and_nothing_else(sources: Path) -> None:
    messages.compile_()
    messages.update()
    translate(sources, "Menu", "मेनू")
    messages.compile_()
    binary = sources / "locale" / "hi" / "LC_MESSAGES" / "django.mo"
    first = binary.stat().st_mtime_ns
    messages.compile_()
    assert binary.stat().st_mtime_ns == first
    os.utime(binary.with_suffix(".po"), ns=(first + 10**9, first + 10**9))
    messages.compile_()
    assert binary.stat().st_mtime_ns > first
    assert not list(binary.parent.glob("*.half"))


def test_command_needs_neither_settings_nor_database_and_says_how_it_is_used() -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    run = [sys.executable, "-m", "rasad.web.messages"]
    assert subprocess.run([*run, "compile"], env=bare, check=False).returncode == 0
    lost = subprocess.run(run, env=bare, capture_output=True, text=True, check=False)
    assert (lost.returncode, lost.stderr.startswith("Usage:")) == (1, True)


def test_words_borrowed_from_django_are_ours() -> None:
    with override("hi"):
        assert gettext("This field is required.") == "इसे भरना ज़रूरी है।"
        one, many = (
            f"This password is too short. It must contain at least %d {word}."
            for word in ("character", "characters")
        )
        assert ngettext(one, many, 12) % 12 == "यह पासवर्ड बहुत छोटा है। कम से कम 12 अक्षर चाहिए।"
