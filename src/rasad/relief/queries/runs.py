"""Runs: how far they are, what they were judged by, what came out."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from rasad.relief import reasons, rules, schemes, unread
from rasad.relief.models import Run, SourceRow

# The stages of a run in the order they come; the last puts the results into the database.
STAGES = ("collect", "screen", "check", "match", "merge", "issue", "assign", "account", "load")


def touching(rows: QuerySet[SourceRow]) -> QuerySet[Run]:
    """The runs that decided any of these rows."""
    return Run.objects.filter(Exists(rows.filter(run=OuterRef("pk")).order_by()))


@dataclass(frozen=True)
class StageTold:
    """A stage of a run, and whether it is done, under way or still to come."""

    code: str
    name: str
    state: str


@dataclass(frozen=True)
class ConditionTold:
    """A condition as it stood at the time of the run, and what became of rows that did not meet it."""

    words: str
    otherwise: str
    basis: str
    document: str
    quotation: str


@dataclass(frozen=True)
class SourceTold:
    """A source with its conditions and what became of its rows."""

    code: str
    title: str
    conditions: list[ConditionTold]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """Rows in."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class RunStory:
    """One run as it is shown: counts are those of the reader's areas."""

    run: Run
    scheme_title: str
    stages: list[StageTold]
    sources: list[SourceTold]
    totals: Counter[str]
    refused: list[tuple[str, int]]
    waiting: list[tuple[str, int]]
    # What else the scheme says: months, categories, how sure a likeness must be.
    limits: list[tuple[str, str]]
    # Why it stopped; nothing unless it did.
    stopped: str
    # Of the whole run, whatever the reader's areas.
    unread: list[tuple[str, int]]

    @property
    def rows(self) -> int:
        """Rows in: tokens + linked + refused + waiting."""
        return sum(self.totals.values())


def story(run: Run, rows: QuerySet[SourceRow]) -> RunStory:
    """A run with the rows of it this reader may see."""
    scheme = schemes.recorded(run)
    by_source: dict[str, Counter[str]] = {}
    by_reason: dict[str, Counter[str]] = {}
    grouped = rows.filter(run=run).order_by().values_list("source", "outcome", "reason")
    for source, outcome, reason, count in grouped.annotate(count=Count("*")):
        by_source.setdefault(source, Counter())[outcome] += count
        by_reason.setdefault(outcome, Counter())[reasons.name(reason)] += count
    known = {source.code: source for source in scheme.sources} if scheme else {}
    told = [
        SourceTold(
            code,
            schemes.said(source.title),
            [
                ConditionTold(
                    rules.condition_in_words(source, condition),
                    reasons.name(condition.otherwise.reason),
                    condition.basis,
                    condition.source.file,
                    condition.source.quotation,
                )
                for condition in source.conditions
            ],
            by_source.get(code, Counter()),
        )
        for code, source in known.items()
    ]
    told += [SourceTold(code, code, [], counts) for code, counts in by_source.items() if code not in known]
    return RunStory(
        run=run,
        scheme_title=schemes.title(run.scheme),
        stages=progress(run),
        sources=told,
        totals=sum(by_source.values(), Counter()),
        refused=by_reason.get(SourceRow.Outcome.REFUSED, Counter()).most_common(),
        waiting=by_reason.get(SourceRow.Outcome.IN_REVIEW, Counter()).most_common(),
        unread=unread.in_words(run.summary.get("problems")),
        limits=rules.limits_in_words(scheme) if scheme else [],
        stopped=reasons.stopped(str(run.summary["why"])) if "why" in run.summary else "",
    )


_IS_HELD = """
SELECT EXISTS (
    SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND locktype = 'advisory'
        AND classid::bigint << 32 | objid::bigint = hashtextextended(%s, 0)
)
"""


def lock_of(run: Run) -> str:
    """What a process locks while it is at a run."""
    return f"relief run {run.key}"


def as_it_is(run: Run) -> Run:
    """The run; one that is said to be under way while no process is at it was killed, and is told as stopped."""
    if run.state == Run.State.RUNNING:
        with connection.cursor() as cursor:
            cursor.execute(_IS_HELD, [lock_of(run)])
            if not cursor.fetchone()[0]:
                run.state, run.summary = Run.State.FAILED, {"why": "killed"}
    return run


def progress(run: Run) -> list[StageTold]:
    """Every stage with its state: done, now, failed or later."""
    if run.state == Run.State.DONE:
        return [StageTold(code, str(reasons.STAGES[code]), "done") for code in STAGES]
    here = STAGES.index(run.stage) if run.stage in STAGES else 0
    now = "failed" if run.state == Run.State.FAILED else "now"
    return [
        StageTold(
            code, str(reasons.STAGES[code]), "done" if place < here else now if place == here else "later"
        )
        for place, code in enumerate(STAGES)
    ]
