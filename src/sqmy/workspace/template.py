"""The empty workbook for a clerk or a unit to fill in."""

import os
from pathlib import Path

from sqmy import settings
from sqmy.intake.headings import ASIDE, KINDS
from sqmy.ledger.sqlite import is_ledger
from sqmy.reports.canonical import Page, Sheet
from sqmy.rules.rulebook import Rulebook
from sqmy.workspace.canonical import columns
from sqmy.workspace.desk import open_desk
from sqmy.workspace.new_file import new_file

_COLUMNS = (
    ("工作表", 9),
    ("列", 12),
    ("必填", 7),
    ("怎么填", 58),
    ("可以填的词", 42),
    ("例子", 26),
)


def rulebook_in_force(ledger: str | None, operator: str | None) -> Rulebook:
    """The rulebook whose words the sheets offer: of the ledger at hand, else the packaged one.

    Raises:
        LedgerError: a ledger is named and cannot be opened.
    """
    named = ledger or os.environ.get(settings.LEDGER_VARIABLE)
    usual = settings.ledger_place(None, is_ledger)
    if named or (isinstance(usual, Path) and usual.exists()):
        with open_desk(ledger, operator) as desk:
            return desk.rulebook
    from sqmy.workspace.rulebooks import packaged_rulebook

    return packaged_rulebook()


def write_template(path: Path, rulebook: Rulebook) -> str:
    """Write the empty workbook to a new file; the sentences to say.

    Raises:
        SqmyError: the file cannot stand there.
    """
    from sqmy.reports.render.canonical import write

    with new_file(path) as file:
        write(file, [guide(rulebook), *blank_sheets(rulebook)])
    labels = "、".join(kind.label for kind in KINDS)
    return (
        f"已写入 {path}：{labels} {len(KINDS)} 张空表和填表说明。\n"
        f"下拉列表里的词出自《{rulebook.name}》{rulebook.edition}。\n"
        f"填好后先检查：sqmy import {path} --dry-run"
    )


def blank_sheets(rulebook: Rulebook) -> list[Sheet]:
    """A sheet of each kind, without rows."""
    vocabulary = rulebook.vocabulary()
    return [
        Sheet(
            kind.label,
            tuple(
                column.field
                for column in columns(kind, vocabulary, vocabulary.attributes_of(kind.fact))
            ),
        )
        for kind in KINDS
    ]


def guide(rulebook: Rulebook) -> Page:
    """填表说明: every heading, how it is filled in, and an example of it.

    The examples stand one under another, so that no row of them could be taken for data.
    """
    vocabulary = rulebook.vocabulary()
    rows = [
        (
            kind.label,
            column.field.heading,
            column.must,
            column.note,
            "、".join(column.field.choices),
            column.example,
        )
        for kind in KINDS
        for column in columns(kind, vocabulary, vocabulary.attributes_of(kind.fact))
    ]
    words = f"《{rulebook.name}》{rulebook.edition}"
    paragraphs = (
        "1. 只填用得着的表，别的空着或删去都可以。标题行不要改；带 * 的列必填，别的列可以空着。",
        "2. 日期写全年月日，如 2025-3-1。一格里有几个值的用顿号隔开；同名的人写成“姓名（单位）”。",
        f"3. 下拉列表里的词出自{words}；办法改了，请重新取一份空表。",
        "4. 填好后用 sqmy import 文件名 --dry-run 检查，再去掉 --dry-run 导入。"  # noqa: ISC004
        "有一行不对就什么也不写入；同一份表再导入不会重复。",
        "下面逐列说明，例子只供参看。",
    )
    return Page("填表说明", f"填表说明（{ASIDE}）", paragraphs, _COLUMNS, tuple(rows))
