"""By when a request must be decided, by whom, how it stands on a day, and what an overdue one still needs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rasad.policy.periods import Period, PeriodFile, periods_of
from rasad.policy.rows import Text, in_force
from rasad.values.reason import Reason
from rasad.values.refused import Refused

Standing = Literal["on_time", "due_today", "overdue"]
# Where a State's charter does not say it, its office is held to the fuller of the charters we have.
OWED_WHEN_LATE = ("reasons", "likely_date")


@dataclass(frozen=True)
class Due:
    """The last day for a request, who decides it, who hears the complaint, and by which row."""

    service: str
    received: date
    due: date
    days: int
    period: Period
    falls_on_holiday: bool
    penalty: Text
    reasons: tuple[Reason, ...]
    # The holidays after the day of receipt up to the last day, and whether they were counted as days.
    holidays: tuple[date, ...] = ()
    counts_holidays: bool = True

    @property
    def officer(self) -> Text | None:
        """Who must decide."""
        return self.period.officer

    @property
    def complaint_authority(self) -> Text | None:
        """To whom the family complains; None where the charter names nobody."""
        return self.period.complaint_authority

    def standing(self, *, on: date) -> Standing:
        """How the request stands while it is open."""
        return standing(self.due, on=on)

    def days_late(self, *, on: date) -> int:
        """Whole days past the due day; 0 while it is not over."""
        return max(0, (on - self.due).days)


@dataclass(frozen=True)
class Slip:
    """What the acknowledgement of an application says: the day, and on which condition it holds."""

    due: Due
    promised: date
    condition: Text | None


def due(
    service: str,
    *,
    received: date,
    state: str,
    physical_verification: bool = False,
    by: Literal["counter", "post"] | None = None,
    proof: bool = True,
    promised: date | None = None,
    holidays: Collection[date] = (),
) -> Due:
    """The last day for a request received on a day: calendar days, the day of receipt is day 0.

    Whether a holiday is a day like any other or is not counted is the State's rule; both are told. `promised`
    is the day on the slip, for a service whose charter leaves it to the office. Refused: unknown_service,
    before_first_rule, service_not_in_force, way_unknown (counter or post), proof_missing, slip_without_date,
    promised_before_receipt.
    """
    packs = periods_of(state)
    period = _period(packs, service, state, received, physical_verification, by)
    if period.needs_proof and not proof:
        raise Refused("proof_missing", service=period.name, **_facts(period))
    counts = not packs.counting.moved_by_holidays or period.on_slip
    last = _last_day(period, received, promised, () if counts else holidays)
    reasons = (
        period.because("service_period", service=period.name, days=(last - received).days, due=last),
        packs.counting.reason("days_counted", f"{period.id}.counting"),
    )
    return Due(
        service, received, last, (last - received).days, period, last in holidays,
        period.penalty or packs.penalty_not_named, reasons,
        tuple(sorted(one for one in holidays if received < one <= last)), counts,
    )  # fmt: skip


def standing(last_day: date, *, on: date) -> Standing:
    """How an open request stands on a day: the period ends at the end of its last day."""
    if on > last_day:
        return "overdue"
    return "due_today" if on == last_day else "on_time"


def slip(
    service: str,
    *,
    received: date,
    state: str,
    promised: date | None = None,
    physical_verification: bool = False,
) -> Slip:
    """What to print on the acknowledgement. Refused as in `due`; a slip without a day is never printed."""
    found = due(
        service,
        received=received,
        state=state,
        promised=promised,
        physical_verification=physical_verification,
    )
    said = periods_of(state).slip
    return Slip(found, found.due, said.condition if said else None)


def is_delayed(promised: date, *, ready: date | None, on: date) -> bool:
    """Whether the promised day has passed without the card being ready in time."""
    return (ready or on) > promised


def owed_when_late(state: str) -> tuple[str, ...]:
    """What is recorded and sent, always, once the day has passed: the reasons, the likely new date."""
    said = periods_of(state).slip
    return said.when_late if said else OWED_WHEN_LATE


def missing_when_late(state: str, *, reasons: str, likely_date: date | None) -> tuple[str, ...]:
    """Which of what is owed for a delayed request has not been recorded."""
    given = {"reasons": bool(reasons.strip()), "likely_date": likely_date is not None}
    return tuple(one for one in owed_when_late(state) if not given[one])


def close(found: Due, *, on: date, reason: str = "") -> Standing:
    """How a request ends that is decided on a day. Raises Refused("overdue_without_reason")."""
    refuse_without_reason(days_late=found.days_late(on=on), reason=reason, service=found.period.name)
    return found.standing(on=on)


def refuse_without_reason(*, days_late: int, reason: str, service: Text | str = "") -> None:
    """Refuse to close what is late as long as nobody wrote why: Refused("overdue_without_reason")."""
    if days_late > 0 and not reason.strip():
        raise Refused("overdue_without_reason", service=service, days=days_late)


def penalty(service: str, *, state: str) -> Text:
    """The penalty for a late service as it is shown: "Not specified" where the charter names none.

    Raises Refused("unknown_service").
    """
    packs = periods_of(state)
    return _named(packs, service, state)[-1].penalty or packs.penalty_not_named


def has_period(service: str, *, state: str) -> bool:
    """Whether the charter of a State has a period for a service."""
    return any(service in row.applies.service for row in periods_of(state).rows)


def overdue(requests: Iterable[Due], *, on: date) -> tuple[Due, ...]:
    """The open requests that are overdue on a day, latest first: what the complaint authority is told."""
    late = [one for one in requests if one.standing(on=on) == "overdue"]
    return tuple(sorted(late, key=lambda one: one.due))


def _period(
    packs: PeriodFile,
    service: str,
    state: str,
    received: date,
    physical_verification: bool,
    by: str | None,
) -> Period:
    named = _named(packs, service, state)
    rows = in_force(named, on=received, subject=service)
    if not rows:
        ended = max(row.last_day for row in named if row.last_day)
        raise Refused("service_not_in_force", service=named[-1].name, on=received, last_day=ended)
    if by is None and all(row.applies.by for row in rows):
        ways = ", ".join(str(row.applies.by) for row in rows)
        raise Refused("way_unknown", service=rows[0].name, known=ways)
    if physical_verification:
        rows = tuple(row for row in rows if row.applies.physical_verification) or rows
    else:
        rows = tuple(row for row in rows if not row.applies.physical_verification)
    return next(row for row in rows if row.applies.by in (None, by))


def _named(packs: PeriodFile, service: str, state: str) -> list[Period]:
    named = [row for row in packs.rows if service in row.applies.service]
    if not named:
        known = sorted({one for row in packs.rows for one in row.applies.service})
        raise Refused("unknown_service", service=service, state=state, known=", ".join(known))
    return named


def _last_day(period: Period, received: date, promised: date | None, not_counted: Collection[date]) -> date:
    if period.value is not None:
        last = received
        for _ in range(int(period.value)):
            last += timedelta(days=1)
            while last in not_counted:
                last += timedelta(days=1)
        return last
    if promised is None:
        raise Refused("slip_without_date", service=period.name, **_facts(period))
    if promised < received:
        raise Refused("promised_before_receipt", received=received, promised=promised)
    return promised


def _facts(period: Period) -> dict[str, object]:
    return {"rule": period.id, "document": period.source.file, "quotation": period.source.quotation}
