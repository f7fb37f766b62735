"""Lists of a scheme: what was tried is what is opened, and nobody exchanges it afterwards or half-way."""

import pytest

from rasad.desk import background
from rasad.desk.actions import emergencies as actions
from rasad.jobs import running
from rasad.jobs.models import Job
from rasad.relief.models import Emergency, Token
from rasad.values.refused import Refused
from tests.cast import client_of, staff
from tests.desk.screens import at_once, clock, opened, tried, upload
from tests.desk.test_emergency import FAMILIES, FORM, MEMBERS
from tests.workbooks import FAILED, Sheet, xlsx

pytestmark = pytest.mark.django_db(transaction=True)
ENGLISH = {"accept-language": "en"}
MORE = FAMILIES + "M-4,63,61001,2020-05-13,APL\n"
MORE_MEMBERS = MEMBERS + "M-4,1,Somebody,M,30\n"


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


@pytest.mark.parametrize("state", ["open", "closed"])
def test_lists_of_an_opened_scheme_are_not_exchanged(desk, boss, deepak, state):
    opened(boss, deepak)
    Emergency.objects.update(state=state)
    page = upload(boss, MORE, MORE_MEMBERS)

    assert (page.status_code, "It was opened already." in page.content.decode()) == (409, True)
    Emergency.objects.update(state="open")
    boss.post("/desk/schemes/flood_2020/run")
    running.run_waiting()
    names = (
        Token.objects.filter(scheme="flood_2020")
        .order_by("holder_name")
        .values_list("holder_name", flat=True)
    )
    assert list(names) == ["Asha Devi", "Kamla"]


def test_trial_of_the_lists_before_does_not_vouch_for_those_uploaded_while_it_ran(
    desk, boss, deepak, monkeypatch
):
    boss.post("/desk/schemes/new", FORM)
    upload(boss)
    counted = background._impact

    def meanwhile(*given):
        upload(boss, MORE, MORE_MEMBERS)
        return counted(*given)

    monkeypatch.setattr(background, "_impact", meanwhile)
    boss.post("/desk/schemes/flood_2020/trial")
    running.run_waiting()
    deepak.post("/desk/schemes/flood_2020/open")

    assert (Emergency.objects.get().trial, Emergency.objects.get().state) == ({}, "draft")
    assert Job.objects.get(kind="relief.trial").why["code"] == "lists_have_changed"
    monkeypatch.setattr(background, "_impact", counted)
    boss.post("/desk/schemes/flood_2020/trial")
    running.run_waiting()
    assert Emergency.objects.get().trial["tokens"] == 3


def test_trial_that_ends_after_the_opening_changes_nothing(desk, boss, deepak):
    opened(boss, deepak)
    made = Emergency.objects.get()

    with pytest.raises(Refused, match="lists_have_changed"):
        actions.keep_trial(emergency=made, lists=made.lists, told={"tokens": 99})


def test_two_uploads_at_once_are_both_taken_or_refused_without_a_path(desk, boss, headquarters, settings):
    boss.post("/desk/schemes/new", FORM)
    said = at_once(*(lambda: upload(client_of(headquarters)) for _ in range(6)))

    assert [one.status_code for one in said] == [302] * 6
    assert actions.lists_of(Emergency.objects.get()) == {
        ("MMPSY", "families"): len(FAMILIES), ("MMPSY", "members"): len(MEMBERS),
    }  # fmt: skip
    folder = actions.sources_of(Emergency.objects.get())
    assert sorted(one.name for one in folder.iterdir()) == ["mmpsy.families.csv", "mmpsy.members.csv"]


def test_refusal_of_a_list_names_no_folder_of_the_server(desk, boss, settings, monkeypatch):
    def opened(folder, name, _expected, **_more):
        raise Refused("file_not_csv", file=f"{name}.csv", what=f"Error in {folder}/{name}.csv of {folder}")

    monkeypatch.setattr(actions.files, "opened", opened)
    boss.post("/desk/schemes/new", FORM)
    page = upload(boss).content.decode()

    assert ("Error in mmpsy.families.csv" in page, str(settings.HOME) in page) == (True, False)


