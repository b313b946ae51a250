"""The suffix of a file's name says in which format a report is written."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from sqmy.errors import SqmyError
from sqmy.reports.model import Column, Report, Table
from sqmy.reports.publication import Publication
from sqmy.reports.render.files import FORMATS, content

TABLE = Table("个人", (Column("姓名"), Column("得分", "right")), (("张三", 5), ("=1+1", -5)))
SECOND = Table("单位", (Column("单位"),), (("提案委",),))
REPORT = Report("得分", (TABLE, SECOND))


def never() -> Report:
    raise AssertionError


def test_each_format_is_what_it_says() -> None:
    publication = Publication(lambda: REPORT, lambda: {"得分": 5})
    made = {suffix: content(Path(f"得分{suffix}"), publication) for suffix in FORMATS}
    with zipfile.ZipFile(io.BytesIO(made[".xlsx"])) as archive:
        assert archive.testzip() is None
        assert "xl/worksheets/sheet2.xml" in archive.namelist()
    assert made[".csv"] == "\ufeff姓名,得分\r\n张三,5\r\n'=1+1,-5\r\n".encode()
    assert made[".json"].decode() == '{\n  "得分": 5\n}\n'
    assert made[".html"].startswith(b"<!DOCTYPE html>\n")
    assert made[".md"].startswith("# 得分\n".encode())
    assert b"\r" not in made[".json"] + made[".html"] + made[".md"]


def test_a_format_makes_nothing_that_it_does_not_want() -> None:
    flat = Publication(never, never, table=lambda: SECOND, workbook=never)
    rows = list(csv.reader(content(Path("a.csv"), flat).decode("utf-8-sig").splitlines()))
    assert rows == [["单位"], ["提案委"]]
    value = Publication(never, lambda: [1], table=never, workbook=never)
    assert json.loads(content(Path("a.JSON"), value)) == [1]
    book = Publication(never, never, table=never, workbook=lambda: REPORT)
    assert content(Path("a.Xlsx"), book).startswith(b"PK")
    read = Publication(lambda: REPORT, never, table=never, workbook=never)
    assert "提案委" in content(Path("a.md"), read).decode()


@pytest.mark.parametrize(
    ("name", "told"),
    [("得分.pdf", ".pdf"), ("得分", "得分"), (".xlsx", ".xlsx"), ("a.xls", ".xls")],
)
def test_another_suffix_is_refused_with_those_that_there_are(name: str, told: str) -> None:
    with pytest.raises(SqmyError) as caught:
        content(Path(name), Publication(never, never))
    assert str(caught.value) == (
        f"不会写「{told}」这种文件。后缀可以是 .docx、.xlsx、.csv、.json、.html、.md。"
    )


def test_a_report_without_tables_is_its_paragraphs() -> None:
    bare = Publication(lambda: Report("题", (), ("没有不同。",)), never)
    assert content(Path("a.csv"), bare).decode("utf-8-sig") == "内容\r\n没有不同。\r\n"
