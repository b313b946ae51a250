"""The empty workbook: what may be filled in, that it imports as nothing, and filled as it says."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import packaged
import workbooks
from copies import contents, new_desk, take
from sqmy.errors import LedgerError, SqmyError
from sqmy.intake.headings import KINDS
from sqmy.rules import reader
from sqmy.workspace.template import blank_sheets, guide, rulebook_in_force, write_template

RULEBOOK = packaged.rulebook()
KIND_NAMES = [kind.label for kind in KINDS]

CHANNELS = "县政协,市政协,省政协,全国政协"
LISTS = {
    ("单位", "单位类别"): "委室,民主党派,联络站,其他",
    ("单位", "参评"): "是,否",
    ("人员", "身份"): "常委,委员,特邀信息员,驻市政协委员,驻省政协委员",
    ("报送", "署名"): "个人,单位",
    ("审核", "审核环节"): "单位审核,中心筛选,副秘书长审核,秘书长审定",
    ("审核", "审核结论"): "通过,退回,不采用",
    ("上报", "上报单位"): CHANNELS,
    ("采用", "采用单位"): CHANNELS,
    ("采用", "采用方式"): "单篇,综合,转送",
    ("批示", "领导级别"): "市委市政府分管领导,市委市政府主要领导,省级领导,国家领导人",
    ("认定", "认定类型"): "弄虚作假,报刊抄袭,网上下载",
}
LOOSE = {"身份", "上报单位", "采用单位", "领导级别", "认定类型"}
"""Where a cell may hold several words."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged rulebook's empty workbook."""
    path = tmp_path_factory.mktemp("template") / "空表.xlsx"
    write_template(path, RULEBOOK)
    return path


def sheets(path: Path) -> list[Worksheet]:
    """The sheets to be filled in."""
    return [sheet for sheet in load_workbook(path).worksheets if sheet.title in KIND_NAMES]


def headings(sheet: Worksheet) -> dict[str, str]:
    """The letter of each heading's column."""
    return {str(cell.value): cell.column_letter for cell in sheet[1]}


def rules(sheet: Worksheet) -> dict[str, dict[str, object]]:
    """What may be typed, by heading."""
    by_column = {letter: heading for heading, letter in headings(sheet).items()}
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (place,) = rule.sqref.ranges
        assert (place.min_row, place.max_row) == (2, 1_048_576)
        assert rule.showErrorMessage
        assert rule.allow_blank
        assert not rule.showDropDown  # which would hide the arrow
        parts = {"formula1": rule.formula1, "formula2": rule.formula2}
        found[by_column[place.coord[0]]] = dict(rule) | parts
    return found


def test_each_kind_has_a_sheet_with_the_canonical_headings(path: Path) -> None:
    assert load_workbook(path).sheetnames == ["填表说明", *KIND_NAMES]
    for sheet, kind in zip(sheets(path), KINDS, strict=True):
        assert list(headings(sheet)) == [heading.name for heading in kind.headings]
        assert sheet.max_row == 1
        assert sheet.freeze_panes == "A2"
        starred = [cell.value for cell in sheet[1] if cell.number_format == '@"*"']
        assert starred == [heading.name for heading in kind.headings if heading.required]


def test_every_drop_down_list_has_the_words_of_the_rulebook(path: Path) -> None:
    found = {
        (sheet.title, heading): rule
        for sheet in sheets(path)
        for heading, rule in rules(sheet).items()
        if rule["type"] == "list"
    }
    assert {place: rule["formula1"] for place, rule in found.items()} == {
        place: f'"{words}"' for place, words in LISTS.items()
    }
    styles = {heading for (_, heading), rule in found.items() if rule["errorStyle"] == "warning"}
    assert styles == LOOSE


def test_days_are_checked_and_codes_are_text(path: Path) -> None:
    days, codes = set(), set()
    for sheet in sheets(path):
        checked = rules(sheet)
        for heading, letter in headings(sheet).items():
            number_format = sheet.column_dimensions[letter].number_format
            if number_format == "yyyy-mm-dd":
                days.add(heading)
                rule = checked[heading]
                assert (rule["type"], rule["operator"]) == ("date", "between")
                assert (rule["formula1"], rule["formula2"]) == ("1", "109574")  # 1900 to 2199
            elif number_format == "@":
                codes.add(heading)
            else:
                assert checked.get(heading, {"type": "list"})["type"] == "list"
    known = {heading.name for kind in KINDS for heading in kind.headings}
    also = {"任职开始", "任职结束"}
    assert days == {heading for heading in known if heading.endswith("日期")} | also
    assert codes == {"编号", "联系电话", "期号"}