def test_nothing_chosen_is_nothing_taken_in(desk, boss):
    boss.post("/desk/schemes/new", FORM)
    page = boss.post("/desk/schemes/flood_2020/upload", {"source": "MMPSY"}, headers=ENGLISH)

    assert (page.status_code, "No file was chosen." in page.content.decode()) == (422, True)
    assert b"The lists are taken in." not in boss.get("/desk/schemes/flood_2020", headers=ENGLISH).content


def test_trial_leaves_out_what_is_half_uploaded(desk, boss):
    tried(boss)
    folder = actions.sources_of(Emergency.objects.get())
    (folder / f"{actions.TRYING}x").mkdir()
    boss.post("/desk/schemes/flood_2020/trial")
    running.run_waiting()

    assert not list((background.folder_of("flood_2020") / "trial" / "given").glob(f"{actions.TRYING}*"))


def scheme(client, **said):
    answer = client.post("/desk/schemes/new", FORM | said, headers=ENGLISH)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": "1800-01-01"}, {"first_day": "0001-01-01"},
        {"last_day": "2300-01-01"}, {"last_day": "9999-12-31"},
        {"first_day": "2020-06-30", "last_day": "2020-06-01"},
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_in_the_form(desk, boss, days):
    status, page = scheme(boss, **days)

    assert (status, Emergency.objects.count()) == (422, 0)
    assert "A day from 5 July 2013" in page or "does not come before" in page


def test_last_day_before_the_first_is_told_without_a_word_of_the_machine(desk, boss):
    page = boss.post(
        "/desk/schemes/new", FORM | {"first_day": "2020-06-30", "last_day": "2020-06-01"},
        headers={"accept-language": "hi"},
    )  # fmt: skip

    assert (page.status_code, Emergency.objects.count()) == (422, 0)
    assert ("validity" in page.content.decode(), "scheme_not_sound" in str(page.context)) == (False, False)


def test_name_of_another_page_is_no_name_of_a_scheme(desk, boss):
    status, page = scheme(boss, code="new")

    assert (status, Emergency.objects.count(), "is the name of another page" in page) == (422, 0, True)


@pytest.mark.parametrize(("order", "status"), [
    ("क्रमांक १७ दिनांक 10.05.2020", 302), ("নং ১৭ / ২০২০", 302), ("17 of 10.05.2020", 302),
    ("... ---", 422), ("17;DROP", 422), ("17\n", 422), (" 17/2020 ", 302),
])  # fmt: skip
def test_number_of_an_order_may_be_written_in_hindi_and_bengali(desk, boss, order, status):
    assert scheme(boss, order=order)[0] == status


def test_stray_ends_of_lines_in_a_name_are_cut(desk, boss):
    assert scheme(boss, code="flood_2020\n")[0] == 302
    assert Emergency.objects.get().code == "flood_2020"


def test_lists_as_workbooks_lead_to_the_same_tokens(desk, boss, deepak):
    boss.post("/desk/schemes/new", FORM)
    sheets = [xlsx(Sheet([line.split(",") for line in text.splitlines()])) for text in (FAMILIES, MEMBERS)]

    assert upload(boss, *sheets).status_code == 302

    boss.post("/desk/schemes/flood_2020/trial")
    running.run_waiting()
    deepak.post("/desk/schemes/flood_2020/open")
    boss.post("/desk/schemes/flood_2020/run")
    running.run_waiting()
    names = (
        Token.objects.filter(scheme="flood_2020")
        .order_by("holder_name")
        .values_list("holder_name", flat=True)
    )
    assert list(names) == ["Asha Devi", "Kamla"]


def test_workbook_with_a_failed_formula_is_refused_with_its_cell(desk, boss):
    boss.post("/desk/schemes/new", FORM)

    page = upload(boss, xlsx(Sheet([FAMILIES.splitlines()[0].split(","), ["M-1", FAILED]])))

    assert page.status_code == 422
    assert "First: B2." in page.content.decode()
