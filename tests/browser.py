"""Chromium as a reader's browser: opens pages from files, and tells what went wrong in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from programs import needed


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, without a window; where it is absent, the test is skipped or fails."""
    path = needed("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Opened(NamedTuple):
    """A page that is open.

    Attributes:
        requests: what it asked for besides itself.
        complaints: errors and messages of its console.
    """

    page: Page
    requests: list[str]
    complaints: list[str]

    def column(self, table: int, column: int, part: str = "tbody") -> list[str]:
        """The texts of a column of the nth table, from top to bottom, as they are shown."""
        found: list[str] = self.page.evaluate(
            """([table, column, part]) =>
            [...document.querySelectorAll("table")[table].querySelectorAll(part + " tr")]
            .filter((row) => row.cells.length > 1 && row.checkVisibility())
            .map((row) => row.cells[column].textContent)""",
            [table, column, part],
        )
        return found

    def sideways(self) -> int:
        """By how many pixels the page is wider than the screen."""
        told: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return told

    def barriers(self) -> list[str]:
        """What axe finds that keeps somebody from reading the page."""
        found = Axe().run(self.page).response
        return [
            f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')}"
            for one in found["violations"]
            for node in one["nodes"]
        ]


@contextmanager
def opened(
    browser: Browser, text: str, folder: Path, width: int = 1280, *, script: bool = True
) -> Iterator[Opened]:
    """A page opened from a file, in a window of that width.

    Args:
        browser: running.
        text: of the page.
        folder: where the file is laid.
        width: in pixels.
        script: whether the reader lets scripts run.
    """
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script
    )
    page = context.new_page()
    made = Opened(page, [], [])
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("console", lambda message: made.complaints.append(message.text))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    try:
        page.goto(path.as_uri())
        made.requests.remove(path.as_uri())
        yield made
    finally:
        context.close()
