"""A report as a Word document, laid out as GB/T 9704-2012 asks of an official one.

Every paragraph carries its own measures, so that the document looks the same in Word, WPS and
LibreOffice; there is no grid of the document's own, with which LibreOffice loses rows of tables.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import docx
from docx.enum.section import WD_SECTION
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from sqmy.days import in_chinese
from sqmy.errors import SqmyError
from sqmy.reports.model import Block, Chart, Letter, Report, Section, Sentence, Table, blocks
from sqmy.reports.render.arranging import harmless
from sqmy.reports.render.outline import Heading, enclosed, parts
from sqmy.reports.render.stamp import stamped
from sqmy.reports.render.word import ending
from sqmy.reports.render.word.blank import BLACK, WORD, blank
from sqmy.reports.render.word.measures import (
    LANDSCAPE,
    LINE,
    PORTRAIT,
    TWIPS,
    TWO,
    Page,
    mm,
)
from sqmy.reports.render.word.pages import set_page
from sqmy.reports.render.word.tables import fits_upright, tables_xml
from sqmy.reports.render.word.text import (
    CENTERED,
    FLUSH,
    HEADINGS,
    INDENTED,
    RED,
    TITLE,
    Look,
    Shape,
    empty,
    paragraph,
)
from sqmy.reports.render.word.titles import lines

if TYPE_CHECKING:
    from docx.document import Document

_LARGEST: Final = 48.0
"""The type of a masthead, in points; a long name is smaller."""

_GAP: Final = 6 * TWIPS
"""Above a table without a title."""

_PROPERTY: Final = 255
"""Characters of a property, as python-docx sets it; all marks together are longer."""

_NOTES: Final = Look(size=10.5, spacing=0)


def document(report: Report, letterhead: bytes | None = None) -> bytes:
    """The report as the content of a .docx file.

    Args:
        report: with all that follows it.
        letterhead: an office's own .docx: its first page's size and margins, what stands on it
            above, and its headers and footers stay; masthead and number are left to it.
    """
    target = _opened(letterhead, report) if letterhead else docx.Document(io.BytesIO(blank()))
    made = _Writer(target, own=letterhead is not None)
    properties = target.core_properties
    properties.title, properties.author = harmless(report.title)[:_PROPERTY], "sqmy"
    properties.comments = "sqmy"  # room for marks: python-docx itself takes 255 characters
    for one in (report, *report.following):
        made.write(one)
    return stamped(made.saved(), ".docx", dict(report.basis.marks))


def _opened(letterhead: bytes, report: Report) -> "Document":
    """An office's own file, with what it leaves open filled in."""
    try:
        target = docx.Document(io.BytesIO(letterhead))
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError, PackageNotFoundError) as error:
        raise SqmyError(
            "信头文件不是 Word 文档，或已损坏。请用 Word 或 WPS 打开，另存为 .docx。"
        ) from error
    letter = report.letter or Letter()
    open_places = {
        "{文号}": letter.number,
        "{标题}": report.title,
        "{日期}": in_chinese(letter.date) if letter.date else "",
    }
    for text in target.element.body.iter(f"{{{WORD}}}t"):
        for place, words in open_places.items():
            if place in (text.text or ""):
                text.text = text.text.replace(place, harmless(words))
    return target


