from pathlib import Path

import pytest
import yaml

from sqmy.errors import ProblemsError, SqmyError
from sqmy.rules import strict_yaml
from sqmy.rules.strict_yaml import Node, parse, read_text

LOADERS = [
    pytest.param(yaml.BaseLoader, id="pure"),
    pytest.param(getattr(yaml, "CBaseLoader", yaml.BaseLoader), id="C"),
]


@pytest.fixture(params=LOADERS, autouse=True)
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs with both of PyYAML's parsers: an installation may lack the faster one."""
    monkeypatch.setattr(strict_yaml, "_LOADER", request.param)


def refusal(text: str) -> str:
    """All that is said to a bad text."""
    with pytest.raises(ProblemsError) as caught:
        parse(text, "甲.yaml")
    return str(caught.value)


def test_nothing_is_guessed_from_how_a_text_looks() -> None:
    written = ["3.10", "on", "010", "12:30", "no", "~", "null", "1_000", "0x1F", "2025-01-01", "<<"]
    root = parse("".join(f"- {text}\n" for text in written), "甲.yaml")
    assert isinstance(root.value, list)
    assert [node.value for node in root.value] == written


def test_what_is_not_written_is_none_and_quoted_emptiness_a_text() -> None:
    root = parse("甲:\n乙: ''\n丙: \"\"\n", "甲.yaml")
    assert root.value == {"甲": Node(None, 1), "乙": Node("", 2), "丙": Node("", 3)}


def test_every_value_knows_its_line_and_in_a_mapping_that_of_its_key() -> None:
    root = parse("# 注\n甲:\n  - 一\n  - 二\n乙: {丙: 三,\n  丁: 四}\n戊:\n\n  五\n", "甲.yaml")
    assert root == Node(
        {
            "甲": Node([Node("一", 3), Node("二", 4)], 2),
            "乙": Node({"丙": Node("三", 5), "丁": Node("四", 6)}, 5),
            "戊": Node("五", 7),
        },
        2,
    )


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "甲: 一\n乙:\n  - 二\n"
    assert parse("\ufeff" + text.replace("\n", "\r\n"), "甲.yaml") == parse(text, "甲.yaml")


def test_texts_are_composed_and_rid_of_what_nobody_sees() -> None:
    root = parse("\u200b甲\u00a0: e\u0301\u200d\n", "甲.yaml")
    assert root.value == {"甲": Node("\u00e9", 1)}


