"""Tokens on screen: the list, the search, one token's story."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad.accounts.models import User
from rasad.journal.models import Entry
from rasad.relief.models import Token
from rasad.relief.views import tokens as views
from tests.cast import HISAR, staff
from tests.relief.cast import ASHA, FARAWAY, HANSI, KAMLA, NOOR, SHOP, World, row, token

IN_JUNE = "2020-06-10"


def numbers(client, **asked: str) -> list[str]:
    page = client.get("/relief/tokens", asked)
    assert page.status_code == 200
    return [line.record.number for line in page.context["table"].paginated_rows]


@pytest.mark.req("R-DRT-15")
def test_dfsc_has_the_list_of_tokens_of_the_district(world: World, meena: User, logged_in) -> None:
    assert numbers(logged_in(meena)) == [ASHA, KAMLA, NOOR]


def test_stranger_sees_none_of_them_anywhere(world: World, stranger: User, logged_in) -> None:
    client = logged_in(stranger)
    assert numbers(client) == [FARAWAY]
    for text in (ASHA, "063-00000-00001-4", "Asha", "9876500001"):
        assert numbers(client, q=text) == []
    assert numbers(client, place=HANSI) == []
    assert numbers(client, shop=SHOP) == []
    assert numbers(client, district=HISAR) == [FARAWAY]
    # What lies elsewhere and what is nowhere get the same answer.
    for number in (ASHA, KAMLA, "06399999999999"):
        assert client.get(f"/relief/tokens/{number}").status_code == 404
    assert client.get(f"/relief/places/{HANSI}").status_code == 404
    assert client.get(f"/relief/shops/{SHOP}").status_code == 404
    filed = b"".join(client.get("/relief/tokens.csv").streaming_content).decode()
    assert "Asha" not in filed
    assert filed.count("\r\n") == 2


def test_name_of_a_strangers_place_or_shop_is_not_told_by_a_chip(
    world: World, stranger: User, logged_in
) -> None:
    told = logged_in(stranger).get("/relief/tokens", {"shop": SHOP, "place": HANSI}).content.decode()
    assert "Ravi Fair Price Shop" not in told
    assert "Hansi" not in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ASHA, [ASHA]),
        ("063-00000-00001-4", [ASHA]),
        ("063 00000 00001 4", [ASHA]),
        ("0630000", [ASHA, KAMLA, NOOR]),
        ("06", []),
        ("asha", [ASHA]),
        ("ASHA dev", [ASHA]),
        ("9876500002", [KAMLA]),
        ("%", []),
        ("नूर", []),
    ],
)
def test_search_finds_by_number_name_and_mobile(
    world: World, meena: User, logged_in, text: str, found: list[str]
) -> None:
    assert numbers(logged_in(meena), q=text) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "awaiting_shop"}, [KAMLA, NOOR]),
        ({"state": "awaiting_shop", "reason": "place_unknown"}, [NOOR]),
        ({"state": "on_the_way"}, [ASHA]),
        ({"source": "MMPSY"}, [NOOR]),
        ({"shop": SHOP}, [ASHA]),
        ({"place": HANSI}, [ASHA]),
        ({"until": "2020-05-15"}, [ASHA, KAMLA]),
        ({"sort": "-holder_name"}, [NOOR, KAMLA, ASHA]),
        ({"sort": "nonsense"}, [ASHA, KAMLA, NOOR]),
        ({"page": "999"}, [ASHA, KAMLA, NOOR]),
        ({"page": "x", "rows": "-3"}, [ASHA, KAMLA, NOOR]),
        ({"state": "nonsense"}, [ASHA, KAMLA, NOOR]),
    ],
)
def test_list_is_narrowed_and_sorted(
    world: World, meena: User, logged_in, asked: dict[str, str], found: list[str]
) -> None:
    assert numbers(logged_in(meena), **asked) == found


def test_aadhaar_number_typed_into_the_search_is_taken_out_of_the_address(
    world: World, meena: User, logged_in
) -> None:
    client = logged_in(meena)
    answer = client.get("/relief/tokens", {"q": "9999 4105 7058", "state": "awaiting_shop"})
    assert (answer.status_code, answer["Location"]) == (302, "/relief/tokens?state=awaiting_shop")
    told = client.get(answer["Location"]).content.decode()
    assert "No list can be searched by an Aadhaar number" in told
    assert "99994105" not in told


def test_auditor_sees_figures_but_no_family(world: World, auditor: User, logged_in) -> None:
    client = logged_in(auditor)
    for path in ("/relief/tokens", f"/relief/tokens/{ASHA}", "/relief/rows", "/relief/reviews", "/"):
        told = client.get(path).content.decode()
        for hidden in ("Asha", "Devi", "Ram Singh", "9876500001", "House 4", "Banwari"):
            assert hidden not in told, (path, hidden)
    assert "A••• D•••" in client.get("/relief/tokens").content.decode()
    # Nor can a name be guessed by searching for it.
    assert numbers(client, q="Asha") == []
    assert numbers(client, q="9876500001") == []
    assert numbers(client, q=ASHA) == [ASHA]


def test_dealer_sees_the_tokens_of_the_own_shop(world: World, ravi: User, logged_in) -> None:
    client = logged_in(ravi)
    assert numbers(client) == [ASHA]
    assert client.get("/").context["figures"].tokens == 1
    assert client.get("/relief/rows").context["table"].paginator.count == 0
    assert client.get("/relief/runs").status_code == 403
    assert client.get("/relief/tokens.csv").status_code == 403


def test_committee_sees_the_tokens_of_its_village(world: World, logged_in) -> None:
    committee = staff("usha", "unit_committee", ("place", HANSI))
    client = logged_in(committee)
    assert numbers(client) == [ASHA]
    assert client.get(f"/relief/places/{HANSI}").status_code == 200
    assert client.get("/relief/places/61002").status_code == 404
    assert client.get("/relief/shops").status_code == 403


@pytest.mark.parametrize("more", [0, 2])
def test_list_asks_the_database_as_often_for_three_as_for_one(
    world: World, meena: User, logged_in, more: int
) -> None:
    Token.objects.exclude(number=ASHA).update(district_code="71")
    for number in range(more):
        token(world.run, f"0630000000050{number}", "Savitri", shop_number=SHOP, family_key=f"s:{number}")
    client = logged_in(meena)
    client.get("/relief/tokens")
    with CaptureQueriesContext(connection) as asked:
        assert len(numbers(client)) == more + 1
    assert len(asked) == 12


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_story_tells_sources_checks_rules_shop_and_entitlement(world: World, meena: User, logged_in) -> None:
    told = words(logged_in(meena).get(f"/relief/tokens/{ASHA}").content.decode())
    for part in (
        "063-00000-00001-4",
        "Came in: BPL applications on SARAL 20 April 2020",
        "Came in again: Requests to the Chief Minister on Twitter 1 May 2020",
        "Same persons as on an earlier row",
        "Verified: yes",
        "Nobody of the family on a living card of these categories",
        "All Records is being checked with PDS",
        "Shop: Ravi Fair Price Shop Shop of the family&#x27;s own village or ward",
        "April 2020, May 2020, June 2020",
        "Wheat 15 kg free",
        "Pulses 2.5 kg free",
        "Ram Singh",
    ):
        assert part in told, part


def test_token_without_a_shop_says_why_and_whose_queue_it_is_in(
    world: World, meena: User, logged_in, monkeypatch
) -> None:
    during(monkeypatch)
    told = words(logged_in(meena).get(f"/relief/tokens/{KAMLA}").content.decode())
    assert "Every shop near is full." in told
    assert "Choose a shop that can take more families" in told
    assert "queue of: District Food and Supplies Controller of the district" in told


def test_question_shows_the_card_masked_and_what_was_compared(world: World, meena: User, logged_in) -> None:
    page = logged_in(meena).get(f"/relief/tokens/{NOOR}").content.decode()
    assert "XXXXXXXX4567" in page
    assert "063001234567" not in page
    told = words(page)
    assert "Same first name, surname missing on one side Same village or ward Another father" in told


def test_token_is_expired_after_the_last_day_and_kept(
    world: World, meena: User, logged_in, monkeypatch
) -> None:
    client = logged_in(meena)
    during(monkeypatch)
    assert "Expired" not in client.get(f"/relief/tokens/{ASHA}").content.decode()
    monkeypatch.undo()
    told = words(client.get(f"/relief/tokens/{ASHA}").content.decode())
    assert "Expired (before: Shop assigned)" in told
    assert "kept for the record" in told


def test_row_of_another_district_is_counted_but_not_shown(world: World, meena: User, logged_in) -> None:
    row(
        world.run,
        "M-88",
        "linked",
        "same_family_id",
        token=world.tokens["asha"],
        district_code="71",
        source="MMPSY",
    )
    told = logged_in(meena).get(f"/relief/tokens/{ASHA}").content.decode()
    assert "1 row of another office" in told
    assert "M-88" not in told


def during(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the scheme were still running."""
    from datetime import date

    monkeypatch.setattr(views.timezone, "localdate", lambda *_: date.fromisoformat(IN_JUNE))