def test_every_heading_has_a_note_and_room(path: Path) -> None:
    for sheet, kind in zip(sheets(path), KINDS, strict=True):
        for cell, heading in zip(sheet[1], kind.headings, strict=True):
            assert cell.comment is not None
            words = cell.comment.text
            if heading.name == "报送单位":  # the column must be there, a cell may be blank
                assert words.startswith("不能缺这一列。")
            else:
                assert words.startswith("必填。" if heading.required else "选填。")
            assert len(words) > len("必填。")
            assert words.endswith("。")
            assert sheet.column_dimensions[cell.column_letter].width >= 2 * len(heading.name)


def test_it_imports_as_nothing_and_says_so(path: Path) -> None:
    desk = new_desk()
    report = take(desk, path)
    assert (report.new, report.batch, report.counts) == (0, None, ())
    assert str(report) == (
        "表里没有填内容，台账没有变化。\n注意：空表.xlsx，工作表「填表说明」是说明，没有读。"
    )


def test_its_examples_are_no_data_even_without_the_first_row(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    book["填表说明"].delete_rows(1)
    changed = tmp_path / "空表.xlsx"
    book.save(changed)
    report = take(new_desk(), changed)
    assert (report.new, report.batch) == (0, None)
    assert report.notes == ("空表.xlsx，工作表「填表说明」：没有认出标题行，跳过未读。",)


def test_its_examples_can_be_imported_where_they_belong(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    examples = {(row[0], row[1]): row[5] for row in guide(RULEBOOK).rows}
    for sheet in book.worksheets[1:]:
        for cell in sheet[1]:
            sheet.cell(2, cell.column, examples[sheet.title, str(cell.value)])
    book["单位"].append(["文史委员会", "委室", None, None, "文史委"])
    book["人员"].append(["李四", "文史委", "委员"])
    filled = tmp_path / "已填.xlsx"
    book.save(filled)
    desk = new_desk()
    assert take(desk, filled).new == len(KINDS) + 2
    found = contents(desk.ledger)
    assert found["unit"][0][0] == ("提案委",)
    assert found["member"][0][1:3] == ("经济界", "0557-3021234")
    assert found["submission"][0]["authors"] == ["张三（提案委员会）", "李四（文史委员会）"]
    assert found["finding"][0]["item"] == "2025-001"


def test_a_rulebook_s_own_words_and_attributes_are_offered(tmp_path: Path) -> None:
    text = packaged.patched("  认定类型: [", "  附加项: [体裁, 字数]\n  认定类型: [")
    rulebook = reader.read(text, "办法.yaml")
    write_template(tmp_path / "空表.xlsx", rulebook)
    (sheet,) = (sheet for sheet in sheets(tmp_path / "空表.xlsx") if sheet.title == "报送")
    assert list(headings(sheet))[-3:] == ["正文", "体裁", "字数"]
    assert [row[1] for row in guide(rulebook).rows if row[0] == "报送"][-2:] == ["体裁", "字数"]


def test_a_list_too_long_for_a_rule_stands_on_a_hidden_sheet(tmp_path: Path) -> None:
    kinds = [f"第{n}类单位" for n in range(60)]
    text = packaged.patched(
        "  单位类别: [委室, 民主党派, 联络站, 其他]",
        f"  单位类别: [委室, 民主党派, 联络站, 其他, {', '.join(kinds)}]",
    )
    path = tmp_path / "空表.xlsx"
    write_template(path, reader.read(text, "办法.yaml"))
    book = load_workbook(path)
    assert book["词表"].sheet_state == "hidden"
    assert rules(book["单位"])["单位类别"]["formula1"] == "'词表'!$A$2:$A$65"
    words = [row[0] for row in workbooks.values(path, "词表")]
    assert words[1:] == ["委室", "民主党派", "联络站", "其他", *kinds]
    assert take(new_desk(), path).new == 0


def test_the_guide_tells_every_column_and_its_words() -> None:
    rows = guide(RULEBOOK).rows
    fields = [(sheet.name, f.heading) for sheet in blank_sheets(RULEBOOK) for f in sheet.fields]
    assert [row[:2] for row in rows] == fields
    told = {row[:2]: row[4] for row in rows if row[4]}
    assert told == {place: words.replace(",", "、") for place, words in LISTS.items()}


def test_a_filled_workbook_is_not_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(SqmyError, match="已经存在，没有写入"):
        write_template(path, RULEBOOK)
    assert path.read_bytes() == before


def test_without_a_ledger_the_packaged_rulebook_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SQMY_LEDGER", raising=False)
    assert rulebook_in_force(None, "甲") == RULEBOOK
    with pytest.raises(LedgerError, match="没有台账"):
        rulebook_in_force("无.db", "甲")
    monkeypatch.setenv("SQMY_LEDGER", "无.db")
    with pytest.raises(LedgerError, match="没有台账"):
        rulebook_in_force(None, "甲")
