"""A token's paper by WhatsApp: once, on record, and what Meta reports of it, late and twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from rasad.connectors.twin import Fault
from rasad.connectors.whatsapp import sandbox, webhook
from rasad.delivery.models import Step
from rasad.delivery.whatsapp import Posted, send_later
from rasad.outbox import sending
from rasad.outbox.models import Line, Message
from rasad.relief.models import Token
from rasad.values.refused import Refused
from tests.cast import client_of
from tests.delivery.conftest import NOON
from tests.delivery.test_portals import publish
from tests.desk.screens import at_once
from tests.relief.cast import ASHA, FARAWAY, KAMLA

pytestmark = pytest.mark.django_db(transaction=True)
MOBILE = "9876500001"
REPORTS = "/api/whatsapp/v1/reports"
LATER = datetime(2020, 5, 15, 7, 0, tzinfo=UTC)


@pytest.fixture
def meta(settings):
    with sandbox.running() as running:
        for name, value in running.settings.items():
            secret = name == "RASAD_WHATSAPP_APP_SECRET"
            setattr(settings, name.removeprefix("RASAD_"), value.encode() if secret else value)
        yield running


@pytest.fixture(autouse=True)
def _published(desk):
    publish()


def sent_by(user, *numbers):
    return client_of(user).post("/delivery/whatsapp", {"token": numbers}, follow=True).content.decode()


def send():
    Line.objects.update(rests_until=None)
    sending.drain_line("whatsapp")


def steps():
    return list(Step.objects.order_by("pk").values_list("token__number", "kind", "hand", "by"))


def message():
    return Message.objects.get(system="whatsapp")


def report(meta, status, **more):
    (one,) = meta.messages_for(MOBILE)
    body, signature = meta.status_body(one.id, status, at=LATER, **more)
    headers = {"X-Hub-Signature-256": signature}
    return Client().post(REPORTS, body, content_type="application/json", headers=headers).status_code


@pytest.mark.req("R-DRT-15")
def test_office_sends_the_paper_of_the_marked_ones_and_what_cannot_be_sent_is_told(meta, meena):
    page = sent_by(meena, ASHA, KAMLA)
    send()

    assert "1 paper leaves by WhatsApp." in page
    assert "1 token has no mobile number or no shop" in page
    (one,) = meta.messages_for(MOBILE)
    assert (one.document.startswith(b"%PDF"), one.filename) == (True, "ration-token.pdf")
    assert "XXXXXXXXXX0014" in one.text
    assert steps() == [(ASHA, "sent", "whatsapp", "meena")]


def test_token_of_another_district_is_not_sent(meta, meena):
    sent_by(meena, FARAWAY)

    assert not Message.objects.filter(system="whatsapp").exists()


def test_one_token_leaves_by_itself_where_there_is_an_account(meta, meena):
    page = client_of(meena).post(f"/delivery/tokens/{ASHA}/whatsapp", follow=True).content.decode()

    assert "1 paper leaves by WhatsApp." in page
    assert "wa.me" not in page


def test_without_an_account_marked_tokens_are_not_sent_and_told_why(meena):
    assert client_of(meena).post("/delivery/whatsapp", {"token": [ASHA]}).status_code == 409
    assert not Message.objects.filter(system="whatsapp").exists()


@pytest.mark.parametrize("status", ["delivered", "read"])
def test_report_of_arrival_is_on_the_tokens_way_once(meta, meena, status):
    sent_by(meena, ASHA)
    send()

    assert [report(meta, status), report(meta, status)] == [200, 200]
    assert steps() == [(ASHA, "sent", "whatsapp", "meena"), (ASHA, "arrived", "whatsapp", "meena")]
    assert Token.objects.get(number=ASHA).state == "published"


def test_telephone_without_whatsapp_is_a_dead_letter(meta, meena):
    sent_by(meena, ASHA)
    send()
    report(meta, "failed", code=131026)

    assert (message().state, message().code, message().detail) == (
        "dead",
        "not_deliverable",
        "WhatsApp says 131026",
    )


def test_lost_answer_is_not_sent_again_and_a_report_settles_it(meta, meena):
    sent_by(meena, ASHA)
    meta.fail(Fault.CUT, path="/messages")
    send()
    send()

    assert (message().state, message().code, len(meta.messages_for(MOBILE))) == ("dead", "perhaps_sent", 1)
    report(meta, "delivered")
    assert message().state == "sent"
    assert steps() == [(ASHA, "sent", "whatsapp", "meena"), (ASHA, "arrived", "whatsapp", "meena")]


@pytest.mark.parametrize("code", [190, 132001])
def test_closed_account_or_unregistered_text_refuses_no_paper(meta, meena, code):
    sent_by(meena, ASHA)
    meta.refuse(code)
    send()
    assert message().state == "waiting"

    send()
    assert message().state == "sent"


def test_report_nobody_signed_or_of_somebody_else_changes_nothing(meta, meena):
    sent_by(meena, ASHA)
    send()
    body, _ = meta.status_body(meta.messages_for(MOBILE)[0].id, "failed", code=131026, at=LATER)
    forged = Client().post(
        REPORTS, body, content_type="application/json", headers={"X-Hub-Signature-256": "sha256=" + "0" * 64}
    )

    assert (forged.status_code, message().state) == (403, "sent")


def test_address_proves_to_meta_that_it_is_ours(meta, settings):
    token = webhook.verify_token(settings.WHATSAPP_APP_SECRET)
    asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"}

    assert Client().get(REPORTS, asked).content == b"1158201444"
    assert Client().get(REPORTS, asked | {"hub.verify_token": "x"}).status_code == 403


def test_address_does_not_exist_without_an_account():
    assert Client().get(REPORTS).status_code == 404


def posted(user):
    token = Token.objects.filter(number=ASHA)
    return send_later(list(token), by=user.username, at=NOON)


def test_paper_asked_for_at_once_leaves_once(meta, meena):
    said = at_once(*(lambda: posted(meena) for _ in range(6)))

    assert sorted((one.leave, one.left_before) for one in said) == [(0, 1)] * 5 + [(1, 0)]
    send()
    assert Message.objects.filter(system="whatsapp", about=ASHA, kind="paper").count() == 1
    assert [one[1] for one in steps()] == ["sent"]


def test_button_pressed_again_says_that_the_paper_is_on_its_way(meta, meena):
    sent_by(meena, ASHA)
    send()

    page = client_of(meena).post(
        f"/delivery/tokens/{ASHA}/whatsapp", follow=True, headers={"accept-language": "en"}
    )
    assert "1 paper is on its way by WhatsApp already." in page.content.decode()
    assert Message.objects.filter(system="whatsapp").count() == 1


def test_paper_may_be_sent_again_later(meta, meena):
    sent_by(meena, ASHA)
    send()
    Message.objects.update(created_at=NOON - timedelta(minutes=11))

    assert posted(meena) == Posted(1, 0, 0)


def test_paper_that_cannot_be_made_rests_the_line_and_leaves_when_it_can(meta, meena, monkeypatch):
    def missing():
        raise Refused("fonts_missing", folder="fonts", files="NotoSans-Regular.ttf")

    sent_by(meena, ASHA)
    with monkeypatch.context() as patch:
        patch.setattr("rasad.web.fonts.found", missing)
        send()
    line = Line.objects.get(system="whatsapp")
    assert (line.failures, "NotoSans-Regular.ttf" in line.last_error, line.rests_until is None) == (
        1,
        True,
        False,
    )
    assert Message.objects.get(system="whatsapp").leased_until is None

    send()
    assert Message.objects.get(system="whatsapp").state == "sent"
