"""A ledger on a server: opening and making it, who may do what, and what verifying finds."""

import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

import sqmy.ledger
from clerk import Clerk
from ledgers import PHONE, every_kind, found_office, submission
from postgres import Cluster
from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.facts import KINDS
from sqmy.ledger import audit, postgresql, postgresql_schema, reading, structure
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.postgresql import PostgresqlLedger, translated
from sqmy.ledger.records import Records
from sqmy.settings import Server, server

WRITER, READER = postgresql_schema.roles("sqmy")
LATEST = postgresql_schema.SCHEMA_VERSION


@pytest.fixture(scope="module")
def full(cluster: Cluster) -> str:
    """A database with a ledger of two facts of every kind; nobody changes it."""
    name = cluster.new_database()
    with cluster.new_office(name) as ledger:
        every_kind(ledger)
    return name


@pytest.fixture
def database(cluster: Cluster, full: str) -> str:
    """A copy of it."""
    return cluster.new_database(full)


# -- opening ---------------------------------------------------------------------------------


def refused(place: Server, kind: type[SqmyError] = LedgerError) -> str:
    """What is said when a ledger cannot be opened; never the password."""
    with pytest.raises(kind) as told:
        open_ledger(place)
    assert "geheim" not in str(told.value)
    return str(told.value)


def test_a_server_that_is_not_there() -> None:
    told = refused(server("postgresql+psycopg://zhang:geheim@127.0.0.1:1/sqmy?connect_timeout=1"))
    assert told.startswith(
        "连不上服务器：postgresql+psycopg://zhang@127.0.0.1:1/sqmy?office=sqmy\n"
        "请检查网络、地址、用户名和密码。原话："
    )


@pytest.mark.parametrize("rest", ["host:99999/db", "host/db?sslmod=on", "host:5432/%zz"])
def test_an_address_that_the_driver_cannot_read(rest: str) -> None:
    place = server(f"postgresql+psycopg://zhang:geheim@{rest}")
    assert refused(place).startswith(("服务器的地址写法不对：", "连不上服务器："))


def test_a_ledger_that_is_not_there(cluster: Cluster, full: str) -> None:
    told = refused(cluster.place(full, "lanting"))
    assert told.startswith(
        "服务器上没有「lanting」的台账。请用 sqmy init 新建，或改地址里的 office=。"
    )
    assert "连不上服务器" in refused(cluster.place("nowhere"))


def test_a_schema_that_is_no_ledger(cluster: Cluster, full: str) -> None:
    assert "模式「public」不是 sqmy 的台账" in refused(cluster.place(full, "public"))


def test_a_newer_ledger_is_refused(cluster: Cluster, database: str) -> None:
    with cluster.admin(database) as admin:
        admin.execute(
            f"COMMENT ON SCHEMA sqmy IS 'sqmy 社情民意信息台账，第 {LATEST + 1} 版'".encode()
        )
    told = refused(cluster.place(database))
    assert told.startswith(
        f"台账的版本是 {LATEST + 1}，本程序只认到 {LATEST}。请升级 sqmy 后再打开。"
    )


@pytest.mark.parametrize("version", range(1, LATEST))
def test_an_older_ledger_is_brought_to_ours_by_its_owner(version: int, cluster: Cluster) -> None:
    """Whoever may only record cannot do so, and is told who can."""
    name = cluster.new_database()
    with postgresql.create(cluster.place(name)) as ledger:
        with ledger.writing():
            for statement in postgresql_schema.laying("sqmy", 0, version):
                ledger.run(statement)
        found_office(ledger)
        head = reading.head(ledger)
    user = cluster.as_user("li", [WRITER])
    told = refused(cluster.place(name, user=user))
    assert told.startswith(f"台账的版本是 {version}，要升到 {LATEST} 才能用。")
    assert "建账的用户「zhang」打开一次" in told
    with open_ledger(cluster.place(name)) as ledger:
        assert reading.head(ledger) == head
        assert audit.examine(ledger) == []
    with open_ledger(cluster.place(name, user=user)) as ledger:
        with ledger.writing():
            Records(ledger, "李").submit(submission(units=(1,)))
        assert audit.examine(ledger) == []


