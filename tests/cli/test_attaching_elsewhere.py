"""Attachments of ledgers on servers, of encrypted ones, of several clerks, and when asked for."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from clerk import SCAN, Clerk, environment, found_county
from postgres import Cluster
from sqmy.ledger import attached, driver, folders
from sqmy.ledger.folders import Risk
from sqmy.ledger.store import Store
from sqmy.settings import FILES_VARIABLE, server

if os.name == "posix":
    from terminal import AtTerminal

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the office has named."""
    folder = tmp_path / "附件"
    folder.mkdir()
    monkeypatch.setenv(FILES_VARIABLE, str(folder))
    return folder


@pytest.fixture
def served(cluster: Cluster) -> Clerk:
    """A clerk with the small county's ledger on a server."""
    address = cluster.address(cluster.new_database())
    found_county(address)
    return Clerk(address)


# -- on a server ----------------------------------------------------------------------------


def test_on_a_server_the_office_names_the_folder(
    served: Clerk, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = served.refused("attach 2025-001", scan)
    assert "台账在服务器上，附件要放在一个大家都能读写的文件夹里" in told
    assert "环境变量 SQMY_FILES 没有设" in told
    assert "台账完好" in served.do("verify")  # there are none yet
    monkeypatch.setenv(FILES_VARIABLE, str(tmp_path / "无"))
    assert f"SQMY_FILES 所指的文件夹不在（{tmp_path / '无'}）" in served.refused(
        "attach 2025-001", scan
    )


def test_on_a_server_everything_goes_alike(
    served: Clerk, files: Path, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.do("attach 2025-001 --note 原件", scan)
    (digest,) = Store(files / "sqmy").contents()
    assert f"附件 1 份，共 {len(SCAN)} 字节，内容都与登记时的校验码相符。" in served.do("verify")
    assert "1 份，都在" in served.run("doctor").out
    served.do("attachment F22 --to", tmp_path / "出.pdf")
    assert (tmp_path / "出.pdf").read_bytes() == SCAN
    served.do("backup", tmp_path / "份.db")
    assert "附件 1 份" in Clerk(tmp_path / "份.db").do("verify")
    (files / "sqmy" / digest).write_bytes(SCAN[::-1])
    assert "被改动过" in served.run("verify").err
    served.do("attach 2025-001", scan)
    monkeypatch.delenv(FILES_VARIABLE)
    assert "附件没有核对：台账在服务器上" in served.do("verify")
    assert "1 份，找不到" in served.run("doctor").out
    assert "SQMY_FILES" in served.refused("erase F22 --because 依法 --yes")
    monkeypatch.setenv(FILES_VARIABLE, str(files))
    served.do("erase F22 --because 依法 --yes")
    assert Store(files / "sqmy").contents() == []


@POSIX
def test_the_folder_on_a_server_has_the_rights_of_the_one_above(
    served: Clerk, files: Path, scan: Path
) -> None:
    files.chmod(0o2770)
    served.do("attach 2025-001", scan)
    own = files / "sqmy"
    assert stat.S_IMODE(own.stat().st_mode) & 0o777 == 0o770
    assert {stat.S_IMODE(path.stat().st_mode) for path in own.iterdir()} == {0o660}
    assert "附件的权限" not in served.run("doctor").out
    own.chmod(0o777)
    assert "别的用户也能打开附件的文件夹" in served.run("doctor").out


def test_a_shared_folder_that_is_kept_in_step(
    served: Clerk, files: Path, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.do("attach 2025-001", scan)
    assert files.is_dir()
    monkeypatch.setattr(folders, "risk_of", lambda _: Risk("sync", "坚果云"))
    assert "在坚果云里，会传到外面" in served.run("doctor").out


def test_moved_to_a_server_and_back(
    cluster: Cluster, files: Path, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, back = tmp_path / "a.db", tmp_path / "b.db"
    found_county(path)
    Clerk(path).do("attach 2025-001", scan)
    address = cluster.address(cluster.new_database(), office="yunting")
    monkeypatch.delenv(FILES_VARIABLE)
    assert "SQMY_FILES" in Clerk(path).refused("move", path, address)
    monkeypatch.setenv(FILES_VARIABLE, str(files))
    assert "附件 1 份也移了过去" in Clerk(path).do("move", path, address)
    assert Store(files / "yunting").contents()
    assert "附件 1 份" in Clerk(path).do("move", address, back)
    assert "附件 1 份" in Clerk(back).do("verify")
    assert not (files / "yunting").exists()  # it got the name of the schema that was set aside
    (aside,) = files.iterdir()
    assert aside.name.startswith("yunting_moved_")
    assert server(address).office == "yunting"


# -- encrypted ------------------------------------------------------------------------------


def test_nothing_plain_is_left_beside_an_encrypted_ledger(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, hidden = tmp_path / "a.db", tmp_path / "b.db"
    found_county(plain)
    Clerk(plain).do("attach 2025-001", scan)
    monkeypatch.setenv(driver.KEY_VARIABLE, str(tmp_path / "key"))
    driver.provide_key()
    told = Clerk(plain).run("move", plain, hidden)
    assert told.code == 1
    assert "附件不加密，放在加密的台账旁边就不保密了，没有移动" in told.err
    assert not hidden.exists()
    Clerk(plain).do("backup", tmp_path / "份.db")  # plain as it is
    found_county(hidden)
    told = Clerk(hidden).run("attach 2025-001", scan)
    assert told.code == 1
    assert "台账是加密的，附件放在它旁边却不加密" in told.err
    assert not attached.folder_of(hidden).exists()
    assert "台账完好" in Clerk(hidden).do("verify")
    assert "附件" not in Clerk(hidden).run("doctor").out


# -- several at once, and when asked for ----------------------------------------------------


def test_several_attach_the_same_file_at_once(scan: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "sqmy.db"
    found_county(ledger)
    clerk = Clerk(ledger)
    running = [
        subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "sqmy", *clerk.words(f"attach {target}", scan)],
            env=environment(),
            stdout=subprocess.DEVNULL,
        )
        for target in ("2025-001", "2025-002", "2025-003", "F1")
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    assert "附件 4 份" in clerk.do("verify")
    assert len(Store(attached.folder_of(ledger)).contents()) == 1
    assert not list(attached.folder_of(ledger).glob("*.part"))


@POSIX
def test_at_a_terminal_what_is_missing_is_asked_for(scan: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "sqmy.db"
    found_county(ledger)
    clerk = Clerk(ledger)
    with AtTerminal(clerk.words("attach")) as terminal:
        terminal.sees("附在哪一项：").types("老年食堂\r")
        terminal.sees("即 2025-001", "文件：").types("没有.pdf\r")
        terminal.sees("没有这个文件", "文件：").types(f"'{scan}'\r")
        terminal.sees("将记录：2025-001", "附件「批示件.pdf」", "写入台账吗").types("\x03")
        terminal.sees("已中断")
    assert not attached.folder_of(ledger).exists()
    with AtTerminal(clerk.words("attach 2025-001")) as terminal:
        terminal.sees("文件：").types(f"{scan}\r")
        terminal.sees("写入台账吗").types("\r")
        terminal.sees("已记录 F22")
    assert terminal.code == 0
    assert "附件 1 份" in clerk.do("verify")
