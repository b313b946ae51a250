"""Random small fictitious counties, as rows of the import sheets (`docs/sheets.md`).

`county(seed)` depends on nothing but its seed. The counties are made to be awkward, not to be
likely: dates crowd on the first and last days of quarters and of appointments, and everything
that the readings (`docs/interpretation.md`) distinguish comes up often and mixed.

Left out on purpose, because the documents leave it open: a change row of a unit with blank
cells, overlapping appointments to the same role, several roles in one cell, the same row twice.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

Row = dict[str, str]
County = dict[str, list[Row]]
Appointment = tuple[str, date | None, date | None]  # role, first and last day; None is open

FIRST, LAST = date(2024, 1, 1), date(2026, 10, 31)
DAY = timedelta(days=1)
QUARTER_ENDS = [
    date(year, month, day)
    for year in (2024, 2025, 2026)
    for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    if date(year, month, day) < LAST
]
#: The days on which a period ends, the day before and the day after.
EDGES = [day + step * DAY for day in QUARTER_ENDS for step in (-1, 0, 1)]

FACTS = ("审核", "上报", "采用", "批示", "认定")  # the sheets, each with its date in …日期
UNIT_NAMES = ("提案委", "经济委", "文史委", "办公室", "甲党支部", "乙党支部", "东乡站", "西乡站")
KINDS = ("委室", "民主党派", "联络站", "其他")
GROUPS = ("第一序列", "第二序列")
PEOPLE_NAMES = ("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十", "郑一", "冯二",
                "陈青", "褚云", "卫山", "蒋川")  # fmt: skip
QUARTERLY, LOCAL = ("常委", "特邀信息员"), ("常委", "委员", "特邀信息员")
RESIDENT = ("驻市政协委员", "驻省政协委员")
CHANNELS = ("县政协", "市政协", "省政协", "全国政协")
FORMS = ("单篇", "综合", "转送", "")
RANKS = ("市委市政府主要领导", "市委市政府分管领导", "省级领导", "国家领导人")
FINDINGS = ("弄虚作假", "报刊抄袭", "网上下载")
STAGES = ("单位审核", "中心筛选", "副秘书长审核", "秘书长审定")
VERDICTS = ("通过", "退回", "不采用")
TOPICS = ("老旧小区加装电梯", "农村饮水", "校园周边停车", "秸秆综合利用", "社区养老", "古树保护")


@dataclass
class Person:
    """One person of the register."""

    name: str
    unit: str
    roles: list[Appointment] = field(default_factory=list)
    shown: str = ""  # how a cell names this person: 姓名, or 姓名（单位） if the name is shared

    def days(self) -> list[date]:
        """The first and last days of the appointments, and the days just outside them."""
        starts = [day for _, start, _ in self.roles if start for day in (start - DAY, start)]
        ends = [day for _, _, end in self.roles if end for day in (end, end + DAY)]
        return starts + ends


@dataclass
class Item:
    """One submission before it has a number."""

    day: date
    authors: list[Person]
    units: list[str]
    by_unit: bool
    number: str = ""


def county(seed: int) -> County:
    """One fictitious county: sheet name → rows of canonical headings, every cell a text."""
    rng = random.Random(seed)
    units = _units(rng)
    names = list(dict.fromkeys(row["单位名称"] for row in units))
    people = _people(rng, names)
    items = _items(rng, names, people)
    sheets: County = {
        "单位": units,
        "人员": [row for person in people for row in _appointments(person)],
        "报送": [_submission(rng, item) for item in items],
        **{sheet: [] for sheet in FACTS},
    }
    for item in items:
        _happen(rng, item, sheets)
    _findings(rng, names, people, sheets)
    for sheet, rows in sheets.items():
        mixed = list({tuple(row.items()): row for row in rows}.values())  # no row twice
        if sheet != "单位":  # a unit's change stands below the unit
            rng.shuffle(mixed)
        sheets[sheet] = [_blanked(rng, row) for row in mixed]
    return sheets


def _units(rng: random.Random) -> list[Row]:
    """Three to six units; about a third change by a second (or third) row."""
    grouped = rng.random() < 0.7
    rows: list[Row] = []
    changes: list[Row] = []
    for name in rng.sample(UNIT_NAMES, rng.randint(3, 6)):
        start = rng.choices(["", "2020-01-01", "2025-07-01", "2026-02-01"], [80, 10, 5, 5])[0]
        row = {
            "单位名称": name,
            "单位类别": rng.choices(KINDS, [50, 20, 20, 10])[0],
            "考评序列": rng.choice((*GROUPS, "")) if grouped else "",
            "参评": rng.choices(["", "是", "否"], [60, 25, 15])[0],
            "生效日期": start,
        }
        rows.append(row)
        later = [day for day in EDGES if day.isoformat() > start]
        for day in sorted(rng.sample(later, rng.choices([0, 1, 2], [65, 25, 10])[0])):
            row = _changed(rng, row, day)
            changes.append(row)
    return rows + changes


def _changed(rng: random.Random, row: Row, day: date) -> Row:
    """The unit's next state, with one or two changes and every cell written out."""
    new = {**row, "参评": row["参评"] or "是", "生效日期": day.isoformat()}
    for heading in rng.sample(["单位类别", "考评序列", "参评"], rng.choice((1, 1, 2))):
        choices = {"单位类别": KINDS, "考评序列": GROUPS, "参评": ("是", "否")}[heading]
        new[heading] = rng.choice([value for value in choices if value != new[heading]])
    return new


