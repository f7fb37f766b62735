"""The pages of the office: from the empty form to the card in hand, with the client of the tests."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rasad.applications.models import Application, Document, FieldVisit
from rasad.registry.families import family
from tests.applications.conftest import ASHAS, POOR, about_card, new_card, put_down, verified
from tests.cast import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered", "march")]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def march(monkeypatch):
    """The books are at the second of March 2026."""
    from rasad import wiring
    from tests.applications.conftest import MARCH_2

    monkeypatch.setattr(wiring, "now", lambda: MARCH_2.astimezone(wiring.INDIA))
    for name in ("office", "acts", "files", "citizen", "public"):
        monkeypatch.setattr(f"rasad.applications.views.{name}.now", wiring.now)


def filled(**given):
    """The form of a new card as a browser sends it."""
    told = {
        "applicant": "Geeta", "mobile": "9812300001", "language": "hi", "place": "village:61068", "address": "House 7",
        "shop": "", "people-TOTAL_FORMS": "8", "people-INITIAL_FORMS": "0", "people-MAX_NUM_FORMS": "30",
        "people-MIN_NUM_FORMS": "0", "people-0-name": "Geeta", "people-0-sex": "F", "people-0-birth_year": "1986",
        "people-1-name": "Pinki", "people-1-sex": "F", "people-1-born_on": "2015-04-01",
        "kind_1": "voter_id", "note_1": "V1", "kind_2": "water_bill", "note_2": "W1", "kind_3": "affidavit",
        "note_3": "A1", "file_3": SimpleUploadedFile("affidavit.png", PNG, "image/png"),
    }  # fmt: skip
    for name, value in POOR.items():
        if name != "members_employment":
            told[name] = {True: "yes", False: "no"}.get(value, value)
    return {**told, **given}


@pytest.mark.req("R-CRD-04", "R-CRD-28", "R-CRD-16")
def test_new_card_from_the_form_to_the_hand(asif, bimla):
    at_counter, other = client_of(asif), client_of(bimla)
    assert at_counter.get("/applications/new").status_code == 200
    assert at_counter.get("/applications/new/new_card").status_code == 200

    answer = at_counter.post("/applications/new/new_card", filled(assisted="1"))

    made = Application.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/applications/{made.number}")
    assert (made.assisted_by, made.shop_number, made.facts["members_employment"]) == (
        "Asif Ali",
        "063000000001",
        "none",
    )
    page = f"/applications/{made.number}"
    assert at_counter.get(f"{page}/slip.pdf").content[:5] == b"%PDF-"
    at_counter.post(f"{page}/open")
    assert at_counter.get(f"{page}/visit").status_code == 200
    at_counter.post(f"{page}/visit", {"found": "as_said", "people_seen": "2", "note": ""})
    assert FieldVisit.objects.get().people_seen == 2
    at_counter.post(f"{page}/verify", {"why": "Seen at the door."})
    assert b"category <b>OPH</b>" in other.get(page).content
    other.post(f"{page}/approve")
    made.refresh_from_db()
    assert (made.state, made.category) == ("approved", "OPH")
    assert other.get(f"{page}/letter.pdf").content[:5] == b"%PDF-"
    assert at_counter.get(f"{page}/card.pdf").content[:5] == b"%PDF-"
    at_counter.post(f"{page}/collect", {"to": "Geeta"})
    made.refresh_from_db()
    assert (made.state, made.collected_by) == ("issued", "Geeta")
    assert [one.name for one in family(made.issued_card.number, on=made.decided_on).members] == [
        "Geeta",
        "Pinki",
    ]


def test_form_that_lacks_something_says_so_and_keeps_what_was_written(asif):
    answer = client_of(asif).post("/applications/new/new_card", filled(kind_2="", note_2=""))

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "There is no paper for: Proof of residence" in said
    assert 'value="House 7"' in said
    assert Application.objects.count() == 0


@pytest.mark.req("R-CRD-24")
def test_every_service_about_a_card_has_its_form(asif):
    client = client_of(asif)
    for service in (
        "duplicate_card", "member_inclusion", "member_deletion", "member_transfer", "address_change",
        "address_change_with_shop", "transfer", "surrender_certificate", "split", "correction",
    ):  # fmt: skip
        assert client.get(f"/applications/new/{service}?card={ASHAS}").status_code == 200
        assert client.get(f"/applications/new/{service}").status_code == 422
    # A card of another district does not exist here.
    assert client.get("/applications/new/duplicate_card?card=005800000001").status_code == 404


def test_picture_of_a_paper_is_kept_under_seal_and_shown_to_the_office_only(asif, stranger):
    client_of(asif).post("/applications/new/new_card", filled())
    document = Document.objects.get(kind="affidavit")

    assert PNG not in bytes(document.sealed)
    answer = client_of(asif).get(f"/applications/papers/{document.pk}")
    assert (answer.content, answer["Content-Type"], answer["Content-Security-Policy"]) == (
        PNG,
        "image/png",
        "sandbox",
    )
    assert client_of(stranger).get(f"/applications/papers/{document.pk}").status_code == 404
    seen = Document.objects.get(kind="voter_id")
    assert client_of(asif).get(f"/applications/papers/{seen.pk}").status_code == 404


def test_list_says_whose_turn_it_is(asif, bimla, stranger):
    first = put_down(about_card("duplicate_card", wants={"reason": "lost"}))
    second = verified(put_down(new_card()), asif)

    client = client_of(bimla)
    assert first.number in client.get("/applications?heap=to_open").content.decode()
    assert second.number in client.get("/applications?heap=to_decide").content.decode()
    assert second.number in client.get("/applications?q=Geeta").content.decode()
    assert first.number in client.get(f"/applications?q={first.number}").content.decode()
    assert second.number not in client_of(stranger).get("/applications?heap=all").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(asif, count, django_assert_num_queries):
    for number in range(count):
        put_down(new_card(mobile=f"981230000{number}"))
    client = client_of(asif)
    client.get("/applications?heap=all")

    with django_assert_num_queries(7):
        client.get("/applications?heap=all")


@pytest.mark.req("R-CRD-26")
def test_refusal_says_why_who_and_where_to_complain(asif, bimla):
    made = verified(put_down(new_card()), asif)
    page = f"/applications/{made.number}"

    client_of(bimla).post(f"{page}/reject", {"ground": "not_living_here", "why": "Nobody knows the family."})

    said = client_of(bimla).get(page).content.decode()
    assert "Nobody knows the family." in said
    assert "District Food and Supplies Controller" in said
    assert client_of(bimla).get(f"{page}/letter.pdf").content[:5] == b"%PDF-"


def test_letter_is_there_once_it_is_decided(asif):
    made = put_down(new_card())

    assert client_of(asif).get(f"/applications/{made.number}/letter.pdf").status_code == 404
    assert client_of(asif).get(f"/applications/{made.number}/card.pdf").status_code == 404


@pytest.mark.req("R-SRV-17")
def test_how_the_days_were_kept_is_public_by_office_and_service(client, asif, bimla):
    from tests.applications.conftest import approved

    approved(about_card("duplicate_card", wants={"reason": "lost"}), asif, bimla)
    put_down(new_card())

    lines = (
        b"".join(client.get("/services/statement.csv?month=2026-03").streaming_content).decode().splitlines()
    )
    assert lines[1:] == ["Hisar,Duplicate ration card,1,1,0,0", "Hisar,New ration card,1,0,0,1"]
    assert client.get("/services/statement?month=2026-03").status_code == 200


@pytest.mark.req("R-CRD-02", "R-CRD-03", "R-CRD-27")
def test_charter_and_forms_are_open_to_everybody(client):
    said = client.get("/services").content.decode()

    assert "Inspector (Food and Supplies)" in said
    assert "Not specified" in said
    assert "Voter ID" in said
    assert client.get("/services/new_card/form.pdf").content[:5] == b"%PDF-"


def test_anybody_follows_an_application_by_its_number_and_reads_nobodys_name(client):
    made = put_down(new_card())

    said = client.get(f"/application-status?number={made.number}").content.decode()

    assert "New ration card" in said
    assert "Geeta" not in said
    assert client.get("/application-status?number=123").status_code == 404
