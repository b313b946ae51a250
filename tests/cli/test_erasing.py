"""Erasing what the law asks to be erased: gone from the file, and the chain holds."""

from pathlib import Path

import pytest

from clerk import Clerk

PHONE, BODY, WORDS = "13900001111", "村里的井水发黄，请水务部门检测。", "请水务局阅处，月底报结果。"
BECAUSE = "--because 本人依法要求删除"


@pytest.fixture
def office(clerk: Clerk, tmp_path: Path) -> Clerk:
    """A member with a phone, an item with a text, an instruction with words."""
    (tmp_path / "正文.txt").write_text(BODY, encoding="utf-8")
    clerk.do(f"member add 石韦 --unit 提案委 --role 委员 --phone {PHONE}")
    clerk.do(
        "submit 关于饮水的建议 --author 石韦 --on 2025-03-01 --number 甲-1 --body-file",
        tmp_path / "正文.txt",
    )
    clerk.do(f"instruct 甲-1 --rank 省级领导 --on 2025-04-01 --content {WORDS}")
    return clerk


def raw(clerk: Clerk) -> bytes:
    assert isinstance(clerk.ledger, Path)
    return clerk.ledger.read_bytes()


@pytest.mark.parametrize(
    ("reference", "gone", "left"),
    [("石韦", [PHONE], [BODY, WORDS]), ("甲-1", [BODY, WORDS], [PHONE])],
)
def test_what_is_named_is_gone_and_the_rest_is_there(
    reference: str, gone: list[str], left: list[str], office: Clerk
) -> None:
    before = office.do("score --year 2025 --format csv")
    assert all(text.encode() in raw(office) for text in (*gone, *left))
    told = office.do(f"erase {reference} {BECAUSE} --yes")
    assert told.count("已抹除 F") == len(gone)
    assert "以前的备份和导出的文件里还有，请一并处理" in told
    assert not any(text.encode() in raw(office) for text in gone)
    assert all(text.encode() in raw(office) for text in left)
    assert "台账完好" in office.do("verify")
    assert office.do("score --year 2025 --format csv") == before
    shown = office.do("log --last 2")
    assert "抹除 F" in shown
    assert "本人依法要求删除" in shown
    assert "没有可以抹除的" in office.refused(f"erase {reference} {BECAUSE} --yes")


def test_nothing_is_erased_before_it_is_confirmed(office: Clerk) -> None:
    told = office.refused(f"erase 甲-1 {BECAUSE}")
    assert told.startswith("错误：抹除以后不能恢复。将抹除：\n  F")
    assert "的正文\n" in told
    assert "的批示内容\n" in told
    assert told.endswith("确认要抹除的，请加 --yes。\n")
    assert BODY not in told
    assert WORDS not in told
    assert BODY.encode() in raw(office)


def test_one_fact_alone(office: Clerk) -> None:
    fact = office.do("log --last 1 --format json")
    reference = fact.partition('"fact": "')[2].partition('"')[0]
    office.do(f"erase {reference} {BECAUSE} --yes")
    assert WORDS.encode() not in raw(office)
    assert BODY.encode() in raw(office)


def test_every_revision_of_a_text_is_erased(office: Clerk, tmp_path: Path) -> None:
    (tmp_path / "二稿.txt").write_text("二稿的正文。", encoding="utf-8")
    office.do("amend 甲-1 --because 改稿 --body-file", tmp_path / "二稿.txt")
    office.do(f"erase 甲-1 {BECAUSE} --yes")
    for text in (BODY, "二稿的正文。", WORDS):
        assert text.encode() not in raw(office)


def test_a_voided_item_can_be_erased_too(office: Clerk) -> None:
    office.do("void 甲-1 --with-dependents --because 撤稿")
    office.do(f"erase 甲-1 {BECAUSE} --yes")
    assert BODY.encode() not in raw(office)
    assert "台账完好" in office.do("verify")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"erase 无此人 {BECAUSE} --yes", "没有登记号、编号或人员「无此人」"),
        (f"erase F999 {BECAUSE} --yes", "台账里没有 F999"),
        (f"erase F1 {BECAUSE} --yes", "「F1」没有可以抹除的"),
        ("erase 石韦 --because 　 --yes", "请用 --because 写明抹除的依据"),
    ],
)
def test_what_cannot_be_erased(line: str, told: str, office: Clerk) -> None:
    assert told in office.refused(*_words(line))


def _words(line: str) -> tuple[str, ...]:
    first, *more = line.split(" ")
    return (first, *more)
