"""Moving a ledger to a server and back, and a city's look at its counties."""

import json
import re
from pathlib import Path

import pytest

import copies
import counties
import postgres
from build import Built
from clerk import Clerk, found_county
from ledgers import every_kind, new_ledger
from postgres import Cluster
from sqmy.ledger import attached, audit, reading
from sqmy.ledger.opening import create_ledger, open_ledger
from sqmy.ledger.postgresql_schema import roles
from sqmy.ledger.records import Records
from sqmy.settings import FILES_VARIABLE, ledger_place
from sqmy.workspace import moving
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of

YEARS = (2024, 2025, 2026)


def place(address: str | Path) -> Desk:
    """A desk there."""
    return Desk(open_ledger(ledger_place(str(address), lambda _: True)), "甲")


# -- moving ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_there_and_back_with_chain_and_scores(seed: int, cluster: Cluster, tmp_path: Path) -> None:
    edition = edition_of(None)
    path, back = tmp_path / "云汀.db", tmp_path / "回来.db"
    with create_ledger(path, lambda new: Records(new, "甲").adopt_rulebook(edition)) as ledger:
        Built(counties.county(seed), ledger)
        head = reading.head(ledger)
        before = copies.scores(Desk(ledger, "甲"), YEARS)
    address = cluster.address(cluster.new_database(), office="yunting")
    told = Clerk(path).do("move", path, address)
    assert f"已移到 {address}：{head[0]} 项登记，核对无误" in told
    assert f"改名为 {tmp_path / '云汀.moved.db'}" in told
    assert not path.exists()
    for where in (address, back):
        if where is back:
            told = Clerk(address).do("move", address, back)
            assert re.search(r"改名为 postgresql\S+office=yunting_moved_\d{14}，", told)
            assert "没有「yunting」的台账" in Clerk(address).refused("log", code=3)
        with place(where) as desk:
            assert reading.head(desk.ledger) == head
            assert audit.examine(desk.ledger) == []
            assert copies.scores(desk, YEARS) == before
    assert back.stat().st_mode & 0o077 == 0


