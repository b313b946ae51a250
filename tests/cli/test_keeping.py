"""Backups in a folder, restoring, and what is said of the ledger itself, at the command line."""

import os
import re
import time
from pathlib import Path

import openpyxl
import pytest

from clerk import Clerk
from ledgers import raw
from sqmy.ledger import appending
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.workspace.rulebooks import edition_of

NAME = re.compile(r"云汀-\d{8}-\d{6}\.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "备份").mkdir()
    return tmp_path / "备份"


def aged(folder: Path, *moments: str) -> None:
    """Give the only backup without an age the names of earlier ones."""
    (newest,) = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
    for moment in moments:
        (folder / f"云汀-{moment}.db").write_bytes(newest.read_bytes())
    newest.unlink()


def test_in_a_folder_a_backup_is_named_by_the_moment(clerk: Clerk, folder: Path) -> None:
    told = clerk.do("backup", folder)
    (made,) = folder.iterdir()
    assert NAME.fullmatch(made.name)
    assert told.startswith(f"已备份到 {made}：")
    assert "项登记，核对无误。校验码 " in told


def test_the_newest_are_kept(clerk: Clerk, folder: Path) -> None:
    clerk.do("backup", folder)
    aged(folder, "20250101-080000", "20250201-080000", "20250301-080000")
    (folder / "说明.txt").write_text("别删", encoding="utf-8")
    (folder / "云汀-20240101-080000.db").write_bytes(b"no ledger")
    told = clerk.do("backup --keep 2", folder)
    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "云汀-20240101-080000.db"  # what is no ledger is nobody's backup
    assert left[1] == "云汀-20250301-080000.db"
    assert NAME.fullmatch(left[2])
    assert left[3:] == ["说明.txt"]
    assert told.endswith(
        "只留最近 2 份，删去了旧的 2 份：云汀-20250101-080000.db、云汀-20250201-080000.db。\n"
    )


def test_a_backup_that_holds_what_the_ledger_has_not_is_never_removed(
    clerk: Clerk, folder: Path
) -> None:
    clerk.do("backup", folder)
    aged(folder, "20250101-080000", "20250201-080000")
    later = Clerk(folder / "云汀-20250101-080000.db")
    later.do("unit add 只在备份里 --kind 其他")
    told = clerk.do("backup --keep 1", folder)
    assert "删去了旧的 1 份：云汀-20250201-080000.db。" in told
    assert (folder / "云汀-20250101-080000.db").exists()


def test_how_many_are_kept_is_a_number_and_goes_with_a_folder(clerk: Clerk, folder: Path) -> None:
    assert "--keep 至少写 1" in clerk.refused("backup --keep 0", folder, code=2)
    assert "--keep 的值「多」不是个数" in clerk.refused("backup --keep 多", folder, code=2)
    assert "不是已有的文件夹" in clerk.refused("backup --keep 2", folder / "新.db")
    assert list(folder.iterdir()) == []


def test_a_larger_ledger_is_examined_on_request(
    clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqmy.ledger.backup.WHOLE", 3)
    assert "与台账逐字节相同（超过" in clerk.do("backup", folder / "甲.db")
    assert "核对无误" in clerk.do("backup --whole", folder / "乙.db")


def test_restoring_says_what_is_where(clerk: Clerk, folder: Path) -> None:
    clerk.do("backup", folder / "旧.db")
    head = clerk.head()
    clerk.do("unit add 后来的 --kind 其他")
    told = clerk.do("restore", folder / "旧.db").splitlines()
    assert clerk.head() == head
    assert told[0].startswith(f"已恢复：{clerk.ledger}，")
    assert re.fullmatch(r"原来的文件留在 .*\.replaced-\d{8}-\d{6}\.db。", told[1])
    assert "而备份里没有的登记 1 项（F" in told[2]
    kept = told[1].removeprefix("原来的文件留在 ").removesuffix("。")
    assert "后来的" in Clerk(Path(kept)).do("log --last 1")


def test_restoring_where_there_is_no_ledger_makes_one(
    clerk: Clerk, folder: Path, tmp_path: Path
) -> None:
    clerk.do("backup", folder / "旧.db")
    new = Clerk(tmp_path / "新" / "sqmy.db")
    assert "已恢复：" in new.do("restore", folder / "旧.db")
    assert new.do("verify").splitlines()[1] == clerk.do("verify").splitlines()[1]


def test_a_damaged_ledger_in_this_folder_is_the_one_that_is_restored(
    clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it does not say any more that it is one."""
    clerk.do("backup", folder / "旧.db")
    monkeypatch.chdir(folder)
    (folder / "sqmy.db").write_bytes(b"\0" * 5000)
    nowhere = Clerk("")
    assert nowhere.run("restore 旧.db").code == 0
    assert "台账完好" in nowhere.do("verify")
    assert list(folder.glob("sqmy.damaged-*.db"))


def test_a_server_is_restored_otherwise(clerk: Clerk, folder: Path) -> None:
    clerk.do("backup", folder / "旧.db")
    server = Clerk("postgresql+psycopg://nobody@localhost/nothing")
    done = server.run("restore", folder / "旧.db")
    assert done.code == 1
    assert "恢复的是台账文件" in done.err


# -- rulebooks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"compiled": '{"language":2,"rulebook":{}}'}, "计分办法的文本与计分所用的形式不一致"),
        ({"compiled": "damaged"}, "计分办法的文本与计分所用的形式不一致"),
        ({"text": "名称：无\n"}, "计分办法的文本读不通："),
    ],
)
def test_a_rulebook_whose_text_is_not_what_scores_is_named(
    changes: dict[str, str], told: str, clerk: Clerk
) -> None:
    """Though it was recorded so, and the chain holds."""
    assert isinstance(clerk.ledger, Path)
    with open_ledger(clerk.ledger) as ledger, ledger.writing():
        edition = edition_of(None)._replace(since="2025-06-01", **changes)  # type: ignore[arg-type]
        fact = Records(ledger, "甲").adopt_rulebook(edition)
    assert f"F{fact}：{told}" in clerk.refused("verify", code=3)


# -- the clock and the version ---------------------------------------------------------------


def test_a_clock_that_was_set_back_is_told_beside_the_receipt(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = appending._moment
    monkeypatch.setattr(
        appending, "_moment", lambda *ahead: usual(*ahead).replace(time.strftime("%Y"), "2001")
    )
    done = clerk.run("unit add 新单位 --kind 其他")
    assert (done.code, done.out[:3]) == (0, "已记录")
    assert done.err.startswith("注意：电脑的时钟是 2001-")
    monkeypatch.undo()
    told = clerk.do("verify")
    assert re.search(r"登记的时刻有倒退的（F\d+）：电脑的时钟当时不准", told)
    assert "台账完好" in told


def test_a_newer_ledger_is_refused_and_can_be_looked_at(clerk: Clerk, folder: Path) -> None:
    assert isinstance(clerk.ledger, Path)
    with raw(clerk.ledger) as connection:
        connection.execute("PRAGMA user_version = 99")
    for line in ("list", "verify", "score --year 2025"):
        told = clerk.refused(line, code=3)
        assert "台账的版本是 99，本程序只认到" in told
        assert "sqmy export" in told
    before = clerk.ledger.read_bytes()
    assert "台账的版本是 99" in Clerk(folder / "另.db").run("verify", clerk.ledger).err
    told = clerk.do("export", folder / "原样.xlsx")
    assert "台账是第 99 版" in told
    assert "只供查看，不能再导入。台账没有改动。" in told
    assert clerk.ledger.read_bytes() == before
    assert os.listdir(folder) == ["原样.xlsx"]  # noqa: PTH208
    book = openpyxl.load_workbook(folder / "原样.xlsx")
    with raw(clerk.ledger) as connection:
        for table in ("chain", "submission", "edition", "secret"):
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
            shown = [[cell.value for cell in row] for row in book[table].iter_rows(min_row=2)]
            assert len(shown) == len(rows)
            told_rows = ["".join(str(v) for v in row if v is not None) for row in rows]
            assert ["".join(v for v in row if v is not None) for row in shown] == told_rows
