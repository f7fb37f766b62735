"""The pages of the outbox: how the lines are, refused messages with their owners, each within the reader's areas."""

import re

import pytest
from django.urls import reverse

from rasad.outbox import actions
from rasad.outbox.models import Message
from rasad.registry.models import Place
from tests.cast import ELSEWHERE, HISAR, NOON, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(db):
    Place.objects.create(kind="district", code=HISAR, name="Hisar")
    for about, district in (("T-1", HISAR), ("T-2", ELSEWHERE), ("T-3", "")):
        actions.post("ppp", "token_issued", about=about, district=district, at=NOON)
    Message.objects.update(state="dead", code="family_unknown", detail="1ABC2345")
    actions.post("ppp", "token_changed", about="T-1", district=HISAR, at=NOON)


def seen(client, name="outbox:refused"):
    page = client.get(reverse(name))
    text = b"".join(page.streaming_content) if page.streaming else page.content
    return [about for about in ("T-1", "T-2", "T-3") if about in text.decode()]


@pytest.mark.parametrize("name", ["outbox:refused", "outbox:refused_file"])
def test_each_sees_the_own_district_and_headquarters_all(dead, meena, headquarters, name):
    assert seen(client_of(meena), name) == ["T-1"]
    assert seen(client_of(headquarters), name) == ["T-1", "T-2", "T-3"]


def test_owner_reason_and_what_waits_behind_are_told(dead, headquarters):
    page = client_of(headquarters).get(reverse("outbox:refused")).content.decode()

    assert "for the DFSC of Hisar" in page
    assert "for headquarters" in page
    assert page.count("a later message waits behind it") == 1
    assert "The family ID is not known there." in page


def test_message_of_another_district_can_be_neither_sent_again_nor_given_up(dead, stranger):
    client, first = client_of(stranger), Message.objects.get(about="T-1", state="dead")
    client.post(reverse("outbox:replay"), {"message": [first.pk]})
    assert client.post(reverse("outbox:drop", args=[first.pk]), {"reason": "x"}).status_code == 404

    first.refresh_from_db()
    assert first.state == "dead"


def test_marked_ones_are_sent_again(dead, meena):
    first = Message.objects.get(about="T-1", state="dead")
    client_of(meena).post(reverse("outbox:replay"), {"message": [first.pk]})

    first.refresh_from_db()
    assert first.state == "waiting"


@pytest.mark.parametrize("marked", ["²", "9" * 40, "x", "-1"])
def test_mark_that_is_no_message_sends_nothing_again(dead, meena, marked):
    assert client_of(meena).post(reverse("outbox:replay"), {"message": [marked]}).status_code == 422

    assert Message.objects.filter(state="dead").count() == 3


@pytest.mark.parametrize("asked", ["?system=%00", "?page=%00"])
def test_sign_no_field_can_keep_is_told_so(dead, meena, asked):
    page = client_of(meena).get(reverse("outbox:refused") + asked)

    assert page.status_code == 400
    assert "no letter (NUL)" in page.content.decode()


def test_sign_no_field_can_keep_in_a_form_changes_nothing(dead, meena):
    first = Message.objects.get(about="T-1", state="dead")
    page = client_of(meena).post(reverse("outbox:drop", args=[first.pk]), {"reason": "gone\0"})

    first.refresh_from_db()
    assert (page.status_code, first.state) == (400, "dead")


def test_refused_messages_of_the_own_district_are_counted_beside_the_navigation(dead, meena, headquarters):
    def counted(user):
        return re.findall('<span class="count">(.+?)</span>', client_of(user).get("/outbox").content.decode())

    assert [set(counted(meena)), set(counted(headquarters))] == [{"1"}, {"3"}]
    Message.objects.update(state="sent")
    assert counted(meena) == []


def test_role_without_the_outbox_is_told_so(dead, auditor):
    assert client_of(auditor).get(reverse("outbox:refused")).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_list_asks_the_database_the_same_whatever_its_length(dead, meena, django_assert_num_queries, more):
    for place in range(more):
        actions.post("ppp", "token_issued", about=f"X-{place}", district=HISAR, at=NOON)
    Message.objects.filter(about__startswith="X").update(state="dead")
    client = client_of(meena)
    client.get(reverse("outbox:refused"))
    with django_assert_num_queries(8):
        client.get(reverse("outbox:refused"))
