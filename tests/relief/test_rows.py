"""Refused and waiting rows: every answer has its five parts."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad.accounts.models import User
from rasad.relief.models import Review, SourceRow
from tests.relief.cast import ASHA, World, row


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def references(client, **asked: str) -> list[str]:
    page = client.get("/relief/rows", asked)
    assert page.status_code == 200
    return sorted(line.record.reference for line in page.context["table"].paginated_rows)


def test_list_holds_refused_and_waiting_rows_of_the_own_district(
    world: World, meena: User, stranger: User, logged_in
) -> None:
    client = logged_in(meena)
    assert references(client) == ["L-5", "S-4", "S-6"]
    assert references(client, outcome="linked") == ["T-7"]
    assert references(client, outcome="in_review") == ["S-6"]
    assert references(client, reason="on_free_card") == ["S-4"]
    assert references(client, source="LOCAL_COMMITTEE") == ["L-5"]
    assert references(client, q="s-4") == ["S-4"]
    assert references(client, q="banwari") == ["S-4"]
    assert references(client, until="2020-04-15") == ["S-6"]
    elsewhere = logged_in(stranger)
    assert references(elsewhere) == []
    assert references(elsewhere, q="S-4") == []
    for one in world.rows.values():
        expected = 200 if one.district_code == "71" else 404
        assert elsewhere.get(f"/relief/rows/{one.pk}").status_code == expected


@pytest.mark.req("R-DRT-21", "R-NFR-07")
def test_refusal_says_what_why_by_which_rule_what_next_to_whom_by_when(
    world: World, meena: User, logged_in
) -> None:
    told = words(logged_in(meena).get(f"/relief/rows/{world.rows['banwari'].pk}").content.decode())
    for part in (
        "The token was refused.",
        "The family is a beneficiary of the Public Distribution System in a free ration category.",
        "A family on an APL card is not barred.",
        "XXXXXXXX4567",
        "Other Priority Household (OPH)",
        "recognised by a member&#x27;s Aadhaar reference",
        "What can be done If nobody of the family is on this card, ask for a correction",
        "To whom District Food and Supplies Controller Helpline 1967",
        "By when 30 June 2020",
        "the DRT holder should not be a beneficiary of the Public Distribution System in any Free Ration",
        "drt_2020.refuses_cards_of",
    ):
        assert part in told, part


def test_condition_of_the_scheme_is_told_in_its_own_words_and_source(
    world: World, meena: User, logged_in
) -> None:
    client = logged_in(meena)
    refused = words(client.get(f"/relief/rows/{world.rows['sunita'].pk}").content.decode())
    assert "in the survey the family did not opt for ration" in refused
    assert "The Local Committee Survey Data where Ration Option is opted" in refused
    waiting = words(client.get(f"/relief/rows/{world.rows['dhanpat'].pk}").content.decode())
    assert "The token waits for a person." in waiting
    assert "has not been verified by the District Administration" in waiting
    assert "To whom District Administration" in waiting


def test_linked_row_names_the_token_and_links_to_it_only_where_it_may_be_seen(
    world: World, meena: User, logged_in
) -> None:
    client = logged_in(meena)
    mine = client.get(f"/relief/rows/{world.rows['again'].pk}").content.decode()
    assert f'href="/relief/tokens/{ASHA}"' in mine
    far = row(world.run, "T-8", "linked", "same_card", token=world.tokens["far"])
    theirs = client.get(f"/relief/rows/{far.pk}").content.decode()
    assert "071-00000-00001-1" in theirs
    assert 'href="/relief/tokens/07100000000011"' not in theirs


def test_likeness_that_only_holds_a_row_up_is_not_called_a_refusal(
    world: World, meena: User, logged_in
) -> None:
    held = row(
        world.run, "S-20", "in_review", "probably_on_free_card", facts={"card": "XXXXXXXX9999", "weight": 5.5}
    )
    told = words(logged_in(meena).get(f"/relief/rows/{held.pk}").content.decode())
    assert "Perhaps on a free-ration card." in told
    assert "Food does not wait" not in told


def test_whole_card_number_in_the_facts_is_masked_all_the_same(world: World, meena: User, logged_in) -> None:
    leaky = row(world.run, "S-21", "refused", "on_free_card", facts={"card": "063001234567"})
    client = logged_in(meena)
    for path in (f"/relief/rows/{leaky.pk}", "/relief/rows"):
        assert "063001234567" not in client.get(path).content.decode()
    assert b"063001234567" not in b"".join(client.get("/relief/rows.csv").streaming_content)


def test_unknown_reason_is_shown_as_it_is_called(world: World, meena: User, logged_in) -> None:
    odd = row(world.run, "S-22", "refused", "income_too_high")
    client = logged_in(meena)
    assert "Income too high" in client.get(f"/relief/rows/{odd.pk}").content.decode()
    assert "Income too high" in client.get("/relief/rows").content.decode()


def test_questions_are_listed_masked_and_only_for_the_own_district(
    world: World, meena: User, stranger: User, logged_in
) -> None:
    told = logged_in(meena).get("/relief/reviews").content.decode()
    assert "XXXXXXXX4567" in told
    assert "063001234567" not in told
    assert "Noor Jahan" in told
    theirs = logged_in(stranger).get("/relief/reviews")
    assert theirs.context["table"].paginator.count == 0
    assert "No open question" in theirs.content.decode()


@pytest.mark.parametrize("path", ["/relief/tokens", "/relief/rows", "/relief/shops", "/relief/runs"])
def test_list_without_rows_says_so(db: None, meena: User, logged_in, path: str) -> None:
    page = logged_in(meena).get(path)
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_lists_ask_the_database_as_often_for_three_as_for_one(
    world: World, meena: User, logged_in, more: int
) -> None:
    SourceRow.objects.exclude(reference="S-4").filter(token=None).delete()
    for number in range(more):
        row(world.run, f"R-{number}", "refused", "no_members")
        Review.objects.create(
            token=world.tokens["kamla"],
            district_code="63",
            card_number=f"1{number}",
            card_category="AAY",
            weight=5,
        )
    client = logged_in(meena)
    client.get("/relief/rows")
    with CaptureQueriesContext(connection) as asked:
        assert len(references(client)) == more + 1
    assert len(asked) == 10
    with CaptureQueriesContext(connection) as asked:
        client.get("/relief/reviews")
    assert len(asked) == 8
