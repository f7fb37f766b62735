"""A scheme for a new emergency: drafted, its lists uploaded, tried, opened by a second officer, closed."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from rasad.accounts.models import User
from rasad.desk.emergencies import Draft, folder_of, scheme_of
from rasad.jobs import actions as jobs
from rasad.jobs.models import Job
from rasad.journal import actions as journal
from rasad.pipelines.relief import collect, columns, files
from rasad.pipelines.workbook import reading
from rasad.policy.scheme import Scheme
from rasad.relief import actions as relief
from rasad.relief import schemes
from rasad.relief.models import Emergency
from rasad.values.refused import Refused

State = Emergency.State
KINDS = ("families", "members")
# Their addresses are those of other pages.
KEPT_NAMES = ("new",)
TRYING = ".trying-"


@transaction.atomic
def draft(*, draft: Draft, by: User, at: datetime) -> Emergency:
    """Write a new scheme down. Refused: scheme_not_sound, scheme_name_kept, scheme_exists."""
    scheme = scheme_of(draft)
    if draft.code in KEPT_NAMES:
        raise Refused("scheme_name_kept", scheme=draft.code)
    if schemes.known(draft.code) is not None:
        raise Refused("scheme_exists", scheme=draft.code)
    try:
        with transaction.atomic():
            made = Emergency.objects.create(
                code=draft.code,
                scheme=scheme.model_dump(mode="json", by_alias=True),
                made_by=by.get_username(),
                made_at=at,
            )
    except IntegrityError:
        raise Refused("scheme_exists", scheme=draft.code) from None
    facts: dict[str, object] = {"order": draft.order, "from": draft.first_day, "to": draft.last_day}
    journal.write("scheme.drafted", of_kind="scheme", of_key=draft.code, by=by, at=at, facts=facts)
    return made


def upload(
    *, emergency: Emergency, source: str, kind: str, content: Iterable[bytes], by: User, at: datetime
) -> int:
    """Take a list of a source in: its families or its members; bytes. A newer list takes the place of the older.

    Refused: source_unknown, scheme_not_draft once it was opened; for a list that cannot be used as `files.opened`,
    and as `workbook.reading.whole`.
    """
    _refuse_opened(emergency)
    scheme = Scheme.model_validate(emergency.scheme)
    if kind not in KINDS or source not in {one.code for one in scheme.sources}:
        raise Refused("source_unknown", source=source)
    lists = sources_of(emergency)
    wanted = next(one for one in scheme.sources if one.code == source)
    name = f"{wanted.file}.{kind}"
    expected = (*columns.FAMILIES, *collect.own_columns(wanted)) if kind == "families" else columns.MEMBERS
    # A folder of its own: two officers who upload at once do not write into one file.
    with TemporaryDirectory(dir=lists, prefix=TRYING) as folder:
        trying = Path(folder)
        path = trying / f"{name}.csv"
        with path.open("wb") as file:
            size = sum(file.write(part) for part in content)
        reading.replaced(path, file=f"{name}.xlsx")
        _tried(trying, name, expected)
        with transaction.atomic():
            _refuse_opened(emergency)
            Emergency.objects.filter(pk=emergency.pk).update(trial={}, lists=F("lists") + 1)
            facts: dict[str, object] = {"source": source, "list": kind, "bytes": size}
            journal.write(
                "scheme.list_taken", of_kind="scheme", of_key=emergency.code, by=by, at=at, facts=facts
            )
            path.replace(lists / path.name)
    return size


def _tried(trying: Path, name: str, expected: Sequence[columns.Column]) -> None:
    """Refuse a list that a run could not use; where it lies on the server is nobody's business."""
    try:
        files.opened(trying, name, expected, keep_in=trying / "scratch")
    except Refused as refused:
        told = {
            fact: value.replace(f"{trying}/", "").replace(str(trying), "")
            if isinstance(value, str)
            else value
            for fact, value in refused.facts.items()
        }
        raise Refused(refused.code, **told) from None


@transaction.atomic
def copied_lists(*, emergency: Emergency, to: Path) -> int:
    """Copy the lists as they are now, and tell which version of them it is: none is exchanged in the meantime."""
    version: int = Emergency.objects.select_for_update().values_list("lists", flat=True).get(pk=emergency.pk)
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(sources_of(emergency), to, ignore=shutil.ignore_patterns(f"{TRYING}*"))
    return version


