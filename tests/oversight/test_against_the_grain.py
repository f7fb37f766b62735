"""Days that were never, windows that were over before they opened, one death for a whole card: what must not pass."""

from datetime import date, datetime

import pytest

from rasad import wiring
from rasad.accounts.models import Area
from rasad.oversight.actions import antyodaya, cases, orders, suspicions
from rasad.oversight.models import AayList, Arrear, Campaign, Suspicion
from rasad.oversight.telling import mobile_of
from rasad.registry.models import Membership, Person
from rasad.values.refused import Refused
from tests.cast import ELSEWHERE, HISAR, client_of, staff
from tests.counter import cast
from tests.oversight.cast import NOON, after, answered, noticed, ordered, proposed
from tests.oversight.test_antyodaya import added, cards, made, resolved, village
from tests.oversight.test_campaigns import TOLD, started, taken
from tests.registry.files import without_guards

__all__ = ["village"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SEPTEMBER = datetime(2026, 9, 5, 12, 0, tzinfo=wiring.INDIA)


def refused(call, **given):
    with pytest.raises(Refused) as told:
        call(**given)
    return told.value.code


@pytest.mark.req("R-BOG-10")
@pytest.mark.parametrize("days", [-1, 4, 3_000])
def test_hearing_was_held_after_the_notice_and_is_over(ashas, officers, days):
    case = answered(officers.meena, wants_hearing=True)

    said = refused(
        cases.record_hearing, case=case, on=after(days).date(), how="person", heard="Nobody came",
        by=officers.meena, at=after(3),
    )  # fmt: skip

    assert said == "hearing_day_wrong"
    case.refresh_from_db()
    assert (case.heard_on, case.state) == (None, "answered")


def resolve(of, officers, chosen, on, *, at=NOON):
    return antyodaya.resolve(
        of=of, chosen=[one.pk for one in chosen], resolution="GS-7", on=on, body="Gram Sabha Dera",
        by=officers.sunil, at=at,
    )  # fmt: skip


def test_days_for_objections_begin_when_the_resolution_is_known(village, officers):
    of = made(village, officers)
    chosen = [added(of, officers, "11")]

    assert (
        refused(resolve, of=of, officers=officers, chosen=chosen, on=date(9999, 12, 31)) == "meeting_to_come"
    )
    held = resolve(of, officers, chosen, after(-200).date())

    assert held.objections_until > NOON.date()
    assert refused(antyodaya.propose, of=held, by=officers.sunil, at=after(1)) == "objections_wait"


def test_odd_signs_for_families_choose_nobody(village, officers):
    of = made(village, officers)
    added(of, officers, "11")
    client = client_of(officers.sunil)
    told = {"resolution": "GS-7", "on": "2026-06-10", "body": "Gram Sabha"}

    for odd in ("²", "9" * 30, "9" * 5000, "-1", "x"):
        assert client.post(f"/antyodaya/{of.number}/resolve", {**told, "entry": odd}).status_code == 409

    assert AayList.objects.get().state == "draft"


def test_category_that_was_changed_again_is_not_taken_back_blindly(village, officers):
    [card] = cards("11")
    first = ordered(officers, number=card.number, to_category="APL")
    second = ordered(officers, number=card.number, at=after(30), to_category="SBPL")

    said = refused(orders.restore, case=first, why="It was right", by=officers.kavita, at=SEPTEMBER)

    assert said == "card_has_other_category"
    assert len(orders.restore(case=second, why="It was right", by=officers.kavita, at=SEPTEMBER)) >= 0


def test_card_to_which_nothing_is_due_is_restored_too(village, officers):
    [card] = cards("13")
    ordered(officers, number=card.number, to_category="APL")
    case = ordered(officers, number=card.number, at=after(30))

    assert orders.restore(case=case, why="They live there", by=officers.kavita, at=SEPTEMBER) == []
    card.refresh_from_db()
    assert card.during.upper is None


def member(line):
    return Membership.objects.get(household__cards__number=cast.CARD, line=line)


def test_two_members_left_out_wrongly_are_owed_each_their_own_once(ashas, officers, world):
    first = ordered(officers, ground="dead", membership=member(2))
    second = ordered(officers, ground="dead", membership=member(3))

    for case in (first, second):
        orders.restore(case=case, why="They live", by=officers.kavita, at=SEPTEMBER)

    owed = Arrear.objects.filter(month="2026-07", commodity="wheat").values_list("quantity", flat=True)
    # A family of three is due 15 kg of wheat, and took nothing in July.
    assert sum(owed) == 15_000


def test_death_in_a_list_is_matched_to_a_person_and_never_to_a_whole_card(ashas, officers, tmp_path):
    campaign = started(officers, ground="dead", criterion="")
    taken(campaign, tmp_path, officers, f"{cast.CARD},,,Asha Devi,died")
    row = Suspicion.objects.get()

    asked = {"suspicion": row, "card": ashas, "by": officers.meena, "at": NOON}
    assert refused(suspicions.match, membership=None, **asked) == "member_not_named"
    assert suspicions.match(membership=member(1), **asked).membership == member(1)
    said = refused(
        suspicions.add_found, campaign=campaign, card=ashas, says="died", source="x", by=officers.meena, at=NOON
    )  # fmt: skip
    assert said == "member_not_named"


def planned(client, **given):
    told = {name: value for name, value in TOLD.items() if value is not None}
    return client.post("/campaigns/new", {**told, "ground": "bogus", "criterion": "", "months": "", **given})


def test_officer_of_districts_plans_nothing_for_the_whole_state(ashas, officers):
    assert planned(client_of(officers.meena), district_code="").status_code == 422
    Area.objects.create(user=officers.meena, kind="district", code=ELSEWHERE)

    client = client_of(officers.meena)
    assert "Whole State" not in client.get("/campaigns/new").content.decode()
    assert planned(client, district_code="").status_code == 422
    assert planned(client_of(officers.kavita), district_code="").status_code == 302
    assert Campaign.objects.get().opened_by == officers.kavita.get_username()


def test_figures_until_the_end_of_time_are_those_until_today(officers):
    for address in ("/cases/figures", "/cases/figures.csv"):
        answer = client_of(officers.meena).get(f"{address}?since=0001-01-01&until=9999-12-31")
        assert answer.status_code == 200


def test_line_that_is_no_number_matches_nothing(ashas, officers, tmp_path):
    campaign = started(officers, ground="dead", criterion="")
    taken(campaign, tmp_path, officers, f"{cast.CARD},,,Asha Devi,died")
    address = f"/campaigns/rows/{Suspicion.objects.get().pk}/match"

    for odd in ("²", "99999", "9" * 5000):
        answer = client_of(officers.meena).post(address, {"card": cast.CARD, "line": odd})
        assert answer.status_code == 422


@pytest.mark.req("R-BOG-12")
def test_second_officer_is_another_human_being_and_not_another_account(ashas, officers):
    """Whoever changes posts gets a new account; the old one may still be open."""
    case = proposed(officers)
    type(officers.meena).objects.filter(pk=officers.meena.pk).update(mobile="9812345678")
    again = staff("meena2", "district_administration", ("district", HISAR), name="Meena Kumari")
    type(again).objects.filter(pk=again.pk).update(mobile="9812345678")

    assert refused(orders.order_removal, case=case, by=again, at=after(17)) == "order_by_another"


def test_family_that_stays_is_not_without_a_head_after_an_order(ashas, officers):
    case = ordered(officers, ground="dead", membership=member(1))

    heads = Membership.objects.filter(household=ashas.household, is_head=True, during__upper_inf=True)
    assert heads.count() == 1
    orders.restore(case=case, why="She lives", by=officers.kavita, at=SEPTEMBER)
    assert heads.get().person.name == "Asha Devi"


def test_who_left_the_family_is_not_told_of_its_case(ashas, officers, world):
    left = member(1)
    Person.objects.filter(pk=left.person_id).update(mobile="9999900001")
    Person.objects.filter(pk=member(2).person_id).update(mobile="9999900002")
    with without_guards():
        Membership.objects.filter(pk=left.pk).update(during=(date(2019, 1, 1), date(2024, 1, 1)))

    assert mobile_of(noticed(officers.meena)) == "9999900002"


def test_card_that_is_not_bpl_any_more_is_made_antyodaya_by_no_list(village, officers):
    held = resolved(village, officers)
    # Ordered while the list lay open for objections.
    ordered(officers, number=cards("11")[0].number, to_category="APL")
    held = antyodaya.propose(of=held, by=officers.sunil, at=after(40))

    assert refused(antyodaya.confirm, of=held, by=officers.imran, at=after(41)) == "row_is_not_bpl"
