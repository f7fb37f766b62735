"""A citizen applies on the web with the own telephone, follows it, withdraws it; others' are not there."""

import pytest

from rasad.applications.asked import Someone
from rasad.applications.models import Application
from tests.applications.conftest import ASHAS, MARCH_2, PROOF, about_card, new_card, put_down
from tests.applications.test_pages import filled, march

__all__ = ["march"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered", "march")]


def on_telephone(client, mobile):
    """A browser in which this telephone was shown by a code."""
    session = client.session
    session["citizen_mobile"] = mobile
    session.save()
    return client


def test_who_showed_no_telephone_is_sent_to_do_so_and_comes_back(client):
    for address in ("/my-applications", "/apply", "/apply/new_card?district=63"):
        assert client.get(address).url == "/my-token"
    assert client.session["citizen_next"] == "applications:apply"


def test_family_applies_on_the_web_and_gets_its_slip(client):
    citizen = on_telephone(client, "9812300001")
    assert citizen.get("/apply").status_code == 200
    assert citizen.get("/apply/new_card").status_code == 422
    assert citizen.get("/apply/new_card?district=63").status_code == 200

    answer = citizen.post("/apply/new_card?district=63", filled(mobile="9999999999"))

    made = Application.objects.get()
    assert answer.url == "/my-applications"
    # The telephone that was shown, whatever was typed.
    assert (made.mobile, made.channel, made.registered_by) == ("9812300001", "web", "citizen")
    assert citizen.get(f"/my-applications/{made.number}/slip.pdf").content[:5] == b"%PDF-"
    assert made.number in citizen.get("/my-applications").content.decode()


def test_change_is_asked_for_by_whoever_is_on_the_card(client):
    citizen = on_telephone(client, "9876543210")
    assert citizen.get(f"/apply/duplicate_card?card={ASHAS}").status_code == 200
    stranger = on_telephone(client, "9800000000")

    assert stranger.get(f"/apply/duplicate_card?card={ASHAS}").status_code == 403


def test_application_of_another_telephone_is_not_there(client):
    made = put_down(new_card())
    stranger = on_telephone(client, "9800000000")

    assert made.number not in stranger.get("/my-applications").content.decode()
    assert stranger.get(f"/my-applications/{made.number}/slip.pdf").status_code == 404
    assert stranger.post(f"/my-applications/{made.number}/withdraw").status_code == 404


def test_family_withdraws_and_reads_why_the_office_waits(client, asif):
    from rasad.applications.actions import verify

    made = put_down(about_card("duplicate_card", wants={"reason": "lost"}, papers=PROOF))
    verify.open_(application=made, by=asif, at=MARCH_2)
    verify.ask_back(application=made, reason="The police report is missing", by=asif, at=MARCH_2)
    citizen = on_telephone(client, "9876543210")

    assert "The police report is missing" in citizen.get("/my-applications").content.decode()
    citizen.post(f"/my-applications/{made.number}/withdraw")
    made.refresh_from_db()
    assert made.state == "withdrawn"


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_asks_the_database_as_often_for_one_as_for_three(client, count, django_assert_num_queries):
    for number in range(count):
        put_down(new_card(people=(Someone(f"Person {number}"),)))
    citizen = on_telephone(client, "9812300001")

    with django_assert_num_queries(4):
        citizen.get("/my-applications")
