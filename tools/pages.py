"""The generated pages: command line, scoring tables, glossary, schema.

Each is made from what the program itself goes by, so that it cannot say anything else.
"""

import contextlib
import inspect
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqmy import cli, errors, settings, terms
from sqmy.cli.commands import ABOUT, COMMANDS, PROGRAM, Command, Group
from sqmy.ledger import driver, tables
from sqmy.ledger.sqlite import in_memory
from sqmy.reports.model import Column, Report, Table
from sqmy.reports.render.markdown import markdown
from sqmy.reports.rules import rules_report
from sqmy.rules import reader
from tools.parts import MADE, RULES, table

COLUMNS: Final = 80
"""How wide the help pages are."""


def _words(title: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(title, tuple(map(Column, headings)), tuple(rows))


def _page(report: Report, lead: str) -> str:
    """A report as a page, with a paragraph of Markdown under its title."""
    title, _, rest = markdown(report).partition("\n\n")
    return f"{title}\n\n{MADE}\n\n{lead}\n\n{rest}"


# -- the command line ------------------------------------------------------------------------


def command_line() -> str:
    """Every command with its own help page, the exit codes and the environment."""
    parts = ["# 命令参考", MADE, ABOUT, *_contents(), *_help(())]
    for heading, commands in COMMANDS.items():
        parts.append(f"## {heading}")
        for path, _ in _tree(commands):
            parts += _help(path)
    return "\n\n".join([*parts, *_exit_codes(), *_environment()]) + "\n"


def _tree(
    commands: Mapping[str, Command | Group],
) -> Iterator[tuple[tuple[str, ...], Command | Group]]:
    """Commands and nouns with the words that lead to them; a noun before its commands."""
    for name, entry in commands.items():
        yield (name,), entry
        if isinstance(entry, Group):
            yield from (((name, below), command) for below, command in entry.commands.items())


def _contents() -> Iterator[str]:
    """A list of all commands, each with its line and a link to its page."""
    for heading, commands in COMMANDS.items():
        yield f"**{heading}**"
        yield "\n".join(
            f"{'  ' * (len(path) - 1)}- [`{' '.join(path)}`](#{'-'.join((PROGRAM, *path))})"
            f" {entry.summary}"
            for path, entry in _tree(commands)
        )


def _help(path: tuple[str, ...]) -> Iterator[str]:
    """A command's heading and what `--help` prints."""
    out = io.StringIO()
    usual = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(COLUMNS)
    try:
        with contextlib.redirect_stdout(out):
            cli.main([*path, "--help"])
    finally:
        del os.environ["COLUMNS"]
        if usual is not None:
            os.environ["COLUMNS"] = usual
    yield f"{'###' if path else '##'} {' '.join((PROGRAM, *path))}"
    yield f"```text\n{out.getvalue().rstrip()}\n```"


def _exit_codes() -> Iterator[str]:
    yield "## 退出码"
    yield "写脚本的人用得到；出错的原因总在标准错误上用中文说明。"
    codes = [
        (kind.exit_code, inspect.getdoc(kind) or "")
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.SqmyError)
        and "exit_code" in vars(kind)
    ]
    rows = sorted([(0, "办成了。"), *codes, (errors.INTERRUPTED, "用 Ctrl-C 中断，没有写入。")])
    yield table(("退出码", "意思"), [(str(code), told) for code, told in rows])


def _environment() -> Iterator[str]:
    yield "## 环境变量"
    rows = [
        (f"`{settings.LEDGER_VARIABLE}`", "台账文件；命令行上的 `--ledger` 优先"),
        (f"`{settings.OPERATOR_VARIABLE}`", "经办人；命令行上的 `--as` 优先"),
        (f"`{settings.FILES_VARIABLE}`", "台账在服务器上时，放附件的文件夹，各人设成同一个"),
        (f"`{driver.KEY_VARIABLE}`", "密钥文件；设了它，新的台账文件就加密"),
        (f"`{cli.DEBUG}`", "设为 1 时，程序自身出错会显示详情，供维护人员查找原因"),
    ]
    yield table(("名称", "用处"), rows)


# -- the rulebook and the words --------------------------------------------------------------


