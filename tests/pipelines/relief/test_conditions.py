"""Which rows of which source may lead to a token, and that nobody has to act for it."""

import pytest

from tests.pipelines.relief.cast import DRT, HISAR, Person, card, family, files, run

ISSUED = ("token", "issued")


def somebody(name):
    return Person(name, sex="F")


STORIES = [
    pytest.param("MMPSY", {"card_category": "APL"}, ISSUED, marks=pytest.mark.req("R-DRT-03")),
    pytest.param("MMPSY", {"card_category": " apl "}, ISSUED),
    pytest.param(
        "MMPSY", {"card_category": "OPH"}, ("refused", "not_apl_card"), marks=pytest.mark.req("R-DRT-03")
    ),
    pytest.param("MMPSY", {"card_category": None}, ("refused", "not_apl_card")),
    pytest.param("SARAL", {"verified": True}, ISSUED, marks=pytest.mark.req("R-DRT-04")),
    pytest.param(
        "SARAL", {"verified": False}, ("in_review", "not_verified"), marks=pytest.mark.req("R-DRT-04")
    ),
    pytest.param("SARAL", {"verified": None}, ("in_review", "not_verified")),
    pytest.param("LOCAL_COMMITTEE", {}, ISSUED, marks=pytest.mark.req("R-DRT-05")),
    pytest.param(
        "LOCAL_COMMITTEE",
        {"ration_option": "cooked_food"},
        ("refused", "ration_not_opted"),
        marks=pytest.mark.req("R-DRT-05"),
    ),
    pytest.param("LOCAL_COMMITTEE", {"ration_option": "none"}, ("refused", "ration_not_opted")),
    pytest.param("LOCAL_COMMITTEE", {"ration_option": None}, ("refused", "ration_not_opted")),
    pytest.param(
        "LOCAL_COMMITTEE",
        {"forwarded": False},
        ("in_review", "not_forwarded"),
        marks=pytest.mark.req("R-DRT-05"),
    ),
    pytest.param(
        "LOCAL_COMMITTEE", {"ration_option": "none", "forwarded": False}, ("refused", "ration_not_opted")
    ),
    pytest.param("CM_TWITTER", {"forwarded": True}, ISSUED, marks=pytest.mark.req("R-DRT-06")),
    pytest.param(
        "CM_TWITTER",
        {"forwarded": False},
        ("in_review", "not_forwarded"),
        marks=pytest.mark.req("R-DRT-06"),
    ),
    pytest.param("CM_TWITTER", {"forwarded": None}, ("in_review", "not_forwarded")),
    pytest.param("CM_TWITTER", {"district": "Hisar"}, ISSUED),
    pytest.param("CM_TWITTER", {"district": "HISAR "}, ISSUED),
    pytest.param("CM_TWITTER", {"district": "हिसार"}, ISSUED),
    pytest.param("CM_TWITTER", {"district": "Atlantis"}, ("in_review", "unknown_district")),
    pytest.param("CM_TWITTER", {"district": None}, ("in_review", "unknown_district")),
    # Whatever else is missing, a family that has to wait for its forwarding is told that first.
    pytest.param("CM_TWITTER", {"district": None, "forwarded": False}, ("in_review", "not_forwarded")),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    asking = [
        family(story.values[0], f"R{place}", somebody(f"Person {place}"), **story.values[1])
        for place, story in enumerate(STORIES)
    ]
    on_card = family("MMPSY", "other card", somebody("Nobody"), card_number="069000000001")
    return run(
        files([*asking, on_card], [card("069000000001", "APL", somebody("Nobody"))]).written(
            tmp_path_factory.mktemp("conditions")
        )
    )


@pytest.mark.parametrize(
    ("place", "source", "written", "ended"),
    [pytest.param(place, *story.values, marks=story.marks) for place, story in enumerate(STORIES)],
)
def test_row_ends_as_the_conditions_of_its_source_say(told, place, source, written, ended):
    assert told.ended(source, f"R{place}") == ended


def test_district_is_known_by_code_and_name(told):
    codes = {row["reference"]: row["district"] for row in told.read("rows") if row["source"] == "CM_TWITTER"}
    assert set(codes.values()) == {HISAR, None}


@pytest.mark.req("R-DRT-03")
def test_run_records_the_conditions_it_applied(told):
    recorded = {one["source"]: one["conditions"] for one in told.summary["conditions"]}
    assert recorded == {
        source.code: [condition.model_dump(mode="json") for condition in source.conditions]
        for source in DRT.sources
    }
    assert [(one["column"], one["test"], one["value"]) for one in recorded["MMPSY"]] == [
        ("card_category", "is", "APL")
    ]


@pytest.mark.req("R-DRT-08", "R-SCO-06")
def test_every_family_that_passes_has_its_token_when_the_run_ends(told):
    passed = sum(story.values[2] == ISSUED for story in STORIES) + 1
    assert told.summary["tokens"] == passed == len(told.tokens)
    assert {token["state"] for token in told.tokens.values()} == {"shop_assigned"}


def test_summary_counts_every_row_of_every_source(told):
    assert told.summary["by_source"] == {
        "MMPSY": {"rows": 5, "token": 3, "linked": 0, "refused": {"not_apl_card": 2}, "in_review": {}},
        "SARAL": {"rows": 3, "token": 1, "linked": 0, "refused": {}, "in_review": {"not_verified": 2}},
        "LOCAL_COMMITTEE": {
            "rows": 6,
            "token": 1,
            "linked": 0,
            "refused": {"ration_not_opted": 4},
            "in_review": {"not_forwarded": 1},
        },
        "CM_TWITTER": {
            "rows": 9,
            "token": 4,
            "linked": 0,
            "refused": {},
            "in_review": {"not_forwarded": 3, "unknown_district": 2},
        },
    }
    assert told.summary["rows"] == 23
