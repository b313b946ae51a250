"""The pictures in `docs/images/`: pages as a reader's browser shows them, documents as printed.

`python -m tools.pictures` draws them anew from the demonstration county. They are looked at by
people and compared by none: another version of the browser, or other fonts, draw other pixels.
"""

import os
import shutil
import subprocess
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


class Sheet(NamedTuple):
    """A picture of a page of a document.

    Attributes:
        name: of the file.
        command: what writes the document.
        page: which page, from 1.
        first: what is recorded before, and stays recorded for the pictures after it.
    """

    name: str
    command: str
    page: int
    first: tuple[str, ...] = ()


_LATE: Final = (
    "seal --year 2025 --quarter 1",
    "adopt 2025-001 --channel 市政协 --on 2025-02-20",
    "submit 关于规范夜间施工的建议 --author 杜若 --on 2025-03-10",
)
_BULLETIN: Final = "bulletin --year 2025 --quarter 3 --number 云协办〔2025〕12号 --date 2025-10-15"
SHEETS: Final = (
    Sheet("bulletin.png", _BULLETIN, 1),
    Sheet("bulletin-table.png", _BULLETIN, 4),
    Sheet("certificate.png", "certificate 2025-087 --date 2026-01-12", 3),
    Sheet("slip.png", "slip 杜若 --year 2025 --date 2026-01-12", 1),
    Sheet("bulletin-late.png", "bulletin --year 2025 --quarter 2", 13, _LATE),
)
FONTS: Final = ROOT / "tests" / "fonts.conf"
PROFILE: Final = ROOT / "examples" / "yunting" / "文书设定.yaml"
OFFICE: Final = ("soffice", "libreoffice")
DOTS: Final = "75"
"""Of a document's picture, in an inch."""


def _found(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def draw() -> int:
    """Draw every picture; the exit code."""
    browser_path, office, poppler = _found(BROWSERS), _found(OFFICE), _found(("pdftoppm",))
    if browser_path is None or office is None or poppler is None:
        print("没有装 Chromium、LibreOffice 或 poppler，画不了。", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        main(["demo", "--to", place])
        _draw_pages(browser_path, place)
        for sheet in SHEETS:
            _draw_sheet(sheet, office, poppler, Path(place))
    return 0


def _draw_sheet(sheet: Sheet, office: str, poppler: str, place: Path) -> None:
    """A page of a document, laid out by LibreOffice with the fonts that the tests have."""
    written = (place / sheet.name).with_suffix(".docx")
    ledger = ["--ledger", str(place / "sqmy.db"), "--as", "李文"]
    for line in sheet.first:
        main([*ledger, *line.split()])
    words = [*ledger, *sheet.command.split()]
    main([*words, "--profile", str(PROFILE), "--to", str(written)])
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(written)],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
        check=True,
        capture_output=True,
    )
    target = (IMAGES / sheet.name).with_suffix("")
    page = str(sheet.page)
    subprocess.run(
        [poppler, "-png", "-r", DOTS, "-f", page, "-l", page, "-singlefile",
         str(written.with_suffix(".pdf")), str(target)],
        check=True,
    )  # fmt: skip
    print(f"已画 {(IMAGES / sheet.name).relative_to(ROOT)}。")


def _draw_pages(browser_path: str, place: str) -> None:
    """The heads of pages, as Chromium shows them."""
    with sync_playwright() as driver:
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


if __name__ == "__main__":
    sys.exit(draw())
