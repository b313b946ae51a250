"""Any report as Markdown: what a reader of GitHub's tables makes of it is what was meant."""

from fractions import Fraction
from typing import Any

import pytest
from markdown_it import MarkdownIt

from scored import small, year_of
from sqmy.reports.model import Basis, Cell, Column, Number, Report, Table
from sqmy.reports.render.markdown import markdown
from sqmy.reports.score_tables import score_report

COLUMNS = (Column("名次", "right"), Column("标题"), Column("得分", "right"))


def read(text: str) -> list[tuple[str, str]]:
    """The blocks of text that a reader finds: the kind of block, and its plain text."""
    found = []
    kind = ""
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        if token.type.endswith("_open"):
            kind = token.tag
        elif token.type == "inline":
            inner = token.children or []
            plain = {"text", "text_special", "html_inline", "softbreak"}
            assert {child.type for child in inner} <= plain, token.content
            words = ("\n" if c.content == "<br>" else c.content for c in inner)
            found.append((kind, "".join(words)))
        else:
            assert token.nesting == -1 or token.type in {"html_block", "hr"}, token
            if token.type == "hr":
                found.append(("hr", ""))
    return found


def made(*rows: tuple[Cell, ...], title: str = "个人", **more: Any) -> str:  # noqa: ANN401 — the report's other parts
    return markdown(Report("2025年得分", (Table(title, COLUMNS, rows),), **more))


def test_a_report_to_the_letter() -> None:
    rows = ((1, "停车难", Number(Fraction(10, 3), 2)), (2, "食堂", Number(Fraction(-5), 2)))
    basis = Basis(("台账：第 7 项",), (("sqmy.ledger", "7:00ff"),))
    assert made(*rows, lead=("共两条。",), notes=("附注",), basis=basis) == (
        "# 2025年得分\n\n"
        "共两条。\n\n"
        "## 个人\n\n"
        "| 名次 | 标题 | 得分 |\n"
        "| ---: | --- | ---: |\n"
        "| 1 | 停车难 | 3.33 |\n"
        "| 2 | 食堂 | -5.00 |\n\n"
        "附注\n\n"
        "台账：第 7 项\n\n"
        "<!-- sqmy.ledger: 7:00ff -->\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a|b||c", "\\|", "a\\", "`code`", "*a* **b** _c_ __d__", "[a](b) ![c](d)", "<b>x</b>",
        "<script>alert(1)</script>", "~~a~~", "&lt; &amp; &#65;", "# a", "#a", "- a", "+ a",
        "1. a", "2025) a", "> a", "---", "===", "***", "| a | b |", "$x$", "<!-- x -->", "=1+1",
    ],
)  # fmt: skip
def test_what_is_quoted_is_text(text: str) -> None:
    found = read(made((1, text, 2), title=text, lead=(text,), notes=(text,)))
    assert found == [
        ("h1", "2025年得分"), ("p", text), ("h2", text), ("th", "名次"), ("th", "标题"),
        ("th", "得分"), ("td", "1"), ("td", text), ("td", "2"), ("p", text),
    ]  # fmt: skip


def test_line_breaks_and_controls() -> None:
    found = read(made((1, "一\n二\r\n三\x1b\u202e", 2)))
    assert ("td", "一\n二\n三\ufffd\ufffd") in found


def test_an_empty_table_is_a_heading() -> None:
    assert read(made()) == [("h1", "2025年得分"), ("h2", "个人")]


def test_a_year() -> None:
    scores = year_of(small())
    cells = [
        text for kind, text in read(markdown(score_report(scores, "2025-11-22"))) if kind == "td"
    ]
    assert cells[:4] == ["1", "白芷", "民盟支部", "30.00"]
    assert len(cells) == 4 * 4 + 3 * 5
