"""`rasad demo` as its user meets it: a process of its own with a database of its own, killed and started again."""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rasad.postgres import Cluster

PATIENCE_SECONDS = 60
RASAD = "from rasad.cli import app; app(prog_name='rasad')"
ADDRESSES = ("/", "/relief/tokens", "/relief/rows", "/relief/runs", "/relief/shops", "/journal")


class Home:
    """An installation in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "postgres" / "data")
        given = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "RASAD_DEBUG")
        }
        self.surroundings = given | {
            "RASAD_HOME": str(folder),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "COLUMNS": "140",
        }

    def rasad(self, *arguments: str) -> str:
        """What a command says that ends well."""
        done = subprocess.run(
            [sys.executable, "-c", RASAD, *arguments],
            capture_output=True,
            text=True,
            env=self.surroundings,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def served(self, port: int) -> subprocess.Popen[str]:
        """The demo as it serves, in a process group of its own as in a terminal."""
        server = subprocess.Popen(
            [sys.executable, "-c", RASAD, "demo", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.surroundings,
            start_new_session=True,
        )
        wait_until(lambda: answers(port) or server.poll() is not None)
        assert server.poll() is None, server.communicate()[0]
        return server

    def processes(self) -> list[psutil.Process]:
        """The database servers of this home that are alive."""
        data = str(self.cluster.data)
        return [one for one in psutil.process_iter(["cmdline"]) if data in (one.info["cmdline"] or [])]

    def entries(self) -> list[str]:
        """What the journal says of itself: how many entries, and whether they hold together."""
        return self.rasad("journal", "verify").splitlines()


def wait_until(true) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.1)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.read() == b"ok"
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


class Browser:
    """Kavita at headquarters, or somebody else, logged in through the pages like anybody."""

    def __init__(self, home: Home, port: int, username: str = "headquarters") -> None:
        self.base = f"http://127.0.0.1:{port}"
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        people = json.loads((home.folder / "secrets" / "demo-people.json").read_text())
        password = next(one["password"] for one in people if one["username"] == username)
        page = self.sent("/log-in", self.get("/log-in"), username=username, password=password)
        code = re.search(r"\d{6}", home.rasad("staff", "code", username))[0]
        self.first = self.sent("/log-in/code", page, code=code)

    def get(self, address: str) -> str:
        with self._opener.open(self.base + address, timeout=30) as answer:
            return answer.read().decode()

    def sent(self, address: str, page: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        request = urllib.request.Request(self.base + address, body, {"Referer": self.base + address})
        with self._opener.open(request, timeout=30) as answer:
            return answer.read().decode()


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    # PostgreSQL's own user must be able to enter it: pytest's folders are closed.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Home(Path(folder))
        yield made
        for process in made.processes():
            process.kill()
        shutil.rmtree(made.cluster.socket_dir, ignore_errors=True)


@pytest.fixture(scope="module")
def told(home: Home) -> str:
    return home.rasad("demo", "--no-serve", "--scale", "0.001")


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def without_time(told: str) -> list[str]:
    return [line for line in told.splitlines() if not line.startswith("Ready in")]


def test_demo_ends_with_a_summary_and_log_ins(told):
    asked, tokens, linked, refused, waiting = map(
        int,
        re.search(
            r"([\d,]+) families asked: ([\d,]+) tokens, ([\d,]+) linked, ([\d,]+) refused with a reason,"
            r" ([\d,]+) wait",
            told,
        ).groups(),
    )
    assert asked == tokens + linked + refused + waiting
    assert tokens > 300
    assert [
        name
        for name in (
            "headquarters",
            "dfsc.karnal",
            "dfsc.ambala",
            "admin.nuh",
            "auditor",
            "inspector.karnal",
            "dealer.karnal",
            "dealer.ambala",
            "dealer.nuh",
        )
        if f" {name} " not in told
    ] == []


def test_second_start_changes_nothing(home, told):
    before = home.entries()

    again = home.rasad("demo", "--no-serve")

    assert [line for line in without_time(again) if line not in told] == []
    assert "making up" not in again
    assert home.entries() == before
    assert home.processes() == []


def test_pages_static_files_and_sessions_work_until_ctrl_c(home, told, port):
    server = home.served(port)
    browser = Browser(home, port)

    pages = {address: browser.get(address) for address in ADDRESSES}
    style = re.search(r'href="(/static/[^"]+\.css)"', browser.first)[1]
    shown = browser.get(style)
    os.killpg(server.pid, signal.SIGINT)
    said, _ = server.communicate(timeout=PATIENCE_SECONDS)

    assert [
        address for address, page in pages.items() if "headquarters" not in page and "Kavita" not in page
    ] == []
    assert "--" in shown
    assert "Traceback" not in said
    assert "Warning" not in said
    assert home.processes() == []
    assert not answers(port)


def test_dealer_sells_by_hand_against_the_twins(home, told, port):
    server = home.served(port)
    ravi = Browser(home, port, "dealer.karnal")

    training = ravi.get("/counter/training")
    reader = re.search(r'href="([^"]+)" target="rasad-reader"', training)[1]
    with urllib.request.urlopen(reader, timeout=10) as answer:
        glass = answer.read().decode()
    price = ravi.sent("/counter", ravi.get("/counter"), number="069999000103")
    os.killpg(server.pid, signal.SIGINT)
    server.communicate(timeout=PATIENCE_SECONDS)

    assert "Whose ration?" in ravi.first
    assert "Made-up fingerprint reader" in glass
    assert "Fakir Chand" in price


def test_kill_9_of_server_and_database_loses_nothing(home, told, port):
    server = home.served(port)
    browser = Browser(home, port)
    tokens = browser.get("/relief/tokens.csv").splitlines()
    database = int((home.cluster.data / "postmaster.pid").read_text().split()[0])
    server.kill()
    os.kill(database, signal.SIGKILL)
    server.communicate()

    again = home.served(port)

    # Her session is there too: she need not log in again.
    assert browser.get("/relief/tokens.csv").splitlines() == tokens
    assert len(tokens) > 300
    assert home.entries()[0].startswith("The journal is whole")
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=PATIENCE_SECONDS)
    assert home.processes() == []


def test_port_of_somebody_else_is_said_to_be_taken(home, told):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = subprocess.run(
            [sys.executable, "-c", RASAD, "serve", "--port", str(other.getsockname()[1])],
            capture_output=True,
            text=True,
            env=home.surroundings,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    assert done.returncode == 1
    assert "[port_taken]" in done.stderr
    assert home.processes() == []
