"""What must hold at every moment: from when to when each answer was asked and given.

A sale surely stands from the moment its answer came, and possibly from the moment it was first asked. So at each
moment there is a least and a most that was taken of an account. The least may never be above the quota or the
stock; and a refusal for want of something must have had a moment in which the most left too little.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from tests.proof.books import Account, Books
from tests.proof.history import UNKNOWN, Call, Line

NEVER = 1 << 62
Events = list[tuple[int, int]]
Times = dict[tuple[str, str], tuple[int, int]]


class Levels:
    """What was taken of each account over time, at least and at most. Of a stock: handed out less received."""

    def __init__(self) -> None:
        self._least: defaultdict[int, Events] = defaultdict(list)
        self._most: defaultdict[int, Events] = defaultdict(list)

    def take(self, account: int, quantity: int, *, possibly: int, surely: int) -> None:
        """Taken: possibly from one moment, surely from another one on."""
        self._most[account].append((possibly, quantity))
        if surely < NEVER:
            self._least[account].append((surely, quantity))

    def give_back(self, account: int, quantity: int, *, possibly: int, surely: int) -> None:
        """Given back, or received by a stock."""
        self._least[account].append((possibly, -quantity))
        if surely < NEVER:
            self._most[account].append((surely, -quantity))

    def least(self) -> Iterator[tuple[int, int]]:
        """The highest that each account surely stood at."""
        for account, events in self._least.items():
            yield account, max(_running(events)[1])

    def most(self) -> dict[int, tuple[list[int], list[int]]]:
        """Moments, and what was possibly taken from each on."""
        return {account: _running(events) for account, events in self._most.items()}


def _running(events: Events) -> tuple[list[int], list[int]]:
    moments, levels, level = [], [0], 0
    for at, change in sorted(events):
        level += change
        moments.append(at)
        levels.append(level)
    return moments, levels


def held_at_all_times(calls: Sequence[Call], books: Books) -> Iterator[str]:
    """Nothing above quota or stock at any moment, and nothing refused that was there throughout."""
    levels = _levels(calls, books)
    for account, most in levels.least():
        row = books.accounts.get(account)
        if row is None:
            continue
        limit = row.granted if row.kind in ("entitlement", "cap") else 0
        if most > (limit or 0):
            yield f"account {account} ({row.kind} of {row.holder}) stood at {most}, over {limit}"
    shortage = _Shortage(books, levels.most())
    for call in calls:
        if call.act == "sale" and call.outcome in _WANTS and not shortage.was_there(call):
            yield f"sale {call.id} was refused with {call.outcome}, and at no moment was that so"


# Refusals that say that something was not there.
_WANTS = frozenset({"more_than_left", "stock_short", "cap_over", "choice_made"})


def _times(calls: Sequence[Call], acts: set[str]) -> Times:
    """First asked, first acknowledged, of each document."""
    found: Times = {}
    for call in calls:
        if call.act in acts and (call.is_acknowledged or call.outcome == UNKNOWN):
            first, known = found.get((call.act, call.id), (NEVER, NEVER))
            answered = call.back if call.is_acknowledged else NEVER
            found[call.act, call.id] = min(first, call.call), min(known, answered)
    return found


def _levels(calls: Sequence[Call], books: Books) -> Levels:
    levels = Levels()
    times = _times(calls, {"sale", "reversal", "receipt", "reserve", "post", "void"})
    caps = {
        (one.holder, one.month, one.commodity): one.id for one in books.accounts.values() if one.kind == "cap"
    }

    def shares(account: int) -> list[int]:
        """The account, and the limit it shares."""
        row = books.accounts.get(account)
        cap = caps.get((row.holder, row.month, row.cap_group)) if row and row.cap_group else None
        return [account] if cap is None else [account, cap]

    for sale in books.sales:
        possibly, surely = times.get(("sale", sale), (0, NEVER))
        back = times.get(("reversal", sale), (0, NEVER)) if sale in books.reversals else None
        for line in books.moved.get(sale, []):
            if line.kind != "sale":
                continue
            for account in (*shares(line.target), line.source):
                levels.take(account, line.quantity, possibly=possibly, surely=surely)
                if back:
                    levels.give_back(account, line.quantity, possibly=back[0], surely=back[1])
    for document, moved in books.moved.items():
        if moved[0].kind == "receipt":
            possibly, surely = times.get(("receipt", document), (0, 0))
            for line in moved:
                levels.give_back(line.target, line.quantity, possibly=possibly, surely=surely)
    _reservations(calls, books, levels, times, shares)
    return levels


def _reservations(
    calls: Sequence[Call], books: Books, levels: Levels, times: Times, shares: Callable[[int], list[int]]
) -> None:
    first_expiry = min((call.call for call in calls if call.act == "expire"), default=NEVER)
    for document, lines in books.holds.items():
        possibly, surely = times.get(("reserve", document), (0, NEVER))
        how = books.ends.get(document, ("", None))[0]
        # Any expiry may have ended it, of whichever reservation the caller spoke.
        ended = {"voided": times.get(("void", document), (0, NEVER)), "expired": (first_expiry, NEVER)}.get(
            how
        )
        for line in lines:
            for account in shares(line.account):
                levels.take(account, line.quantity, possibly=possibly, surely=surely)
                if ended:
                    away, gone = ended
                    levels.give_back(account, line.quantity, possibly=min(away, surely), surely=gone)


class _Shortage:
    """Whether at one moment between question and answer something may have been short."""

    def __init__(self, books: Books, most: dict[int, tuple[list[int], list[int]]]) -> None:
        self._books, self._most = books, most
        self._of_card: defaultdict[tuple[str, str], list[Account]] = defaultdict(list)
        for one in books.accounts.values():
            if one.kind == "cap" or one.choice_group:
                self._of_card[one.holder, one.month].append(one)

    def was_there(self, call: Call) -> bool:
        """Whether one of its lines may have been short of what its refusal names."""
        return any(self._was_short(call, line) for line in call.lines)

    def _was_short(self, call: Call, line: Line) -> bool:
        if call.outcome == "more_than_left":
            return self._level(call, line.account) + line.quantity > line.granted
        if call.outcome == "stock_short":
            return self._level(call, line.stock) + line.quantity > 0
        row = self._books.accounts[line.account]
        others = self._of_card[row.holder, row.month]
        if call.outcome == "choice_made":
            groups = [one for one in others if one.choice_group == row.choice_group != ""]
            return any(one.id != row.id and self._level(call, one.id) > 0 for one in groups)
        caps = [one for one in others if one.kind == "cap" and one.commodity == row.cap_group]
        asked = [
            one.quantity for one in call.lines if self._books.accounts[one.account].cap_group == row.cap_group
        ]
        return any(self._level(call, one.id) + sum(asked) > (one.granted or 0) for one in caps)

    def _level(self, call: Call, account: int) -> int:
        moments, levels = self._most.get(account, ([], [0]))
        first, last = bisect_left(moments, call.call), bisect_right(moments, call.back)
        return max(levels[first : last + 1])
