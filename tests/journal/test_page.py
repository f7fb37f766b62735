"""The journal's page and command."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from rasad.accounts.models import User
from rasad.journal import commands, queries
from rasad.journal.actions import write
from rasad.journal.models import Entry

MAY = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)


def rows(page) -> list[str]:
    return [row.record.of_key for row in page.context["table"].paginated_rows]


def test_page_is_filtered_by_who_what_and_day(headquarters: User, logged_in) -> None:
    write("file.imported", of_kind="file", of_key="T1", by="meena", at=MAY)
    write("file.imported", of_kind="file", of_key="T2", by="stranger", at=MAY)
    write(
        "token.cancelled",
        of_kind="token",
        of_key="T1",
        by="meena",
        at=MAY.replace(month=6),
        reason="moved away",
    )
    page = logged_in(headquarters).get
    assert rows(page("/journal")) == ["T1", "T2", "T1", "kavita"]
    assert rows(page("/journal?by=meena")) == ["T1", "T1"]
    assert rows(page("/journal?action=file.imported")) == ["T2", "T1"]
    assert rows(page("/journal?of_key=T2")) == ["T2"]
    assert rows(page("/journal?since=2020-05-16&by=meena")) == ["T1"]
    assert rows(page("/journal?until=2020-05-15&by=meena")) == ["T1"]
    assert "Enter a valid date" in page("/journal?since=yesterday").text
    assert "moved away" in page("/journal").text


def test_page_is_for_headquarters_and_auditors_only(
    auditor: User, meena: User, ravi: User, logged_in
) -> None:
    assert logged_in(auditor).get("/journal").status_code == 200
    assert logged_in(meena).get("/journal").status_code == 403
    assert logged_in(ravi).get("/journal").status_code == 403


@pytest.mark.parametrize("entries", [1, 3])
def test_page_asks_the_database_the_same_however_many_entries(
    headquarters: User, logged_in, django_assert_num_queries, entries: int
) -> None:
    for number in range(entries):
        write("token.issued", of_kind="token", of_key=f"T{number}", by="meena", at=MAY)
    client = logged_in(headquarters)
    # session, user, device, areas, count, page
    with django_assert_num_queries(7):
        client.get("/journal")


@pytest.fixture
def ready_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests have their own database running; the command must not start another."""
    monkeypatch.setattr("rasad.wiring.ready", lambda: None)


def test_command_says_whole_and_prints_the_head(db: None, ready_already: None) -> None:
    write("token.issued", of_kind="token", of_key="T1", by="meena", at=MAY)
    done = CliRunner().invoke(commands.app, ["verify"])
    assert done.exit_code == 0
    assert done.output.splitlines()[:2] == [
        "The journal is whole: 1 entries.",
        f"Head: 1:{queries.verify().head}",
    ]
    again = CliRunner().invoke(commands.app, ["verify", "--seen", f"1:{queries.verify().head}"])
    assert again.exit_code == 0


def test_command_names_the_first_broken_number(db: None, ready_already: None) -> None:
    write("token.issued", of_kind="token", of_key="T1", by="meena", at=MAY)
    done = CliRunner().invoke(commands.app, ["verify", "--seen", f"1:{'0' * 64}"])
    assert done.exit_code == 1
    assert done.output.splitlines()[0] == "The journal is BROKEN: entry 1 is not what was written"
    assert Entry.objects.count() == 1
