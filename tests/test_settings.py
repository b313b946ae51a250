"""Which ledger and which operator."""

import getpass
import sys
from pathlib import Path

import pytest

from sqmy import settings
from sqmy.errors import SqmyError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, and no environment of ours."""
    monkeypatch.chdir(tmp_path)
    for variable in ("SQMY_LEDGER", "SQMY_OPERATOR", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    return tmp_path


def test_the_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQMY_LEDGER", "环境.db")
    assert settings.ledger_place("选项.db", lambda _: True) == Path("选项.db")
    assert settings.ledger_place(None, lambda _: True) == Path("环境.db")
    assert settings.ledger_place("", lambda _: True) == Path("环境.db")


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("linux", ("home", ".local", "share", "sqmy", "sqmy.db")),
        ("darwin", ("home", "Library", "Application Support", "sqmy", "sqmy.db")),
        ("win32", ("home", "AppData", "Local", "sqmy", "sqmy.db")),
    ],
)
def test_here_if_there_is_a_ledger_else_the_users_own(
    system: str, expected: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    here = Path("sqmy.db")
    assert settings.ledger_place(None, lambda path: path == here) == here
    assert settings.ledger_place(None, lambda _: False) == folder.joinpath(*expected)


@pytest.mark.parametrize(
    ("system", "variable"), [("linux", "XDG_DATA_HOME"), ("win32", "LOCALAPPDATA")]
)
def test_the_users_folder_by_the_systems_variable(
    system: str, variable: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv(variable, str(folder / "数据"))
    assert settings.user_data_folder() == folder / "数据" / "sqmy"


def test_a_users_folder_is_meant_by_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, "/srv/zhang")
    assert settings.ledger_place("~/台账.db", lambda _: False) == Path("/srv/zhang/台账.db")


@pytest.mark.parametrize(
    ("address", "url", "office", "shown"),
    [
        (
            "postgresql+psycopg://zhang:secret@db:5433/sqmy?sslmode=require&office=Yunting",
            "postgresql://zhang:secret@db:5433/sqmy?sslmode=require",
            "yunting",
            "postgresql+psycopg://zhang@db:5433/sqmy?office=yunting",
        ),
        (
            "postgresql://db/city",
            "postgresql://db/city",
            "sqmy",
            "postgresql+psycopg://db/city?office=sqmy",
        ),
        (
            "postgresql+psycopg:///city?host=/run/pg&office=云汀县",
            "postgresql:///city?host=%2Frun%2Fpg",
            "云汀县",
            "postgresql+psycopg:///city?office=云汀县",
        ),
    ],
)
def test_a_server_and_its_office(address: str, url: str, office: str, shown: str) -> None:
    place = settings.ledger_place(address, lambda _: False)
    assert place == settings.Server(url, office)
    assert str(place) == shown
    assert "secret" not in repr(place)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "mysql://zhang:secret@db/sqmy",
            "「mysql://…」：服务器的地址以 postgresql+psycopg://",
        ),
        ("postgresql+psycopg://zhang:secret@[db/sqmy", "服务器的地址写法不对"),
        ("postgresql+psycopg://zhang:secret@db/sqmy?office=", "office=「」不能用"),
        ("postgresql+psycopg://zhang:secret@db/sqmy?office=a;b", "office=「a;b」不能用"),
        ("postgresql+psycopg://zhang:secret@db/sqmy?office=pg_temp", "office=「pg_temp」不能用"),
        (f"postgresql+psycopg://zhang:secret@db/sqmy?office={'县' * 14}", "不超过 13 个汉字"),
    ],
)
def test_an_address_that_is_none_of_ours(address: str, told: str) -> None:
    with pytest.raises(SqmyError) as refused:
        settings.ledger_place(address, lambda _: False)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)
    assert refused.value.exit_code == 3


def test_nobodys_folder_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "win32":  # there any name will do
        with pytest.raises(SqmyError, match="没有这个用户的文件夹"):
            settings.ledger_place("~nobody-of-this-name/台账.db", lambda _: False)

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(SqmyError, match="不知道您的文件夹在哪里。请用 --ledger 指明台账文件。"):
        settings.ledger_place(None, lambda _: False)


# -- the operator ----------------------------------------------------------------------------


def test_the_operator_by_option_environment_and_login(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "zhangsan")
    assert settings.operator(None) == "zhangsan"
    monkeypatch.setenv("SQMY_OPERATOR", " 李 四 ")
    assert settings.operator(None) == "李四"
    assert settings.operator("王五") == "王五"
    assert settings.operator("  ") == "李四"
    monkeypatch.setenv("SQMY_OPERATOR", "\u200b")
    assert settings.operator("") == "zhangsan"


@pytest.mark.parametrize("given", ["张\x1b[31m三", "\udcff", "a\x00"])
def test_an_operator_whose_name_cannot_be_written_is_refused(given: str) -> None:
    with pytest.raises(SqmyError, match=r"^经办人姓名的第 \d 个字是看不见的控制字符"):
        settings.operator(given)


def test_an_operator_whom_nobody_knows_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", unknown)
    with pytest.raises(SqmyError) as refused:
        settings.operator(None)
    assert str(refused.value) == ("不知道经办人是谁。请加 --as 姓名，或设环境变量 SQMY_OPERATOR。")
