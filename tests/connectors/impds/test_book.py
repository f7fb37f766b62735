"""Whatever happens to a card, and in whatever order: what is lifted, kept and left is what it had."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from rasad.connectors.impds.book import Book
from rasad.connectors.impds.cards import MadeUpCard, MadeUpMember
from rasad.connectors.impds.wire import CardAsked, PostAsked, ReserveAsked, VoidAsked
from rasad.values.refused import Refused
from tests.connectors.impds.conftest import AUGUST_3

FULL = 10_000
IDS = [UUID(int=number) for number in range(3)]
MADE_UP = MadeUpCard("IN-WB", "19", "PHH", "Shop", (MadeUpMember("Rina"),), {"rice": FULL})
STEPS = some.one_of(
    some.tuples(some.just("reserve"), some.sampled_from(IDS), some.integers(1, FULL)),
    some.tuples(some.just("post"), some.sampled_from(IDS), some.just(0)),
    some.tuples(some.just("void"), some.sampled_from(IDS), some.just(0)),
    some.tuples(some.just("home"), some.just(IDS[0]), some.integers(1, FULL)),
    some.tuples(some.just("wait"), some.just(IDS[0]), some.integers(1, 400)),
)


class Played:
    """A card's story, step by step; a refusal or too little grain ends the step, not the story."""

    def __init__(self):
        self.book, self.at, self.posted = Book([MADE_UP]), AUGUST_3, {}

    def step(self, what, sale, number):
        try:
            getattr(self, what)(sale, number)
        except (Refused, ValueError):
            return

    def reserve(self, sale, grams):
        asked = ReserveAsked(
            reservation=sale,
            state="IN-WB",
            card="19",
            month="2021-08",
            lines={"rice": grams},
            shop="Ravi",
            at=self.at,
            until=self.at + timedelta(seconds=300),
        )
        self.book.reserve(asked, sender="IN-HR", at=self.at)

    def post(self, sale, _):
        self.book.post(PostAsked(reservation=sale, at=self.at), sender="IN-HR", at=self.at)
        self.posted[sale] = True

    def void(self, sale, _):
        self.book.void(VoidAsked(reservation=sale), sender="IN-HR", at=self.at)
        assert sale not in self.posted

    def home(self, _, grams):
        self.book.lift_at_home("19", "rice", grams, at=self.at)

    def wait(self, _, seconds):
        self.at += timedelta(seconds=seconds)

    def card(self):
        asked = CardAsked(number="19", month="2021-08")
        return self.book.card(asked, sender="IN-HR", key=b"", at=self.at)


@given(some.lists(STEPS, max_size=30))
@settings(max_examples=200, deadline=None)
def test_grain_is_counted_once(steps):
    played = Played()
    for step in steps:
        played.step(*step)
        card = played.card()
        assert card.line("rice").left >= 0
        assert card.line("rice").left + sum(lift.grams for lift in card.lifts) <= FULL

    away = [lift for lift in card.lifts if lift.state == "IN-HR"] if steps else []
    assert len(away) == len(played.posted)
    played.wait(None, 301)
    after = played.card()
    assert after.line("rice").left == FULL - sum(lift.grams for lift in after.lifts)
