"""Every row of the shared policy tables is in a pack: found by its words, with equal numbers, days and codes."""

from collections import defaultdict

import pytest
import yaml

from tests.policy.packs_here import SHARED, collapsed, our_pieces, scalars, spelled

FOLDERS = {
    "india": "india",
    "haryana": "haryana",
    "himachal_pradesh": "himachal_pradesh",
    "west_bengal": "west_bengal",
}
# Explanations, which the packs have in their own words and three languages.
PROSE = {
    "test", "event", "what", "rule", "note", "how", "filter", "condition", "beyond_table_note", "statement",
    "resolution", "confidence", "source", "grain", "fallback", "scope", "shows", "precondition", "who", "action",
    "recipients", "name", "printed_name", "head", "officer", "complaint_authority", "reports_to", "footnote",
}  # fmt: skip
# Said by the place of a row, by a unit of ours, or by both.
STRUCTURE = {
    "unit",
    "basis",
    "period",
    "price_unit",
    "price_unit_printed",
    "from_basis",
    "overrides",
    "section",
}
# What our rows say in another way: the row, what is not there under its words, and how it is said.
LIMIT = {"inclusive", "exclusive above", "true"}
GROUPS = {"aged 60 or more", "disabled", "terminally ill", "widow"}
SAID_OTHERWISE = {
    "in.aay.distribution_cost": {"state"},  # by the rule cost_borne_by_state
    "the really poor and": {"gram panchayat", "gram sabha", "nagar palika"},  # by a row of its own
    "porters, coolies, ri": {"any"},  # by no test of the area
    "Households headed by": GROUPS
    | {"no assured means of subsistence or societal support"},  # by tests of facts
    "Widows or terminally": GROUPS
    | {"single woman", "single man", "no family or societal support or assured means"},  # by tests of facts
    "in.nine.9": {"all"},  # by all_states
    "action plans have be": {"all"},
    "Statement regarding": {"state"},  # by the field that names each row
    "PHH": {"cbpl", "oph", "sbpl"},  # by `parent` of each
    "DRT": {"true"},  # by a last day
    **dict.fromkeys(["R-I-07", "R-X-05", "R-X-10", "U-X-05", "U-X-06", "U-X-09"], LIMIT),  # by at_most, above
    **{code: {"other specified"} for code in ("R-O-07", "U-O-13")},  # by open_ended
    "All Records is being": {"pds"},  # by the register that a run is given
    "Where system could n": {"location parameters"},  # by `by: location`
    "hp.bpl.wheat": {"hp.phh.rice"},  # by wheat over wheat
    "hp.bpl.rice": {"hp.phh.wheat"},  # by rice over rice
    "hp.phh.topup": {"7.6", "9.3"},  # by the prices of its price group
    "hp.sugar.aay1": {"13"},  # by the price of sugar on cards of the Act
    "hp.oil": {"1-2", "3+"},  # by a table of sizes
}


def name_of(row, words):
    return row.get("id") or row.get("code") or words[:20].strip()


def shared(data, above=()):
    """Every mapping of a shared table that stands on words, with those words; its inner rows apart."""
    if isinstance(data, dict):
        words = data.get("source")
        if isinstance(words, dict) and "quote" in words:
            yield collapsed(words["quote"]), data
        for value in data.values():
            yield from shared(value)
    elif isinstance(data, list):
        for value in data:
            yield from shared(value)


def own(data):
    """What a row says itself: its scalars, without explanations and without rows inside it."""
    for key, value in data.items():
        if key in PROSE | STRUCTURE:
            continue
        if isinstance(value, dict) and "source" in value:
            continue
        if isinstance(value, list) and any(isinstance(one, dict) and "source" in one for one in value):
            continue
        yield from scalars(inner(value))


def inner(value):
    if isinstance(value, dict):
        return {key: inner(one) for key, one in value.items() if key not in PROSE | STRUCTURE}
    return [inner(one) for one in value] if isinstance(value, list) else value


def our_words():
    """For each folder and quotation all that the pieces with it say."""
    found = defaultdict(set)
    for folder, piece in our_pieces():
        for words in (value for value in piece.values() if isinstance(value, dict) and "quotation" in value):
            found[folder, collapsed(words["quotation"])] |= set(scalars(piece))
    return found


def tables():
    if not (SHARED / "policy").is_dir():
        pytest.skip("not possible on this machine: the shared tables are not beside the project")
    return {
        folder: yaml.safe_load((SHARED / "policy" / f"{name}.yaml").read_text(encoding="utf-8"))
        for name, folder in FOLDERS.items()
    }


def test_every_row_is_found_by_its_words():
    ours = our_words()
    rows = [(folder, words) for folder, table in tables().items() for words, _ in shared(table)]
    assert len(rows) > 250
    assert sorted({row for row in rows if row not in ours}) == []


def test_every_number_day_and_code_of_a_row_is_in_ours():
    ours = our_words()
    missing = []
    for folder, table in tables().items():
        for words, row in shared(table):
            name = name_of(row, words)
            lost = set(own(row)) - ours[folder, words] - SAID_OTHERWISE.get(name, set())
            missing += [(folder, name, sorted(lost))] if lost else []
    assert missing == []


def test_every_ambiguity_is_settled_in_a_pack():
    settled = {
        id_
        for _, piece in our_pieces()
        for field in ("ambiguity", "because")
        for id_ in piece.get(field) or ()
    }
    wanted = {one["id"] for table in tables().values() for one in table["ambiguities"]}
    assert sorted(wanted - settled) == []


def test_every_row_of_annex_two_is_there_word_by_word():
    rows = {piece["state"]: piece["cells"] for _, piece in our_pieces() if "cells" in piece}
    assert [[state, *cells] for state, cells in rows.items()] == tables()["india"]["annex_ii"]["rows"]


def test_what_other_sources_say_is_there_and_off():
    outside = {piece["id"]: piece for _, piece in our_pieces() if "enabled" in piece}
    theirs = [one for table in tables().values() for one in table.get("outside_overrides", ())]
    assert [outside[one["id"]]["reference"] for one in theirs] == [one["reference"] for one in theirs]
    assert [spelled(outside[one["id"]]["enabled"]) for one in theirs] == ["false"] * len(theirs)
