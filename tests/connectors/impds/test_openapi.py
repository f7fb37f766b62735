"""The paper for the other States says what the code says, and answers of before are still understood."""

from pathlib import Path

import msgspec
import pytest
import yaml

from rasad.connectors.impds import wire

FOLDER = Path(wire.__file__).parent
PAPER = yaml.safe_load((FOLDER / "openapi.yaml").read_text(encoding="utf-8"))
FORMS = {
    form.__name__: form
    for form in vars(wire).values()
    if isinstance(form, type) and issubclass(form, msgspec.Struct) and form not in (msgspec.Struct, wire.Ask)
}
RECORDED = {
    "card": wire.HomeCard,
    "reserved": wire.Reserved,
    "posted": wire.Settled,
    "voided": wire.Settled,
    "card_unknown": wire.NoSaid,
    "balance_changed": wire.NoSaid,
    "unsigned": wire.NoSaid,
}


def test_paper_has_every_form():
    written = {name for name, schema in PAPER["components"]["schemas"].items() if "properties" in schema}

    assert written == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_paper_has_every_field_and_whether_it_must_be_there(name):
    fields = {field.encode_name: field.required for field in msgspec.structs.fields(FORMS[name])}
    schema = PAPER["components"]["schemas"][name]

    assert set(schema["properties"]) == set(fields)
    assert set(schema["required"]) == {field for field, required in fields.items() if required}


def test_paper_has_every_path():
    assert set(PAPER["paths"]) == {wire.ROOT + name for name in wire.ASKS}


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_answer_is_understood(name):
    body = (FOLDER / "recorded" / f"{name}.json").read_bytes()

    assert msgspec.json.decode(body, type=RECORDED[name])
