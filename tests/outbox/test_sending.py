"""What leaves: at least once, each thing in its order, whatever the other system does."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from rasad.outbox import actions, channels, sending
from rasad.outbox.channels import Answer, Channel
from rasad.outbox.models import Line, Message
from rasad.values.refused import OutsideError, Refused
from tests.cast import HISAR, NOON

pytestmark = pytest.mark.django_db(transaction=True)


class System:
    """Another system: it takes what it is told, or refuses or overhears it, and fails while it is down."""

    def __init__(self):
        self.told: list[tuple[str, str]] = []
        self.refuses: set[str] = set()
        self.overhears: set[str] = set()
        self.is_down = False
        self.batches: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self._lock = threading.Lock()

    def render(self, messages):
        return {one.pk: None if one.facts.get("gone") else one.kind for one in messages}

    def send(self, told, within):
        self.gate.wait(within)
        self.batches.append(len(told))
        if self.is_down:
            raise OutsideError("down", permanent=False)
        with self._lock:
            return {one.pk: self._take(one, body) for one, body in told if one.about not in self.overhears}

    def _take(self, one, body):
        if one.about in self.refuses:
            return Answer("refused", "family_unknown", "no such family")
        self.told.append((one.about, body))
        return Answer("accepted", facts={"committee": "UC-1"})


@pytest.fixture
def system(monkeypatch):
    made = System()
    monkeypatch.setattr(channels, "CHANNELS", {"test": Channel("test", made.render, made.send, batch=10)})
    monkeypatch.setattr(sending, "CHANNELS", channels.CHANNELS)
    return made


def post(*told, facts=None):
    return [
        actions.post("test", kind, about=about, district=HISAR, at=NOON, facts=facts) for about, kind in told
    ]


def states():
    return list(Message.objects.order_by("pk").values_list("about", "kind", "state"))


def ready_again():
    Line.objects.update(rests_until=None)


def test_messages_leave_and_what_was_answered_is_kept(system):
    post(("T-1", "issued"), ("T-2", "issued"))

    assert sending.drain() == 2
    assert system.told == [("T-1", "issued"), ("T-2", "issued")]
    assert set(Message.objects.values_list("state", "code")) == {("sent", "")}
    assert Message.objects.first().answer == {"committee": "UC-1"}


def test_of_one_thing_the_later_message_leaves_after_the_earlier(system):
    post(("T-1", "issued"), ("T-1", "changed"), ("T-2", "issued"), ("T-1", "ended"))
    sending.drain()

    assert [kind for about, kind in system.told if about == "T-1"] == ["issued", "changed", "ended"]
    assert system.batches == [2, 1, 1]


def test_transaction_that_is_rolled_back_leaves_no_message(system):
    with transaction.atomic():
        post(("T-1", "issued"))
        transaction.set_rollback(True)

    assert sending.drain() == 0


def test_refused_message_is_dead_and_later_ones_wait_behind_it(system, meena):
    system.refuses = {"T-1"}
    post(("T-1", "issued"), ("T-1", "changed"), ("T-2", "issued"))
    sending.drain()

    assert states() == [("T-1", "issued", "dead"), ("T-1", "changed", "waiting"), ("T-2", "issued", "sent")]
    system.refuses = set()
    assert actions.replay(messages=Message.objects.all(), by=meena, at=NOON) == 1
    sending.drain()
    assert system.told == [("T-2", "issued"), ("T-1", "issued"), ("T-1", "changed")]


def test_message_given_up_lets_later_ones_leave(system, meena):
    system.refuses = {"T-1"}
    first, _ = post(("T-1", "issued"), ("T-1", "changed"))
    sending.drain()
    system.refuses = set()
    with pytest.raises(Refused, match="decision_without_reason"):
        actions.drop(message=first, reason=" ", by=meena, at=NOON)
    actions.drop(message=first, reason="told by telephone", by=meena, at=NOON)
    sending.drain()

    assert states() == [("T-1", "issued", "dropped"), ("T-1", "changed", "sent")]


def test_system_that_is_down_rests_and_one_message_tries_it_first(system):
    post(*((f"T-{n}", "issued") for n in range(5)))
    system.is_down = True
    assert sending.send_round("test") == sending.Sent(failed=5)
    assert sending.send_round("test") == sending.Sent()
    ready_again()
    sending.send_round("test")
    assert system.batches == [5, 1]

    system.is_down = False
    ready_again()
    assert sending.drain() == 5
    assert system.batches == [5, 1, 1, 4]
    assert {about for about, _ in system.told} == {"T-0", "T-1", "T-2", "T-3", "T-4"}
    assert Line.objects.get().failures == 0


def test_what_has_nothing_to_say_any_more_is_settled_without_a_word(system):
    post(("T-1", "issued"), facts={"gone": True})
    sending.drain()

    assert Message.objects.get().code == "superseded"
    assert system.batches == []


def test_sender_that_was_killed_lets_go_after_a_while(system):
    (one,) = post(("T-1", "issued"))
    now = sending.real_time()
    sending._claimed("test", most=10, now=now, lease=now + sending.LEASE)

    assert sending.drain() == 0
    Message.objects.filter(pk=one.pk).update(leased_until=sending.real_time() - timedelta(seconds=1))
    assert sending.drain() == 1


def test_two_senders_at_once_send_each_message_once_and_in_order(system):
    post(*((f"T-{n % 7}", f"{n:02d}") for n in range(70)))

    def at_work():
        sending.drain(100)
        connections.close_all()

    senders = [threading.Thread(target=at_work) for _ in range(4)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    sending.drain(100)

    assert sorted(system.told) == sorted((f"T-{n % 7}", f"{n:02d}") for n in range(70))
    of_each = {about: [kind for one, kind in system.told if one == about] for about, _ in system.told}
    assert all(kinds == sorted(kinds) for kinds in of_each.values())


def test_message_that_is_never_answered_beside_others_is_refused_in_the_end(system):
    system.overhears = {"T-1"}
    post(("T-1", "issued"))
    for place in range(5):
        post((f"X-{place}", "issued"))
        sending.send_round("test")

    assert Message.objects.filter(state="sent").count() == 5
    assert Message.objects.filter(state="dead").values_list("about", "code", "unanswered").get() == (
        "T-1",
        "no_answer",
        5,
    )


def test_sender_that_was_thought_dead_undoes_nothing(system):
    (one,) = post(("T-1", "issued"))

    def slow(told, within):
        # Meanwhile another sender has it, and settles it.
        Message.objects.update(leased_until=sending.real_time() - timedelta(seconds=1))
        system.refuses = {"T-1"}
        channels.CHANNELS["test"] = Channel("test", system.render, system.send)
        sending.send_round("test")
        return {one.pk: Answer("accepted")}

    channels.CHANNELS["test"] = Channel("test", system.render, slow)

    assert sending.send_round("test").sent == 0
    assert states() == [("T-1", "issued", "dead")]


def test_message_that_cannot_be_put_into_words_rests_its_line_which_says_why(system, monkeypatch):
    def cannot(_messages):
        raise Refused("fonts_missing", folder="fonts", files="NotoSans-Regular.ttf")

    post(("T-1", "issued"))
    monkeypatch.setattr(channels, "CHANNELS", {"test": Channel("test", cannot, system.send, batch=10)})
    monkeypatch.setattr(sending, "CHANNELS", channels.CHANNELS)
    assert sending.send_round("test") == sending.Sent(0, 0, 1)

    line = Line.objects.get()
    assert (line.failures, "NotoSans-Regular.ttf" in line.last_error) == (1, True)
    assert (states(), Message.objects.get().leased_until) == ([("T-1", "issued", "waiting")], None)
