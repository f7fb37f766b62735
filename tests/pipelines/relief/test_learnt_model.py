"""The same likenesses weighed by what a run learns from its own files, where a scheme says so."""

import pytest

from rasad.pipelines.people import linkage
from tests.pipelines.relief.cast import DRT, crowd, files, run
from tests.pipelines.relief.test_likeness import ASKING, CARDS

LEARNT = DRT.model_copy(update={"matching": DRT.matching.model_copy(update={"model": "learnt"})})


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    state = files(ASKING, [*crowd(20_000), *CARDS])
    return run(state.written(tmp_path_factory.mktemp("learnt")), under=LEARNT, compare=True)


def test_scheme_learns_only_where_it_says_so():
    assert (DRT.matching.model, LEARNT.matching.model) == ("fixed", "learnt")


def test_family_all_but_certainly_on_a_card_is_refused(told):
    row = told.row("SARAL", "mobile")

    assert (row["outcome"], row["reason"], row["card_masked"]) == (
        "refused",
        "probably_on_free_card",
        "XXXXXXXX0000",
    )


@pytest.mark.parametrize("reference", ["names", "many"])
def test_names_and_village_alone_never_refuse(told, reference):
    assert told.ended("SARAL", reference) == ("token", "issued")


def test_stranger_of_the_same_name_has_a_token_and_no_review(told):
    number = told.token("SARAL", "stranger")["number"]

    assert told.ended("SARAL", "stranger") == ("token", "issued")
    assert number not in {row["number"] for row in told.read("reviews")}


def test_family_of_two_lists_has_one_token(told):
    ends = sorted(told.ended(source, "twice")[0] for source in ("MMPSY", "LOCAL_COMMITTEE"))

    assert ends == ["linked", "token"]


def test_review_says_what_agreed_in_the_words_of_the_learnt_model(told):
    number = told.token("SARAL", "names")["number"]
    review = next(row for row in told.read("reviews") if row["number"] == number)

    said = linkage.said({name: review[name] for name in linkage.REASONS}, model="learnt")

    # The crowd of this story has no surnames: nothing is compared by them.
    assert said == ["same_name", "same_guardian", "same_sex", "same_place"]
