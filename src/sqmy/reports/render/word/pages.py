"""Sections of a Word document: page size, margins, page numbers on odd and even pages."""

from typing import TYPE_CHECKING, Final

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Twips

from sqmy.reports.render.word.blank import SONG, WORD
from sqmy.reports.render.word.measures import FOUR, NUMBER_LINE, TWIPS, Page, mm
from sqmy.reports.render.word.text import Look, Shape, run, wrapped

if TYPE_CHECKING:
    from docx.section import Section, _Footer

_LOOK: Final = Look(SONG, FOUR, 0)
_ONE: Final = int(FOUR * TWIPS)


def set_page(section: "Section", page: Page, *, numbered: bool, restarted: bool) -> None:
    """Gives a section its page, and page numbers or none, counted on or from one."""
    landscape = page.width > page.height
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(page.width), Twips(page.height)
    section.top_margin, section.bottom_margin = Twips(page.top), Twips(page.bottom)
    section.left_margin, section.right_margin = Twips(page.left), Twips(page.right)
    section.footer_distance, section.header_distance = Twips(page.foot), Twips(mm(15))
    own = section._sectPr  # noqa: SLF001 — python-docx does not know these
    for name in ("pgNumType", "docGrid", "titlePg"):
        for old in own.findall(f"{{{WORD}}}{name}"):
            own.remove(old)
    if restarted:
        start = parse_xml(f'<w:pgNumType xmlns:w="{WORD}" w:start="1"/>')
        own.find(f"{{{WORD}}}pgMar").addnext(start)
    _fill(section.footer, odd=True, numbered=numbered)
    _fill(section.even_page_footer, odd=False, numbered=numbered)


def _fill(footer: "_Footer", *, odd: bool, numbered: bool) -> None:
    """`— 1 —`, right on odd pages and left on even ones, one character from the margin."""
    footer.is_linked_to_previous = False
    own = footer._element  # noqa: SLF001 — python-docx has no other way to replace what is there
    for old in list(own):
        own.remove(old)
    align, left, right = ("right", 0, _ONE) if odd else ("left", _ONE, 0)
    shape = Shape(align=align, left=left, right=right, line=NUMBER_LINE)
    made = wrapped(_number() if numbered else "", shape, _LOOK)
    own.append(parse_xml(made.replace("<w:p>", f'<w:p xmlns:w="{WORD}">', 1)))


def _number() -> str:
    look = _LOOK.xml()
    field = "".join(
        f"<w:r>{look}{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f"{run('— ', _LOOK)}{field}{run(' —', _LOOK)}"
