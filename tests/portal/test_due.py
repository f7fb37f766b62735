"""Anybody may ask what a card is due; the answer names its orders."""

import re

import pytest

HIMACHAL = "/due?state=IN-HP&month=2022-06"


def words(answer):
    """What a page says between its tags."""
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def cells(answer):
    """The rows of the answer: commodity, quantity, price, amount."""
    rows = re.findall(r"<tr>\s*<td data-label.*?</tr>", answer.content.decode(), re.S)
    told = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)[:4] for row in rows]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in told]


@pytest.mark.req("R-ENT-01")
def test_card_of_two_sees_its_grain_with_the_top_up_prices_and_orders(client):
    answer = client.get(f"{HIMACHAL}&category=PHH&members=2")

    assert cells(answer)[:4] == [
        ["Wheat", "6 kg", "₹2.00", "₹12.00"],
        ["Rice", "4 kg", "₹3.00", "₹12.00"],
        ["Wheat top-up", "3 kg", "₹7.60", "₹22.80"],
        ["Rice top-up", "2 kg", "₹10.00", "₹20.00"],
    ]
    assert "3 Kg. per member per month/2.800 Kg. per member per month" in words(answer)
    assert "hp.phh.wheat" in words(answer)


def test_family_that_chose_atta_sees_atta(client):
    answer = client.get(f"{HIMACHAL}&category=AAY&members=3&choice=atta")

    assert cells(answer)[0] == ["Wheat flour (atta)", "18.8 kg", "₹3.20", "₹60.16"]


def test_tribal_area_is_asked_about_only_where_the_rules_use_it(client):
    assert "tribal area" in words(client.get("/due?state=IN-HP"))
    assert "tribal area" not in words(client.get("/due?state=IN-HR"))


def test_token_is_offered_only_in_its_months(client):
    assert "(DRT)" in words(client.get("/due?state=IN-HR&month=2020-05"))
    assert "(DRT)" not in words(client.get("/due?state=IN-HR&month=2022-05"))


def test_month_before_the_first_order_is_no_zero(client):
    said = words(client.get("/due?state=IN-HR&category=OPH&members=4&month=1999-05"))

    assert "The oldest rule we have begins on" in said
    assert "Together" not in said


def test_apl_card_of_haryana_is_told_that_no_rule_gives_it_grain(client):
    said = words(client.get("/due?state=IN-HR&category=APL&members=4&month=2015-01"))

    assert "What is due on category APL is not known." in said


def test_nonsense_is_answered_beside_the_question(client):
    said = words(client.get("/due?state=XX&category=OPH&members=0&month=soon"))

    assert "Write the month as 2022-06." in said
    assert "greater than or equal to 1" in said


def test_nothing_is_looked_up_or_kept(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get(f"{HIMACHAL}&category=PHH&members=2")
    assert "sessionid" not in answer.cookies
