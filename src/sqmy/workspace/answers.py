"""What a person has decided about doubtful spellings, before an import or in the course of it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqmy.text import match_key
from sqmy.workspace.outcomes import Doubt, Subject


class Newcomer(NamedTuple):
    """Whom to register, since nobody of the register is meant.

    Attributes:
        unit: of a person; "" for the unit written beside the name.
        label: a person's role, or the kind of a unit.
        since: the first day in that role, as written; "" for from the beginning.
    """

    unit: str = ""
    label: str = ""
    since: str = ""


class Answer(NamedTuple):
    """Whom or what a spelling means.

    Attributes:
        subject: what it stands for.
        written: the spelling.
        context: as `Doubt.context`; "" to hold for every context.
        meant: a candidate's value, or another one that a command understands; "" for a newcomer.
        newcomer: who is registered where nobody is meant.
    """

    subject: Subject
    written: str
    context: str
    meant: str
    newcomer: Newcomer = Newcomer()


class Answers:
    """Answers, looked up by what is doubtful."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self._by_doubt: dict[tuple[Subject, str, str], Answer] = {}
        for answer in answers:
            self.add(answer)

    def add(self, answer: Answer) -> None:
        """Enter an answer; a later one takes the place of an earlier."""
        self._by_doubt[_key(answer.subject, answer.written, answer.context)] = answer

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._by_doubt.values())

    def to(self, doubt: Doubt) -> Answer | None:
        """The answer to a doubt, if there is one."""
        exact = self._by_doubt.get(_key(doubt.subject, doubt.written, doubt.context))
        return exact or self._by_doubt.get(_key(doubt.subject, doubt.written, ""))


def _key(subject: Subject, written: str, context: str) -> tuple[Subject, str, str]:
    return subject, match_key(written), match_key(context)
