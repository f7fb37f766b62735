"""Whatever is done in whatever order: books equal, nothing below zero, nothing over what is due."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from rasad.counter import selling
from rasad.counter.models import Sale
from rasad.ledger import actions as ledger
from rasad.ledger import grants
from rasad.ledger.grants import Due
from rasad.ledger.models import Account, Grant, Transfer
from rasad.values.refused import Refused
from tests.cast import NOON
from tests.races.counters import DUES, MONTH, asked, check_books, delivered

CARDS, SHOPS = ("0699", "0700"), ("1069", "1070")
GOODS = ("rice", "wheat", "atta", "mustard_oil", "soya_oil")
QUOTA = {"rice": 5_000, "wheat": 10_000, "atta": 9_500, "mustard_oil": 2_000, "soya_oil": 2_000}
quantities = st.sampled_from([500, 1_000, 1_500, 2_500, 5_000])
baskets = st.dictionaries(st.sampled_from(GOODS), quantities, min_size=1, max_size=3)
cards, shops = st.sampled_from(CARDS), st.sampled_from(SHOPS)


class Books(RuleBasedStateMachine):
    """The ledger beside a model of it in a few dictionaries."""

    @initialize()
    def begin(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = NOON
        self.taken, self.stock = {}, {}
        self.sales, self.holds = {}, {}
        self.rice = dict.fromkeys(CARDS, QUOTA["rice"])
        for shop in SHOPS:
            self.receive(shop, dict.fromkeys(GOODS, 5_000))

    def teardown(self):
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # What is left in the model's eyes.

    def of(self, card, commodity):
        return self.taken.get((card, commodity), 0)

    def may_take(self, card, basket):
        """The first thing that stands against it, or nothing."""
        for one, quantity in basket.items():
            quota = self.rice[card] if one == "rice" else QUOTA[one]
            if self.of(card, one) + quantity > quota:
                return "more_than_left"
        cereals = {one for one in ("wheat", "atta") if one in basket or self.of(card, one)}
        if len(cereals) > 1 and {"wheat", "atta"} & basket.keys():
            return "choice"
        oils = {one: basket.get(one, 0) for one in ("mustard_oil", "soya_oil")}
        if any(oils.values()) and sum(self.of(card, one) + more for one, more in oils.items()) > 2_000:
            return "cap_over"
        return ""

    def take(self, card, basket, sign=1):
        for one, quantity in basket.items():
            self.taken[card, one] = self.of(card, one) + sign * quantity

    # What can happen.

    @rule(shop=shops, basket=baskets)
    def receive(self, shop, basket):
        delivered(shop, **basket)
        for one, quantity in basket.items():
            self.stock[shop, one] = self.stock.get((shop, one), 0) + quantity

    @rule(card=cards, quantity=st.sampled_from([0, 1_000, 5_000, 8_000]))
    def due_changes(self, card, quantity):
        """Another quantity of rice is due by today's facts; what was taken stays taken."""
        dues = [
            Due("rice", "", "g", quantity), Due("wheat", "", "g", 10_000, choice_group="cereal"),
            Due("atta", "", "g", 9_500, choice_group="cereal"), Due("mustard_oil", "", "ml", 2_000, cap_group="oil"),
            Due("soya_oil", "", "ml", 2_000, cap_group="oil"),
        ]  # fmt: skip
        grants.grant(card, month=MONTH, dues=dues, category="PHH", members=4, at=self.now)
        self.rice[card] = max(quantity, self.of(card, "rice"))

    def ready(self, card, shop, basket, id=None):
        """A sale of accounts as they are, without bringing them to anything."""
        sale = asked(card, shop, id=id, **basket)
        self.rice[card] = max(QUOTA["rice"], self.of(card, "rice"))
        return sale

    @rule(card=cards, shop=shops, basket=baskets)
    def sell(self, card, shop, basket):
        sale = self.ready(card, shop, basket)
        against = self.may_take(card, basket)
        if not against and any(self.stock[shop, one] < quantity for one, quantity in basket.items()):
            against = "stock_short"
        said = refusal(lambda: selling.post(sale, at=self.now))
        # Two things may stand against one sale: which of them is told, is not said here.
        assert bool(said) is bool(against)
        assert said == against or against in ("choice", "cap_over")
        if said:
            return
        self.take(card, basket)
        for one, quantity in basket.items():
            self.stock[shop, one] -= quantity
        self.sales[sale.id] = (sale, card, shop, basket)

    @rule(data=st.data())
    def sell_again(self, data):
        """The same id: the same receipt, nothing moved; of a sale that was taken back none."""
        if not self.sales:
            return
        sale, *_ = self.sales[data.draw(st.sampled_from(sorted(self.sales)))]
        if hasattr(Sale.objects.get(pk=sale.id), "reversal"):
            with pytest.raises(Refused, match="sale_was_taken_back"):
                selling.post(sale, at=self.now)
        else:
            assert selling.post(sale, at=self.now).is_replay is True

    @rule(data=st.data(), quantity=quantities)
    def sell_other_contents(self, data, quantity):
        if self.sales:
            id = data.draw(st.sampled_from(sorted(self.sales)))
            _, card, shop, _ = self.sales[id]
            other = self.ready(card, shop, {"rice": 20 + quantity}, id=id)
            with pytest.raises(Refused, match="sale_id_reused"):
                selling.post(other, at=self.now)

    @rule(data=st.data())
    def take_back(self, data):
        if not self.sales:
            return
        id = data.draw(st.sampled_from(sorted(self.sales)))
        sale, card, shop, basket = self.sales[id]
        row = Sale.objects.get(pk=sale.id)
        if hasattr(row, "reversal"):
            with pytest.raises(Refused, match="sale_taken_back_already"):
                selling.reverse(row, reason="Wrong card", by="ravi", at=self.now)
            return
        selling.reverse(row, reason="Wrong card", by="ravi", at=self.now)
        self.take(card, basket, -1)
        for one, quantity in basket.items():
            self.stock[shop, one] += quantity

    @rule(card=cards, basket=baskets, minutes=st.sampled_from([1, 5, 30]))
    def reserve(self, card, basket, minutes):
        accounts = grants.grant(card, month=MONTH, dues=DUES, category="PHH", members=4, at=self.now)
        self.rice[card] = max(QUOTA["rice"], self.of(card, "rice"))
        document, until = uuid4(), self.now + timedelta(minutes=minutes)
        lines = [(accounts[one, ""].pk, quantity) for one, quantity in basket.items()]
        against = self.may_take(card, basket)
        said = refusal(lambda: ledger.reserve(document=document, lines=lines, until=until, at=self.now))
        assert said == ("account_short" if against else "")
        if said:
            return
        assert not ledger.reserve(document=document, lines=lines, until=until, at=self.now)
        self.take(card, basket)
        self.holds[str(document)] = [document, card, basket, until, ""]

    @rule(data=st.data(), how=st.sampled_from(["posted", "voided"]))
    def end(self, data, how):
        if not self.holds:
            return
        hold = self.holds[data.draw(st.sampled_from(sorted(self.holds)))]
        document, card, basket, _, ended = hold
        act = self.post if how == "posted" else self.void
        if ended and (ended == "posted") != (how == "posted"):
            with pytest.raises(Refused, match="reservation_gone"):
                act(document)
            return
        assert act(document) is (not ended)
        if not ended:
            hold[4] = how
            if how == "voided":
                self.take(card, basket, -1)

    def post(self, document):
        source = ledger.outside("other_states")
        return ledger.post_hold(document=document, kind=Transfer.Kind.ELSEWHERE, source=source, at=self.now)

    def void(self, document):
        return ledger.void_hold(document=document, at=self.now)

    @rule(minutes=st.sampled_from([2, 10]))
    def time_passes(self, minutes):
        """Reservations past their deadline are let go."""
        self.now += timedelta(minutes=minutes)
        late = [one for one in self.holds.values() if not one[4] and one[3] < self.now]
        assert ledger.expire_holds(at=self.now) == len(late)
        for one in late:
            one[4] = "voided"
            self.take(one[1], one[2], -1)

    # What always holds.

    @invariant()
    def books_are_the_model(self):
        rows = list(Account.objects.all())
        for one in rows:
            if one.kind == "entitlement":
                assert one.received - one.given + one.held == self.of(one.holder, one.commodity)
                assert 0 <= one.received - one.given + one.held <= one.granted
            if one.kind == "stock":
                assert one.left == self.stock.get((one.holder, one.commodity), 0) >= 0
            if one.kind == "cap":
                oils = sum(self.of(one.holder, oil) for oil in ("mustard_oil", "soya_oil"))
                assert one.received - one.given + one.held == oils <= 2_000
            if one.granted is not None:
                changes = Grant.objects.filter(account=one).values_list("quantity", flat=True)
                assert one.granted == sum(changes)

    @invariant()
    def books_are_equal(self):
        if hasattr(self, "outer") and not any(one[4] == "posted" for one in self.holds.values()):
            check_books()


def refusal(act):
    """The code with which an act is refused, or nothing."""
    try:
        act()
    except Refused as no:
        return no.code
    return ""


class TestBooks(TestCase):
    """Some dozens of histories, each of some dozens of steps."""

    def test_books_stay_equal_whatever_happens(self):
        run_state_machine_as_test(
            Books,
            settings=settings(
                max_examples=15, stateful_step_count=20, deadline=None, derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
