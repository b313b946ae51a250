"""The pictures of pages in `docs/images/`: as a reader's browser shows them.

`python -m tools.pictures` draws them anew from the demonstration county. They are looked at by
people and compared by none: another version of the browser draws other pixels.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import sync_playwright

from sqmy.cli import main
from tools.parts import ROOT

IMAGES: Final = ROOT / "docs" / "images"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")


class Picture(NamedTuple):
    """A picture of the head of a page.

    Attributes:
        name: of the file.
        command: what writes the page.
        width, height: of the window, in pixels.
    """

    name: str
    command: str
    width: int
    height: int


PICTURES: Final = (
    Picture("standings.png", "standings --year 2025", 1100, 1150),
    Picture("standings-phone.png", "standings --year 2025", 375, 760),
    Picture("stats.png", "stats --year 2025", 1100, 1000),
)


def draw() -> int:
    """Draw every picture; the exit code."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print("没有装 Chromium，画不了。", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        main(["demo", "--to", place])
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for picture in PICTURES:
            written = Path(place, picture.name).with_suffix(".html")
            words = ["--ledger", str(Path(place, "sqmy.db")), *picture.command.split()]
            main([*words, "--to", str(written)])
            page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
            page.goto(written.as_uri())
            page.screenshot(path=IMAGES / picture.name)
            print(f"已画 {(IMAGES / picture.name).relative_to(ROOT)}。")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(draw())