def _people(rng: random.Random, units: Sequence[str]) -> list[Person]:
    """Four to twelve people; in about a third of the counties two share a name."""
    names = rng.sample(PEOPLE_NAMES, rng.randint(4, 11))
    people = [Person(name, rng.choice(units)) for name in names]
    if rng.random() < 0.35:
        twin = rng.choice(people)
        others = [unit for unit in units if unit != twin.unit]
        people.append(Person(twin.name, rng.choice(others)))
    for person in people:
        shared = sum(other.name == person.name for other in people) > 1
        person.shown = f"{person.name}（{person.unit}）" if shared else person.name
        person.roles = _career(rng)
    return people


def _career(rng: random.Random) -> list[Appointment]:
    """A person's appointments, one of the lives that the rules tell apart."""
    role = rng.choice((*QUARTERLY, *LOCAL))
    other = rng.choice([value for value in LOCAL if value != role])
    resident = rng.choice(RESIDENT)
    since = rng.choice((None, None, date(2022, 1, 1)))
    within = rng.choice([day for day in EDGES if day.year == 2025])
    before = rng.choice((date(2023, 6, 30), date(2024, 9, 30), date(2024, 12, 31)))
    after = rng.choice((date(2026, 1, 1), date(2026, 4, 1)))
    any_day = FIRST + rng.randrange((LAST - FIRST).days) * DAY
    lives: list[tuple[int, list[Appointment]]] = [
        (32, [(role, since, None)]),
        (12, [(role, since, None), (other, rng.choice((since, within)), None)]),
        (6, [(role, since, within)]),
        (6, [(role, within, None)]),
        (5, [(role, since, within - DAY), (other, within, None)]),
        (6, [(role, since, within), (role, within + rng.choice((1, 1, 40)) * DAY, None)]),
        (6, [(role, since, before)]),
        (4, [(role, after, None)]),
        (2, [(role, since, before), (role, after, None)]),
        (10, [(resident, since, None)]),
        (5, [(resident, any_day, None)]),
        (5, [(resident, since, any_day)]),
        (4, [(resident, since, None), (role, since, None)]),
        (3, [(resident, since, within), (role, within + DAY, None)]),
        (3, [(role, since, any_day), (resident, any_day, None)]),
    ]
    return rng.choices([life for _, life in lives], [weight for weight, _ in lives])[0]


def _appointments(person: Person) -> list[Row]:
    """The rows of one person; 任职开始 and 任职结束 empty where open."""
    return [
        {
            "姓名": person.name,
            "单位": person.unit,
            "身份": role,
            "任职开始": start.isoformat() if start else "",
            "任职结束": end.isoformat() if end else "",
        }
        for role, start, end in person.roles
    ]


def _items(rng: random.Random, units: Sequence[str], people: Sequence[Person]) -> list[Item]:
    """Five to thirty submissions, numbered by year; a few people and units never miss a quarter."""
    items: list[Item] = []
    diligent = rng.sample(people, rng.choice((1, 2, 2, 3)))
    offices = rng.sample(units, rng.choice((1, 1, 2)))
    for quarter in QUARTER_ENDS[4:8]:
        joint = rng.random() < 0.6
        for authors in [diligent] if joint else [[person] for person in diligent]:
            day = rng.choice((quarter, quarter - rng.randrange(1, 85) * DAY))
            items.append(Item(day, authors, list(offices), by_unit=False))
    items += [_item(rng, units, people) for _ in range(rng.randint(1, 18))]
    counted: dict[int, int] = {}
    for item in items:
        counted[item.day.year] = counted.get(item.day.year, 0) + 1
        item.number = f"{item.day.year}-{counted[item.day.year]:03d}"
    return items


