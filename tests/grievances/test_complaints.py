"""A complaint: its number at once, whom it goes to, the reply that is owed, and what happens when it does not come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from rasad.applications.actions import decide
from rasad.grievances import actions, queries
from rasad.grievances.models import Complaint, ComplaintStep
from rasad.values.refused import Refused
from tests.applications.conftest import MARCH_2, asif, bimla, new_card, put_down, registered, verified
from tests.cast import HISAR, client_of, staff

__all__ = ["asif", "bimla", "registered"]
pytestmark = pytest.mark.django_db
MAY_20 = datetime(2022, 5, 20, 6, 30, tzinfo=UTC)


@pytest.fixture
def imran(db):
    """The Deputy Commissioner's office: the DGRO."""
    return staff("imran", "district_administration", ("district", HISAR), name="Imran Khan")


def complaint(kind="shop", way="counter", at=MAY_20, **more):
    return actions.take_down(
        kind=kind, words="The shop was closed", district=HISAR, way=way, by="citizen", at=at, **more
    )


def refused(call, *args, **given):
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return caught.value


@pytest.mark.req("R-GRV-01", "R-GRV-02", "R-GRV-03")
@pytest.mark.parametrize(
    ("way", "acknowledge_by", "acknowledged"),
    [
        ("counter", date(2022, 5, 20), True),
        ("web", date(2022, 5, 20), True),
        ("post", date(2022, 5, 27), False),
    ],
)
def test_acknowledged_on_the_spot_or_within_seven_days_by_post(way, acknowledge_by, acknowledged):
    made = complaint(way=way)

    assert (made.acknowledge_by, made.acknowledged_at is not None) == (acknowledge_by, acknowledged)
    assert (made.reply_by, len(made.number), made.number[0]) == (date(2022, 6, 19), 11, "G")


@pytest.mark.req("R-GRV-05", "R-GRV-06", "R-GRV-08", "R-GRV-15")
@pytest.mark.parametrize(
    ("kind", "goes_to"),
    [
        ("delay", "dfsc"), ("rejection", "dfsc"), ("poor_list", "gram_panchayat"), ("entitlement", "dgro"),
        ("shop", "dfsc"), ("behaviour", "dfsc"), ("quality", "dfsc"), ("quantity", "dfsc"), ("availability", "dfsc"),
    ],
)  # fmt: skip
def test_each_kind_goes_to_its_office(kind, goes_to):
    assert complaint(kind=kind).goes_to == goes_to


@pytest.mark.req("R-GRV-13")
def test_unanswered_one_goes_up_by_itself_once(meena):
    made, posted = complaint(), complaint(way="post")

    assert actions.go_up(at=MAY_20 + timedelta(days=8)) == 1
    assert [actions.go_up(at=MAY_20 + timedelta(days=31)) for _ in range(2)] == [1, 0]
    found = dict(Complaint.objects.values_list("number", "goes_to"))
    assert found == {made.number: "dgro", posted.number: "dgro"}


def test_officer_complained_of_does_not_answer(meena):
    made = complaint(kind="behaviour", against="meena")

    assert (
        refused(actions.reply, complaint=made, words="No", by=meena, at=MAY_20).code == "answers_for_himself"
    )


@pytest.mark.req("R-GRV-05")
@pytest.mark.usefixtures("registered")
def test_refusal_is_complained_of_and_answered_by_somebody_who_had_no_part_in_it(asif, bimla, meena):
    asked = verified(put_down(new_card()), asif)
    decide.reject(application=asked, ground="not_living_here", why="Nobody there", by=bimla, at=MARCH_2)
    made = complaint(kind=queries.kind_of(asked.number), about=asked.number, at=MARCH_2)

    assert (made.kind, queries.district_of(asked.number)) == ("rejection", HISAR)
    assert (
        refused(actions.reply, complaint=made, words="No", by=bimla, at=MARCH_2).code == "answers_for_himself"
    )
    actions.reply(
        complaint=made, words="Apply again; the visit was at the wrong house.", by=meena, at=MARCH_2
    )
    made.refresh_from_db()
    assert (made.state, made.replied_by) == ("replied", "meena")


