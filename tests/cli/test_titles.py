"""Titles and names hold anything: they come out whole, or cut with a mark, and do nothing."""

import csv
import json
import re

import pytest

from clerk import Clerk

TITLES = [
    "[/red]",
    "[bold]重[/bold][link=http://example.com]要",
    "[",
    "=1+1",
    '=HYPERLINK("http://example.com","点")',
    "<b>加粗</b>&amp;&",
    "'; DROP TABLE chain; --",
    "{0}%s%(a)s\\n$HOME`id`",
    "关于“十四五”的建议——以 A/B 为例（𠮷）",
    "👩‍👩‍👧 é e\u0301",
]  # fmt: skip
SUBMIT = "submit --unit 提案委 --on 2025-03-09 --number 1 --"


@pytest.mark.parametrize("title", TITLES)
def test_a_title_means_itself(title: str, clerk: Clerk) -> None:
    told = clerk.do(SUBMIT, title)
    (row,) = json.loads(clerk.do("search --format json --", title))
    assert json.loads(clerk.do("show 1 --format json"))["title"] == row["title"]
    kept = row["title"]
    assert kept.replace("é", "e\u0301") == title.replace("\u200d", "").replace("é", "e\u0301")
    for line in ("show 1", "list"):
        assert kept in clerk.do(line)
    for receipt in (told, clerk.do("log --last 1")):
        assert f"《{kept}》" in receipt or f"《{kept[:15]}" in receipt.partition("…》")[0]
    assert len(json.loads(clerk.do("list --format json"))) == 4


def test_line_breaks_stay_in_the_ledger_and_are_blanks_on_the_screen(clerk: Clerk) -> None:
    assert "1《一 二 三 四》2025-03-09" in clerk.do(SUBMIT, " 一\n二\r\n三\t四\n")
    assert json.loads(clerk.do("show 1 --format json"))["title"] == "一\n二\n三\t四"
    assert clerk.do("show 1").splitlines()[:2] == ["1", "一 二 三 四"]
    assert [line for line in clerk.do("list").splitlines() if "一 二 三 四" in line]


def test_a_title_of_forty_thousand_characters(clerk: Clerk) -> None:
    title = "关于民生的建议" * 5714 + "完尾"
    assert len(title) == 40_000
    assert "1《关于民生的建议关于民生的建议关于民生的…》2025-03-09" in clerk.do(SUBMIT, title)
    assert json.loads(clerk.do("show 1 --format json"))["title"] == title
    assert clerk.do("show 1").splitlines()[1] == title
    clerk.do("adopt 1 --channel 市政协 --on 2025-04-01")
    for line in ("list", "log", "explain 提案委 --year 2025"):
        told = clerk.do(line)
        assert len(told) < 10_000
        assert re.search("关于民生的建议关于民生[^ ]*…", told)
    assert clerk.do("search", title[-7:]).startswith("含「民生的建议完尾」的信息（1 条）")


NAMES = ["=1+1", "＝2＋2", "@SUM(A1)", "-3", "<b>甲</b>", "[/red]"]


def test_names_are_text_in_every_format(clerk: Clerk) -> None:
    for kind, name in enumerate(NAMES):
        clerk.do("unit add --kind 其他 --", name)
        clerk.do("member add --role 委员 --unit", name, "--", f"+{kind}")
    for line in ("unit list", "member list", "score --year 2025", "quota --year 2025"):
        told = clerk.do(line)
        assert [name for name in NAMES if name not in told] == []
    value = json.loads(clerk.do("score --year 2025 --format json"))
    assert set(NAMES) <= {unit["name"] for unit in value["units"]}
    for line in ("score --year 2025 --format csv", "quota --year 2025 --format csv"):
        rows = list(csv.reader(clerk.do(line).splitlines()))
        cells = {cell for row in rows for cell in row}
        assert {f"'{name}" for name in NAMES[:4]} | set(NAMES[4:]) | {"'+0"} <= cells
        numbers = (cell for cell in cells if cell.lstrip("-").replace(".", "").isdecimal())
        starts = {cell[0] for cell in cells - set(numbers) if cell}
        assert starts.isdisjoint("=+-@＝＋－＠")
