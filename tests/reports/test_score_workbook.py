"""The year's workbook: its sheets, and that another program comes to the same totals."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from counties import county
from programs import converted
from scored import FORMULA, SHA256, small, year_of
from sqmy.reports.render.workbook import workbook
from sqmy.reports.score_workbook import score_workbook
from sqmy.reports.scores import YearScores
from sqmy.scoring.book import Holder, PointLine

SHEETS = ["个人", "单位", "明细", "任务完成", "核对", "说明"]
AS_OF = "2025-11-22"


def written(scores: YearScores) -> bytes:
    return workbook(score_workbook(scores, AS_OF))


def opened(scores: YearScores) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(written(scores)))


def records(sheet: Worksheet, first: str) -> list[dict[str, Any]]:
    """The rows of a sheet's table by heading; its headings begin with `first`."""
    assert sheet.auto_filter.ref
    left, top, right, bottom = range_boundaries(sheet.auto_filter.ref)
    headings, *rows = sheet.iter_rows(top, bottom, left, right, values_only=True)
    assert headings[0] == first
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def year() -> YearScores:
    """The small county's year."""
    return year_of(small())


@pytest.fixture(scope="module")
def book(year: YearScores) -> openpyxl.Workbook:
    """Its workbook, opened again."""
    return opened(year)


