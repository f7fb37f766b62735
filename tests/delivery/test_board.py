"""The live board: the published figure again, hand-overs by day and hand, days waited, nothing of other districts."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from rasad.accounts import access
from rasad.delivery.actions import steps
from rasad.delivery.actions.steps import Who
from rasad.delivery.models import Hand, Step
from rasad.delivery.queries.board import Waited, board
from rasad.relief.models import Token
from tests.cast import ELSEWHERE, HISAR, client_of
from tests.delivery.conftest import NOON
from tests.relief.cast import ASHA, FARAWAY, SHOP, run, token

pytestmark = pytest.mark.django_db
# Seed 000: "More than 373222 Distress Ration Tokens are generated till 15.05.2020".
PUBLISHED = 373_222
AFTERWARDS = 600
MAY_15, JUNE_30 = date(2020, 5, 15), date(2020, 6, 30)
# In two districts, from four sources, with and without a shop: three tokens in four of the first district, one in
# two from MMPSY; the first so many by 15 May, the last two weeks after it.
GENERATED = """
INSERT INTO relief_token (
    number, scheme, run_id, family_key, family_id, source, state, state_before_end, holder_name, member_count,
    mobile, address, district_code, place_code, place_name, months, inherits, issued_on, shop_number, shop_reason
)
SELECT to_char(n, 'FM00000000000000'), 'drt_2020', %(run)s, 'made:' || n, '',
       CASE WHEN n %% 2 = 0 THEN 'MMPSY' WHEN n %% 4 = 1 THEN 'SARAL' ELSE 'CM_TWITTER' END,
       CASE WHEN n %% 100 = 0 THEN 'awaiting_shop' ELSE 'published' END, '', 'Holder', 3,
       '', '', CASE WHEN n %% 4 = 3 THEN %(elsewhere)s ELSE %(hisar)s END, '', '', '{2020-05}', 'OPH',
       CASE WHEN n <= %(published)s THEN DATE '2020-04-10' + n %% 36 ELSE DATE '2020-05-16' + n %% 14 END,
       CASE WHEN n %% 100 = 0 THEN '' ELSE '106300100001' END, 'own_place'
FROM generate_series(1, %(published)s + %(afterwards)s) AS n
"""
INDEXES = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid = 'relief_token'::regclass AND NOT indisunique
  AND indexrelid <> 'relief_token_figures'::regclass
"""


