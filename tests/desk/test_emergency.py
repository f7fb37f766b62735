"""A second emergency from the screens alone: drafted, lists uploaded, tried, opened by another officer, run, closed."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from rasad import wiring
from rasad.desk.views import emergencies as views
from rasad.jobs import running
from rasad.relief.models import Emergency, SourceRow, Token
from tests.cast import client_of, staff
from tests.relief.cast import HANSI, SHOP

pytestmark = pytest.mark.django_db(transaction=True)
FORM = {
    "code": "flood_2020",
    "title_en": "Flood Ration Token",
    "title_hi": "बाढ़ राशन टोकन",
    "title_bn": "বন্যা রেশন টোকেন",
    "first_day": "2020-05-10",
    "last_day": "2020-06-30",
    "inherits": "OPH",
    "bars": ["AAY", "OPH"],
    "sources": ["MMPSY", "SARAL"],
    "order": "17 of 10.05.2020",
    "words": "tokens for May and June 2020",
}
FAMILIES = f"""reference,district,place,received_on,card_category
M-1,63,{HANSI},2020-05-11,APL
M-2,63,{HANSI},2020-05-12,APL
M-3,63,{HANSI},2020-05-12,OPH
"""
MEMBERS = """reference,line,name,sex,age
M-1,1,Asha Devi,F,40
M-1,2,Ram Singh,M,45
M-2,1,Kamla,F,50
M-3,1,Sunita,F,33
"""


@pytest.fixture(autouse=True)
def _at(settings, tmp_path, monkeypatch):
    """The books are in the middle of May 2020; what is uploaded lies in a folder of the test."""
    settings.HOME = tmp_path
    at(monkeypatch, 15, 5)


def at(monkeypatch, day, month):
    moment = datetime(2020, month, day, 12, 0, tzinfo=wiring.INDIA)
    monkeypatch.setattr(wiring, "now", lambda: moment)
    monkeypatch.setattr(views, "now", lambda: moment)


@pytest.fixture
def kavita(headquarters):
    return client_of(headquarters)


@pytest.fixture
def deepak(db):
    """The second officer at headquarters."""
    return client_of(staff("deepak", "headquarters", ("state", "6"), name="Deepak"))


def file(name, text):
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def drafted(client):
    client.post("/desk/schemes/new", FORM)
    return client.post(
        "/desk/schemes/flood_2020/upload",
        {"source": "MMPSY", "families": file("f.csv", FAMILIES), "members": file("m.csv", MEMBERS)},
    )


def tried(client):
    drafted(client)
    client.post("/desk/schemes/flood_2020/trial")
    assert running.run_waiting() == 1


@pytest.mark.req("R-DRT-22")
def test_second_emergency_runs_from_the_screens_alone(desk, kavita, deepak, monkeypatch):
    tried(kavita)
    trial = Emergency.objects.get().trial
    assert (trial["rows"], trial["tokens"], trial["refused"], trial["people"], trial["without_shop"]) == (
        3, 2, {"not_apl_card": 1}, 3, 0,
    )  # fmt: skip
    assert not Token.objects.filter(scheme="flood_2020").exists()

    kavita.post("/desk/schemes/flood_2020/open")
    assert Emergency.objects.get().state == "draft"
    deepak.post("/desk/schemes/flood_2020/open")
    kavita.post("/desk/schemes/flood_2020/run")
    running.run_waiting()

    issued = Token.objects.filter(scheme="flood_2020").order_by("holder_name")
    assert list(issued.values_list("holder_name", "state", "shop_number", "months", "inherits")) == [
        ("Asha Devi", "published", SHOP, ["2020-05", "2020-06"], "OPH"),
        ("Kamla", "published", SHOP, ["2020-05", "2020-06"], "OPH"),
    ]
    kavita.post("/desk/schemes/flood_2020/close")
    assert Emergency.objects.get().state == "open"
    at(monkeypatch, 1, 7)
    kavita.post("/desk/schemes/flood_2020/close")
    assert set(issued.values_list("state", flat=True)) == {"expired"}


def test_impact_is_shown_before_anybody_opens_it(desk, kavita):
    tried(kavita)
    page = kavita.get("/desk/schemes/flood_2020").content.decode()

    assert "Another officer of headquarters opens it" in page
    assert "Not on an APL card" in page
    assert "Hisar" in page


def test_changed_list_needs_another_trial(desk, kavita, deepak):
    tried(kavita)
    drafted(kavita)

    assert "There was no trial run since" in deepak.post("/desk/schemes/flood_2020/open").content.decode()


def test_database_lets_nobody_open_the_own_scheme(desk, kavita):
    drafted(kavita)

    with pytest.raises(IntegrityError, match="relief_emergency_opened_by_another"):
        Emergency.objects.update(state="open", opened_by="kavita")


def test_list_that_cannot_be_used_says_what_is_missing(desk, kavita):
    kavita.post("/desk/schemes/new", FORM)
    page = kavita.post(
        "/desk/schemes/flood_2020/upload",
        {"source": "MMPSY", "families": file("f.csv", "name,village\nAsha,Hansi\n")},
    )

    assert page.status_code == 409
    assert "reference / संदर्भ" in page.content.decode()


def test_name_that_is_taken_is_refused(desk, kavita):
    page = kavita.post("/desk/schemes/new", FORM | {"code": "drt_2020"})

    assert (page.status_code, "There is one under the name drt_2020 already" in page.content.decode()) == (
        409,
        True,
    )


@pytest.mark.req("R-DRT-05", "R-DRT-06", "R-INT-11", "R-ACT-07", "R-ACT-09")
@pytest.mark.parametrize(
    ("source", "address"), [("LOCAL_COMMITTEE", "/desk/survey"), ("CM_TWITTER", "/desk/tweet")]
)
def test_request_leads_to_a_token_only_once_it_was_passed_on(desk, kavita, imran, sarpanch, source, address):
    who = sarpanch if source == "LOCAL_COMMITTEE" else imran
    members = {
        "members-TOTAL_FORMS": "1",
        "members-INITIAL_FORMS": "0",
        "members-0-name": "Ritu",
        "members-0-age": "9",
    }
    place = HANSI if source == "LOCAL_COMMITTEE" else ""
    said = {
        "name": "Parvati", "age": "41", "sex": "F", "mobile": "9876500077", "place": place, "place_name": "Hansi",
        "ration_option": "ration", "received_on": "2020-05-14", "reference": "R-1",
    }  # fmt: skip
    assert client_of(who).post(address, said | members).status_code == 302
    row = SourceRow.objects.get(source=source, reference="R-1")
    assert (row.outcome, row.reason, row.entered_by) == ("in_review", "not_forwarded", who.username)

    kavita.post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()
    assert not Token.objects.filter(holder_name="Parvati").exists()

    client_of(imran).post("/desk/forward/go", {"row": row.pk})
    kavita.post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()

    token = Token.objects.get(holder_name="Parvati")
    assert (token.source, token.member_count, token.mobile) == (source, 2, "9876500077")
    row.refresh_from_db()
    assert (row.outcome, row.token, row.facts["before"]) == ("token", token, "not_forwarded")


@pytest.mark.req("R-DRT-04", "R-ACT-07")
def test_application_leads_to_a_token_once_it_is_verified(desk, kavita, imran):
    row = desk.rows["dhanpat"]
    client_of(imran).post("/desk/forward/go", {"row": row.pk})
    kavita.post("/desk/schemes/drt_2020/take-up")
    running.run_waiting()

    assert Token.objects.get(holder_name="Dhanpat").source == "SARAL"
