"""No address but those of a short list can be reached without both steps of the log-in."""

import pytest
from django.test import Client

from rasad.accounts.middleware import HALF_WAY, OF_CITIZENS, OPEN, SIGNED
from rasad.accounts.models import User
from tests.web.addresses import every_address

ADDRESSES = every_address()
# Machines sign each request themselves; their stories are in tests/counter/api and tests/connectors/impds.
OF_PEOPLE = [(name, path) for name, path in ADDRESSES if name.partition(":")[0] not in SIGNED]
GUARDED = [(name, path) for name, path in OF_PEOPLE if name not in OPEN | OF_CITIZENS]
BEHIND_BOTH = [(name, path) for name, path in GUARDED if name not in HALF_WAY]


def test_lists_of_open_addresses_name_only_what_exists() -> None:
    assert {*OPEN, *OF_CITIZENS, *HALF_WAY} - {name for name, _ in ADDRESSES} == set()


def test_open_addresses_are_these() -> None:
    # A longer list is a decision, not an accident: change it here too, and say in the commit why.
    assert {name.partition(":")[0] for name in OPEN} == {
        "web", "accounts", "portal", "delivery", "families", "applications", "grievances",
    }  # fmt: skip
    charter = {
        f"applications:{name}" for name in ("charter", "form", "statement", "statement_file", "status")
    }
    assert {name for name in OPEN if name.startswith("applications:")} == charter
    complaint = {f"grievances:{name}" for name in ("new", "follow", "appeal", "accept", "states")}
    assert {name for name in OPEN if name.startswith("grievances:")} == complaint
    assert [name for name in OPEN if name.startswith("delivery:")] == ["delivery:my_token"]
    assert [name for name in OPEN if name.startswith("families:")] == ["families:my_card"]
    # Behind a code of the citizen's own telephone.
    own_token = {"delivery:my_code", "delivery:leave", "delivery:my_paper", "delivery:my_card"}
    own_card = {"families:my_code", "families:leave", "families:my_mobile", "families:my_mobile_code"}
    own = ("mine", "my_slip", "my_letter", "my_withdraw", "apply", "apply_for")
    own_applications = {f"applications:{name}" for name in own}
    own_cases = {"oversight:my_cases", "oversight:my_answer", "oversight:my_notice"}
    assert set(OF_CITIZENS) == own_token | own_card | own_applications | own_cases
    assert [name for name in OPEN if name.startswith("accounts:")] == ["accounts:log_in"]
    assert set(SIGNED) == {"counter_api", "help_me_api", "impds_home", "whatsapp_api"}


@pytest.mark.parametrize(("name", "path"), GUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_log_in(db: None, client: Client, name: str, path: str, method: str) -> None:
    answer = getattr(client, method)(path)
    assert answer.status_code == 302
    assert answer["Location"].partition("?")[0] == "/log-in"


@pytest.mark.parametrize("method", ["get", "post"])
def test_password_alone_opens_nothing(meena: User, client: Client, method: str) -> None:
    client.force_login(meena, backend="django.contrib.auth.backends.ModelBackend")
    for name, path in BEHIND_BOTH:
        answer = getattr(client, method)(path)
        assert (name, answer.status_code, answer.headers.get("Location", "").partition("?")[0]) == (
            name,
            302,
            "/log-in/code",
        )


def test_device_of_another_person_opens_nothing(meena: User, stranger: User, client: Client) -> None:
    client.force_login(meena, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["otp_device_id"] = stranger.totpdevice_set.get().persistent_id
    session.save()
    assert client.get("/my-account")["Location"].startswith("/log-in/code")


def test_first_password_opens_only_the_page_that_changes_it(meena: User, logged_in) -> None:
    User.objects.filter(pk=meena.pk).update(password_is_initial=True)
    client = logged_in(meena)
    open_now = {"accounts:password", *HALF_WAY}
    for name, path in BEHIND_BOTH:
        if name not in open_now:
            assert client.get(path)["Location"].startswith("/my-account/password"), name
    assert client.get("/my-account/password").status_code == 200


def test_htmx_and_json_are_told_the_way_in_their_own_manner(db: None, client: Client) -> None:
    htmx = client.get("/my-account", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, "/log-in?next=%2Fmy-account")
    json = client.get("/my-account", headers={"Accept": "application/json"})
    assert (json.status_code, json.json()["code"]) == (401, "log_in_first")


def test_role_without_capabilities_sees_no_data_anywhere(meena: User, logged_in) -> None:
    User.objects.filter(pk=meena.pk).update(role="")
    client = logged_in(meena)
    own = {"home", "accounts:my_account", "accounts:password"}
    for name, path in BEHIND_BOTH:
        if name not in own:
            assert (name, client.get(path).status_code) in {(name, 403), (name, 404), (name, 405)}
