"""Ravi at his counter in a real browser: what he sees is looked at."""

from playwright.sync_api import Page

from tests.browser.conftest import Shots
from tests.browser.test_pages import violations

WIDTH, HEIGHT = 360, 640
# Whatever is pressed at the counter is as large as a thumb: 48 px, within a hair.
SMALL = """() => [...document.querySelectorAll("main :is(a, button, input, select, summary, .row, .finger)")]
  .filter((one) => one.checkVisibility() && !one.matches(".first-button, label input")
    && !one.closest(".page-nav, .table-box, td, th"))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 47.5 || box.width < 47.5)
  .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
CUT = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && one.children.length === 0 && one.scrollWidth > one.clientWidth + 2
    && one.clientWidth > 2 && getComputedStyle(one).overflowX !== "visible"
    && !one.matches("input, textarea, .for-ears, .first-button"))
  .map((one) => one.outerHTML.slice(0, 120))"""


class Till:
    """A browser of a 5-inch screen in one language."""

    def __init__(self, page: Page, shots: Shots, language: str) -> None:
        self.page, self.shots, self.language = page, shots, language
        self.problems: list[str] = []
        self._seen = 0
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(30_000)

    def open(self, path: str = "/counter") -> None:
        """Go to an address of the counter."""
        self.page.goto(f"{path}{'&' if '?' in path else '?'}language={self.language}")

    def look(self, what: str) -> None:
        """Keep what is wrong with the screen, and a picture where pictures are wanted."""
        page = self.page
        self._seen += 1
        self.shots.take(page, f"counter-{what}.{self.language}.jpg")
        overhang = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        self.problems += [f"{what}: sticks out by {overhang} px"] * (overhang > 0)
        self.problems += [f"{what}: small {one}" for one in page.evaluate(SMALL)]
        self.problems += [f"{what}: cut {one}" for one in page.evaluate(CUT)]
        for problem in violations(page, self.language):
            self.problems.append(f"{what}: {problem['id']} {problem['nodes'][0]['html'][:160]}")

    def type(self, text: str) -> None:
        """Type where the focus is and press Enter."""
        self._focused()
        self.page.keyboard.type(text)
        self.enter()

    def enter(self) -> None:
        """Press Enter where the focus is: the page goes on."""
        self._focused()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _focused(self) -> None:
        """A browser moves the focus a moment after it has loaded a page."""
        # Not by wait_for_function: where it has to wait, it evaluates text, which our pages forbid.
        self.page.locator(":focus").wait_for(state="attached")

    def heading(self) -> str:
        """What the screen is called."""
        return self.page.locator("h1").inner_text()
