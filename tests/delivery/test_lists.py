"""Hand-over lists: no token on two at once, each of one scheme and a length to sign for; a sheet typed in with care."""

import pytest
from django.db.models import Count

from rasad.delivery.actions import lists, steps
from rasad.delivery.actions.steps import Who
from rasad.delivery.models import Committee, Hand, HandOverList, Step
from rasad.journal.models import Entry
from rasad.relief import publishing
from rasad.relief.models import Token
from rasad.values.refused import Refused
from tests.cast import HISAR, client_of
from tests.delivery.conftest import NOON
from tests.desk.screens import at_once
from tests.relief.cast import ASHA, HANSI, KAMLA, NOOR, SHOP, run, token

pytestmark = pytest.mark.django_db(transaction=True)
ENGLISH = {"accept-language": "en"}
FLOOD = "06300000000055"


@pytest.fixture(autouse=True)
def _published(desk, committee):
    Token.objects.filter(number__in=[KAMLA, NOOR]).update(
        state="shop_assigned", shop_number=SHOP, place_code=HANSI
    )
    publishing.publish(Token.objects.all(), at=NOON)


@pytest.fixture
def office(meena):
    return client_of(meena)


def made(by, *numbers, committee=None):
    return lists.make_list(
        tokens=Token.objects.filter(number__in=numbers or [ASHA, KAMLA, NOOR]),
        committee=committee or Committee.objects.get(code="LC-61001"), received_by="Ram Mehar", by=by, at=NOON,
    )  # fmt: skip


def asked(client, *numbers, **more):
    said = {"token": numbers, "committee": "LC-61001", "received_by": "Ram Mehar", **more}
    return client.post("/delivery/lists/make", said, headers=ENGLISH)


def test_token_given_twice_at_once_is_on_one_open_list(meena):
    said = at_once(*(lambda: made(meena) for _ in range(6)))

    assert sorted(type(one).__name__ for one in said) == ["HandOverList", *["Refused"] * 5]
    assert {one.code for one in said if isinstance(one, Refused)} == {"nothing_to_hand_over"}
    assert list(Step.objects.values_list("token__number").annotate(Count("pk")).order_by("token__number")) == [
        (ASHA, 1), (KAMLA, 1), (NOOR, 1),
    ]  # fmt: skip


def test_officers_who_make_lists_at_once_get_a_number_each(meena):
    other = Committee.objects.create(kind="unit", code="UC-1", name="Unit Committee", district_code=HISAR)
    said = at_once(
        lambda: made(meena, ASHA).number,
        lambda: made(meena, KAMLA, committee=other).number,
        lambda: made(meena, NOOR).number,
    )

    assert sorted(said) == ["63-200515-001", "63-200515-002", "63-200515-003"]


def back(client, **found):
    number = HandOverList.objects.get().number
    said = {f"found-{token.removeprefix('n')}": answer for token, answer in found.items()}
    return client.post(f"/delivery/lists/{number}/back", said, headers=ENGLISH)


def test_page_chooses_nothing_of_itself(meena, office):
    page = office.get(f"/delivery/lists/{made(meena).number}", headers=ENGLISH).content.decode()

    assert page.count('<option value="">Choose</option>') == 3
    assert "selected" not in page.partition("<tbody")[2].partition("</tbody>")[0]


def test_sheet_with_a_line_left_out_is_not_recorded_and_keeps_what_was_typed(meena, office):
    made(meena)
    page = back(office, **{f"n{ASHA}": "moved", f"n{KAMLA}": "dead", f"n{NOOR}": ""})
    text = page.content.decode()

    assert page.status_code == 422
    assert "Of 1 tokens it is not said what became of them: 063-00000-00003-0." in text
    assert [f'<option value="{found}" selected>' in text for found in ("moved", "dead", "handed_over")] == [
        True, True, False,
    ]  # fmt: skip
    assert (Step.objects.exclude(kind="given").count(), HandOverList.objects.get().returned_at) == (0, None)


def test_sheet_is_recorded_as_it_was_typed(meena, office):
    made(meena)
    back(office, **{f"n{ASHA}": "handed_over", f"n{KAMLA}": "not_found", f"n{NOOR}": "returned"})

    assert list(Step.objects.exclude(kind="given").order_by("token__number").values_list("token__number", "kind")) == [
        (ASHA, "handed_over"), (KAMLA, "not_found"), (NOOR, "returned"),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["handed_over", "not_found", "returned"])
