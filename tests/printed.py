"""Documents as they come out of the printer: LibreOffice lays them out, poppler says what is where.

Lengths are in millimetres from the upper left corner of the page.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

from programs import TIMEOUT, needed

FONTS = Path(__file__).with_name("fonts.conf")
MM = 25.4 / 72


class Word(NamedTuple):
    """A run of characters without a blank, and the box it fills."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Line(NamedTuple):
    """A line of words, however far apart they stand."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Page(NamedTuple):
    """A page."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All that stands on it, without blanks."""
        return "".join(word.text for word in self.words)

    def lines(self) -> list[Line]:
        """Words of one height together, from top to bottom."""
        found: list[list[Word]] = []
        for word in sorted(self.words, key=lambda word: (word.bottom, word.left)):
            if found and abs(found[-1][0].bottom - word.bottom) < 1:
                found[-1].append(word)
            else:
                found.append([word])
        return [
            Line(
                min(word.left for word in own),
                min(word.top for word in own),
                max(word.right for word in own),
                max(word.bottom for word in own),
                "".join(word.text for word in sorted(own)),
            )
            for own in found
        ]

    def line(self, text: str) -> Line:
        """The one line that has this text in it."""
        (found,) = (line for line in self.lines() if text in line.text)
        return found


class Printer:
    """Lays documents out in a folder of its own; the program starts once for all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pages(self, documents: Mapping[str, bytes]) -> dict[str, list[Page]]:
        """The pages of each document, by its name."""
        sources = [self.folder / f"{name}.docx" for name in documents]
        for source, content in zip(sources, documents.values(), strict=True):
            source.write_bytes(content)
        subprocess.run(
            [
                needed("soffice", "libreoffice"),
                f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                *("--headless", "--convert-to", "pdf", "--outdir", str(self.folder)),
                *map(str, sources),
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
            capture_output=True,
            timeout=TIMEOUT,
            check=True,
        )
        return {source.stem: pages_of(source.with_suffix(".pdf")) for source in sources}


def pages_of(pdf: Path) -> list[Page]:
    """The pages of a PDF."""
    told = subprocess.run(
        [needed("pdftotext"), "-bbox", str(pdf), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    found = []
    for part in told.split("<page ")[1:]:
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', part)
        assert size
        words = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
            part,
        )
        found.append(
            Page(
                float(size[1]) * MM,
                float(size[2]) * MM,
                tuple(
                    Word(*(float(edge) * MM for edge in edges), unescape(text))
                    for *edges, text in words
                ),
            )
        )
    return found
