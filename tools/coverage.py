"""docs/rules-coverage.md: every clause of every rulebook that ships, and the section it is in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqmy.rules import reader
from sqmy.rules.keywords import KEYS
from sqmy.rules.lint import clauses_used
from sqmy.rules.rulebook import Rulebook
from tools.parts import MADE, RULES, table

_LEAD: Final = """\
`rules/library/` 里的每一份都照公开发表的真实办法写成，只保留事实和数字，带着逐条的算例
（`sqmy rules test 文件`）。下面逐条列出写在哪一节；原文没有说清的地方，在文件里标着“口径”。

`sqmy rules new 计分办法.yaml --like 名称` 照其中一份起草。"""

_LEFT: Final = (
    ("03-minjin-lvliang", "C09", "列为会员履职考评和推荐人选的依据：只是说明用途，没有数"),
    (
        "07-city-gov-yuegao-zero",
        "C03",
        "按月、按季出通报：由 bulletin 的期间定",
    ),
    ("56-anhui-cppcc-2018", "C02", "作为委员履职考核的内容：只是说明用途，没有数"),
)
"""Clauses of the sources that are in no rulebook, with the reason."""

_PACKAGED: Final = (
    "01 号（某县政协实施办法）就是自带的 `rules/scoring.yaml`，见[口径](interpretation.md)。"
)


def page() -> str:
    """The page."""
    parts = ["# 办法的语言能写什么", MADE, _LEAD, _PACKAGED]
    paths = sorted((RULES.parent / "library").glob("*.yaml"))
    for path in (one for one in paths if not one.name.endswith(".cases.yaml")):
        parts += _of(path)
    parts += ["## 没有写进去的", table(("办法", "条款", "为什么"), _LEFT)]
    return "\n\n".join(parts) + "\n"


def _of(path: Path) -> Iterator[str]:
    rulebook = reader.read_file(path)
    yield f"## {path.stem}"
    yield f"《{rulebook.name}》"
    rows = [(clause, told, _where(rulebook, clause)) for clause, told in rulebook.clauses.items()]
    yield table(("条款", "内容", "写在"), rows)


def _where(rulebook: Rulebook, clause: str) -> str:
    """The sections that cite a clause."""
    sections = {str(path[0]) for path, own in clauses_used(rulebook) if own == clause}
    cited = [field for field in rulebook._fields if field in sections]
    cited += [
        field
        for field in ("combinations", "limits", "coefficients")
        if any(clause in entry.rules for entry in getattr(rulebook, field))
    ]
    if any(reward.quota == clause for reward in rulebook.quota_rewards):
        cited.append("quota_rewards")
    return "、".join(dict.fromkeys(KEYS[field] for field in cited))
