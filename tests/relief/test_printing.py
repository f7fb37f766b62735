"""From the database to paper: family, the ration the rules give, shop, signature."""

from datetime import date

import pytest

from rasad.relief import printing
from rasad.relief.credential import public_keys, verify
from rasad.relief.models import Token
from rasad.relief.paper.contents import Member, ShopOnPaper, Words
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise
from tests.cast import HISAR
from tests.relief.cast import ASHA, KAMLA, NOOR, SHOP


def of_hisar():
    return printing.to_print(Token.objects.filter(district_code=HISAR))


@pytest.fixture
def printed(world):
    return {paper.number: paper for paper in printing.papers(of_hisar())}


def test_tokens_come_by_shop_and_those_without_one_last(printed):
    assert list(printed) == [ASHA, NOOR, KAMLA]


def test_spent_tokens_are_not_printed(world):
    Token.objects.filter(number=ASHA).update(state=Token.State.CANCELLED)
    Token.objects.filter(number=NOOR).update(state=Token.State.EXPIRED)

    assert [paper.number for paper in printing.papers(of_hisar())] == [KAMLA]


def test_paper_has_the_family_and_its_place(printed):
    asha = printed[ASHA]

    assert asha.holder == "Asha Devi"
    assert asha.members == (
        Member("Asha Devi", "", 21),
        Member("Ram Singh", "", 22),
        Member("Ritu", "", 23),
    )
    assert (asha.place, asha.district) == (Words("हांसी", "Hansi"), Words("हिसार", "Hisar"))
    assert asha.months == (Month(2020, 4), Month(2020, 5), Month(2020, 6))


def test_place_that_is_not_in_the_register_stands_as_it_was_told(printed):
    assert printed[NOOR].place == Words("near the canal", "near the canal")


def test_paper_has_the_words_of_the_scheme(printed):
    edition = printed[ASHA].edition

    assert edition.title == Words("संकट राशन टोकन", "Distress Ration Token")
    assert edition.government == Words("हरियाणा सरकार", "Government of Haryana")
    assert (edition.helpline, edition.last_day) == ("1967", date(2020, 6, 30))
    assert edition.officer.en == "District Food and Supplies Controller"


@pytest.mark.req("R-DRT-02")
def test_ration_is_that_of_a_card_of_the_inherited_category_month_by_month(printed):
    wheat, pulses = printed[ASHA].rations

    assert wheat.commodity == Words("गेहूँ", "Wheat")
    assert wheat.per_month == ((Grams(15_000), Paise(0)),) * 3
    assert pulses.commodity == Words("दाल", "Pulses")
    assert pulses.per_month == ((Grams(2_500), Paise(0)),) * 3


def test_shop_is_there_with_both_ends_of_the_way(printed):
    assert printed[ASHA].shop == ShopOnPaper(
        number=SHOP,
        name=Words("रवि राशन दुकान", "Ravi Fair Price Shop"),
        place=Words("हांसी", "Hansi"),
        address="",
        at=(29.11, 75.91),
        home=(29.1, 75.9),
        distance_m=0,
        is_own_place=True,
    )
    assert printed[KAMLA].shop is None


def test_shop_that_the_register_lost_is_still_named_by_its_number(world):
    Token.objects.filter(number=ASHA).update(shop_number="106300199999")
    paper = next(iter(printing.papers(of_hisar())))

    assert paper.shop is not None
    assert paper.shop.number == "106300199999"


def test_code_of_the_paper_is_signed_with_the_key_of_this_installation(printed):
    keys = public_keys(printing.signer().public_pem)
    facts = verify(printed[ASHA].signed, keys, on=date(2020, 6, 30))

    assert (facts.number, facts.holder, facts.shop, facts.members) == (ASHA, "Asha Devi", SHOP, 3)
    assert (facts.first_day, facts.last_day) == (date(2020, 4, 1), date(2020, 6, 30))
    assert (facts.scheme, facts.inherits, facts.district, facts.issuer) == ("drt_2020", "OPH", "63", "IN-HR")


def test_token_of_may_is_good_from_the_first_of_may(world):
    Token.objects.filter(number=ASHA).update(months=["2020-05", "2020-06"])
    paper = next(iter(printing.papers(of_hisar())))
    facts = verify(paper.signed, public_keys(printing.signer().public_pem), on=date(2020, 5, 1))

    assert facts.first_day == date(2020, 5, 1)
    assert len(paper.rations[0].per_month) == 2


@pytest.mark.parametrize("more", [0, 3])
def test_more_tokens_of_the_same_places_ask_the_database_no_more(world, more, django_assert_max_num_queries):
    for copy in range(more):
        token = Token.objects.get(number=ASHA)
        token.pk, token.number, token.family_key = None, f"063000000001{copy}0", f"saral:{copy}"
        token.save()

    with django_assert_max_num_queries(9):
        assert len(list(printing.papers(of_hisar()))) == 3 + more
