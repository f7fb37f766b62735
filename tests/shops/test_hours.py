"""When a shop is open: by the week, but for closed days, and as it was on the day that is asked about."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from rasad.journal.models import Entry
from rasad.shops import actions, queries
from rasad.shops.models import ClosedDay, OpeningHours, Shop
from rasad.values.refused import Refused
from tests.cast import staff
from tests.shops import till
from tests.shops.till import AFTERNOON, FRIDAY, MORNING, clock

pytestmark = pytest.mark.django_db
SUNDAY = date(2020, 5, 17)


def refusal(act, **given):
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.code, refused.value.facts


def test_shop_is_open_in_its_hours_and_closed_at_noon():
    ravis = till.with_hours(till.shop())

    assert queries.hours_on(ravis, FRIDAY) == (MORNING, AFTERNOON)
    assert [
        (minute, queries.is_open(ravis, clock(*minute)))
        for minute in [(7, 59), (8, 0), (11, 59), (12, 0), (13, 59), (14, 0), (16, 59), (17, 0)]
    ] == [
        ((7, 59), False), ((8, 0), True), ((11, 59), True), ((12, 0), False),
        ((13, 59), False), ((14, 0), True), ((16, 59), True), ((17, 0), False),
    ]  # fmt: skip


def test_shop_is_closed_on_its_day_off_and_without_hours():
    ravis, other = till.with_hours(till.shop()), till.strangers_shop()

    assert queries.hours_on(ravis, SUNDAY) == ()
    assert not queries.is_open(ravis, clock(9, on=SUNDAY))
    assert not queries.is_open(other, clock(9))


def test_shop_is_closed_before_its_licence_and_after_it():
    ravis = till.with_hours(till.shop(), since=date(2010, 1, 1))
    Shop.objects.filter(pk=ravis.pk).update(open_during=(date(2015, 1, 1), date(2020, 6, 1)))

    days = [date(2014, 12, 31), date(2015, 1, 1), date(2020, 5, 30), date(2020, 6, 1)]
    assert [queries.hours_on(ravis, day) != () for day in days] == [False, True, True, False]


def test_closed_day_has_its_reason_and_is_taken_back(meena):
    ravis = till.with_hours(till.shop())

    actions.close_day(shop=ravis, on=FRIDAY, reason=" Storm ", by=meena, at=clock(7))

    assert queries.hours_on(ravis, FRIDAY) == ()
    assert queries.hours_on(ravis, date(2020, 5, 16)) == (MORNING, AFTERNOON)
    assert ClosedDay.objects.get().reason == "Storm"
    actions.open_day(shop=ravis, on=FRIDAY, by=meena, at=clock(9))
    assert queries.hours_on(ravis, FRIDAY) == (MORNING, AFTERNOON)
    acts = Entry.objects.filter(action__startswith="shop.day").values_list(
        "action", "of_key", "reason", "facts"
    )
    assert list(acts) == [
        ("shop.day_closed", till.RAVIS, "Storm", {"on": "2020-05-15"}),
        ("shop.day_opened", till.RAVIS, "", {"on": "2020-05-15"}),
    ]


def test_day_that_is_over_stays_as_it_was(meena):
    ravis = till.with_hours(till.shop())
    yesterday = FRIDAY - timedelta(days=1)

    assert refusal(actions.close_day, shop=ravis, on=yesterday, reason="Late", by=meena, at=clock(0)) == (
        "day_is_over",
        {"day": yesterday},
    )
    assert refusal(actions.open_day, shop=ravis, on=yesterday, by=meena, at=clock(0))[0] == "day_is_over"


def test_day_is_not_closed_without_a_reason(meena):
    answer = refusal(actions.close_day, shop=till.shop(), on=FRIDAY, reason=" ", by=meena, at=clock(7))

    assert answer == ("reason_for_closing_missing", {"day": FRIDAY})


def test_new_hours_hold_from_their_day_and_the_past_keeps_its_own(meena):
    ravis = till.with_hours(till.shop())
    late = (time(10), time(16))

    actions.set_hours(shop=ravis, week={4: [late]}, since=FRIDAY + timedelta(days=7), by=meena, at=clock(12))

    assert queries.hours_on(ravis, FRIDAY) == (MORNING, AFTERNOON)
    assert queries.hours_on(ravis, FRIDAY + timedelta(days=7)) == (late,)
    assert queries.hours_on(ravis, FRIDAY + timedelta(days=6)) == (MORNING, AFTERNOON)
    assert queries.hours_on(ravis, FRIDAY + timedelta(days=8)) == ()
    entry = Entry.objects.filter(action="shop.hours_set").latest("number")
    assert (entry.by, entry.of_key) == ("meena", till.RAVIS)
    assert entry.facts == {"since": "2020-05-22", "week": {"4": ["10:00-16:00"]}}


def test_hours_planned_and_planned_again_are_the_last_ones(meena):
    ravis = till.with_hours(till.shop())
    week = FRIDAY + timedelta(days=7)
    actions.set_hours(shop=ravis, week={4: [(time(10), time(16))]}, since=week, by=meena, at=clock(12))

    tomorrow = FRIDAY + timedelta(days=1)
    actions.set_hours(shop=ravis, week={4: [(time(9), time(15))]}, since=tomorrow, by=meena, at=clock(12))

    assert queries.hours_on(ravis, FRIDAY) == (MORNING, AFTERNOON)
    assert queries.hours_on(ravis, week) == ((time(9), time(15)),)
    assert queries.week_of(ravis, week) == {4: ((time(9), time(15)),)} | dict.fromkeys((0, 1, 2, 3, 5, 6), ())


@pytest.mark.parametrize("since", [FRIDAY - timedelta(days=1), FRIDAY])
def test_hours_of_days_that_have_begun_are_not_rewritten(meena, since):
    ravis = till.with_hours(till.shop())

    assert refusal(actions.set_hours, shop=ravis, week={}, since=since, by=meena, at=clock(0)) == (
        "hours_change_the_past",
        {"shop": till.RAVIS, "since": since},
    )


@pytest.mark.parametrize(
    "spans",
    [
        [(time(9), time(9))],
        [(time(17), time(8))],
        [(time(8), time(12)), (time(11), time(17))],
        [(time(8), time(17)), (time(9), time(10))],
    ],
)
def test_hours_that_do_not_fit_are_refused(meena, spans):
    ravis = till.shop()

    assert refusal(actions.set_hours, shop=ravis, week={0: spans}, since=FRIDAY, by=meena, at=clock(12)) == (
        "hours_do_not_fit",
        {},
    )
    assert OpeningHours.objects.count() == 0


def test_afternoon_may_begin_when_the_morning_ends(meena):
    ravis = till.shop()
    halves = [(time(12), time(17)), (time(8), time(12))]

    actions.set_hours(shop=ravis, week={4: halves}, since=FRIDAY, by=meena, at=clock(12))

    assert queries.hours_on(ravis, FRIDAY) == (halves[1], halves[0])


def test_dealer_sets_no_hours_and_closes_no_day():
    ravi = staff("ravi", "dealer", ("shop", till.RAVIS))
    ravis = till.shop()
    given = {"shop": ravis, "by": ravi, "at": clock(7)}

    answers = [
        refusal(actions.set_hours, week={}, since=FRIDAY, **given),
        refusal(actions.close_day, on=FRIDAY, reason="Tired", **given),
        refusal(actions.open_day, on=FRIDAY, **given),
    ]

    assert answers == [("not_for_your_role", {"capability": "set_hours"})] * 3


def hours(shop, *, weekday=0, opens=time(8), closes=time(12), during=(date(2020, 1, 1), None)):
    return OpeningHours(shop=shop, weekday=weekday, opens=opens, closes=closes, during=during)


@pytest.mark.parametrize(
    "second",
    [
        {"opens": time(11), "closes": time(13)},
        {"during": (date(2019, 1, 1), date(2020, 1, 2))},
        {"opens": time(13), "closes": time(13)},
        {"weekday": 7},
    ],
)
def test_database_refuses_hours_that_cannot_be(second):
    ravis = till.shop()
    hours(ravis).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        hours(ravis, **second).save()


def test_database_takes_an_afternoon_another_day_and_another_time():
    ravis, other = till.shop(), till.strangers_shop()
    hours(ravis).save()

    hours(ravis, opens=time(12), closes=time(17)).save()
    hours(ravis, weekday=1).save()
    hours(ravis, during=(date(2019, 1, 1), date(2020, 1, 1))).save()
    hours(other).save()

    assert OpeningHours.objects.count() == 5