@pytest.fixture
def generated(db):
    """As many tokens as the document counts till 15 May 2020, and some hundred after it."""
    given = {
        "run": run().pk, "hisar": HISAR, "elsewhere": ELSEWHERE, "published": PUBLISHED, "afterwards": AFTERWARDS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        # Those the board is not read from, until the end of the story: with them it takes twice as long.
        cursor.execute(INDEXES)
        cursor.execute("; ".join(f"DROP INDEX {name}" for (name,) in cursor.fetchall()))
        cursor.execute(GENERATED, given)


def tile(client, until):
    """The first figure of the board as of a day."""
    page = client.get("/board", {"until": until}).content.decode()
    return re.search(r'class="figure">([^<]*)<', page)[1]


def figures(reader, until=MAY_15):
    tokens, hand_overs = access.all_for(reader, Token), access.all_for(reader, Step)
    return board(tokens, hand_overs, scheme="drt_2020", until=until)


@pytest.mark.req("R-DRT-18", "R-STA-01")
def test_published_figure_stands_on_the_board_as_of_its_day(generated, headquarters, meena):
    kavita = client_of(headquarters)

    assert [tile(kavita, day) for day in ("2020-05-15", "2020-05-16", "2020-06-30")] == [
        "3,73,222", "3,73,265", "3,73,822",
    ]  # fmt: skip
    assert tile(client_of(meena), "2020-05-15") == "2,79,917"
    told = figures(headquarters)
    assert (told.tokens, told.by_source, told.by_state) == (
        PUBLISHED,
        {"MMPSY": 186_611, "SARAL": 93_306, "CM_TWITTER": 93_305},
        {"published": 369_490, "awaiting_shop": 3_732},
    )
    assert {code: (one.tokens, one.without_shop, one.on_the_way) for code, one in told.districts.items()} == {
        HISAR: (279_917, 3_732, 276_185), ELSEWHERE: (93_305, 0, 93_305),
    }  # fmt: skip


def handed(number, hand, *, at=NOON, waited=None):
    """A hand-over in the ledger."""
    of = Token.objects.get(number=number)
    return Step.objects.create(
        token=of, scheme=of.scheme, district_code=of.district_code, kind="handed_over", hand=hand, by="x", at=at,
        waited_days=waited,
    )  # fmt: skip


def many(world, waits, hand=Hand.UNIT_COMMITTEE, begins="0639"):
    """One token each, handed over by one hand after so many days."""
    for place, days in enumerate(waits):
        number = f"{begins}{place:010d}"
        token(world.run, number, "Holder", shop_number=SHOP)
        handed(number, hand, waited=days)


@pytest.mark.req("R-DRT-18")
def test_state_of_delivery_is_counted_by_source_and_district(world, headquarters):
    Token.objects.filter(number=FARAWAY).update(state="delivered")
    told = figures(headquarters, JUNE_30)

    assert told.by_source == {"SARAL": 3, "MMPSY": 1}
    assert told.by_state == {"shop_assigned": 1, "awaiting_shop": 2, "delivered": 1}
    assert {
        one.name: (one.tokens, one.without_shop, one.on_the_way, one.in_hand)
        for one in told.districts.values()
    } == {"Hisar": (3, 2, 1, 0), "Panipat": (1, 0, 0, 1)}


def test_hand_overs_are_counted_by_their_day_in_india(world, headquarters):
    handed(ASHA, Hand.WEB, at=datetime(2020, 5, 14, 18, 29, tzinfo=UTC))
    handed(FARAWAY, Hand.WEB, at=datetime(2020, 5, 14, 18, 30, tzinfo=UTC))
    many(world, [1, 1])

    assert figures(headquarters).by_day == {date(2020, 5, 14): 1, MAY_15: 3}
    before = figures(headquarters, date(2020, 5, 14))
    assert (before.by_day, before.handed_over) == ({date(2020, 5, 14): 1}, 1)


def test_days_waited_are_told_by_hand_half_and_nine_in_ten(world, headquarters):
    many(world, [0, 1, 2, 3, 4, 5, 6, 7, 8, 30])
    many(world, [2, 9, 4], hand=Hand.WHATSAPP, begins="0638")
    handed(ASHA, Hand.APP)

    told = figures(headquarters)
    assert told.waited == [
        Waited(hand="unit_committee", tokens=10, median_days=4, nine_in_ten_days=8),
        Waited(hand="whatsapp", tokens=3, median_days=4, nine_in_ten_days=9),
    ]
    # The app's is counted; when its family asked is not known.
    assert told.handed_over == 14


def test_board_names_the_hand_and_the_days(world, headquarters):
    many(world, [1, 5])
    page = client_of(headquarters).get("/board", {"until": "2020-05-15"}, headers={"accept-language": "en"})
    rows = re.findall(r'<div class="cell">([^<]*)</div>', page.content.decode())

    assert rows[:4] == ["Unit Committee", "2", "1 day", "5 days"]


def test_days_are_counted_from_the_familys_request_and_only_its_first_hand_over(world, headquarters):
    who = Who(Hand.UNIT_COMMITTEE, "sewak")
    for at in (NOON, NOON + timedelta(days=3)):
        steps.hand_over(token=Token.objects.get(number=ASHA), who=who, proof="mark", at=at)

    told = figures(headquarters, JUNE_30)
    assert (told.waited, told.by_day) == ([Waited("unit_committee", 1, 25, 25)], {MAY_15: 1})


@pytest.mark.req("R-ACT-06")
def test_reader_of_one_district_sees_only_its_tokens_and_hand_overs(world, meena, stranger, headquarters):
    handed(ASHA, Hand.WEB, waited=3)
    handed(FARAWAY, Hand.APP, waited=7)

    for reader, tokens, hand, day in ((meena, 3, "web", 3), (stranger, 1, "app", 7)):
        told = figures(reader, JUNE_30)
        assert (told.tokens, told.handed_over, told.by_day) == (tokens, 1, {MAY_15: 1})
        assert told.waited == [Waited(hand, 1, day, day)]
        page = client_of(reader).get("/board", {"until": "2020-06-30"}).context["board"]
        assert (page.tokens, page.handed_over, len(page.districts)) == (tokens, 1, 1)
    assert figures(headquarters, JUNE_30).handed_over == 2


def test_counts_nothing_of_another_scheme(world, headquarters):
    token(world.run, "06300000000101", "Other", scheme="flood_2020", shop_number=SHOP)
    handed("06300000000101", Hand.WEB)

    told = figures(headquarters)
    assert (told.tokens, told.handed_over) == (3, 0)


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01", "2020-05-32", "soon"])
def test_board_of_a_day_that_cannot_be_is_that_of_today(desk, headquarters, until):
    page = client_of(headquarters).get(f"/board?until={until}")

    assert (page.status_code, page.context["until"]) == (200, date(2020, 5, 15))