def test_somebody_without_a_role_is_told(cluster: Cluster, full: str) -> None:
    user = cluster.as_user("nobody_of_ours", [])
    assert "请服务器管理员授予读写或只读的角色" in refused(cluster.place(full, user=user))


def test_without_the_driver_one_is_told_how_to_get_it(
    full: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "sqmy.ledger.postgresql")
    monkeypatch.delattr(sqmy.ledger, "postgresql")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refused(cluster.place(full)).startswith("没有装连接服务器的部件 psycopg。")


# -- making ----------------------------------------------------------------------------------


def test_an_office_may_have_a_chinese_name(cluster: Cluster) -> None:
    name = cluster.new_database()
    for office in ("云汀县", "lanting"):
        clerk = Clerk(cluster.address(name, office=office))
        assert clerk.do("init").startswith(
            f"已新建台账：postgresql+psycopg://zhang@127.0.0.1:{cluster.port}/{name}?office={office}\n"
        )
        clerk.do("unit add 提案委 --kind 委室")
        assert "完好：2 项登记" in clerk.do("verify")
        assert "已经存在，没有新建" in clerk.refused("init")


def test_nothing_is_left_of_a_ledger_that_could_not_be_made(cluster: Cluster) -> None:
    name = cluster.new_database()
    before = objects(cluster, name)

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    from sqmy.ledger.opening import create_ledger  # noqa: PLC0415 — used here alone

    with pytest.raises(KeyboardInterrupt):
        create_ledger(cluster.place(name), fail)
    assert objects(cluster, name) == before


def objects(cluster: Cluster, database: str) -> list[tuple[Any, ...]]:
    """The schemas and relations of a database."""
    with cluster.admin(database) as admin:
        return admin.execute(
            "SELECT nspname, relname FROM pg_namespace LEFT JOIN pg_class ON relnamespace ="
            " pg_namespace.oid WHERE nspname !~ '^pg_' ORDER BY 1, 2"
        ).fetchall()


def test_who_may_not_make_a_ledger_is_told_what_the_administrator_does(cluster: Cluster) -> None:
    name = cluster.new_database()
    user = cluster.as_user("small", [])
    told = Clerk(cluster.address(name, user, "lan")).refused("init")
    assert told == (
        "错误：登录服务器的用户没有权限新建。请服务器管理员先执行：\n"
        '  CREATE SCHEMA "lan" AUTHORIZATION 建账的用户;\n'
        '  CREATE ROLE "sqmy_lan_writer" NOLOGIN;\n'
        '  CREATE ROLE "sqmy_lan_reader" NOLOGIN;\n'
        f"台账：postgresql+psycopg://small@127.0.0.1:{cluster.port}/{name}?office=lan\n"
    )
    with cluster.admin(name) as admin:
        for line in told.splitlines()[1:4]:
            admin.execute(line.strip().replace("建账的用户", user).encode())
    Clerk(cluster.address(name, user, "lan")).do("init")


def test_a_database_that_keeps_bytes_is_refused(cluster: Cluster) -> None:
    with cluster.admin() as admin:
        admin.execute(
            "CREATE DATABASE raw OWNER zhang ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc"
            " LOCALE 'C' TEMPLATE template0"
        )
    assert "不是 UTF-8 编码" in Clerk(cluster.address("raw")).refused("init")


# -- who may do what -------------------------------------------------------------------------

ATTACKS = (
    "UPDATE chain SET operator = '改'",
    "DELETE FROM submission",
    "TRUNCATE submission CASCADE",
    "UPDATE secret SET value = '改'",
    "UPDATE secret SET value = NULL, salt = NULL WHERE field = 'phone'",
    "INSERT INTO chain SELECT * FROM chain ORDER BY seq DESC LIMIT 1",
)
OWNERS_OWN = (
    "ALTER TABLE chain DISABLE TRIGGER ALL",
    "DROP TRIGGER chain_no_update ON chain",
    "DROP TABLE void",
    "ALTER FUNCTION refuse() SECURITY DEFINER",
    "CREATE TABLE further (x text)",
    "COMMENT ON SCHEMA sqmy IS 'x'",
)


