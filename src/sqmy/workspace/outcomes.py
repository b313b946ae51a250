"""What each row of an import came to: new, changed, the same, doubtful or wrong.

A row of which it is not certain who or what is meant is a doubt: it is put to a person, never
guessed. In a script a doubt is refused like a fault, with everything that may be meant.
"""

from typing import Literal, NamedTuple

from sqmy.errors import SqmyError
from sqmy.intake.drafts import Place

State = Literal["new", "changed", "same", "doubtful", "wrong"]
"""What a row comes to; the Chinese words stand in `terms.OUTCOMES`."""


CONFIDENTIAL = "（略）"
"""Stands for a text that is not repeated: 正文, 批示内容."""


class Change(NamedTuple):
    """One field of a row that the ledger has otherwise, in words; confidential ones in none."""

    heading: str
    had: str
    has: str

    def __str__(self) -> str:
        if CONFIDENTIAL in {self.had, self.has}:
            return f"{self.heading}有改动" if self.had else f"{self.heading}：补上"
        return f"{self.heading}：{self.had or '空'} → {self.has or '空'}"


class Outcome(NamedTuple):
    """What one fact of a row came to.

    Attributes:
        kind: of the fact.
        place: the row.
        state: new, changed or the same.
        about: the number or the name that it is known by.
        changes: what is otherwise in the ledger; empty unless it is changed.
        remark: what else somebody should know who looks it through.
    """

    kind: str
    place: Place
    state: State
    about: str
    changes: tuple[Change, ...] = ()
    remark: str = ""


Subject = Literal["unit", "member", "item", "heading"]
"""What a spelling may stand for."""


class Candidate(NamedTuple):
    """One that may be meant.

    Attributes:
        value: as `register.find_unit`, `find_member` or an item's number understands it.
        why: what speaks for it, in words.
    """

    value: str
    why: str


class Mention(NamedTuple):
    """A cell in which a doubtful spelling stands."""

    place: Place
    heading: str


class Doubt(NamedTuple):
    """A spelling of which it is not certain whom or what it means.

    Attributes:
        subject: what it should be.
        written: the spelling.
        context: what tells this case from others of the same spelling; "" where nothing need.
        candidates: who may be meant, the likeliest first.
        message: the refusal, where nobody is asked.
        home: the unit written beside a person who is not known; "" for none.
        may_be_new: whether it may mean none of the register, or no item that there is.
    """

    subject: Subject
    written: str
    context: str
    candidates: tuple[Candidate, ...]
    message: str
    home: str = ""
    may_be_new: bool = True


class DoubtError(SqmyError):
    """A cell holds doubtful spellings."""

    def __init__(self, *doubts: Doubt) -> None:
        self.doubts = doubts
        super().__init__("".join(doubt.message for doubt in doubts))
