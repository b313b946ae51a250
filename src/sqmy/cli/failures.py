"""What to say when a command ends in an error that nobody below expected.

Imported only then: a command that goes well does not wait for it.
"""

import errno
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import sqmy
from sqmy.cli import DEBUG
from sqmy.text import cut

_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT}
_REASONS: Final = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限，或正被别的程序（如 Excel、WPS）打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "在只读的磁盘上",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "读写出错，磁盘可能有故障",
} | dict.fromkeys(_NO_ROOM, "磁盘空间不足")
_WIDTH: Final = 60
_PASSWORD: Final = re.compile(r"(://[^:@/\s]*):\S*@")


def told(error: Exception, words: Sequence[str]) -> str:
    """The one line for the clerk.

    Args:
        error: what came up.
        words: the command line after `sqmy`, which says what was being done.
    """
    if isinstance(error, OSError):
        reason = _REASONS.get(error.errno or 0)
        if reason and error.filename:
            # a draft that cannot take its place: the place is what the clerk knows
            return f"错误：文件「{error.filename2 or error.filename}」{reason}。请处理后重试。"
        if error.errno in _NO_ROOM:
            # The output is meant: a full disk under the ledger is told by the ledger. A fact may
            # have been recorded before it was printed, so this does not say that nothing was.
            return (
                "错误：磁盘空间不足，输出没有写完。请腾出空间后重试；"
                "已登记的事实不受影响，可用 sqmy log 核对。"
            )
    if isinstance(error, MemoryError):
        return (
            "错误：内存不够，没有做完。请关掉别的程序再试；"
            "导入的，可以分成几个文件；还是这样，请把文件和这一行告诉维护人员。"
        )
    doing = cut(_PASSWORD.sub(r"\1:…@", " ".join(["sqmy", *words])), _WIDTH)
    return (
        f"错误：程序本身有毛病，不是您的操作有误。正在执行「{doing}」，没有写入。"
        f"请把这一行告诉维护人员（位置：{_place(error.__traceback__)}）；"
        f"设环境变量 {DEBUG}=1 后再执行一次，可得到详情。"
    )


def _place(trace: TracebackType | None) -> str:
    """The innermost line of our own code that the error passed through: `record.py:42`."""
    ours = Path(sqmy.__file__).parent
    place = "?"
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if ours in file.parents:
            place = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
