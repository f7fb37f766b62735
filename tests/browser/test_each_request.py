"""Each thing a family can ask for, once in its days and once late, in a real browser: Hindi, a phone, no script."""

import re

import pytest
from playwright.sync_api import expect

from rasad.applications import clock
from rasad.applications.models import Application
from tests.applications.conftest import (
    ASHAS,
    KAMLAS,
    MARCH_2,
    about_card,
    approved,
    asif,
    bimla,
    registered,
)
from tests.browser.test_applications import fill_in, march
from tests.browser.test_desk import phone, press

__all__ = ["asif", "bimla", "march", "phone", "registered"]
pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registered", "march"),
]  # fmt: skip
WITH_CARD = f"?card={ASHAS}"
VILLAGE = ("select", "#id_place", "village:61068")
MOHAN = ("check", "input[name=leaving][value='2']", "")
SEEN = ("fill", "#id_note_1", "देखा")
GROUPS = tuple(
    ("select", f"#id_kind_{group}", kind)
    for group, kind in ((1, "voter_id"), (2, "water_bill"), (3, "affidavit"))
)
# What is filled in for each, beside the applicant whose name stands there.
FORMS = {
    "duplicate_card": (("fill", "#id_reason", "खो गया"), SEEN),
    "member_inclusion": (("fill", "#id_people-0-name", "बबली"), SEEN),
    "member_deletion": (MOHAN, ("fill", "#id_reason", "चला गया"), SEEN),
    "member_transfer": (MOHAN, ("fill", "#id_to_card", KAMLAS), SEEN),
    "address_change": (VILLAGE, ("fill", "#id_address", "मकान 9"), SEEN),
    "address_change_with_shop": (VILLAGE, SEEN),
    "transfer": (
        ("select", "#id_place", "village:50001"), ("fill", "#id_promised_on", "2026-03-09"), SEEN,
    ),
    "surrender_certificate": (("fill", "#id_reason", "दिल्ली"), ("fill", "#id_promised_on", "2026-03-04"), SEEN),
    "split": (MOHAN, VILLAGE, *GROUPS),
    "correction": (("fill", "#id_name_2", "मोहन लाल"), SEEN),
    "fresh_card_same_state": (VILLAGE, *GROUPS),
    "fresh_card_other_state": (("fill", "#id_certificate", "HP-7"), ("select", "#id_from_state", "IN-HP")),
}  # fmt: skip
WITHOUT = ("fresh_card_same_state", "fresh_card_other_state")


def do(page, steps):
    for how, css, value in steps:
        if how == "fill":
            page.fill(css, value)
        elif how == "select":
            page.select_option(css, value)
        else:
            page.check(css)


def registered_by_form(page, request_):
    page.goto(f"/applications/new/{request_}{'' if request_ in WITHOUT else WITH_CARD}")
    if request_ == "fresh_card_other_state":
        fill_in(page)
    elif request_ == "fresh_card_same_state":
        page.fill("#id_applicant", "आशा देवी")
        page.fill("#id_certificate", Application.objects.get().certificates.get().number)
    do(page, FORMS[request_])
    press(page, "main form.panel .actions button")
    made = Application.objects.latest("pk")
    expect(page).to_have_url(re.compile(f"/applications/{made.number}$"))
    return made


@pytest.mark.parametrize("is_late", [False, True], ids=["in_its_days", "late"])
@pytest.mark.parametrize("request_", FORMS)
@pytest.mark.req("R-CRD-17", "R-SRV-01")
def test_request_is_decided(request_, is_late, asif, bimla, phone, march):
    if request_ == "fresh_card_same_state":
        asked = about_card("surrender_certificate", wants={"reason": "moves"}, promised_on=MARCH_2.date())
        approved(asked, asif, bimla)
    page, other = phone(asif), phone(bimla)
    made = registered_by_form(page, request_)
    if is_late:
        assert clock.goes_up(at=march((made.due_on - MARCH_2.date()).days + 1)) > 0
    press(page, "form[action$='/open'] button")
    if made.needs_visit:
        press(page, "a[href$='/visit']")
        page.check("input[name=found][value=as_said]")
        page.fill("#id_people_seen", "2")
        press(page, "main form .actions button")
    page.fill("#finding", "देखा")
    press(page, "form[action$='/verify'] button")
    other.goto(f"/applications/{made.number}")
    if is_late:
        other.fill("#late1", "कर्मचारी कम थे")
    press(other, "form[action$='/approve'] button")

    made.refresh_from_db()
    assert made.state == "approved"
    assert (made.decided_on > made.due_on, made.late_reason) == (is_late, "कर्मचारी कम थे" if is_late else "")
    assert (made.went_up_at is not None) == is_late
