"""Any words after `sqmy`: done or refused, in Chinese; what is refused has written nothing."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk import Clerk, county, found_county
from fuzzing import DAYS, NUMBERS, assert_told, bounded, cases, tokens
from sqmy.cli import commands, main
from sqmy.cli.chinese import build_command
from sqmy.cli.commands import Group

KNOWN = (
    *("2025", "2025-001", "2025-002", "F1", "F7", "F19", "F99", "B1", "F99999999999999999999"),
    *("杜若", "白芷", "白芷（民盟支部）", "苏叶", "提案委", "民盟支部", "委员", "常委", "委室"),
    *("市政协", "省政协", "市委市政府主要领导", "单篇", "综合", "通过", "中心筛选", "报刊抄袭"),
    *("2025-03-01", "2025年4月1日", "第一序列", "table", "json", "csv", "internal", "public"),
    *(
        "1",
        "2",
        "4",
        "体裁=建议",
        "密级=内部",
        "=",
        "甲=",
        "一句理由",
        "5:3f",
        "1:9f86d081884c7d65",
    ),
)
FILES = (
    *("新.xlsx", "新.docx", "新.html", "新.md", "新.csv", "新.json", "新.db", "新.yaml", "新"),
    *(
        "台账.xlsx",
        "办法.yaml",
        "算例.yaml",
        "正文.txt",
        "云汀.db",
        ".",
        "没有/这里.xlsx",
        "x" * 300,
    ),
)
INTERACTIVE = {"completion", "demo", "move", "doctor"}
"""Not with any words: they ask the system, or take long; each has tests of its own."""


FITTING = {
    "日期": ("2025-03-01", "2025年7月1日", "2030-01-01", "2025-06-30"),
    "编号": ("2025-001", "2025-002", "2025-003", "2025-004"),
    "姓名": ("杜若", "白芷（民盟支部）", "白芷", "苏叶", "新人"),
    "单位": ("提案委", "民盟支部", "社法委", "新单位"),
    "年份": ("2025", "2024", "2199", "1900"),
    "渠道": ("市政协", "省政协"),
    "级别": ("市委市政府主要领导", "省级领导"),
    "身份": ("委员", "常委", "驻市政协委员"),
    "环节": ("中心筛选",),
    "结论": ("通过", "退回"),
    "哪一项": ("F19", "F7", "2025-001", "杜若", "B1"),
    "季度": ("1", "4"),
    "月份": ("3", "12"),
    "格式": ("table", "json", "csv"),
    "对象": ("internal", "units", "public"),
    "类型": ("报刊抄袭",),
    "方式": ("单篇", "综合"),
    "理由": ("一句理由",),
    "依据": ("一句理由",),
    "名称=值": ("密级=内部", "体裁=建议"),
    "文件": FILES,
    "文件…": FILES,
}
"""What fits, by what help calls the value."""


class Word(NamedTuple):
    """An argument or an option of a command; `flag` is empty for an argument."""

    flag: str
    called: str
    needed: bool


def _words_of(entry: commands.Command) -> tuple[Word, ...]:
    return tuple(
        Word(
            param.opts[-1] if param.param_type_name == "option" else "",
            "" if getattr(param, "is_flag", False) else str(param.metavar),
            param.required,
        )
        for param in build_command("x", entry).params
    )


def _tree() -> dict[tuple[str, ...], tuple[Word, ...]]:
    """Every command with its arguments and options."""
    found = {}
    for part in commands.COMMANDS.values():
        for name, entry in part.items():
            under = entry.commands if isinstance(entry, Group) else {"": entry}
            found |= {
                tuple(filter(None, (name, below))): _words_of(command)
                for below, command in under.items()
            }
    return {words: options for words, options in found.items() if words[0] not in INTERACTIVE}


TREE = _tree()


def values(called: str) -> st.SearchStrategy[str]:
    """What somebody may write there: mostly what fits."""
    fitting = st.sampled_from(FITTING.get(called, KNOWN))
    anything = st.one_of(
        st.sampled_from(KNOWN),
        st.sampled_from(FILES),
        st.sampled_from((*NUMBERS, *DAYS)),
        tokens(),
    )
    return st.integers(0, 9).flatmap(lambda one: fitting if one else anything)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A command line that is nearly as it should be."""
    command = draw(st.sampled_from(sorted(TREE)))
    line = list(command)
    for word in TREE[command]:
        if draw(st.integers(0, 9)) < (9 if word.needed else 2):
            line += [word.flag] if word.flag else []
            line += [draw(values(word.called))] if word.called else []
    if draw(st.integers(0, 19)) == 0:
        line.insert(draw(st.integers(0, len(line))), draw(values("")))
    # no system gives a program a NUL, and what it cannot decode comes as these surrogates
    return [word.replace("\x00", "").replace("\ud800", "\udcff") for word in line]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county."""
    ledger = tmp_path_factory.mktemp("县") / "样.db"
    found_county(ledger)
    return ledger


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No ledger but ours is found, and files lie where they may be written."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def lay_out(template: Path, folder: Path) -> Clerk:
    """A folder with the county's ledger and the files that a line may name."""
    for old in folder.iterdir():
        if old.is_file():
            old.unlink()
    root = Path(__file__).parents[2]
    for name, source in (
        ("台账.xlsx", root / "examples" / "yunting" / "2025.xlsx"),
        ("办法.yaml", root / "rules" / "scoring.yaml"),
        ("算例.yaml", root / "rules" / "scoring.cases.yaml"),
    ):
        (folder / name).write_bytes(source.read_bytes())
    (folder / "正文.txt").write_text("村里的井水发黄。", encoding="utf-8")
    return county(template, folder)


def carry_out(clerk: Clerk, line: list[str]) -> None:
    """Hold one line against the promise."""
    before = clerk.head()
    out, err = io.StringIO(), io.StringIO()
    with bounded(), redirect_stdout(out), redirect_stderr(err):
        code = main(["--ledger", str(clerk.ledger), "--as", "王五", *line])
    assert code in {0, 1, 2, 3}, line
    if code:
        assert_told(err.getvalue().splitlines()[-1], " ".join(line))
        assert "程序本身有毛病" not in err.getvalue(), line
    if code and "--accept" not in line:  # what could be settled is recorded, and the rest is told
        assert clerk.head() == before, (line, code, err.getvalue())
    shown = out.getvalue() + err.getvalue()
    assert not {"\x1b", "\x9b", "\u202e", "\x00"}.intersection(shown), line


@given(data=st.data())
@cases(60)
def test_any_line(data: st.DataObject, template: Path, tmp_path: Path) -> None:
    """From the folder where the ledger lies."""
    carry_out(lay_out(template, tmp_path), data.draw(lines()))
