"""A year's points by the packaged rulebook, computed a second time and as plainly as possible.

Shares no code with `sqmy` and reads no rulebook: it is meant to be read beside
`docs/interpretation.md`, whose numbers (口径) stand in the comments. Input: a county as in
`counties.py`. Days are ISO texts, which compare as days do; points are fractions.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any, NamedTuple

from counties import County, Row

Json = dict[str, Any]
Person = tuple[str, str]  # 姓名, 单位: two people may share a name, never both
Tenure = tuple[str, str, str]  # a role (or a unit's kind), its first and its last day
Line = tuple[str, Fraction, str | None]  # clause, points, submission

RESIDENT = ("驻市政协委员", "驻省政协委员")
# 口径2, 口径10: what an adoption earns, by channel. 县政协 earns nothing and is not here.
ADOPTION = {"市政协": ("六(二)2", 5), "省政协": ("六(二)4", 10), "全国政协": ("六(二)6", 20)}
# 口径3, 口径10: what an instruction earns, by the leader's rank, within each level.
INSTRUCTION = {
    "六(二)3": {"市委市政府主要领导": 10, "市委市政府分管领导": 5},
    "六(二)5": {"省级领导": 10},
    "六(二)7": {"国家领导人": 20},
}
QUARTERS = ("Q1 01-01 03-31", "Q2 04-01 06-30", "Q3 07-01 09-30", "Q4 10-01 12-31")
# 口径7: role or unit kind, what is counted, how many, in each of which periods, whether binding.
QUOTAS = (
    ("常委", "submitted", 1, QUARTERS, True),
    ("特邀信息员", "submitted", 1, QUARTERS, True),
    ("委员", "submitted", 1, (" 01-01 12-31",), True),
    ("委室", "submitted", 1, QUARTERS, True),
    ("委室", "adopted", 2, (" 01-01 12-31",), False),
)


class Item(NamedTuple):
    """One submission, with what happened to it in the year."""

    number: str
    day: str
    authors: list[Person]
    units: list[str]
    by_unit: bool  # 署名 = 单位
    resident: bool  # has authors, all of them resident members on its day (口径5)
    channels: set[str]  # that adopted it in the year, in whatever form (口径2, 口径3)
    ranks: set[str]  # of the leaders who gave an instruction on it in the year
    found: bool  # a finding on it is dated in the year (口径6)


def expected(county: County, year: int) -> Json:
    """`members`, `units` and `quotas` of `score --year YEAR --format json`, without roundings."""
    people, units = _people(county), _units(county, f"{year}-12-31")
    items = [_item(county, row, people, year) for row in county["报送"]]
    lines: dict[Person | str, list[Line]] = defaultdict(list)
    for item in items:
        for clause, points in _earned(item):
            # 口径4, 口径5: signed by the unit, or by resident members only: unit lines only.
            for author in [] if item.by_unit or item.resident else item.authors:
                lines[author].append((clause, Fraction(points, len(item.authors)), item.number))
            for unit in item.units:
                lines[unit].append((clause, Fraction(points, len(item.units)), item.number))
    members: list[Json] = []
    offices: list[Json] = []
    quotas: list[Json] = []
    for person, tenures in people.items():
        if _is_listed(tenures, lines[person], year):
            own = [item for item in items if person in item.authors and not item.by_unit]  # 口径7
            due = _obligations({"holder": person[0], "holder_type": "member", "unit": person[1]},
                               tenures, own, year)  # fmt: skip
            whose = {"name": person[0], "unit": person[1], "peer_group": None}
            members.append(whose | {"lines": lines[person] + _twenty(due)})
            quotas += due
    for unit, row in units.items():
        if row.get("参评") != "否":  # 口径9
            own = [item for item in items if unit in item.units]
            always = [(row["单位类别"], "0000", "9999")]  # 口径7: a unit always holds its kind
            due = _obligations({"holder": unit, "holder_type": "unit", "unit": unit},
                               always, own, year)  # fmt: skip
            group = row.get("考评序列") or None
            whose = {"name": unit, "kind": row["单位类别"], "peer_group": group}
            offices.append(whose | {"lines": lines[unit] + _twenty(due)})
            quotas += due
    return {"members": _ranked(members), "units": _ranked(offices), "quotas": quotas}


def _people(county: County) -> dict[Person, list[Tenure]]:
    """Everyone in the order of the register; an appointment without a day is open on that side."""
    people: dict[Person, list[Tenure]] = {}
    for row in county["人员"]:
        tenure = row["身份"], row.get("任职开始") or "0000", row.get("任职结束") or "9999"
        people.setdefault((row["姓名"], row["单位"]), []).append(tenure)
    return people


def _units(county: County, day: str) -> dict[str, Row]:
    """Each unit, in the order of the register, as it is on the day; else as it first will be."""
    states: dict[str, Row] = {row["单位名称"]: {} for row in county["单位"]}
    for row in sorted(county["单位"], key=lambda row: row.get("生效日期") or ""):
        if not states[row["单位名称"]] or (row.get("生效日期") or "") <= day:
            states[row["单位名称"]] = row
    return states


def _item(county: County, row: Row, people: dict[Person, list[Tenure]], year: int) -> Item:
    """A row of 报送 and the facts that point to it. 口径1: each counts in the year of its day."""

    def column(sheet: str, heading: str, since: str = "") -> set[str]:
        facts = [fact for fact in county[sheet] if fact.get("编号") == row["编号"]]
        dated = [(fact[f"{sheet}日期"], fact[heading]) for fact in facts]
        return {cell for day, cell in dated if day[:4] == str(year) and day >= since}

    def is_resident(person: Person) -> bool:  # 口径7: first and last day included
        return any(role in RESIDENT and a <= row["报送日期"] <= b for role, a, b in people[person])

    cells = (row.get("作者") or "").split("、")
    authors = [p for cell in cells for p in people if cell in (p[0], f"{p[0]}（{p[1]}）")]
    return Item(
        number=row["编号"],
        day=row["报送日期"],
        authors=authors,
        units=row["报送单位"].split("、"),
        by_unit=row.get("署名") == "单位",
        resident=bool(authors) and all(is_resident(person) for person in authors),
        channels=column("采用", "采用单位"),
        ranks=column("批示", "领导级别", since=row["报送日期"]),  # 口径3: from that day on
        found=bool(column("认定", "认定类型")),
    )


def _earned(item: Item) -> list[tuple[str, int]]:
    """What the item earns and loses in the year before sharing; one entry for each reason."""
    earned = [ADOPTION[channel] for channel in ADOPTION if channel in item.channels]  # 口径2
    for clause, by_rank in INSTRUCTION.items():  # 口径3: the highest of each level, once
        points = [by_rank[rank] for rank in by_rank if rank in item.ranks]
        earned += [(clause, max(points))] if points else []
    if item.resident and item.channels & ADOPTION.keys():  # 口径5: once, whoever signed
        earned.append(("六(二)10", 5))
    if item.found:  # 口径6: once, however many findings
        earned.append(("六(二)11", -10))
    return earned


def _is_listed(tenures: list[Tenure], lines: list[Line], year: int) -> bool:
    """口径9: a local role in the year; or a share, and a local role at some time before."""
    local = [(start, end) for role, start, end in tenures if role not in RESIDENT]
    begun = [end for start, end in local if start <= f"{year}-12-31"]
    return any(end >= f"{year}-01-01" for end in begun) or bool(begun and lines)


def _obligations(whose: Json, tenures: list[Tenure], own: list[Item], year: int) -> list[Json]:
    """口径7: what was due from one holder in the year, and how much of it was done."""
    counted = [item for item in own if not item.found]  # 口径6
    due: list[Json] = []
    for role, metric, required, periods, binding in QUOTAS:
        for period in periods:
            suffix, *days = period.split(" ")
            first, last = (f"{year}-{day}" for day in days)
            submitted = [item for item in counted if first <= item.day <= last]
            adopted = [item for item in counted if item.channels]
            actual = len(submitted if metric == "submitted" else adopted)
            row = {"role": role, "metric": metric, "period": f"{year}{suffix}", "period_end": last,
                   "required": required, "actual": actual, "met": actual >= required,
                   "binding": binding, "clause": "五(三)"}  # fmt: skip
            if any(held == role and start <= last <= end for held, start, end in tenures):
                due.append(whose | row)
    return due


def _twenty(due: list[Json]) -> list[Line]:
    """口径8: something binding was due, and all of it was done."""
    binding = [row["met"] for row in due if row["binding"]]
    return [("六(二)1", Fraction(20), None)] if binding and all(binding) else []


def _ranked(holders: list[Json]) -> list[Json]:
    """Totals, standings 1, 2, 2, 4 within the peer group; by standing, then as registered."""
    for holder in holders:
        holder["exact"] = sum((points for _, points, _ in holder["lines"]), Fraction(0))
    for holder in holders:
        peers = [other for other in holders if other["peer_group"] == holder["peer_group"]]
        holder["rank"] = 1 + sum(other["exact"] > holder["exact"] for other in peers)
    for holder in holders:
        holder["exact"] = str(holder["exact"])
        holder["lines"] = [
            {"clause": clause, "exact": str(points), "submission": number}
            for clause, points, number in holder["lines"]
        ]
    return sorted(holders, key=lambda holder: int(holder["rank"]))


def canonical(book: Json) -> Json:
    """What `expected` gives of a score's JSON, and no more; lines and quotas in a fixed order."""
    quota_keys = ("holder", "holder_type", "unit", "role", "metric", "period", "period_end",
                  "required", "actual", "met", "binding", "clause")  # fmt: skip
    result: Json = {"quotas": _ordered(book["quotas"], quota_keys)}
    for sheet, own in (("members", "unit"), ("units", "kind")):
        result[sheet] = [
            {key: holder[key] for key in ("name", own, "peer_group", "exact", "rank")}
            | {"lines": _ordered(holder["lines"], ("clause", "submission", "exact"))}
            for holder in book[sheet]
        ]
    return result


def _ordered(rows: list[Json], keys: tuple[str, ...]) -> list[Json]:
    """The rows cut to the keys and ordered by them."""
    cut = [{key: row[key] for key in keys} for row in rows]
    return sorted(cut, key=lambda row: [str(row[key]) for key in keys])
