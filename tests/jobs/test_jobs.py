"""Work in the background: done once, seen, stopped, tried again, and gone on with after a kill."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from rasad.jobs import actions, running
from rasad.jobs.kinds import KINDS, kind
from rasad.jobs.models import Job, JobRow
from rasad.values.refused import OutsideError, Refused
from tests.cast import HISAR, NOON, client_of

pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = ["a", "b", "c"]


@pytest.fixture
def deeds():
    """What the jobs of these stories did, in order; their kinds are gone afterwards."""
    done: list[str] = []

    @kind("test.items", title="Items", needs="print_tokens")
    def items(work, *, fail_at="", how=""):
        known = work.rows_done()
        for place, item in enumerate(ITEMS):
            if item in known:
                continue
            if item == fail_at:
                raise {
                    "refused": Refused("nothing_to_print"),
                    "outside": OutsideError("down", permanent=False),
                }[how]
            done.append(item)
            work.row(
                item,
                "done" if item != "b" else "refused",
                "" if item != "b" else "row_has_nobody",
                reference=item,
            )
            work.advance(place + 1, len(ITEMS), step=item)

    yield done
    del KINDS["test.items"]


def started(**args):
    return actions.start("test.items", args=args, by="meena", at=NOON, district=HISAR)


def worked_on(job, *, tries, silent=timedelta(minutes=1)):
    """A worker has it, and was not heard of for a while."""
    seen = datetime.now(UTC) - silent
    Job.objects.filter(pk=job.pk).update(state="running", tries=tries, seen_at=seen)


def standing(job):
    job.refresh_from_db()
    return job.state, job.done, job.total


def test_job_is_done_and_every_row_has_an_outcome(deeds):
    job = started()

    assert running.run_waiting() == 1
    assert standing(job) == ("done", 3, 3)
    assert deeds == ITEMS
    assert list(job.rows.values_list("key", "outcome", "code")) == [
        ("a", "done", ""), ("b", "refused", "row_has_nobody"), ("c", "done", ""),
    ]  # fmt: skip


def test_transaction_that_is_rolled_back_leaves_no_job(deeds):
    with transaction.atomic():
        started()
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_queue_holds_the_job_once_it_is_committed(deeds):
    job = started()

    (waiting,) = ProcrastinateJob.objects.all()
    assert (waiting.task_name, waiting.args) == ("rasad.job", {"job": str(job.pk)})


def test_job_that_failed_goes_on_from_what_it_did(deeds, meena):
    job = started(fail_at="c", how="refused")
    running.run_waiting()
    assert standing(job)[0] == "failed"
    assert job.why["code"] == "nothing_to_print"
    assert deeds == ["a", "b"]

    Job.objects.filter(pk=job.pk).update(args={})
    actions.retry(job=job, by=meena, at=NOON)
    running.run_waiting()

    assert standing(job)[0] == "done"
    assert deeds == ITEMS


def test_system_that_does_not_answer_is_asked_again_later(deeds):
    job = started(fail_at="c", how="outside")
    running.run(job.pk)

    assert standing(job)[0] == "queued"
    again = ProcrastinateJob.objects.order_by("-id").first()
    assert again.scheduled_at > datetime.now(UTC)


def test_job_of_a_dead_worker_is_taken_up_and_goes_on(deeds):
    job = started()
    worked_on(job, tries=1)
    JobRow.objects.create(job=job, key="a", outcome="done", at=NOON)

    assert running.take_up() == 1
    running.run_waiting()

    assert standing(job)[0] == "done"
    assert deeds == ["b", "c"]


def test_job_that_kills_its_worker_each_time_is_left_alone_until_somebody_asks(deeds, meena):
    job = started()
    worked_on(job, tries=5)
    running.take_up()
    assert standing(job)[0] == "failed"
    assert job.why == {"bug": "worker_died"}

    actions.retry(job=job, by=meena, at=NOON)
    worked_on(job, tries=6)
    running.take_up()
    assert standing(job)[0] == "queued"


def test_job_whose_entry_in_the_queue_is_lost_is_seen_all_the_same(deeds):
    job = started()
    ProcrastinateJob.objects.all()._raw_delete(ProcrastinateJob.objects.db)
    Job.objects.filter(pk=job.pk).update(seen_at=datetime.now(UTC) - timedelta(minutes=1))

    assert running.take_up() == 0
    (waiting,) = ProcrastinateJob.objects.all()
    assert waiting.args == {"job": str(job.pk)}
    assert running.take_up() == 0
    assert ProcrastinateJob.objects.count() == 1


def test_same_work_asked_for_twice_is_one_job(deeds, meena):
    first = started(fail_at="c", how="refused")

    assert started(fail_at="c", how="refused") == first
    assert ProcrastinateJob.objects.count() == 1
    running.run_waiting()
    second = started(fail_at="c", how="refused")
    assert second != first
    with pytest.raises(Refused, match="job_goes_on"):
        actions.retry(job=first, by=meena, at=NOON)


def test_same_work_asked_for_by_many_at_once_is_one_job(deeds):
    def ask():
        started()
        connections.close_all()

    at_once(ask)

    assert Job.objects.count() == 1


def at_once(what, often=4):
    threads = [threading.Thread(target=what) for _ in range(often)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def test_job_that_failed_may_fail_as_often_again_once_it_is_asked_for_again(deeds, meena):
    job = started(fail_at="c", how="outside")
    for _ in range(5):
        Job.objects.filter(pk=job.pk).update(seen_at=datetime.now(UTC))
        running.run_waiting()
    assert standing(job)[0] == "failed"

    actions.retry(job=job, by=meena, at=NOON)
    running.run_waiting()
    assert standing(job)[0] == "queued"


def test_living_worker_keeps_its_job(deeds):
    job = started()
    Job.objects.filter(pk=job.pk).update(state="running", tries=1, seen_at=datetime.now(UTC))

    assert running.take_up() == 0
    assert standing(job)[0] == "running"


def test_job_that_waits_is_stopped_at_once(deeds, meena):
    job = started()
    actions.cancel(job=job, by=meena, at=NOON)

    assert running.run_waiting() == 0
    assert standing(job)[0] == "cancelled"
    assert deeds == []


@pytest.fixture
def made_up():
    """Kinds of these stories alone, gone afterwards."""
    before = set(KINDS)
    yield lambda code: kind(code, title=code, needs="print_tokens")
    for code in set(KINDS) - before:
        del KINDS[code]


@pytest.mark.parametrize("step", ["advance", "row", "rows_done"])
def test_job_that_runs_stops_at_its_next_step(meena, made_up, step):
    @made_up("test.stopped")
    def stopped(work):
        actions.cancel(job=work.job, by=meena, at=NOON)
        {
            "advance": lambda: work.advance(1, 2),
            "row": lambda: work.row("a", "done"),
            "rows_done": work.rows_done,
        }[step]()
        raise AssertionError("it went on")

    job = actions.start("test.stopped", args={}, by="meena", at=NOON)
    running.run_waiting()

    assert standing(job)[0] == "cancelled"


def test_last_figures_are_told_however_fast_it_was(made_up):
    @made_up("test.fast")
    def fast(work):
        for place in range(50):
            work.advance(place + 1)

    job = actions.start("test.fast", args={}, by="meena", at=NOON)
    running.run_waiting()

    assert standing(job) == ("done", 50, None)


def test_facts_of_a_row_may_be_a_day(made_up):
    @made_up("test.day")
    def on_a_day(work):
        work.row("a", "done", on=NOON.date())

    job = actions.start("test.day", args={}, by="meena", at=NOON)
    running.run_waiting()

    assert job.rows.get().facts == {"on": NOON.date().isoformat()}


def test_two_workers_do_one_job_once(deeds):
    job = started()

    def at_work():
        running.run(job.pk)
        connections.close_all()

    at_once(at_work)

    assert deeds == ITEMS
    assert standing(job)[0] == "done"


def test_bug_is_told_by_its_name_and_keeps_no_other_job_from_its_turn(deeds, made_up):
    @made_up("test.bug")
    def bug(work):
        raise ZeroDivisionError

    job = actions.start("test.bug", args={}, by="meena", at=NOON)
    other = started()
    with pytest.raises(ZeroDivisionError):
        running.run_waiting()

    assert standing(job)[0] == "failed"
    assert job.why == {"bug": "ZeroDivisionError"}
    assert standing(other)[0] == "done"


def test_worker_that_is_told_to_stop_leaves_the_job_to_the_next_one(made_up):
    @made_up("test.interrupted")
    def interrupted(work):
        raise KeyboardInterrupt

    job = actions.start("test.interrupted", args={}, by="meena", at=NOON)
    with pytest.raises(KeyboardInterrupt):
        running.run_waiting()

    assert (standing(job)[0], job.why) == ("running", {})


def test_page_shows_progress_rows_and_why(deeds, meena):
    job = started()
    running.run_waiting()
    page = client_of(meena).get(f"/jobs/{job.pk}?outcome=refused").content.decode()

    assert "3 of 3, 100 %" in page
    assert "<code>b</code>" in page
    assert "<code>a</code>" not in page


def test_what_follows_a_running_job_has_its_buttons_and_changes_with_it(deeds, meena):
    job, client = started(), client_of(meena)

    def asked_again():
        return client.get(f"/jobs/{job.pk}", headers={"HX-Request": "true"}).content.decode()

    assert ["Stop</button>" in asked_again(), "every 2s" in asked_again()] == [True, True]
    running.run_waiting()
    assert ["Stop</button>" in asked_again(), "every 2s" in asked_again()] == [False, False]


def test_reason_without_a_sentence_is_shown_as_it_is(deeds, meena):
    job = started()
    Job.objects.filter(pk=job.pk).update(state="failed", why={"code": "nobody_wrote_this", "facts": {}})

    assert "nobody_wrote_this" in client_of(meena).get(f"/jobs/{job.pk}").content.decode()


def test_jobs_of_another_district_do_not_exist(deeds, stranger):
    job = started()
    client = client_of(stranger)

    assert client.get(f"/jobs/{job.pk}").status_code == 404
    assert client.get(f"/jobs/{job.pk}/rows.csv").status_code == 404
    assert client.post(f"/jobs/{job.pk}/cancel").status_code == 404
    assert "Items" not in client.get("/jobs").content.decode()


def test_rows_leave_as_a_file(deeds, meena):
    job = started()
    running.run_waiting()
    told = b"".join(client_of(meena).get(f"/jobs/{job.pk}/rows.csv").streaming_content).decode("utf-8-sig")

    assert [line.split(",")[:2] for line in told.splitlines()[1:]] == [
        ["a", "Done"], ["b", "Refused"], ["c", "Done"],
    ]  # fmt: skip