def test_token_that_its_family_took_or_that_ended_holds_up_no_sheet(meena, office, said):
    made(meena)
    steps.hand_over(token=Token.objects.get(number=ASHA), who=Who(Hand.WEB, "citizen"), proof="otp", at=NOON)
    Token.objects.filter(number=KAMLA).update(state="cancelled", state_before_end="published")
    answer = back(office, **{f"n{ASHA}": said, f"n{KAMLA}": said, f"n{NOOR}": "handed_over"})

    assert answer.status_code == 302
    told = Step.objects.filter(list__isnull=False).exclude(kind="given").order_by("token__number")
    assert list(told.values_list("token__number", "kind")) == [
        (ASHA, "overtaken"), (KAMLA, "overtaken"), (NOOR, "handed_over"),
    ]  # fmt: skip
    assert Step.objects.filter(kind="handed_over").count() == 2
    facts = Entry.objects.get(action="relief.list_back").facts
    assert facts == {"handed_over": 1, "unopened": 0, "overtaken": 2}
    page = office.get(answer.url, headers=ENGLISH).content.decode()
    assert page.count("Had been handed over or had ended") == 2


def test_page_asks_nothing_of_a_token_that_is_in_its_familys_hand(meena, office):
    number = made(meena).number
    steps.hand_over(token=Token.objects.get(number=ASHA), who=Who(Hand.WEB, "citizen"), proof="otp", at=NOON)
    page = office.get(f"/delivery/lists/{number}", headers=ENGLISH).content.decode()

    assert (f"found-{ASHA}" in page, f"found-{KAMLA}" in page) == (False, True)
    assert back(office, **{f"n{KAMLA}": "handed_over", f"n{NOOR}": "handed_over"}).status_code == 302


@pytest.fixture
def flood(desk):
    """A token of a second emergency, and as many of the first as two lists hold."""
    second = run(key="f" * 64, scheme="flood_2020")
    token(second, FLOOD, "Parvati", scheme="flood_2020", shop_number=SHOP)
    for place in range(lists.MOST_ON_A_LIST):
        token(desk.run, f"0639{place:010d}", f"Holder {place}", shop_number=SHOP)


def test_tokens_of_a_village_are_on_as_many_lists_as_they_need_each_of_one_scheme(office, flood):
    answer = asked(office, all="1")

    assert answer.url == "/delivery/lists"
    assert list(HandOverList.objects.order_by("number").values_list("number", "scheme", "tokens")) == [
        ("63-200515-001", "drt_2020", 200), ("63-200515-002", "drt_2020", 3), ("63-200515-003", "flood_2020", 1),
    ]  # fmt: skip
    given = Step.objects.filter(kind="given")
    assert (given.count(), set(given.filter(list__scheme="flood_2020").values_list("token__number", flat=True))) == (
        204, {FLOOD},
    )  # fmt: skip


def test_one_list_is_of_one_scheme_and_not_too_long(meena, flood):
    with pytest.raises(Refused, match="list_of_two_schemes"):
        made(meena, ASHA, FLOOD)
    with pytest.raises(Refused, match="list_too_long"):
        lists.make_list(
            tokens=Token.objects.filter(scheme="drt_2020", district_code=HISAR),
            committee=Committee.objects.get(), received_by="Ram", by=meena, at=NOON,
        )  # fmt: skip
    assert HandOverList.objects.count() == 0


def test_list_made_when_lists_could_be_longer_is_recorded(meena, office, flood, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ON_A_LIST", 5_000)
    for place in range(1_000):
        token(Token.objects.get(number=ASHA).run, f"0638{place:010d}", f"Holder {place}", shop_number=SHOP)
    asked(office, all="1")
    long = HandOverList.objects.get(scheme="drt_2020")
    numbers = Step.objects.filter(list=long).values_list("token__number", flat=True)
    answer = office.post(
        f"/delivery/lists/{long.number}/back", {f"found-{one}": "returned" for one in numbers}
    )

    assert (len(numbers), answer.status_code) == (1_203, 302)
    assert Step.objects.filter(list=long, kind="returned").count() == 1_203


def test_dead_buttons_are_not_on_the_page_of_a_cancelled_token(office):
    Token.objects.filter(number=ASHA).update(state="cancelled", state_before_end="published")
    page = office.get(f"/delivery/tokens/{ASHA}", headers=ENGLISH).content.decode()
    move = office.get(f"/desk/tokens/{ASHA}/shop", headers=ENGLISH).content.decode()

    assert ["This token has ended." in one for one in (page, move)] == [True, True]
    assert ("papers.pdf" in page, "Move to this shop" in move) == (False, False)
