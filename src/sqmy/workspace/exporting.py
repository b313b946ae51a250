"""Exporting a ledger, or one scoring year of it, as the canonical workbook.

What it holds can be imported into a new ledger and comes to the same points. What the sheets
have no room for is told, in the workbook and to whoever exports.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqmy import terms
from sqmy.days import Period, in_chinese, periods, today
from sqmy.intake.headings import ASIDE
from sqmy.ledger import contents, reading, seals
from sqmy.register import Register
from sqmy.reports.canonical import Field, Page, Row, Sheet
from sqmy.workspace.canonical import columns, kind_of
from sqmy.workspace.desk import Desk
from sqmy.workspace.export_items import ItemRows
from sqmy.workspace.export_register import Called, Doubts, Words, member_rows, unit_rows
from sqmy.workspace.late import since_seals
from sqmy.workspace.new_file import new_file

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

_LATEST = "9999-12-31"
_PRIVATE = {"联系电话": "个", "正文": "篇", "批示内容": "处"}


class Exported(NamedTuple):
    """What was exported.

    Attributes:
        path: of the workbook.
        counts: rows of each sheet, by its name.
        notes: in sentences: how far back it reaches, what it leaves out, what to mind.
    """

    path: Path
    counts: dict[str, int]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        rows = "、".join(f"{name} {count} 行" for name, count in self.counts.items())
        return "\n".join((f"已导出到 {self.path}：{rows}。", *self.notes))


def export(
    desk: Desk, path: Path, year: int | None = None, progress: Progress | None = None
) -> Exported:
    """Write a new workbook.

    Args:
        desk: with an open ledger.
        path: of the workbook, which must not exist.
        year: the registers and the items of that scoring year alone: submitted in it or with
            an event in it, each with everything that ever became of it.
        progress: told from time to time how far it is.

    Raises:
        SqmyError: the file cannot stand there, or a sheet would be too long.
    """
    from sqmy.reports.render.canonical import write

    with desk.ledger.reading(), new_file(path, private=True) as file:
        made = _Workbook(desk, _period(desk, year) if year is not None else None)
        write(
            file,
            made.parts(),
            (lambda done: progress("写出表格", done, made.total)) if progress else None,
        )
    return Exported(path, made.counts, made.notes)


def _period(desk: Desk, year: int) -> Period:
    rulebook = desk.rulebook_of(desk.edition_on(f"{year}-12-31"))
    return periods(year, "year", rulebook.year.start)[0]


class _Workbook:
    """What stands in the workbook, made as it is written.

    Attributes:
        counts: rows written of each sheet.
        private: how many phones, texts and leaders' words are among them.
        total: rows of items and events that there will be.
        notes: what there is to say, once everything is written.
    """

    def __init__(self, desk: Desk, year: Period | None) -> None:
        self.desk = desk
        self.year = year
        self.counts: dict[str, int] = {}
        self.private: Counter[str] = Counter()
        self.notes: tuple[str, ...] = ()
        ledger = desk.ledger
        self.items = contents.items(ledger, year)
        wanted = frozenset(self.items)
        self.events = {
            kind: contents.events_of(ledger, kind, wanted, year) for kind in contents.EVENTS
        }
        self.total = len(self.items) + sum(map(len, self.events.values()))
        self.register = reading.register(ledger)
        self.doubts = Doubts()
        self.called = Called(self.register, year.last if year else _LATEST, self.doubts)
        self.attributes = self._attributes()
        self.words = Words(desk.vocabulary, self.doubts)
        self.rows = ItemRows(ledger, self.called, self.words, self.attributes)

    def parts(self) -> Iterator[Sheet | Page]:
        """The sheets in the order in which an import records them, and a page about them."""
        yield self._sheet("unit", unit_rows(self.called, self.words))
        yield self._sheet(
            "member", member_rows(self.called, self.words, contents.phones(self.desk.ledger))
        )
        yield self._sheet("submission", self.rows.submissions(self.items))
        for kind, wanted in self.events.items():
            yield self._sheet(kind, self.rows.events(kind, wanted))
        self.notes = tuple(self._notes())
        yield Page("导出说明", f"导出说明（{ASIDE}）", (*self._origin(), *self.notes))

    def _sheet(self, fact: str, rows: Iterable[Row]) -> Sheet:
        kind = kind_of(fact)
        further = {
            heading.name: self._further(fact, _FIELDS[heading.name])
            for heading in kind.headings
            if heading.long
        }
        made = columns(kind, self.desk.vocabulary, self.attributes.get(fact, ()), further)
        fields = tuple(column.field for column in made)
        return Sheet(kind.label, fields, self._counted(kind.label, fields, rows))

    def _counted(self, name: str, fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[Row]:
        """The rows; counts them, and what in them is private."""
        private = [(n, f.heading) for n, f in enumerate(fields) if f.heading in _PRIVATE]
        self.counts[name] = 0
        for row in rows:
            self.counts[name] += 1
            for place, heading in private:
                self.private[heading] += row[place] is not None
            yield row

    def _further(self, fact: str, field: str) -> int:
        """In how many more cells than one the longest text of a field goes on."""
        from sqmy.reports.render.canonical import SURELY_FITS, pieces

        longer = contents.texts(self.desk.ledger, fact, field, SURELY_FITS, frozenset(self.items))
        return max((len(pieces(text)) for text in longer), default=1) - 1

    def _attributes(self) -> dict[str, list[str]]:
        """The headings of attributes: those declared, and others that are there."""
        vocabulary = self.desk.vocabulary
        found: dict[str, list[str]] = {}
        for kind in ("submission", "adoption", "instruction", "finding"):
            known = vocabulary.attributes_of(kind)
            held = contents.attribute_names(self.desk.ledger, kind)
            held = [name for name in held if name != terms.OWN_FORM]  # under 采用方式
            found[kind] = list(dict.fromkeys((*known, *held)))
            for name in found[kind]:
                if name not in known:
                    label = kind_of(kind).label
                    self.doubts.add("导入不认这一列，再导入时不读", f"{label}表的“{name}”")
        return found

    def _origin(self) -> Iterator[str]:
        seq, head = reading.head(self.desk.ledger)
        rulebook = self.desk.rulebook
        yield f"由台账第 {seq} 项登记时的内容导出，{in_chinese(today())}。校验码 {seq}:{head}"
        yield (
            f"再导入时，新台账须用同一份计分办法建账：《{rulebook.name}》{rulebook.edition}"
            "（sqmy init --rules）。"
        )

    def _notes(self) -> Iterator[str]:
        if self.year:
            yield (
                f"只有{self.year.chinese}的信息：当年报送的，和当年有审核、上报、采用、批示、"
                "认定的，连同它们历年的全部经过；单位和人员是全部的。"
            )
        years = [year for year, *_ in seals.sealed(self.desk.ledger)]
        wanted = [int(self.year.label)] if self.year else dict.fromkeys(years)
        yield from since_seals(self.desk, wanted)
        yield _left_out(contents.beside(self.desk.ledger), self.register)
        if self.rows.latest > today():
            yield f"有今天以后的日期（最晚 {self.rows.latest}），再导入要加 --future。"
        yield from self.doubts.told()
        told = "、".join(
            f"{what} {count} {_PRIVATE[what]}" for what, count in self.private.items() if count
        )
        yield (
            (f"文件里有{told}，" if told else "")
            + ("文件只有本人能读写。" if os.name == "posix" else "请妥善保管。")
            + "发给别人以前，请先删去不该外传的。"
        )


_FIELDS = {"正文": "body", "审核意见": "opinion", "批示内容": "content", "认定依据": "grounds"}
"""The field of a fact that a long text stands in, by its heading."""


def _left_out(beside: contents.Beside, register: Register) -> str:
    """The sentence about what the sheets have no room for."""
    renamed = sum(
        len({state.name for state in unit.states}) > 1 for unit in register.units.values()
    )
    counted = {
        f"改过名的单位 {renamed} 个的旧名起止（旧名写成简称）": renamed,
        f"人员调动 {beside.moves} 次（只写一个单位）": beside.moves,
        f"人员合并 {beside.mergers} 项（写成一人）": beside.mergers,
        f"人员别名 {beside.member_aliases} 个": beside.member_aliases,
        f"认读 {beside.recognitions} 项": beside.recognitions,
        f"附件 {beside.attachments} 份": beside.attachments,
        f"更正 {beside.amendments} 次的旧稿和理由": beside.amendments,
        f"撤销 {beside.voids} 项": beside.voids,
        f"依法抹除 {beside.erased} 处": beside.erased,
        f"封存 {beside.seals} 次的结果": beside.seals,
    }
    told = "".join(f"、{what}" for what, count in counted.items() if count)
    return f"没有写进表格的：登记人、登记时间和校验链、计分办法{told}。完整保存请用 sqmy backup。"