def _item(rng: random.Random, units: Sequence[str], people: Sequence[Person]) -> Item:
    """One submission of nobody, of one or of up to four authors, through one to three units."""
    residents = [person for person in people if any(role[0] in RESIDENT for role in person.roles)]
    pool = residents if residents and rng.random() < 0.25 else people
    count = min(len(pool), rng.choices(range(5), [14, 42, 22, 13, 9])[0])
    authors = rng.sample(list(pool), count)
    reporting = list(dict.fromkeys(person.unit for person in authors))[:3]
    if not reporting or rng.random() < 0.3:
        reporting = rng.sample(units, rng.choice((1, 1, 2, 3)))
    by_unit = not authors or rng.random() < 0.18
    return Item(_submission_day(rng, authors), authors, reporting, by_unit)


def _submission_day(rng: random.Random, authors: Sequence[Person]) -> date:
    """Mostly in 2025; often where an appointment or a period begins or ends."""
    turns = [day for person in authors for day in person.days() if FIRST <= day <= LAST]
    if turns and rng.random() < 0.4:
        return rng.choice(turns)
    year = rng.choices([2024, 2025, 2026], [15, 75, 10])[0]
    if rng.random() < 0.3:
        return rng.choice([day for day in EDGES if day.year == year])
    days = min(LAST, date(year, 12, 31)) - date(year, 1, 1)
    return date(year, 1, 1) + rng.randrange(days.days + 1) * DAY


def _submission(rng: random.Random, item: Item) -> Row:
    """The row of one submission; without authors 署名 is 单位, written out or not."""
    signature = "单位" if item.by_unit else "个人"
    implied = not item.authors or not item.by_unit
    return {
        "编号": item.number,
        "标题": f"关于{rng.choice(TOPICS)}的建议（{item.number}）",
        "作者": "、".join(person.shown for person in item.authors),
        "报送单位": "、".join(item.units),
        "报送日期": item.day.isoformat(),
        "署名": "" if implied and rng.random() < 0.6 else signature,
    }


def _later(rng: random.Random, day: date) -> date:
    """A day for something that happens to an item of `day`: that day, soon, or years after."""
    edges = [edge for edge in EDGES if edge >= day] or [day]
    anywhere = day + rng.randrange((LAST - day).days + 1) * DAY
    choices = [day, day + rng.randrange(1, 91) * DAY, rng.choice(edges), anywhere]
    return min(LAST, rng.choices(choices, [20, 45, 15, 20])[0])


def _happen(rng: random.Random, item: Item, sheets: County) -> None:
    """Enter what became of one item: our office's steps in order, the rest as it may come."""
    office, echo = list(_office(rng)), list(_echo(rng))
    days = sorted(_later(rng, item.day) for _ in office) + [_later(rng, item.day) for _ in echo]
    for (sheet, cells), day in zip([*office, *echo], days, strict=True):
        sheets[sheet].append({"编号": item.number, **cells, f"{sheet}日期": day.isoformat()})


def _office(rng: random.Random) -> Iterator[tuple[str, Row]]:
    """Our own office's reviews and forwardings, which never change a point."""
    for stage in STAGES[: rng.choice((0, 1, 2, 4))]:
        yield "审核", {"审核环节": stage, "审核结论": rng.choices(VERDICTS, [80, 10, 10])[0]}
    for channel in rng.sample(CHANNELS, rng.choice((0, 0, 1, 2))):
        yield "上报", {"上报单位": channel}


def _echo(rng: random.Random) -> Iterator[tuple[str, Row]]:
    """Adoptions, instructions and findings: each more than once quite often."""
    if rng.random() < 0.5:
        for channel in rng.sample(CHANNELS, rng.choice((1, 1, 2, 3, 4))):
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                yield "采用", {"采用单位": channel, "采用方式": rng.choice(FORMS)}
    if rng.random() < 0.3:
        for _ in range(rng.choice((1, 1, 2, 3, 5))):
            leader = rng.choice(("周某", "徐某", "何某", ""))
            yield "批示", {"领导级别": rng.choice(RANKS), "批示领导": leader}
    if rng.random() < 0.12:
        for _ in range(rng.choice((1, 1, 2, 3))):
            yield "认定", {"认定类型": rng.choice(FINDINGS), "认定依据": "比对原文"}


def _findings(
    rng: random.Random, units: Sequence[str], people: Sequence[Person], sheets: County
) -> None:
    """Now and then a finding on a person or on a unit alone, which earns nothing."""
    for heading, subject in (("姓名", rng.choice(people).shown), ("单位名称", rng.choice(units))):
        if rng.random() < 0.3:
            day = _later(rng, date(rng.choice((2024, 2025, 2025)), rng.randint(1, 12), 1))
            row = {heading: subject, "认定类型": rng.choice(FINDINGS), "认定日期": day.isoformat()}
            sheets["认定"].append({**row, "认定依据": "核查笔录"})


def _blanked(rng: random.Random, row: Row) -> Row:
    """The row with about half of its empty cells left out: absent and empty mean the same."""
    return {heading: cell for heading, cell in row.items() if cell or rng.random() < 0.5}
