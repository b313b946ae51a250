"""Faults of YAML's own grammar, told in Chinese: what the parser's English sentences mean here.

The parser says where it stumbled, which is often a line after the slip; the slips that Chinese
typing brings (full-width marks, no blank after a colon) are looked for in both lines.
"""

import re

import yaml

from sqmy.rules.faults import Fault

FULL_WIDTH_COLON = "用了全角冒号“：”，请改成半角冒号加一个空格“: ”。"
NO_BLANK = "冒号后面要有一个半角空格，例如“条款: 六(二)2”。"
NO_ANCHOR = "不能用“&”“*”开头的锚点或别名，请把内容写全。若是文字，请用引号括起来。"
NO_TAG = "不能用“!”开头的标签。若是文字，请用引号括起来。"
_NO_BLANK_AFTER_DASH = "行首的“-”后面要有一个空格。"
_FULL_WIDTH_COMMA = "括号里的各项之间用了全角标点，请改成半角逗号加一个空格“, ”。"

_WIDE_COLON_KEY = re.compile(r"\s*(?:- +)*[{\[]?\s*[^\s:：#\"']{1,30}：")
_TIGHT_COLON_KEY = re.compile(r"\s*(?:- +)*[{\[]?\s*[^\s:：#\"']{1,30}:[^ :/]")
_TIGHT_DASH = re.compile(r"\s*-[^\s-]")

_MEANINGS = (
    (r"or '[}\]]'", "括号没有配对，或者各项之间少了半角逗号“, ”。"),
    (r"unexpected end of stream", "引号没有配对：从这里开始的引号没有结束。"),
    (r"unexpected document indicator", "引号没有配对：引号里遇到了分隔线“---”。"),
    (r"mapping values are not allowed", "这里多了一个冒号，或者这一行的缩进与上一行对不齐。"),
    (r"could not find expected ':'", "这一行没有写成“键: 值”：少了冒号，或者冒号后面没有空格。"),
    (r"expected key|<block end>|'-' indicator", "缩进与上面同一层的各行对不齐，或者少了“- ”。"),
    (r"sequence entries are not allowed", "“- ”要另起一行，不能写在冒号后面。"),
    (r"cannot start any token", "值不能以这个符号开头；若是文字，请用引号括起来。"),
    (r"node content", "这里多了一个括号或逗号，或者少写了内容。"),
    (r"unknown escape character", "双引号里的反斜杠“\\”有特别含义，请改用单引号。"),
    (r"<document start>", "与上面的内容接不上，请检查缩进；若上面有结束标记“...”，请删去。"),
    (r"unexpected ':'", "括号里的冒号后面要有一个半角空格；若是文字里的冒号，请用引号括起来。"),
    (r"block scalar", "“|”或“>”后面只能换行；若是文字，请用引号括起来。"),
    (r"scanning an (anchor|alias)", NO_ANCHOR),
    (r"\btag\b", NO_TAG),
)
"""What each kind of sentence means; the parser's two builds word it differently."""

_ANYTHING_ELSE = "这里的写法不合格式，请检查这一行和上一行的缩进、冒号、引号和括号。"


def in_chinese(error: yaml.YAMLError, text: str) -> Fault:
    """The fault that a parser's error tells of."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Fault(1, _ANYTHING_ELSE)
    problem, mark = error.problem or "", error.problem_mark
    context = error.context_mark or mark
    begun = re.search("quoted|flow|simple key", error.context or "") is not None
    lines = text.splitlines()
    first = context.line if begun else max(mark.line - 1, 0)
    for number in range(first, min(mark.line + 1, len(lines))):
        if slip := _slip(lines[number], problem):
            return Fault(number + 1, slip)
    sentence = f"{error.context}: {problem}"
    meaning = next((words for pattern, words in _MEANINGS if re.search(pattern, sentence)), "")
    at = context if begun else mark
    return Fault(at.line + 1, f"第 {at.column + 1} 列：{meaning or _ANYTHING_ELSE}")


def _slip(line: str, problem: str) -> str | None:
    """What Chinese typing may have done to a line, if it shows."""
    if _WIDE_COLON_KEY.match(line):
        return FULL_WIDTH_COLON
    if _TIGHT_DASH.match(line):
        return _NO_BLANK_AFTER_DASH
    if "or '" in problem and not set("{[").isdisjoint(line) and not set("，；、").isdisjoint(line):
        return _FULL_WIDTH_COMMA
    if "':'" in problem or "mapping values" in problem:
        return NO_BLANK if _TIGHT_COLON_KEY.match(line) else None
    return None
