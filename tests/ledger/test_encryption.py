"""A ledger whose file is encrypted: nothing can be read without the key, all else is alike."""

import os
import sys
from pathlib import Path

import pytest

from clerk import Clerk, answers, found_county, stories
from ledgers import BODY, PHONE, every_kind, new_ledger, raw
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import audit, driver, reading
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.sqlite import is_ledger

CLI = Path(__file__).parents[1] / "cli"


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key is to be; `init` makes it."""
    path = tmp_path / "钥匙" / "sqmy.key"
    path.parent.mkdir()
    monkeypatch.setenv(driver.KEY_VARIABLE, str(path))
    return path


@pytest.mark.usefixtures("key")
def test_nothing_can_be_read_without_the_key(tmp_path: Path) -> None:
    driver.provide_key()
    path = tmp_path / "sqmy.db"
    with new_ledger(path) as ledger:
        every_kind(ledger)
        assert audit.examine(ledger) == []
    held = path.read_bytes()
    for text in ("SQLite format 3", "CREATE TABLE", "提案委", PHONE, BODY):
        assert text.encode() not in held
    with raw(path) as connection, pytest.raises(Exception, match="file is not a database"):
        connection.execute("SELECT * FROM chain")
    assert is_ledger(path)
    del os.environ[driver.KEY_VARIABLE]  # the fixture puts back what was there before it
    assert not is_ledger(path)
    with pytest.raises(
        LedgerError, match="若是加密的台账，请用环境变量 SQMY_KEY_FILE 指明密钥文件"
    ):
        open_ledger(path)


def test_init_makes_the_key_and_says_what_it_is_worth(key: Path, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "sqmy.db")
    assert f"密钥在 {key}。请马上把它另存一份在别处：丢了它" in clerk.do("init")
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    assert "密钥" not in Clerk(tmp_path / "另一本.db").do("init")
    assert key.read_bytes() == before


@pytest.mark.usefixtures("key")
def test_the_same_commands(tmp_path: Path) -> None:
    driver.provide_key()
    for place, story in enumerate(stories(CLI / "recording.txt")[:5]):
        found_county(tmp_path / f"{place}.db")
        assert answers(Clerk(tmp_path / f"{place}.db"), story) == story


@pytest.mark.usefixtures("key")
def test_backup_verify_and_restore(tmp_path: Path) -> None:
    path, backup = tmp_path / "sqmy.db", tmp_path / "备份.db"
    driver.provide_key()
    found_county(path)
    clerk = Clerk(path)
    clerk.do("backup", backup)
    assert not backup.read_bytes().startswith(b"SQLite")
    assert "台账完好：21 项登记" in clerk.do("verify", backup)
    clerk.do("unit add 科协 --kind 其他")
    clerk.do("restore", backup)
    assert "台账完好：21 项登记" in clerk.do("verify")


def test_a_plain_ledger_becomes_an_encrypted_one_and_plain_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, hidden, plain = tmp_path / "a.db", tmp_path / "b.db", tmp_path / "c.db"
    found_county(path)
    with open_ledger(path) as ledger:
        head = reading.head(ledger)
    monkeypatch.setenv(driver.KEY_VARIABLE, str(tmp_path / "key"))
    driver.provide_key()
    assert "台账完好" in Clerk(path).do("verify")  # a plain one is read as it is
    Clerk(path).do("move", path, hidden)
    assert not hidden.read_bytes().startswith(b"SQLite")
    Clerk(path).do("move --plain", hidden, plain)
    monkeypatch.delenv(driver.KEY_VARIABLE)
    with open_ledger(plain) as ledger:
        assert reading.head(ledger) == head


def test_a_wrong_key_a_missing_one_and_none(key: Path, tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    clerk = Clerk(path)
    clerk.do("init")
    right = key.read_text(encoding="ascii")
    for held, told in (
        ("0" * 64, "密钥不对，或台账文件已损坏。"),
        ("短", "密钥文件里不是密钥（64 位十六进制数字）"),
        (None, "密钥文件读不出来"),
    ):
        key.unlink(missing_ok=True)
        if held:
            key.write_text(held, encoding="utf-8")
        refused = clerk.run("log")
        assert (refused.code, refused.out) == (3, "")
        assert told in refused.err
        assert right.strip() not in refused.err
    key.write_text(right, encoding="ascii")
    clerk.do("log")


@pytest.mark.usefixtures("key")
def test_without_the_part_one_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.provide_key()
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(SqmyError, match="没有装加密台账用的部件"):
        new_ledger(tmp_path / "sqmy.db")
    assert "没有装加密台账用的部件" in Clerk(tmp_path / "sqmy.db").run("init").err
    assert not (tmp_path / "sqmy.db").exists()
