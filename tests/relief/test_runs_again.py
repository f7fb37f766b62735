"""A second run and those after it: known families keep their tokens, nobody gets two."""

import pytest
from django.db import IntegrityError

from rasad.registry import vault
from rasad.relief import numbers
from rasad.relief.models import Review, Run, SourceRow, Token, TokenMember
from tests.pipelines.relief.cast import ASHA, aadhaar
from tests.relief.taking import AT, ended, everything, people_on, row, take_in, token_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def known(first):
    """What stands when the second run begins."""
    return take_in(first)


@pytest.fixture
def later(known, second):
    return take_in(second)


def test_second_run_adds_only_what_is_new(first, second):
    take_in(first)
    before = dict(Token.objects.values_list("family_key", "number"))

    run = take_in(second)

    after = dict(Token.objects.values_list("family_key", "number"))
    assert {key: after[key] for key in before} == before
    assert set(after) - set(before) == {"SARAL:S-2", "CM_TWITTER:T-2"}
    told = run.summary
    assert (told["rows"], told["tokens"], told["tokens_added"]) == (14, 9, 2)
    assert (told["rows_added"], told["rows_changed"]) == (3, 1)
    assert set(SourceRow.objects.filter(run=run).values_list("reference", flat=True)) == {
        "S-2",
        "T-2",
        "T-3",
        "M-4",
    }
    assert Review.objects.count() == 1


@pytest.mark.req("R-INT-19", "R-DRT-09")
def test_rows_delivered_again_under_another_run_change_nothing(first, known):
    before = everything()

    again = take_in(first.keyed("the same rows in other files"))

    Run.objects.filter(pk=again.pk).delete()
    assert everything().startswith(before[: before.index('{"model": "journal.entry"')][:-1])
    assert (again.summary["tokens_added"], again.summary["rows_added"], again.summary["rows_changed"]) == (
        0,
        0,
        0,
    )


@pytest.mark.req("R-DRT-09")
def test_family_that_comes_again_through_another_source_keeps_its_token(later, alone):
    take_in(alone)

    assert token_of("CM_TWITTER", "T-3") == token_of("MMPSY", "M-1")
    assert ended("CM_TWITTER", "T-3") == ("linked", "same_person")


@pytest.mark.req("R-DRT-09")
def test_family_is_known_by_its_people_alone(known, alone):
    take_in(alone)

    assert token_of("SARAL", "S-11") == token_of("MMPSY", "M-1")
    assert ended("SARAL", "S-11") == ("linked", "same_person")


@pytest.mark.req("R-DRT-09")
def test_row_received_earlier_that_arrives_later_makes_no_second_token(later):
    assert ended("SARAL", "S-3") == ("token", "issued")
    assert ended("MMPSY", "M-4") == ("linked", "same_family_id")
    assert token_of("MMPSY", "M-4") == token_of("SARAL", "S-3")


def test_waiting_row_gets_its_token_once_it_is_verified(later):
    kamla = row("SARAL", "S-2")

    assert (kamla.outcome, kamla.reason, kamla.facts) == ("token", "issued", {"before": "not_verified"})
    assert (kamla.run, kamla.token.holder_name, kamla.token.run) == (later, "Kamla", later)


def test_token_stands_when_a_later_run_would_refuse_its_family(later):
    assert later.summary["refused"] == {"on_free_card": 2}
    assert ended("MMPSY", "M-2") == ("token", "issued")
    assert token_of("MMPSY", "M-2").state == "shop_assigned"


def test_person_on_a_token_of_another_family_stays_there(known, alone):
    take_in(alone)

    hers = token_of("SARAL", "S-12")
    assert (hers.member_count, people_on(hers)) == (
        3,
        [(1, "In-law 0", True), (2, "In-law 1", True), (3, "In-law 2", True)],
    )
    assert people_on(token_of("MMPSY", "M-1"))[2] == (3, "Pooja", True)


def test_somebody_elses_number_costs_nobody_their_place(known, alone):
    take_in(alone)

    assert ended("SARAL", "S-13") == ("token", "issued")
    assert people_on(token_of("SARAL", "S-13")) == [(1, "Ramphal", False)]
    assert TokenMember.objects.get(aadhaar_ref=vault.references([ASHA.aadhaar])[0]).name == "Asha Devi"


