"""The rooms of the program and the arrows between them, as `docs/architecture.md` draws them.

Imports inside functions and under TYPE_CHECKING are arrows too: to know a type is to know its room.
"""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = {
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__"): (
        path.read_text(encoding="utf-8")
    )
    for path in sorted((ROOT / "src").rglob("*.py"))
}

MAY_IMPORT = {
    "cli": {"workspace", "reports"},
    "workspace": {"reports", "scoring", "rules", "ledger", "intake", "similarity"},
    "reports": {"scoring", "rules"},
    "scoring": {"rules"},
    "rules": set[str](),
    "ledger": set[str](),
    "intake": set[str](),
    "similarity": set[str](),
}
"""The rooms, from the top, each with the rooms that it may import besides the leaves."""

LEAVES = {
    "terms",
    "points",
    "facts",
    "register",
    "snapshot",
    "days",
    "errors",
    "settings",
    "text",
    "vocabulary",
    "plain",
}
"""Standard library only; every room may import them, and they one another."""

OWNERS = {
    "typer": {"sqmy.cli"},
    "questionary": {"sqmy.cli.prompting"},
    "prompt_toolkit": {"sqmy.cli.prompting"},
    "rich": {"sqmy.reports.render"},
    "docx": {"sqmy.reports.render"},
    "openpyxl": {"sqmy.reports.render", "sqmy.intake"},
    "yaml": {"sqmy.rules"},
    "sqlmodel": {"sqmy.ledger"},
    "sqlalchemy": {"sqmy.ledger"},
    "psycopg": {"sqmy.ledger"},
    "sqlcipher3": {"sqmy.ledger"},
    "pypinyin": {"sqmy.similarity"},
    "xlrd": {"sqmy.intake.old_reader"},
}
"""Who may import which package; one that is missing here, nobody."""


class Arrow(NamedTuple):
    """One import; `on_start` if it runs as soon as its module is imported."""

    line: int
    target: str
    on_start: bool


def within(module: str, package: str) -> bool:
    """Whether a module is that package or stands in it."""
    return f"{module}.".startswith(f"{package}.")


def arrows(source: str, modules: Mapping[str, str]) -> Iterator[Arrow]:
    """The imports of a source text; `modules` tells `from a import b` the module from the name."""

    def walk(node: ast.AST, *, on_start: bool) -> Iterator[Arrow]:
        if isinstance(node, ast.Import):
            yield from (Arrow(node.lineno, alias.name, on_start) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                is_module = any(within(module, inner) for module in modules)
                yield Arrow(node.lineno, inner if is_module else base, on_start)
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        )
        for child in ast.iter_child_nodes(node):
            yield from walk(child, on_start=on_start and not later)

    return walk(ast.parse(source), on_start=True)


LATE = {"sqmy.cli.import_talk", "sqmy.cli.starting"}
"""Modules of the command line that a command itself imports only when there is somebody to ask."""


def room_of(module: str) -> str:
    """The room a module stands in: the second part of its name, "" for `sqmy` itself."""
    room = ".".join(module.split(".")[1:2])
    return "cli" if room == "__main__" else room


def complaint(module: str, arrow: Arrow) -> str | None:
    """Why this import may not be, or None."""
    package = arrow.target.split(".")[0]
    if package in sys.stdlib_module_names:
        return None
    if not package:
        return "a relative import hides its arrow"
    if package != "sqmy":
        owners = OWNERS.get(package, set())
        owned = any(within(module, owner) for owner in owners)
        return None if owned else f"only {sorted(owners)} may import {package}"
    room, target = room_of(module), room_of(arrow.target)
    if target not in {"", room, *LEAVES, *MAY_IMPORT.get(room, ())}:
        return f"{room or 'sqmy'} may not import {target}"
    late = module in LATE or not arrow.on_start
    if room == "cli" and not late and target not in {"", room, *LEAVES}:
        return "start fast: a command imports this when it runs"
    return None


def faults(modules: Mapping[str, str]) -> list[str]:
    """Every room and import that breaks the drawing; `modules` maps names to source texts."""
    rooms = {"", *LEAVES, *MAY_IMPORT}
    unknown = [f"{module} stands in no room" for module in modules if room_of(module) not in rooms]
    return unknown + [
        f"{module}:{arrow.line} imports {arrow.target}: {why}"
        for module, source in modules.items()
        for arrow in arrows(source, modules)
        if (why := complaint(module, arrow))
    ]


def oversized(modules: Mapping[str, str]) -> Iterator[str]:
    """Files of more than 300 lines and functions of more than 50."""
    for module, source in modules.items():
        if (lines := len(source.splitlines())) > 300:
            yield f"{module}: {lines} lines"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 50:
                    yield f"{module}:{node.lineno} {node.name}: {lines} lines"


