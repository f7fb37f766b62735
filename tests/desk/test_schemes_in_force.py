"""Requests and runs belong to a scheme that is open and not over; of several the officer chooses."""

import pytest

from rasad.desk.actions import emergencies as actions
from rasad.jobs import actions as jobs
from rasad.jobs import running
from rasad.jobs.models import Job
from rasad.relief import schemes
from rasad.relief.models import Emergency, SourceRow, Token
from rasad.values.refused import Refused
from tests.cast import client_of, staff
from tests.desk.conftest import TODAY
from tests.desk.screens import clock, csv, opened, tried
from tests.relief.cast import HANSI

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {
    "name": "Parvati", "place": HANSI, "ration_option": "ration", "reference": "R-1", "received_on": "2020-05-14",
    "members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0",
}  # fmt: skip
TWEETS = "reference,received_on,name,district\nT-1,2020-05-14,Parvati,63\n"


@pytest.fixture(autouse=True)
def _at(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    clock(monkeypatch, 15, 5)


@pytest.fixture
def boss(headquarters):
    return client_of(headquarters)


@pytest.fixture
def deepak(db):
    return client_of(staff("deepak", "headquarters", ("state", "6"), name="Deepak"))


def test_survey_goes_to_the_scheme_that_has_surveys_though_a_newer_one_has_none(desk, boss, deepak, sarpanch):
    opened(boss, deepak)
    boss.post("/desk/schemes/flood_2020/run")
    running.run_waiting()

    assert client_of(sarpanch).post("/desk/survey", SAID).status_code == 302
    assert SourceRow.objects.get(reference="R-1").scheme == "drt_2020"


def test_of_two_schemes_the_officer_chooses_and_the_newest_is_offered_first(desk, boss, deepak, sarpanch):
    opened(boss, deepak, sources=["MMPSY", "LOCAL_COMMITTEE"])
    client = client_of(sarpanch)
    page = client.get("/desk/survey", headers={"accept-language": "en"}).content.decode()
    assert page.index('value="flood_2020"') < page.index('value="drt_2020"')

    client.post("/desk/survey", SAID | {"scheme": "drt_2020"})
    client.post("/desk/survey", SAID | {"scheme": "flood_2020", "reference": "R-2"})
    rows = SourceRow.objects.filter(source="LOCAL_COMMITTEE", run=None)
    assert dict(rows.values_list("reference", "scheme")) == {"R-1": "drt_2020", "R-2": "flood_2020"}
    assert client.post("/desk/survey", SAID | {"scheme": "drt_1999", "reference": "R-3"}).status_code == 422


def test_nothing_is_taken_down_when_every_scheme_is_over(desk, sarpanch, imran, monkeypatch):
    clock(monkeypatch, 1, 7)
    before = SourceRow.objects.count()
    answers = [
        client_of(sarpanch).post("/desk/survey", SAID),
        client_of(imran).post("/desk/tweet", SAID | {"place": ""}),
        client_of(imran).post("/desk/tweets", {"file": csv("t.csv", TWEETS)}),
    ]

    assert [one.status_code for one in answers] == [409, 409, 409]
    assert ["No relief scheme that is open today" in one.content.decode() for one in answers] == [True] * 3
    assert SourceRow.objects.count() == before


def test_draft_of_a_scheme_takes_no_requests(desk, boss):
    tried(boss, sources=["MMPSY", "LOCAL_COMMITTEE"])

    assert [one.code for one in schemes.taking("LOCAL_COMMITTEE", on=TODAY)] == ["drt_2020"]


def start(client, scheme, what):
    answer = client.post(f"/desk/schemes/{scheme}/{what}", headers={"accept-language": "en"})
    return answer.status_code, Job.objects.filter(kind__in=["relief.run", "relief.run_forwarded"]).count()


def test_scheme_that_is_unknown_a_draft_or_over_starts_no_run(desk, boss, monkeypatch):
    assert start(boss, "flood_1999", "take-up") == (404, 0)
    tried(boss)
    assert start(boss, "flood_2020", "run") == (409, 0)
    assert start(boss, "flood_2020", "take-up") == (409, 0)
    Emergency.objects.update(state="open", opened_by="deepak")
    clock(monkeypatch, 1, 7)
    assert start(boss, "flood_2020", "run") == (409, 0)
    assert start(boss, "drt_2020", "take-up") == (409, 0)


def test_run_that_was_asked_for_in_time_issues_nothing_once_the_scheme_is_over(
    desk, boss, deepak, imran, monkeypatch
):
    opened(boss, deepak)
    boss.post("/desk/schemes/flood_2020/run")
    client_of(imran).post("/desk/forward/go", {"row": desk.rows["dhanpat"].pk})
    boss.post("/desk/schemes/drt_2020/take-up")
    tokens = Token.objects.count()
    clock(monkeypatch, 1, 7)
    running.run_waiting()

    jobs_of_runs = Job.objects.filter(kind__in=["relief.run", "relief.run_forwarded"])
    assert [(one.state, one.why["code"]) for one in jobs_of_runs] == [("failed", "relief_is_over")] * 2
    assert Token.objects.count() == tokens


def test_closed_scheme_issues_nothing_though_its_days_go_on(desk, boss, deepak, headquarters):
    opened(boss, deepak)
    Emergency.objects.update(state="closed")

    with pytest.raises(Refused, match="relief_is_over"):
        actions.start_run(emergency=Emergency.objects.get(), by=headquarters, at=desk.run.started_at)
    jobs.start("relief.run_forwarded", args={"scheme": "flood_2020"}, by="kavita", at=desk.run.started_at)
    running.run_waiting()
    assert Job.objects.get(kind="relief.run_forwarded").why["code"] == "relief_is_over"
