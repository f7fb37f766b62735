"""What the relief desk does in the background: runs, publishing, telling a portal everything anew, printing.

Every process of ours reads this module when it starts: what only a run needs (tables, engines) is imported there.
"""

import shutil
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rasad.desk.emergencies import folder_of
from rasad.jobs.kinds import kind
from rasad.jobs.work import Work
from rasad.outbox import sending
from rasad.outbox.models import Message
from rasad.policy import relief as policy
from rasad.policy.scheme import Scheme
from rasad.relief import publishing, schemes
from rasad.relief.life import LIVING
from rasad.relief.models import Emergency, SourceRow, Token
from rasad.relief.waiting import is_forwarded
from rasad.values.month import Month
from rasad.values.refused import OutsideError, Refused

CHUNK = 1_000
PATIENCE_ROUNDS = 600
# So often a run begins anew because a family in it was called back.
MOST_RUNS = 3


@kind("relief.trial", title=_("Trial run"), needs="manage_schemes")
def trial(work: Work, *, code: str) -> None:
    """Run a drafted scheme over its lists without issuing anything, and keep what it would come to.

    Done again it makes the same anew.
    """
    from rasad.desk.actions.emergencies import keep_trial
    from rasad.pipelines.relief.run import relief_run
    from rasad.relief.running import stoppable

    emergency, scheme = _emergency(code)
    out = folder_of(code) / "trial"
    opened, lists = _prepared(emergency, scheme, out)
    try:
        with stoppable():
            told = relief_run(opened, out, lambda stage, place, of: work.advance(place, of, stage))
    finally:
        opened.engine.close()
    told = {
        name: told[name]
        for name in ("rows", "tokens", "linked", "refused", "in_review", "reviews", "shops", "by_source")
    }
    keep_trial(emergency=emergency, lists=lists, told=told | _impact(scheme, out))


@kind("relief.run", title=_("Relief run"), needs="manage_schemes")
def run(work: Work, *, code: str) -> None:
    """Issue the tokens of an open scheme and publish them. Done again it issues nothing twice."""
    from rasad.relief.running import into_database

    emergency, scheme = _emergency(code)
    schemes.in_force(code, on=work.at().date())
    out = folder_of(code) / "run"
    opened, _lists = _prepared(emergency, scheme, out)
    try:
        into_database(
            opened, out, by=work.job.by, tell=lambda stage, place, of: work.advance(place, of + 1, stage)
        )
    finally:
        opened.engine.close()
    publish(work, scheme=code)


@kind("relief.run_forwarded", title=_("Run over what was passed on"), needs="start_runs")
def run_forwarded(work: Work, *, scheme: str) -> None:
    """Take up the families that the District Administrations verified or passed on. Done again it finds nothing new.

    Where one is called back in the meantime, the run begins anew without it.
    """
    for tries_left in reversed(range(MOST_RUNS)):
        try:
            _take_up(work, scheme)
        except Refused as refused:
            if refused.code != "called_back_meanwhile" or not tries_left:
                raise
        else:
            break
    publish(work, scheme=scheme)


def _take_up(work: Work, scheme: str) -> None:
    from rasad.desk.actions.forwarding import check_still_forwarded
    from rasad.pipelines.relief.run import Inputs, prepared
    from rasad.relief.running import exported_register, into_database, without_what_is_taken
    from rasad.relief.sources import write_rows

    known = schemes.in_force(scheme, on=work.at().date())
    out = folder_of(f"{scheme}-forwarded")
    shutil.rmtree(out / "sources", ignore_errors=True)
    keys = list(forwarded(scheme).values_list("pk", flat=True))
    if not write_rows(known, SourceRow.objects.filter(pk__in=keys), out / "sources"):
        return
    register = exported_register(out, known)
    without_what_is_taken(register)
    inputs = Inputs(known, out / "sources", register, settings.IDENTITY_KEY)
    opened = prepared(inputs, out=out)
    try:
        into_database(
            opened, out, by=work.job.by, tell=lambda stage, place, of: work.advance(place, of + 1, stage),
            check=partial(check_still_forwarded, keys),
        )  # fmt: skip
    finally:
        opened.engine.close()


