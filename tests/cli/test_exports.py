"""`verify FILE`: whether an export still holds, is out of date, or was altered by hand."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from clerk import Clerk
from programs import converted
from sqmy import days
from sqmy.intake.exported import SUFFIXES, Export
from sqmy.reports import marks
from sqmy.workspace import exports

YEAR = "--year 2025"
REPORTS = (
    f"score {YEAR}",
    f"score {YEAR} --quarter 1 --audience public",
    f"explain 杜若 {YEAR}",
    f"quota {YEAR} --owing --as-of 2025-06-30",
    f"standings {YEAR}",
    f"bulletin {YEAR} --annual",
    f"slip 杜若 {YEAR}",
)
MADE = [
    *((line, ".html") for line in REPORTS),
    *((REPORTS[0], suffix) for suffix in SUFFIXES if suffix != ".html"),
    (REPORTS[5], ".docx"),
]
"""Every report, every kind of file, and the document that is sent most often."""

UNRELATED = "submit 关于旧事的建议 --author 杜若 --on 2019-05-01"


@pytest.fixture
def office(clerk: Clerk) -> Clerk:
    """A county with an item that was adopted."""
    clerk.do("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    return clerk


def export(clerk: Clerk, line: str, path: Path) -> Path:
    """Write a report; bulletins also say something about settings."""
    done = clerk.run(f"{line} --to", path)
    assert done.code == 0, done
    return path


def known(path: Path) -> dict[str, str]:
    return Export(path.read_bytes(), path.suffix).marks(marks.PREFIX)


def lines(path: Path) -> list[str]:
    return Export(path.read_bytes(), path.suffix).lines()


# -- it still holds ----------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "suffix"), MADE)
def test_what_was_just_made_holds(line: str, suffix: str, office: Clerk, tmp_path: Path) -> None:
    path = export(office, line, tmp_path / f"甲{suffix}")
    seq, head = office.head() or (0, "")
    assert known(path)[marks.LEDGER] == f"{seq}:{head}"
    assert office.do("verify", path) == (
        f"{path} 仍然有效：出自本台账第 {seq} 项登记时，没有被改动过；此后没有新的登记。\n"
    )
    assert office.head() == (seq, head)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_has_nothing_to_do_with_it_leaves_it_valid(
    suffix: str, office: Clerk, tmp_path: Path
) -> None:
    path = export(office, f"score {YEAR}", tmp_path / f"甲{suffix}")
    office.do(UNRELATED)
    office.do("instruct 2025-001 --rank 省级领导 --on 2026-01-01")
    assert "此后登记了 2 项，没有影响它。" in office.do("verify", path)


def test_it_is_made_again_as_of_the_day_on_which_it_was_made(office: Clerk, tmp_path: Path) -> None:
    """A quota that was not yet due then is not yet due in what is made again."""
    with days.assuming("2025-05-04"):
        path = export(office, f"quota {YEAR}", tmp_path / "任务.html")
    assert known(path)[marks.MADE] == "2025-05-04"
    assert "未到期" in "".join(lines(path))
    assert "仍然有效" in office.do("verify", path)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_what_another_program_has_saved_holds(suffix: str, office: Clerk, tmp_path: Path) -> None:
    path = export(office, f"score {YEAR}", tmp_path / f"甲{suffix}")
    (saved,) = converted([path], suffix[1:], tmp_path)
    assert saved.read_bytes() != path.read_bytes()
    assert "仍然有效" in office.do("verify", saved)


# -- it is out of date -------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "suffix"), MADE)
def test_what_the_ledger_has_gone_beyond_is_told(
    line: str, suffix: str, office: Clerk, tmp_path: Path
) -> None:
    path = export(office, line, tmp_path / f"甲{suffix}")
    seq = (office.head() or (0, ""))[0]
    office.do("adopt 2025-001 --channel 省政协 --on 2025-03-31")
    office.do("void 2025-002 --with-dependents --because 撤稿")
    told = office.refused("verify", path)
    assert f"已经过时：出自台账第 {seq} 项登记时，此后登记的使 " in told
    assert "\n  当时：" in told
    assert "\n  现在：" in told
    assert "改动" not in told


def test_what_cannot_be_made_any_more_is_out_of_date(office: Clerk, tmp_path: Path) -> None:
    path = export(office, f"explain 杜若 {YEAR}", tmp_path / "杜若.html")
    office.do("member add 杜若 --unit 社法委 --role 委员")
    assert "  现在：名称「杜若」不止一个" in office.refused("verify", path)


def test_a_published_year_stays_valid_when_it_is_sealed(office: Clerk, tmp_path: Path) -> None:
    before = export(office, f"score {YEAR}", tmp_path / "前.html")
    office.do(f"seal {YEAR}")
    after = export(office, f"score {YEAR}", tmp_path / "后.html")
    assert "仍然有效" in office.do("verify", before)
    office.do("adopt 2025-001 --channel 省政协 --on 2025-03-31")
    assert "仍然有效" in office.do("verify", before)  # what is published has not changed
    assert "仍然有效" in office.do("verify", after)
    office.do(f"seal {YEAR} --because 更正通报已发")
    assert "已经过时" in office.refused("verify", after)


# -- it was altered ----------------------------------------------------------------------------


def alter(path: Path) -> None:
    """Give 杜若 other points, as somebody would with the program that the file is for."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for row in book["个人"].iter_rows():
            if "杜若" in [cell.value for cell in row]:
                row[3].value = 99
        book.save(path)
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        for table in document.tables:
            for row in table.rows:
                if "杜若" in [cell.text for cell in row.cells]:
                    row.cells[3].paragraphs[0].runs[0].text = "99.00"
        document.save(str(path))
    else:
        text = path.read_text(encoding="utf-8")
        row = next(line for line in text.splitlines() if "杜若" in line)
        changed = re.sub(r"\d+\.\d\d", "99.00", row)
        path.write_text(text.replace(row, changed, 1), encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_was_altered_by_hand_is_told_line_by_line(
    suffix: str, office: Clerk, tmp_path: Path
) -> None:
    path = export(office, f"score {YEAR}", tmp_path / f"甲{suffix}")
    alter(path)
    told = office.refused("verify", path)
    assert "导出以后被改动过：\n  文件里：" in told
    (altered,) = re.findall("  文件里：(.*)\n", told)
    assert "杜若" in altered
    assert "99" in altered
    assert "过时" not in told


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_both_are_told(suffix: str, office: Clerk, tmp_path: Path) -> None:
    path = export(office, f"score {YEAR}", tmp_path / f"甲{suffix}")
    alter(path)
    office.do("adopt 2025-001 --channel 省政协 --on 2025-03-31")
    told = office.refused("verify", path)
    assert "导出以后被改动过：" in told
    assert "已经过时：" in told


def test_whoever_makes_the_hash_anew_is_found_all_the_same(office: Clerk, tmp_path: Path) -> None:
    path = export(office, f"score {YEAR}", tmp_path / "甲.html")
    old = known(path)[marks.CONTENT]
    alter(path)
    new = exports._digest(lines(path))
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    told = office.refused("verify", path)
    assert "像是连校验码一起改过。\n  文件里：" in told


def test_an_export_of_another_version_is_judged_by_its_hash(
    office: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been laid out otherwise."""
    path = export(office, f"score {YEAR}", tmp_path / "甲.html")
    monkeypatch.setattr("sqmy.reports.scores.YearScores.title", "另一种标题")
    monkeypatch.setattr(exports, "__version__", "9.9")
    assert "仍然有效" in office.do("verify", path)
    alter(path)
    assert "导出以后被改动过" in office.refused("verify", path)


# -- what it was made with ---------------------------------------------------------------------


def test_the_command_is_kept_without_ledger_operator_and_folders(
    office: Clerk, tmp_path: Path
) -> None:
    rules = tmp_path / "机密文件夹" / "试算.yaml"
    rules.parent.mkdir()
    packaged = Path(__file__).parents[2] / "rules" / "scoring.yaml"
    rules.write_bytes(packaged.read_bytes())
    path = export(office, f"score {YEAR} --rules {rules}", tmp_path / "试算.html")
    kept = json.loads(known(path)[marks.COMMAND])
    assert kept == ["score", "--year", "2025", "--rules", {"file": "试算.yaml"}]
    assert "机密文件夹" not in path.read_text(encoding="utf-8")
    told = office.do("verify", path)  # the rulebook is not where it is looked for
    assert "没有被改动过" in told
    assert "不能重做一遍来核对是否过时" in told
    rules.rename(tmp_path / "试算.yaml")
    assert "仍然有效" in office.do("verify", path)
    alter(path)
    assert "导出以后被改动过" in office.refused("verify", path)
    (tmp_path / "试算.yaml").unlink()
    assert "能读到的内容与导出时的校验码不符" in office.refused("verify", path)


@pytest.mark.parametrize("way", ["--to={}", "--to {}"])
def test_however_the_file_was_named(way: str, office: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "得分.html"
    office.do(f"score {YEAR} {way.format(path)}")
    assert json.loads(known(path)[marks.COMMAND]) == ["score", "--year", "2025"]


# -- what is none of ours ----------------------------------------------------------------------


def test_an_export_of_another_ledger(office: Clerk, tmp_path: Path) -> None:
    other = Clerk(tmp_path / "另.db")
    other.do("init")
    path = export(other, f"score {YEAR}", tmp_path / "甲.html")
    assert "不是从这本台账导出的：它写着第 1 项登记的校验码" in office.refused("verify", path)


def test_a_file_without_marks(office: Clerk, tmp_path: Path) -> None:
    for path in (tmp_path / "甲.html", tmp_path / "乙.md"):
        path.write_text("<p>别的</p>", encoding="utf-8")
        assert "没有台账的标记" in office.refused("verify", path)
    book = openpyxl.Workbook()
    book.save(tmp_path / "丙.xlsx")
    docx.Document().save(str(tmp_path / "丁.docx"))
    for path in (tmp_path / "丙.xlsx", tmp_path / "丁.docx"):
        assert "没有台账的标记" in office.refused("verify", path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken"])
def test_a_file_that_is_broken(suffix: str, content: bytes, office: Clerk, tmp_path: Path) -> None:
    path = tmp_path / f"甲{suffix}"
    path.write_bytes(content)
    told = office.refused("verify", path)
    assert "文件已损坏" in told or "没有台账的标记" in told


def test_a_file_that_is_not_there(office: Clerk, tmp_path: Path) -> None:
    assert "没有这个文件" in office.refused("verify", tmp_path / "没有.html")


def test_an_anchor_is_no_matter_of_an_export(office: Clerk, tmp_path: Path) -> None:
    path = export(office, f"score {YEAR}", tmp_path / "甲.html")
    told = office.refused("verify --anchor 1:12345678", path, code=2)
    assert "不能同时用" in told


def test_a_stamped_workbook_is_a_sound_zip(office: Clerk, tmp_path: Path) -> None:
    for name in ("甲.xlsx", "甲.docx"):
        path = export(office, f"score {YEAR}", tmp_path / name)
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
            assert archive.testzip() is None
            assert len(archive.namelist()) == len(set(archive.namelist()))