class _Writer:
    """Writes reports, one behind the other, each beginning on a page of its own.

    Args:
        target: a document that ends where they begin.
        own: it is an office's letterhead; its first section stays as it is.
    """

    def __init__(self, target: "Document", *, own: bool) -> None:
        self._target = target
        self._own = own
        self._page: Page | None = None
        self._numbered = True
        self._texts: dict[int, str] = {}

    def saved(self) -> bytes:
        """The whole file: the frame as python-docx saves it, with the texts in their places."""
        frame, whole = io.BytesIO(), io.BytesIO()
        self._target.save(frame)
        own = self._target.part.partname.membername
        with (
            zipfile.ZipFile(frame) as source,
            zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for part in source.infolist():
                content = source.read(part)
                target.writestr(part, self._filled(content) if part.filename == own else content)
        return whole.getvalue()

    def _filled(self, frame: bytes) -> bytes:
        parts = _MARKER.split(frame.decode())
        parts[1::2] = (self._texts[int(place)] for place in parts[1::2])
        return "".join(parts).encode()

    def write(self, report: Report) -> None:
        """A report with its enclosures."""
        letter = report.letter or Letter()
        own = self._own and self._page is None
        page = PORTRAIT if own or fits_upright(blocks(report.body, Table)) else LANDSCAPE
        self._numbered = letter.paged
        self._begin(page, first=True)
        bare = letter._replace(masthead="", number="") if own else letter
        self._append(_head(report, bare, page))
        body = list(_body(self._target, report.body, page))
        if not report.enclosures and letter.signature:
            body[-1:] = map(ending.kept, body[-1:])
        self._append(body)
        self._append(ending.enclosures(report.enclosures))
        self._append(ending.signature(letter))
        for called, section in enclosed(report):
            self._enclosure(called, section)
        if report.letter is None or report.enclosures:
            self._append(map(_note, (*report.notes, *report.basis.told)))
        else:  # a letter alone says no more of itself
            self._append(map(_note, report.basis.always))
        self._imprint(letter)

    def _enclosure(self, called: str, section: Section) -> None:
        tables = list(blocks(section.body, Table))
        page = PORTRAIT if fits_upright(tables) else LANDSCAPE
        body = section.body
        if len(tables) == 1:  # the enclosure's title is the table's
            body = tuple(
                block._replace(title="") if isinstance(block, Table) else block for block in body
            )
        self._begin(page)
        self._append(
            [
                paragraph(called, FLUSH._replace(keep=True), Look(BLACK)),
                empty(keep=True),
                _title(section.heading, page),
                empty(keep=True),
                *_body(self._target, body, page),
            ]
        )

    def _imprint(self, letter: Letter) -> None:
        made = ending.imprint(letter)
        if made:
            if self._page != PORTRAIT:
                self._begin(PORTRAIT)
            self._append([made])

    def _begin(self, page: Page, *, first: bool = False) -> None:
        """A new section on a new page; the first one is there already.

        Args:
            page: its size and margins.
            first: its pages are counted from one.
        """
        begun = self._page is not None
        self._page = page
        if begun:
            self._target.add_section(WD_SECTION.NEW_PAGE)
            _flatten(self._target)
        elif self._own:
            return
        set_page(self._target.sections[-1], page, numbered=self._numbered, restarted=first)

    def _append(self, fragments: Iterable[str]) -> None:
        """Text of XML, at the end. It is put in place when the file is saved.

        Moved from one tree to another, a table of three thousand rows takes ten minutes; parsed
        and written again, the whole takes as long as everything else.
        """
        place = len(self._texts)
        self._texts[place] = "".join(fragments)
        marker = parse_xml(f'<w:body xmlns:w="{WORD}">{_marker(place)}</w:body>')[0]
        self._target.element.body.sectPr.addprevious(marker)


_MARKER: Final = re.compile(r'<w:p w:rsidR="sqmy-(\d+)"/>')


def _marker(place: int) -> str:
    """What stands in the place of a text until the file is saved."""
    return f'<w:p w:rsidR="sqmy-{place}"/>'


def _flatten(target: "Document") -> None:
    """The paragraph that ends a section takes no room of its own."""
    ends = target.element.body.xpath("./w:p[w:pPr/w:sectPr]")
    shape = Shape(line=TWIPS).xml(Look(size=1, spacing=0).xml())
    properties = parse_xml(shape.replace("<w:pPr>", f'<w:pPr xmlns:w="{WORD}">', 1))
    own = ends[-1].pPr
    for element in reversed(list(properties)):
        own.insert(0, element)


def _head(report: Report, letter: Letter, page: Page) -> Iterator[str]:
    """Masthead, number, title, addressees, and the paragraphs above the body."""
    if letter.masthead:
        size = min(_LARGEST, page.room / TWIPS / max(len(letter.masthead), 1))
        look = Look(TITLE.font, size, 0, RED)
        yield paragraph("", Shape(line=mm(35)), look)
        height = round(size * 1.3 * TWIPS)
        yield paragraph(letter.masthead, Shape(align="center", line=height), look)
        yield empty(2)
        rule = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="FF0000"/></w:pBdr>'
        yield paragraph(letter.number, CENTERED._replace(extra=rule))
        yield empty(2)
    elif letter.number:
        yield paragraph(letter.number, CENTERED)
        yield empty()
    yield _title(report.title, page)
    if letter.approval:
        yield paragraph(f"（{letter.approval}）", CENTERED, HEADINGS[1])
    yield empty()
    if letter.addressees:
        yield paragraph(letter.addressees, FLUSH)
    for text in report.lead:
        yield paragraph(str(text))


def _title(title: str, page: Page) -> str:
    """A title in balanced lines."""
    room = page.room / TWIPS / TWO - 1
    return paragraph("\n".join(lines(title, room)), Shape(align="center", keep=True), TITLE)


def _body(target: "Document", body: Iterable[Block], page: Page) -> Iterator[str]:
    ordered = list(parts(body))
    tables = iter(tables_xml([part for part in ordered if isinstance(part, Table)], page))
    for part in ordered:
        if isinstance(part, Heading):
            shape = INDENTED._replace(keep=True, style=f"heading{part.level}")
            yield paragraph(str(part), shape, HEADINGS[part.level - 1])
        elif isinstance(part, Table):
            yield from _table(part, next(tables))
        elif isinstance(part, Chart):
            yield _chart(target, part) if part.categories else ""
        else:
            yield paragraph(str(part))


def _chart(target: "Document", chart: Chart) -> str:
    from sqmy.reports.render.word.charts import chart_xml  # noqa: PLC0415 — openpyxl takes 0.15 s

    return chart_xml(target, chart)


def _table(table: Table, made: str) -> Iterator[str]:
    """A table under its title, with its notes."""
    if table.title:
        shape = Shape(align="left", before=LINE // 2, keep=True)
        yield paragraph(table.title, shape, Look(BLACK, 14, 0))
    elif not table.lead:
        yield paragraph("", Shape(line=_GAP, keep=True))
    for cell in table.lead:
        yield _note(str(cell))
    yield made
    yield from map(_note, table.notes)


def _note(text: str | Sentence) -> str:
    return paragraph(str(text), Shape(line=round(10.5 * 1.5 * TWIPS), first=420), _NOTES)
