"""Reading the packaged rulebook, and what is said to 80 broken ones.

`tests/bad_rules/patches` holds changes of the packaged rulebook: 从 (what stands there, once),
改为, and 应说, the words that the messages must contain. `tests/bad_rules/files` holds whole
files, whose first line says the same.
"""

import random
import re
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
import yaml

from packaged import ROOT, RULEBOOK, TEXT, patched, refusal, rulebook
from sqmy.errors import ProblemsError, SqmyError
from sqmy.rules import choices, compiled, decisions, keywords, reader
from sqmy.rules.amounts import Amount, Criterion
from sqmy.rules.annotations import is_entry
from sqmy.rules.parts import Parts
from sqmy.rules.rulebook import Authors, ItemRule, Rulebook
from sqmy.rules.words import Role

FIVE = Amount((Fraction(5),))
PATCHES = sorted((ROOT / "tests" / "bad_rules" / "patches").glob("*.yaml"))
FILES = sorted((ROOT / "tests" / "bad_rules" / "files").glob("*.yaml"))


def test_the_packaged_rulebook_says_what_the_regulation_says() -> None:
    book = rulebook()
    assert list(book.clauses)[:4] == ["五(三)", "六(一)", "六(二)", "六(二)1"]
    assert book.words.channels[0].aliases == ("县级政协", "本级")
    assert book.words.roles[3] == Role("驻市政协委员", local=False, aliases=("住市政协委员",))
    assert (book.decimals, book.year.start, book.total.floor) == (2, "01-01", None)
    assert [quota.binding for quota in book.quotas] == [True, True, True, False]
    resident = Authors("all", ("驻市政协委员", "驻省政协委员"))
    assert book.rules[6] == ItemRule(
        clause="六(二)10",
        once="once",
        scope="year",
        adoption=dict.fromkeys(("市政协", "省政协", "全国政协"), FIVE),
        forms={"单篇": Fraction(1), "综合": Fraction(1), "转送": Fraction(1)},
        authors=resident,
    )
    assert book.sharing.exception is not None
    assert book.sharing.exception.authors == resident
    penalty = Amount((Fraction(-10),))
    assert book.rules[7].table == dict.fromkeys(("弄虚作假", "报刊抄袭", "网上下载"), penalty)


def test_a_file_reads_as_its_text_does() -> None:
    assert reader.read_file(RULEBOOK) == rulebook()


def test_there_is_nothing_to_advise_about_the_packaged_rulebook() -> None:
    assert reader.examine(TEXT, "scoring.yaml")[1] == []


def test_a_clause_that_only_explains_is_advised_about_and_not_refused() -> None:
    text = patched("条款原意:\n", "条款原意:\n  一(一): 总则，加强信息工作\n")
    (advice,) = reader.examine(text, "办法.yaml")[1]
    assert str(advice).startswith("办法.yaml 第 10 行：条款原意里的「一(一)」没有哪一项用到")


def test_the_compiled_form_gives_the_rulebook_back_in_its_order() -> None:
    book = rulebook()
    again = compiled.load(compiled.compile_(book))
    assert again == book
    assert list(again.clauses) == list(book.clauses)
    assert compiled.compile_(again) == compiled.compile_(book)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("总分: {条款: 六(二)11, 下限: 无}", "总分: {条款: 六(二)11, 下限: -1/3}"),
        ("{市政协: 5}\n", "{市政协: 2.5}\n"),
        ("归属: 各按发生日期", "归属: 随报送日期"),
        ("    同篇: 就高  ", "    作者: {满足: 任一, 身份: 委员}\n    同篇: 就高  "),
    ],
)
def test_other_rulebooks_are_given_back_too(old: str, new: str) -> None:
    book = reader.read(patched(old, new), "办法.yaml")
    assert book != rulebook()
    assert compiled.load(compiled.compile_(book)) == book


def test_a_single_text_is_a_list_of_one_and_nothing_is_an_empty_list() -> None:
    assert reader.read(patched("身份: [委员], 每", "身份: 委员, 每"), "办法.yaml") == rulebook()
    above, below = TEXT[: TEXT.index("完成任务得分:")], TEXT[TEXT.index("总分:") :]
    assert reader.read(f"{above}完成任务得分: 无\n{below}", "办法.yaml").quota_rewards == ()


def test_comments_blank_lines_and_the_order_of_keys_mean_nothing() -> None:
    blocks = re.split(r"\n(?=[^\s#\n])", re.sub(r"(?m)\s*#.*$", "", TEXT))
    assert len(blocks) > 10
    assert reader.read("\n".join(reversed(blocks)), "办法.yaml") == rulebook()


def test_all_that_is_wrong_is_told_at_once_in_order_of_line() -> None:
    text = patched("小数位: 2", "小数位: 二").replace("方法: 累加", "方法: 相加")
    problems = refusal(text.replace("六(二)9\n  个人: 平均", "六(二)9\n  个人: 平分"))
    lines = [int(re.findall(r"第 (\d+) 行", problem.place)[0]) for problem in problems]
    assert [re.findall("「(.*?)」", p.message)[:2] for p in problems] == [
        ["小数位", "二"],
        ["方法", "相加"],
        ["个人", "平分"],
    ]
    assert lines == sorted(lines)
    assert all(problem.place.startswith("办法.yaml 第 ") for problem in problems)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda path: path.stem)