def scoring() -> str:
    """The scoring tables of the packaged rulebook."""
    return _page(rules_report(reader.read_file(RULES)), _SCORING)


_SCORING: Final = """\
随程序附带的[计分办法](../rules/scoring.yaml)，与 `sqmy rules show` 所列相同。
办法没有写明、要由人定下来的地方，见[口径](interpretation.md)。"""


def glossary() -> str:
    """The words that the program fixes, Chinese and English."""
    tables_of_words = (
        _words("用语", ("中文", "英文"), list(terms.GLOSSARY.items())),
        _swapped("登记的种类", list(terms.KINDS.items())),
        _swapped("采用方式", list(terms.FORMS.items())),
        _swapped("审核结论", list(terms.VERDICTS.items())),
        _swapped("任务的指标", list(terms.METRICS.items())),
    )
    return _page(Report("术语对照", tables_of_words), _GLOSSARY)


_GLOSSARY: Final = """\
程序里每个中文用语只对应一个英文词：中文给人看，英文用在命令、选项、JSON 和源代码里。
渠道、领导级别、身份、单位类别、审核环节、认定类型由计分办法规定，见[计分表](scoring.md)，不在此列。

审核结论是本单位的判断，采用是上级的决定，两者不混用。"""


def _swapped(title: str, words: Sequence[tuple[str, str]]) -> Table:
    """A table of words that are kept the other way round."""
    return _words(title, ("中文", "英文"), [(told, name) for name, told in words])


# -- the schema ------------------------------------------------------------------------------


def schema() -> str:
    """The ledger's tables as the migrations make them, with what each is for."""
    meanings = {
        str(declared.__tablename__): inspect.getdoc(declared) or ""
        for declared in vars(tables).values()
        if hasattr(declared, "__table__")
    }
    with in_memory() as ledger:
        made = [
            (str(kind), str(name), str(of), str(sql))
            for kind, name, of, sql in ledger.rows(
                "SELECT type, name, tbl_name, sql FROM sqlite_master"
                " WHERE sql IS NOT NULL ORDER BY rowid"
            )
        ]
    parts = ["# 台账的表", MADE, _SCHEMA, "## 表"]
    for kind, name, _, sql in made:
        if kind == "table":
            own = [f"{text};" for sort, _, of, text in made if (sort, of) == ("index", name)]
            block = "\n".join([f"{sql};", *own])
            parts += [f"### {name}", meanings[name], f"```sql\n{block}\n```"]
    parts += ["## 视图", _VIEWS]
    views = [f"{sql};" for kind, _, _, sql in made if kind == "view"]
    parts.append("```sql\n" + "\n".join(views) + "\n```")
    triggers = [(name, of, sql) for kind, name, of, sql in made if kind == "trigger"]
    parts += ["## 触发器", *_triggers(triggers)]
    return "\n\n".join(parts) + "\n"


def _triggers(made: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """The tables that refuse to be changed, and the triggers that are there for more."""
    names = {name for name, _, _ in made}
    fixed = [of for name, of, _ in made if name == f"{of}_no_update" and f"{of}_no_delete" in names]
    usual = {f"{of}_no_{what}" for of in fixed for what in ("update", "delete")}
    yield f"事实只增不改，下列各表既不许改，也不许删：{'、'.join(f'`{of}`' for of in fixed)}。"
    yield "此外："
    others = [f"{sql};" for name, _, sql in made if name not in usual]
    yield "```sql\n" + "\n".join(others) + "\n```"


_SCHEMA: Final = """\
台账是一个 SQLite 文件。表由 [migrations](../src/sqmy/ledger/migrations/) 里编了号的 SQL 建成；
[tables.py](../src/sqmy/ledger/tables.py) 用 SQLModel 声明同样的表，写明用处，测试核对两者一致。

每项登记在 `chain` 里占一行，在自己那一类的表里占一行。`fact` 是它在链上的位置，也就是登记号：
`F12` 即 `fact = 12`。日期写作 `2025-03-01`；是与否写作 1 与 0。
要直接读台账，请用只读方式打开，从视图读起；不要用别的程序写它，写了 `sqmy verify` 会报出来。"""
_VIEWS: Final = "`live_…` 只含算数的事实：没有撤销的；信息则是没有撤销的最近一次更正。"
