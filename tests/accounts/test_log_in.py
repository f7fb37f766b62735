"""Two steps, neither of which can be left out; and everything about it is in the journal."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice

from rasad.accounts import actions
from rasad.accounts.actions import create_staff
from rasad.accounts.models import User
from rasad.accounts.queries import demo_code
from rasad.journal.models import Entry
from tests.cast import HISAR, NOON, PASSWORD


def journal_of(username: str) -> list[str]:
    return list(Entry.objects.filter(of_key=username).values_list("action", flat=True))


def password_step(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("accounts:log_in"), {"username": username, "password": password, **more})


def test_log_in_with_password_and_code_reaches_the_page_asked_for(meena: User, client: Client) -> None:
    asked = client.get("/my-account")
    assert (asked.status_code, asked["Location"]) == (302, "/log-in?next=%2Fmy-account")

    step = password_step(client, "meena", next="/my-account")
    assert (step.status_code, step["Location"]) == (302, "/log-in/code?next=%2Fmy-account")

    done = client.post("/log-in/code", {"code": demo_code("meena"), "next": "/my-account"})
    assert (done.status_code, done["Location"]) == (302, "/my-account")
    assert client.get("/my-account").status_code == 200
    assert journal_of("meena") == ["staff.created", "log_in.password", "log_in.done"]


def test_dealer_begins_at_the_counter(ravi: User, client: Client) -> None:
    password_step(client, "ravi")

    done = client.post("/log-in/code", {"code": demo_code("ravi")})

    assert (done.status_code, done["Location"]) == (302, "/counter")


def test_next_page_on_another_site_is_ignored(meena: User, client: Client) -> None:
    step = password_step(client, "meena", next="https://evil.example/")
    assert step["Location"] == "/log-in/code"


def test_wrong_password_is_said_and_written_down_without_what_was_typed(meena: User, client: Client) -> None:
    answer = password_step(client, "meena", "not-the-password")
    assert answer.status_code == 422
    assert "The user name and the password do not belong together" in answer.text
    assert journal_of("meena") == ["staff.created", "log_in.failed"]

    password_step(client, "four-dry-wells-sing", "meena")
    assert journal_of("unknown") == ["log_in.failed"]
    assert not Entry.objects.filter(facts__icontains="four-dry").exists()


def test_five_wrong_passwords_close_the_log_in_even_for_the_right_one(meena: User, client: Client) -> None:
    statuses = [password_step(client, "meena", "wrong").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    answer = password_step(client, "meena")
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text
    assert "_auth_user_id" not in client.session


def test_code_used_once_is_not_accepted_again(meena: User, client: Client) -> None:
    password_step(client, "meena")
    code = demo_code("meena")
    client.post("/log-in/code", {"code": code})
    client.post("/log-out")
    password_step(client, "meena")
    answer = client.post("/log-in/code", {"code": code})
    assert answer.status_code == 422
    assert "each code opens the door once" in answer.text


def test_wrong_codes_slow_the_next_try_down(meena: User, client: Client) -> None:
    password_step(client, "meena")
    assert client.post("/log-in/code", {"code": "000000"}).status_code == 422
    answer = client.post("/log-in/code", {"code": demo_code("meena")})
    assert answer.status_code == 429
    assert "Several wrong codes" in answer.text
    assert journal_of("meena")[-1] == "log_in.code_failed"


def test_session_gets_a_new_key_at_both_steps(meena: User, client: Client) -> None:
    password_step(client, "meena")
    half = client.session.session_key
    client.post("/log-in/code", {"code": demo_code("meena")})
    assert client.session.session_key != half


def test_session_ends_after_eight_hours(meena: User, client: Client) -> None:
    password_step(client, "meena")
    client.post("/log-in/code", {"code": demo_code("meena")})
    assert client.session.get_expiry_age() == 8 * 60 * 60
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (8 * 60 * 60, True, "Lax")


def test_new_recovery_codes_put_the_old_ones_out_of_use(meena: User, client: Client, logged_in) -> None:
    old = actions.renew_recovery_codes(user=meena, at=NOON)
    password_step(client, "meena")
    client.post("/log-in/code", {"code": old[0]})
    new = client.post("/my-account/recovery-codes").context["codes"]
    assert client.get("/my-account").status_code == 200
    client.post("/log-out")
    password_step(client, "meena")
    assert client.post("/log-in/code", {"code": old[1]}).status_code == 422
    StaticDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/log-in/code", {"code": new[0].replace("-", " ").upper()})["Location"] == "/"


def test_new_account_sets_up_app_and_own_password_before_anything_else(db: None, client: Client) -> None:
    made = create_staff(
        username="asif", role="inspector", areas=[("district", HISAR)], by="test", at=NOON, name="Asif"
    )
    password_step(client, "asif", made.password)
    assert client.get("/log-in/code")["Location"] == "/log-in/set-up"
    page = client.get("/log-in/set-up")
    assert "<svg" in page.text

    wrong = client.post("/log-in/set-up", {"code": "123"})
    assert wrong.status_code == 422
    made.user.totpdevice_set.update(throttling_failure_count=0, throttling_failure_timestamp=None)

    User.objects.filter(username="asif").update(is_demo=True)
    made.user.totpdevice_set.update(confirmed=True)
    code = demo_code("asif")
    made.user.totpdevice_set.update(confirmed=False)
    User.objects.filter(username="asif").update(is_demo=False)

    done = client.post("/log-in/set-up", {"code": code})
    codes = re.findall(r"<li><code>(\w{5}-\w{5})</code></li>", done.text)
    assert len(codes) == 10

    assert client.get("/my-account")["Location"] == "/my-account/password?next=%2Fmy-account"
    changed = client.post(
        "/my-account/password",
        {"old": made.password, "new": "mustard-tractor-evening", "again": "mustard-tractor-evening"},
    )
    assert changed["Location"] == "/"
    assert client.get("/my-account").status_code == 200
    assert journal_of("asif") == [
        "staff.created",
        "log_in.password",
        "recovery_codes.made",
        "second_factor.enrolled",
        "password.changed",
    ]

    client.post("/log-out")
    password_step(client, "asif", "mustard-tractor-evening")
    assert client.post("/log-in/code", {"code": codes[3]})["Location"] == "/"
    client.post("/log-out")
    password_step(client, "asif", "mustard-tractor-evening")
    assert client.post("/log-in/code", {"code": codes[3]}).status_code == 422


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "This password is too short"),
        ("password1234", "password1234", "This password is too common"),
        ("mustard-tractor", "mustard-tracto", "The two new passwords differ"),
        (PASSWORD, PASSWORD, "The new password is the old one"),
    ],
)
def test_bad_new_password_is_refused(meena: User, logged_in, new: str, again: str, said: str) -> None:
    answer = logged_in(meena).post("/my-account/password", {"old": PASSWORD, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in answer.text


def test_closed_account_is_out_at_once(meena: User, logged_in) -> None:
    client = logged_in(meena)
    assert client.get("/my-account").status_code == 200
    User.objects.filter(pk=meena.pk).update(is_active=False)
    assert client.get("/my-account")["Location"] == "/log-in?next=%2Fmy-account"
