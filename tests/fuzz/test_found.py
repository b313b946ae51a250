"""What fuzzing has found, told one by one; what takes memory is in `cli/test_hostile_files`."""

import json
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH

import packaged
import workbooks
from bad_sheets import Sheets
from clerk import Clerk, county, found_county
from fuzzing import bounded
from sheets import VOCABULARY
from sqmy import points
from sqmy.cli.failures import told
from sqmy.declared import attribute
from sqmy.errors import LedgerError, SqmyError
from sqmy.intake import cells, sheets
from sqmy.intake.exported import Export
from sqmy.ledger.opening import open_ledger
from sqmy.reports import marks
from sqmy.reports.model import Basis, Column, Report, Table
from sqmy.reports.papers import profile_file
from sqmy.reports.render.document import document
from sqmy.reports.render.stamp import stamped
from sqmy.rules import cases, compiled
from sqmy.text import wrap
from sqmy.vocabulary import Declared
from workbooks import raw, text

SHEET: Sheets = {
    "报送": [
        ["编号", "标题", "作者", "报送单位", "报送日期"],
        ["2025-901", "关于饮水的建议", "杜若", "提案委", "2025-03-01"],
    ]
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ledger = tmp_path_factory.mktemp("县") / "样.db"
    found_county(ledger)
    return ledger


@pytest.fixture
def clerk(template: Path, tmp_path: Path) -> Clerk:
    """With a copy of the small county."""
    return county(template, tmp_path)


# -- cells and sheets ------------------------------------------------------------------------------


@pytest.mark.parametrize("serial", [-328717, -1, -700_000.5])
def test_a_negative_serial_number_is_no_day_of_the_year_999(serial: float) -> None:
    """`%Y` writes the year 999 in three digits, which sort behind 1980."""
    with pytest.raises(SqmyError, match="看不懂"):
        cells.as_day(serial, WINDOWS_EPOCH, "报送日期")


@pytest.mark.parametrize("number", ["-5", "0", "1048577", "9" * 20])
def test_a_row_that_no_sheet_has_is_refused(number: str, tmp_path: Path) -> None:
    path = raw(tmp_path / "账.xlsx", f'<sheetData><row r="{number}">{text("甲")}</row></sheetData>')
    with pytest.raises(SqmyError, match="内部结构不正常"):
        sheets.read(path, path.name, 0)


def test_a_figure_of_five_thousand_digits_is_no_count(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "账.csv"
    path.write_text(f"单位类别\n2025-001,2025-001\n2025-001,{'9' * 5000}\n", encoding="utf-8")
    assert "没有一张表的标题认得出" in clerk.refused("import", path)


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_a_control_character_in_a_text_is_marked_in_the_sheet_written_back(
    character: str, clerk: Clerk, tmp_path: Path
) -> None:
    path, returned = tmp_path / "账.csv", tmp_path / "退回.xlsx"
    rows = [[cell.replace("关于", f"关于{character}") for cell in row] for row in SHEET["报送"]]
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    clerk.run("import --return", returned, path)
    assert [row[1] for row in workbooks.values(returned, "表")] == ["标题", "关于饮水的建议"]


def test_a_workbook_that_hides_every_sheet_is_written_back(clerk: Clerk, tmp_path: Path) -> None:
    path, returned = workbooks.workbook(tmp_path / "账.xlsx", SHEET), tmp_path / "退回.xlsx"
    hidden = stamped_part(path, "xl/workbook.xml", 'state="visible"', 'state="hidden"')
    path.write_bytes(hidden)
    assert "已写回" in clerk.do("import --return", returned, path)
    assert load_workbook(returned)["报送"].sheet_state == "visible"


def stamped_part(path: Path, part: str, old: str, new: str) -> bytes:
    """A zip with a text in one of its parts replaced."""
    from zipfile import ZipFile  # noqa: PLC0415

    made = BytesIO()
    with ZipFile(path) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return made.getvalue()


def test_thirty_thousand_blanks_are_wrapped_at_once() -> None:
    """They took twenty seconds, each looked through to the end for a closing mark."""
    with bounded():
        lines = wrap(f"甲{' ' * 100_000}乙 ，丙", 40)
    assert "".join("".join(lines).split()) == "甲乙，丙"


# -- rulebooks, cases, profiles --------------------------------------------------------------------


@pytest.mark.parametrize("written", ["1e999999999", "1E9", "0.5", " 1", "1/0", "١", "1_0", ""])
def test_a_kept_fraction_is_read_as_it_was_written_and_no_other(written: str) -> None:
    """`Fraction` would make a number of a thousand million digits of the first."""
    with pytest.raises(ValueError, match="no exact value"):
        points.restored(written)
    assert points.restored("-75/2") * 2 == -75


@pytest.mark.parametrize(
    ("old", "new"),
    [('"decimals":2', '"decimals":"²"'), ('"points":["5"]', '"points":["1e999999999"]'), ("}", "")],
)
def test_an_altered_compiled_form_is_the_ledgers_fault(old: str, new: str) -> None:
    form = compiled.compile_(packaged.rulebook())
    assert old in form
    with pytest.raises(LedgerError, match="计分办法读不出来"):
        compiled.load(form.replace(old, new))


@pytest.mark.parametrize("years", ["0", "21", "999999999"])
def test_an_award_looks_back_on_no_more_years_than_anybody_scores(years: str) -> None:
    broken = packaged.TEXT.replace("    取: 2\n", f"    取: 2\n    连续年数: {years}\n", 1)
    (problem,) = packaged.refusal(broken)
    assert "「连续年数」要在 1 到 20 之间" in problem.message


def test_a_case_has_no_more_items_than_can_be_scored_at_once() -> None:
    item = "    - {编号: X%d, 报送: 2025-02-01, 单位: 提案委, 条数: 1000}\n"
    text = (
        "- 说明: 多\n  条款: [六(二)2]\n  年度: 2025\n  单位: {提案委: {单位类别: 委室}}\n"
        f"  人员: 无\n  信息:\n{''.join(item % number for number in range(21))}  得分: {{}}\n"
    )
    with pytest.raises(SqmyError, match="一个算例最多 20000 条信息"):
        cases.read(text.replace("得分: {}", "得分: {提案委: 0}"), "算例.yaml", packaged.rulebook())


def test_a_count_of_five_thousand_digits_is_refused_in_a_profile() -> None:
    own = f"通报: {{标题列出: {'9' * 5000}}}"
    whole = (packaged.ROOT / "rules" / "documents.yaml").read_text(encoding="utf-8")
    with pytest.raises(SqmyError, match="0 至 999 的整数"):
        profile_file.read(whole, own, "文书设定.yaml")


@pytest.mark.parametrize("written", ["1/999983:1", "1234567:1", "3:", "-1:2", "3：2：1e9"])
def test_a_proportion_is_of_short_numbers(written: str) -> None:
    """Each makes a denominator of its own, and all of a year's have one in common."""
    vocabulary = VOCABULARY._replace(declared=(Declared("分工", "item", "shares"),))
    with pytest.raises(SqmyError, match="每个数不超过 6 位"):
        attribute(vocabulary, "item", "分工", written)
    assert attribute(vocabulary, "item", "分工", "33.3:66.7") == ("分工", "33.3:66.7")


# -- reports ---------------------------------------------------------------------------------------


def test_a_document_holds_a_long_title_and_many_marks() -> None:
    """python-docx takes 255 characters of each; three editions and a seal have more."""
    said = tuple((f"sqmy.{number}", "5a" * 32) for number in range(9))
    report = Report("题" * 300, (Table("空", (Column("甲"),), (("",),)),), basis=Basis(marks=said))
    content = document(report)
    assert Export(content, ".docx").marks(marks.PREFIX) == dict(said)
    assert docx.Document(BytesIO(content)).core_properties.title == "题" * 255


FORGED = [
    ["reconcile", "台账.xlsx", "--channel", "市政协", "--accept"],
    ["void", "2025-001", "--because", "x"],
    ["--ledger", "别处.db", "score", "--year", "2025"],
    ["import", "台账.xlsx", "--yes", "--"],
    ["rules", "adopt", "办法.yaml"],
    ["score", "--year", "2025", "--to", "别的.html"],
    ["slip", "--year", "2025", "--to=别的.docx", "--number"],
    [],
]


@pytest.mark.parametrize("command", FORGED)
def test_a_reports_file_has_no_command_carried_out_that_is_no_report(
    command: list[str], clerk: Clerk, tmp_path: Path
) -> None:
    """Whoever writes a file writes its marks too; `verify` is not to record anything for him."""
    path = tmp_path / "得分.html"
    clerk.do("score --year 2025 --to", path)
    sound = path.read_bytes()
    name = f'name="{marks.COMMAND}"'.encode()
    start = sound.index(name)
    end = sound.index(b">", start)
    said = json.dumps(command, ensure_ascii=False).replace('"', "&quot;").encode()
    path.write_bytes(sound[:start] + name + b' content="' + said + b'"' + sound[end:])
    assert "不是出报表的命令" in clerk.refused("verify", path)


@pytest.mark.parametrize(
    ("mark", "value"),
    [
        (marks.MADE, "二〇二五"),
        (marks.LEDGER, f"{'9' * 30}:aa"),
        (marks.LEDGER, f"{'9' * 5000}:aa"),
        (marks.LEDGER, "²:aa"),
        (marks.COMMAND, "[" * 100_000),
        (marks.COMMAND, "{"),
    ],
)
def test_marks_that_nobody_wrote_are_no_fault_of_the_program(
    mark: str, value: str, clerk: Clerk, tmp_path: Path
) -> None:
    path = tmp_path / "得分.html"
    clerk.do("score --year 2025 --to", path)
    path.write_bytes(
        path.read_bytes().replace(f'name="{mark}" content="'.encode(), b'name="x" content="')
    )
    path.write_bytes(stamped(path.read_bytes(), ".html", {mark: value}))
    outcome = clerk.run("verify", path)
    assert outcome.code in {0, 1}
    assert "程序本身有毛病" not in outcome.err


# -- an altered ledger -----------------------------------------------------------------------------


def alter(clerk: Clerk, *statements: str) -> None:
    """As with a database program: the triggers gone, and then these statements."""
    with closing(sqlite3.connect(clerk.ledger)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_an_item_at_a_place_that_the_chain_has_not_takes_no_memory(clerk: Clerk) -> None:
    alter(clerk, "UPDATE submission SET item = 1 << 40 WHERE fact = 21")
    told = clerk.refused("score --year 2025", code=3)
    assert "不在校验链上" in told


def test_a_link_at_a_far_place_takes_no_memory_and_nothing_is_recorded_behind_it(
    clerk: Clerk,
) -> None:
    alter(clerk, "UPDATE chain SET seq = 1 << 45 WHERE seq = 21")
    assert "缺了一项" in clerk.refused("submit 新的建议 --author 杜若 --on 2025-07-01", code=3)
    assert "台账核对不符" in clerk.refused("verify", code=3)


def test_what_comes_up_on_an_altered_ledger_is_told_as_the_ledgers_fault(clerk: Clerk) -> None:
    alter(clerk, "UPDATE submission SET submitted_on = '0001-01-01' WHERE fact = 19")
    told = clerk.refused("stats", code=3)
    assert "台账里的内容对不上" in told
    with open_ledger(Path(clerk.ledger)) as ledger:
        assert ledger.row("SELECT count(*) FROM chain") == (21,)


def test_too_little_memory_is_told_as_such() -> None:
    assert told(MemoryError(), ["score"]).startswith("错误：内存不够")
