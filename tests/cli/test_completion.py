"""Completion: what the TAB key offers, in the shells themselves where they are installed."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk import Clerk, Outcome, environment
from limits import python
from sqmy.cli import completing, main
from sqmy.cli.commands import COMMANDS, Group
from sqmy.facts import Submission
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.workspace.choices import COMPLETED

NUMBERS = ["2025-003", "2025-002", "2025-001"]
MEMBERS = ["杜若（提案委员会）", "白芷（民盟支部）", "白芷（社法委）", "苏叶（社法委）"]
UNITS = ["提案委员会", "社法委", "民盟支部", "办公室"]
CHANNELS = ["县政协", "市政协", "省政协", "全国政协"]
UNIT_KINDS = ["委室", "民主党派", "联络站", "其他"]
ROLES = ["常委", "委员", "特邀信息员", "驻市政协委员", "驻省政协委员"]

Ask = Callable[[str], list[str]]


@pytest.fixture
def ask(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """What is offered for the last word of a line after `sqmy`, as bash asks for it."""
    monkeypatch.setenv("SQMY_LEDGER", str(clerk.ledger))
    monkeypatch.setenv(completing.VARIABLE, "complete_bash")

    def offered(line: str) -> list[str]:
        words = ["sqmy", *line.split(" ")]
        monkeypatch.setenv("COMP_WORDS", "\n".join(words))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        main([])
        out, err = capsys.readouterr()
        assert err == ""
        return out.split()

    return offered


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ad", ["adopt"]),
        ("unit ", ["add", "list", "alias", "set"]),
        ("member m", ["move", "merge"]),
        ("--l", ["--ledger"]),
        ("review 2025-001 --st", ["--stage"]),
        ("amend 2025-001 --signed", ["--signed-by-unit", "--signed-by-authors"]),
        ("adopt ", NUMBERS),
        ("amend 2025-002", ["2025-002"]),
        ("show 2025-00", NUMBERS),
        ("void ", NUMBERS),
        ("finding ", NUMBERS),
        ("attach ", NUMBERS),
        ("attach F1", [f"F{n}" for n in (*range(18, 9, -1), 1)]),
        ("submit 甲 --author ", MEMBERS),
        ("submit 甲 --author 杜若 --author 白", MEMBERS[1:3]),
        ("finding --member 苏", MEMBERS[3:]),
        ("member move ", MEMBERS),
        ("member merge 杜若 --into 白", MEMBERS[1:3]),
        ("submit 甲 --unit ", UNITS),
        ("member add 丁香 --unit 民", ["民盟支部"]),
        ("unit set ", UNITS),
        ("forward 2025-001 --channel ", CHANNELS),
        ("adopt 2025-001 --channel=省", ["省政协"]),
        ("adopt --form ", ["单篇", "综合", "转送"]),
        ("instruct 2025-001 --rank 省", ["省级领导"]),
        ("review 2025-001 --stage 中", ["中心筛选"]),
        ("review 2025-001 --verdict ", ["通过", "退回", "不采用"]),
        ("finding 2025-001 --kind ", ["弄虚作假", "报刊抄袭", "网上下载"]),
        ("unit add 文史委 --kind ", UNIT_KINDS),
        ("unit set 提案委 --kind 其", ["其他"]),
        ("unit add 文史委 --peer-group ", ["第一序列", "第二序列"]),
        ("member appoint 杜若 --role ", ROLES),
        ("member end 杜若 --role 常", ["常委"]),
        ("show 2025-001 --format ", ["table", "json"]),
        ("completion ", list(completing.SHELLS)),
        ("submit ", []),
        ("backup ", []),
        ("没有 ", []),
        ("adopt 2025-001 多余 ", []),
        ("--ledger 没有.db adopt ", []),
    ],
)
def test_what_is_offered(line: str, offered: list[str], ask: Ask) -> None:
    assert ask(line) == offered


def test_every_command_is_offered(ask: Ask) -> None:
    assert ask("") == [name for part in COMMANDS.values() for name in part]
    for part in COMMANDS.values():
        for name, entry in part.items():
            if isinstance(entry, Group):
                assert ask(f"{name} ") == list(entry.commands)


def test_a_ledger_on_the_line_goes_before_the_usual_one(
    ask: Ask, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQMY_LEDGER", "没有.db")
    assert ask("adopt ") == []
    assert ask(f"--ledger {clerk.ledger} --as 王五 adopt ") == NUMBERS


def test_a_ledger_that_cannot_be_read_offers_nothing(ask: Ask, clerk: Clerk) -> None:
    clerk.ledger.write_text("编号,标题\n" * 100, encoding="utf-8")
    assert ask("adopt ") == []
    clerk.ledger.unlink()
    assert ask("adopt ") == []
    assert not clerk.ledger.exists()


def test_what_numbers_have_in_common_is_common_to_all(ask: Ask, clerk: Clerk) -> None:
    item = Submission(
        item=0,
        supersedes=None,
        number="",
        title="关于停电的建议",
        submitted_on="2025-03-09",
        by_unit=True,
        authors=(),
        units=(2,),
    )
    with open_ledger(clerk.ledger) as ledger, ledger.writing():
        records = Records(ledger, "王五")
        for n in range(3 * COMPLETED):
            records.submit(item._replace(number=f"甲{n}"))
    offered = ask("adopt 甲")
    assert len(offered) == COMPLETED + 1
    assert {number[:2] for number in offered} > {"甲0", "甲5"}  # so no shell types more than 甲
    assert len(ask("adopt 甲59")) == 11


# Names that a shell would read as something else

HOSTILE = "甲\\$(touch 黑)`touch 黑`\"'; touch 黑 #:!"


@pytest.fixture
def hostile(clerk: Clerk) -> Clerk:
    """A clerk whose ledger holds names and titles meant for a shell, not for a reader."""
    clerk.do("unit add --kind 其他", HOSTILE)
    clerk.do("unit add --kind 其他", "民 革 A B")
    clerk.do("unit add --kind 其他", "“双减”专班")
    clerk.do("submit --unit 社法委 --on 2025-03-01 --number 2025-900", f"[/red]{HOSTILE}\n二")
    clerk.do("submit 甲 --unit 社法委 --on 2025-03-01 --number", "$HOME")
    return clerk


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_what_a_shell_would_obey_is_not_offered(
    shell: str, hostile: Clerk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQMY_LEDGER", str(hostile.ledger))
    monkeypatch.setenv(completing.VARIABLE, f"complete_{shell}")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    for line, known in (("sqmy adopt ", "2025-900"), ("sqmy submit 甲 --unit ", "社法委")):
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        assert main([]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        assert known in out
        offered = out.removeprefix("_arguments '*: :((").removesuffix("))'\n")
        ours = offered.replace('"', "").replace(":", "") if shell != "fish" else offered
        assert not set("\\$`';!“#") & set(ours)
    assert "HOME" not in out


# The shells themselves


@pytest.fixture
def folder(hostile: Clerk, tmp_path: Path) -> Path:
    """A folder with a ledger, where the command `sqmy` is known as `./sqmy`."""
    hostile.ledger.rename(tmp_path / "sqmy.db")
    command = tmp_path / "bin" / "sqmy"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -X utf8 -m sqmy "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        script = Clerk(tmp_path / "sqmy.db").do(f"completion {shell}")
        (tmp_path / f"completion.{shell}").write_text(script, encoding="utf-8")
    return tmp_path


def in_shell(shell: str, script: str, folder: Path) -> Outcome:
    """What a shell prints that runs the script in the folder."""
    path = shutil.which(shell)
    if os.name != "posix" or path is None:
        pytest.skip(f"{shell} is not installed")
    options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [path, *options, "-c", script],
        cwd=folder,
        env=environment() | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not (folder / "黑").exists()
    return Outcome(done.returncode, done.stdout, done.stderr)


IN_BASH = """
source completion.bash
offer() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    _sqmy_completion sqmy "${!#}" "${@: -2:1}"
    echo "${COMPREPLY[@]}"
}
complete -p sqmy
offer sqmy adopt 2025-00
offer sqmy adopt 2025-001 --channel 省
offer sqmy submit 甲 --author 白
offer sqmy submit 甲 --unit ''
offer sqmy --ledger 没有.db adopt ''
"""


def test_in_bash(folder: Path) -> None:
    assert in_shell("bash", IN_BASH, folder) == Outcome(
        0,
        "complete -o default -F _sqmy_completion sqmy\n"
        f"{' '.join(NUMBERS)}\n"
        "省政协\n"
        "白芷（民盟支部） 白芷（社法委）\n"
        f"{' '.join(UNITS)}\n"
        "\n",
        "",
    )


IN_ZSH = """
compdef() { :; }
source completion.zsh
_arguments() { local spec=${1#*: :}; eval "ws=( ${spec[3,-3]} )"; print -rl -- $ws; }
_files() { print files; }
offer() { words=("$@"); CURRENT=$#; _sqmy_completion; }
offer sqmy adopt 2025-00
offer sqmy submit 甲 --unit ''
offer sqmy adopt 2025-900
offer sqmy backup ''
"""


def test_in_zsh(folder: Path) -> None:
    outcome = in_shell("zsh", IN_ZSH, folder)
    lines = outcome.out.splitlines()
    assert outcome.err == ""
    assert lines[:3] == [
        "2025-003:关于停车难的建议",
        "2025-002:关于整治河道的建议",
        "2025-001:关于增设老年食堂的建议",
    ]
    assert [line.partition(":")[0] for line in lines[3:7]] == UNITS
    assert lines[7] == "2025-900:［/red］甲＼＄（touch 黑）｀touch 黑｀＂＇； touch 黑 ＃：！ 二"
    assert lines[8:] == ["files"]


IN_FISH = """
source completion.fish
complete -C 'sqmy adopt 2025-00'
complete -C 'sqmy submit 甲 --author 白'
complete -C 'sqmy adopt 2025-900'
"""


def test_in_fish(folder: Path) -> None:
    outcome = in_shell("fish", IN_FISH, folder)
    assert outcome.err == ""
    assert outcome.out.splitlines()[:5] == [
        "2025-001\t关于增设老年食堂的建议",
        "2025-002\t关于整治河道的建议",
        "2025-003\t关于停车难的建议",
        "白芷（民盟支部）\t常委",
        "白芷（社法委）\t委员",
    ]


# The scripts


@pytest.mark.parametrize("shell", completing.SHELLS)
def test_a_script_asks_by_our_variable(shell: str, clerk: Clerk) -> None:
    script = clerk.do(f"completion {shell}")
    assert f"complete_{shell}" in script
    assert completing.VARIABLE in script
    assert "sqmy" in script


def test_a_shell_that_there_is_no_script_for(clerk: Clerk) -> None:
    assert clerk.refused("completion tcsh", code=2).startswith(
        "错误：没有「tcsh」的补全脚本，可以是 bash、zsh、fish、powershell。\n"
    )


@pytest.mark.parametrize("instruction", ["complete_tcsh", "source_bash", "x", "complete_bash"])
def test_an_instruction_that_makes_no_sense_gets_no_answer(
    instruction: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(completing.VARIABLE, instruction)
    monkeypatch.delenv("COMP_WORDS", raising=False)
    assert main([]) == 1
    assert capsys.readouterr() == ("", "")


SLOW = "rich yaml pydantic sqlmodel openpyxl questionary prompt_toolkit"
IMPORTED = """
import sys
from sqmy.cli import main
main([])
print(*sorted(set(sys.argv[1:]) & set(sys.modules)), file=sys.stderr)
"""


@pytest.fixture
def attached(clerk: Clerk) -> None:
    """Two attachments, the first erased."""
    assert isinstance(clerk.ledger, Path)
    paper = clerk.ledger.with_name("批示件.pdf")
    paper.write_bytes(b"%PDF")
    clerk.do("attach 2025-001", paper)
    clerk.do("attach F1", paper)
    clerk.do("erase F22 --because 来信要求 --yes")


@pytest.mark.usefixtures("attached")
def test_attachments_are_offered_that_can_be_taken_out(ask: Ask) -> None:
    assert ask("attachment ") == ["F23"]


def test_nothing_slow_is_imported(clerk: Clerk) -> None:
    done = subprocess.run(
        python("-X", "utf8", "-c", IMPORTED, *SLOW.split()),
        env=environment()
        | {
            "SQMY_LEDGER": str(clerk.ledger),
            completing.VARIABLE: "complete_zsh",
            "_TYPER_COMPLETE_ARGS": "sqmy submit 甲 --author ",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "杜若" in done.stdout
    assert done.stderr == "\n"
