"""Folders in which a ledger is not safe."""

import os
from pathlib import Path, PureWindowsPath

import pytest

from sqmy.ledger import folders
from sqmy.ledger.folders import Risk, risk_of

TABLE = [
    ("/", "ext4"),
    ("/net/共享 盘", "cifs"),
    ("/net/共享 盘/本机", "ext4"),
    ("/run", "tmpfs"),
    ("/users", "fuse.sshfs"),
]


@pytest.mark.skipif(os.name != "posix", reason="Windows asks for the drive")
@pytest.mark.parametrize(
    ("path", "risk"),
    [
        ("/srv/台账.db", None),
        ("/net/共享 盘/台账.db", Risk("network", "cifs")),
        ("/net/共享 盘/本机/台账.db", None),
        ("/run/user/台账.db", Risk("memory", "tmpfs")),
        ("/users/zhang/台账/台账.db", Risk("network", "fuse.sshfs")),
    ],
)
def test_by_what_is_mounted(path: str, risk: Risk | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_mounts", lambda: iter(TABLE))
    assert risk_of(Path(path)) == risk


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - 云汀县政协", "OneDrive"),
        ("我的坚果云", "坚果云"),
        ("BaiduSyncdisk", "百度网盘"),
        ("WPS云盘", "WPS 云盘"),
        ("onedriver", None),
        ("百度网盘下载的资料", None),
    ],
)
def test_by_the_name_of_a_service(folder: str, service: str | None, tmp_path: Path) -> None:
    found = folders._kept_in_step(tmp_path / folder / "台账" / "sqmy.db")
    assert found == (Risk("sync", service) if service else None)


def test_by_what_a_service_leaves(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert folders._kept_in_step(tmp_path / "台账" / "sqmy.db") == Risk("sync", "Syncthing")


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="Linux has this table")
def test_the_systems_own_table() -> None:
    kinds = dict(folders._mounts())
    assert "/" in kinds
    assert kinds["/proc"] == "proc"


def test_the_table_that_is_told_by_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    told = (
        "/dev/disk1s1 on / (apfs, local, journaled)\n//li@db/台账 on /Volumes/共享 (smbfs, nodev)\n"
    )

    class Done:
        stdout = told

    monkeypatch.setattr(folders.subprocess, "run", lambda *_, **__: Done)
    assert list(folders._mounts_told()) == [("/", "apfs"), ("/Volumes/共享", "smbfs")]


def test_the_path_of_a_share_on_windows() -> None:
    share = PureWindowsPath(r"\\server\share\台账.db")
    assert folders._windows(share) == Risk("network", "网络共享")
