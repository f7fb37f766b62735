"""What nobody types by accident: a line end after a number, a year no calendar has; and the page gone back to."""

import pytest

from rasad.delivery.models import Code
from rasad.families.models import AskedPair
from tests.cast import client_of
from tests.counter.cast import CARD
from tests.families.conftest import HEAD, OTHERS
from tests.families.test_own_card import NEW, browser, inside

pytestmark = pytest.mark.django_db


def test_mobile_with_a_line_end_behind_it_is_no_mobile(asha, world):
    answer = browser().post("/my-card", {"card": CARD, "mobile": f"{HEAD}\n"})
    assert (answer.status_code, Code.objects.count()) == (200, 0)

    answer = inside(world).post("/my-card/mobile", {"line": "1", "mobile": f"{NEW}\n"})
    assert "A mobile number has ten digits" in answer.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_day_beyond_all_calendars_shows_today(asha, world, meena, day):
    for address in (f"/families/{CARD}", f"/families/{CARD}/print"):
        answer = client_of(meena).get(f"{address}?on={day}")
        assert (answer.status_code, "Asha Devi" in answer.content.decode()) == (200, True)


def test_pages_behind_the_code_are_kept_by_no_browser_and_no_proxy(asha, world):
    client = inside(world)
    for address in ("/my-card", "/my-card/mobile"):
        assert client.get(address)["Cache-Control"] == "no-store"
    asked = browser()
    asked.post("/my-card", {"card": CARD, "mobile": OTHERS})
    assert asked.get("/my-card/code")["Cache-Control"] == "no-store"


def test_wrong_pair_is_not_told_from_a_right_one_by_how_many_were_asked(asha, world):
    """Four strangers' numbers, the one that is tried, one more: the answers are the same whether it fits or not."""
    told = []
    for tried in (HEAD, "9999900066"):
        answers = []
        AskedPair.objects.all().delete()
        Code.objects.all().delete()
        strangers = [f"98123000{number:02d}" for number in range(5)]
        for mobile in (*strangers[:4], tried, strangers[4]):
            answers.append(browser().post("/my-card", {"card": CARD, "mobile": mobile}).status_code)
        told.append(answers)
    assert told[0] == told[1]
