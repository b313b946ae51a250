"""How a report's parts are numbered, in every format: 一、 （一） 1. （1） and 附件1."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sqmy.days import in_chinese
from sqmy.reports.model import Block, Chart, Report, Section, Sentence, Table
from sqmy.text import han_number

_DEEPEST: Final = 4


class Heading(NamedTuple):
    """A section's heading with its number.

    Attributes:
        level: 1 for a section of the report itself, 2 for one within it.
        number: `一、`.
    """

    level: int
    number: str
    words: str

    def __str__(self) -> str:
        return self.number + self.words


Part = Heading | str | Sentence | Table | Chart
"""What stands in a report one below the other."""


def parts(body: Iterable[Block], level: int = 1) -> Iterator[Part]:
    """The body in the order of reading, sections taken apart and numbered."""
    place = 0
    for block in body:
        if not isinstance(block, Section):
            yield block
            continue
        if block.heading:
            place += 1
            yield Heading(level, heading_number(level, place), block.heading)
        yield from parts(block.body, min(level + bool(block.heading), _DEEPEST))


def heading_number(level: int, place: int) -> str:
    """The number of the section at that place, from 1, on a level from 1 to 4."""
    return (
        f"{han_number(place)}、",
        f"（{han_number(place)}）",
        f"{place}.",
        f"（{place}）",
    )[level - 1]


def enclosed(report: Report) -> Iterator[tuple[str, Section]]:
    """Each enclosure with how it is called: `附件`, or `附件1` and on where there are several."""
    several = len(report.enclosures) > 1
    for place, section in enumerate(report.enclosures, 1):
        yield f"附件{place if several else ''}", section


def signed(report: Report) -> Iterator[str]:
    """What stands below the body of a letter: list of enclosures, contact, signature, date."""
    listed = [section.heading for section in report.enclosures]
    if len(listed) == 1:
        yield f"附件：{listed[0]}"
    elif listed:
        yield "附件：" + "　".join(f"{n}.{title}" for n, title in enumerate(listed, 1))
    letter = report.letter
    if letter is None:
        return
    yield from (text for text in (letter.contact, letter.signature) if text)
    if letter.date:
        yield in_chinese(letter.date)
    if letter.remark:
        yield f"（{letter.remark}）"
