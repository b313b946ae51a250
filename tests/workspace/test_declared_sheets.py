"""What a rulebook declares, through the sheets: typed cells in, the same facts and points out."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import packaged
import workbooks
from copies import Contents, contents, copied, new_desk, scores, take
from sqmy.errors import ProblemsError
from sqmy.facts import Edition
from sqmy.rules import compiled, reader
from sqmy.terms import OWN_FORM
from sqmy.vocabulary import Declared, Vocabulary
from sqmy.workspace.desk import Desk
from sqmy.workspace.template import write_template

LIBRARY = sorted((packaged.ROOT / "rules" / "library").glob("*[!s].yaml"))
OWN = """\
  附加项:
    - {名: 体裁, 属于: 信息, 类型: 选项, 选项: [信息, 调研论文], 又名: [文体, 稿件类型]}
    - {名: 字数, 属于: 信息, 类型: 数, 又名: [篇幅]}
    - {名: 约稿, 属于: 信息, 类型: 选项, 选项: [是, 否]}
    - {名: 交稿日期, 属于: 信息, 类型: 日期, 又名: [交稿时间]}
    - {名: 奖金分配, 属于: 信息, 类型: 比例}
    - {名: 版位, 属于: 采用, 类型: 选项, 选项: [头版头条, 其他], 又名: [版面]}
    - {名: 阅读量, 属于: 采用, 类型: 数}
    - {名: 见报日期, 属于: 采用, 类型: 日期}
    - {名: 督办, 属于: 批示, 类型: 选项, 选项: [是, 否]}
    - {名: 加分, 属于: 认定, 类型: 数}