def test_paper_of_a_token_is_a_pdf_for_those_who_print_and_on_record(
    world: World, meena: User, stranger: User, headquarters: User, logged_in
) -> None:
    client = logged_in(meena)
    assert f"/relief/tokens/{ASHA}.pdf" in client.get(f"/relief/tokens/{ASHA}").content.decode()
    paper = client.get(f"/relief/tokens/{ASHA}.pdf")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert paper["Content-Disposition"] == 'inline; filename="063-00000-00001-4.pdf"'
    assert paper.content.startswith(b"%PDF-")
    entry = Entry.objects.order_by("-number").first()
    assert (entry.action, entry.of_kind, entry.of_key, entry.by) == ("relief.printed", "token", ASHA, "meena")
    assert logged_in(stranger).get(f"/relief/tokens/{ASHA}.pdf").status_code == 404
    assert logged_in(headquarters).get(f"/relief/tokens/{ASHA}.pdf").status_code == 403


def test_place_code_the_register_does_not_know_leads_nowhere(world: World, meena: User, logged_in) -> None:
    Token.objects.filter(number=KAMLA).update(
        place_code="99999999", place_name="Uklana Mandi", shop_reason="place_unknown"
    )
    client = logged_in(meena)
    for path in ("/relief/tokens", f"/relief/tokens/{KAMLA}"):
        told = client.get(path).content.decode()
        assert "Uklana Mandi" in told
        assert "/relief/places/99999999" not in told
    assert ("Uklana Mandi", 1) in client.get("/").context["picture"].written