def test_every_arrow_is_in_the_drawing() -> None:
    assert faults(SOURCES) == []


GOOD = {
    "sqmy": "from sqmy.terms import LABELS",
    "sqmy.facts": "import dataclasses\nfrom sqmy import points",
    "sqmy.points": "from fractions import Fraction",
    "sqmy.terms": "",
    "sqmy.rules": "from sqmy.rules.reader import read",
    "sqmy.ledger.tables": "import sqlalchemy.types\nfrom sqlmodel import SQLModel",
    "sqmy.scoring.engine": "from sqmy import facts\nfrom sqmy.rules import Rulebook",
    "sqmy.reports.render.workbook": "from openpyxl.chart import BarChart",
    "sqmy.workspace": "from sqmy import ledger, scoring\nfrom sqmy.ledger import tables",
    "sqmy.cli": "import typer\ndef main():\n    from sqmy import workspace",
    "sqmy.cli.score": "import typer\nfrom sqmy.cli import options\nfrom sqmy import __version__",
    "sqmy.__main__": "from sqmy.cli import main",
}


def test_a_good_program_has_no_fault() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        ("sqmy.scoring.engine", "from sqmy.ledger import tables", "scoring may not import ledger"),
        ("sqmy.scoring.engine", "from sqmy import ledger", "scoring may not import ledger"),
        ("sqmy.scoring.engine", "import sqmy.ledger.tables", "scoring may not import ledger"),
        ("sqmy.ledger.tables", "from sqmy.rules import Rulebook", "ledger may not import rules"),
        ("sqmy.reports.score", "from sqmy.workspace import open", "may not import workspace"),
        ("sqmy.workspace", "from sqmy.cli import options", "workspace may not import cli"),
        ("sqmy.cli.score", "def run():\n    import sqmy.ledger", "cli may not import ledger"),
        ("sqmy.facts", "from sqmy.rules import Rulebook", "facts may not import rules"),
        ("sqmy", "from sqmy.cli import main", "sqmy may not import cli"),
        ("sqmy.rules", "if TYPE_CHECKING:\n    from sqmy import scoring", "may not import scoring"),
        ("sqmy.points", "import typer", "may import typer"),
        ("sqmy.cli.score", "def run():\n    from rich.table import Table", "may import rich"),
        ("sqmy.reports.model", "import openpyxl.chart", "may import openpyxl"),
        ("sqmy.workspace", "def f():\n    import sqlalchemy", "may import sqlalchemy"),
        ("sqmy.intake.sheets", "import pandas", "only [] may import pandas"),
        ("sqmy.rules.reader", "from . import lint", "a relative import hides its arrow"),
        ("sqmy.helpers", "", "sqmy.helpers stands in no room"),
        ("sqmy.cli.score", "from sqmy import workspace", "start fast"),
        ("sqmy.cli.score", "class A:\n    from sqmy.reports import model", "start fast"),
    ],
)
def test_a_bad_arrow_is_found(module: str, source: str, complaint: str) -> None:
    found = faults(GOOD | {module: source})
    assert len(found) == 1
    assert complaint in found[0]
    assert found[0].startswith(module)


def test_files_and_functions_stay_small() -> None:
    assert list(oversized(SOURCES)) == []


def test_a_long_file_and_a_long_function_are_found() -> None:
    function = "def f():\n" + "    pass\n" * 50
    assert list(oversized({"sqmy.a": function})) == ["sqmy.a:1 f: 51 lines"]
    assert list(oversized({"sqmy.a": "x = 1\n" * 301})) == ["sqmy.a: 301 lines"]
    assert list(oversized({"sqmy.a": function.removesuffix("    pass\n") + "x = 1\n" * 250})) == []


EACH_ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    for loaded in list(sys.modules):
        if loaded.split(".")[0] in {"sqmy", "sqlmodel"}:  # sqlmodel: it remembers the tables
            del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name}: {error!r}")
"""


def test_each_module_imports_alone_without_a_warning() -> None:
    command = [sys.executable, "-X", "utf8", "-W", "error", "-c", EACH_ALONE, *SOURCES]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    lines = [*project["dependencies"], *extras]
    declared = {re.split(r"[^\w-]", line)[0].lower() for line in lines}
    packages = {
        arrow.target.split(".")[0]
        for source in SOURCES.values()
        for arrow in arrows(source, SOURCES)
    } - {"sqmy", *sys.stdlib_module_names}
    distributions = importlib.metadata.packages_distributions()
    assert {distributions[package][0].lower() for package in packages} - declared == set()
