"""What stands at the end of an official document: enclosures listed, signature, date, 版记."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from sqmy.days import in_chinese
from sqmy.reports.model import Letter, Section
from sqmy.reports.render.word.measures import (
    BOTTOM,
    CHARACTER,
    FOUR,
    LEFT,
    SHEET,
    TWIPS,
    WIDTH,
    characters,
)
from sqmy.reports.render.word.text import (
    BODY,
    INDENTED,
    Look,
    Shape,
    empty,
    paragraph,
    run,
    wrapped,
)

_NOTE: Final = Look(size=FOUR, spacing=0)
_NOTE_LINE: Final = round(FOUR * 1.6 * TWIPS)
_SPACE: Final = 3
"""Points between a line of the imprint and its rule."""

_BESIDE: Final = (_SPACE + 1) * TWIPS
"""How much a rule adds to the height of a line of the imprint."""

_ONE: Final = round(FOUR * TWIPS)
_ACROSS: Final = WIDTH // _ONE - 2
"""Characters of 四号 across the type area, one left free at either end."""

_LABEL: Final = 3
_THICK, _THIN = 8, 6
"""0.35 mm and 0.25 mm, in eighths of a point."""

_SHORT: Final = 10
"""Rows of a table that goes to the next page whole rather than leave a signature there alone."""


def kept(made: str) -> str:
    """What stands last, on one page with the signature: a paragraph, or a table that is short."""
    if made.startswith("<w:tbl>") and made.count("<w:tr>") > _SHORT:
        return made
    return made.replace("<w:keepNext/>", "").replace("<w:pPr>", "<w:pPr><w:keepNext/>")


def enclosures(sections: Sequence[Section]) -> Iterator[str]:
    """附件说明: a line below the body, each name's further lines under its first character."""
    if not sections:
        return
    yield empty()
    label, several = 3 * CHARACTER, len(sections) > 1
    indent = 2 * CHARACTER + label + (CHARACTER if several else 0)
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{indent}"/></w:tabs>'
    for place, section in enumerate(sections, 1):
        number = f"{place}." if several else ""
        words = f"附件：{number}" if place == 1 else number
        back = (label if place == 1 else 0) + (CHARACTER if several else 0)
        last = place == len(sections)  # which stays on one page with the signature
        shape = Shape(align="left", left=indent, first=-back, keep=last, extra=tab)
        gap = f"<w:r>{BODY.xml()}<w:tab/></w:r>" if several else ""
        yield wrapped(run(words) + gap + run(section.heading), shape)


def signature(letter: Letter) -> Iterator[str]:
    """Contact, signature and date, where a seal will be or will not; a remark below."""
    if letter.contact:
        yield empty(keep=True)
        yield paragraph(letter.contact, INDENTED._replace(keep=True))
    if letter.signature or letter.date:
        yield empty(2 if letter.seal else 1, keep=True)
    date = in_chinese(letter.date) if letter.date else ""
    signed, dated = _places(characters(letter.signature), characters(date), sealed=letter.seal)
    if letter.signature:
        keep = bool(date or letter.remark)
        yield paragraph(letter.signature, signed._replace(keep=keep))
    if date:
        yield paragraph(date, dated._replace(keep=bool(letter.remark)))
    if letter.remark:
        yield paragraph(f"（{letter.remark}）")


def _places(name: float, day: float, *, sealed: bool) -> tuple[Shape, Shape]:
    """Where a signature and a date of so many characters stand.

    With a seal the date ends four characters from the right, and both are centred on one another;
    without one the signature ends two from the right, and the date begins two after it does.
    """
    across = WIDTH / CHARACTER
    if sealed:
        middle = max(across - 4 - day / 2 - name / 2, 0) + name / 2
        middle = min(middle, across - max(name, day) / 2)
        half = min(max(name, day) / 2 + 2, across - middle)
        left, right = (
            round((middle - half) * CHARACTER),
            round((across - middle - half) * CHARACTER),
        )
        both = Shape(align="center", left=max(left, 0), right=right)
        return both, both
    begun = across - 2 - max(name, day + 2)
    return (
        Shape(align="left", left=round(begun * CHARACTER)),
        Shape(align="left", left=round((begun + 2) * CHARACTER)),
    )


def imprint(letter: Letter) -> str:
    """版记: a paragraph with a box at the foot of its page; "" for none.

    The paragraph is as high as the box, so that both find room on a page or both go to the next.
    A box, because LibreOffice knows neither tables nor bordered frames at a page's foot.
    """
    told: list[tuple[str, int, int]] = []
    if letter.copies:
        copies = f"抄送：{letter.copies.rstrip('。')}。"
        lines = 1 + max(0, ceil((characters(copies) - _ACROSS) / (_ACROSS - _LABEL)))
        told.append((run(f"　{copies}", _NOTE), 1 + _LABEL, lines))
    if letter.printer:
        date = f"{in_chinese(letter.printed_on)}印发" if letter.printed_on else ""
        tab = f"<w:r>{_NOTE.xml()}<w:tab/></w:r>"
        told.append((run(f"　{letter.printer}", _NOTE) + tab + run(f"{date}　", _NOTE), 0, 1))
    if not told:
        return ""
    height = sum(lines * _NOTE_LINE + _BESIDE for _, _, lines in told) + _BESIDE
    inside = "".join(
        _imprinted(runs, hanging, first=n == 0, last=n == len(told) - 1)
        for n, (runs, hanging, _) in enumerate(told)
    )
    return wrapped(_box(inside, height), Shape(line=height), _NOTE)


def _imprinted(runs: str, hanging: int, *, first: bool, last: bool) -> str:
    """A line of the imprint between its rules, which are as long as the line may be.

    A rule begins where its paragraph does: what stands free at either end is a blank.
    """
    edges = [("top", _THICK)] if first else []
    edges.append(("bottom", _THICK if last else _THIN))
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{_SPACE}" w:color="000000"/>'
        for side, size in edges
    )
    shape = Shape(
        align="left",
        left=_ONE * hanging,
        first=-_ONE * hanging,
        line=_NOTE_LINE,
        extra=f'<w:pBdr>{rules}</w:pBdr><w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>',
    )
    return wrapped(runs, shape, _NOTE)


def _box(inside: str, height: int) -> str:
    """A box as wide as the type area, on its lower edge."""
    size = f'cx="{WIDTH * _EMU}" cy="{height * _EMU}"'
    top = (SHEET[1] - BOTTOM - height) * _EMU
    return (
        f'<w:r><mc:AlternateContent {_SPACES}><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{LEFT * _EMU}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset>'
        f'</wp:positionV><wp:extent {size}/><wp:wrapNone/><wp:docPr id="1" name="版记"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="'
        'http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>"
        f'{inside}</w:txbxContent></wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"'
        ' anchor="b"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
        '<mc:Fallback><w:pict><v:rect stroked="f" filled="f" style="position:absolute;'
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page;"
        f"margin-left:{LEFT / TWIPS}pt;margin-top:{top / _EMU / TWIPS}pt;"
        f'width:{WIDTH / TWIPS}pt;height:{height / TWIPS}pt"><v:textbox inset="0,0,0,0">'
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


_EMU: Final = 635
"""In a twip."""

_SPACES: Final = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
