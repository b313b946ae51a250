"""`sqmy doctor` says what to mend, and mends nothing."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from clerk import Clerk, environment
from limits import python
from postgres import Cluster
from sqmy.ledger import driver, folders, sqlite
from sqmy.ledger.folders import Risk
from sqmy.ledger.postgresql_schema import roles
from sqmy.workspace import examining, examining_ledger

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


def findings(clerk: Clerk, code: int = 0) -> dict[str, tuple[str, str, str]]:
    """State, sentence and advice by topic."""
    outcome = clerk.run("doctor --format json")
    assert (outcome.code, outcome.err) == (code, "")
    return {f["topic"]: (f["state"], f["told"], f["advice"]) for f in json.loads(outcome.out)}


def test_a_sound_installation(clerk: Clerk) -> None:
    before = clerk.head()
    found = findings(clerk)
    assert {topic for topic, (state, *_) in found.items() if state == "fault"} == set()
    assert {"program", "sqlite", "packages", "screen", "fonts", "operator"} <= found.keys()
    assert {"ledger", "clock", "folder", "disk"} <= found.keys()
    told = clerk.do("doctor")
    assert told.startswith("安装体检\n查了 ")
    assert "21 项登记" in told
    assert clerk.head() == before


def test_no_ledger_is_made(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "无" / "sqmy.db")
    assert findings(clerk)["ledger"][1].startswith("还没有台账：")
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_who_may_read(clerk: Clerk) -> None:
    assert isinstance(clerk.ledger, Path)
    assert findings(clerk)["permissions"] == ("warning", *loose(clerk.ledger, 0o644))
    clerk.ledger.chmod(0o600)
    assert findings(clerk)["permissions"][0] == "ok"
    clerk.ledger.parent.chmod(0o777)
    assert "换掉这个文件夹里的文件" in findings(clerk)["permissions"][1]


def loose(path: Path, mode: int) -> tuple[str, str]:
    """What is said of a file that others may read."""
    path.chmod(mode)
    return "别的用户也能读写台账（-rw-r--r--）", f"请执行 chmod 600 {path}"


@pytest.mark.parametrize(
    ("risk", "told"),
    [
        (Risk("network", "cifs"), "在网络盘上（cifs）"),
        (Risk("sync", "坚果云"), "在坚果云的同步文件夹里"),
        (Risk("memory", "tmpfs"), "在内存里（tmpfs）"),
    ],
)
def test_the_kind_of_folder(
    risk: Risk, told: str, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "risk_of", lambda _: risk)
    state, sentence, advice = findings(clerk, code=1)["folder"]
    assert state == "fault"
    assert told in sentence
    assert advice


def test_a_full_disk(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining_ledger, "_SPARE", 1 << 60)
    assert findings(clerk, code=1)["disk"][0] == "fault"


def test_a_clock_that_went_back(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Early(examining_ledger.datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Early":  # type: ignore[override]
            return cls(2001, 1, 1, tzinfo=tz)  # type: ignore[arg-type]

    monkeypatch.setattr(examining_ledger, "datetime", Early)
    assert findings(clerk)["clock"][2] == "请校准电脑的日期和时间"


def test_what_cannot_be_opened(clerk: Clerk) -> None:
    assert isinstance(clerk.ledger, Path)
    clerk.ledger.write_bytes(b"SQLite format 3\x00" + bytes(100))
    assert findings(clerk, code=1)["ledger"][:2] == (
        "fault",
        f"{clerk.ledger} 是别的程序的数据库，不是 sqmy 的台账。",
    )


def test_where_the_key_lies(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "key" not in findings(clerk)
    elsewhere = tmp_path / "盘"
    elsewhere.mkdir()
    for key, told in (
        (elsewhere / "没有.key", "密钥文件不在"),
        (tmp_path / "sqmy.key", "密钥与台账在同一个文件夹里"),
        (elsewhere / "sqmy.key", str(elsewhere / "sqmy.key")),
    ):
        monkeypatch.setenv(driver.KEY_VARIABLE, str(key))
        if "没有" not in key.name:
            driver.provide_key()
        assert told in findings(clerk, code=int("没有" in key.name))["key"][1]


def test_a_journal_that_was_left(clerk: Clerk) -> None:
    assert isinstance(clerk.ledger, Path)
    clerk.ledger.with_name(f"{clerk.ledger.name}-journal").touch()
    assert findings(clerk)["journal"][0] == "warning"


def test_a_screen_that_cannot_show_chinese(clerk: Clerk) -> None:
    done = subprocess.run(
        python("-m", "sqmy", *clerk.words("doctor")),
        env=environment() | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"ascii" in done.stdout
    assert findings(clerk)["screen"][0] == "ok"


def test_fonts(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    for families, told in (
        (None, "查不到这台电脑的字体清单，没有核对"),
        ({"fangsong", "kaiti", "simhei", "simsun"}, "没有装 小标宋（标题）"),
        ({"方正小标宋简体", "仿宋_gb2312", "楷体", "黑体", "宋体"}, "公文用的字体都有"),
    ):
        monkeypatch.setattr(examining, "_families", lambda families=families: families)
        assert findings(clerk)["fonts"][1] == told


@pytest.mark.parametrize(
    ("version", "specification", "holds"),
    [
        ("0.28.0", "<0.29,>=0.28", True),
        ("0.29", "<0.29,>=0.28", False),
        ("0.27.9", ">=0.28", False),
        ("3.1.5.post1", ">=3.1.5", True),
        ("14.0", ">=14", True),
        ("2", "==2.0", True),
        ("1", "", True),
    ],
)
def test_versions(version: str, specification: str, holds: bool) -> None:  # noqa: FBT001
    assert examining._satisfies(version, specification) is holds


def test_a_missing_and_an_old_package(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["typer<0.29,>=99", "nothing-of-this-name>=1", "no-extra>=3; extra == 'pg'"]
    monkeypatch.setattr(examining.metadata, "requires", lambda _: needed)
    found = findings(clerk, code=1)
    assert found["packages"][1].startswith("typer 0.28.")
    assert found["packages"][1].endswith("；nothing-of-this-name 没有装")
    assert found["extras"][1] == "no-extra 没有装"


def test_an_old_sqlite(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "_SQLITE", (99, 0))
    assert findings(clerk, code=1)["sqlite"][0] == "fault"
    assert sqlite.is_ledger(Path(clerk.ledger))


def test_a_server(cluster: Cluster) -> None:
    name = cluster.new_database()
    place = cluster.address(name)
    found = findings(Clerk(place))
    assert found["ledger"][1].startswith("服务器上还没有这本台账：")
    Clerk(place).do("init")
    found = findings(Clerk(place))
    assert found["ledger"][1].endswith("office=sqmy，1 项登记")
    assert found["rights"] == (
        "warning",
        "zhang：台账的建账用户",
        "平日登记请另用只有读写角色的用户：这个用户可以拆掉保护",
    )
    assert [found[t][0] for t in ("server", "durability", "transport")] == ["ok"] * 3
    for role, told in zip(roles("sqmy"), ("可以登记", "只能查看"), strict=True):
        user = cluster.as_user("zhao", [role])
        assert findings(Clerk(cluster.address(name, user)))["rights"][:2] == ("ok", f"zhao：{told}")
    user = cluster.as_user("zhao", [])
    assert findings(Clerk(cluster.address(name, user)))["ledger"][0] == "warning"


def test_a_password_in_the_address_is_told_and_not_shown(cluster: Cluster) -> None:
    for address in (
        cluster.address("postgres").replace("zhang@", "zhang:geheim@"),
        "postgresql+psycopg://zhang:geheim@127.0.0.1:1/x",
    ):
        outcome = Clerk(address).run("doctor")
        assert "密码写在台账的地址里" in outcome.out
        assert "geheim" not in outcome.out
