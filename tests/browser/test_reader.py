"""A page of another address finds the reader, captures a finger by its verbs, and UIDAI knows it."""

import http.server
from collections.abc import Iterator
from functools import partial
from threading import Thread

import pytest

from rasad.connectors.aadhaar.captured import read
from rasad.connectors.aadhaar.twins import OPTIONS, Twins, running

pytestmark = pytest.mark.browser
ASHA = "999933119405"
ASK = """
async ([ports, options]) => {
  for (const port of ports) {
    const base = `http://127.0.0.1:${port}`;
    try {
      const found = await (await fetch(base, {method: "RDSERVICE"})).text();
      const document = new DOMParser().parseFromString(found, "text/xml");
      if (document.documentElement.getAttribute("status") !== "READY") continue;
      const path = document.querySelector('[id="CAPTURE"]').getAttribute("path");
      const captured = await fetch(base + path, {method: "CAPTURE", body: options});
      return await captured.text();
    } catch (closed) { continue; }
  }
  return "";
}
"""


@pytest.fixture
def twins() -> Iterator[Twins]:
    with running() as both:
        yield both


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[str]:
    """A page on another address of this machine, as our own pages are one."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Counter</title>")
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_browser_captures_a_finger_by_the_readers_verbs(browser, twins, elsewhere):
    page = browser.new_page()
    training = browser.new_page()
    training.goto(twins.reader.url)
    training.select_option("[name=uid]", ASHA)
    training.get_by_role("button", name="Place a finger that matches").click()
    on_the_glass = training.get_by_role("listitem").inner_text()
    page.goto(elsewhere)

    # Another story's reader may lie at a port before ours.
    ports = list(range(int(twins.reader.url.rpartition(":")[2]), 11121))
    pid_data = page.evaluate(ASK, [ports, OPTIONS.format(fingers=1, timeout=3000, wadh="")])
    answer = twins.client().authenticate(
        uid_or_ref=ASHA, txn="T1", captured=read(pid_data), consent=True, within=5
    )
    page.close()
    training.close()

    assert on_the_glass == f"left index of {ASHA}, will match"
    assert answer.is_match is True
