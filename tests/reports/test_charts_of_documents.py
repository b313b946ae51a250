"""Charts in a Word document: parts of their own, which LibreOffice draws."""

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from programs import converted, needed
from sqmy.reports.model import Chart, Column, Report, Series, Table
from sqmy.reports.render.document import document

TABLE = Table("表", (Column("名"),), (("甲",),))
CHARTS = (
    Chart("各月报送", "column", ("1月", "2月"), (Series("报送", (3, 5)), Series("采", (1, None)))),
    Chart("得分 <&>", "bar", ("提案委", "社法委"), (Series("得分", (7, -2)),)),
    Chart("各年", "line", ("2024年", "2025年"), (Series("报送", (1, 2)),)),
    Chart("没有", "column", (), ()),
)  # fmt: skip


@pytest.fixture(scope="module")
def written() -> bytes:
    """A document with a table and charts."""
    return document(Report("统计", (TABLE, *CHARTS)))


def test_a_chart_is_a_part_with_its_values_and_a_description(written: bytes) -> None:
    with zipfile.ZipFile(BytesIO(written)) as archive:
        names = sorted(name for name in archive.namelist() if "charts" in name)
        assert names == [f"word/charts/chart{n}.xml" for n in (1, 2, 3)]
        first = archive.read(names[0]).decode()
        assert re.findall(r"<(?:c:)?v>([^<]+)</", first) == [
            "报送", "1月", "2月", "3", "5", "采", "1月", "2月", "1",
        ]  # fmt: skip
        types = archive.read("[Content_Types].xml").decode()
        assert types.count("drawingml.chart+xml") == 3
    drawn = docx.Document(BytesIO(written)).element.xpath("//wp:docPr")
    assert [(one.get("name"), one.get("descr")) for one in drawn] == [
        ("各月报送", "报送：1月 3，2月 5。采：1月 1。"),
        ("得分 <&>", "得分：提案委 7，社法委 -2。"),
        ("各年", "报送：2024年 1，2025年 2。"),
    ]
    assert len({one.get("id") for one in drawn}) == 3


def test_libreoffice_draws_them(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "统计.docx"
    path.write_bytes(written)
    (printed,) = converted([path], "pdf", tmp_path)
    text = subprocess.run(
        [needed("pdftotext"), str(printed), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    for words in ("各月报送", "1月", "提案委", "得分 <&>", "2024年"):
        assert words.replace(" ", "") in re.sub(r"\s", "", text), words
