"""Candidates for a year's awards, with reasons: who is on each list, who missed it and by what."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from sqmy import points
from sqmy.reports.model import Cell, Column, Number, Report, Section, Table
from sqmy.reports.scores import YearScores, basis, beside
from sqmy.reports.sealed import Sealed
from sqmy.scoring.awards import AwardList
from sqmy.scoring.choosing import METRICS, Candidate

_SHOWN = 20
"""So many of those who are not on a list are shown; all of them in JSON and in a workbook."""


class YearAwards(NamedTuple):
    """A year's awards.

    Attributes:
        scores: the year's points.
        lists: of the year and of its parts.
        sealed: by title, the lists of parts that were sealed by themselves.
    """

    scores: YearScores
    lists: tuple[AwardList, ...]
    sealed: Mapping[str, Sealed] = MappingProxyType({})


def awards_report(awards: YearAwards, *, whole: bool = False) -> Report:
    """Every award with its list, what is to be decided, and who missed it.

    Args:
        awards: the year's.
        whole: show all who missed, however many.
    """
    body = tuple(_section(one, awards.sealed.get(one.title), whole=whole) for one in awards.lists)
    title = f"{awards.scores.book.year.chinese}评先候选名单"
    none = "还没有到评先的时候" if awards.scores.rulebook.awards else "计分办法没有写「评先」"
    lead = () if body else (f"{none}，没有名单。",)
    return Report(title, body, lead=lead, basis=basis(awards.scores))


def _section(one: AwardList, sealed: Sealed | None, *, whole: bool) -> Section:
    tables = [_listed(one)]
    if sealed:
        tables[0] = tables[0]._replace(notes=(*tables[0].notes, f"{'；'.join(sealed.told())}。"))
    if one.to_decide:
        rows = tuple(_who(one, c, ()) for c in one.to_decide)
        tables.append(Table(f"同分，名额不够，提请研究（{len(rows)} 个）", _columns(one), rows))
    missed = one.missed if whole else one.missed[:_SHOWN]
    if missed:
        rows = tuple(_who(one, each.candidate, ("；".join(each.reasons),)) for each in missed)
        more = len(one.missed) - len(missed)
        notes = (f"还有 {more} 个没有列出；--to 写成 .xlsx 或 .json 可看全部。",) if more else ()
        columns = (*_columns(one), Column("为什么"))
        tables.append(Table(f"没有列入（{len(one.missed)} 个）", columns, rows, notes))
    return Section(f"{one.heading}（{one.award.clause}）", tuple(tables))


def _columns(one: AwardList) -> tuple[Column, ...]:
    who = {"unit": "单位", "member": "姓名", "item": "信息"}[one.award.kind]
    grouped = one.award.groups != "together"
    return (
        *((Column("组别"),) if grouped else ()),
        Column(who),
        *((Column("所在单位"),) if one.award.kind == "member" else ()),
        *(Column(METRICS[metric], "right") for metric in _metrics(one)),
    )


def _metrics(one: AwardList) -> tuple[str, ...]:
    return ("points",) if one.award.kind == "item" else one.award.sort


def _who(one: AwardList, candidate: Candidate, more: tuple[Cell, ...]) -> tuple[Cell, ...]:
    grouped = one.award.groups != "together"
    return (
        *((candidate.group,) if grouped else ()),
        candidate.name,
        *((candidate.unit,) if one.award.kind == "member" else ()),
        *(_cell(m, v) for m, v in zip(_metrics(one), candidate.order, strict=True)),
        *more,
    )


def _cell(metric: str, value: Fraction) -> Cell:
    if metric == "rate":
        return Number(value, 1, percent=True, trimmed=True)
    return Number(value, 2) if metric == "points" else value.numerator


def _listed(one: AwardList) -> Table:
    graded = any(placed.grade for placed in one.listed)
    columns = (Column("名次", "right"), *((Column("等次"),) if graded else ()), *_columns(one))
    rows = tuple(
        (
            placed.place,
            *((placed.grade,) if graded else ()),
            *_who(one, placed.candidate, ()),
        )
        for placed in one.listed
    )
    notes = () if rows else ("没有。",)
    return Table(f"列入（{len(rows)} 个）", columns, rows, notes)


def awards_json(awards: YearAwards) -> dict[str, Any]:
    """For programs: every award, with all candidates."""
    return {
        "year": int(awards.scores.book.year.label),
        "awards": [
            {
                "award": one.award.label,
                "period": one.period.label,
                "clause": one.award.clause,
                "kind": one.award.kind,
                "listed": [
                    {"place": p.place, "grade": p.grade or None, **_candidate(one, p.candidate)}
                    for p in one.listed
                ],
                "to_decide": [_candidate(one, each) for each in one.to_decide],
                "missed": [
                    {**_candidate(one, each.candidate), "reasons": list(each.reasons)}
                    for each in one.missed
                ],
            }
            for one in awards.lists
        ],
        **beside(awards.scores),
    }


def _candidate(one: AwardList, candidate: Candidate) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "unit": candidate.unit or None,
        "group": candidate.group or None,
        **{
            metric: points.exact(value)
            for metric, value in zip(_metrics(one), candidate.order, strict=True)
        },
    }
