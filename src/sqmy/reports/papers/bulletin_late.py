"""补记和更正: what was recorded of an earlier part of the year after its result was sealed.

The published figures of that part stand. What was recorded of it since stands in the totals of
the year so far, and its points among those of this period: here is told what and how much, so
that the figures of one bulletin follow from those of the last.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from sqmy.reports.correction import (
    OTHERS,
    Correction,
    Reason,
    correction_json,
    lines_table,
    obligations_table,
)
from sqmy.reports.model import Cell, Column, Number, Section, Sentence, Table
from sqmy.reports.papers.periods import short
from sqmy.reports.papers.phrasing import Piece, listed
from sqmy.reports.tally import Count, Span, total

_MEASURES: Final = {"报送": "submitted", "采用": "adopted", "批示": "instructions"}


def _signed(more: int) -> Cell:
    return Number(Fraction(more), 0, signed=True) if more else 0


def _references(reasons: Sequence[Reason]) -> str:
    """Where the reasons stand, which are told above."""
    return "、".join(f"F{one.fact}" for one in reasons) or OTHERS


class Late(NamedTuple):
    """What has come since an earlier part of the year was sealed.

    Attributes:
        correction: the points that are others by it.
        recorded: the facts, in the order of recording.
        published, now: what was counted from the year's first day to the seal's last, when it
            was sealed and for this bulletin.
        follows: the bulletin's period begins on the day after.
    """

    correction: Correction
    recorded: tuple[Reason, ...]
    published: Span
    now: Span
    follows: bool

    def __bool__(self) -> bool:
        return bool(self.recorded or self.correction.differences)

    @property
    def earns(self) -> bool:
        """Whether points of the bulletin's own period hold those of what came late."""
        return self.follows and bool(self.correction.differences.holders)

    def sentence(self, measure: str, enclosed: str) -> Sentence:
        """For the bulletin's text.

        Args:
            measure: of items, `条`.
            enclosed: where the rest is told, `附件3`.
        """
        then, now = total(self.published), total(self.now)
        counted_in = {"批示": "件次"}
        moved: list[list[Piece]] = [
            [name, "增加" if more > 0 else "减少", abs(more), counted_in.get(name, measure)]
            for name, field in _MEASURES.items()
            if (more := getattr(now, field) - getattr(then, field))
        ]
        where = "，得分计入本期" if self.earns else ""
        told = listed(moved, "、")
        counted: tuple[Piece, ...] = ("：", *told.parts, "，计入累计") if told else ("，计入累计",)
        return Sentence(
            (
                f"{self.correction.period}得分封存以后补登、撤销和更正的{len(self.recorded)}项",
                *counted,
                f"{where}，不改变原公布的得分和名次，见{enclosed}。",
            )
        )

    def section(self, so_far: Span, label: str) -> Section:
        """The enclosure.

        Args:
            so_far: what was counted from the year's first day to the bulletin's last.
            label: what the column of that is called.
        """
        return Section("补记和更正", tuple(self._tables(total(so_far), label)))

    def _tables(self, so_far: Count, label: str) -> Iterator[Table]:
        then, now = total(self.published), total(self.now)
        until = self.correction.sealed.until
        rows = tuple(
            (
                name,
                getattr(then, field),
                _signed(getattr(now, field) - getattr(then, field)),
                getattr(so_far, field) - getattr(now, field),
                getattr(so_far, field),
            )
            for name, field in _MEASURES.items()
        )
        heads = (f"{short(until)}止原公布", "补记和更正", "此后至本期末", label)
        yield Table(
            "累计数的由来",
            (Column("项目"), *(Column(head, "right") for head in heads)),
            rows,
            (f"原公布的不因补记而变：{self.correction.sealed.identified()}。",),
        )
        if self.recorded:
            told = tuple(
                (f"F{one.fact}", f"{one.words}（{one.day} 登记）") for one in self.recorded
            )
            columns = (Column("登记号", "center"), Column("事项", width=100))
            yield Table(f"补记和更正的事项（{len(told)} 项）", columns, told)
        for table in (lines_table, obligations_table):
            if (made := table(self.correction, _references)).rows:
                yield made

    def value(self) -> dict[str, Any]:
        """For programs."""
        then, now = total(self.published), total(self.now)
        told = correction_json(self.correction)
        return {
            "until": self.correction.sealed.until,
            "sealed": told["sealed"],
            "counts": {
                field: {"published": getattr(then, field), "current": getattr(now, field)}
                for field in _MEASURES.values()
            },
            "recorded": [
                {"fact": f"F{one.fact}", "recorded": one.day, "what": one.words}
                for one in self.recorded
            ],
            "changes": told["changes"],
            "quotas": told["quotas"],
        }
