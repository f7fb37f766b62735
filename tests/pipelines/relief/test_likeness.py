"""Families without numbers: what their likeness to a card may lead to, and what a name alone never may."""

import math
from datetime import date

import pytest

from rasad.pipelines.people import linkage, model
from tests.pipelines.relief.cast import DRT, SIRSA, Person, card, crowd, family, files, run

REFUSE, REVIEW = DRT.matching.refuse_weight, DRT.matching.review_weight


def couple(wife, husband, born, *, mobile=None):
    """Two people of one house as a card knows them: names rare, days of birth known."""
    return (
        Person(wife, husband, "F", date(born, 3, 9), mobile=mobile),
        Person(husband, "Zorawar Thapli", "M", date(born - 4, 8, 21), mobile=mobile),
    )


def by_name_only(people):
    """The same people as a source knows them that asked for names and village only."""
    return tuple(person.but(born_on=None, age=None, mobile=None) for person in people)


HOUSES = {
    "mobile": couple("Yashvanti Kholiya", "Hukam Kholiya", 1979, mobile="9812000011"),
    "spelling": couple("Lakshmi Phogat", "Xitij Phogat", 1969, mobile="9812000012"),
    "moved": couple("Chhaya Wadhwa", "Fateh Wadhwa", 1971),
    "names": couple("Zubeida Qidwai", "Yaqub Qidwai", 1966),
    "many": couple("Hemlata Yaduvan", "Wazir Yaduvan", 1977),
    "stranger": couple("Qurratul Haider", "Zafar Haider", 1980),
}
CARDS = [card(f"06900000000{n}", "OPH", *people) for n, people in enumerate(HOUSES.values())]
CHILDREN = tuple(
    Person(name, "Wazir Yaduvan", "M") for name in ("Ekansh Yaduvan", "Ivan Yaduvan", "Omkar Yaduvan")
)
CARDS[4] = card("069000000004", "OPH", *HOUSES["many"], *CHILDREN)

ASKING = [
    family("SARAL", "mobile", *HOUSES["mobile"]),
    family("SARAL", "spelling", HOUSES["spelling"][0].but(name="Laxmi Phogat", mobile=None)),
    family("SARAL", "moved", HOUSES["moved"][0].but(guardian_name="Fatah"), district=SIRSA, place="rania"),
    family("SARAL", "names", *by_name_only(HOUSES["names"])),
    family("SARAL", "many", *by_name_only(HOUSES["many"]), *CHILDREN),
    family(
        "SARAL", "stranger", Person("Qurratul Haider", "Iqbal Haider", "F", date(2001, 4, 4)), place="rania"
    ),
    # One family through two sources, which spelt it apart and gave no number.
    family("MMPSY", "twice", *couple("Oorvashi Ujjwal", "Eknath Ujjwal", 1984, mobile="9812000019")),
    family("LOCAL_COMMITTEE", "twice", *couple("Urvashi Ujjwal", "Eknath Ujjwal", 1984, mobile="9812000019")),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    state = files(ASKING, [*crowd(20_000), *CARDS])
    return run(state.written(tmp_path_factory.mktemp("likeness")), compare=True)


def weights(told):
    """What each family weighs against its likest card, and what follows."""
    names = {row["row"]: row["reference"] for row in told.read("stages/families") if row["source"] == "SARAL"}
    return {
        names[row["row"]]: (row["weight"], row["verdict"]) for row in told.read("stages/probably_on_card")
    }


@pytest.mark.req("R-DRT-07", "R-DRT-21")
@pytest.mark.parametrize(("reference", "masked"), [("mobile", "XXXXXXXX0000"), ("spelling", "XXXXXXXX0001")])
def test_family_that_is_all_but_certainly_on_a_card_is_refused_with_the_masked_card(told, reference, masked):
    row = told.row("SARAL", reference)
    assert (row["outcome"], row["reason"]) == ("refused", "probably_on_free_card")
    assert (row["card_masked"], row["card_category"], row["token"]) == (masked, "OPH", None)
    assert row["weight"] >= REFUSE


def test_family_in_the_grey_zone_has_its_token_and_a_review_is_opened(told):
    weight, verdict = weights(told)["moved"]
    assert (REVIEW <= weight < REFUSE, verdict) == (True, "review")
    token = told.token("SARAL", "moved")
    reviews = {row["number"]: row for row in told.read("reviews")}
    assert reviews[token["number"]]["card_number"] == "069000000002"
    assert told.summary["reviews"] == len(reviews) == 3
    assert linkage.said({name: reviews[token["number"]][name] for name in linkage.REASONS}) == [
        "same_name",
        "same_surname",
        "guardian_spelt_differently",
        "same_birth_date",
        "same_sex",
        "other_district",
    ]


@pytest.mark.parametrize(("reference", "said"), [("names", "same_place"), ("moved", "other_district")])
def test_likeness_says_how_the_places_compare(told, reference, said):
    number = told.token("SARAL", reference)["number"]
    review = next(row for row in told.read("reviews") if row["number"] == number)

    assert said in linkage.said({name: review[name] for name in linkage.REASONS})


@pytest.mark.parametrize("reference", ["names", "many"])
def test_names_and_village_alone_never_refuse_however_rare_and_however_many(told, reference):
    """A-HR-33: a match by name and address only goes to a person, not to rejection."""
    weight, verdict = weights(told)[reference]
    assert weight >= REFUSE, "without the rule this family would be refused"
    assert verdict == "review"
    assert told.ended("SARAL", reference) == ("token", "issued")
    assert told.token("SARAL", reference)["number"] in {row["number"] for row in told.read("reviews")}


def test_the_model_alone_would_let_names_and_village_refuse():
    """Why the rule stands beside the weights: rare names and a village together weigh more than the limit."""
    best = {name: max(_level_weights(name)) for name in ("name", "surname", "guardian", "sex", "place")}
    prior = math.log2(model.TWO_RANDOM_RECORDS_MATCH / (1 - model.TWO_RANDOM_RECORDS_MATCH))
    assert prior + sum(best.values()) > REFUSE


def _level_weights(name):
    comparison = next(one for one in model.COMPARISONS if one["output_column_name"] == name)
    for level in comparison["comparison_levels"][1:]:
        rarest = level.get("tf_minimum_u_value", level["u_probability"])
        yield math.log2(level["m_probability"] / rarest)


def test_family_that_only_shares_a_name_is_left_alone(told):
    assert told.ended("SARAL", "stranger") == ("token", "issued")
    assert "stranger" not in weights(told)


@pytest.mark.req("R-DRT-09")
def test_one_family_through_two_sources_without_a_number_has_one_token(told):
    ended = sorted([told.ended("MMPSY", "twice"), told.ended("LOCAL_COMMITTEE", "twice")])
    assert ended == [("linked", "probably_same_family"), ("token", "issued")]
    assert told.row("MMPSY", "twice")["token"] == told.row("LOCAL_COMMITTEE", "twice")["token"]
