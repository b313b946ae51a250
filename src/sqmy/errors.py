"""What can go wrong at the operator's side, each with its exit code.

Faults of the *data* (a bad row of a sheet, a bad line of a rulebook) are values, `Problem`,
collected and reported together; what stops a command is a `SqmyError`. The text of an error is
what the clerk reads: Chinese, saying what is wrong, where, and what to do.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

INTERRUPTED = 130
"""Exit code after Ctrl-C."""


class SqmyError(Exception):
    """办不到：日期、姓名、编号、文件等有误或条件不符，什么也没有写入。"""

    exit_code: ClassVar[int] = 1


class UsageError(SqmyError):
    """命令的写法不对：缺少或多出参数、选项互相排斥。"""

    exit_code: ClassVar[int] = 2


class LedgerError(SqmyError):
    """台账打不开或不可信：不存在、不是台账、已损坏、版本较新、被改动。"""

    exit_code: ClassVar[int] = 3


class StorageError(SqmyError):
    """台账所在的磁盘或服务器这时写不了：已满、只读、被占用、断了。"""


class Problem(NamedTuple):
    """One fault of the data.

    Attributes:
        place: where, as the clerk finds it (file, sheet and cell; file and line).
        message: what is wrong and what to do.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place else self.message


class ProblemsError(SqmyError):
    """Several faults of the data, reported all at once."""

    def __init__(self, headline: str, problems: Sequence[Problem]) -> None:
        self.headline = headline
        self.problems = tuple(problems)
        super().__init__("\n".join([headline, *(f"  {problem}" for problem in problems)]))


class NotFoundError(SqmyError):
    """A name, number or label that the ledger or the rulebook does not know."""

    def __init__(self, what: str, text: str, advice: str, near: Iterable[str] = ()) -> None:
        hint = "、".join(near)
        guess = f"相近的有：{hint}。" if hint else ""
        super().__init__(f"没有{what}「{text}」。{guess}{advice}")


class AmbiguousError(SqmyError):
    """A name that more than one person or unit answers to; the candidates are told."""

    def __init__(self, what: str, text: str, candidates: Iterable[str]) -> None:
        whole = "请写全称" if what == "单位" else "请写成「姓名（单位）」"
        super().__init__(
            f"{what}「{text}」不止一个：{'、'.join(candidates)}。{whole}，或用登记号（如 F12）。"
        )
