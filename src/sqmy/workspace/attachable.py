"""What may be attached: a file looked at before anything is written."""

import hashlib
import os
import re
import stat
from io import BufferedReader
from pathlib import Path
from typing import Final, NamedTuple

from sqmy import text
from sqmy.errors import SqmyError

LARGEST: Final = 50 * 2**20
"""Bytes of one file: a hundred scanned pages; ten years of them can still be backed up."""

KINDS: Final = {
    "文档": "pdf ofd doc docx wps wpt rtf odt txt md",
    "表格": "xls xlsx et csv ods",
    "演示": "ppt pptx dps odp",
    "图片": "jpg jpeg png gif bmp tif tiff webp heic heif",
    "录音录像": "mp3 m4a wav amr mp4 mov",
    "邮件": "eml msg",
}
"""What may be attached, by the end of its name: papers and what is as good as one. What runs when
it is opened is none, and in an archive nobody sees what there is."""

_ARCHIVES = frozenset(["zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"])
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
)
_LONGEST = 80
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


class Paper(NamedTuple):
    """A file that may be attached.

    Attributes:
        name: what it is called from now on.
        digest: the hash of its content.
    """

    path: Path
    name: str
    size: int
    digest: str


def look_at(path: Path) -> Paper:
    """A file that is to be attached, read once.

    Raises:
        SqmyError: it is not there, no plain file, of another kind, empty, too large, unreadable.
    """
    try:
        if path.is_symlink():
            raise SqmyError(f"{path} 是符号链接，没有附。请写它指向的文件本身。")
        if path.is_dir():
            raise SqmyError(f"{path} 是文件夹，没有附。请写里面的文件，几个文件可以一次写。")
        if not path.exists():
            raise SqmyError(f"没有这个文件：{path}。请核对文件名。")
        name = file_name(path.name)
        _check_kind(path)
        with _opened(path) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise SqmyError(f"{path} 不是普通的文件，没有附。")
            _check_size(path, found.st_size)
            if file.read(4).startswith(_PROGRAMS):
                raise SqmyError(f"{path} 的内容是程序，没有附。附件只收作依据的材料。")
            file.seek(0)
            return Paper(path, name, found.st_size, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        raise SqmyError(f"文件读不出来：{path}。请检查权限，或先关掉用着它的程序。") from error


def _opened(path: Path) -> BufferedReader:
    """Open what lies there and not what it points to, without waiting for it."""
    flags = os.O_RDONLY
    for more in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"):
        flags |= getattr(os, more, 0)
    return os.fdopen(os.open(path, flags), "rb")


def _check_kind(path: Path) -> None:
    suffix = path.suffix.lower().removeprefix(".")
    if any(suffix in suffixes.split() for suffixes in KINDS.values()):
        return
    if suffix in _ARCHIVES:
        raise SqmyError(f"{path} 是压缩包，看不出里面是什么，没有附。请解开，附里面的文件。")
    told = "；".join(f"{kind} {suffixes.replace(' ', '、')}" for kind, suffixes in KINDS.items())
    what = f" .{suffix} 文件" if suffix else "没有后缀的文件"
    raise SqmyError(
        f"不收{what}：{path}。附件是作依据的材料，打开就会运行的、看不出是什么的都不收；"
        f"可另存为 PDF 再附。收的有：{told}。"
    )


def _check_size(path: Path, size: int) -> None:
    if not size:
        raise SqmyError(f"{path} 是空文件，没有附。请核对是不是这一份。")
    if size > LARGEST:
        raise SqmyError(
            f"{path} 有 {text.file_size(size)}，一份附件最大 {text.file_size(LARGEST)}："
            "再大，备份就太慢。请降低扫描的分辨率，或分成几份。"
        )


def file_name(given: str) -> str:
    """A file's name as any system can hold and show it: no folder, nothing that is not seen."""
    kept = text.plain(_UNFIT.sub("_", given), "文件名").replace("\n", "_").replace("\t", "_")
    stem, dot, suffix = kept.rpartition(".")
    kept = f"{stem[:_LONGEST].strip(' .')}{dot}{suffix}".strip(" .")
    return f"_{kept}" if _DEVICES.match(kept) or kept.startswith(".") else kept
