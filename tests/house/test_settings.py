"""The page of settings and the settings are the same list."""

import re

from django.conf import settings

from tests.house.reading import ROOT, python_files, text_of

PAGE = ROOT / "docs" / "settings.md"


def read_by_the_code() -> set[str]:
    found: set[str] = set()
    for path in python_files("src/"):
        text = text_of(path)
        found |= set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"(?!\] =)", text))
        found |= {f"RASAD_{name.upper()}" for name in re.findall(r"_secret\(\"(\w+)\"\)", text)}
    # Read in a loop, an address and a key for each.
    found |= {f"RASAD_{name.upper()}_{end}" for name in settings.PORTALS for end in ("URL", "KEY")}
    return found - {"DJANGO_SETTINGS_MODULE"}


def test_every_setting_is_on_the_page_and_nothing_else():
    on_the_page = set(re.findall(r"^\| `([A-Z_]+)`", text_of(PAGE), re.M))

    assert on_the_page == read_by_the_code()


def test_setting_is_read_where_settings_are():
    """Elsewhere the environment is not looked at, so that the page has one file to be compared with."""
    elsewhere = {
        path.name
        for path in python_files("src/")
        if re.search(r"environ(\.get\(|\[\"\w+\"\](?! =))", text_of(path))
        and path.name not in {"settings.py", "wiring.py"}
    }

    # The fonts are fetched before there are settings; Spark's own names are read where Spark is started.
    assert elsewhere <= {"fonts.py", "spark.py"}
