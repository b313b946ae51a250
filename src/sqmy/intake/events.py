"""What a ledger sheet tells of adoptions or of instructions, in a column's heading or in a cell.

`市政协采用` over a day, several days, a day with a form (`2025.3.1综合`) or a mark (`√`); or a text
such as `市政协2025.3.1单篇采用；省政协2025年5月6日综合采用`. What is not understood to the last
character is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from sqmy import text
from sqmy.days import Day
from sqmy.declared import form_of, form_word
from sqmy.errors import SqmyError
from sqmy.intake.grid import Value
from sqmy.vocabulary import Vocabulary

Fact = Literal["adoption", "instruction"]


class Event(NamedTuple):
    """One adoption or instruction, as far as a cell tells it.

    Attributes:
        label: the channel or the rank; "" where the cell does not name it.
        day: None where it is only marked.
        form: of an adoption, if it is told.
        journal: of an adoption.
        issue: of the journal.
        content: of an instruction.
    """

    label: str = ""
    day: Day | None = None
    form: str | None = None
    journal: str | None = None
    issue: str | None = None
    content: str | None = None

    def filled(self, other: "Event") -> "Event":
        """This, and what it leaves open as the other tells it."""
        return Event(
            self.label or other.label,
            self.day or other.day,
            self.form or other.form,
            self.journal or other.journal,
            self.issue or other.issue,
            self.content or other.content,
        )


_VERBS: Mapping[Fact, str] = {"adoption": "采用|录用|采纳|刊用", "instruction": "批示"}
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MONTH_DAY = rf"(?:\d{{1,2}}|{_NUMERAL})\s?月(?:份|\s?(?:\d{{1,2}}|{_NUMERAL})\s?[日号]?)?"
_DAY = (
    rf"(?:\d{{1,4}}|[〇○零OoΟ一二三四五六七八九]{{4}})\s?年\s?(?:{_MONTH_DAY})?|{_MONTH_DAY}"
    r"|\d{1,4}(?:\s?[-./]\s?\d{1,4}){1,2}|\d{5,}"
)
_TIME = r"(?:[T\s]+\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?[秒分]?)?"
_CONTENT = re.compile(rf"批示\s*(?:[:：]|(?=[“\"]))\s*(?!{_DAY})(.+)$")
MARKS = "√✓✔☑"
"""Each of them says that something is so."""

_MARKED = {"是", "1"}
_NOTHING = re.compile(
    r"0|否|无|x|[×✗✘✕/\\]|[-–—_]+|(?:暂?未|没有|无|不)(?:被|获)?(?:采用|录用|采纳|刊用|批示)?"
)
_DENIED = re.compile("[否未没无不x×✗✘✕]")
_JOINT = "、和及并"
_CLAUSES = re.compile("[;。]")
_ADVICE = {
    "adoption": "请写日期、√，或「市政协2025.3.1单篇采用」这样的话，几次的用分号隔开",
    "instruction": "请写日期、√，或「省级领导2025.4.1批示」这样的话，几次的用分号隔开",
}


def tells_something(value: Value | None) -> bool:
    """Whether a cell in a column of events is anything but blank, 0 or 否."""
    if isinstance(value, str):
        return not _NOTHING.fullmatch(unicodedata.normalize("NFKC", value).strip().lower())
    return bool(value)


def denies(value: Value | None) -> bool:
    """Whether a cell says in words that there was no such event: `否`, `未采用`."""
    if not isinstance(value, str):
        return False
    said = unicodedata.normalize("NFKC", value).strip().lower()
    return bool(_NOTHING.fullmatch(said) and _DENIED.search(said))


class _Bag(NamedTuple):
    """What stands between two commas, in whatever order; `joint` if more follows behind a 、."""

    labels: tuple[str, ...]
    days: tuple[Day, ...]
    forms: tuple[str, ...]
    rest: Event
    verb: bool
    joint: bool

    @property
    def told(self) -> Event:
        """All but labels and days."""
        return self.rest._replace(form=self.forms[0] if self.forms else None)

    @property
    def predicate(self) -> bool:
        """Whether it says anything of its labels."""
        return bool(self.days or self.verb or any(self.told))


class Grammar:
    """Reads what is told of one kind of event.

    Args:
        fact: adoptions or instructions.
        vocabulary: with the labels of channels and ranks.
        read_day: reads a day that stands in a text.
    """

    def __init__(self, fact: Fact, vocabulary: Vocabulary, read_day: Callable[[str], Day]) -> None:
        self.fact = fact
        self._labels = vocabulary.channels if fact == "adoption" else vocabulary.ranks
        self._read_day = read_day
        self._form_of = partial(form_of, vocabulary)
        labels = "|".join(map(re.escape, sorted(self._labels, key=len, reverse=True))) or "(?!)"
        forms = "|".join(map(re.escape, vocabulary.forms)) if fact == "adoption" else "(?!)"
        self._token = re.compile(
            rf"(?P<issue>(?:\d{{4}}年)?(?:第\s?[\d一二三四五六七八九十百〇零]+|总第\s?\d+)\s?期)"
            rf"|《(?P<journal>[^《》]+)》|(?P<label>{labels})|(?P<day>(?:{_DAY}){_TIME})"
            rf"|(?P<form>{forms})|(?P<verb>{_VERBS[fact]}|[{MARKS}])"
            rf"|(?P<comma>[,{_JOINT}]|(?<!\d)/|/(?!\d))"
            r"|(?P<filler>得到|是否|领导|情况|结果|日期|时间|方式|形式|[被由经于在获已\s():\[\]])|(?P<unknown>.)",
            re.IGNORECASE,
        )
        self.read = lru_cache(maxsize=50_000)(self._read)

    def column(self, heading: str) -> Event | None:
        """The label, and perhaps the form, that a heading names; None if it says anything else."""
        found = list(self._token.finditer(heading))
        kinds = {match.lastgroup for match in found}
        labels = list({self._label(match) for match in found if match.lastgroup == "label"})
        forms = [match[0] for match in found if match.lastgroup == "form"]
        if len(labels) != 1 or len(forms) > 1 or kinds - {"label", "form", "verb", "filler"}:
            return None
        return Event(labels[0], form=self._form_of(forms[0]) if forms else None)

    def cell(
        self, value: Value, heading: Event, as_day: Callable[[Value], Day | None]
    ) -> tuple[Event, ...]:
        """The events that a cell tells.

        Args:
            value: of the cell.
            heading: what the column says of all its cells.
            as_day: reads a cell that is no text.

        Raises:
            SqmyError: it is not understood.
        """
        if isinstance(value, str):
            told = self.read(value, heading.label)
        elif isinstance(value, bool | int) and value in {0, 1}:
            told = (Event(),) if value else ()
        else:
            try:
                told = (Event(day=as_day(value)),)
            except SqmyError as error:
                if isinstance(value, date):
                    raise
                raise SqmyError(f"{error}{_ADVICE[self.fact]}。") from None
        return tuple(event.filled(heading) for event in told)

    def _read(self, written: str, label: str) -> tuple[Event, ...]:
        """The events of a text; `label` is the column's, or "" for a column of free text."""
        plain = text.plain(written, "这一格")
        folded = unicodedata.normalize("NFKC", plain).lower()
        if _NOTHING.fullmatch(folded):
            return ()
        if folded in _MARKED:
            return (Event(),)
        found = [event for line in plain.split("\n") for event in self._line(line, label)]
        if len(set(found)) < len(found):
            raise SqmyError("同一天的同一件事写了两次。请去掉重复的。")
        return tuple(found)

    def _line(self, line: str, label: str) -> list[Event]:
        """The events of a line; what stands behind `批示：` is the leader's words."""
        content = _CONTENT.search(line) if self.fact == "instruction" else None
        if content:
            if "批示" in content[1]:
                raise SqmyError("一行里有几次批示，又有批示的内容，分不清。请一次写一行。")
            line = line[: content.start()] + "批示"
        folded = unicodedata.normalize("NFKC", text.name(line))
        clauses = [clause for clause in _CLAUSES.split(folded) if clause.strip()]
        events = [event for clause in clauses for event in self._clause(clause, label)]
        if content and events:
            events[-1] = events[-1]._replace(content=content[1].strip('“”" '))
        return events

    def _clause(self, clause: str, label: str) -> list[Event]:
        """The events between two semicolons."""
        events: list[Event] = []
        start = 0
        waiting: list[str] = []
        ahead = Event()
        for bag in self._bags(clause, label):
            if bag.labels and not bag.predicate and bag.joint:
                waiting += bag.labels
            elif bag.labels or (label and bag.predicate):
                days = bag.days or (ahead.day,)
                labels = [*waiting, *bag.labels] or [label]
                start, waiting = len(events), []
                events += [
                    bag.told._replace(label=one, day=day).filled(ahead)
                    for one in labels
                    for day in days
                ]
                ahead = Event()
            elif not events:
                ahead = _ahead(ahead, bag, clause)
            else:
                start = _go_on(events, start, bag, clause)
        events += [Event(one) for one in waiting]
        return [*events, ahead] if any(ahead) else events or [Event()]

    def _bags(self, clause: str, label: str) -> Iterator[_Bag]:
        matches: list[re.Match[str]] = []
        for match in self._token.finditer(clause):
            if match.lastgroup == "comma":
                yield self._bag(matches, label, joint=match[0] in _JOINT)
                matches = []
            else:
                matches.append(match)
        yield self._bag(matches, label, joint=False)

    def _bag(self, matches: Sequence[re.Match[str]], label: str, *, joint: bool) -> _Bag:
        named: dict[str, list[re.Match[str]]] = {}
        for match in matches:
            named.setdefault(match.lastgroup or "", []).append(match)
        if "unknown" in named:
            unknown = "".join(
                match[0] if match.lastgroup == "unknown" else "\0" for match in matches
            ).strip("\0")
            pieces = "」「".join(piece for piece in unknown.split("\0") if piece)
            raise SqmyError(f"「{pieces}」看不懂。{_ADVICE[self.fact]}。")
        labels = tuple(dict.fromkeys(self._label(match) for match in named.get("label", ())))
        other = next((one for one in labels if label and one != label), None)
        if other:
            raise SqmyError(f"这一列是{label}的，这一格却写着{other}。请写到{other}的一列。")
        days = tuple(self._read_day(match[0]) for match in named.get("day", ()))
        forms = tuple(f for match in named.get("form", ()) if (f := self._form_of(match[0])))
        if len(forms) > 1 or (forms and len(days) > 1):
            raise _unclear(form_word(forms[0]))
        rest = Event(
            journal=named["journal"][0]["journal"] if "journal" in named else None,
            issue=named["issue"][0][0] if "issue" in named else None,
        )
        return _Bag(labels, days, forms, rest, "verb" in named, joint)

    def _label(self, match: re.Match[str]) -> str:
        return self._labels[match[0].casefold()]


def _ahead(ahead: Event, bag: _Bag, clause: str) -> Event:
    """What is told before anyone is named: `2025年3月1日，市政协采用`."""
    if len(bag.days) > 1 or (bag.days and ahead.day):
        raise _unclear(clause)
    return bag.told._replace(day=next(iter(bag.days), None)).filled(ahead)


def _go_on(events: list[Event], start: int, bag: _Bag, clause: str) -> int:
    """What is told behind: more of the last events, or more days; where the last events begin."""
    last = events[start:]
    if not bag.days:
        events[start:] = [event.filled(bag.told) for event in last]
        return start
    if all(event.day is None for event in last):
        events[start:] = [
            event.filled(bag.told)._replace(day=day) for event in last for day in bag.days
        ]
        return start
    if bag.told.form and not all(event.form for event in last):
        raise _unclear(clause)
    labels = dict.fromkeys(event.label for event in last)
    events += [bag.told._replace(label=label, day=day) for label in labels for day in bag.days]
    return start + len(last)


def _unclear(what: str) -> SqmyError:
    return SqmyError(f"「{what}」说的是哪一次，看不清。请一次一次分开写，用分号隔开。")
