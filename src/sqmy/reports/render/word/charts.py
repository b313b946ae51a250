"""Charts of a document, drawn by the word processor itself, from values that stand in them."""

from html import escape
from typing import TYPE_CHECKING, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Cm

from sqmy.reports.model import Chart
from sqmy.reports.render.arranging import harmless
from sqmy.reports.render.native_chart import WIDTH, height, part_of
from sqmy.reports.render.svg import described

if TYPE_CHECKING:
    from docx.document import Document

_DRAWN: Final = "http://schemas.openxmlformats.org/drawingml/2006"


def chart_xml(target: "Document", chart: Chart) -> str:
    """A paragraph with the drawing of a chart; the chart itself becomes a part of the document.

    Args:
        target: the document.
        chart: with at least one category.
    """
    package = target.part.package
    name = package.next_partname("/word/charts/chart%d.xml")
    part = Part(PackURI(str(name)), CONTENT_TYPE.DML_CHART, part_of(chart), package)
    relation = target.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    number = int("".join(filter(str.isdigit, name)))
    title = f'"{escape(harmless(chart.title))}"'
    text = f'"{escape(harmless(described(chart)))}"'
    return (
        '<w:p><w:pPr><w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/></w:pPr><w:r>'
        f'<w:drawing xmlns:wp="{_DRAWN}/wordprocessingDrawing" xmlns:a="{_DRAWN}/main"'
        f' xmlns:c="{_DRAWN}/chart"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{Cm(WIDTH)}" cy="{Cm(height(chart))}"/>'
        f'<wp:docPr id="{1000 + number}" name={title} descr={text}/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_DRAWN}/chart"><c:chart r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