def attacked(address: str, attack: str) -> str:
    """The server's answer to a statement that it must refuse."""
    place = server(address)
    with (
        psycopg.connect(place.url, options=f"-c search_path={place.office}") as connection,
        pytest.raises(psycopg.Error) as told,
    ):
        connection.execute(attack.encode())
    return str(told.value.sqlstate)


@pytest.mark.parametrize("attack", ATTACKS)
def test_not_even_the_owner_changes_or_deletes_facts(
    attack: str, cluster: Cluster, full: str
) -> None:
    assert attacked(cluster.address(full), attack) == "P0001"


@pytest.mark.parametrize("attack", [*ATTACKS, *OWNERS_OWN])
def test_who_records_can_do_nothing_else(attack: str, cluster: Cluster, full: str) -> None:
    user = cluster.as_user("li", [WRITER])
    assert attacked(cluster.address(full, user), attack) in {"42501", "P0001"}


def test_who_records_and_who_reads(cluster: Cluster) -> None:
    name = cluster.new_database()
    Clerk(cluster.address(name)).do("init")
    writer = Clerk(cluster.address(name, cluster.as_user("li", [WRITER])))
    reader = Clerk(cluster.address(name, cluster.as_user("wang", [READER])))
    writer.do("unit add 提案委 --kind 委室")
    writer.do("submit 关于停车难的建议 --unit 提案委 --on 2025-03-01")
    for line in ("list", "score --year 2025", "log", "verify"):
        assert reader.do(line) == writer.do(line)
    told = reader.refused("submit 关于停电的建议 --unit 提案委 --on 2025-03-01")
    assert told.startswith("错误：登录服务器的用户没有这项权限，没有写入。")


def test_who_records_may_erase_with_a_ground_and_not_without(
    cluster: Cluster, database: str
) -> None:
    with open_ledger(cluster.place(database, user=cluster.as_user("li", [WRITER]))) as ledger:
        holder = ledger.row("SELECT fact FROM secret WHERE field = 'phone' AND value IS NOT NULL")
        assert holder
        with ledger.writing():
            Records(ledger, "李").erase(holder[0], "本人要求")
        assert ledger.row("SELECT value FROM secret WHERE fact = :f", {"f": holder[0]}) == (None,)
        assert audit.examine(ledger) == []


# -- what the server reports -----------------------------------------------------------------


def test_a_clerk_who_waits_too_long_is_told(
    cluster: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "WAIT_SECONDS", "0.1")
    with open_ledger(cluster.place(database)) as one, open_ledger(cluster.place(database)) as other:
        with one.writing():
            with pytest.raises(StorageError, match="台账正被别人占用"), other.writing():
                pass
            assert not other.in_transaction
        with other.writing():
            Records(other, "李").submit(submission(units=(1,)))


def test_a_lost_connection_is_told_and_nothing_was_written(cluster: Cluster, full: str) -> None:
    with open_ledger(cluster.place(full)) as ledger:
        before = ledger.row("SELECT max(seq) FROM chain")

        def record() -> None:
            with ledger.writing():
                Records(ledger, "李").submit(submission(units=(1,)))
                lose(cluster, ledger)
                ledger.rows("SELECT 1")

        with pytest.raises(StorageError) as told:
            record()
    assert str(told.value).startswith("与服务器的连接断了，没有写入。")
    with open_ledger(cluster.place(full)) as ledger:
        assert ledger.row("SELECT max(seq) FROM chain") == before


def test_a_connection_lost_while_committing_is_told_as_unknown(cluster: Cluster, full: str) -> None:
    with open_ledger(cluster.place(full)) as ledger:

        def record() -> None:
            with ledger.writing():
                lose(cluster, ledger)

        with pytest.raises(StorageError, match="不知道写成没有。请用 sqmy log 核对"):
            record()


def lose(cluster: Cluster, ledger: Any) -> None:  # noqa: ANN401 — a ledger on the server
    """Have the server cut the connection."""
    with cluster.admin() as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", (ledger.connection.info.backend_pid,))