def test_all_duplicate_keys_are_told_with_both_lines() -> None:
    said = refusal("甲: 1\n乙: {丙: 1, 丙: 2}\n甲: 3\n")
    assert "甲.yaml 第 2 行：「丙」写了两次（第 2 行和第 2 行）" in said
    assert "甲.yaml 第 3 行：「甲」写了两次（第 1 行和第 3 行）" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("甲: &a 1\n", "第 1 行：不能用“&”“*”开头的锚点或别名"),
        ("甲: 1\n丙: *a\n", "第 2 行：不能用“&”“*”开头的锚点或别名"),
        ("甲: *乙\n", "第 1 行：第 5 列：不能用“&”“*”开头的锚点或别名"),
        ("甲: !!python/object/apply:os.system [ls]\n", "第 1 行：不能用“!”开头的标签"),
        ("甲: !x!y 1\n", "第 1 行：第 4 列：不能用“!”开头的标签"),
        ("甲: 1\n--- \n乙: 2\n", "第 2 行：文件被“---”分成了几份"),
        ("", "第 1 行：文件是空的"),
        ("# 只有注\n", "第 1 行：文件是空的"),
        ("[甲]: 1\n", "第 1 行：冒号前面要写键"),
        ("{{甲: 1}: 2}\n", "第 1 行：冒号前面要写键"),
        ("'': 1\n", "第 1 行：冒号前面要写键"),
        ("甲:\n\t乙: 1\n", "第 2 行：有制表符（Tab 键）"),
        ("甲: 1\n乙: \0\n", "第 2 行：有看不见的控制字符（U+0000）"),
        ("甲: \x1b[31m\n", "第 1 行：有看不见的控制字符（U+001B）"),
        ("甲: \ud800\n", "第 1 行：有看不见的控制字符（U+D800）"),
        ("甲: a\u2028b\n", "第 1 行：有看不见的控制字符（U+2028）"),
        ("甲:\n\u3000乙: 1\n", "第 2 行：行首用了全角空格"),
        ("甲:\u3000一\n乙: 1\n", "第 1 行：冒号后面要有一个半角空格"),
        ("甲：一\n乙: 1\n", "第 1 行：用了全角冒号"),
        ("乙: 1\n甲：一\n", "第 2 行：用了全角冒号"),
        ("- {甲：一, 乙: 1}\n", "第 1 行：「甲：一」没有分成键和值：用了全角冒号"),
        ("- {甲:一, 乙: 1}\n", "第 1 行：「甲:一」没有分成键和值：冒号后面要有一个半角空格"),
        ("甲：一: 二\n", "第 1 行：「甲：一」：用了全角冒号"),
        ("甲: - 一\n", "第 1 行：第 4 列：“- ”要另起一行"),
        ("甲:\n  - 一\n  乙: 二\n", "第 3 行：第 3 列：缩进与上面同一层的各行对不齐"),
        ("甲:\n    乙: 1\n  丙: 2\n", "第 3 行：第 3 列：缩进与上面同一层的各行对不齐"),
        ("甲: 一: 二\n", "第 1 行：第 5 列：这里多了一个冒号"),
        ("甲: [一, 二\n乙: 三\n", "第 1 行：第 4 列：括号没有配对"),
        ("甲: '一\n乙: 二\n", "第 1 行：第 4 列：引号没有配对"),
        ('甲: "\\q"\n', "第 1 行：第 4 列：双引号里的反斜杠"),
        ("甲: %一\n", "第 1 行：第 4 列：值不能以这个符号开头"),
        ("甲: ]\n", "第 1 行：第 4 列：这里多了一个括号或逗号"),
        ("甲: 1\n...\n乙: 2\n", "第 3 行：第 1 列：与上面的内容接不上"),
        ("甲: | 一\n", "第 1 行：第 6 列：“|”或“>”后面只能换行"),
        ("甲\n乙: 1\n", "第 2 行：第 2 列：这里多了一个冒号"),
        ("乙: 1\n甲\n", "第 2 行：第 1 列：这一行没有写成“键: 值”"),
        ("-甲: 1\n乙: 2\n- 3\n", "第 3 行：第 1 列：缩进与上面"),
        ("%YAML 9.9\n---\n甲: 1\n", "请检查这一行"),
    ],
)
def test_what_is_refused_and_where(text: str, says: str) -> None:
    assert says in refusal(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 20_000, "嵌套超过 20 层"),
        ("{a: " * 20_000, "嵌套超过 20 层"),
        ("- " * 20_000, "嵌套超过 20 层"),
        ("甲: 一\n" * 600_000, "超过 1 MB"),
        ("甲" * 5_000_000, "超过 1 MB"),
        ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30)), "锚点"),
        ("\0" * 900_000, "U+0000"),
        ("甲: 一\n" * 100_000, "有 100 处要改，先列这些"),
        ("'" * 900_001, "引号没有配对"),
        ("? " * 200_000, "嵌套超过 20 层"),
        ("[" + "[], " * 40_000 + "[] 一]", "括号没有配对"),
        ("a" * 900_000 + ": 一", "冒号"),
    ],
    ids=[
        "brackets",
        "braces",
        "dashes",
        "lines",
        "5 MB",
        "bomb",
        "NUL",
        "twins",
        "quotes",
        "?",
        "flow",
        "plain",
    ],
)
def test_hostile_texts_are_refused_in_bounded_time(text: str, says: str) -> None:
    assert says in refusal(text)


def test_twenty_levels_are_read() -> None:
    node = parse("[" * 20 + "一" + "]" * 20, "甲.yaml")
    for _ in range(20):
        assert isinstance(node.value, list)
        (node,) = node.value
    assert node == Node("一", 1)


def test_a_file_is_read_as_utf8(tmp_path: Path) -> None:
    file = tmp_path / "甲.yaml"
    file.write_text("甲: 一\n", encoding="utf-8-sig")
    assert read_text(file) == "甲: 一\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("甲: 一\n乙: 二\n".encode("gb18030"), "第 1 行不是 UTF-8 编码"),
        ("a: 1\n乙: 二\n".encode("gb18030"), "第 2 行不是 UTF-8 编码"),
        ("甲: 一\n".encode("utf-16"), "不是 UTF-8 编码。请用记事本打开"),
        (b"a" * 1_000_001, "超过 1 MB"),
    ],
    ids=["GBK", "GBK in the second line", "UTF-16", "large"],
)
def test_files_that_cannot_be_read_as_text(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes(content)
    with pytest.raises(SqmyError, match=says) as caught:
        read_text(file)
    assert str(file) in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(SqmyError, match="找不到文件"):
        read_text(tmp_path / "无.yaml")
    with pytest.raises(SqmyError, match=r"是文件夹|读不了文件"):  # Windows calls it 拒绝访问
        read_text(tmp_path)
    with pytest.raises(SqmyError, match="读不了文件"):
        read_text(Path("a\0b"))
