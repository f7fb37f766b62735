"""A family reads its notice and answers it on the web, by its own telephone and nobody else's."""

import pytest
from django.test import Client

from rasad.delivery.views.citizen import SHOWN
from rasad.oversight.models import Case
from tests.counter.at_pages import words
from tests.oversight.cast import noticed, opened, ordered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ASHAS = "9999900001"
SAID = {"who": "Asha Devi", "words": "हम यहीं रहते हैं", "wants_hearing": "on"}


def on_telephone(mobile):
    client = Client()
    session = client.session
    session[SHOWN] = mobile
    session.save()
    return client


def test_without_a_code_nothing_is_shown(ashas, officers):
    case = noticed(officers.meena)
    client = Client()

    assert client.get("/my-cases").url == "/my-token"
    assert client.session["citizen_next"] == "oversight:my_cases"
    assert client.get(f"/my-cases/{case.number}/notice.pdf").status_code == 404
    assert client.post(f"/my-cases/{case.number}/answer", SAID).status_code == 404


@pytest.mark.req("R-BOG-10")
def test_family_answers_on_the_web_and_is_heard(ashas, officers):
    case = noticed(officers.meena)
    client = on_telephone(ASHAS)

    page = words(client.get("/my-cases"))
    assert "Your ration goes on." in page
    assert "Municipal register" in page
    assert "Answer by 25 June 2026." in page
    assert client.post(f"/my-cases/{case.number}/answer", {"who": "", "words": ""}).status_code == 422
    assert client.post(f"/my-cases/{case.number}/answer", SAID).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.answer, case.wants_hearing) == ("answered", SAID["words"], True)
    assert case.steps.get(act="answer").by == "citizen"
    assert client.get(f"/my-cases/{case.number}/notice.pdf")["Content-Type"] == "application/pdf"
    assert client.post(f"/my-cases/{case.number}/answer", SAID).status_code == 409


def test_other_telephone_sees_nothing(ashas, officers):
    case = noticed(officers.meena)
    other = on_telephone("9999900009")

    assert "There is no notice about a card of this telephone" in words(other.get("/my-cases"))
    assert other.post(f"/my-cases/{case.number}/answer", SAID).status_code == 404
    assert Case.objects.get().state == "noticed"


def test_what_has_no_notice_yet_is_not_shown_and_an_order_is(ashas, officers):
    opened(officers.meena, ground="dead", membership=ashas.household.memberships.get(line=3))
    ordered(officers)

    page = words(on_telephone(ASHAS).get("/my-cases"))

    assert "Ordered: it ends on 1 July 2026" in page
    assert "Said to have died" not in page
