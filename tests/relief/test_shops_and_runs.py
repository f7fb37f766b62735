"""Shops, places and runs on screen."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad.accounts.models import User
from rasad.policy.relief import scheme
from rasad.registry.models import Place
from rasad.relief import runs
from rasad.relief.models import Run
from rasad.web.templatetags.rasad import indian
from tests.cast import HISAR
from tests.relief.cast import BARWALA, FULL_SHOP, HANSI, RUN_KEY, SHOP, UKLANA, World, run, shop


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def listed(client, **asked: str) -> list[tuple[str, int, int]]:
    table = client.get("/relief/shops", asked).context["table"]
    return [(line.record.number, line.record.assigned, line.record.room) for line in table.paginated_rows]


def test_shops_are_listed_with_their_load_the_fullest_first(world: World, meena: User, logged_in) -> None:
    client = logged_in(meena)
    assert listed(client) == [(FULL_SHOP, 0, 0), (SHOP, 1, 39)]
    assert listed(client, room="full") == [(FULL_SHOP, 0, 0)]
    assert listed(client, room="left", sort="-assigned") == [(SHOP, 1, 39)]
    assert listed(client, q="uklana") == [(FULL_SHOP, 0, 0)]
    assert listed(client, q=SHOP[:8]) == [(FULL_SHOP, 0, 0), (SHOP, 1, 39)]


def test_shop_shows_its_room_its_dealer_and_its_tokens(world: World, meena: User, logged_in) -> None:
    told = words(logged_in(meena).get(f"/relief/shops/{SHOP}").content.decode())
    for part in (
        "Ravi Fair Price Shop",
        "1 tokens drawn here",
        "39 it can still take",
        "Asha Devi",
        "9876500009",
    ):
        assert part in told, part


def test_place_tells_why_families_have_no_shop(world: World, meena: User, logged_in) -> None:
    client = logged_in(meena)
    told = words(client.get(f"/relief/places/{UKLANA}").content.decode())
    assert "Every shop near is full: 1 Choose a shop that can take more families" in told
    assert "Kamla Rani" in told
    drawn = words(client.get(f"/relief/places/{HANSI}").content.decode())
    assert "Shops they are drawn at Ravi Fair Price Shop 1" in drawn


def test_place_without_token_or_shop_of_the_reader_is_not_there(world: World, meena: User, logged_in) -> None:
    assert logged_in(meena).get(f"/relief/places/{BARWALA}").status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_shops_ask_the_database_as_often_for_three_as_for_one(
    world: World, meena: User, logged_in, more: int
) -> None:
    place = Place.objects.get(code=HANSI)
    for number in range(more):
        shop(f"10630010009{number}", place, HISAR, 5, "More")
    client = logged_in(meena)
    client.get("/relief/shops")
    with CaptureQueriesContext(connection) as asked:
        assert len(listed(client)) == more + 2
    assert len(asked) == 9


def test_run_is_shown_to_those_whose_rows_it_decided(
    world: World, meena: User, headquarters: User, logged_in
) -> None:
    run(key="c0ffee", started_at=world.run.started_at.replace(hour=8))
    assert logged_in(meena).get("/relief/runs").context["table"].paginator.count == 1
    assert logged_in(headquarters).get("/relief/runs").context["table"].paginator.count == 2
    assert logged_in(meena).get("/relief/runs/c0ffee").status_code == 404


def test_run_tells_what_it_judged_by_and_that_no_row_is_lost(
    world: World, meena: User, headquarters: User, logged_in
) -> None:
    told = words(logged_in(meena).get(f"/relief/runs/{RUN_KEY}").content.decode())
    for part in (
        "7 rows came in = 3 led to a token + 1 belong to a family that has one + 2 refused + 1 waiting",
        "What became of every row of your area",
        "Card category: APL",
        "otherwise: Not on an APL card",
        f"Refused from likeness {indian(scheme('drt_2020').matching.refuse_weight)}",
        "By kavita",
    ):
        assert part in told, part
    assert "8 rows came in" in words(logged_in(headquarters).get(f"/relief/runs/{RUN_KEY}").content.decode())


def test_run_is_explained_by_the_conditions_of_its_day(world: World, meena: User, logged_in) -> None:
    then = world.run.conditions
    then["sources"][0]["conditions"][0]["value"] = "BLUE"
    Run.objects.update(conditions=then)
    told = words(logged_in(meena).get(f"/relief/runs/{RUN_KEY}").content.decode())
    assert "Card category: BLUE" in told


def test_run_under_way_shows_how_far_it_is_and_asks_again(
    world: World, headquarters: User, logged_in
) -> None:
    runs.hold(run(key="c0ffee", state="running", stage="merge", percent=55, finished_at=None))
    client = logged_in(headquarters)
    page = client.get("/relief/runs/c0ffee").content.decode()
    assert 'hx-get="/relief/runs/c0ffee/progress"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "No rows yet" in page
    part = client.get("/relief/runs/c0ffee/progress")
    assert [(stage.code, stage.state) for stage in part.context["stages"]][3:6] == [
        ("match", "done"),
        ("merge", "now"),
        ("issue", "later"),
    ]
    assert "HX-Refresh" not in part


def test_run_that_ended_reloads_the_page_that_watches_it(world: World, headquarters: User, logged_in) -> None:
    client = logged_in(headquarters)
    part = client.get(f"/relief/runs/{RUN_KEY}/progress")
    assert part["HX-Refresh"] == "true"
    assert "hx-get" not in part.content.decode()


def test_run_that_failed_says_what_to_do(world: World, headquarters: User, logged_in) -> None:
    run(key="c0ffee", state="failed", stage="assign", percent=70, summary={"why": "disk full"})
    told = words(logged_in(headquarters).get("/relief/runs/c0ffee").content.decode())
    assert "The run stopped. Nothing is lost: start it again with the same files" in told
    assert "disk full" in told


def test_headquarters_is_told_what_could_not_be_read(
    world: World, headquarters: User, meena: User, logged_in
) -> None:
    Run.objects.update(summary={"problems": {"bad_aadhaar": 37, "impossible_date": 77, "odd_thing": 1}})
    told = words(logged_in(headquarters).get(f"/relief/runs/{RUN_KEY}").content.decode())
    assert "Date that cannot be 77 Aadhaar number that cannot be one 37 odd thing 1" in told
    assert "Date that cannot be" not in logged_in(meena).get(f"/relief/runs/{RUN_KEY}").content.decode()
