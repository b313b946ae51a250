"""The sheets of an .xlsx or .xlsm, read in one pass over the XML.

openpyxl's own readers do not serve: the fast one believes the sheet's stated size, which WPS
writes wrong (rows vanish) and does not know merged cells; the other takes twice the time and
memory of all the rest, fails on styles that WPS and exporters write, takes the Chinese built-in
date formats for numbers, and neither can tell a formula whose result was never saved from a
blank cell. What openpyxl knows of formats, serial days and coordinates is used.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from sqmy.errors import SqmyError
from sqmy.intake import guard, markup
from sqmy.intake.grid import Grid, Source, Tell
from sqmy.intake.markup import local
from sqmy.intake.strings import Strings
from sqmy.intake.worksheet import Book, SheetReader

_CHINESE_DATES = {*range(27, 37), *range(50, 59)}
"""Number formats built into Chinese Excel and WPS that show a day or a time, ECMA-376 18.8.30."""

_STYLES = {"cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}
"""The lists of styles; the formats of those of cells are in the second."""

_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    EOFError,
    OSError,
    *markup.BROKEN,
)


class _Sheet(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def read(path: Path, file: str, order: int, tell: Tell) -> Iterator[Grid]:
    """The sheets in the workbook's order; chart sheets and the like are left out.

    Args:
        path: the workbook.
        file: its name, as places tell it.
        order: of its first sheet among all sheets read.
        tell: told from time to time how much is done, of how much.

    Raises:
        SqmyError: the file is no sound workbook, or has more than can be read.
    """
    with guard.opened(path) as archive:
        try:
            sheets, epoch = _contents(archive)
            book = Book(_strings(archive), _day_styles(archive), epoch)
            sizes = [archive.getinfo(sheet.part).file_size for sheet in sheets]
            if sum(sizes) > guard.MAX_UNPACKED:  # one part may be listed a thousand times
                raise SqmyError(guard.BOMB)
            for number, sheet in enumerate(sheets):
                source = Source(order + number, file, sheet.name, epoch)
                done = partial(_told, tell, sum(sizes[:number]), sum(sizes))
                reader = SheetReader(source, book)
                with archive.open(sheet.part) as stream:
                    markup.read(stream, reader, done)
                grid = reader.grid()
                hidden = (f"{source}是隐藏的工作表。",) if sheet.hidden and grid.rows else ()
                yield grid._replace(notes=grid.notes + hidden)
        except _BROKEN as error:
            raise SqmyError(
                "内部结构不正常，读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
            ) from error


def _told(tell: Tell, before: int, total: int, done: int) -> None:
    tell(before + done, total)


def _contents(archive: zipfile.ZipFile) -> tuple[list[_Sheet], datetime]:
    """The worksheets in order, and the workbook's serial day 0."""
    main = next(
        (target for kind, target in related(archive, "").values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )
    linked = related(archive, main)
    sheets, epochs = [], [WINDOWS_EPOCH]

    def hear(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            epochs.append(MAC_EPOCH)
        elif tag == "sheet":
            known = {local(key): value for key, value in attributes.items()}
            kind, part = linked[known["id"]]
            if kind == "worksheet":
                hidden = known.get("state", "visible") != "visible"
                sheets.append(_Sheet(known.get("name", ""), part, hidden))

    with archive.open(main) as stream:
        markup.each(stream, hear)
    return sheets, epochs[-1]


def parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each worksheet, by its name."""
    return {sheet.name: sheet.part for sheet in _contents(archive)[0]}


def related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part links to, by the link's id: kind and path."""
    folder, name = posixpath.split(part)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def hear(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = posixpath.join("/", folder, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = (
                posixpath.basename(attributes.get("Type", "")),
                posixpath.normpath(target)[1:],
            )

    if links in archive.namelist():
        with archive.open(links) as stream:
            markup.each(stream, hear)
    return found


def _strings(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells refer to by number."""
    part = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    strings = Strings()
    if part is not None:
        with archive.open(part) as stream:
            markup.read(stream, strings, lambda _: None)
    return strings.found


def _day_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles whose number format shows a day."""
    own: dict[int, str] = {}
    used: list[int] = []
    within: list[str] = []

    def hear(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            own[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag in _STYLES:
            within[:] = [tag]
        elif tag == "xf" and within == ["cellXfs"]:
            used.append(int(attributes.get("numFmtId", "0")))

    if "xl/styles.xml" in archive.namelist():
        with archive.open("xl/styles.xml") as stream:
            markup.each(stream, hear)
    return frozenset(
        style
        for style, number in enumerate(used)
        if (is_date_format(own.get(number, BUILTIN_FORMATS.get(number))))
        or (number not in own and number in _CHINESE_DATES)
    )
