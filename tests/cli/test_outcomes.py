"""Every outcome of a command is an exit code and a few Chinese lines."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer

import sqmy
from limits import python
from sqmy.cli import commands, main
from sqmy.cli.commands import Command
from sqmy.errors import LedgerError, Problem, ProblemsError, SqmyError, UsageError

OUTCOMES: dict[str, BaseException] = {
    "办不到": SqmyError("没有渠道「甲\x1b[31m」。"),
    "几处": ProblemsError("两处有误，没有写入：", [Problem("一", "甲"), Problem("二", "乙")]),
    "写法": UsageError("缺少日期。"),
    "台账": LedgerError("台账打不开。"),
    "中断": KeyboardInterrupt(),
    "不答": typer.Abort(),
    "断管": BrokenPipeError(errno.EPIPE, "Broken pipe"),
    "参数": OSError(errno.EINVAL, "Invalid argument"),
    "满": OSError(errno.ENOSPC, "No space left on device"),
    "占用": PermissionError(errno.EACCES, "Permission denied", "得分.xlsx"),
    "毛病": ZeroDivisionError("13800000000"),
    "退出": typer.Exit(7),
}


def end(how: Annotated[str, typer.Argument(metavar="样子")]) -> None:
    """如上。"""
    raise OUTCOMES[how]


@pytest.fixture(autouse=True)
def _sample_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = {"": {"end": Command(f"{__name__}:end", "以某种样子结束")}}
    monkeypatch.setattr(commands, "COMMANDS", sample)
    monkeypatch.delenv("SQMY_DEBUG", raising=False)


FULL = (
    "错误：磁盘空间不足，输出没有写完。请腾出空间后重试；已登记的事实不受影响，"
    "可用 sqmy log 核对。\n"
)


@pytest.mark.parametrize(
    ("how", "code", "told"),
    [
        ("办不到", 1, "错误：没有渠道「甲�[31m」。\n"),
        ("几处", 1, "错误：两处有误，没有写入：\n  一：甲\n  二：乙\n"),
        ("写法", 2, "错误：缺少日期。\n看用法：sqmy end --help\n"),
        ("台账", 3, "错误：台账打不开。\n"),
        ("中断", 130, "已中断，没有写入\n"),
        ("不答", 130, "已中断，没有写入\n"),
        ("断管", 0, ""),
        ("满", 1, FULL),
        (
            "占用",
            1,
            (
                "错误：文件「得分.xlsx」没有权限，或正被别的程序（如 Excel、WPS）打开。"
                "请处理后重试。\n"
            ),
        ),
        ("退出", 7, ""),
    ],
)
def test_an_outcome_is_an_exit_code(
    how: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    OUTCOMES[how].__dict__.pop("__notes__", None)
    assert main(["end", how]) == code
    assert capsys.readouterr() == ("", told)


def test_a_fault_of_the_program_is_told_without_its_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["end", "毛病"]) == 1
    told = capsys.readouterr().err
    assert told.startswith(
        "错误：程序本身有毛病，不是您的操作有误。正在执行「sqmy end 毛病」，没有写入。"
        "请把这一行告诉维护人员（位置：chinese.py:"
    )
    assert told.endswith("）；设环境变量 SQMY_DEBUG=1 后再执行一次，可得到详情。\n")
    assert "13800000000" not in told


def test_debugging_shows_the_fault_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQMY_DEBUG", "1")
    with pytest.raises(ZeroDivisionError, match="13800000000"):
        main(["end", "毛病"])


def test_a_closed_pipe_is_an_invalid_argument_on_windows_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = []
    for system in ("nt", "posix"):
        with monkeypatch.context() as patch:
            patch.setattr(os, "name", system)
            codes.append(main(["end", "参数"]))
    assert codes == [0, 1]
    assert "程序本身有毛病" in capsys.readouterr().err


def test_no_standard_output_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["--help"]) == main(["--version"]) == 0


# As a process

PROCESS = """
import sys, warnings
from sqmy.cli import commands, main
from sqmy.cli.commands import Command
commands.COMMANDS = {"": {"say": Command("__main__:say", "说")}}
def say(word: str) -> None:
    "如上。"
    warnings.warn("Data Validation extension is not supported")
    print(word * 50_000)
sys.exit(main())
"""


def start(*words: str, stdout: object, encoding: str = "utf-8") -> subprocess.Popen[bytes]:
    """`sqmy` with these words, printing to `stdout`."""
    source = str(Path(sqmy.__file__).parents[1])
    return subprocess.Popen(
        python("-X", "utf8", "-c", PROCESS, *words),
        env=os.environ | {"PYTHONPATH": source, "PYTHONIOENCODING": encoding},
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def test_a_reader_that_goes_away_is_nobodys_fault() -> None:
    for words in (["--help"], ["say", "甲"]):
        process = start(*words, stdout=subprocess.PIPE)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["say", "甲"]])
def test_a_full_disk_under_the_output(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start(*words, stdout=full)
        _, told = process.communicate()
    assert (process.returncode, told.decode()) == (1, FULL)


def test_a_character_that_the_console_lacks_is_replaced() -> None:
    process = start("say", "甲𠮷", stdout=subprocess.PIPE, encoding="gbk")
    out, told = process.communicate()
    assert (process.returncode, told) == (0, b"")
    assert out.decode("gbk").strip() == "甲?" * 50_000


def test_nobody_listens_to_errors() -> None:
    process = start("say", stdout=subprocess.PIPE)
    process.stderr.close()
    with process:
        assert process.wait() == 2
