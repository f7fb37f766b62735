"""Headquarters appoints; an account keeps its role; every change is in the journal with its reason."""

import pytest
from django.test import Client
from typer.testing import CliRunner

from rasad.accounts import actions, commands
from rasad.accounts.models import Role, User
from rasad.accounts.queries import demo_code
from rasad.accounts.roles import AREA_KINDS
from rasad.journal.models import Entry
from rasad.registry.models import Place
from rasad.values.refused import Refused
from tests.cast import HISAR, NOON, PASSWORD, staff

FORM = {
    "name": "Asif Khan",
    "designation": "Inspector, Hansi",
    "username": "asif",
    "role": "inspector",
    "area_kind": "district",
    "area_code": HISAR,
}


@pytest.fixture
def hisar(db: None) -> None:
    Place.objects.create(kind="district", code=HISAR, name="Hisar", name_hi="हिसार")


def last_entry() -> tuple[str, str, str, str]:
    entry = Entry.objects.order_by("-number").first()
    return (entry.action, entry.of_key, entry.by, entry.reason)


def test_headquarters_makes_an_account_and_sees_its_first_password_once(
    headquarters: User, hisar: None, logged_in
) -> None:
    client = logged_in(headquarters)
    answer = client.post("/staff/new", FORM)
    asif = User.objects.get(username="asif")
    made = answer.context["made"]
    assert made.password in answer.text
    assert asif.check_password(made.password)
    assert (asif.role, asif.password_is_initial, asif.is_demo) == ("inspector", True, False)
    assert list(asif.areas.values_list("kind", "code")) == [("district", HISAR)]
    assert last_entry() == ("staff.created", "asif", "kavita", "")
    assert made.password not in client.get("/staff/of/asif").text
    assert "Hisar" in client.get("/staff/of/asif").text
    assert "हिसार" in client.get("/staff?language=hi").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": "kavita"}, "There is already one with this user name"),
        ({"username": "KAVITA"}, "Only small letters"),
        ({"area_kind": "state", "area_code": "6"}, "cannot be bound to this kind of area"),
        ({"area_code": "9999"}, "There is no area with the code 9999"),
        ({"mobile": "12345"}, "Ten digits"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_account_that_cannot_be_is_refused_in_words(
    headquarters: User, hisar: None, logged_in, change: dict[str, str], said: str
) -> None:
    Place.objects.create(kind="state", code="6", name="Haryana")
    answer = logged_in(headquarters).post("/staff/new", FORM | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert User.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HEADQUARTERS])
def test_only_headquarters_appoints(db: None, logged_in, role: Role) -> None:
    client = logged_in(staff("somebody", role, (AREA_KINDS[role][0], "1")))
    for path in ("/staff", "/staff/new", "/staff/of/somebody"):
        assert client.get(path).status_code == 403
    assert client.post("/staff/new", FORM).status_code == 403
    assert client.post("/staff/of/somebody/close", {"reason": "x"}).status_code == 403


def test_account_is_closed_and_opened_again_with_a_reason(headquarters: User, meena: User, logged_in) -> None:
    client = logged_in(headquarters)
    assert client.post("/staff/of/meena/close", {"reason": " "}).status_code == 422
    assert client.post("/staff/of/meena/close", {"reason": "retired"}).status_code == 302
    assert last_entry() == ("staff.closed", "meena", "kavita", "retired")
    assert not User.objects.get(username="meena").is_active
    client.post("/staff/of/meena/close", {"reason": "retired"})
    assert Entry.objects.filter(action="staff.closed").count() == 1

    client.post("/staff/of/meena/reopen", {"reason": "called back"})
    assert last_entry() == ("staff.reopened", "meena", "kavita", "called back")
    assert User.objects.get(username="meena").is_active


def test_nobody_closes_or_resets_the_own_account(headquarters: User, logged_in) -> None:
    client = logged_in(headquarters)
    for act in ("close", "reopen", "reset"):
        assert client.post(f"/staff/of/kavita/{act}", {"reason": "x"}).status_code == 409
    assert User.objects.get(username="kavita").is_active