@kind("relief.publish", title=_("Publishing tokens"), needs="start_runs")
def publish(work: Work, *, scheme: str) -> None:
    """Publish every token of a scheme that has a shop. Done again it publishes nothing twice."""
    waiting = Token.objects.filter(scheme=scheme, state=Token.State.SHOP_ASSIGNED)
    total, done = waiting.count(), 0
    while keys := list(waiting.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        done += publishing.publish(Token.objects.filter(pk__in=keys), at=work.at())
        work.advance(done, max(total, done), "publish")
    known = schemes.known(scheme)
    if known is not None:
        mine = Token.objects.filter(scheme=scheme, state__in=LIVING).exclude(shop_number="")
        shops = mine.order_by().values_list("shop_number", flat=True).distinct()
        publishing.needs_changed(known, shops, at=work.at())


@kind("relief.push_again", title=_("Telling a portal everything anew"), needs="see_outbox")
def push_again(work: Work, *, system: str, scheme: str, district: str = "") -> None:
    """Tell one portal of every published token and wait until it has them; a row a token.

    Done again it goes on with the tokens that have no row yet.
    """
    published = Token.objects.filter(scheme=scheme).exclude(state__in=["awaiting_shop", "shop_assigned"])
    tokens = published.filter(district_code=district) if district else published
    known = work.rows_done()
    todo = [
        one for one in tokens.order_by("number").values_list("number", "district_code") if one[0] not in known
    ]
    total = len(todo) + len(known)
    for place in range(0, len(todo), CHUNK):
        part = todo[place : place + CHUNK]
        publishing.push_again(system, part, at=work.at())
        _sent(work, system, [number for number, _ in part], before=len(known) + place, total=total)


def _sent(work: Work, system: str, numbers: list[str], *, before: int, total: int) -> None:
    """Send until these tokens have an answer each, a row for each; a system that rests is waited for."""
    for _round in range(PATIENCE_ROUNDS):
        done = sending.send_round(system)
        if done.did_something:
            continue
        waiting = Message.objects.filter(system=system, about__in=numbers, state=Message.State.WAITING)
        left = waiting.values("about").distinct().count()
        work.advance(before + len(numbers) - left, total, system)
        if not left:
            break
        # It rests, or another sender has these in hand.
        sending.wait_for(system)
    else:
        raise OutsideError(f"{system} did not take all in time", permanent=False)
    last = _last_of(system, numbers)
    for number in numbers:
        state, code = last[number]
        work.row(number, str(state), code)
    work.advance(before + len(numbers), total, system)


def _last_of(system: str, numbers: list[str]) -> dict[str, tuple[str, str]]:
    told = Message.objects.filter(system=system, about__in=numbers).order_by("pk")
    return {about: (state, code) for about, state, code in told.values_list("about", "state", "code")}


def _emergency(code: str) -> tuple[Emergency, Scheme]:
    emergency = Emergency.objects.filter(code=code).first()
    if emergency is None:
        raise Refused("scheme_unknown", scheme=code)
    return emergency, Scheme.model_validate(emergency.scheme)


def _prepared(emergency: Emergency, scheme: Scheme, out: Path) -> tuple[Any, int]:
    """The run opened, and the version of its lists; a source without a list counts as one with nobody on it."""
    from rasad.desk.actions.emergencies import KINDS, copied_lists
    from rasad.pipelines.relief.run import Inputs, prepared
    from rasad.relief.running import exported_register
    from rasad.relief.sources import write_source

    given = out / "given"
    out.mkdir(mode=0o700, exist_ok=True)
    lists = copied_lists(emergency=emergency, to=given)
    for source in scheme.sources:
        there = [kind for kind in KINDS if (given / f"{source.file}.{kind}.csv").exists()]
        if len(there) == 1:
            raise Refused("list_without_its_other", source=source.code, there=there[0])
        if not there:
            write_source(source, [], [], given)
    register = exported_register(out, scheme)
    return prepared(Inputs(scheme, given, register, settings.IDENTITY_KEY), out=out), lists


def _impact(scheme: Scheme, out: Path) -> dict[str, Any]:
    """What the tokens of a trial would cost: people, grain in grams and money in paise over all months, by district."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    tokens = pq.read_table(out / "tokens.parquet", columns=["district", "member_count", "months", "shop"])
    by_district = Counter(tokens["district"].to_pylist())
    grams: Counter[str] = Counter()
    paise = 0
    counted = tokens.group_by(["member_count", "months"]).aggregate([("district", "count")]).to_pylist()
    for one in counted:
        for month in one["months"].split(","):
            due = policy.due(scheme, members=one["member_count"], month=Month.parse(month))
            paise += (due.amount or 0) * one["district_count"]
            for line in due.lines:
                grams[line.commodity] += line.quantity * one["district_count"]
    return {
        "people": pc.sum(tokens["member_count"]).as_py() or 0,
        "by_district": dict(by_district.most_common()),
        "grams": dict(grams),
        "paise": paise,
        "without_shop": tokens["shop"].null_count,
    }


def forwarded(scheme: str) -> QuerySet[SourceRow]:
    """What a run over the forwarded would take up."""
    return SourceRow.objects.filter(is_forwarded(), scheme=scheme)