"""


def own_rulebook() -> tuple[str, Any]:
    text = packaged.patched("  认定类型: [", f"{OWN}  认定类型: [")
    return text, reader.read(text, "办法.yaml")


def desk_by(text: str, name: str = "办法.yaml") -> Desk:
    rulebook = reader.read(text, name)
    return new_desk(
        Edition(rulebook.name, rulebook.edition, None, text, compiled.compile_(rulebook))
    )


@pytest.fixture
def desk() -> Desk:
    """A ledger by the packaged rulebook, with attributes of every kind."""
    return desk_by(own_rulebook()[0])


REGISTER = {
    "单位": [["单位名称", "单位类别"], ["提案委", "委室"]],
    "人员": [["姓名", "单位", "身份"], ["杜若", "提案委", "委员"], ["苏叶", "提案委", "委员"]],
}
ITEM = ["编号", "标题", "作者", "报送单位", "报送日期"]
FIRST = ["2025-001", "甲事", "杜若、苏叶", "提案委", "2025-03-01"]
SECOND = ["2025-002", "乙事", "杜若", "提案委", "2025-03-02"]


def arrive(desk: Desk, folder: Path, *rows: list[Any], **more: list[list[Any]]) -> Contents:
    """What the ledger has of a sheet of items, and of others."""
    take(desk, workbooks.workbook(folder / "账.xlsx", {**REGISTER, "台账": list(rows), **more}))
    return contents(desk.ledger)


def refusals(desk: Desk, folder: Path, *rows: list[Any]) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        arrive(desk, folder, *rows)
    return [str(problem) for problem in caught.value.problems]


# -- headings ------------------------------------------------------------------------------------


def test_an_alias_of_a_declared_attribute_is_its_heading(desk: Desk, tmp_path: Path) -> None:
    found = arrive(desk, tmp_path, [*ITEM, "稿件类型", "篇幅（字）"], [*FIRST, "调研论文", 800])
    assert found["submission"][0]["attributes"] == (("体裁", "调研论文"), ("字数", "800"))


def test_two_aliases_together_are_one_heading_twice(desk: Desk, tmp_path: Path) -> None:
    (told,) = refusals(desk, tmp_path, [*ITEM, "文体", "稿件类型"], [*FIRST, "信息", "信息"])
    assert "台账!G1：标题「体裁」重复" in told


def test_an_alias_does_not_take_a_heading_that_every_sheet_knows(tmp_path: Path) -> None:
    text, _ = own_rulebook()
    desk = desk_by(text.replace("又名: [篇幅]", "又名: [正文]"))
    found = arrive(desk, tmp_path, [*ITEM, "正文"], [*FIRST, "近来有群众反映"])
    assert (found["submission"][0]["body"], found["submission"][0]["attributes"]) == (
        "近来有群众反映",
        (),
    )


# -- typed cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cell", "kept"),
    [
        ("字数", 800, "800"),
        ("字数", 800.0, "800"),
        ("字数", 0.1, "0.1"),
        ("字数", "８００", "800"),
        ("字数", " 800 ", "800"),
        ("交稿日期", date(2025, 2, 28), "2025-02-28"),
        ("交稿时间", "2025.2.28", "2025-02-28"),
        ("交稿日期", 45716, "2025-02-28"),
        ("约稿", True, "是"),
        ("约稿", False, "否"),
        ("约稿", "√", "是"),
        ("约稿", "否", "否"),
        ("体裁", "信 息", "信息"),
        ("奖金分配", "3：2", "3:2"),
        ("密级", "内部", "内部"),
    ],
)
def test_cells_of_every_type(
    desk: Desk, tmp_path: Path, heading: str, cell: object, kept: str
) -> None:
    found = arrive(desk, tmp_path, [*ITEM, heading], [*FIRST, cell], [*SECOND, None])
    declared = "交稿日期" if heading == "交稿时间" else heading
    assert found["submission"][0]["attributes"] == ((declared, kept),)
    assert found["submission"][1]["attributes"] == ()
    assert take(desk, tmp_path / "账.xlsx").new == 0


@pytest.mark.parametrize(
    ("heading", "cell", "says"),
    [
        ("字数", "约800", "附加项「字数」不能写「约800」，请写数"),
        ("字数", date(2025, 1, 4), "字数这一格是日期 2025-01-04，不是文字"),
        ("交稿日期", "3月初", "看不懂"),
        ("约稿", "有", "附加项「约稿」不能写「有」，只能写：是、否。"),
        ("体裁", "√", "附加项「体裁」不能写「√」，只能写：信息、调研论文。"),
        ("奖金分配", 3 / 24 + 2 / 1440, "奖金分配这一格是时间或小数，不是比例"),
        ("奖金分配", "三比二", "请写比例，例如 3:2"),
    ],
)
def test_what_an_attribute_cannot_be(
    desk: Desk, tmp_path: Path, heading: str, cell: object, says: str
) -> None:
    (told,) = refusals(desk, tmp_path, [*ITEM, heading], [*FIRST, cell])
    assert "台账!F2" in told
    assert says in told


# -- beside a title ------------------------------------------------------------------------------

ADOPTED = ["采用单位", "采用日期", "采用方式", "版面", "阅读量", "见报日期"]


def test_what_is_declared_of_adoptions_stands_in_the_row_of_the_item(
    desk: Desk, tmp_path: Path
) -> None:
    adopted = ["市政协", "2025-04-01", "综合", "头版头条", 1200, date(2025, 4, 2)]
    found = arrive(
        desk,
        tmp_path,
        [*ITEM, "体裁", *ADOPTED, "省级领导批示", "督办"],
        [*FIRST, "信息", *adopted, "2025-05-01", "√"],
        [*SECOND, "信息"],
    )
    assert [one["attributes"] for one in found["submission"]] == [(("体裁", "信息"),)] * 2
    (adoption,), (instruction,) = found["adoption"], found["instruction"]
    assert adoption["attributes"] == (
        ("版位", "头版头条"),
        ("见报日期", "2025-04-02"),
        ("阅读量", "1200"),
    )
    assert instruction["attributes"] == (("督办", "是"),)


def test_it_must_be_clear_of_which_adoption_it_is(desk: Desk, tmp_path: Path) -> None:
    told = refusals(
        desk,
        tmp_path,
        [*ITEM, "市政协采用", "省政协采用", "版位", "督办"],
        [*FIRST, "2025-04-01", "2025-04-02", "其他", None],
        [*SECOND, None, None, "其他", "是"],
    )
    assert "台账!H2：有版位，这一行有 2 次采用，分不清" in told[0]
    assert "台账!H3：有版位，这一行有 0 次采用，却没有写明被哪里采用" in told[1]
    assert "台账!I3：有督办，这一行有 0 次批示，却没有写明哪一级领导批示" in told[2]


def test_a_sheet_of_adoptions_and_one_of_findings(desk: Desk, tmp_path: Path) -> None:
    found = arrive(
        desk,
        tmp_path,
        ITEM,
        FIRST,
        采用=[["编号", *ADOPTED], ["2025-001", "市政协", "2025-04-01", None, "其他", 9, None]],
        认定=[
            ["编号", "认定类型", "认定日期", "加分"],
            ["2025-001", "弄虚作假", "2025-05-01", 2.5],
        ],
    )
    assert found["adoption"][0]["attributes"] == (("版位", "其他"), ("阅读量", "9"))
    assert found["finding"][0]["attributes"] == (("加分", "2.5"),)


# -- there and back ------------------------------------------------------------------------------


class County:
    """A small county at random, by what a rulebook declares; cells as spreadsheets have them."""

    def __init__(self, words: Vocabulary, seed: int) -> None:
        self.words = words
        self.rng = random.Random(seed)
        self.units = [f"第{n}单位" for n in range(3)]
        self.people = [f"某{name}" for name in "甲乙丙丁"]
        self.numbers = [f"2025-{n:03}" for n in range(1, 13)]

    def one(self, spelled: dict[str, str]) -> str:
        return self.rng.choice(list(spelled.values()))

    def day(self) -> date:
        return date(2025, self.rng.randint(2, 12), self.rng.randint(1, 28))

    def of(self, fact: str) -> Iterator[Any]:
        """A day, and a cell for each attribute of such facts."""
        yield date(2025, 1, 20) if fact == "submission" else self.day()
        for one in self.words.declared_of(fact):
            blank = self.rng.random() < 0.3
            yield None if blank else self.value(one)

    def value(self, one: Declared) -> object:
        made: dict[str, Callable[[], object]] = {
            "text": lambda: self.rng.choice(("甲、乙", "丙", "007")),
            "number": lambda: self.rng.choice((300, 2.5, "1/4", 5000)),
            "date": self.day,
            "choice": lambda: self.rng.choice(one.choices),
            "shares": lambda: self.rng.choice(("3:2", "1:1")),
        }
        return made[one.kind]()

    def sheets(self) -> dict[str, list[list[Any]]]:
        """The workbook."""
        rng, words = self.rng, self.words
        kinds = list(words.unit_kinds.values())
        roles = list(dict.fromkeys(words.roles.values()))
        found: dict[str, list[list[Any]]] = {
            "单位": [["单位名称", "单位类别"]],
            "人员": [["姓名", "单位", "身份"]],
            "报送": [[*ITEM, *words.attributes_of("submission")]],
            "采用": [
                ["编号", "采用单位", "采用方式", "采用日期", *words.attributes_of("adoption")]
            ],
            "批示": [["编号", "领导级别", "批示日期", *words.attributes_of("instruction")]],
            "认定": [["单位名称", "认定类型", "认定日期", *words.attributes_of("finding")]],
        }
        found["单位"] += [[unit, rng.choice(kinds)] for unit in self.units]
        if roles:
            found["人员"] += [[n, rng.choice(self.units), rng.choice(roles)] for n in self.people]
        for number in self.numbers:
            item = [number, f"事项{number}", self.authors(roles), rng.choice(self.units)]
            found["报送"].append([*item, *self.of("submission")])
        for number in rng.choices(self.numbers, k=15):
            adoption = [number, self.one(words.channels), rng.choice(words.forms)]
            found["采用"].append([*adoption, *self.of("adoption")])
            if words.ranks:
                instruction = [number, self.one(words.ranks)]
                found["批示"].append([*instruction, *self.of("instruction")])
            if words.finding_kinds:
                finding = [rng.choice(self.units), self.one(words.finding_kinds)]
                found["认定"].append([*finding, *self.of("finding")])
        return {name: rows for name, rows in found.items() if len(rows) > 1}

    def authors(self, roles: list[str]) -> str | None:
        count = self.rng.randint(0, 3)
        return "、".join(self.rng.sample(self.people, count)) or None if roles else None


@pytest.mark.parametrize("path", LIBRARY, ids=[path.stem for path in LIBRARY])
def test_a_county_by_any_rulebook_is_the_same_in_a_new_ledger(path: Path, tmp_path: Path) -> None:
    desk = desk_by(path.read_text(encoding="utf-8"), path.name)
    sheets = County(desk.vocabulary, seed=7).sheets()
    take(desk, workbooks.workbook(tmp_path / "县.xlsx", sheets))
    held = contents(desk.ledger)
    for kind in ("submission", "adoption", "instruction", "finding"):
        told_of = {name for one in held[kind] for name, _ in one["attributes"]}
        declared = set(desk.vocabulary.attributes_of(kind)) if held[kind] else set()
        assert told_of - {OWN_FORM} == declared
    told, copy = copied(desk, tmp_path / "导出.xlsx")
    assert contents(copy.ledger) == held
    assert scores(copy, (2025,)) == scores(desk, (2025,))
    assert not any("导入不认" in note for note in told.notes)
    assert take(desk, tmp_path / "导出.xlsx").new == 0


def test_the_empty_workbook_offers_what_is_declared_and_takes_it_back(tmp_path: Path) -> None:
    text, rulebook = own_rulebook()
    write_template(tmp_path / "空表.xlsx", rulebook)
    book = load_workbook(tmp_path / "空表.xlsx")
    rules = {
        (sheet.title, str(sheet.cell(1, place.min_col).value)): rule.formula1
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        for place in rule.sqref.ranges
    }
    assert rules["报送", "体裁"] == '"信息,调研论文"'
    assert rules["报送", "约稿"] == '"是,否"'
    assert rules["采用", "版位"] == '"头版头条,其他"'
    assert rules["采用", "见报日期"] == "1"
    columns = {str(cell.value): cell.column_letter for cell in book["报送"][1]}
    assert book["报送"].column_dimensions[columns["奖金分配"]].number_format == "@"
    more = {
        "体裁": "信息",
        "字数": 800,
        "约稿": "是",
        "交稿日期": date(2025, 2, 1),
        "奖金分配": "3:2",
    }
    for heading, value in {**dict(zip(ITEM, FIRST, strict=True)), **more}.items():
        book["报送"][f"{columns[heading]}2"] = value
    for name, rows in REGISTER.items():
        own = {str(cell.value): cell.column for cell in book[name][1]}
        for number, row in enumerate(rows[1:], 2):
            for heading, value in zip(rows[0], row, strict=True):
                book[name].cell(number, own[heading], value)
    book.save(tmp_path / "已填.xlsx")
    desk = desk_by(text)
    take(desk, tmp_path / "已填.xlsx")
    assert dict(contents(desk.ledger)["submission"][0]["attributes"]) == {
        "体裁": "信息",
        "字数": "800",
        "约稿": "是",
        "交稿日期": "2025-02-01",
        "奖金分配": "3:2",
    }


def test_the_forms_of_a_rulebook_are_offered(tmp_path: Path) -> None:
    text = LIBRARY[1].read_text(encoding="utf-8")
    write_template(tmp_path / "空表.xlsx", reader.read(text, "办法.yaml"))
    sheet = load_workbook(tmp_path / "空表.xlsx")["采用"]
    assert '"单条,综合"' in {rule.formula1 for rule in sheet.data_validations.dataValidation}
