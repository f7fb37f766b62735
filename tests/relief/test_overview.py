"""The first page: how many, where they are stuck, what to do next."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad import wiring
from rasad.accounts.access import all_for
from rasad.accounts.models import User
from rasad.journal.models import Entry
from rasad.relief.models import Review, Run, SourceRow, Token
from rasad.relief.queries import overview
from tests.cast import ELSEWHERE, HISAR, staff
from tests.relief.cast import World, row, token

MAY_15 = date(2020, 5, 15)
JUNE_30 = date(2020, 6, 30)


def figures_for(reader: User, until: date) -> overview.Figures:
    return overview.figures(all_for(reader, Token), until=until)


def outcomes_for(reader: User, until: date) -> overview.Outcomes:
    return overview.outcomes(all_for(reader, SourceRow), figures_for(reader, until), until=until)


@pytest.mark.req("R-DRT-18", "R-STA-01")
def test_tokens_are_counted_up_to_a_day_by_source_district_and_state(
    world: World, meena: User, headquarters: User
) -> None:
    mid_may = figures_for(headquarters, MAY_15)
    assert (mid_may.tokens, mid_may.people) == (3, 9)
    assert dict(mid_may.by_source) == {"SARAL": 3}
    assert dict(mid_may.by_state) == {"shop_assigned": 2, "awaiting_shop": 1}
    assert {code: told.tokens for code, told in mid_may.by_district.items()} == {HISAR: 2, ELSEWHERE: 1}
    assert mid_may.by_day == {date(2020, 4, 20): 2, date(2020, 5, 2): 1}
    assert figures_for(headquarters, JUNE_30).tokens == 4
    assert figures_for(headquarters, date(2020, 4, 19)).tokens == 0
    assert dict(figures_for(meena, JUNE_30).without_shop) == {"no_capacity": 1, "place_unknown": 1}


def test_every_row_is_in_exactly_one_outcome(world: World, meena: User, headquarters: User) -> None:
    mine, all_rows = outcomes_for(meena, JUNE_30), outcomes_for(headquarters, JUNE_30)
    assert dict(mine.by_outcome) == {"token": 3, "linked": 1, "refused": 2, "in_review": 1}
    assert mine.rows == 7
    assert all_rows.rows == 8 == sum(all_rows.by_outcome.values())
    assert [(one.reason, one.rows, one.oldest) for one in mine.waiting] == [
        ("not_verified", 1, date(2020, 4, 11))
    ]
    assert [one.reason for one in mine.refused] == ["on_free_card", "ration_not_opted"]


def test_row_without_a_day_counts_as_received(world: World, meena: User) -> None:
    row(world.run, "S-77", "refused", "no_members", received_on=None)
    assert outcomes_for(meena, date(2020, 4, 1)).rows == 1


def test_dfsc_sees_the_own_district_and_what_is_hers_to_do(world: World, meena: User, logged_in) -> None:
    page = logged_in(meena).get("/", {"until": "2020-06-30"})
    told = page.content.decode()
    assert page.status_code == 200
    assert "Distress Ration Token: Hisar" in told
    heaps = page.context["heaps"]
    assert [(one.what, one.count, one.is_mine) for one in heaps] == [
        ("Tokens without a shop", 2, True),
        ("Tokens not yet handed over", 1, True),
        ("Perhaps already on a free-ration card", 1, True),
        ("Not verified by the District Administration", 1, False),
    ]
    assert "Panipat" not in told
    assert "Pooja" not in told


def test_links_of_the_heaps_lead_to_as_many_as_they_say(world: World, meena: User, logged_in) -> None:
    client = logged_in(meena)
    heaps = client.get("/").context["heaps"]
    found = [client.get(one.href).context["table"].paginator.count for one in heaps]
    assert found == [one.count for one in heaps]
    parts = [part for one in heaps for part in one.parts]
    assert [client.get(one.href).context["table"].paginator.count for one in parts] == [1, 1]


def test_administration_is_shown_its_own_heap_first(world: World, logged_in) -> None:
    officer = staff("omkar", "district_administration", ("district", HISAR))
    heaps = logged_in(officer).get("/").context["heaps"]
    assert (heaps[0].what, heaps[0].is_mine) == ("Not verified by the District Administration", True)
    assert {one.is_mine for one in heaps[1:]} == {False}


def test_headquarters_sees_every_district_and_may_ask_for_one(
    world: World, headquarters: User, logged_in
) -> None:
    client = logged_in(headquarters)
    assert [(line.name, line.told.tokens) for line in client.get("/").context["districts"]] == [
        ("Hisar", 3),
        ("Panipat", 1),
    ]
    one = client.get("/", {"district": ELSEWHERE})
    assert one.context["figures"].tokens == 1
    assert "Distress Ration Token: Panipat" in one.content.decode()


def test_district_of_another_officer_changes_nothing(world: World, meena: User, logged_in) -> None:
    page = logged_in(meena).get("/", {"district": ELSEWHERE})
    assert page.context["figures"].tokens == 3
    assert "There is no such day, district or scheme" in page.content.decode()


@pytest.mark.parametrize("wrong", ["tomorrow", "2020-13-45", "=1+1"])
def test_day_that_is_none_gets_an_answer_and_the_latest_figures(
    world: World, meena: User, logged_in, wrong: str
) -> None:
    page = logged_in(meena).get("/", {"until": wrong})
    assert page.status_code == 200
    assert "There is no such day" in page.content.decode()
    assert page.context["figures"].tokens == 3


def test_published_figure_stands_beside_our_own(world: World, headquarters: User, logged_in) -> None:
    told = logged_in(headquarters).get("/", {"until": "2020-05-15"}).content.decode()
    assert "more than 3,73,222 till 15 May 2020" in told
    assert "Counted here: 3." in told


def test_map_leads_to_places_and_shops_of_the_district_only(world: World, meena: User, logged_in) -> None:
    told = logged_in(meena).get("/").content.decode()
    start = told.index('<svg class="map"')
    drawing = told[start : told.index("</figure>", start)]
    assert "Uklana: 1 family without a shop" in drawing
    assert "/relief/places/61002" in drawing
    assert "/relief/shops/106300100001" in drawing
    assert "Samalkha" not in drawing
    assert "1 family without a shop is not on the map" in told


def test_places_nobody_knows_are_listed_as_families_wrote_them(world: World, meena: User, logged_in) -> None:
    client = logged_in(meena)
    page = client.get("/")
    assert page.context["picture"].written == [("near the canal", 1)]
    assert "written=near%20the%20canal" in page.content.decode()
    found = client.get("/relief/tokens", {"written": "near the canal", "state": "awaiting_shop"})
    assert [line.record.holder_name for line in found.context["table"].paginated_rows] == ["Noor Jahan"]
    assert "Place as written: near the canal" in found.content.decode()


def test_map_of_the_state_shades_districts_and_links_to_them(
    world: World, headquarters: User, logged_in
) -> None:
    picture = logged_in(headquarters).get("/").context["picture"]
    assert [(area.shade, "district=63" in area.href) for area in picture.map.areas] == [(4, True), (0, False)]


def test_before_the_first_run_the_page_says_so(db: None, meena: User, logged_in) -> None:
    page = logged_in(meena).get("/")
    assert page.status_code == 200
    assert "No relief run yet" in page.content.decode()


def test_district_without_any_token_has_a_page(world: World, logged_in) -> None:
    nobody = staff("nisha", "dfsc", ("district", "99"))
    page = logged_in(nobody).get("/")
    assert page.status_code == 200
    assert "Nobody waits" in page.content.decode()
    assert page.context["figures"].tokens == 0


def test_unknown_scheme_is_shown_by_its_code(world: World, meena: User, logged_in) -> None:
    Run.objects.update(scheme="flood_1995", conditions={})
    Token.objects.update(scheme="flood_1995")
    SourceRow.objects.update(scheme="flood_1995")
    client = logged_in(meena)
    assert "flood_1995" in client.get("/").content.decode()
    assert client.get(f"/relief/tokens/{world.tokens['asha'].number}").status_code == 200
    assert client.get(f"/relief/rows/{world.rows['sunita'].pk}").status_code == 200
    assert client.get(f"/relief/runs/{world.run.key}").status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_first_page_asks_the_database_as_often_for_three_as_for_one(
    world: World, meena: User, logged_in, more: int
) -> None:
    for number in range(more):
        issued = token(world.run, f"0630000000050{number}", "Savitri", family_key=f"saral:more-{number}")
        row(world.run, f"N-{number}", "token", "issued", token=issued)
        row(world.run, f"R-{number}", "refused", "no_members")
        Review.objects.create(
            token=issued, district_code=HISAR, card_number=f"1{number}", card_category="AAY", weight=5
        )
    client = logged_in(meena)
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/")
    assert len(asked) == 16


@pytest.mark.parametrize(("month", "is_over"), [(5, False), (7, True)])
def test_pages_live_by_the_clock_of_the_books(world, meena, logged_in, monkeypatch, month, is_over):
    monkeypatch.setattr(wiring, "now", lambda: datetime(2020, month, 15, 12, tzinfo=wiring.INDIA))
    client = logged_in(meena)

    assert client.get("/").context["is_over"] is is_over
    assert client.get("/relief/tokens/06300000000014").context["expired"] is is_over
    client.get("/relief/tokens.csv")
    assert [one.at.month for one in Entry.objects.filter(action="relief.exported")] == [month]
