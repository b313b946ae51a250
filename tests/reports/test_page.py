"""Any report as a web page: sound HTML, nothing that runs or is fetched, and readable."""

import base64
import hashlib
import re
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

from scored import small, year_of
from sqmy.reports.model import Basis, Cell, Column, Number, Report, Table
from sqmy.reports.render.page import page
from sqmy.reports.scores import score_report

VOID = {"meta", "br"}
COLUMNS = (Column("名次", "right"), Column("姓名"), Column("组"), Column("得分", "right"))


class Element:
    """An element with its attributes, its text and the elements in it."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def all(self, tag: str) -> list["Element"]:
        """Every element of that name in it, in their order."""
        inner = [found for child in self.children for found in child.all(tag)]
        return [self, *inner] if self.tag == tag else inner

    def one(self, tag: str) -> "Element":
        (found,) = self.all(tag)
        return found


class Tree(HTMLParser):
    """Builds the tree; an element that is not closed, or closed twice, is an error."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]
        self.feed(text)
        self.close()
        assert len(self.open) == 1, [element.tag for element in self.open]

    @property
    def root(self) -> Element:
        return self.open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag in VOID:
            self.handle_data("\n" if tag == "br" else "")
        else:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def tree(*rows: tuple[Cell, ...], title: str = "个人（2 人）", **more: Any) -> Element:  # noqa: ANN401 — the report's other parts
    table = Table(title, COLUMNS, rows, grouped_by=more.pop("grouped_by", None))
    return Tree(page(Report("2025年得分", (table,), **more))).root


ZHANG = (1, "张三", "甲", Number(Fraction(75, 2), 2))
LI = (2, "李四", "乙", Number(Fraction(10, 3), 2))


def test_title_paragraphs_table_and_notes() -> None:
    root = tree(ZHANG, LI, lead=("共两人。",), notes=("附注",), basis=Basis(("办法",)))
    assert root.one("title").text == root.one("h1").text == "2025年得分"
    assert root.one("html").attributes == {"lang": "zh-CN"}
    assert [p.text for p in root.one("main").all("p")] == ["共两人。"]
    assert [p.text for p in root.one("footer").all("p")] == ["附注", "办法"]
    assert [[c.text for c in row.children] for row in root.all("tr")] == [
        ["名次", "姓名", "组", "得分"],
        ["1", "张三", "甲", "37.50"],
        ["2", "李四", "乙", "3.33"],
    ]


def test_headings_are_told_to_those_who_listen() -> None:
    root = tree(ZHANG, LI)
    caption = root.one("caption")
    box = next(div for div in root.all("div") if div.attributes["class"] == "box")
    assert box.attributes["aria-labelledby"] == caption.attributes["id"]
    assert (box.attributes["role"], box.attributes["tabindex"]) == ("region", "0")
    assert [(th.text, th.attributes["scope"]) for th in root.all("th")] == [
        ("名次", "col"), ("姓名", "col"), ("组", "col"), ("得分", "col"),
        ("张三", "row"), ("李四", "row"),
    ]  # fmt: skip


def test_groups_are_bodies_with_a_heading() -> None:
    root = tree(ZHANG, LI, (3, "王五", "乙", 0), grouped_by="组")
    assert [[row.children[0].text for row in body.all("tr")] for body in root.all("tbody")] == [
        ["甲", "1"],
        ["乙", "2", "3"],
    ]
    heading = root.all("tbody")[0].all("th")[0]
    assert heading.attributes == {"scope": "rowgroup", "colspan": "3"}


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    root = tree((1, "张三", "", 5))
    assert [th.text for th in root.one("thead").all("th")] == ["名次", "姓名", "得分"]
    assert [th.text for th in tree((1, "张三", "", 5), grouped_by="组").one("thead").all("th")] == [
        "名次", "姓名", "得分",
    ]  # fmt: skip
    assert tree().one("td").text == tree(grouped_by="组").one("td").text == "无"


NASTY = "<script>alert(1)</script>&lt;\"'><img src=x onerror=alert(1)>\x1b[2J\u202e\ufffe"


def test_what_is_quoted_is_text() -> None:
    root = tree(
        (1, NASTY, NASTY, 1), title=NASTY, lead=(NASTY,), notes=(NASTY,), basis=Basis((NASTY,))
    )
    shown = NASTY.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd").replace("\ufffe", "\ufffd")
    assert [p.text for p in root.all("p")] == [shown] * 3
    assert root.one("caption").text == root.all("tbody")[0].all("th")[0].text == shown
    tags = {tag for tag in ("img", "link", "iframe", "a", "form") if root.all(tag)}
    assert not tags
    assert len(root.all("script")) == 1  # the page's own
    assert tree((1, "一\n二", "", 1)).one("tbody").one("th").text == "一\n二"


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_runs_but_its_own_script_and_nothing_is_fetched() -> None:
    text = page(score_report(year_of(small()), "2025-11-22"))
    root = Tree(text).root
    policies = [
        meta.attributes["content"]
        for meta in root.all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    style, script = root.one("style").text, root.one("script").text
    may = f"style-src {digest(style)}; script-src {digest(script)}"
    assert policies == [f"default-src 'none'; {may}; base-uri 'none'; form-action 'none'"]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"https?:|\bsrc=|\bhref=|\son\w+=|\sstyle=", text)


def test_the_marks_stand_in_meta_elements() -> None:
    marks = (("sqmy.ledger", "7:00ff"), ('a"b', "<&>"))
    metas = {
        meta.attributes.get("name"): meta.attributes["content"]
        for meta in tree(ZHANG, basis=Basis((), marks)).all("meta")
        if "content" in meta.attributes
    }
    assert dict(marks).items() <= metas.items()
