"""What stands over each column: the texts of one to three rows of headings, from the top down.

A heading may stand over several columns (`采用情况` over `市政协` and `省政协`), merged or with the
cells to its right left blank, and beside it one that reaches over all rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqmy.intake.grid import MAX_COLUMNS, Merged, Row
from sqmy.intake.headings import bare

DEEPEST = 3
"""Rows of headings at the most."""

Tops = Mapping[int, Sequence[Merged]]
"""Merged ranges by their first row."""


class Part(NamedTuple):
    """One text over a column; `wide` if it stands over several columns."""

    text: str
    wide: bool


class Head(NamedTuple):
    """What stands over a column.

    Attributes:
        column: from 1.
        row: where the lowest of the texts stands.
        parts: the texts from the top down; one that reaches over several rows stands once.
    """

    column: int
    row: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """`采用情况/市政协`."""
        return "/".join(" ".join(part.text.split()) for part in self.parts)


class _Span(NamedTuple):
    text: str
    top: int
    left: int
    right: int
    merged: bool = False

    @property
    def wide(self) -> bool:
        return self.right > self.left


def tops(merged: Iterable[Merged]) -> Tops:
    """Merged ranges, to be asked for by their first row."""
    found: defaultdict[int, list[Merged]] = defaultdict(list)
    for one in merged:
        found[one.top].append(one)
    return found


def blocks(rows: Sequence[Row], start: int, merged: Tops) -> Iterator[Sequence[Row]]:
    """The rows from `start` on that may be rows of headings together, the fewest first.

    Where a merged heading reaches down into the next row, that row belongs to them.
    """
    block = list(rows[start : start + 1])
    if not any(isinstance(value, str) for value in block[0].values.values()):
        return
    for row in rows[start + 1 : start + DEEPEST]:
        near = row.number - block[0].number < DEEPEST and is_text(row)
        if not (near and _reached(block, row, merged)):
            yield block
            if not (near and _goes_on(block, row, merged)):
                return
        block = [*block, row]
    yield block


def over(block: Sequence[Row], merged: Tops) -> tuple[Head, ...]:
    """The heads of all columns over which something stands."""
    spans = [_spans(block, place, merged) for place in range(len(block))]
    return tuple(
        _head(column, [row[column] for row in spans if column in row])
        for column in sorted({column for row in spans for column in row})
    )


def _head(column: int, spans: Sequence[_Span]) -> Head:
    parts = {span.text: Part(span.text, span.wide) for span in spans}
    return Head(column, spans[-1].top, tuple(parts.values()))


def is_text(row: Row) -> bool:
    """Whether there is nothing but text in the row."""
    return all(isinstance(value, str) for value in row.values.values())


def _reached(block: Sequence[Row], row: Row, merged: Tops) -> bool:
    """Whether a merged heading of these reaches down into the row."""
    return any(
        one.left == one.right and one.left in above.values and one.bottom >= row.number
        for above in block
        for one in merged.get(above.number, ())
    )


def _goes_on(block: Sequence[Row], row: Row, merged: Tops) -> bool:
    """Whether the row may go on with the headings above it, and is no row of data.

    Each of its cells stands under a blank or under a heading over several columns; or most do,
    and it has nothing under the first heading, as a row of data would.
    """
    above = _spans([*block, row], len(block) - 1, merged)
    under_wide = [column in above and above[column].wide for column in row.values]
    if 2 * sum(under_wide) > len(under_wide) and min(row.values) > min(block[0].values):
        return True
    return all(
        wide or column not in above for column, wide in zip(row.values, under_wide, strict=True)
    )


def _spans(block: Sequence[Row], place: int, merged: Tops) -> dict[int, _Span]:
    """The texts of one row of headings, by each column that they stand over."""
    row = block[place]
    spans: dict[int, _Span] = {}
    for above in block[: place + 1]:
        for one in merged.get(above.number, ()):
            text = above.values.get(one.left)
            if one.bottom >= row.number and isinstance(text, str):
                right = min(one.right, MAX_COLUMNS)
                span = _Span(text, above.number, one.left, right, merged=True)
                spans.update(dict.fromkeys(range(one.left, right + 1), span))
    for column, text in row.values.items():
        if column not in spans and isinstance(text, str):
            spans[column] = _Span(text, row.number, column, column)
    _widen(spans, {column for under in block[place + 1 :] for column in under.values})
    return spans


def _widen(spans: dict[int, _Span], below: set[int]) -> None:
    """Let texts reach over the blanks, or the same text, to their right, where both have cells
    below: so headings look that were merged in another program.
    """  # noqa: D205
    for column in sorted(below):
        before, here = spans.get(column - 1), spans.get(column)
        if column - 1 not in below or before is None or before.merged:
            continue
        if here is None or (here.text == before.text and not here.merged):
            wider = before._replace(right=column)
            spans.update(dict.fromkeys(range(before.left, column + 1), wider))


def bared(head: Head) -> list[str]:
    """The texts over a column as they are compared, from the top down."""
    return [text for part in head.parts if (text := bare(part.text))]


def readings(head: Head) -> Iterator[str]:
    """What a head may be read as: with what stands above it, alone, or as what is above it.

    `采用情况` over `时间` is 采用时间, `反映人` over `姓名` is 反映人姓名. A heading is not read
    as what stands above several columns.
    """
    *above, lowest = bared(head) or [""]
    for group in reversed(above):
        yield group.removesuffix("情况") + lowest
    yield lowest
    if above and not head.parts[-2].wide:
        yield above[-1]


def together(head: Head) -> Iterator[str]:
    """The lowest heading, and with more and more of what stands above it."""
    texts = bared(head)
    for first in range(len(texts) - 1, -1, -1):
        yield "".join(texts[first:])
