"""The property: whatever officers, files and hostile programs do, nothing ends but by a case that went its way."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasad.oversight.actions import cases, orders, surrenders
from rasad.oversight.actions.cases import About, Answer, Said
from rasad.oversight.models import Campaign, Case
from rasad.registry.families import family
from rasad.registry.models import Card, CardCategory, Ending, Membership
from rasad.values.refused import Refused
from tests.counter import cast
from tests.oversight.cast import NOON, RULE
from tests.registry.files import taken_in

pytestmark = pytest.mark.django_db
OFFICERS = ("meena", "kavita", "imran", "sunil")
SPELLS = (
    "suspected",
    "noticed",
    "answered",
    "no_answer",
    "heard",
    "proposed",
    "ordered",
    "cleared",
    "restored",
)
ABOUT = ("card", "member", "category")
CARDS = "card_number,category,family_id,place,district,shop_number,address,issued_on,ended_on\n"

ACTS = {
    "notice": lambda one, by, at: cases.write_notice(case=one, by=by, at=at),
    "serve": lambda one, by, at: cases.serve_notice(case=one, on=at.date(), how="post", by=by, at=at),
    "answer": lambda one, by, at: cases.record_answer(case=one, answer=Answer("A", "B"), by=by, at=at),
    "plead": lambda one, by, at: cases.record_answer(case=one, answer=Answer("A", "B", "", True), by=by, at=at),
    "no_answer": lambda one, by, at: cases.note_no_answer(case=one, by=by, at=at),
    "hear": lambda one, by, at: cases.record_hearing(
        case=one, on=at.date(), how="online", heard="x", by=by, at=at
    ),
    "propose": lambda one, by, at: cases.propose_removal(case=one, why="x", rule=RULE, by=by, at=at),
    "order": lambda one, by, at: orders.order_removal(case=one, by=by, at=at),
    "clear": lambda one, by, at: cases.clear_case(case=one, why="x", by=by, at=at),
    "restore": lambda one, by, at: orders.restore(case=one, why="x", by=by, at=at),
}  # fmt: skip
END = "UPDATE registry_{table} SET during = daterange(lower(during), '{day}')"
FORGED = (
    'INSERT INTO registry_ending (what, {what}_id, "on", ground, key, reason, by, confirmed_by, at, undone_by,'
    " undone_why) SELECT '{what}', x.id, '{day}', '{ground}', c.number, 'x', coalesce(nullif(c.proposed_by, ''), 'a'),"
    " 'kavita', '2030-01-01', '', '' FROM oversight_case c, registry_{table} x ORDER BY x.id LIMIT 1"
)
STEP = (
    "INSERT INTO oversight_casestep (case_id, act, before, after, why, by, at)"
    " SELECT id, 'x', state, '{state}', '', 'a', now() FROM oversight_case"
)
TABLES = {"card": "card", "membership": "membership", "category": "cardcategory"}

steps = st.tuples(
    st.just("act"), st.sampled_from(sorted(ACTS)), st.sampled_from(OFFICERS), st.integers(0, 20)
)
opening = st.tuples(st.just("open"), st.sampled_from(ABOUT), st.sampled_from(OFFICERS), st.integers(0, 2))
hostile = st.tuples(
    st.just("sql"), st.sampled_from(["end", "forge", "state", "step", "facts", "delete"]),
    st.sampled_from(sorted(TABLES)), st.sampled_from(SPELLS),
)  # fmt: skip
giving = st.tuples(st.just("give up"), st.just(""), st.sampled_from(OFFICERS), st.integers(0, 20))
files = st.tuples(st.just("file"), st.sampled_from(["OPH", "AAY", "APL"]), st.booleans(), st.just(0))


def given_up(by, at):
    """Whoever gives a card up in a campaign opens an application; nothing ends by that."""
    campaign = Campaign.objects.create(
        kind="surprise", title="x", order_number="x", starts_on=at.date(), ends_on=at.date(), ground="bogus",
        opened_by="meena", opened_at=at,
    )  # fmt: skip
    Campaign.objects.update(state="running")
    card = Card.objects.select_related("household").get()
    told = surrenders.GivenUp(line=1, proof="signature", statement="x", promised_on=at.date())
    surrenders.give_up(campaign=campaign, card=card, told=told, by=by, office="x", at=at)


def tried(call):
    """One try that may be refused by the program or by the database; what it did half is undone."""
    with suppress(Refused, DatabaseError), transaction.atomic():
        call()


def opened(about, by, at):
    card = Card.objects.select_related("household").get()
    member = Membership.objects.filter(household=card.household).order_by("-line").first()
    told = About(
        card, "bogus", "x", member if about == "member" else None, "APL" if about == "category" else ""
    )
    cases.open_case(about=told, evidence=[Said("a", "b")], by=by, at=at)


def in_sql(how, what, state, day):
    table = TABLES[what]
    with connection.cursor() as cursor:
        if how in ("end", "forge"):
            if how == "forge":
                ground = {"cleared": "list", "restored": "application"}.get(state, "order")
                cursor.execute(FORGED.format(what=what, table=table, day=day, ground=ground))
            cursor.execute(END.format(table=table, day=day))
        elif how in ("state", "step"):
            if how == "step":
                cursor.execute(STEP.format(state=state))
            cursor.execute("UPDATE oversight_case SET state = %s", [state])
        elif how == "facts":
            cursor.execute("UPDATE oversight_case SET ends_on = %s, confirmed_by = 'kavita'", [day])
        else:
            cursor.execute(f"DELETE FROM registry_{table}")


def check():
    """Whatever has an end has its decision, and behind it a case with every step, its days and two officers."""
    for model, what in ((Card, "card"), (Membership, "membership"), (CardCategory, "category")):
        for row in model.objects.filter(during__upper_inf=False):
            # A program may lengthen what was ordered to end, never shorten it.
            ending = Ending.objects.get(**{what: row}, undone_at=None, on__lte=row.during.upper)
            case = Case.objects.get(number=ending.key)
            acts = list(case.steps.values_list("act", flat=True))
            assert acts[0] == "open"
            assert {"notice", "propose", "order"} <= set(acts)
            assert case.state in ("ordered", "restored")
            assert case.answered_at or case.answer_by < timezone.localdate(case.ordered_at)
            assert not case.wants_hearing or case.heard_on
            assert len({case.proposed_by, case.confirmed_by}) == 2
            assert case.opened_by != case.confirmed_by
    if not Ending.objects.exists():
        assert len(family(cast.CARD, on=NOON.date() + timedelta(days=900)).members) == 3


def way(drawn):
    """The whole way or most of it, by officers who may be the wrong ones: else random steps would rarely come far."""
    about, who, dropped = drawn
    told = ("notice", "serve", "no_answer", "propose", "order", "restore")
    walk = [
        ("act", name, by, 17 if name == "no_answer" else 0) for name, by in zip(told, who[1:], strict=True)
    ]
    return [("open", about, who[0], 0), *walk[:dropped], *walk[dropped + 1 :]]


single = st.one_of(steps, steps, opening, hostile, files, giving).map(lambda one: [one])
ways = st.tuples(
    st.sampled_from(ABOUT), st.lists(st.sampled_from(OFFICERS), min_size=7, max_size=7), st.integers(0, 9)
).map(way)


@pytest.mark.req("R-BOG-10", "R-ACT-25")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(st.one_of(single, single, single, ways), min_size=3, max_size=20))
def test_nothing_ends_but_by_a_case_that_went_the_whole_way(ashas, officers, tmp_path, parts):
    acts = [one for part in parts for one in part]
    by_name, at = {one.username: one for one in vars(officers).values()}, NOON
    with transaction.atomic():
        for kind, first, second, third in acts:
            case = Case.objects.order_by("-pk").first()
            at += timedelta(days=third if isinstance(third, int) else 0, minutes=1)
            day = (at + timedelta(days=40)).date().replace(day=1)
            if kind == "open":
                tried(lambda: opened(first, by_name[second], at))  # noqa: B023  called at once
            elif kind == "give up":
                tried(lambda: given_up(by_name[second], at))  # noqa: B023
            elif kind == "act" and case:
                tried(lambda: ACTS[first](case, by_name[second], at))  # noqa: B023
            elif kind == "sql":
                tried(lambda: in_sql(first, second, third, day))  # noqa: B023
            elif kind == "file":
                row = f"{cast.CARD},{first},,639,,{cast.RAVIS},,2019-01-01,{day if second else ''}\n"
                tried(lambda: taken_in(tmp_path, "cards", CARDS + row, at=at))  # noqa: B023
            check()
        transaction.set_rollback(True)


def test_the_whole_way_is_among_the_ways(ashas, officers, tmp_path):
    """Else the property would hold of nothing: this very sequence ends a card."""
    at = NOON
    opened("card", officers.meena, at)
    for name, by in (("notice", "sunil"), ("serve", "sunil"), ("answer", "meena"), ("propose", "meena")):
        ACTS[name](Case.objects.get(), getattr(officers, by), at)
    ACTS["order"](Case.objects.get(), officers.kavita, at)

    check()
    assert Card.objects.get().during.upper is not None