def test_reset_gives_a_first_password_and_forgets_phone_and_recovery_codes(
    headquarters: User, meena: User, logged_in, client: Client
) -> None:
    actions.renew_recovery_codes(user=meena, at=NOON)
    made = logged_in(headquarters).post("/staff/of/meena/reset", {"reason": "phone lost"}).context["made"]
    assert last_entry() == ("staff.access_reset", "meena", "kavita", "phone lost")
    assert client.post("/log-in", {"username": "meena", "password": PASSWORD}).status_code == 422
    client.post("/log-in", {"username": "meena", "password": made.password})
    assert client.get("/log-in/code")["Location"] == "/log-in/set-up"


@pytest.mark.req("R-ACT-08")
def test_unit_committee_has_a_log_in_of_its_own_for_its_village(db: None, client: Client) -> None:
    committee = staff("uc.hansi", "unit_committee", ("place", "61234"), name="Unit Committee, Hansi")
    client.post("/log-in", {"username": "uc.hansi", "password": PASSWORD})
    assert client.post("/log-in/code", {"code": demo_code("uc.hansi")})["Location"] == "/"
    page = client.get("/my-account").text
    assert "Unit Committee, Hansi" in page
    assert "61234" in page
    assert committee.codes_by_kind == {"place": ["61234"]}


def test_role_of_an_account_has_no_way_to_change() -> None:
    assert [name for name in actions.__all__ if "role" in name] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"role": "king"}, "unknown_role"),
        ({"areas": []}, "staff_without_area"),
        ({"areas": [("shop", "1")]}, "area_not_for_role"),
        ({"username": "Meena"}, "username_taken"),
    ],
)
def test_impossible_account_is_refused_by_code(meena: User, given: dict[str, object], code: str) -> None:
    asked = {
        "username": "asif",
        "role": "inspector",
        "areas": [("district", HISAR)],
        "by": "test",
        "at": NOON,
    }
    with pytest.raises(Refused) as refused:
        actions.create_staff(**asked | given)
    assert refused.value.code == code


@pytest.mark.parametrize("people", [1, 3])
def test_staff_page_asks_the_database_the_same_however_many_people(
    headquarters: User, logged_in, django_assert_num_queries, people: int
) -> None:
    for number in range(people):
        staff(f"dfsc.{number}", "dfsc", ("district", str(number)))
        staff(f"dealer.{number}", "dealer", ("shop", str(number)))
    client = logged_in(headquarters)
    # session, user, device, areas, refused messages, count, page, areas of the page, names: states, districts, shops
    with django_assert_num_queries(11):
        client.get("/staff")


def test_staff_are_found_by_name_and_role(headquarters: User, meena: User, ravi: User, logged_in) -> None:
    client = logged_in(headquarters)
    found = [
        [row.record.username for row in client.get(f"/staff?{query}").context["table"].rows]
        for query in ("", "q=kumari", "role=dealer", "q=nobody")
    ]
    assert found == [["kavita", "meena", "ravi"], ["meena"], ["ravi"], []]


@pytest.fixture
def migrated_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests have their own database running; the command must not start another."""
    monkeypatch.setattr("rasad.wiring.migrated", lambda: None)


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(commands.app, list(words))
    return done.exit_code, done.output


def test_command_makes_closes_and_resets(db: None, migrated_already: None) -> None:
    status, said = run("add", "asif", "--role", "inspector", "--area", f"district:{HISAR}", "--name", "Asif")
    assert status == 0
    password = said.splitlines()[1].removeprefix("First password ")
    assert User.objects.get(username="asif").check_password(password)

    assert run("close", "asif", "--reason", "moved")[0] == 0
    assert not User.objects.get(username="asif").is_active
    assert run("reset", "asif", "--reason", "lost phone")[0] == 0
    entry = Entry.objects.order_by("-number").first()
    assert (entry.action, entry.by.partition(":")[0]) == ("staff.access_reset", "command line")
    assert run("add", "x", "--role", "inspector", "--area", "moon:1")[0] == 2


def test_code_is_told_for_demonstration_accounts_only(meena: User, db: None, migrated_already: None) -> None:
    assert run("code", "meena") == (0, f"{demo_code('meena')}\n")
    User.objects.filter(username="meena").update(is_demo=False)
    with pytest.raises(Refused, match="not_a_demo_account"):
        demo_code("meena")
    with pytest.raises(Refused, match="unknown_staff"):
        demo_code("nobody")


def test_login_code_is_in_no_log(meena: User, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/log-in", {"username": "meena", "password": PASSWORD})
    code = demo_code("meena")
    client.post("/log-in/code", {"code": code})
    assert code not in caplog.text
    assert PASSWORD not in caplog.text
