"""Files as evidence: kept by their hash, closed to others, told where they belong, never lost."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from clerk import OPERATOR, SCAN, Clerk, environment
from sqmy.ledger import attached
from sqmy.ledger.store import Store, digest_of
from sqmy.workspace import attachable
from sqmy.workspace.attachable import file_name

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes and files")
PHOTO = b"\xff\xd8\xff a photo"
BECAUSE = "--because 本人依法要求"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "现场.jpg"
    path.write_bytes(PHOTO)
    return path


@pytest.fixture
def office(clerk: Clerk) -> Clerk:
    """With an instruction on an item, F22."""
    clerk.do("instruct 2025-001 --rank 省级领导 --on 2025-04-01")
    return clerk


def path_of(clerk: Clerk) -> Path:
    assert isinstance(clerk.ledger, Path)
    return clerk.ledger


def store(clerk: Clerk) -> Store:
    return Store(attached.folder_of(path_of(clerk)))


def kept(clerk: Clerk) -> list[bytes]:
    """What lies in the store."""
    own = store(clerk)
    return [own.path(digest).read_bytes() for digest in own.contents()]


def only(clerk: Clerk) -> Path:
    """The file of the only content."""
    (digest,) = store(clerk).contents()
    return store(clerk).path(digest)


# -- kept, told, taken out ------------------------------------------------------------------


def test_what_is_attached_is_told_and_comes_out_as_it_went_in(
    office: Clerk, scan: Path, photo: Path, tmp_path: Path
) -> None:
    assert office.do("attach F22 --on 2025-04-01 --note 批示原件", scan) == (
        "已记录 F23：F22（2025-001《关于增设老年食堂的建议》2025-04-01 获省级领导批示）的附件"
        "「批示件.pdf」（15 字节），2025-04-01，批示原件。\n"
    )
    told = office.do("attach 2025-001", photo, scan)
    assert told.splitlines() == [
        "已记录 F24：2025-001《关于增设老年食堂的建议》的附件「现场.jpg」（11 字节）。",
        "已记录 F25：2025-001《关于增设老年食堂的建议》的附件「批示件.pdf」（15 字节）。",
    ]
    assert sorted(kept(office)) == sorted([SCAN, PHOTO])  # each content once
    shown = office.do("show 2025-001")
    assert "附件（3 份）" in shown
    assert "F22 2025-04-01 获省级领导批示" in shown
    assert "附件「现场.jpg」（11 字节）" in office.do("log --last 2")
    assert office.do("attachment F23 --to", tmp_path / "取出.pdf").startswith(
        "已取出 F23，与登记时"
    )
    assert (tmp_path / "取出.pdf").read_bytes() == SCAN
    folder = tmp_path / "依据"
    folder.mkdir()
    assert office.do("attachment 2025-001 --to", folder).count("已取出") == 3
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "批示件.pdf": SCAN,
        "现场.jpg": PHOTO,
        "批示件（2）.pdf": SCAN,
    }
    assert "附件 3 份，共 26 字节，内容都与登记时的校验码相符。" in office.do("verify")


def test_programs_are_told_the_same(office: Clerk, scan: Path) -> None:
    office.do("attach F22 --on 2025-04-01 --note 批示原件", scan)
    (told,) = json.loads(office.do("show 2025-001 --format json"))["attachments"]
    del told["recorded_at"]
    assert told == {
        "fact": "F23",
        "about": "F22",
        "name": "批示件.pdf",
        "size": len(SCAN),
        "sha256": digest_of(scan),
        "on": "2025-04-01",
        "note": "批示原件",
        "erased": False,
        "operator": OPERATOR,
        "voided_by": None,
    }
    (entry,) = json.loads(office.do("log F23 --format json"))
    assert entry["details"] == {"dated": "2025-04-01", "filename": "批示件.pdf"}


def test_why_this_score_shows_the_evidence_and_to_the_office_alone(
    office: Clerk, scan: Path, photo: Path
) -> None:
    office.do("attach F22", scan)
    office.do("attach 2025-002", photo)  # another item, which earned nothing
    for name in ("杜若", "2025-001"):
        line = f"explain {name} --year 2025"
        told = office.do(line)
        assert "附件（1 份）" in told
        assert "F23" in told
        assert "批示件.pdf" in told
        assert json.loads(office.do(f"{line} --format json"))["attachments"] == [
            {"fact": "F23", "about": "F22", "name": "批示件.pdf"}
        ]
        for audience in ("units", "public"):
            for shown in ("table", "json"):
                told = office.do(f"{line} --audience {audience} --format {shown}")
                assert "批示件" not in told
                assert "attachments" not in told
    office.do("void F23 --because 附错了")
    assert "批示件" not in office.do("explain 杜若 --year 2025")
    assert "批示件.pdf（已由 F25 撤销）" in office.do("show 2025-001")


def test_papers_for_others_do_not_name_them(office: Clerk, scan: Path, tmp_path: Path) -> None:
    office.do("attach F22 --note 秘密", scan)
    for line, name in (
        ("bulletin --year 2025 --annual --to", "通报.md"),
        ("slip 杜若 --year 2025 --to", "小结.md"),
        ("score --year 2025 --to", "得分.md"),
    ):
        assert office.run(line, tmp_path / name).code == 0
        told = (tmp_path / name).read_text(encoding="utf-8")
        assert "批示件" not in told
        assert "秘密" not in told
    assert "附件 1 份" in office.do("export", tmp_path / "出.xlsx")  # is not in the workbook


def test_what_becomes_of_the_fact_leaves_the_paper(office: Clerk, scan: Path) -> None:
    office.do("attach F22", scan)
    office.do("void F22 --because 录错了人")
    assert "F22 2025-04-01 获省级领导批示（已撤销）" in office.do("show 2025-001")
    assert "批示件" not in office.do("explain 杜若 --year 2025")
    assert "附件 1 份" in office.do("verify")
    assert "已撤销" in office.refused("attach F22", scan)


@POSIX
def test_the_folder_is_closed_to_others(office: Clerk, scan: Path) -> None:
    before = os.umask(0)
    try:
        office.do("attach F22", scan)
    finally:
        os.umask(before)
    folder = store(office).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert "请不要改名、改动或删除" in (folder / "说明.txt").read_text(encoding="utf-8")
    path_of(office).chmod(0o600)
    assert "附件的权限" not in office.do("doctor")
    folder.chmod(0o755)
    assert "别的用户也能打开附件的文件夹（drwxr-xr-x）" in office.do("doctor")


# -- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("程序.exe", b"MZ", "不收 .exe 文件"),
        ("宏.docm", b"PK", "不收 .docm 文件"),
        ("无后缀", b"abc", "不收没有后缀的文件"),
        ("材料.zip", b"PK", "是压缩包，看不出里面是什么"),
        ("假.pdf", b"MZ\x90\x00", "的内容是程序，没有附"),
        ("脚本.txt", b"#!/bin/sh", "的内容是程序，没有附"),
        ("空.txt", b"", "是空文件，没有附"),
    ],
)
def test_what_is_no_paper(name: str, content: bytes, told: str, office: Clerk, scan: Path) -> None:
    scan.with_name(name).write_bytes(content)
    assert told in office.refused("attach F22", scan, scan.with_name(name))
    assert not store(office).folder.exists()  # the good one went no further either


def test_what_is_too_large(office: Clerk, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert attachable.LARGEST == 50 * 2**20
    monkeypatch.setattr(attachable, "LARGEST", len(SCAN) - 1)
    told = office.refused("attach F22", scan)
    assert "有 15 字节，一份附件最大 14 字节" in told
    assert "请降低扫描的分辨率，或分成几份" in told


@POSIX
def test_what_is_no_plain_file(office: Clerk, scan: Path, tmp_path: Path) -> None:
    (tmp_path / "链.pdf").symlink_to(scan)
    os.mkfifo(tmp_path / "管道.pdf")
    (tmp_path / "夹.pdf").mkdir()
    for name, told in (
        ("链.pdf", "是符号链接，没有附"),
        ("管道.pdf", "不是普通的文件，没有附"),
        ("夹.pdf", "是文件夹，没有附"),
        ("没有.pdf", "没有这个文件"),
    ):
        assert told in office.refused("attach F22", tmp_path / name)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("2025-099", "没有编号「2025-099」的信息"),
        ("F999", "F999 已撤销或不存在"),
        ("F24", "F24 是附件的登记，不能附文件"),
        ("F23", "F23 是撤销的登记，不能附文件"),
        ("F21", "F21 已撤销或不存在"),
    ],
)
def test_what_nothing_is_attached_to(
    target: str, told: str, office: Clerk, scan: Path, photo: Path
) -> None:
    office.do("void F21 --because 误录")
    office.do("attach F22", photo)
    assert told in office.refused(f"attach {target}", scan)


def test_days_and_the_same_twice(office: Clerk, scan: Path, photo: Path) -> None:
    assert "文件上的日期 2199-01-01 在今天" in office.refused("attach F22 --on 2199-01-01", scan)
    office.do("attach F22 --on 2024-12-31", scan)  # written before it was submitted
    told = office.refused("attach F22", photo, scan)
    assert told == "错误：「F22」已经附有同样的文件（F23），没有写入。请去掉重复的。\n"
    office.do("attach 2025-001", scan, scan)  # elsewhere it may be, and once is once
    assert kept(office) == [SCAN]  # of what was refused, nothing stays


def test_what_cannot_be_taken_out(office: Clerk, scan: Path, photo: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan, photo)
    for line, told in (
        ("attachment F22", "F22 不是附件的登记号。它的附件是 F23、F24。"),
        ("attachment F1", "F1 不是附件的登记号。用 sqmy show 编号"),
        ("attachment 2025-002", "2025-002 没有附件"),
        ("attachment 2025-099", "没有编号「2025-099」的信息"),
        (f"attachment 2025-001 --to {tmp_path / '一份.pdf'}", "--to 请写已有的文件夹"),
        (f"attachment F23 --to {scan}", "已经存在，没有写入"),
        (f"attachment F23 --to {tmp_path / '无' / '出.pdf'}", "没有这个文件夹"),
    ):
        assert told in office.refused(line)


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("批示 件.PDF", "批示 件.PDF"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("甲\u200b乙\ufeff.pdf", "甲乙.pdf"),
        ("a\x07b\nc.pdf", "a_b_c.pdf"),
        ('问?"<星*>|.pdf', "问___星___.pdf"),
        ("坏\udcff.pdf", "坏_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        (".隐藏.pdf", "隐藏.pdf"),
        ("长" * 300 + ".pdf", "长" * 80 + ".pdf"),
        ("尾巴 . .pdf", "尾巴.pdf"),
    ],
)
def test_names_that_any_system_can_hold(given: str, kept_as: str) -> None:
    assert file_name(given) == kept_as


# -- altered, missing, put back -------------------------------------------------------------


def test_an_altered_content_is_named(office: Clerk, scan: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan)
    office.do("attach 2025-001", scan)
    only(office).write_bytes(SCAN.replace(b"1.4", b"1.5"))
    told = office.run("verify")
    assert (told.code, told.out) == (3, "")
    assert "台账核对不符，有 2 处：" in told.err
    for fact in ("F23", "F24"):
        assert f"{fact}：附件「批示件.pdf」的文件被改动过，与登记时的校验码不符" in told.err
    assert "台账本身完好。" in told.err
    out = office.refused("attachment F23 --to", tmp_path / "出.pdf", code=3)
    assert "不见了，或被改动过，没有取出" in out
    assert not (tmp_path / "出.pdf").exists()
    assert office.do("attach F22", scan) == "F23 缺失的文件已放回原处，没有新的登记。\n"
    assert "附件 2 份" in office.do("verify")


def test_a_missing_content_is_named_and_can_be_settled(
    office: Clerk, scan: Path, photo: Path
) -> None:
    office.do("attach F22", scan, photo)
    store(office).path(digest_of(scan)).unlink()
    told = office.run("verify")
    assert told.code == 3
    assert "F23：附件「批示件.pdf」的文件不见了（" in told.err
    assert "现场" not in told.err
    assert "其中 1 份不在或大小不对：F23" in office.run("doctor").out
    office.do("erase F23 --because 原件遗失 --yes")
    assert "附件 1 份" in office.do("verify")


def test_a_ledger_moved_without_its_folder(office: Clerk, scan: Path) -> None:
    office.do("attach F22", scan)
    folder = store(office).folder
    folder.rename(folder.with_name("别处"))
    told = office.run("verify")
    assert told.code == 3
    assert f"1 份都不在：没有文件夹 {folder}。台账搬过、改过名的" in told.err
    assert "1 份都不在" in office.run("doctor").out
    folder.with_name("别处").rename(folder)
    moved = path_of(office).with_name("新名.db")
    path_of(office).rename(moved)
    folder.rename(attached.folder_of(moved))
    assert "附件 1 份" in Clerk(moved).do("verify")


@POSIX
def test_a_ledger_that_is_reached_by_a_link(office: Clerk, scan: Path) -> None:
    link = path_of(office).with_name("链.db")
    link.symlink_to(path_of(office))
    Clerk(link).do("attach F22", scan)
    assert "附件 1 份" in office.do("verify")


def test_of_very_many_the_contents_are_compared_on_request(
    office: Clerk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.do("attach F22", scan)
    monkeypatch.setattr(attached, "WHOLE_BYTES", 10)
    only(office).write_bytes(SCAN[::-1])  # of the same size
    told = office.do("verify")
    assert "都在，大小相符；太多，内容没有逐份核对，要核对请加 --whole。" in told
    assert "被改动过" in office.run("verify --whole").err
    only(office).write_bytes(SCAN + b" ")
    assert "被改动过" in office.run("verify").err


# -- killed ---------------------------------------------------------------------------------

KILLED = """
import os, sys
from sqmy.cli import main
from sqmy.ledger.{module} import {owner}
{owner}.{method} = lambda *_: os._exit(9)
main(sys.argv[1:])
"""


def killed(clerk: Clerk, where: str, line: str, *more: Path) -> None:
    """A command whose process dies as it reaches that method."""
    module, owner, method = where.split(".")
    code = KILLED.format(module=module, owner=owner, method=method)
    words = [sys.executable, "-X", "utf8", "-c", code, *clerk.words(line, *more)]
    before = clerk.head()
    done = subprocess.run(words, env=environment(), capture_output=True, check=False)
    assert done.returncode == 9
    assert before is not None


def test_killed_between_the_file_and_the_fact(office: Clerk, scan: Path) -> None:
    before = office.head()
    killed(office, "database.Ledger._commit", "attach F22", scan)
    assert office.head() == before
    assert kept(office) == [SCAN]
    file = only(office).stat()
    assert "台账完好" in office.do("verify")
    assert "有 1 个文件没有登记" in office.do("doctor")
    office.do("attach F22", scan)
    assert only(office).stat().st_ino == file.st_ino  # it was used
    assert "没有登记" not in office.do("doctor")


def test_killed_while_the_file_is_copied(office: Clerk, scan: Path) -> None:
    killed(office, "store.Store.settle", "attach F22", scan)
    assert kept(office) == []
    (left,) = store(office).folder.glob("*.part")
    assert "台账完好" in office.do("verify")
    os.utime(left, (0, 0))
    office.do("attach F22", scan)
    assert not left.exists()


def test_killed_between_the_erasure_and_the_file(office: Clerk, scan: Path, photo: Path) -> None:
    office.do("attach F22", scan)
    killed(office, "store.Store.remove", f"erase F23 {BECAUSE} --yes")
    assert "抹除 F23" in office.do("log --last 1")
    assert kept(office) == [SCAN]
    assert "有 1 份抹除过的附件，文件可能还在" in office.run("doctor").out
    office.do("attach F22", photo)
    assert kept(office) == [PHOTO]
    killed(office, "store.Store.remove", f"erase F25 {BECAUSE} --yes")
    told = office.do(f"erase F25 {BECAUSE} --yes")
    assert told == "以前抹除时没有删掉的附件文件 1 个，已删去。\n"
    assert kept(office) == []
    assert "抹除过的附件" not in office.do("doctor")


def test_killed_before_the_erasure(office: Clerk, scan: Path, photo: Path) -> None:
    office.do("attach F22", scan)
    killed(office, "records.Records.erase", f"erase F23 {BECAUSE} --yes")
    assert "附件 1 份" in office.do("verify")
    office.do("attach F22", photo)
    assert len(kept(office)) == 2
    assert store(office).marked() == []


# -- erased ---------------------------------------------------------------------------------


def test_erasing_takes_out_content_name_and_note(office: Clerk, scan: Path) -> None:
    office.do("attach F22 --note 张三来信", scan)
    raw = path_of(office).read_bytes
    said = [word.encode() for word in ("批示件.pdf", "张三来信", digest_of(scan))]
    assert all(word in raw() for word in said)
    told = office.refused(f"erase F23 {BECAUSE}")
    assert "的内容、文件名、说明" in told
    assert kept(office) == [SCAN]
    office.do(f"erase F23 {BECAUSE} --yes")
    assert not any(word in raw() for word in said)
    assert kept(office) == []
    assert "台账完好" in office.do("verify")
    assert "（已依法抹除）" in office.do("show 2025-001")
    assert "附件（已抹除）（15 字节）" in office.do("log F23")
    assert "F23 已经依法抹除" in office.refused("attachment F23")
    assert "没有可以抹除的" in office.refused(f"erase F23 {BECAUSE} --yes")
    (told_now,) = json.loads(office.do("show 2025-001 --format json"))["attachments"]
    assert (told_now["erased"], told_now["name"], told_now["sha256"]) == (True, None, None)


def test_a_file_that_cannot_be_removed_is_told(
    office: Clerk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.do("attach F22", scan)

    def opened(*_: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "remove", opened)
        told = office.do(f"erase F23 {BECAUSE} --yes")
        assert f"附件的文件还没有删掉：{only(office)}。请关掉打开着它的程序" in told
        assert "还没有删掉" in office.do(f"erase F23 {BECAUSE} --yes")
    assert "已删去" in office.do(f"erase F23 {BECAUSE} --yes")
    assert kept(office) == []


def test_a_content_that_another_has_stays_and_that_is_said(office: Clerk, scan: Path) -> None:
    office.do("attach F22", scan)
    office.do("attach 2025-002", scan)
    told = office.do(f"erase F23 {BECAUSE} --yes")
    assert "同样的内容还附在 F24，文件因此还在" in told
    assert kept(office) == [SCAN]
    office.do(f"erase 2025-002 {BECAUSE} --yes")
    assert kept(office) == []
    assert "台账完好" in office.do("verify")


def test_with_an_item_go_the_attachments_of_all_its_facts(
    office: Clerk, scan: Path, photo: Path
) -> None:
    office.do("attach F22", scan)
    office.do("attach 2025-001", photo)
    office.do("void F24 --because 附错了")
    assert office.do(f"erase 2025-001 {BECAUSE} --yes").count("已抹除") == 2
    assert kept(office) == []


# -- carried along --------------------------------------------------------------------------


def test_backup_and_restore(office: Clerk, scan: Path, photo: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan)
    saved = tmp_path / "备" / "份.db"
    told = office.do("backup", saved)
    assert f"放在 {saved}.files，要与备份一起保存。" in told
    assert "附件 1 份" in Clerk(saved).do("verify")
    office.do("attach F22", photo)
    told = office.do("restore", saved)
    assert "附件 1 份，共 15 字节，内容都与登记时的校验码相符。" in told
    assert "附件 1 份" in office.do("verify")
    assert kept(office) == [SCAN]
    (replaced,) = path_of(office).parent.glob("*.replaced-*.db")
    assert "附件 2 份" in Clerk(replaced).do("verify")  # it has its own
    new = Clerk(tmp_path / "新" / "sqmy.db")
    new.do("restore", saved)
    assert "附件 1 份" in new.do("verify")
    new.do("attachment F23 --to", tmp_path / "出.pdf")
    assert (tmp_path / "出.pdf").read_bytes() == SCAN


def test_a_backup_without_its_folder(office: Clerk, scan: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan)
    saved = tmp_path / "份.db"
    office.do("backup", saved)
    shutil.rmtree(attached.folder_of(saved))
    assert "1 份都不在" in office.run("verify", saved).err
    office.do("restore", saved)  # they still lie where the ledger is
    assert "附件 1 份" in office.do("verify")
    new = Clerk(tmp_path / "新" / "sqmy.db")
    told = new.run("restore", saved)
    assert told.code == 3
    assert "备份的附件核对不符，没有恢复" in told.err
    assert not list((tmp_path / "新").glob("*"))


def test_no_backup_of_what_is_altered(office: Clerk, scan: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan)
    only(office).write_bytes(SCAN[::-1])
    told = office.run("backup", tmp_path / "份.db")
    assert told.code == 3
    assert "附件核对不符，没有备份：\n  F23：附件「批示件.pdf」的文件被改动过" in told.err
    assert not list(tmp_path.glob("份*"))


def test_an_altered_backup_is_not_restored(office: Clerk, scan: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan)
    saved = tmp_path / "份.db"
    office.do("backup", saved)
    store(Clerk(saved)).path(digest_of(scan)).write_bytes(SCAN[::-1])
    only(office).unlink()
    told = office.run("restore", saved)
    assert told.code == 3
    assert "备份的附件核对不符，没有恢复" in told.err
    assert not list(path_of(office).parent.glob("*.replaced-*"))


@POSIX
def test_a_folder_of_backups_holds_each_content_once(
    office: Clerk, scan: Path, photo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    first, second = (folder / f"云汀-{day}-000000.db" for day in ("20250101", "20250102"))
    office.do("attach F22", scan)
    office.do("backup", first)
    office.do("backup", second)
    office.do("attach F22", photo)
    told = office.do("backup --keep 2", folder)
    assert f"删去了旧的 1 份：{first.name}" in told
    latest = max(folder.glob("*.db"))
    assert sorted(folder.iterdir()) == sorted(
        path for one in (second, latest) for path in (one, attached.folder_of(one))
    )
    digest = digest_of(scan)
    own, older, newer = (Store(attached.folder_of(x)) for x in (path_of(office), second, latest))
    assert older.path(digest).samefile(newer.path(digest))
    assert not own.path(digest).samefile(newer.path(digest))  # another disk may be
    assert "附件 2 份" in office.do("verify", latest)
    older.remove(digest)  # as when a backup is erased: what another shares is not overwritten
    assert "附件 2 份" in office.do("verify", latest)


def test_a_moved_ledger_takes_them_along(office: Clerk, scan: Path, tmp_path: Path) -> None:
    office.do("attach F22", scan)
    target = tmp_path / "新处" / "云汀.db"
    told = office.run("move", path_of(office), target).out
    assert "附件 1 份也移了过去，内容核对无误。" in told
    assert "附件 1 份" in Clerk(target).do("verify")
    aside = path_of(office).with_name("云汀.moved.db")
    assert "附件 1 份" in Clerk(aside).do("verify")
    assert not store(office).folder.exists()
