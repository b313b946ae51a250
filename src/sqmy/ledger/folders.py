"""What kind of folder a ledger lies in: some lose what was written, or let two write at once.

A network folder may pass on locks wrongly or not at all; a folder that a cloud service keeps in
step copies the file while it is written and puts back older ones; a folder in memory is empty
after the next start.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final, Literal, NamedTuple


class Risk(NamedTuple):
    """Why a ledger is not safe in a folder.

    Attributes:
        kind: what the folder is.
        name: the file system's or the service's name.
    """

    kind: Literal["network", "sync", "memory"]
    name: str


_NETWORK: Final = frozenset(
    {
        *("9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.davfs2"),
        *("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre"),
        *("ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs", "vboxsf", "webdav"),
    }
)
_MEMORY: Final = frozenset({"ramfs", "tmpfs"})

_SERVICES: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "cloudstorage": "云盘",
    "mobile documents": "iCloud",
    "icloud": "iCloud",
    "nutstore": "坚果云",
    "我的坚果云": "坚果云",
    "坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "baidunetdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud files": "WPS 云盘",
    "微云": "腾讯微云",
    "weiyun": "腾讯微云",
    "阿里云盘": "阿里云盘",
    "adrive": "阿里云盘",
    "syncthing": "Syncthing",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
}
"""What the folder of a service that keeps files in step is called, in lower case."""

_MARKS: Final = {
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "Nextcloud",
    ".sync.ffs_db": "FreeFileSync",
}
"""What such a service leaves in the folder that it keeps."""

_WINDOWS_KINDS: Final[dict[int, Literal["network", "memory"]]] = {4: "network", 6: "memory"}
"""DRIVE_REMOTE and DRIVE_RAMDISK of GetDriveTypeW."""


def risk_of(path: Path) -> Risk | None:
    """Why a ledger at that path is not safe there; None where nothing speaks against it.

    Args:
        path: a file, which need not be there, or a folder.
    """
    whole = path.expanduser().absolute()
    return _mounted(whole) or _kept_in_step(whole)


def _kept_in_step(path: Path) -> Risk | None:
    for folder in (path, *path.parents):
        name = folder.name.casefold()
        for begins, service in _SERVICES.items():
            if name == begins or name.startswith((f"{begins} - ", f"{begins}-", f"{begins}(")):
                return Risk("sync", service)
        for mark, service in _MARKS.items():
            if (folder / mark).exists():
                return Risk("sync", service)
    return None


def _mounted(path: Path) -> Risk | None:
    if sys.platform == "win32":
        return _windows(path)
    kinds = dict(_mounts())
    for folder in (path, *path.parents):
        if kind := kinds.get(str(folder.resolve())):
            if kind in _NETWORK:
                return Risk("network", kind)
            return Risk("memory", kind) if kind in _MEMORY else None
    return None


def _mounts() -> Iterator[tuple[str, str]]:
    """Where each file system hangs, and of which kind it is; what hangs over another comes last."""
    table = Path("/proc/self/mountinfo")
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        yield from _mounts_told()
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        place = before.split(" ")[4].encode().decode("unicode_escape")
        yield place.encode("latin-1").decode(errors="surrogateescape"), after.split(" ")[0]


def _mounts_told() -> Iterator[tuple[str, str]]:
    """The same on macOS, which has no such table: `//server/share on /Volumes/x (smbfs, …)`."""
    try:
        told = subprocess.run(
            ["/sbin/mount"], capture_output=True, encoding="utf-8", timeout=5, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    for line in told.splitlines():
        place, _, kind = line.partition(" on ")[2].rpartition(" (")
        yield place, kind.partition(",")[0].rstrip(")")


def _windows(path: PurePath) -> Risk | None:
    """By the drive's letter, or a path that begins with the name of another computer."""
    if path.drive.startswith(("\\\\", "//")):
        return Risk("network", "网络共享")
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415 — only here

    kind = _WINDOWS_KINDS.get(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\"))
    return Risk(kind, "网络盘" if kind == "network" else "内存盘") if kind else None
