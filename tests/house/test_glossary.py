"""The glossary: every term in English and Hindi, in order, each once, and every table of ours among them."""

import re

from django.apps import apps

from tests.house.reading import ROOT, text_of

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in text_of(ROOT / "docs" / "glossary.md").splitlines()
    if line.startswith("| ")
][1:]
DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def test_every_term_has_its_hindi_and_its_meaning():
    assert len(ROWS) > 40
    assert [row[0] for row in ROWS if len(row) != 4 or not DEVANAGARI.search(row[1]) or not row[2]] == []


def test_terms_are_in_order_and_each_once():
    terms = [re.sub(r"[^a-z ,]", "", row[0].lower()) for row in ROWS]

    assert terms == sorted(set(terms))


def test_every_table_has_its_term():
    models = [model for model in apps.get_models() if model.__module__.startswith("rasad.")]
    homes = " ".join(row[3] for row in ROWS)

    assert [
        model.__name__
        for model in models
        if f"`{model.__module__.removeprefix('rasad.').replace('.', '/')}.py::{model.__name__}`" not in homes
    ] == []
