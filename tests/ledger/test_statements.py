"""Every statement that the program runs is one that both engines understand and can plan.

The transcripts of the command line, an import, an export and a few rare paths are carried out on
a ledger in a file while each statement is noted with the line that ran it; then both engines
explain each. A line that runs statements and was never reached is found by walking the sources.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sqmy
from clerk import Clerk, found_county, refusals, stories
from ledgers import every_kind, tampering
from postgres import Cluster
from sqmy.days import periods
from sqmy.ledger import audit, circumstances, copying, figures, hashing, reading
from sqmy.ledger.circumstances import Only
from sqmy.ledger.database import Ledger, Values
from sqmy.ledger.snapshot import snapshot
from sqmy.ledger.sqlite import SqliteLedger, in_memory
from sqmy.snapshot import Reads
from sqmy.workspace import choices
from sqmy.workspace.desk import open_desk

SOURCES = Path(sqmy.__file__).parent
CLI = Path(__file__).parents[1] / "cli"
METHODS = {"rows", "row", "run", "run_many", "grouped"}

OF_ONE_ENGINE = {
    "ledger/database.py": "passes on what others run",
    "ledger/sqlite.py": "opens and lays files",
    "ledger/structure.py": "SQLite's own checks",
    "ledger/backup.py": "copies files",
    "ledger/restoring.py": "puts files back",
    "ledger/raw.py": "reads files of later versions",
    "ledger/upgrading.py": "brings files to today's schema",
    "ledger/postgresql.py": "opens and lays on servers",
    "ledger/postgresql_health.py": "reads the server's settings",
    "ledger/postgresql_schema.py": "reads the server's catalogue",
    "ledger/postgresql_structure.py": "reads the server's catalogue",
}

Statements = dict[str, Values]
Site = tuple[str, int]


class Noted:
    """The statements that were run, each with values it was run with, and where."""

    def __init__(self) -> None:
        self.statements: Statements = {}
        self.sites: set[Site] = set()

    def note(self, sql: str, values: Values) -> None:
        """A statement is about to be run."""
        is_ours = "sqlite_master" not in sql  # SQLite's own catalogue
        if is_ours and not sql.startswith(("PRAGMA", "BEGIN", "COMMIT", "CREATE")):
            self.statements.setdefault(sql, values)
        frame = sys._getframe(1)
        while frame.f_back:
            path = Path(frame.f_code.co_filename)
            if path.is_relative_to(SOURCES):
                self.sites.add((path.relative_to(SOURCES).as_posix(), frame.f_lineno))
            frame = frame.f_back


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Noted:
    """What is noted from now on."""
    found = Noted()
    execute, execute_many = SqliteLedger._execute, SqliteLedger._execute_many

    def one(ledger: SqliteLedger, sql: str, values: Values) -> object:
        found.note(sql, values)
        return execute(ledger, sql, values)

    def many(ledger: SqliteLedger, sql: str, values: list[Values]) -> None:
        found.note(sql, values[0])
        execute_many(ledger, sql, values)

    monkeypatch.setattr(SqliteLedger, "_execute", one)
    monkeypatch.setattr(SqliteLedger, "_execute_many", many)
    return found


def carry_out(folder: Path) -> None:
    """Whatever a clerk does."""
    template = folder / "county.db"
    found_county(template)
    told = [
        *(story for name in ("recording", "reading", "scoring") for story in _stories(name)),
        [line for line, _ in refusals(CLI / "refusals.txt")],
        MORE.strip().splitlines(),
    ]
    (folder / "正文.csv").write_text(BODIES, encoding="utf-8")
    (folder / "通知.csv").write_text(
        "标题,采用日期\n关于垃圾分类的建议,2025-04-01\n", encoding="utf-8"
    )
    for place, lines in enumerate(told):
        ledger = folder / f"{place}.db"
        ledger.write_bytes(template.read_bytes())
        clerk = Clerk(ledger)
        for line in lines:
            clerk.run(line.format(folder=folder))
    with open_desk(str(template), "甲") as desk:
        for source in choices.SOURCES:
            choices.search(desk, source, "2025")
            choices.complete(desk, source, "2025")
    copying.tables.cache_clear()
    with in_memory() as ledger:
        every_kind(ledger)
        copying.as_it_stood(ledger, 20).connection.close()
        for only in (None, Only("member", 7)):  # what the packaged rulebook does not ask for
            circumstances.incidents(ledger, periods(2025)[0], only, reading.register(ledger))
        circumstances.attribute(ledger, "体裁")
        reading.attribute(ledger, "密级")
        reading.attribute_of_voided(ledger, "密级")
        reading.revisions(ledger)
        year = periods(2025)[0]
        snapshot(ledger, year, reads=Reads(lasting=frozenset({"弄虚作假"})))
        figures.forwardings(ledger, year)
        figures.adoptions(ledger, year)
        figures.adoptions(ledger, [7])
        figures.ranks(ledger)
        figures.begins(ledger)
        figures.last_day(ledger)
        with tampering(ledger) as connection:
            connection.execute("UPDATE submission SET title = '改' WHERE item = fact")
            connection.execute("UPDATE chain SET operator = '改' WHERE seq = 7")
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("DELETE FROM chain WHERE seq = 20")
        audit.examine(ledger)


def _stories(name: str) -> Iterator[list[str]]:
    for story in stories(CLI / f"{name}.txt"):
        yield [line[2:] for line in story.splitlines() if line.startswith(("$ ", "+ "))]


BODIES = (
    "编号,标题,报送单位,报送日期,正文\n2025-001,关于增设老年食堂的建议,提案委,2025-03-01,正文\n"
)
MORE = """
import {folder}/正文.csv
adopt 2025-001 --channel 市政协 --on 2025-04-01
reconcile {folder}/通知.csv --channel 市政协 --year 2025
instruct 2025-001 --rank 省级领导 --on 2025-05-01
finding 2025-002 --kind 报刊抄袭 --on 2025-06-01 --grounds 来信
amend 2025-002 --title 新题目 --because 笔误
standings --year 2025
stats
certificate --year 2025 --to {folder}/证明.xlsx
notice --year 2025 --annual
slip 白芷（民盟支部） --year 2025
awards --year 2025
export {folder}/出.xlsx
export {folder}/年.xlsx --year 2025
void F23 --because 误录
void F24 --because 误录
import {folder}/出.xlsx
void B1 --because 误导
seal --year 2025
adopt 2025-003 --channel 省政协 --on 2025-07-01
unit add 科协 --kind 其他
member merge 白芷（社法委） --into 白芷（民盟支部）
rules ruling --clause 六(二)2 --on 2025-07-02 --by 秘书长 --text 减半 --about F22 --points 2
submit 关于垃圾分类的建议 --author 杜若 --on 2025-03-09
score --year 2025
correct --year 2025
void 2025-001 --with-dependents --because 误录
void F7 --with-dependents --because 误录
verify --anchor 1:00000000
verify
log --last 3
attach 2025-003 {folder}/正文.csv
attach F22 {folder}/正文.csv --note 通知
attachment 2025-003 --to {folder}/取出.csv
erase 2025-003 --because 来信 --yes
explain 科协 --year 2025
explain 2025-003 --year 2025
doctor
forward 2025-003 --channel 市政协 --on 2025-06-03
bulletin --year 2025 --quarter 2
bulletin --year 2025 --annual
seal --year 2024 --quarter 1
submit 关于补登的建议 --unit 提案委 --on 2024-02-01
bulletin --year 2024 --quarter 2
list --year 2024
rollup {folder}/county.db --year 2025
move {folder}/county.db {folder}/抄.db --keep
backup {folder}/备份.db
submit 关于备份以后的建议 --unit 提案委 --on 2025-03-01
restore {folder}/备份.db
"""


def sites() -> Iterator[tuple[str, range]]:
    """Every call in the sources that runs a statement on a ledger."""
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        if name in OF_ONE_ENGINE or not name.startswith(("ledger/", "workspace/")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                whose = ast.unparse(node.func.value)
                is_ours = not re.search("PRAGMA|sqlite_master", ast.unparse(node))
                if is_ours and node.func.attr in METHODS and whose.split(".")[-1] == "ledger":
                    yield name, range(node.lineno, (node.end_lineno or node.lineno) + 1)


def explained(ledger: Ledger, how: str, statements: Statements) -> list[str]:
    """What an engine cannot plan, with its reason."""
    faults = []
    for sql, values in statements.items():
        try:
            ledger.rows(f"{how} {sql}", values)
        except Exception as error:  # noqa: BLE001 — every one is told
            faults.append(f"{sql}\n{error}")
    return faults


def test_every_statement_is_planned_by_both_engines(
    noted: Noted, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "COMPLETED", 1)
    carry_out(tmp_path)
    monkeypatch.undo()
    unreached = [
        f"{name}:{lines.start}"
        for name, lines in sites()
        if not any((name, line) in noted.sites for line in lines)
    ]
    assert not unreached, "\n".join(unreached)
    assert len(noted.statements) > 100
    with in_memory() as file, cluster.new_office() as server:
        hashing.prepare(file)
        assert explained(file, "EXPLAIN QUERY PLAN", noted.statements) == []
        assert explained(server, "EXPLAIN", noted.statements) == []
