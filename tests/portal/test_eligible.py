"""Anybody may ask whether a family is eligible: only what the rules of its area use, and nothing is kept."""

from tests.portal.test_due import words

VILLAGE = "/eligible?state=IN-HR&area=rural"
TOWN = "/eligible?state=IN-HR&area=urban"


def test_family_with_five_acres_is_eligible_and_near_the_limit(client):
    said = words(
        client.post(VILLAGE, {"land_acres": "5.0", "main_income": "cultivation", "annual_income": "150000"})
    )

    assert "the family is eligible (PHH)" in said
    assert "owning land upto 5.0 acres of any type" in said


def test_car_excludes_and_the_order_is_quoted(client):
    said = words(client.post(VILLAGE, {"owns_motorised_four_wheeler": "yes", "main_income": "cultivation"}))

    assert "the family is excluded" in said
    assert "Owning motorised four wheeler" in said


def test_village_is_not_asked_about_an_air_conditioner(client):
    assert "air conditioner" in words(client.get(TOWN)).lower()
    assert "air conditioner" not in words(client.get(VILLAGE)).lower()


def test_what_was_not_answered_and_matters_is_named(client):
    said = words(client.post(VILLAGE, {"main_income": "cultivation"}))

    assert "These answers could change the result" in said


def test_answer_that_cannot_be_read_is_asked_again(client):
    said = words(client.post(VILLAGE, {"land_acres": "a lot"}))

    assert "Enter a number." in said
    assert "By what you told" not in said


def test_nothing_is_looked_up_or_kept(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.post(VILLAGE, {"land_acres": "3"})
    assert "sessionid" not in answer.cookies
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
