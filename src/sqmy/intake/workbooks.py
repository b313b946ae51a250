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
from xml.etree.ElementTree import ParseError

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.xml.functions import iterparse  # defusedxml's: refuses entities

from sqmy.errors import SqmyError
from sqmy.intake import guard, markup
from sqmy.intake.grid import Grid, Source, Tell
from sqmy.intake.markup import local
from sqmy.intake.worksheet import Book, SheetReader, Strings

_CHINESE_DATES = {*range(27, 37), *range(50, 59)}
"""Number formats built into Chinese Excel and WPS that show a day or a time, ECMA-376 18.8.30."""

_BROKEN = (
    zipfile.BadZipFile,
    ParseError,
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
    sheets, epoch = [], WINDOWS_EPOCH
    with archive.open(main) as stream:
        for _, element in iterparse(stream):
            tag = local(element.tag)
            if tag == "workbookPr" and element.get("date1904") in {"1", "true"}:
                epoch = MAC_EPOCH
            elif tag == "sheet":
                attributes = {local(key): value for key, value in element.items()}
                kind, part = linked[attributes["id"]]
                if kind == "worksheet":
                    hidden = element.get("state", "visible") != "visible"
                    sheets.append(_Sheet(element.get("name", ""), part, hidden))
    return sheets, epoch


def parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each worksheet, by its name."""
    return {sheet.name: sheet.part for sheet in _contents(archive)[0]}


def related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part links to, by the link's id: kind and path."""
    folder, name = posixpath.split(part)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    if links not in archive.namelist():
        return {}
    with archive.open(links) as stream:
        return {
            element.get("Id", ""): (
                posixpath.basename(element.get("Type", "")),
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))[1:],
            )
            for _, element in iterparse(stream)
            if local(element.tag) == "Relationship"
        }


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
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    own: dict[int, str] = {}
    used: list[int] = []
    with archive.open("xl/styles.xml") as stream:
        for _, element in iterparse(stream):
            tag = local(element.tag)
            if tag == "numFmt":
                own[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            elif tag == "cellXfs":
                used = [int(style.get("numFmtId", "0")) for style in element]
    return frozenset(
        style
        for style, number in enumerate(used)
        if (is_date_format(own.get(number, BUILTIN_FORMATS.get(number))))
        or (number not in own and number in _CHINESE_DATES)
    )
