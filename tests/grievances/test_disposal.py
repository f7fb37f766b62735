"""Complaints through to disposal: at the shop, closed, counted, looked at by committees; whom to call where."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from rasad.grievances import actions, queries
from rasad.grievances.models import Complaint, Measure, Sitting
from rasad.journal.models import Entry
from rasad.policy.department import helplines
from rasad.values.refused import Refused
from tests.cast import ELSEWHERE, HISAR, client_of
from tests.counter.conftest import _in_english, _twins, ravis, world
from tests.grievances.test_complaints import MAY_20, imran

__all__ = ["_in_english", "_twins", "imran", "ravis", "world"]
pytestmark = pytest.mark.django_db
SHOP = "106300100001"


@pytest.fixture(autouse=True)
def _at(monkeypatch):
    from rasad import wiring

    monkeypatch.setattr(wiring, "now", lambda: MAY_20.astimezone(wiring.INDIA))
    for name in ("complaints", "sittings", "figures"):
        monkeypatch.setattr(f"rasad.grievances.views.{name}.now", wiring.now)


def complaint(kind="quality", district=HISAR, at=MAY_20, **more):
    return actions.take_down(
        kind=kind, words="Stones in the wheat", district=district, way="counter", by="citizen", at=at, **more
    )


def replied(by, at=MAY_20, **more):
    made = complaint(**more)
    actions.reply(complaint=made, words="It was exchanged.", by=by, at=at)
    made.refresh_from_db()
    return made


def refused(call, **given):
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.code


@pytest.mark.req("R-GRV-07")
@pytest.mark.parametrize("kind", ["quality", "quantity", "availability", "shop"])
def test_complaint_is_taken_at_the_shop_about_that_shop(ravi, ravis, kind, client):
    at_shop = client_of(ravi)
    form = at_shop.get("/complaint/new").context["form"]
    assert (form.initial["shop"], form.initial["kind"]) == (SHOP, "quality")
    assert "/complaint/new" in at_shop.get("/counter").content.decode()

    answer = at_shop.post(
        "/complaint/new", {"kind": kind, "district": HISAR, "words": "Stones in the wheat", "shop": SHOP}
    )

    made = Complaint.objects.get()
    assert (answer.status_code, made.kind, made.shop_number, made.goes_to, made.acknowledged_at) == (
        302, kind, SHOP, "dfsc", MAY_20,
    )  # fmt: skip
    assert SHOP in client.get(f"/complaint?number={made.number}").content.decode()


@pytest.mark.req("R-GRV-04")
def test_complaint_is_disposed_of_when_the_family_is_content(client, meena):
    made = replied(meena)
    assert "Content with the reply" in client.get(f"/complaint?number={made.number}").content.decode()

    assert client.post("/complaint/accept", {"number": made.number}).status_code == 302

    made.refresh_from_db()
    assert (made.state, made.closed_at) == ("closed", MAY_20)
    assert list(made.steps.values_list("act", flat=True)) == ["received", "replied", "accepted"]
    assert refused(actions.accept, complaint=made, by="citizen", at=MAY_20) == "complaint_moved_on"
    assert client.post("/complaint/accept", {"number": "G1"}).status_code == 302


@pytest.mark.req("R-GRV-04")
def test_reply_that_nobody_answers_closes_it_after_as_many_days_as_a_reply_may_take(meena):
    made = replied(meena)

    assert actions.close_silent(at=MAY_20 + timedelta(days=30)) == 0
    assert [actions.close_silent(at=MAY_20 + timedelta(days=31)) for _ in range(2)] == [1, 0]

    made.refresh_from_db()
    assert made.state == "closed"
    assert list(Entry.objects.filter(action="complaint.closed").values_list("by", "facts")) == [
        ("system", {"how": "silence"})
    ]


def test_silence_is_no_consent_and_an_appeal_goes_on_from_a_closed_one(client, meena):
    made = replied(meena)
    actions.close_silent(at=MAY_20 + timedelta(days=31))

    client.post("/complaint/appeal", {"number": made.number, "words": "Nobody came"})

    made.refresh_from_db()
    assert (made.state, made.goes_to, made.closed_at) == ("appealed", "dgro", None)


def test_database_closes_nothing_without_a_reply():
    complaint()

    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.update(state="closed", closed_at=MAY_20)


@pytest.mark.req("R-GRV-04")
def test_figures_follow_each_kind_from_receipt_to_disposal(meena, stranger, auditor):
    replied(meena, at=MAY_20 + timedelta(days=3))
    complaint(), complaint(kind="delay", at=MAY_20 - timedelta(days=40)), complaint(district=ELSEWHERE)
    actions.accept(complaint=replied(meena, at=MAY_20 + timedelta(days=1)), by="citizen", at=MAY_20)

    office = client_of(meena)
    told = office.get("/complaints/figures").context["rows"]

    assert [
        (one.kind, one.received, one.open, one.late, one.replied, one.closed, one.days) for one in told
    ] == [
        ("An application takes too long", 1, 1, 1, 0, 0, None),
        ("Shop: bad quality of the grain", 3, 1, 0, 1, 1, 2.0),
    ]
    assert [one.received for one in client_of(stranger).get("/complaints/figures").context["rows"]] == [1]
    lines = b"".join(office.get("/complaints/figures.csv").streaming_content).decode().splitlines()
    assert lines[1:] == [
        "An application takes too long,1,1,1,0,0,",
        "Shop: bad quality of the grain,3,1,0,1,1,2.0",
    ]
    assert client_of(auditor).get("/complaints/figures").status_code == 403


@pytest.mark.req("R-GRV-12")
def test_committee_looks_at_what_waits_and_records_a_measure_until_it_is_carried_out(meena, stranger):
    waiting = [complaint(shop=SHOP) for _ in range(3)]
    elsewhere, office = complaint(district=ELSEWHERE), client_of(meena)
    page = office.get("/complaints/sittings/new")
    assert page.context["recurring"] == [("quality", "Shop: bad quality of the grain", SHOP, 3)]
    assert list(page.context["waiting"]) == waiting

    answer = office.post(
        "/complaints/sittings/new",
        {"committee": "Vigilance Committee, Hansi", "held_on": "2022-05-19", "note": "Same shop thrice",
         "complaint": [waiting[0].pk, waiting[1].pk, elsewhere.pk]},
    )  # fmt: skip

    made = Sitting.objects.get()
    assert (answer.url, made.district_code, sorted(made.complaints.values_list("pk", flat=True))) == (
        f"/complaints/sittings/{made.pk}", HISAR, [waiting[0].pk, waiting[1].pk],
    )  # fmt: skip
    assert waiting[0].steps.last().act == "looked_at"
    told = {
        "kind": "quality", "problem": "Stones in the wheat", "measure": "Sieve at the godown", "who": "Inspector Hansi",
        "by_when": "2022-06-10",
    }  # fmt: skip
    assert (
        office.post(f"/complaints/sittings/{made.pk}/measure", told | {"by_when": "2022-05-01"}).status_code
        == 422
    )
    assert office.post(f"/complaints/sittings/{made.pk}/measure", told | {"who": ""}).status_code == 422
    assert office.post(f"/complaints/sittings/{made.pk}/measure", told).status_code == 302
    measure = Measure.objects.get()
    assert "Sieve at the godown" in office.get("/complaints/sittings").content.decode()
    assert office.post(f"/complaints/measures/{measure.pk}", {"done": " "}).status_code == 422
    assert office.post(f"/complaints/measures/{measure.pk}", {"done": "Sieves bought"}).status_code == 302
    assert office.post(f"/complaints/measures/{measure.pk}", {"done": "Again"}).status_code == 409
    assert list(Measure.objects.values_list("done", "done_by")) == [("Sieves bought", "meena")]
    assert list(Entry.objects.filter(of_kind="sitting").values_list("action", flat=True)) == [
        "complaint.sitting", "complaint.measure", "complaint.measure_done",
    ]  # fmt: skip
    far = client_of(stranger)
    assert far.get(f"/complaints/sittings/{made.pk}").status_code == 404
    assert far.post(f"/complaints/measures/{measure.pk}", {"done": "x"}).status_code == 404
    assert far.get("/complaints/sittings").context["page"].object_list.count() == 0


def test_sitting_that_has_not_been_is_not_written_down(meena):
    office = client_of(meena)

    answer = office.post("/complaints/sittings/new", {"committee": "Committee", "held_on": "2022-05-21"})

    assert (answer.status_code, answer.context["said"].code, Sitting.objects.count()) == (
        422,
        "sitting_ahead",
        0,
    )


def test_what_came_twice_or_long_ago_is_no_recurring_problem():
    complaint(), complaint()
    for _ in range(3):
        complaint(kind="delay", at=MAY_20 - timedelta(days=200))

    assert queries.recurring(Complaint.objects.all(), on=MAY_20.date()) == []


@pytest.mark.req("R-GRV-09")
def test_helplines_of_the_charter_are_published_to_everybody(client):
    numbers = [number for line in helplines("haryana", on=date(2026, 3, 2)) for number in line.value]
    assert numbers == ["1967", "1800-180-2090", "1800-180-2087"]

    for page in ("/contact", "/complaint/states"):
        read = client.get(page).content.decode()
        assert [number for number in numbers if number not in read] == []
    assert all(line.toll_free for line in helplines("haryana", on=date(2026, 3, 2)))


@pytest.mark.req("R-GRV-10")
def test_states_with_toll_free_numbers_and_redress_on_the_web_are_reported(client):
    page = client.get("/complaint/states")

    told = {name: (toll_free.text, online.text) for name, toll_free, online in page.context["rows"]}
    assert (told["Haryana"], told["Assam"], told["Lakshadweep"]) == (("Yes", "Yes"), ("Yes", "-"), ("-", "-"))
    assert page.context["total"] == len(told) == 35
    assert (page.context["toll_free"], page.context["online"]) == (
        sum(one == "Yes" for one, _ in told.values()), sum(one == "Yes" for _, one in told.values()),
    )  # fmt: skip
    assert "/complaint/new" in page.content.decode()
    assert datetime(2014, 1, 30, tzinfo=UTC).date() == page.context["as_on"]
