"""A campaign on pages, the visit on a phone, penal action, and figures without names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rasad.jobs.running import run_waiting
from rasad.oversight.models import Campaign, Case, PenalReferral
from tests.cast import HISAR, client_of, staff
from tests.counter import cast
from tests.counter.at_pages import words
from tests.oversight.cast import after, ordered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PLAN = {
    "kind": "list", "title": "Vehicle owners", "district_code": HISAR, "order_number": "FS-1", "ground": "exclusion",
    "starts_on": "2026-06-01", "ends_on": "2026-09-30",
}  # fmt: skip


def running(meena):
    address = meena.post("/campaigns/new", PLAN, follow=True).redirect_chain[-1][0]
    assert meena.post(f"{address}/start").status_code == 302
    return address


def uploaded(client, address, text):
    file = SimpleUploadedFile("cars.csv", text.encode(), "text/csv")
    return client.post(f"{address}/list", {"source": "Transport", "file": file})


def test_campaign_is_led_on_pages_from_the_plan_to_its_cases(ashas, officers):
    meena, sunil, kavita = (client_of(getattr(officers, one)) for one in ("meena", "sunil", "kavita"))
    address = running(meena)
    assert (
        uploaded(meena, address, f"card_number,name,remarks\n{cast.CARD},Asha,car\n,Nobody,car\n").status_code
        == 302
    )
    page = words(meena.get(address))
    assert "Rows that wait for a person" in page
    waiting = Campaign.objects.get().suspicions.get(matched_by="")
    left = {"answer": "leave", "why": "no such person"}
    assert sunil.post(f"/campaigns/rows/{waiting.pk}/match", left).status_code == 302
    assert meena.post(f"{address}/report").status_code == 302
    sampled = Campaign.objects.get().suspicions.get(place_in_sample=1)
    assert f"/campaigns/rows/{sampled.pk}/visit" in sunil.get("/campaigns").content.decode()
    assert "Go there and look" in words(sunil.get(f"/campaigns/rows/{sampled.pk}/visit"))
    assert meena.post(f"{address}/publish").status_code == 403
    assert kavita.post(f"{address}/publish").status_code == 409
    assert sunil.post(f"/campaigns/rows/{sampled.pk}/visit", {"visit": "not_found"}).status_code == 302
    assert kavita.post(f"{address}/publish").status_code == 302
    run_waiting()
    assert Case.objects.get().state == "noticed"
    assert "Hisar" in words(kavita.get(address)) or HISAR in words(kavita.get(address))
    assert meena.post(f"{address}/close").status_code == 302


def test_campaign_says_that_its_sample_stopped_it(ashas, officers):
    meena, sunil, kavita = (client_of(getattr(officers, one)) for one in ("meena", "sunil", "kavita"))
    address = running(meena)
    uploaded(meena, address, f"card_number\n{cast.CARD}\n")
    meena.post(f"{address}/report")
    sampled = Campaign.objects.get().suspicions.get()

    page = sunil.post(f"/campaigns/rows/{sampled.pk}/visit", {"visit": "real"}, follow=True)

    assert "Too many are real: the campaign is stopped." in words(page)
    assert "Stopped by its own sample 1 of 1 families drawn by lot are real" in words(meena.get(address))
    assert kavita.post(f"{address}/publish").status_code == 409
    assert not Case.objects.exists()


def test_list_that_is_no_list_is_refused_with_what_to_do(ashas, officers):
    meena = client_of(officers.meena)
    address = running(meena)

    assert uploaded(meena, address, "").status_code == 422
    assert uploaded(meena, address, "PK\x03\x04 not a csv").status_code >= 400
    assert "yearly review" in words(meena.get("/campaigns"))


def test_days_and_surrender_day_are_checked(ashas, officers):
    wrong = {**PLAN, "kind": "surrender", "ends_on": "2026-01-01"}

    page = client_of(officers.meena).post("/campaigns/new", wrong)

    assert page.status_code == 422
    assert "The last day lies before the first." in words(page)
    assert "Write until when cards may be given up." in words(page)


@pytest.mark.req("R-BOG-11")
def test_figures_count_what_ended_and_was_restored_without_names(ashas, officers, clock):
    case = ordered(officers)
    clock(20)
    meena, imran = client_of(officers.meena), client_of(officers.imran)
    refer = {"against": "dealer", "name": "Ravi Kumar", "offence": "bogus cards", "referred_to": "Police"}
    assert meena.post(f"/cases/{case.number}/refer", refer).status_code == 302
    referral = PenalReferral.objects.get()
    assert meena.post(f"/cases/referrals/{referral.pk}", {"outcome": "fined"}).status_code == 302
    assert "fined" in words(meena.get(f"/cases/{case.number}"))
    imran.post(f"/cases/{case.number}/restore", {"why": "She lives there"})
    auditor = client_of(staff("farid", "auditor", ("district", HISAR)))

    page = auditor.get("/cases/figures")
    lines = b"".join(auditor.get("/cases/figures.csv").streaming_content).decode().splitlines()

    assert "Asha" not in page.content.decode()
    assert case.number not in page.content.decode()
    assert lines[1].split(",")[1:] == ["1", "0", "1", "0", "0", "1", "1"]
    assert "No case here" in words(
        client_of(staff("f2", "auditor", ("district", "71"))).get("/cases/figures")
    )
    none = b"".join(auditor.get("/cases/figures.csv?since=2020-01-01&until=2020-12-31").streaming_content)
    assert none.decode().splitlines()[1].split(",")[1:] == ["0"] * 7
    assert client_of(staff("r", "dealer", ("shop", cast.RAVIS))).get("/cases/figures").status_code == 403
    assert after


def test_campaign_of_another_district_is_not_there(ashas, officers, stranger):
    address = running(client_of(officers.meena))

    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).post(f"{address}/start").status_code == 404
    assert "Vehicle owners" not in words(client_of(stranger).get("/campaigns"))
