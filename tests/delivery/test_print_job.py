"""Printing by the thousand: one file of the own district, each paper noted once however often the job goes on."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now

from rasad import wiring
from rasad.delivery import background
from rasad.delivery.models import Step
from rasad.jobs import running
from rasad.jobs.models import Job
from rasad.jobs.work import Work
from rasad.journal.models import Entry
from rasad.policy.relief import scheme
from rasad.relief.models import Token
from rasad.relief.paper import press
from tests.cast import ELSEWHERE, HISAR, client_of
from tests.relief.cast import ASHA, FARAWAY, HANSI, KAMLA, NOOR, SHOP, run, token
from tests.relief.reading_pdf import pages

pytestmark = pytest.mark.django_db(transaction=True)
# As they stand on the paper: Asha's, the two without a shop, the one of the other district.
PRINTED = {
    ASHA: "063-00000-00001-4", NOOR: "063-00000-00003-0", KAMLA: "063-00000-00002-2", FARAWAY: "071-00000-00001-1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(settings, tmp_path, monkeypatch, desk):
    """What is printed lies in a folder of the test; the books are at noon of 15 May 2020."""
    settings.HOME = tmp_path
    monkeypatch.setattr("rasad.delivery.views.prints.now", wiring.now)


def asked(who, **narrowed):
    """The job that somebody asks for on the page."""
    client_of(who).post("/delivery/print/start", narrowed)
    return Job.objects.get()


def done(who, **narrowed):
    job = asked(who, **narrowed)
    assert running.run_waiting() == 1
    job.refresh_from_db()
    return job


def file_of(job, who):
    answer = client_of(who).get(f"/delivery/print/{job.pk}.pdf")
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content


def tokens_in(pdf):
    """The tokens on each page."""
    return [[number for number, paper in PRINTED.items() if paper in text] for text in pages(pdf)]


def noted():
    return list(Step.objects.order_by("pk").values_list("token__number", "kind", "hand", "by"))


ONCE = [(number, "printed", "dfsc", "meena") for number in (ASHA, NOOR, KAMLA)]


def killed(job):
    """Its worker was not heard of for a minute: another one takes the job up."""
    Job.objects.filter(pk=job.pk).update(
        state="running", finished_at=None, seen_at=Now() - timedelta(minutes=1)
    )
    assert running.take_up() == 1
    running.run_waiting()


@pytest.mark.req("R-DRT-16")
def test_tokens_of_the_district_are_printed_into_one_file_and_noted(meena):
    job = done(meena)

    assert (job.state, job.district_code, job.args) == (
        "done", HISAR, {"district": HISAR, "shop": "", "place": ""},
    )  # fmt: skip
    status, pdf = file_of(job, meena)
    cover, *papers = tokens_in(pdf)
    assert (status, cover, papers) == (200, [], [[ASHA], [NOOR], [KAMLA]])
    assert noted() == ONCE
    assert list(job.rows.values_list("key", "outcome", "facts")) == [("file", "printed", {"tokens": 3})]
    entry = Entry.objects.get(action="relief.printed")
    assert (entry.of_kind, entry.of_key, entry.by, entry.facts) == ("district", HISAR, "meena", {"tokens": 3})


@pytest.mark.parametrize("narrowed", [{"shop": SHOP}, {"place": HANSI}])
def test_of_a_shop_or_a_village_only_its_tokens_are_printed(meena, narrowed):
    job = done(meena, **narrowed)

    assert tokens_in(file_of(job, meena)[1])[1:] == [[ASHA]]
    assert noted() == ONCE[:1]


def test_progress_is_told_while_it_prints(meena, monkeypatch):
    monkeypatch.setattr(press, "CHUNK", 1)
    monkeypatch.setattr(press, "_cores", lambda: 1)
    told, advance = [], Work.advance

    def noticed(work, *how_far, **more):
        told.append((*how_far, *more.values()))
        advance(work, *how_far, **more)

    monkeypatch.setattr(Work, "advance", noticed)
    job = done(meena)

    assert told == [(1, 4, "print"), (2, 4, "print"), (3, 4, "print"), (4, 4, "done")]
    assert (job.done, job.total, job.step) == (4, 4, "done")


def test_done_again_it_makes_the_file_anew_and_notes_nothing_twice(meena):
    job = done(meena)
    background.file_of(job).unlink()
    killed(job)

    job.refresh_from_db()
    assert job.state == "done"
    assert tokens_in(file_of(job, meena)[1])[1:] == [[ASHA], [NOOR], [KAMLA]]
    assert noted() == ONCE
    assert Entry.objects.filter(action="relief.printed").count() == 1


def test_killed_between_the_steps_and_the_journal_it_notes_each_once(meena, monkeypatch):
    def dies(**_facts):
        raise SystemExit("killed")

    record = background.record_print
    monkeypatch.setattr(background, "record_print", dies)
    job = asked(meena)
    with pytest.raises(SystemExit):
        running.run_waiting()
    monkeypatch.setattr(background, "record_print", record)
    killed(job)

    assert noted() == ONCE
    assert Entry.objects.filter(action="relief.printed").count() == 1


def test_file_stands_only_when_it_is_whole(meena, monkeypatch):
    def dies(papers, out, **_more):
        out.write(b"%PDF")
        raise SystemExit("killed")

    monkeypatch.setattr(background, "print_book", dies)
    job = asked(meena)
    with pytest.raises(SystemExit):
        running.run_waiting()

    assert file_of(job, meena)[0] == 404
    assert noted() == []


@pytest.mark.req("R-ACT-06")
def test_office_prints_only_its_own_district_and_no_other_office_takes_the_file(meena, stranger):
    refused = client_of(meena).post("/delivery/print/start", {"district": ELSEWHERE})
    assert (refused.status_code, Job.objects.count()) == (409, 0)
    refused = client_of(meena).post("/delivery/print/start", {"shop": "107100100001"})
    assert (refused.status_code, Job.objects.count()) == (409, 0)

    job = done(meena)
    assert FARAWAY not in str(noted())
    assert file_of(job, stranger)[0] == 404


def test_role_that_prints_in_its_villages_takes_no_file_of_the_whole_district(meena, sewak):
    assert file_of(done(meena), sewak)[0] == 404


def test_spent_tokens_are_not_printed_and_where_all_are_the_job_says_so(meena):
    Token.objects.update(state_before_end=F("state"), state="expired")
    job = done(meena)

    assert (job.state, job.why["code"], noted()) == ("failed", "nothing_to_print", [])
    page = client_of(meena).get(f"/jobs/{job.pk}", headers={"accept-language": "en"}).content.decode()
    assert "There is nothing to print." in page


FLOOD = "06300000000055"


@pytest.fixture
def flood(desk):
    """A second emergency: a token of it at Asha's shop, in Asha's village."""
    conditions = scheme("drt_2020").model_dump(mode="json")
    conditions |= {"code": "flood_2020", "title": {"en": "Flood Token", "hi": "बाढ़ टोकन", "bn": "বন্যা টোকেন"}}
    made = run(key="f" * 64, scheme="flood_2020", conditions=conditions)
    return token(made, FLOOD, "Parvati", scheme="flood_2020", shop_number=SHOP)


@pytest.mark.req("R-DRT-22")
def test_tokens_of_two_emergencies_are_printed_into_one_file_each_under_its_own_name(meena, flood):
    job = done(meena)

    assert job.state == "done"
    cover, *papers = pages(file_of(job, meena)[1])
    assert ("Distress Ration Token" in cover, "Flood Token" in cover) == (True, True)
    assert ["Flood Token" in one for one in papers] == [False, False, False, True]
    assert sorted(Step.objects.values_list("token__number", flat=True)) == sorted([ASHA, NOOR, KAMLA, FLOOD])


def test_marked_tokens_of_two_emergencies_are_one_file(meena, flood):
    answer = client_of(meena).post("/delivery/papers.pdf", {"token": [FLOOD, ASHA]})

    assert ["Flood Token" in one for one in pages(answer.content)] == [False, True]
