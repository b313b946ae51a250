"""A ledger's file with any bytes changed, a report's file with any marks: found out in Chinese."""

import io
import json
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk import Clerk, county, found_county
from fuzzing import NUMBERS, assert_told, bent, bent_bytes, bent_zip, bounded, cases, tokens
from sqmy.cli import main
from sqmy.reports import marks
from sqmy.reports.render.stamp import stamped


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county, with an adoption."""
    ledger = tmp_path_factory.mktemp("县") / "样.db"
    found_county(ledger)
    Clerk(ledger).do("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    return ledger


def carry_out(ledger: Path, *line: str | Path) -> tuple[int, str]:
    """A command on that ledger: how it ends, and what it says; never a fault of the program."""
    out, err = io.StringIO(), io.StringIO()
    with bounded(), redirect_stdout(out), redirect_stderr(err):
        code = main(["--ledger", str(ledger), "--as", "王五", *map(str, line)])
    assert code in {0, 1, 3}, (line, err.getvalue())
    if code:
        assert_told(err.getvalue(), str(ledger))
        assert "程序本身有毛病" not in err.getvalue(), (line, err.getvalue())
    return code, err.getvalue()


READ = (
    ("verify",),
    ("score", "--year", "2025"),
    ("list",),
    ("log",),
    ("show", "2025-001"),
    ("explain", "杜若", "--year", "2025"),
    ("member", "list"),
    ("submit", "新的信息", "--author", "杜若", "--on", "2025-07-01"),
    ("search", "老年"),
)


@given(data=st.data())
@cases(40)
def test_bytes_of_a_ledger(data: st.DataObject, template: Path, tmp_path: Path) -> None:
    """Whatever was changed in the file, each command does its work or says what to do."""
    sound = template.read_bytes()
    broken = tmp_path / "坏.db"
    broken.write_bytes(data.draw(bent_bytes(sound)))
    good = county(template, tmp_path)
    before = good.head()
    code, _ = carry_out(good.ledger, "verify", broken)  # type: ignore[arg-type]
    restored, _ = carry_out(good.ledger, "restore", broken)  # type: ignore[arg-type]
    assert (restored == 0) <= (code == 0)
    assert good.head() == (good.head() if restored == 0 else before)
    for line in data.draw(st.lists(st.sampled_from(READ), min_size=1, max_size=3)):
        carry_out(broken, *line)


def _tables(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        ]
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for name in names
        }


def alter(path: Path, table: str, column: str, value: object) -> bool:
    """Somebody with a database program: triggers gone, one value changed everywhere."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        try:
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT max(rowid) FROM {table})",  # noqa: S608
                (value,),
            )
        except (sqlite3.Error, OverflowError, UnicodeEncodeError):
            return False
        connection.commit()
        return True


@given(data=st.data())
@cases(40)
def test_values_of_a_ledger(data: st.DataObject, template: Path, tmp_path: Path) -> None:
    """As somebody would who means to: a value is another, and commands are tried on it."""
    broken = county(template, tmp_path).ledger
    assert isinstance(broken, Path)
    tables = _tables(broken)
    table = data.draw(st.sampled_from(sorted(tables)))
    column = data.draw(st.sampled_from(tables[table]))
    value = data.draw(
        st.one_of(
            st.sampled_from(NUMBERS), tokens(), st.none(), st.integers(-(2**63), 2**63 - 1),
            st.sampled_from([0, -1, 2**31, 2**40, 2**62]), st.just("1e999999999"), st.just("{}"),
        )
    )  # fmt: skip
    if alter(broken, table, column, value):
        for line in (READ[0], *data.draw(st.lists(st.sampled_from(READ), min_size=2, max_size=4))):
            carry_out(broken, *line)


# -- files of reports ------------------------------------------------------------------------------

REPORTS = ("得分.xlsx", "得分.docx", "得分.html", "得分.md")
COMMANDS = (
    ["score", "--year", "2025"], ["reconcile", "台账.xlsx", "--channel", "市政协", "--accept"],
    ["void", "2025-001", "--because", "x"], ["void", "2025-001", "--because", "x", "--"], [], [[]],
    ["--ledger", "别处.db", "score", "--year", "2025"], [{"file": "../x"}], [{}], {"file": 1}, 5,
    None, ["score", "--year", "2025", "--rules", {"file": "样.db"}], ["explain", "无名氏"],
    ["import", "台账.xlsx", "--yes", "--"], ["score"], ["verify"], ["score", "--year", "9" * 5000],
    ["rules"], ["rules", "adopt", "x"], "score", ["demo"], ["restore", "x"], [None],
    ["bulletin", "\u0000"],
)  # fmt: skip


@pytest.fixture(scope="module")
def reports(template: Path) -> dict[str, bytes]:
    """A report in each kind of file."""
    clerk = Clerk(template)
    found = {}
    for name in REPORTS:
        path = template.with_name(name)
        clerk.do("score --year 2025 --to", path)
        found[name] = path.read_bytes()
    return found


@given(data=st.data())
@cases(30)
def test_any_report_is_held_against_the_ledger(
    data: st.DataObject, template: Path, reports: dict[str, bytes], tmp_path: Path
) -> None:
    clerk = county(template, tmp_path)
    before = clerk.head()
    name = data.draw(st.sampled_from(REPORTS))
    content = reports[name]
    if data.draw(st.booleans()):
        said = {
            marks.COMMAND: data.draw(
                st.one_of(
                    st.sampled_from(COMMANDS).map(json.dumps), bent('["score", "--year", "2025"]')
                )
            ),
            marks.MADE: data.draw(st.one_of(st.just("2025-12-31"), tokens())),
            marks.LEDGER: data.draw(st.one_of(st.just(""), tokens(), bent(f"{before}"))),
        }
        chosen = data.draw(st.sets(st.sampled_from(sorted(said)), min_size=1))
        try:
            content = stamped(content, Path(name).suffix, {key: said[key] for key in chosen})
        except ValueError:  # what no such file can hold
            return
    elif name.endswith(("x",)):
        content = data.draw(bent_zip(content))
    else:
        content = data.draw(bent_bytes(content))
    path = tmp_path / name
    path.write_bytes(content)
    carry_out(clerk.ledger, "verify", path)  # type: ignore[arg-type]
    assert clerk.head() == before
