"""Several offices' years side by side, as a city looks at its counties.

Each office is scored by its own rulebook; points are added up nowhere, because two regulations'
points are not one currency. What can be counted is counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sqmy import points
from sqmy.reports.model import Cell, Column, Report, Table
from sqmy.reports.scores import YearScores, beside
from sqmy.scoring.book import Holder


class OfficeYear(NamedTuple):
    """An office's year.

    Attributes:
        name: the office.
        submitted: items submitted.
        adopted: items adopted, by channel in the order of the rulebook.
        adopted_anywhere: items adopted by any channel.
        instructed: leaders' instructions, by rank in the order of the rulebook.
    """

    name: str
    scores: YearScores
    submitted: int
    adopted: Mapping[str, int]
    adopted_anywhere: int
    instructed: Mapping[str, int]


def rollup_report(offices: Sequence[OfficeYear]) -> Report:
    """The offices' counts with a sum, then every unit and every member."""
    year = offices[0].scores.book.year
    used = {source.sha256 for office in offices for source in office.scores.sources}
    same = (
        "各地用的是同一版计分办法。"
        if len(used) == 1
        else "各地各按自己的计分办法计分，分数不能相加，也不宜互比。"
    )
    return Report(
        f"{year.chinese}各地社情民意信息汇总",
        (_summary(offices), _units(offices), _members(offices)),
        notes=(same, *_sealed(offices)),
    )


def _sealed(offices: Sequence[OfficeYear]) -> Iterator[str]:
    """Whose figures are published ones."""
    for office in offices:
        if sealed := office.scores.sealed:
            yield f"{office.name}　{'；'.join(sealed.told())}。"


def _summary(offices: Sequence[OfficeYear]) -> Table:
    channels = _labels([office.adopted for office in offices])
    ranks = _labels([office.instructed for office in offices])
    headings = (
        *("单位", "人员", "报送", "采用"),
        *(f"{channel}采用" for channel in channels),
        *(f"{rank}批示" for rank in ranks),
    )
    columns = (Column("地方"), *(Column(heading, "right") for heading in headings))
    rows: list[tuple[int, ...]] = [
        (
            len(office.scores.book.units),
            len(office.scores.book.members),
            office.submitted,
            office.adopted_anywhere,
            *(office.adopted.get(channel, 0) for channel in channels),
            *(office.instructed.get(rank, 0) for rank in ranks),
        )
        for office in offices
    ]
    told: list[tuple[Cell, ...]] = [
        (office.name, *row) for office, row in zip(offices, rows, strict=True)
    ]
    told.append(("合计", *(sum(column) for column in zip(*rows, strict=True))))
    note = "一条信息被几家采用，在各家名下各计一条，在「采用」里只计一条。"
    return Table(f"各地情况（{len(offices)} 处）", columns, tuple(told), notes=(note,))


def _labels(counted: Sequence[Mapping[str, int]]) -> list[str]:
    """Every label, in the order in which the offices name them."""
    return list(dict.fromkeys(label for one in counted for label in one))


def _units(offices: Sequence[OfficeYear]) -> Table:
    return _holders("单位", ("单位", "类别", "考评序列"), [
        (office, holder, (holder.name, holder.kind, holder.peer_group or ""))
        for office in offices
        for holder in office.scores.book.units
    ])  # fmt: skip


def _members(offices: Sequence[OfficeYear]) -> Table:
    return _holders("个人", ("姓名", "单位"), [
        (office, holder, (holder.name, holder.unit))
        for office in offices
        for holder in office.scores.book.members
    ])  # fmt: skip


def _holders(
    title: str, who: Sequence[str], holders: Sequence[tuple[OfficeYear, Holder, tuple[str, ...]]]
) -> Table:
    columns = (
        Column("地方"),
        *map(Column, who),
        Column("当地名次", "right"),
        Column("得分", "right"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (office.name, *named, holder.standing, office.scores.number(holder.total))
        for office, holder, named in holders
    )
    return Table(f"{title}（{len(rows)}）", columns, rows)


def rollup_json(offices: Sequence[OfficeYear]) -> dict[str, Any]:
    """The same for programs; lines of points are each office's own `score` to tell."""
    return {
        "year": int(offices[0].scores.book.year.label),
        "offices": [
            {
                "office": office.name,
                "rulebooks": [
                    {"name": s.name, "edition": s.edition, "sha256": s.sha256}
                    for s in office.scores.sources
                ],
                "ledger": {"seq": office.scores.seq, "head": office.scores.head},
                **beside(office.scores),
                "submitted": office.submitted,
                "adopted": office.adopted_anywhere,
                "adopted_by": _counted(office.adopted),
                "instructed_by": _counted(office.instructed),
                "units": [
                    {"name": h.name, "kind": h.kind, "peer_group": h.peer_group} | _total(office, h)
                    for h in office.scores.book.units
                ],
                "members": [
                    {"name": h.name, "unit": h.unit} | _total(office, h)
                    for h in office.scores.book.members
                ],
            }
            for office in offices
        ],
    }


def _counted(counts: Mapping[str, int]) -> list[dict[str, str | int]]:
    return [{"label": label, "count": count} for label, count in counts.items()]


def _total(office: OfficeYear, holder: Holder) -> dict[str, str | int]:
    total: Fraction = holder.total
    return {
        "points": office.scores.shown(holder),
        "exact": points.exact(total),
        "rank": holder.standing,
    }
