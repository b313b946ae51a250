"""What kind of sheet a row of headings makes, and which of its columns says what."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from sqmy.intake.events import Event, Fact
from sqmy.intake.headings import (
    AS_SUBMITTED,
    BESIDE,
    CO_AUTHORS,
    COUNTERS,
    KINDS,
    REMARKS,
    SUBMISSION,
    TITLE,
    Heading,
    Kind,
    bare,
)
from sqmy.intake.heads import Head, bared, readings, together
from sqmy.intake.layouts import EventColumn, Layout, Twice
from sqmy.intake.words import Words
from sqmy.vocabulary import Declared

_TOLD: Final[Mapping[str, Fact]] = {
    "采用单位": "adoption",
    "采用情况": "adoption",
    "领导级别": "instruction",
    "批示情况": "instruction",
}
"""Columns of submissions whose cells name channels or ranks, with or without their days."""

_AUTHOR = "作者|反映人|撰稿人|撰写人|执笔人|建言人|联名人|合作者|合作人|合著者"
_ABOUT_AUTHORS = re.compile(f"(?:{_AUTHOR})(?:姓名|名单)?$")
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
_NUMBERED_AUTHOR = re.compile(
    f"(?:第(?P<before>{_NUMBER}))?(?:{_AUTHOR})(?:姓名)?(?P<behind>{_NUMBER})?", re.ASCII
)
_ABOUT_EVENTS = re.compile("(?:采用|录用|采纳|刊用|批示)(?:情况|日期|时间|结果)?")
_OVER_EVENTS = re.compile(f"(?:各级|上级|领导|主要|被|获|得到)*{_ABOUT_EVENTS.pattern}")
_COUNTED = re.compile(
    "(?:分|分数|数|率|名次|排名|位次|次数|篇|条|费|稿酬|序号|备注|说明|依据|链接|截图|附件)$"
)

Found = dict[str, list[int]]
"""The columns under each heading."""


def layout_of(heads: Sequence[Head], words: Words) -> Layout | None:
    """The layout under these heads; None if they are none of a sheet of ours.

    Heads with 标题 are of submissions. Else the kind that knows most of them takes them, if one
    of them tells that kind from others, or if it knows every one.
    """
    matching = _Matching(heads, words)
    best, found = max(((kind, matching.known(kind)) for kind in KINDS), key=lambda one: len(one[1]))
    submitted = matching.known(SUBMISSION)
    if TITLE in submitted or matching.titled_weakly(submitted):
        best, found = SUBMISSION, submitted
    if not matching.tells(best, found):
        return None
    return matching.layout(best, found)


@lru_cache
def _spellings(kind: Kind, declared: tuple[Declared, ...]) -> dict[str, str]:
    known = {bare(spelling): name for spelling, name in kind.known().items()}
    return _aliases(declared) | known | {bare(one.name): one.name for one in declared}


def _aliases(declared: Sequence[Declared]) -> dict[str, str]:
    return {bare(spelling): one.name for one in declared for spelling in one.spellings}


_BESIDE: Final = {bare(s): name for h in reversed(BESIDE) for s, name in h.known().items()}


class _Matching:
    """Which column each heading stands over."""

    def __init__(self, heads: Sequence[Head], words: Words) -> None:
        self.heads = heads
        self.words = words
        self.context = "\n".join(sorted(bare(head.text) for head in heads))
        meant = words.settled.meant(self.context)
        self.decided = {
            head.column: meant[bare(head.text)] for head in heads if bare(head.text) in meant
        }
        self.texts = {
            head.column: (bare(self.decided[head.column]),)
            if head.column in self.decided
            else tuple(readings(head))
            for head in heads
        }

    def known(self, kind: Kind) -> Found:
        """The columns that the kind knows, by the spellings that tell it."""
        spellings = _spellings(kind, self.words.declared(kind.fact))
        if kind is SUBMISSION and self._is_submitted(spellings):
            spellings = spellings | AS_SUBMITTED
        return self._under(spellings, self.texts)

    def _under(self, spellings: Mapping[str, str], columns: Mapping[int, Sequence[str]]) -> Found:
        found: Found = {}
        for column, texts in columns.items():
            if heading := next((spellings[text] for text in texts if text in spellings), None):
                found.setdefault(heading, []).append(column)
        return {
            heading: [c for c in under if bare(heading) in columns[c]] or under
            for heading, under in found.items()
        }

    def _is_submitted(self, spellings: Mapping[str, str]) -> bool:
        told = (spellings.get(text) for texts in self.texts.values() for text in texts)
        return any(heading in {TITLE, "作者", "署名", "正文"} for heading in told)

    def titled_weakly(self, found: Found) -> bool:
        """Whether one of the headings may be a title, among others of submissions."""
        others = found.keys() - {h.name for h in SUBMISSION.headings if h.common}
        weakly = [h for h in SUBMISSION.headings if h.name not in found and self._weakly(h, found)]
        return bool(others) and len(others) + len(weakly) > _FEW and _TITLE_HEADING in weakly

    def _weakly(self, heading: Heading, found: Found) -> list[int]:
        """The column that a weak spelling gives to a heading that has none."""
        used = {column for columns in found.values() for column in columns}
        free = ((c, texts) for c, texts in self.texts.items() if c not in used)
        places = {text: column for column, texts in free for text in reversed(texts)}
        return next(([places[w]] for w in map(bare, heading.weak) if w in places), [])

    def tells(self, kind: Kind, found: Found) -> bool:
        """Whether the columns found are enough to know the kind by."""
        required = {heading.name for heading in kind.headings if heading.required}
        known = _spellings(kind, ()).keys() | COUNTERS | REMARKS
        if required <= found.keys() and all(known & {*texts} for texts in self.texts.values()):
            return bool(found)
        common = {heading.name for heading in kind.headings if heading.common}
        if kind is SUBMISSION and [*found] == [TITLE]:
            return bool(self._beside(found, set()) or any(self._named_events(found)))
        return len(found) > 1 and not common.issuperset(found)

    def layout(self, kind: Kind, found: Found) -> Layout:
        """The layout of that kind."""
        events: list[EventColumn] = []
        undeclared: dict[int, str] = {}
        unsure: dict[int, str] = {}
        if kind is SUBMISSION:
            found = self._completed(found)
            events = list(self._named_events(found))
            found |= self._beside(found, {event.column for event in events})
            events += [
                EventColumn(column, fact, Event())
                for heading, fact in _TOLD.items()
                for column in found.get(heading, ())
            ]
            used = {event.column for event in events}.union(*found.values())
            found |= self._numbered_authors(used, first="作者" not in found)
            used = used.union(*found.values())
            free = [head for head in self.heads if head.column not in used]
            undeclared = {head.column: head.text for head in free if _is_about_events(head)}
            unsure = {head.column: head.text for head in free if self._is_about_authors(head)}
        columns = {heading: places[0] for heading, places in found.items()}
        used = {event.column for event in events}.union(*found.values(), undeclared, unsure)
        missing = [h.name for h in kind.headings if h.required and h.name not in found]
        if kind is SUBMISSION and "编号" in missing and (events or len(missing) == 1):
            missing = []  # known by their titles
        if kind.fact == "finding" and not found.keys() & {"编号", "姓名", "单位名称"}:
            missing.insert(0, "编号（或姓名、单位名称）")
        return Layout(
            kind,
            max(head.row for head in self.heads),
            columns,
            tuple(missing),
            tuple(_twice(found, _TOLD if kind is SUBMISSION else ())),
            {head.column: head.text for head in self.heads if head.column not in used},
            frozenset(self.texts),
            tuple(sorted(events, key=lambda event: event.column)),
            undeclared,
            {head.column: head.row for head in self.heads},
            self.context,
            {
                bare(head.text): self.decided[head.column]
                for head in self.heads
                if head.column in self.decided
            },
            unsure,
        )

    def _completed(self, found: Found) -> Found:
        """What is found, and what weak spellings and counters give to headings that lack it."""
        for heading in SUBMISSION.headings:
            if heading.name not in found and (places := self._weakly(heading, found)):
                found[heading.name] = places
        used = set().union(*found.values())
        free = {c: texts for c, texts in self.texts.items() if c not in used}
        counters = [c for c, texts in free.items() if COUNTERS & {*texts}]
        if self.words.settled.number_by_year and "编号" not in found and counters:
            found["编号"] = counters[:1]
        return found

    def _beside(self, found: Found, events: set[int]) -> Found:
        """What offices keep beside a title, and what the rulebook declares of it."""
        used = events.union(*found.values())
        declared = [one for fact in self.words.grammars for one in self.words.declared(fact)]
        spellings = _aliases(declared) | _BESIDE
        return self._under(spellings, {c: t for c, t in self.texts.items() if c not in used})

    def _numbered_authors(self, used: Collection[int], *, first: bool) -> Found:
        """Columns of one author each: `第一作者` and `第二作者`, `作者1` and `作者2`.

        Args:
            used: columns that are something else.
            first: whether the first of them is 作者; else that one has its column.
        """
        numbered = sorted(
            (_count(number), column)
            for column, texts in self.texts.items()
            if column not in used
            for text in texts[:2]
            if (match := _NUMBERED_AUTHOR.fullmatch(text))
            and (number := match["before"] or match["behind"])
        )
        found: Found = {}
        for number, column in numbered:
            taken = {c for columns in found.values() for c in columns}
            own = first and number == 1 and "作者" not in found
            if column not in taken and (own or number > 1):  # a second first one is unclear
                found["作者" if own else f"{CO_AUTHORS}{len(found) + 1}"] = [column]
        return found

    def _is_about_authors(self, head: Head) -> bool:
        """Whether it looks like authors, by a name that is not known: `其他作者`."""
        if head.column in self.decided:
            return False
        *above, lowest = bared(head) or [""]
        if _ABOUT_AUTHORS.search(lowest):
            return True
        return lowest in {"姓名", "名单"} and any(map(_ABOUT_AUTHORS.search, above))

    def _named_events(self, found: Found) -> Iterator[EventColumn]:
        """Columns over which a channel or a rank stands."""
        used = set().union(*found.values())
        for head in self.heads:
            if head.column in used:
                continue
            for fact, grammar in self.words.grammars.items():
                told = next(filter(None, map(grammar.column, together(head))), None)
                if told:
                    yield EventColumn(head.column, fact, told)
                    break


_FEW: Final = 2
_TITLE_HEADING: Final = next(h for h in SUBMISSION.headings if h.name == TITLE)


def _count(number: str) -> int:
    """A small number in digits or in characters."""
    if number.isascii():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_HAN.index(tens) if tens else 1) * 10 * bool(ten) + (_HAN.index(ones) if ones else 0)


_HAN: Final = "〇一二三四五六七八九"


def _is_about_events(head: Head) -> bool:
    """Whether it looks like a channel or a rank that is not declared: `国办采用`."""
    *above, lowest = bared(head) or [""]
    if _COUNTED.search(lowest):
        return False
    return bool(
        re.search(f"(?:{_ABOUT_EVENTS.pattern})$", lowest)
        or any(_OVER_EVENTS.fullmatch(group) for group in above)
    )


def _twice(found: Found, several: Collection[str]) -> Iterator[Twice]:
    for heading, places in found.items():
        if heading not in several:
            for place in places[1:]:
                yield Twice(heading, place, places[0])
