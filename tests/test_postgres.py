"""The embedded PostgreSQL under kill -9, stale files and several starters. Nothing committed is ever lost."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from rasad import postgres
from rasad.postgres import Cluster

USER = "import sys; from pathlib import Path; from rasad.postgres import Cluster; "
STARTS = USER + "Cluster(Path(sys.argv[1])).start(); print('up', flush=True); sys.stdin.read()"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory made once: each test copies it, since making one takes a second."""
    with open_folder() as folder:
        cluster = Cluster(folder / "data", durable=False)
        cluster.start()
        cluster.stop()
        yield folder / "data"


@pytest.fixture
def data(made: Path) -> Iterator[Path]:
    with open_folder() as folder:
        subprocess.run(["cp", "-a", made, folder / "data"], check=True)
        yield folder / "data"
        end(folder / "data")


class open_folder(tempfile.TemporaryDirectory):  # noqa: N801  reads as a verb
    """A folder that PostgreSQL's own user may enter: pytest's are closed."""

    def __enter__(self) -> Path:
        folder = Path(super().__enter__())
        folder.chmod(0o755)
        return folder


def end(data: Path) -> None:
    cluster = Cluster(data)
    for process in psutil.process_iter(["cmdline"]):
        if str(data) in (process.info["cmdline"] or []):
            process.kill()
    shutil.rmtree(cluster.socket_dir, ignore_errors=True)


@pytest.fixture
def starter(data: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts another process that brings the cluster up and stays."""
    begun: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", STARTS, data],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def ask(cluster: Cluster, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(f"host={cluster.socket_dir} user=rasad dbname=rasad", autocommit=True) as link:
        found = link.execute(sql)
        return found.fetchall() if found.description else []


def kill_server(data: Path) -> int:
    number = int((data / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGKILL)
    return number


def test_committed_row_is_there_after_kill_9_of_postgres(data):
    cluster = Cluster(data)
    cluster.start()
    ask(cluster, "CREATE TABLE sack (grams int)")
    ask(cluster, "INSERT INTO sack VALUES (5000)")
    kill_server(data)

    cluster.start()

    assert ask(cluster, "SELECT grams FROM sack") == [(5000,)]
    cluster.stop()


def test_second_process_finds_the_server_when_the_first_was_killed(data, starter):
    first = starter()
    assert first.stdout.readline() == "up\n"
    cluster = Cluster(data)
    ask(cluster, "CREATE TABLE sack (grams int)")
    before = (data / "postmaster.pid").read_text().split()[0]
    first.kill()
    first.wait()

    cluster.start()

    assert ask(cluster, "SELECT count(*) FROM sack") == [(0,)]
    assert (data / "postmaster.pid").read_text().split()[0] == before
    cluster.stop()
    assert not cluster.is_answering()


def test_starter_and_server_both_killed_then_started_again(data, starter):
    first = starter()
    assert first.stdout.readline() == "up\n"
    cluster = Cluster(data)
    ask(cluster, "CREATE TABLE sack AS SELECT 5000 AS grams")
    first.kill()
    kill_server(data)

    cluster.start()

    assert ask(cluster, "SELECT grams FROM sack") == [(5000,)]
    cluster.stop()


def test_stale_lock_with_the_number_of_a_stranger_is_passed_over(data):
    cluster = Cluster(data)
    cluster.start()
    ask(cluster, "CREATE TABLE sack AS SELECT 5000 AS grams")
    kill_server(data)
    # As after a restart in a new container, where the server's old number falls to somebody else.
    stranger = subprocess.Popen(["sleep", "60"], user=cluster.user)
    for lock in (data / "postmaster.pid", cluster.socket_dir / ".s.PGSQL.5432.lock"):
        lock.write_text("\n".join([str(stranger.pid), *lock.read_text().split("\n")[1:]]))

    cluster.start()

    assert ask(cluster, "SELECT grams FROM sack") == [(5000,)]
    assert stranger.poll() is None
    cluster.stop()
    stranger.kill()
    stranger.wait()


def test_stale_socket_does_not_count_as_a_server(data):
    cluster = Cluster(data)
    cluster.start()
    kill_server(data)
    until = time.monotonic() + 5
    while cluster.is_answering() and time.monotonic() < until:
        time.sleep(0.01)

    assert (cluster.socket_dir / ".s.PGSQL.5432").exists()
    assert not cluster.is_answering()
    cluster.start()
    assert cluster.is_answering()
    cluster.stop()


def test_empty_lock_of_a_crash_is_removed(data, monkeypatch):
    monkeypatch.setattr(postgres, "EMPTY_LOCK_SECONDS", -1.0)
    cluster = Cluster(data)
    (data / "postmaster.pid").touch()

    cluster.start()

    assert cluster.is_answering()
    cluster.stop()


def test_two_processes_starting_at_once_end_with_one_server(data, starter):
    shutil.rmtree(data)
    both = [starter(), starter()]

    assert [process.stdout.readline() for process in both] == ["up\n", "up\n"]
    assert ask(Cluster(data), "SELECT 1") == [(1,)]
    assert [path.name for path in data.parent.glob("data*")] == ["data"]


def test_server_stays_until_the_last_user_leaves(data, starter):
    first, second = starter(), starter()
    assert [first.stdout.readline(), second.stdout.readline()] == ["up\n", "up\n"]

    first.communicate()
    assert ask(Cluster(data), "SELECT 1") == [(1,)]

    second.communicate()
    assert not Cluster(data).is_answering()
    assert not (data / "postmaster.pid").exists()
    assert not Cluster(data).socket_dir.exists()


def test_folder_of_somebody_else_is_not_used(data):
    cluster = Cluster(data)
    cluster.socket_dir.symlink_to(data.parent)

    assert not cluster.is_answering()
    with pytest.raises((RuntimeError, FileExistsError)):
        cluster.start()
    cluster.stop()
    cluster.socket_dir.unlink()


def test_data_of_another_major_version_says_what_to_do(data):
    (data / "PG_VERSION").write_text("14\n")
    cluster = Cluster(data)

    with pytest.raises(
        RuntimeError, match=r"PostgreSQL 14 and these binaries are version \d+\. See docs/runbooks/"
    ):
        cluster.start()
    cluster.stop()


def test_root_in_a_closed_home_works_in_an_open_folder(monkeypatch):
    with open_folder() as folder:
        monkeypatch.setattr(postgres, "OPEN_FOLDER", folder / "open")
        home = folder / "home"
        home.mkdir(mode=0o700)

        assert postgres._reachable(home / "var" / "data", None) == home / "var" / "data"
        moved = postgres._reachable(home / "var" / "data", "postgres")
        assert moved == folder / "open" / moved.parent.name / "data"
        assert moved == postgres._reachable(home / "var" / "data", "postgres")


def test_binaries_in_a_closed_home_are_copied_where_postgres_may_read_them():
    with open_folder() as folder:
        package = folder / "package"
        (package / "bin").mkdir(parents=True)
        (package / "bin" / "postgres").touch(mode=0o700)
        package.chmod(0o700)
        assert not postgres._is_open(package / "bin" / "postgres")

        copy = postgres._copy(package, folder / "open" / "postgres-18")

        assert postgres._is_open(copy / "bin" / "postgres")
        assert postgres._copy(package, folder / "open" / "postgres-18") == copy


def test_folders_are_passable_under_a_closed_umask():
    before = os.umask(0o077)
    try:
        with open_folder() as folder:
            postgres._make_open(folder / "a" / "b")
            assert (folder / "a" / "b").stat().st_mode & 0o777 == 0o755
    finally:
        os.umask(before)