def test_token_whose_people_are_all_on_others_is_not_left_empty(known, alone):
    take_in(alone)

    assert people_on(token_of("SARAL", "S-14")) == [
        (1, "Head 0", False),
        (2, "Head 1", False),
        (3, "Head 2", False),
    ]


def test_references_and_numbers_of_a_person_are_one(known, alone):
    take_in(alone)

    in_law = TokenMember.objects.get(name="In-law 1")
    assert bytes(in_law.aadhaar_ref) == vault.references([aadhaar(91)])[0]


def test_number_that_belongs_to_another_family_is_not_given_again(first):
    other = Run.objects.create(key="flood", scheme="flood_2023", engine="duckdb", by="kavita", started_at=AT)
    taken = first.work["tokens"].to_pyarrow().to_pylist()
    number = next(one["number"] for one in taken if one["reference"] == "M-1")
    theirs = an_empty_token(other, number)
    theirs.save()

    run = take_in(first)

    given = token_of("MMPSY", "M-1")
    assert given.number == numbers.after(number)
    assert (given.number[:3], numbers.is_number(given.number)) == ("063", True)
    assert (token_of("LOCAL_COMMITTEE", "L-1"), len(people_on(given))) == (given, 3)
    assert run.summary["tokens_added"] == 8
    assert Token.objects.get(number=number) == theirs


def test_schemes_know_nothing_of_each_others_people(first):
    other = Run.objects.create(key="flood", scheme="flood_2023", engine="duckdb", by="kavita", started_at=AT)
    theirs = an_empty_token(other, "06300000000014")
    theirs.save()
    ref = vault.references([ASHA.aadhaar])[0]
    TokenMember.objects.create(token=theirs, scheme="flood_2023", line=1, name="Asha", aadhaar_ref=ref)

    take_in(first)

    assert people_on(token_of("MMPSY", "M-1"))[0] == (1, "Asha Devi", True)
    assert TokenMember.objects.filter(aadhaar_ref=ref).count() == 2


def an_empty_token(run, number, **given):
    """A token of another scheme or family, as little as the tables allow."""
    written = {
        "scheme": run.scheme,
        "family_key": f"SARAL:{number}",
        "source": "SARAL",
        "state": "awaiting_shop",
        "holder_name": "Stranger",
        "member_count": 1,
        "district_code": "71",
        "months": ["2020-04"],
        "inherits": "OPH",
        "issued_on": AT.date(),
        "shop_reason": "no_capacity",
    }
    return Token(number=number, run=run, **{**written, **given})


@pytest.mark.req("R-DRT-09")
def test_database_refuses_a_second_token_for_a_family(known):
    with pytest.raises(IntegrityError, match="relief_one_token_a_family"):
        an_empty_token(known, "06300000000014", family_key="MMPSY:M-1").save()


@pytest.mark.req("R-DRT-09")
def test_database_refuses_a_second_token_for_a_person(known):
    asha = TokenMember.objects.get(name="Asha Devi")
    other = token_of("SARAL", "S-1")

    with pytest.raises(IntegrityError, match="relief_one_person_one_token"):
        TokenMember.objects.create(
            token=other, scheme="drt_2020", line=9, name="Asha", aadhaar_ref=asha.aadhaar_ref
        )


@pytest.mark.req("R-DRT-11")
@pytest.mark.parametrize(
    ("state", "shop"), [("awaiting_shop", "106300100001"), ("shop_assigned", ""), ("delivered", "")]
)
def test_database_refuses_a_token_neither_with_a_shop_nor_in_the_queue(known, state, shop):
    with pytest.raises(IntegrityError, match="relief_shop_or_queue"):
        an_empty_token(known, "06300000000014", state=state, shop_number=shop).save()


@pytest.mark.parametrize("outcome", ["token", "linked"])
def test_database_refuses_a_row_that_led_to_a_token_without_one(known, outcome):
    waiting = SourceRow.objects.get(reference="T-1")

    with pytest.raises(IntegrityError, match="relief_token_when_token_or_linked"):
        SourceRow.objects.filter(pk=waiting.pk).update(outcome=outcome)