def test_every_row_moves(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Erased values, attachments and all; the copy of the copy is the first, row for row."""
    monkeypatch.setenv(FILES_VARIABLE, str(tmp_path))
    path, back = tmp_path / "a.db", tmp_path / "b.db"
    with new_ledger(path) as ledger:
        every_kind(ledger)
        first = list(ledger.connection.iterdump())
    address = cluster.address(cluster.new_database())
    moving.move(str(path), address, keep=True)
    assert path.exists()
    moving.move(address, str(back), keep=True)
    with place(address) as desk:
        desk.ledger.rows("SELECT 1 FROM chain")
    with open_ledger(back) as ledger:
        assert list(ledger.connection.iterdump()) == first
        found = attached.examine(ledger)
        assert found == attached.Examined([], 2, len(b"paperscan"), whole=True)


def test_a_ledger_that_does_not_verify_is_not_moved(cluster: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    found_county(path)
    with open_ledger(path) as ledger:
        ledger.connection.execute("DROP TRIGGER member_no_update")
        ledger.connection.execute("UPDATE member SET name = '换人' WHERE fact = 7")
    name = cluster.new_database()
    told = Clerk(path).refused("move", path, cluster.address(name), code=3)
    assert "原来的台账核对不符，没有移动" in told
    assert "F7" in told
    assert "还没有" in Clerk(cluster.address(name)).run("doctor").out


def test_nothing_is_moved_onto_a_ledger(cluster: Cluster, tmp_path: Path) -> None:
    path, other = tmp_path / "a.db", tmp_path / "b.db"
    found_county(path)
    found_county(other)
    address = cluster.address(cluster.new_database())
    Clerk(address).do("init")
    clerk = Clerk(path)
    for target in (other, address):
        assert "已经存在，没有新建" in clerk.refused("move", path, target)
    assert path.exists()


def test_a_copy_that_differs_leaves_everything_as_it_was(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sqmy.db"
    found_county(path)
    address = cluster.address(cluster.new_database())
    monkeypatch.setattr(moving, "copy", lambda *_: None)
    told = Clerk(path).refused("move", path, address, code=3)
    assert "抄过去的台账与原来的不符，没有移动。请重做。" in told
    assert postgres.head(address) is None
    assert "找不到" not in told


def test_who_only_reads_copies_and_the_old_ledger_stays(cluster: Cluster, tmp_path: Path) -> None:
    name = cluster.new_database()
    Clerk(cluster.address(name)).do("init")
    user = cluster.as_user("qian", [roles("sqmy")[1]])
    told = Clerk(tmp_path / "x").do("move", cluster.address(name, user), tmp_path / "抄.db")
    assert "登录的用户不能给它改名。请服务器管理员收回" in told
    assert postgres.head(cluster.address(name)) is not None


def test_what_is_recorded_at_the_last_moment_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = tmp_path / "a.db", tmp_path / "b.db"
    found_county(path)
    aside = moving._file_aside

    def late(old: Path, seq: int) -> Path:
        Clerk(old).do("unit add 晚来的 --kind 其他")
        return aside(old, seq)

    monkeypatch.setattr(moving, "_file_aside", late)
    outcome = Clerk(path).run("move", path, target)
    assert outcome.code == 3
    assert "又在原来的台账里登记了 1 项" in outcome.err


# -- a city ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def city(cluster: Cluster) -> str:
    """A database with three counties, two of them alike."""
    name = cluster.new_database()
    for office in ("云汀", "兰亭", "青浦"):
        found_county(cluster.address(name, office=office))
    clerk = Clerk(cluster.address(name, office="兰亭"))
    clerk.do("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    clerk.do("adopt 2025-001 --channel 省政协 --on 2025-04-02")
    clerk.do("instruct 2025-001 --rank 省级领导 --on 2025-05-01")
    return cluster.address(name)


def test_a_city_sees_all_its_counties(city: str) -> None:
    told = json.loads(Clerk(city).do("rollup --year 2025 --format json"))
    assert [office["office"] for office in told["offices"]] == ["云汀", "兰亭", "青浦"]
    by_name = {office["office"]: office for office in told["offices"]}
    assert [by_name[o]["submitted"] for o in ("云汀", "兰亭", "青浦")] == [3, 3, 3]
    assert by_name["云汀"]["adopted"] == 0
    assert by_name["兰亭"]["adopted"] == 1
    assert by_name["兰亭"]["adopted_by"] == [
        {"label": "县政协", "count": 0},
        {"label": "市政协", "count": 1},
        {"label": "省政协", "count": 1},
        {"label": "全国政协", "count": 0},
    ]
    assert {"label": "省级领导", "count": 1} in by_name["兰亭"]["instructed_by"]
    for office, told_of in by_name.items():
        own = json.loads(Clerk(f"{city}?office={office}").do("score --year 2025 --format json"))
        for sheet in ("units", "members"):
            for one, other in zip(told_of[sheet], own[sheet], strict=True):
                assert one.items() <= other.items()
        assert told_of["ledger"] == own["ledger"]
    shown = Clerk(city).do("rollup --year 2025")
    assert shown.startswith("2025年各地社情民意信息汇总\n")
    assert re.search(r"合计\s+9\s+9\s+9\s+1\s+0\s+1\s+1\s+0", shown)
    assert "各地用的是同一版计分办法。" in shown


def test_a_city_sees_only_what_it_may(city: str, cluster: Cluster) -> None:
    name = city.rpartition("/")[2]
    user = cluster.as_user("shi", [roles("云汀")[1], roles("青浦")[1]])
    told = json.loads(Clerk(cluster.address(name, user)).do("rollup --year 2025 --format json"))
    assert [office["office"] for office in told["offices"]] == ["云汀", "青浦"]
    nobody = cluster.as_user("wu", [])
    refused = Clerk(cluster.address(name, nobody)).refused("rollup --year 2025", code=3)
    assert "没有登录的用户能查看的台账" in refused


def test_files_that_were_sent_in(tmp_path: Path) -> None:
    for name in ("甲县", "乙县"):
        found_county(tmp_path / f"{name}.db")
    clerk = Clerk(tmp_path / "甲县.db")
    files = [tmp_path / "甲县.db", tmp_path / "乙县.db"]
    told = json.loads(clerk.do("rollup --year 2025 --format json", *files))
    assert [office["office"] for office in told["offices"]] == ["甲县", "乙县"]
    assert clerk.do("rollup --year 2025 --format csv", *files).startswith("地方,单位,人员")
    clerk.do("rollup --year 2025 --to", tmp_path / "各县.xlsx", *files)
    assert (tmp_path / "各县.xlsx").stat().st_size > 0
    assert "请写明各地的台账文件" in clerk.refused("rollup --year 2025")
