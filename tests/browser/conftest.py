"""A real browser and a real server. Without a browser these tests are skipped, and say so."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from rasad.accounts.models import User
from tests.cast import client_of
from tests.relief.cast import world

__all__ = ["world"]

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WIDTHS = {"phone": 360, "desk": 1280}


def chromium() -> str | None:
    """The browser named by CHROMIUM, else the system's."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in PLACES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip(
            "not possible on this machine: no Chromium (sh tests/browser/install.sh, or set CHROMIUM)"
        )
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        except Error as problem:
            pytest.skip(f"not possible on this machine: {program} does not start: {problem.message[:200]}")
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of a browser with nothing in it; fails the test when a script or a style was refused."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


@pytest.fixture
def log_in(page: Page, live_server):
    """Logs somebody into the page without the two steps."""

    def as_(user: User) -> Page:
        key = client_of(user).session.session_key
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        return page

    return as_


class Shots:
    """Pictures for people to look at, where they are asked for: nothing is tested on them."""

    folder = ROOT / "artifacts" / "screens"
    are_wanted = bool(os.environ.get("PICTURES"))

    def take(self, page: Page, name: str) -> None:
        """The whole page as it is seen, once its letters are there."""
        page.evaluate("document.fonts.ready.then(() => null)")
        if self.are_wanted:
            self.folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self.folder / name, type="jpeg", quality=80, full_page=True)


@pytest.fixture(scope="session")
def shots() -> Shots:
    """Where screenshots go: `PICTURES=1 ./run test tests/browser` leaves them in artifacts/screens."""
    return Shots()
