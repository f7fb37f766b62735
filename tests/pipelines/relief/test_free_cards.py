"""Who is on a card of a free-ration category gets no token, and is told by which card, masked."""

from datetime import date

import pytest

from rasad.values.aadhaar import reference
from tests.pipelines.relief.cast import (
    ASHA,
    FAMILY,
    POOJA,
    SECRET,
    SURESH,
    Person,
    aadhaar,
    card,
    family,
    files,
    run,
)

NUMBER = "069012345678"
MASKED = "XXXXXXXX5678"


def person(number, **more):
    return Person(f"Person {number}", aadhaar=aadhaar(number), **more)


def nobody(name):
    """Somebody who gave no number."""
    return Person(name, sex="M")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    cards = [
        card(NUMBER, "OPH", SURESH, nobody("His mother")),
        *(
            card(f"06900000000{n}", category, person(100 + n))
            for n, category in enumerate(["AAY", "CBPL", "SBPL"])
        ),
        card("069000000010", "APL", person(110)),
        card("069000000011", "OPH", person(111), ended_on=date(2020, 4, 1)),
        card("069000000012", "OPH", person(112), ended_on=date(2020, 4, 2)),
        card("069000000013", "OPH", person(113), issued_on=date(2020, 6, 30)),
        card("069000000014", "OPH", person(114), issued_on=date(2020, 7, 1)),
        card("069000000015", "OPH", nobody("By family"), family_id="1ABC2345"),
        card("069000000016", "AAY", nobody("By number")),
        card("069000000017", "APL", person(117), family_id="1APL0000"),
    ]
    asking = [
        family("MMPSY", "asha", *FAMILY),
        family("MMPSY", "pooja alone", POOJA.but(aadhaar=aadhaar(3))),
        *(family("SARAL", f"category {n}", person(100 + n)) for n in range(3)),
        family("SARAL", "apl", person(110), card_number="069000000010"),
        family("SARAL", "ended before", person(111)),
        family("SARAL", "ends during", person(112)),
        family("SARAL", "issued on the last day", person(113)),
        family("SARAL", "issued after", person(114)),
        family("CM_TWITTER", "family id", nobody("A"), family_id="1ABC2345"),
        family("CM_TWITTER", "card number", nobody("B"), card_number="069000000016"),
        family("CM_TWITTER", "apl family id", nobody("C"), family_id="1APL0000"),
        family("CM_TWITTER", "card of nobody", nobody("D"), card_number="069999999999"),
        family("CM_TWITTER", "not forwarded", person(100), forwarded=False),
        family("LOCAL_COMMITTEE", "spaced", person(5).but(aadhaar=spaced(aadhaar(102)))),
        family("LOCAL_COMMITTEE", "all three", person(100), family_id="1ABC2345", card_number="069000000016"),
    ]
    return run(files(asking, cards).written(tmp_path_factory.mktemp("cards")))


def spaced(number):
    return f"{number[:4]} {number[4:8]}-{number[8:]}"


@pytest.mark.req("R-DRT-07", "R-DRT-21")
def test_any_member_on_a_free_card_refuses_the_family_and_names_card_and_member(told):
    row = told.row("MMPSY", "asha")
    assert (row["outcome"], row["reason"]) == ("refused", "on_free_card")
    assert (row["card_masked"], row["card_category"]) == (MASKED, "OPH")
    assert (row["proof"], row["member_line"]) == ("aadhaar", 2)


@pytest.mark.req("R-DRT-07")
@pytest.mark.parametrize(("place", "category"), list(enumerate(["AAY", "CBPL", "SBPL"])))
def test_each_free_category_refuses(told, place, category):
    row = told.row("SARAL", f"category {place}")
    assert (row["outcome"], row["reason"], row["card_category"]) == ("refused", "on_free_card", category)


@pytest.mark.req("R-DRT-07")
@pytest.mark.parametrize("reference", ["apl", "pooja alone"])
def test_an_apl_card_or_none_does_not_refuse(told, reference):
    row = next(row for row in told.read("rows") if row["reference"] == reference)
    assert (row["outcome"], row["reason"], row["card_masked"]) == ("token", "issued", None)


@pytest.mark.parametrize(
    ("reference", "outcome"),
    [
        ("ended before", "token"),
        ("ends during", "refused"),
        ("issued on the last day", "refused"),
        ("issued after", "token"),
    ],
)
def test_only_a_card_in_force_during_the_scheme_refuses(told, reference, outcome):
    assert told.row("SARAL", reference)["outcome"] == outcome


@pytest.mark.req("R-DRT-07", "R-DRT-21")
@pytest.mark.parametrize(
    ("reference", "masked", "category", "proof"),
    [
        ("family id", "XXXXXXXX0015", "OPH", "family_id"),
        ("card number", "XXXXXXXX0016", "AAY", "card_number"),
    ],
)
def test_family_id_and_card_number_prove_it_too(told, reference, masked, category, proof):
    row = told.row("CM_TWITTER", reference)
    assert (row["outcome"], row["card_masked"], row["card_category"]) == ("refused", masked, category)
    assert (row["proof"], row["member_line"]) == (proof, None)


@pytest.mark.parametrize("reference", ["apl family id", "card of nobody"])
def test_a_number_that_leads_to_no_free_card_refuses_nobody(told, reference):
    assert told.ended("CM_TWITTER", reference) == ("token", "issued")


def test_the_strongest_proof_is_told(told):
    row = told.row("LOCAL_COMMITTEE", "all three")
    assert (row["proof"], row["card_masked"]) == ("aadhaar", "XXXXXXXX0000")


def test_a_number_written_with_spaces_is_the_same_number(told):
    assert told.row("LOCAL_COMMITTEE", "spaced")["card_masked"] == "XXXXXXXX0002"


def test_conditions_of_the_source_come_before_the_card(told):
    row = told.row("CM_TWITTER", "not forwarded")
    assert (row["outcome"], row["reason"], row["card_masked"]) == ("in_review", "not_forwarded", None)


@pytest.mark.req("R-DRT-21", "R-NFR-03")
def test_no_result_holds_an_aadhaar_number_a_reference_or_a_whole_card_number(told):
    secrets = [person.aadhaar for person in FAMILY]
    secrets += [reference(number, SECRET).hex() for number in secrets] + [NUMBER]
    written = b"".join(
        path.read_bytes() for path in told.out.iterdir() if path.suffix in (".csv", ".json")
    ).decode()
    for name in ("tokens", "token_members", "rows"):
        written += repr(told.read(name))
    assert [secret for secret in secrets if secret in written] == []
    assert "identity_key" not in written


@pytest.mark.req("R-DRT-21")
def test_stopped_rows_are_listed_with_reason_and_masked_card(told):
    listed = {row["reference"]: row for row in told.csv("stopped")}
    assert {
        row["reference"] for row in told.read("rows") if row["outcome"] in ("refused", "in_review")
    } == set(listed)
    asha = listed["asha"]
    assert (asha["reason"], asha["card_masked"], asha["card_category"]) == ("on_free_card", MASKED, "OPH")
    assert asha["holder_name"] == ASHA.name