def test_a_failed_transaction_is_never_taken_for_committed(cluster: Cluster, full: str) -> None:
    with open_ledger(cluster.place(full)) as ledger:

        def record() -> None:
            with ledger.writing(), pytest.raises(SqmyError):
                ledger.run("SELECT nothing FROM nowhere")

        with pytest.raises(StorageError, match="服务器没有接受这次写入，没有写入"):
            record()


def test_no_message_tells_a_confidential_value(cluster: Cluster, full: str) -> None:
    with open_ledger(cluster.place(full)) as ledger:
        with pytest.raises(LedgerError) as told, ledger.writing():
            ledger.run(
                "INSERT INTO secret SELECT fact, field, sha256, salt, :phone FROM secret",
                {"phone": PHONE},
            )
        assert PHONE not in str(told.value)


def test_parameters_are_put_into_the_drivers_words() -> None:
    assert translated("a = :a AND b LIKE '%:b' AND c::text = :c_1 % 2") == (
        "a = %(a)s AND b LIKE '%%:b' AND c::text = %(c_1)s %% 2"
    )


# -- verifying -------------------------------------------------------------------------------

TAMPERINGS = {
    "DROP TRIGGER unit_no_update ON unit": "缺少触发器 unit_no_update",
    "ALTER TABLE void DISABLE TRIGGER void_no_truncate": "改动了触发器 void_no_truncate",
    "CREATE OR REPLACE VIEW live_unit AS SELECT * FROM unit": "改动了视图 live_unit",
    "CREATE VIEW further AS SELECT 1": "多出视图 further",
    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'": "改动了函数 refuse",
    "DROP INDEX adoption_day": "缺少索引 adoption_day",
    "ALTER TABLE adoption ADD COLUMN further text": "改动了表 adoption",
    "ALTER TABLE alias DROP CONSTRAINT alias_unit_fkey": "缺少约束 alias alias_unit_fkey",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_changed_schema_is_named(tampering: str, cluster: Cluster, full: str) -> None:
    with cluster.admin(full) as admin:
        admin.autocommit = False
        admin.execute("SET search_path = sqmy, pg_temp")
        ledger = PostgresqlLedger(admin, cluster.place(full))
        admin.execute(tampering.encode())
        found = [str(problem) for problem in audit.examine(ledger)]
        admin.rollback()
    assert found == [f"结构：{TAMPERINGS[tampering]}"]


def columns(admin: "psycopg.Connection[Any]") -> Iterator[tuple[str, str, str]]:
    """Every column of the ledger with its type."""
    yield from admin.execute(
        "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = 'sqmy' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2"
    ).fetchall()


def test_every_change_of_any_column_is_found_and_named(cluster: Cluster, full: str) -> None:
    """As somebody who may do everything: no trigger, no constraint stands in the way."""
    with cluster.admin(full) as admin:
        admin.autocommit = False
        admin.execute("SET search_path = sqmy, pg_temp")
        admin.execute("SET session_replication_role = replica")
        admin.commit()
        ledger = PostgresqlLedger(admin, cluster.place(full))
        unnoticed, changed = [], 0
        for table, column, kind in columns(admin):
            key = "seq" if table == "chain" else "fact"
            row = admin.execute(
                f'SELECT {key} FROM {table} WHERE "{column}" IS NOT NULL'  # noqa: S608
                f" ORDER BY {key} DESC LIMIT 1".encode()
            ).fetchone()
            if row is None:
                continue
            value = f'"{column}" + 1000' if kind == "bigint" else f"\"{column}\" || '改'"
            try:
                admin.execute(
                    f'UPDATE {table} SET "{column}" = {value} WHERE {key} = {row[0]}'.encode()  # noqa: S608
                )
            except psycopg.errors.CheckViolation:
                admin.rollback()
                continue
            changed += 1
            faults = structure.gathered(audit._contents(ledger, None), 20)
            admin.rollback()
            if not any(f.place in {f"F{row[0]}", f"F{row[0] + 1000}"} for f in faults):
                unnoticed.append((table, column, faults))
    assert unnoticed == []
    assert changed > 3 * len(KINDS)