@pytest.mark.req("R-GRV-11", "R-GRV-14")
def test_family_follows_by_the_number_and_appeals_to_the_office_above(client, meena, imran):
    made = complaint(name="Asha Devi", mobile="9876543210")
    office, above = client_of(meena), client_of(imran)
    office.post(f"/complaints/{made.number}/act", {"act": "enquire", "words": "Asked the dealer"})
    assert office.post(f"/complaints/{made.number}/act", {"act": "reply", "words": " "}).status_code == 422
    office.post(f"/complaints/{made.number}/act", {"act": "reply", "words": "The dealer was ill."})

    said = client.get(f"/complaint?number={made.number.lower()}").content.decode()
    assert "The dealer was ill." in said
    assert "Asha" not in said
    client.post("/complaint/appeal", {"number": made.number, "words": "He is never there"})
    made.refresh_from_db()
    assert (made.state, made.goes_to) == ("appealed", "dgro")
    # What went above is not answered below.
    assert office.post(f"/complaints/{made.number}/act", {"act": "reply", "words": "x"}).status_code == 403
    above.post(f"/complaints/{made.number}/act", {"act": "reply", "words": "The licence is suspended."})
    made.refresh_from_db()
    assert made.replied_by == "imran"
    assert list(made.steps.values_list("act", flat=True)) == [
        "received",
        "in_enquiry",
        "replied",
        "appealed",
        "replied",
    ]


def test_anybody_complains_on_the_web_without_a_log_in(client):
    from rasad.registry.models import Place

    Place.objects.create(kind="district", code=HISAR, name="Hisar")
    assert client.get("/complaint/new").status_code == 200
    assert client.post("/complaint/new", {"kind": "shop", "district": HISAR, "words": ""}).status_code == 422

    answer = client.post(
        "/complaint/new",
        {"kind": "shop", "district": HISAR, "words": "Closed again", "mobile": " 9876543210 "},
    )

    made = Complaint.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/complaint?number={made.number}")
    assert (made.way, made.mobile) == ("web", "9876543210")


def test_what_is_over_is_refused_and_said(meena):
    made = complaint()
    actions.reply(complaint=made, words="Done", by=meena, at=MAY_20)

    assert (
        refused(actions.reply, complaint=made, words="Again", by=meena, at=MAY_20).code
        == "complaint_moved_on"
    )
    assert refused(actions.acknowledge, complaint=made, by=meena, at=MAY_20).code == "complaint_moved_on"
    assert (
        refused(actions.appeal, complaint=made, words=" ", by="citizen", at=MAY_20).code
        == "complaint_without_words"
    )


@pytest.mark.parametrize(
    "statement", ["UPDATE grievances_complaintstep SET by = 'x'", "DELETE FROM grievances_complaintstep"]
)
def test_steps_stay_as_they_were_written(statement):
    complaint()

    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        connection.cursor().execute(statement)

    assert ComplaintStep.objects.count() == 1


@pytest.mark.req("R-GRV-13")
def test_appeal_has_days_of_its_own_and_goes_up_when_they_are_over(imran):
    dfsc = staff("dina", "dfsc", ("district", HISAR))
    made = complaint()
    actions.reply(complaint=made, words="Nothing was found", by=dfsc, at=MAY_20 + timedelta(days=29))
    appealed = MAY_20 + timedelta(days=40)
    actions.appeal(complaint=made, words="Ask the neighbours", by="citizen", at=appealed)

    assert actions.go_up(at=appealed + timedelta(days=30)) == 0
    made.refresh_from_db()
    assert (made.goes_to, made.reply_by) == ("dgro", (appealed + timedelta(days=30)).date())
    assert actions.go_up(at=appealed + timedelta(days=31)) == 1
    made.refresh_from_db()
    assert made.goes_to == "commission"


def test_what_is_no_act_is_no_final_reply(meena):
    made = complaint()

    answer = client_of(meena).post(
        f"/complaints/{made.number}/act", {"act": "acknowlege", "words": "not yet"}
    )

    made.refresh_from_db()
    assert (answer.status_code, made.state, made.reply) == (404, "received", "")