def test_the_sheets_and_their_titles(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert {sheet["A1"].value for sheet in book} == {"2025年社情民意信息得分"}
    assert [sheet["A2"].value for sheet in book] == [
        "个人（4 人）",
        "单位（3 个）",
        "明细（14 项）",
        "任务完成（17 项，截至 2025-11-22）",
        "核对（7 项）",
        "说明",
    ]


def test_members_by_standing(book: openpyxl.Workbook) -> None:
    members = records(book["个人"], "名次")
    assert [(m["名次"], m["姓名"], m["单位"], m["得分"]) for m in members] == [
        (1, "白芷", "民盟支部", 30),
        (2, "白芷", "提案委", pytest.approx(20 + 5 / 3, rel=1e-15)),
        (3, "苏叶", "社法委", pytest.approx(20 + 5 / 3 - 10, rel=1e-15)),
        (4, "杜若", "提案委", pytest.approx(5 + 5 / 3, rel=1e-15)),
    ]
    assert {cell.number_format for cell in book["个人"]["D"][3:7]} == {"0.00"}


def test_units_group_under_group(book: openpyxl.Workbook) -> None:
    rows = [row[:4] for row in book["单位"].iter_rows(min_row=3, max_row=8, values_only=True)]
    assert rows == [
        ("名次", "单位", "类别", "得分"),
        ("第一序列", None, None, None),
        (1, "提案委", "委室", 7.5),
        (2, "社法委", "委室", -7.5),
        ("第二序列", None, None, None),
        (1, "民盟支部", "民主党派", 10),
    ]


def test_every_line_with_its_clause_and_evidence(year: YearScores, book: openpyxl.Workbook) -> None:
    lines = records(book["明细"], "类别")
    holders = {f"F{holder.key[1]}": holder for holder in year.holders()}
    assert {line["名册号"] for line in lines} == set(holders)
    for key, holder in holders.items():
        own = [line for line in lines if line["名册号"] == key]
        assert len(own) == len(year.book.lines_of(holder.key))
        assert {(line["姓名/单位"], line["所在单位"]) for line in own} == {
            (holder.name, holder.unit)
        }
        assert sum(Fraction(str(line["精确值"])) for line in own) == holder.total
        assert sum(line["得分"] for line in own) == pytest.approx(float(holder.total))
    assert {line["条款"] for line in lines} <= set(year.rulebook.clauses)
    (shared,) = [
        line for line in lines if line["姓名/单位"] == "杜若" and line["编号"] == "2025-001"
    ]
    assert shared["精确值"] == "5/3"
    assert shared["标题"] == "关于停车难的建议"
    assert shared["登记号"].startswith("F")
    assert shared["缘由"] == "市政协 2025-04-01 单篇采用，5 分由 3 方分摊"


def test_a_title_that_looks_like_a_formula_is_a_text(book: openpyxl.Workbook) -> None:
    found = [cell for row in book["明细"] for cell in row if cell.value == FORMULA]
    assert {cell.data_type for cell in found} == {"s"}
    assert len(found) == 2  # the author's line and the unit's


def test_every_obligation_with_its_state(year: YearScores, book: openpyxl.Workbook) -> None:
    quotas = records(book["任务完成"], "名称")
    assert [(q["名称"], q["应完成"], q["已完成"], q["状态"]) for q in quotas] == [
        (o.name, o.required, o.actual, o.state(AS_OF)) for o in year.book.obligations
    ]
    assert {q["状态"] for q in quotas} == {"完成", "未完成", "未到期"}


def test_formulas_stand_in_the_proof_alone(book: openpyxl.Workbook) -> None:
    kinds = {
        sheet.title: {cell.data_type for row in sheet for cell in row if cell.value is not None}
        for sheet in book
    }
    assert {name for name, types in kinds.items() if "f" in types} == {"核对"}
    assert all(types <= {"s", "n", "f"} for types in kinds.values())


def test_what_the_workbook_rests_on(year: YearScores, book: openpyxl.Workbook) -> None:
    about = {row["事项"]: row["内容"] for row in records(book["说明"], "事项")}
    anchor = f"{year.seq}:{year.head}"
    assert about["年度"] == "2025年（2025-01-01 至 2025-12-31）"
    assert about["计分办法"] == "《XX县加强反映社情民意信息工作实施办法》示例版"
    assert about["计分办法的 SHA-256"] == SHA256
    assert about["台账的校验码"] == anchor
    marks = {one.name: one.value for one in book.custom_doc_props.props}
    assert marks == {"sqmy.year": "2025", "sqmy.ledger": anchor, "sqmy.rulebooks": SHA256}
    for sheet in book:
        assert sheet.oddFooter.left.text.endswith("实施办法》示例版")
        assert year.head[:16] in sheet.oddFooter.right.text


# LibreOffice adds up the lines


def computed(books: Mapping[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """Workbooks as LibreOffice has opened, computed and saved them."""
    for name, raw in books.items():
        (folder / f"{name}.xlsx").write_bytes(raw)
    made = converted([folder / f"{name}.xlsx" for name in books], "xlsx", folder)
    return {path.stem: openpyxl.load_workbook(path, data_only=True) for path in made}


def proof_of(book: openpyxl.Workbook) -> dict[str, dict[str, Any]]:
    """The rows of 核对 by 名册号."""
    return {row["名册号"]: row for row in records(book["核对"], "类别")}


def half_up(value: float, like: str) -> Decimal:
    """A computed value to as many decimals as the printed one, once binary remains are gone."""
    return Decimal(repr(value)).quantize(Decimal("1e-9")).quantize(Decimal(like), ROUND_HALF_UP)


def check(scores: YearScores, book: openpyxl.Workbook) -> None:
    """What LibreOffice computed is what the engine did, for every holder."""
    proof = proof_of(book)
    assert len(proof) == len(scores.holders())
    for holder in scores.holders():
        row, shown = proof[f"F{holder.key[1]}"], scores.shown(holder)
        assert (row["姓名/单位"], row["所在单位"]) == (holder.name, holder.unit)
        for heading in ("明细合计", "表中得分", "程序得分"):
            assert half_up(row[heading], shown) == Decimal(shown), (row, heading)
        assert Fraction(str(row["精确值"])) == holder.total
        assert row["明细项数"] == len(scores.book.lines_of(holder.key))
        assert (row["差"], row["结果"]) == (0, "一致")
    count = len(proof)
    assert book["核对"]["A4"].value == f"共 {count} 项，{count} 项一致，0 项不一致。"


SEEDS = (2, 3, 5, 8, 13, 21)


def test_libreoffice_comes_to_the_same_totals(tmp_path: Path) -> None:
    years = {"small": year_of(small())}
    years |= {f"county{seed}": year_of(county(seed)) for seed in SEEDS}
    books = computed({name: written(scores) for name, scores in years.items()}, tmp_path)
    for name, scores in years.items():
        check(scores, books[name])
    names = [holder.name for scores in years.values() for holder in scores.book.members]
    assert len(set(names)) < len(names)


TIES = {
    "1/8": ["1/24"] * 3,  # 0.125, a tie, of three parts that no binary number holds
    "-1/8": ["-1/24"] * 3,
    "107/40": ["107/120"] * 3,  # 2.675, which is less than that in binary
    "201/200": ["67/200"] * 3,  # 1.005
    "185/3": ["5/3"] * 37,
    "1/7": ["1/49"] * 7,
    "0": ["1/3", "1/3", "1/3", "-1"],
    "99999/200": ["99999/1400"] * 7,  # 499.995
}
"""Totals that are hard to round, each with its parts."""


def hard() -> YearScores:
    """A year of made-up lines with those totals."""
    lines = {
        ("member", 100 + n): tuple(
            PointLine("六(二)2", Fraction(part), 1, 7, "市政协采用") for part in parts
        )
        for n, parts in enumerate(TIES.values())
    }
    members = tuple(
        Holder(("member", 100 + n), "同名", f"单位{n}", "", None, Fraction(total), 1)
        for n, total in enumerate(TIES)
    )
    assert [sum(line.points for line in own) for own in lines.values()] == [
        holder.total for holder in members
    ]
    year = year_of(small())
    book = year.book._replace(
        members=members, units=(), obligations=(), lines_of=lambda key: lines[key]
    )
    return year._replace(book=book, titles={1: ("2025-001", "某题")})


def test_totals_that_are_hard_to_round(tmp_path: Path) -> None:
    scores = hard()
    assert [scores.shown(holder) for holder in scores.book.members] == [
        "0.13", "-0.13", "2.68", "1.01", "61.67", "0.14", "0.00", "500.00",
    ]  # fmt: skip
    check(scores, computed({"hard": written(scores)}, tmp_path)["hard"])


def test_a_changed_figure_is_found(year: YearScores, tmp_path: Path) -> None:
    changed = {}
    for name, sheet, place in (
        ("line", "明细", "E4"),
        ("total", "个人", "D4"),
        ("none", "说明", "A4"),
    ):
        book = opened(year)
        book[sheet][place] = 99
        stream = BytesIO()
        book.save(stream)
        changed[name] = stream.getvalue()
    found = {
        name: [row["姓名/单位"] for row in proof_of(book).values() if row["结果"] != "一致"]
        for name, book in computed(changed, tmp_path).items()
    }
    assert found == {"line": ["白芷"], "total": ["白芷"], "none": []}
