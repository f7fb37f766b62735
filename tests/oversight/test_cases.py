"""A case won, a case lost, and that no step is skipped: the card serves until an order says otherwise."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import override

from rasad.journal.models import Entry
from rasad.outbox import sending
from rasad.outbox.models import Message
from rasad.oversight import telling
from rasad.oversight.actions import cases, orders
from rasad.oversight.actions.cases import Answer
from rasad.oversight.models import Case, CaseStep
from rasad.registry.families import family
from rasad.registry.models import Card, CardCategory, Ending, Membership
from rasad.values.check_digit import is_valid
from rasad.values.refused import Refused
from tests.counter import cast
from tests.oversight.cast import NOON, RULE, after, answered, noticed, opened, ordered, proposed

pytestmark = pytest.mark.django_db


def refused(call, **given):
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.code


def test_number_can_be_read_out_over_a_telephone(ashas, officers):
    first, second = opened(officers.meena), opened(officers.meena, ground="moved", membership=chanda())

    assert [one.number[:11] for one in (first, second)] == ["R63-000001-", "R63-000002-"]
    assert all(is_valid(one.number.replace("-", "")[1:]) for one in (first, second))


def chanda():
    return Membership.objects.get(household__cards__number=cast.CARD, line=3)


@pytest.mark.req("R-BOG-10", "R-IDN-36")
def test_card_serves_until_the_month_after_the_order(ashas, officers, world):
    case = ordered(officers, ground="exclusion", criterion="R-X-07")

    assert (case.state, case.ends_on) == ("ordered", date(2026, 7, 1))
    ending = Ending.objects.get(what="card")
    assert (ending.key, ending.by, ending.confirmed_by, ending.on) == (
        case.number,
        "meena",
        "imran",
        case.ends_on,
    )
    assert cast.visit(when=after(20)).offers[0].left == 15_000
    with pytest.raises(Refused, match="card_not_living"):
        cast.visit(when=after(21))
    assert list(CaseStep.objects.values_list("act", flat=True)) == [
        "open", "notice", "serve", "no_answer", "propose", "order",
    ]  # fmt: skip
    assert Entry.objects.filter(action="case.order", of_key=case.number, by="imran").count() == 1


@pytest.mark.req("R-BOG-10")
def test_family_that_answers_is_cleared_and_nothing_changes(ashas, officers, world):
    case = cases.clear_case(
        case=answered(officers.meena), why="The bill shows the house", by=officers.sunil, at=after(3)
    )

    assert case.state == "cleared"
    assert not Ending.objects.exists()
    assert cast.visit(when=after(60)).offers[0].left == 15_000
    assert opened(officers.meena, at=after(61)).number != case.number


def test_each_step_waits_for_the_one_before(ashas, officers):
    case = opened(officers.meena)
    given = {"by": officers.meena, "at": NOON}

    assert refused(cases.propose_removal, case=case, why="x", rule=RULE, **given) == "notice_not_served"
    assert refused(orders.order_removal, case=case, by=officers.imran, at=NOON) == "notice_not_served"
    assert refused(cases.note_no_answer, case=case, **given) == "case_not_so_far"
    assert refused(cases.serve_notice, case=case, on=NOON.date(), how="hand", **given) == "notice_day_wrong"
    case = cases.write_notice(case=case, **given)
    case = cases.serve_notice(case=case, on=NOON.date(), how="hand", **given)
    assert case.answer_by == date(2026, 6, 25)
    assert refused(cases.serve_notice, case=case, on=NOON.date(), how="hand", **given) == "notice_day_wrong"
    late = {"by": officers.meena, "at": after(15)}
    assert refused(cases.note_no_answer, case=case, **late) == "window_is_open"
    assert refused(cases.propose_removal, case=case, why="x", rule=RULE, **late) == "window_is_open"
    assert refused(orders.restore, case=case, why="x", by=officers.imran, at=NOON) == "case_not_so_far"


@pytest.mark.req("R-BOG-10")
def test_family_that_asks_to_be_heard_is_heard_before_anything_is_proposed(ashas, officers):
    case = answered(officers.meena, wants_hearing=True)
    given = {"case": case, "why": "Two kitchens", "rule": RULE, "by": officers.meena, "at": after(3)}
    assert refused(cases.propose_removal, **given) == "hearing_was_asked_for"

    cases.record_hearing(
        case=case,
        on=date(2026, 6, 13),
        how="telephone",
        heard="We cook together",
        by=officers.sunil,
        at=after(3),
    )

    assert cases.propose_removal(**given).state == "proposed"
    assert cases.clear_case(case=case, why="One kitchen", by=officers.imran, at=after(4)).state == "cleared"


def test_answer_after_the_proposal_puts_it_aside(ashas, officers):
    case = proposed(officers)

    late = cases.record_answer(
        case=case, answer=Answer("Asha", "I was in hospital"), by=officers.sunil, at=after(17)
    )

    assert late.state == "answered"
    assert refused(orders.order_removal, case=case, by=officers.imran, at=after(17)) == "case_not_so_far"


@pytest.mark.req("R-ACT-25")
def test_neither_who_opened_nor_who_proposed_orders(ashas, officers):
    case = proposed(officers)

    assert refused(orders.order_removal, case=case, by=officers.meena, at=after(17)) == "order_by_another"
    by_sunil = noticed(officers.sunil, ground="moved", membership=chanda())
    cases.note_no_answer(case=by_sunil, by=officers.meena, at=after(16))
    cases.propose_removal(case=by_sunil, why="x", rule=RULE, by=officers.meena, at=after(16))
    assert refused(orders.order_removal, case=by_sunil, by=officers.sunil, at=after(17)) == "order_by_another"


def test_member_and_category_end_by_an_order_and_the_rest_stays(ashas, officers):
    ordered(officers, membership=chanda(), ground="dead")
    ordered(officers, to_category="APL", ground="exclusion", at=after(1))

    june, july = family(cast.CARD, on=date(2026, 6, 30)), family(cast.CARD, on=date(2026, 7, 1))
    assert (june.category, len(june.members)) == ("OPH", 3)
    assert (july.category, len(july.members)) == ("APL", 2)


def test_what_cannot_be_a_case_is_refused(ashas, officers):
    assert refused(opened, by=officers.meena, to_category="OPH") == "category_is_so"
    opened(officers.meena)
    assert refused(opened, by=officers.sunil) == "case_is_open"
    about = cases.About(Card.objects.get(), "bogus", "x")
    assert (
        refused(cases.open_case, about=about, evidence=[], by=officers.meena, at=NOON)
        == "case_without_evidence"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE oversight_case SET state = 'ordered'",
        "UPDATE oversight_case SET state = 'cleared'",
        "UPDATE oversight_case SET card_id = card_id + 1",
        "UPDATE oversight_case SET opened_by = 'somebody'",
        "UPDATE oversight_casestep SET by = 'somebody'",
        "UPDATE oversight_evidence SET says = 'x'",
        "DELETE FROM oversight_case",
        "DELETE FROM oversight_casestep",
        "TRUNCATE oversight_casestep",
        "TRUNCATE oversight_case CASCADE",
        "INSERT INTO registry_ending (what, card_id, \"on\", ground, key, reason, by, confirmed_by, at, undone_by,"
        " undone_why) SELECT 'card', card_id, '2026-07-01', 'order', number, 'x', 'a', 'b', now(), '', ''"
        " FROM oversight_case",
        "INSERT INTO registry_ending (what, category_id, \"on\", ground, key, reason, by, confirmed_by, at, undone_by,"
        " undone_why) SELECT 'category', id, '2026-07-01', 'list', 'A-1', 'x', 'a', 'b', now(), '', ''"
        " FROM registry_cardcategory",
    ],
)  # fmt: skip
@pytest.mark.req("R-BOG-10")
def test_program_that_skips_the_steps_is_stopped_by_the_database(ashas, officers, statement):
    proposed(officers)

    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)

    assert Card.objects.get().during.upper is None
    assert CardCategory.objects.get().during.upper is None


def test_order_stays_what_it_was(ashas, officers):
    case = ordered(officers)

    for change in ({"confirmed_by": "x"}, {"served_on": date(2026, 6, 1)}, {"ends_on": date(2026, 8, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)
    with pytest.raises(IntegrityError, match="no move"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="cleared")


@pytest.mark.parametrize("name", ["oversight_ending_needs_order", "by_the_table", "order_stands"])
def test_triggers_are_there_after_the_migration(db, name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE %s", [f"%{name}%"])
        assert cursor.fetchone()[0] >= 1


def test_many_cases_by_one_hand_need_a_campaign(ashas, officers, monkeypatch):
    from dataclasses import replace

    figures = cases.review(on=NOON.date())
    monkeypatch.setattr(cases, "review", lambda **_: replace(figures, by_hand=1))
    opened(officers.meena)

    assert refused(opened, by=officers.meena, membership=chanda()) == "too_many_by_hand"


def test_family_with_a_telephone_is_told_by_sms(ashas, officers, world):
    case = ordered(officers)
    with override("en"):
        sending.drain_line(telling.SYSTEM)

    said = [one.text for one in world.sms.messages_for("9999900001")][-2:]
    assert case.number in said[0]
    assert "राशन मिलता रहेगा" in said[0]
    assert "1 जुलाई 2026" in said[1]
    assert not Message.objects.filter(system=telling.SYSTEM).exclude(state="sent").exists()
