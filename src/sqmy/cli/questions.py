"""How each parameter of a recording command is asked for, one table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from sqmy import days
from sqmy.terms import SIGNATURES


class Question(NamedTuple):
    """How a parameter is asked for.

    Attributes:
        label: what is asked for; "" for what the command calls the value.
        source: what it is chosen from, by its name in `workspace.choices`; "" for any text.
        read: makes the argument of the answer, or raises SqmyError; None for text as it is.
        words: the only answers there are, with the arguments they stand for.
    """

    label: str
    source: str = ""
    read: Callable[[str], object] | None = None
    words: Mapping[str, object] | None = None


class Group(NamedTuple):
    """Parameters of which at least one is needed.

    Attributes:
        names: the parameters.
        how: the first that is answered will do; or one of them is chosen; or some are.
        label: what is chosen; "" where they are asked for in turn.
    """

    names: tuple[str, ...]
    how: Literal["first", "one", "some"]
    label: str = ""


def _file(answer: str) -> Path:
    """A file with the text of an item.

    Raises:
        SqmyError: it cannot be read.
    """
    from sqmy.workspace.bodies import read_body

    path = Path(answer)
    read_body(path)
    return path


def _attachable(answer: str) -> list[Path]:
    """A file that may be attached.

    Raises:
        SqmyError: it may not.
    """
    from sqmy.workspace.attachable import look_at

    path = Path(answer.strip("\"'"))  # as a file that is dragged onto the window is written
    look_at(path)
    return [path]


QUESTIONS: Final[Mapping[str, Question]] = {
    "number": Question("编号", "items"),
    "title": Question("标题"),
    "author": Question("作者", "members"),
    "unit": Question("单位", "units"),
    "member": Question("姓名", "members"),
    "on": Question("日期", read=days.read_day),
    "since": Question("起始日期", read=days.read_day),
    "stage": Question("审核环节", "stages"),
    "verdict": Question("审核结论", "verdicts"),
    "channel": Question("渠道", "channels"),
    "form": Question("采用方式", "forms"),
    "rank": Question("领导级别", "ranks"),
    "leader": Question("批示领导"),
    "kind": Question("认定类型", "finding_kinds"),
    "grounds": Question("认定依据"),
    "target": Question("附在哪一项", "targets"),
    "files": Question("文件", read=_attachable),
    "reference": Question("撤销哪一项", "references"),
    "because": Question("理由"),
    "name": Question(""),
    "role": Question("身份", "roles"),
    "unit_kind": Question("单位类别", "unit_kinds"),
    "peer_group": Question("考评序列", "peer_groups"),
    "by_unit": Question("署名", words={word: flag for flag, word in SIGNATURES.items()}),
    "assessed": Question("参评", words={"是": True, "否": False}),
    "body_file": Question("正文文件", read=_file),
}
"""By the name of the parameter."""

GROUPS: Final[Mapping[str, Group]] = {
    "signers": Group(("author", "unit"), "first"),
    "concerned": Group(("number", "member", "unit"), "one", "认定的是"),
    "changes": Group(
        ("title", "author", "unit", "on", "by_unit", "body_file"), "some", "更正哪一项"
    ),
    "new_state": Group(("name", "unit_kind", "peer_group", "assessed"), "some", "更改哪一项"),
}
"""By the name that the table of contents has for them."""