def keep_trial(*, emergency: Emergency, lists: int, told: Mapping[str, object]) -> None:
    """Keep what a trial of this version of the lists came to. Refused: lists_have_changed."""
    mine = Emergency.objects.filter(pk=emergency.pk, lists=lists, state=State.DRAFT)
    if mine.update(trial=dict(told)) != 1:
        raise Refused("lists_have_changed", scheme=emergency.code)


def _refuse_opened(emergency: Emergency) -> None:
    """Let nothing be changed that a second officer has opened; in a transaction until its end."""
    states = Emergency.objects.filter(pk=emergency.pk).values_list("state", flat=True)
    if connection.in_atomic_block:
        states = states.select_for_update()
    if states.get() != State.DRAFT:
        raise Refused("scheme_not_draft", scheme=emergency.code)


@transaction.atomic
def open_scheme(*, emergency: Emergency, by: User, at: datetime) -> None:
    """The second officer opens the scheme after a trial run.

    Refused: second_officer_needed, not_tried, scheme_not_draft.
    """
    if emergency.made_by == by.get_username():
        raise Refused("second_officer_needed")
    if not emergency.trial:
        raise Refused("not_tried", scheme=emergency.code)
    done = (
        Emergency.objects.filter(pk=emergency.pk, state=State.DRAFT)
        .exclude(trial={})
        .update(state=State.OPEN, opened_by=by.get_username(), opened_at=at)
    )
    if done != 1:
        raise Refused("scheme_not_draft", scheme=emergency.code)
    journal.write("scheme.opened", of_kind="scheme", of_key=emergency.code, by=by, at=at)


@transaction.atomic
def close_scheme(*, emergency: Emergency, by: User, at: datetime) -> int:
    """After its last day: every token of it expires and is kept; how many. Refused: scheme_not_open, scheme_goes_on."""
    scheme = Scheme.model_validate(emergency.scheme)
    if at.date() <= scheme.last_day:
        raise Refused("scheme_goes_on", last_day=scheme.last_day)
    done = Emergency.objects.filter(pk=emergency.pk, state=State.OPEN).update(
        state=State.CLOSED, closed_at=at
    )
    if done != 1:
        raise Refused("scheme_not_open", scheme=emergency.code)
    count = relief.expire_tokens(scheme=emergency.code, on=at.date(), by=by, at=at)
    journal.write(
        "scheme.closed", of_kind="scheme", of_key=emergency.code, by=by, at=at, facts={"tokens": count}
    )
    return count


@transaction.atomic
def start_trial(*, emergency: Emergency, by: User, at: datetime) -> Job:
    """Ask for a trial run: everything but the tokens. Refused: scheme_not_draft."""
    _refuse_opened(emergency)
    return jobs.start("relief.trial", args={"code": emergency.code}, by=by, at=at)


@transaction.atomic
def start_run(*, emergency: Emergency, by: User, at: datetime) -> Job:
    """Ask for the run that issues the tokens and publishes them. Refused: scheme_not_open, relief_is_over."""
    schemes.in_force(emergency.code, on=timezone.localdate(at))
    return jobs.start("relief.run", args={"code": emergency.code}, by=by, at=at)


@transaction.atomic
def start_take_up(*, scheme: str, by: User, at: datetime) -> Job:
    """Ask for a run over what was verified or passed on. Refused: scheme_unknown, scheme_not_open, relief_is_over."""
    schemes.in_force(scheme, on=timezone.localdate(at))
    return jobs.start("relief.run_forwarded", args={"scheme": scheme}, by=by, at=at)


def sources_of(emergency: Emergency) -> Path:
    """The folder of a scheme's lists."""
    folder = folder_of(emergency.code) / "sources"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def lists_of(emergency: Emergency) -> dict[tuple[str, str], int]:
    """Which lists are there, by source and kind, and their bytes."""
    scheme = Scheme.model_validate(emergency.scheme)
    there = sources_of(emergency)
    found = {}
    for one in scheme.sources:
        for kind in KINDS:
            path = there / f"{one.file}.{kind}.csv"
            if path.exists():
                found[one.code, kind] = path.stat().st_size
    return found
