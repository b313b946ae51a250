"""Documents that cannot lie: fresh, executed, and held against what they speak of."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk import Clerk
from packaged import ROOT
from sqmy.cli.commands import COMMANDS, Group
from test_architecture import LEAVES, MAY_IMPORT, SOURCES
from tools import docs

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]


FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def read(path: str) -> str:
    """A document's text."""
    return (ROOT / path).read_text(encoding="utf-8")


# What is made, and what is executed


@pytest.mark.parametrize("document", docs.DOCUMENTS, ids=lambda document: document.path)
def test_a_document_says_what_the_program_does(document: docs.Document) -> None:
    assert docs.differences(document) == ""


def commands() -> Iterator[str]:
    """Every command, as it is typed."""
    for part in COMMANDS.values():
        for name, entry in part.items():
            if isinstance(entry, Group):
                yield from (f"sqmy {name} {below}" for below in entry.commands)
            else:
                yield f"sqmy {name}"


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_told_with_an_example(command: str) -> None:
    page = read("docs/cli.md").partition(f"\n### {command}\n\n```text\n")[2].partition("\n```\n")[0]
    assert page.startswith(f"用法：{command} ")
    assert "\n说明：\n" in page
    assert f"\n  {command}" in page.partition("\n示例：")[2]


def test_stale_documents_are_shown_and_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "一.md").write_text("旧的一行\n一样的一行\n", encoding="utf-8")
    document = docs.Document("一.md", lambda text: text.replace("旧", "新"))
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "DOCUMENTS", (document,))
    assert docs.main(["--check"]) == 1
    shown = capsys.readouterr()
    assert "-旧的一行\n+新的一行\n 一样的一行\n" in shown.out
    assert "请运行 make docs" in shown.err
    assert document.read().startswith("旧")
    assert docs.main([]) == 0
    assert document.read() == "新的一行\n一样的一行\n"
    assert docs.main(["--check"]) == 0
    assert docs.main(["--chekc"]) == 2


# The JSON that other programs rely on


LABELLED = {"details", "causes", "clauses"}
"""Objects whose keys are labels, told elsewhere."""


def keys(value: object) -> set[str]:
    """All keys of a JSON value; what stands under `details` is told elsewhere."""
    if isinstance(value, list):
        return {key for part in value for key in keys(part)}
    if not isinstance(value, dict):
        return set()
    return set(value) | {
        k for key, part in value.items() if key not in LABELLED for k in keys(part)
    }


def test_every_key_of_the_json_is_told_and_no_other(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "sqmy.db")
    clerk.do("init")
    clerk.do("import", *sorted((ROOT / "examples" / "yunting").glob("*.xlsx")))
    trial = tmp_path / "对照.yaml"
    packaged = (ROOT / "rules" / "scoring.yaml").read_text(encoding="utf-8")
    trial.write_text(packaged.replace("约束: 否", "约束: 是"), encoding="utf-8")
    notice = tmp_path / "通知.csv"
    notice.write_text(
        "编号,标题,采用日期\n2025-087,关于完善农业生产托管服务质量评价的建议,2025-06-19\n",
        encoding="utf-8",
    )
    clerk.do("attach 2025-087", notice)
    written = set()
    for command in (
        "score --year 2025",
        "explain 杜若 --year 2025",
        "quota --year 2025",
        "stats --year 2025",
        "standings --year 2025",
        "awards --year 2025",
        "rules compare --year 2025 --with " + str(trial),
        "bulletin --year 2025 --quarter 3",
        "notice --year 2025 --quarter 4",
        "certificate --year 2025",
        "slip 杜若 --year 2025",
        "list --year 2025",
        "search 养老",
        "show 2025-087",
        "log",
        "unit list",
        "member list",
        "doctor",
        f"rollup --year 2025 {clerk.ledger}",
        f"import {ROOT / 'examples' / 'yunting' / 'register.xlsx'} --dry-run",
        f"reconcile {notice} --channel 市政协 --year 2025",
    ):
        written |= keys(json.loads(clerk.run(f"{command} --format json").out))
    clerk.do("seal --year 2025 --quarter 1")
    clerk.do("adopt 2025-001 --channel 市政协 --on 2025-02-20")
    for command in ("score --quarter 1", "correct --quarter 1", "bulletin --quarter 2", "stats"):
        done = clerk.run(f"{command} --year 2025 --format json")
        written |= keys(json.loads(done.out))
    page = FENCED.sub("", read("docs/json.md"))
    told = set(re.findall(r"^\| (`\w+`(?:、`\w+`)*) \|", page, re.MULTILINE))
    assert written <= set(re.findall(r"`(?:\w+\[\]\.)?(\w+)`", page))
    assert {name for group in told for name in re.findall(r"\w+", group)} <= written


# Links, paths, names


def anchor(heading: str) -> str:
    """The anchor of a heading, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("https://"):
            continue
        path, _, fragment = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        if fragment:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in map(anchor, headings), link


def test_the_commands_of_the_readme_are_targets_of_make() -> None:
    named = set(re.findall(r"(?:^|`)make (\w+)", read("README.md"), re.MULTILINE))
    assert {"demo", "test", "lint", "docs"} <= named
    assert named <= set(re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE))


PRIVATE = re.compile(
    r"pypi\.org|pythonhosted\.|npmjs\.|\bmirrors?\.\w"  # a registry's host
    r"|(?<![\w.~…])/(?:home|Users|root|tmp|work|opt|mnt)/\w|[A-Z]:\\Users"  # somebody's machine
)


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        for match in PRIVATE.finditer(path.read_bytes().decode(errors="replace"))
    ]
    assert found == []


def tracked() -> Iterator[Path]:
    """The project's own files: what does not begin with a dot, and .ci; nothing that is made."""
    for top in ROOT.iterdir():
        if top.is_file():
            yield top
        elif not top.name.startswith(".") or top.name == ".ci":
            files = (path for path in top.rglob("*") if path.is_file())
            yield from (path for path in files if "__pycache__" not in path.parts)


def test_the_architecture_is_the_one_that_is_tested() -> None:
    drawing = re.search(r"```text\n(.*?)```", read("docs/architecture.md"), re.DOTALL)
    assert drawing
    arrows = dict(re.findall(r"^(\w+) +→(.*)$", drawing[1], re.MULTILINE))
    rooms = {name.split(".")[1] for name in SOURCES if name.count(".")} & MAY_IMPORT.keys()
    assert {room: set(allowed.split()) for room, allowed in arrows.items()} == {
        room: allowed & rooms for room, allowed in MAY_IMPORT.items() if room in rooms
    }
    leaves = re.search(r"^叶子：(.*)$", drawing[1], re.MULTILINE)
    assert leaves
    assert set(leaves[1].split()) == LEAVES


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    declared = {re.split(r"[^\w-]", line)[0] for line in project["dependencies"]}
    assert (
        set(re.findall(r"^\| `([\w-]+)` \|", read("docs/architecture.md"), re.MULTILINE))
        == declared
    )


def test_the_files_that_the_architecture_names_are_there() -> None:
    named = re.findall(r"`([\w./-]+(?:\.\w+|/))`", read("docs/architecture.md"))
    files = [name for name in named if "/" in name or name.endswith(".py")]
    assert len(files) > 40
    missing = [
        name
        for name in files
        if not (ROOT / name).exists() and not (ROOT / "src" / "sqmy" / name).exists()
    ]
    assert missing == []
