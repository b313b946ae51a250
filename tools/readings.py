"""The worked cases that show a reading of the regulation, set into its section.

Between `<!-- 算例：口径N -->` and `<!-- 算例完 -->` stand the cases of the packaged rulebook that
say of themselves that they show reading N: the same ones that `sqmy rules test` computes.
"""

import re
from collections.abc import Iterator, Sequence

from sqmy import points
from sqmy.rules import cases, reader
from sqmy.rules.casebook import Case
from tools.parts import RULES

_BLOCK = re.compile(
    r"(?P<open><!-- 算例：口径(?P<number>\d+) -->\n).*?(?P<close><!-- 算例完 -->)", re.DOTALL
)


def renewed(text: str) -> str:
    """The document with the worked cases as they are now."""
    found = worked_cases()

    def told(block: re.Match[str]) -> str:
        own = [case for case in found if int(block["number"]) in case.readings]
        return "\n".join([block["open"], "**算例**", "", *_told(own), "", block["close"]])

    return _BLOCK.sub(told, text)


def worked_cases() -> tuple[Case, ...]:
    """The worked cases of the packaged rulebook."""
    rulebook = reader.read_file(RULES)
    return cases.read_file(RULES.with_name("scoring.cases.yaml"), rulebook)


def _told(found: Sequence[Case]) -> Iterator[str]:
    """A list; what changes the case above stands under it."""
    for case in found:
        gained = "，".join(f"{name} {points.exact(value)}" for name, value in case.points.items())
        changes = "，".join(f"`{change}`" for change in case.changes)
        change = f"（改 {changes}）" if changes else ""
        yield f"{'  ' if case.same else ''}- {case.explanation}{change}。得分：{gained}"
