"""Published tables of counts, read as tables: the figures are those that were printed."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from arrivals.common import sheet
from published import DISTRICT, PORTAL
from sqmy.intake import sheets
from sqmy.intake.counts import CountTable, find

TOWNS = ("滕州市", "市中区", "薛城区", "山亭区", "峄城区", "台儿庄区")
MEDIA = [
    ("人民日报",),
    ("光明日报",),
    ("中国教育报", 1, None, 2, None, 1, None),
    ("中国教师报", None, None, None, None, 3, None),
    ("农民日报",),
    ("大众日报", None, None, None, 1, None, None),
    ("枣庄日报", 29, 22, 34, 4, 11, 5),
    ("枣庄晚报", 6, 11, 36, 5, 10, 3),
    ("枣庄教育", 5, 8, 7, 3, 15, 2),
    ("枣庄电台", None, None, 12, None, 12, None),
    ("光明网", 1, None, 1, 1, 5, None),
]
POINTS = ("得分", 128, 132, 276, 129, 388, 28)


def read(
    folder: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()
) -> CountTable | None:
    path = sheet(rows, merged=merged)(folder)
    (grid,) = sheets.read(path, path.name, 0)
    return find(grid)


def figures(table: CountTable) -> dict[str, list[Fraction]]:
    return {row.name: list(row.figures) for row in table.rows}


def test_heads_over_heads_and_a_rank_in_front(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        [
            ["附件1 市直各部门信息采用情况统计表"],
            ["排名", "单位", "扎兰屯市政府网采用", None, "呼伦贝尔市政府网采用", None, "1-3月得分"],
            [None, None, "条数", "得分", "条数", "得分", None],
            *PORTAL,
        ],
        ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"],
    )
    assert table is not None
    assert table.title == "附件1 市直各部门信息采用情况统计表"
    assert table.columns == (
        "排名",
        "扎兰屯市政府网采用/条数",
        "扎兰屯市政府网采用/得分",
        "呼伦贝尔市政府网采用/条数",
        "呼伦贝尔市政府网采用/得分",
        "1-3月得分",
    )
    assert figures(table) == {row[1]: [row[0], *row[2:]] for row in PORTAL}


def test_a_counter_in_front_and_rates_in_every_spelling(tmp_path: Path) -> None:
    rows = [(number, *row) for number, row in enumerate(DISTRICT, 1)]
    table = read(
        tmp_path,
        [
            ["4月份网站公开信息报送情况统计表"],
            ["序号", "单位", "报送信息数（条）", "采纳数（条）", "采纳率"],
            *rows,
            ["区环保局、区教育局、区人社局均有独立网站，不再单独统计。"],
        ],
        ["A1:E1", "A16:E16"],
    )
    assert table is not None
    assert table.columns == ("报送信息数（条）", "采纳数（条）", "采纳率")
    assert figures(table) == {
        unit: [submitted, adopted, Fraction(rate.rstrip("%")) / (100 if "%" in rate else 1)]
        for unit, submitted, adopted, rate in DISTRICT
    }
    assert str(table) == (
        "统计表「4月份网站公开信息报送情况统计表」"
        "（13 行，相加为：报送信息数（条） 235、采纳数（条） 121）"
    )


@pytest.mark.parametrize("corner", ["媒体", None], ids=["named", "blank"])
def test_a_table_with_a_column_for_each_unit_is_turned_and_blanks_are_zero(
    tmp_path: Path, corner: str | None
) -> None:
    table = read(
        tmp_path,
        [["各区（市）教育局11月份度新闻和信息宣传情况统计表"], [corner, *TOWNS], *MEDIA, POINTS],
        ["A1:G1"],
    )
    assert table is not None
    assert table.columns == (*(row[0] for row in MEDIA), "得分")
    printed = {row[0]: [*row[1:], *[None] * 6][:6] for row in (*MEDIA, POINTS)}
    assert figures(table) == {
        town: [printed[column][place] or 0 for column in table.columns]
        for place, town in enumerate(TOWNS)
    }


def test_heads_over_three_rows_with_current_and_cumulative_figures(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        [
            ["单位", "报送条数", "累计条数", "采用情况", None, None, "得分", "累计得分"],
            [None, None, None, "市本级采用", None, "上级采用", None, None],
            [None, None, None, "普发", "约稿", None, None, None],
            ["甲街道", 12, 30, 5, 1, None, "8.5", 20],
            ["乙街道", 3, 9, None, None, None, None, 4.5],
        ],
        ["A1:A3", "B1:B3", "C1:C3", "D1:F1", "G1:G3", "H1:H3", "D2:E2", "F2:F3"],
    )
    assert table is not None
    assert table.columns == (
        "报送条数",
        "累计条数",
        "采用情况/市本级采用/普发",
        "采用情况/市本级采用/约稿",
        "采用情况/上级采用",
        "得分",
        "累计得分",
    )
    assert figures(table) == {
        "甲街道": [12, 30, 5, 1, 0, Fraction(17, 2), 20],
        "乙街道": [3, 9, 0, 0, 0, 0, Fraction(9, 2)],
    }


BY_UNIT = {
    "农业农村局": 12,
    "人力资源和社会保障局": 8,
    "经济技术开发区管委会": 5,
    "科技和工业信息化局": 4,
    "文化广电和旅游局": 4,
    "商务局": 4,
    "发展改革委": 3,
    "张羌街道": 1,
}


@pytest.mark.parametrize(
    ("heading", "printed", "total"),
    [
        (["单位", "采用条数"], {unit: [count] for unit, count in BY_UNIT.items()}, [41]),
        (
            ["来源", "采用条数"],
            {
                "县区": [34],
                "市直部门": [48],
                "市政府办政务科室及单位": [13],
                "自行采编": [9],
                "摘编省媒市外要情": [1],
            },
            [99],
        ),
        (
            ["来源", "数量", "占比"],
            {
                "区政协8个专委会": [224, "35.93%"],
                "区政协参加单位": [126, "20.34%"],
                "区政协信息科": [272, "43.73%"],
            },
            [622, "100%"],
        ),
        (
            ["类别", "报送", "采用"],
            {
                "各级林业主管部门": ["", "84条"],
                "厅机关各处": ["", "91条"],
                "厅直属各事业单位": ["", "52条"],
                "各信息直报点": ["", "39条"],
            },
            ["1206条", "266条"],
        ),
    ],
    ids=["a list of units", "by source", "with shares", "with count words"],
)
def test_lists_of_counts(
    tmp_path: Path, heading: list[str], printed: dict[str, list[object]], total: list[object]
) -> None:
    rows = [[name, *(told or None for told in row)] for name, row in printed.items()]
    table = read(tmp_path, [heading, *rows, ["合 计", *total]])
    assert table is not None
    assert figures(table) == {unit: [amount(told) for told in row] for unit, row in printed.items()}
    assert table.total == tuple(map(amount, total))


def amount(told: object) -> Fraction:
    written = str(told).rstrip("条") or "0"
    return Fraction(written.rstrip("%")) / (100 if "%" in written else 1)


def test_a_total_that_is_not_the_sum_is_told(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        [
            ["来源", "采用条数", "占比"],
            ["县区", 34, "34%"],
            ["市直部门", 71, "71%"],
            ["合计", 99, "1"],
        ],
    )
    assert str(table) == (
        "统计表（2 行，相加为：采用条数 105；合计行的采用条数是 99，各行相加却是 105）"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["书名", "价格"], ["某书", "十元"], ["某书二", "二十元"]],
        [["填报说明"], ["一、每季度报送一次。"]],
        [["姓名", "单位"], ["杜若", "提案委"]],
        [["单位", "条数"], ["提案委", 200], ["文史委", "200余条"]],
        [["单位", "条数"]],
        [["单位", "条数"], ["提案委", None], ["文史委", 0]],
    ],
)
def test_what_is_no_table_of_counts(tmp_path: Path, rows: list[list[object]]) -> None:
    assert read(tmp_path, rows) is None
