"""Paragraphs and runs of a Word document, as text of XML."""

from functools import cache
from html import escape
from typing import Final, NamedTuple

from sqmy.reports.render.arranging import harmless
from sqmy.reports.render.word.blank import BLACK, FANGSONG, KAI, XIAOBIAOSONG, fonts
from sqmy.reports.render.word.measures import CHARACTER, LINE, THREE, TIGHTER, TWO

RED: Final = "FF0000"


class Look(NamedTuple):
    """How characters look.

    Attributes:
        size: in points.
        spacing: between characters, in twips.
    """

    font: str = FANGSONG
    size: float = THREE
    spacing: int = TIGHTER
    color: str = ""

    @cache  # noqa: B019 — a document has a few dozen looks and shapes
    def xml(self) -> str:
        """The properties of a run."""
        color = f'<w:color w:val="{self.color}"/>' if self.color else ""
        spacing = f'<w:spacing w:val="{self.spacing}"/>' if self.spacing else ""
        size = round(self.size * 2)
        return f'<w:rPr>{fonts(self.font)}{color}{spacing}<w:sz w:val="{size}"/></w:rPr>'


BODY: Final = Look()
TITLE: Final = Look(XIAOBIAOSONG, TWO, 0)
HEADINGS: Final = (Look(BLACK), Look(KAI), BODY, BODY)
"""Of sections, by level."""


class Shape(NamedTuple):
    """How a paragraph stands; lengths in twips.

    Attributes:
        align: `both` fills lines from edge to edge.
        first: how far the first line is moved in; less than nothing is moved out.
        line: the height of a line, exactly.
        keep: stays on one page with what follows.
        style: of the document's styles; "" for the ordinary one.
        extra: further properties, as XML, of the kinds that come first.
    """

    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    line: int = LINE
    keep: bool = False
    style: str = ""
    extra: str = ""

    @cache  # noqa: B019 — as above
    def xml(self, end: str = "") -> str:
        """The properties of a paragraph; `end` are those of its end."""
        style = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        keep = "<w:keepNext/>" if self.keep else ""
        first = f'w:firstLine="{self.first}"' if self.first >= 0 else f'w:hanging="{-self.first}"'
        return (
            f"<w:pPr>{style}{keep}{self.extra}"
            f'<w:spacing w:before="{self.before}" w:after="{self.after}"'
            f' w:line="{self.line}" w:lineRule="exact"/>'
            f'<w:ind w:left="{self.left}" w:right="{self.right}" {first}/>'
            f'<w:jc w:val="{self.align}"/>{end}</w:pPr>'
        )


INDENTED: Final = Shape(first=2 * CHARACTER)
FLUSH: Final = Shape(align="left")
CENTERED: Final = Shape(align="center")


def run(text: str, look: Look = BODY) -> str:
    """Text of one look; line breaks stay."""
    told = f'<w:t xml:space="preserve">{escape(harmless(text), quote=False)}</w:t>'
    inside = told.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f"<w:r>{look.xml()}{inside}</w:r>"


def paragraph(text: str, shape: Shape = INDENTED, look: Look = BODY) -> str:
    """A paragraph of one look."""
    return wrapped(run(text, look) if text else "", shape, look)


def wrapped(runs: str, shape: Shape, look: Look = BODY) -> str:
    """A paragraph of runs; `look` is that of its end, which gives an empty one its height."""
    return f"<w:p>{shape.xml(look.xml())}{runs}</w:p>"


def cell(text: str, shape: Shape, look: Look) -> str:
    """A paragraph in a table: of those there are many, and nobody writes on at their ends."""
    return f"<w:p>{shape.xml()}{run(text, look) if text else ''}</w:p>"


def empty(lines: int = 1, *, keep: bool = False) -> str:
    """Empty lines."""
    return paragraph("", Shape(keep=keep)) * lines
