"""Whom a report is for: what of it they are not told, and that it says so."""

from typing import NamedTuple

from sqmy.reports import marks
from sqmy.terms import AUDIENCES, Audience


class LeftOut(NamedTuple):
    """One kind of thing that a report leaves out.

    Attributes:
        what: `联系电话`.
        number: how many of them there would have been, with their measure word: `3 个`.
    """

    what: str
    number: str


class View(NamedTuple):
    """A report's audience, and what it leaves out for it.

    Attributes:
        items: how many of its items are not told by number and title.
        others: what else is not told.
    """

    audience: Audience = "internal"
    items: int = 0
    others: tuple[LeftOut, ...] = ()

    def told(self) -> tuple[str, ...]:
        """What the report says of it; nothing where nothing was left out."""
        parts = [f"{one.what} {one.number}" for one in self.others]
        if self.items:
            parts.insert(0, f"标有密级的信息 {self.items} 条的编号和题目（条数、得分照计）")
        return (f"供{AUDIENCES[self.audience]}的版本，略去了{'、'.join(parts)}。",) if parts else ()

    def value(self) -> dict[str, str]:
        """What the report's JSON says of it; no key in one for the office itself."""
        if self.audience == "internal":
            return {}
        return {"audience": self.audience, "left_out": "".join(self.told())}

    def marks(self) -> tuple[tuple[str, str], ...]:
        """The same for programs, as `Basis.marks`."""
        return () if self.audience == "internal" else ((marks.AUDIENCE, self.audience),)