def test_what_is_said_to_a_broken_rulebook(patch: Path) -> None:
    told = yaml.load(patch.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    problems = refusal(patched(told["从"], told["改为"]))
    said = "\n".join(map(str, problems))
    assert [word for word in told["应说"] if word not in said] == [], said
    if "别处" not in told:
        first = TEXT[: TEXT.index(told["从"])].count("\n") + 1
        expected = range(first, first + told["改为"].count("\n") + 1)
        lines = {int(line) for line in re.findall(r"办法\.yaml 第 (\d+) 行：", said)}
        assert lines & set(expected), said


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_what_is_said_to_a_broken_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    words = text.splitlines()[0].removeprefix("# 应说: ").split(" | ")
    said = "\n".join(map(str, refusal(text)))
    assert [word for word in words if word not in said] == [], said


def test_messages_are_chinese() -> None:
    for patch in PATCHES:
        told = yaml.load(patch.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for problem in refusal(patched(told["从"], told["改为"])):
            own_words = re.sub("「.*?」|“.*?”", "", problem.message)
            assert not re.search(r"[A-Za-z]{3,}", own_words.replace("Tab", "")), problem.message
            assert problem.message.endswith("。"), problem.message


def entries(cls: type, found: set[type]) -> set[type]:
    """The classes of which a rulebook is made."""
    found.add(cls)
    for annotation in cls.__annotations__.values():
        for part in (annotation, *get_args(annotation)):
            for inner in (part, *get_args(part)):
                if is_entry(inner) and inner not in found:
                    entries(inner, found)
    return found


def test_every_field_of_the_rulebook_has_a_keyword_and_every_choice_a_word() -> None:
    own_writing = {
        Amount: {"points", "by"},
        Criterion: {"words"},
        ItemRule: {"of_edition"},
        Parts: {"agreed"},
    }
    for cls in entries(Rulebook, set()):
        fields = [field for field in cls._fields if field not in own_writing.get(cls, ())]
        keys = [keywords.key_of(cls, field) for field in fields]
        assert len(set(keys)) == len(keys), cls
    for (name, field), words in choices.CHOICES_IN.items():
        assert len(set(words.values())) == len(words), (name, field)


def test_questions_are_asked_about_fields_that_exist() -> None:
    known = {(cls.__name__, field) for cls in entries(Rulebook, set()) for field in cls._fields}
    assert set(decisions.DECIDES) <= known


def test_a_number_too_long_to_be_one_is_refused() -> None:
    for digits in ("9" * 5000, "1/" + "9" * 5000, "0." + "9" * 5000):
        (problem,) = refusal(patched("采用: {省政协: 10}", f"采用: {{省政协: {digits}}}"))
        assert "「采用」的「省政协」不能写「" in problem.message
        assert len(problem.message) < 200


def test_the_hundredth_fault_is_the_last_that_is_told() -> None:
    text = TEXT + "".join(f"项{number}: 一\n" for number in range(40_000))
    with pytest.raises(ProblemsError, match="有 100 处要改，先列这些") as caught:
        reader.read(text, "办法.yaml")
    assert len(caught.value.problems) == 100


def test_a_hostile_vocabulary_is_refused_in_bounded_time() -> None:
    labels = "".join(f"    - {{名: 渠道{number}, 级: 市}}\n" for number in range(10_000))
    table = ", ".join(f"没有{number}: 1" for number in range(10_000))
    text = patched("  渠道:   # 由低到高\n", "  渠道:\n" + labels)
    problems = refusal(text.replace("采用: {省政协: 10}", f"采用: {{{table}}}"))
    assert len(problems) == 100
    assert "词汇里没有渠道「没有0」。已声明的有：渠道0、" in problems[0].message
    assert "等 10004 个" in problems[0].message


def spoilt(rng: random.Random) -> str:
    """The packaged rulebook with one to three random slips of the keyboard."""
    text = TEXT
    for _ in range(rng.randint(1, 3)):
        at, length = rng.randrange(len(text)), rng.choice((0, 1, 2, 5, 30, 200))
        piece = rng.randrange(len(TEXT))
        slip = rng.choice(
            (
                "",
                "\n",
                "\n  ",
                "- ",
                ": ",
                *"：，。{}[]:,'\"&*!|>%@#?0９无",
                TEXT[piece : piece + 20],
            )
        )
        text = text[:at] + slip + text[at + length :]
    return text


def test_whatever_is_typed_is_read_or_refused_with_a_place() -> None:
    places: list[str] = []
    read = 0
    for seed in range(300):
        try:
            book = reader.read(spoilt(random.Random(seed)), "办法.yaml")
        except ProblemsError as error:
            places += [problem.place for problem in error.problems]
        else:
            read += 1
            assert compiled.load(compiled.compile_(book)) == book, seed
    assert 0 < read < 200
    assert [place for place in places if not re.match(r"办法\.yaml 第 \d+ 行$", place)] == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SqmyError, match=r"找不到文件 .*办法\.yaml"):
        reader.read_file(tmp_path / "办法.yaml")
