"""A year's points by four of the library's regulations, each computed as plainly as possible.

Shares no code with `sqmy` and reads no rulebook: each function is meant to be read beside the
head of `rules/library/NN-….yaml`, clause by clause. Input: a town as `towns.py` makes it. Days
are ISO texts, which compare as days do; points are fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from towns import Event, Item, Person, Town

Totals = dict[str, Fraction]
Half = Fraction(1, 2)


def in_year(day: str, year: int) -> bool:
    """Whether a day lies in the calendar year."""
    return day[:4] == str(year)


def listed(town: Town, totals: Totals, year: int) -> Totals:
    """The totals without those of members who have had no role until the year's end."""
    return {
        name: total
        for name, total in totals.items()
        if name in town.units
        or any(first <= f"{year}-12-31" for _, first, _ in town.members[name].roles)
    }


def until(events: Iterable[Event], year: int) -> list[Event]:
    """The events up to the year's end."""
    return [event for event in events if event.day[:4] <= str(year)]


# -- 31: originals and reprints, doubling by level, the two best, 3:2 --------------------------

LEVELS = {"市局刊物": 1, "市局网站": 1, "市级媒体": 2, "市委市政府刊物": 2, "省业务部门刊物": 2,
          "省级媒体": 3, "国家级媒体": 4}  # fmt: skip


def livestock(town: Town, year: int) -> dict[str, Totals]:
    """31: points of members and units."""
    found: Totals = defaultdict(Fraction)
    for item in town.items:
        points = _two_best(item, year)
        for unit in item.units:
            found[unit] += points / len(item.units)
        if item.authors and not item.by_unit:  # C05: the first two, 3:2; alone, all
            parts = [Fraction(3, 5), Fraction(2, 5)] if len(item.authors) > 1 else [Fraction(1)]
            for author, part in zip(item.authors, parts, strict=False):
                found[author] += points * part
    return {"": listed(town, found, year)}


def _two_best(item: Item, year: int) -> Fraction:
    """C03: of each level the best adoption of the year, of these the two best."""
    best: dict[int, Fraction] = defaultdict(Fraction)
    instructed = bool(until(item.instructions, year))
    for adoption in item.adoptions:
        if in_year(adoption.day, year):
            level = LEVELS[adoption.label]
            best[level] = max(
                best[level], _of_adoption(item, adoption, level, instructed=instructed)
            )
    return sum(sorted(best.values())[-2:], Fraction())


def _of_adoption(item: Item, adoption: Event, level: int, *, instructed: bool) -> Fraction:
    kind, source = item.attributes.get("体裁"), adoption.attributes.get("来源")
    if kind is None or source is None:
        return Fraction()  # nobody knows yet
    points = Fraction(6 if kind == "调研论文" else 2)
    if level > 1 and kind == "信息":  # C04: long ones count as research
        if "字数" not in item.attributes:
            return Fraction()
        points = Fraction(6 if int(item.attributes["字数"]) >= 800 else 2)
    points *= {1: 1, 2: 2, 3: 4, 4: 4}[level]  # C02
    if instructed and level > 1:
        points *= 2
    return points * (Half if source == "转发" else 1)  # C01


# -- 18: targets of each unit, the highest column only, doubling by unit and path -----------------

AIC_TARGETS = {"甲科": 110, "乙所": 10}


def aic(town: Town, year: int) -> dict[str, Totals]:
    """18: points of units, and what they come to in proportion to their targets."""
    points: Totals = defaultdict(Fraction)
    for item in town.items:
        for unit in item.units:  # each in full
            points[unit] += _of_aic_item(town, item, year)
    reached = {
        unit: min(points[unit] / AIC_TARGETS.get(unit, 50), Fraction(1)) * 100  # C01
        for unit in town.units
    }
    return {"": points, "考核得分": reached}


def _of_aic_item(town: Town, item: Item, year: int) -> Fraction:
    adopted = [event for event in item.adoptions if in_year(event.day, year)]
    labels = {event.label for event in adopted}
    columns = [
        Fraction(max((points for label, points in NATIONAL.items() if label in labels), default=0)),
        Fraction(max((NEWS[event.form] for event in adopted if event.label == "省局近期要闻"),
                     default=0)),  # C04
        Fraction(12 if "工商交流" in labels else 0)
        * (2 if {town.units[unit].kind for unit in item.units} == {"基层所"} else 1),  # C05
    ]  # fmt: skip
    doubled = not any(
        town.units[unit].kind == "机关" or unit == "轻纺分局" for unit in item.units
    ) and not any(event.label == "县委县政府" for event in until(item.forwardings, year))
    twice = 2 if doubled else 1
    special = item.attributes.get("体裁") == "专报"
    sent = Fraction((5 if special else 3) * twice)  # C08(1)
    taken = Fraction((10 if special else 5) * twice)  # C08(2)
    if any(event.label == "省委省政府" and _on_its_way(item, event.day) for event in adopted):
        columns.append(taken)
    forwarded = any(
        event.label == "省委省政府" and in_year(event.day, year) and _on_its_way(item, event.day)
        for event in item.forwardings
    )
    bright = Fraction(6 if "一周信息亮点" in labels else 0)  # C06: 3, doubled
    return max(columns) + bright + (sent if forwarded else 0)  # C07


NATIONAL = {"总局红头简报": 40, "总局经验": 10, "总局动态": 6}  # C03
NEWS = {"单篇": 12, "合编": 6, "点到单位": 2}


def _on_its_way(item: Item, day: str) -> bool:
    """Whether the item had gone to the province's bureau, or the county's offices, by a day."""
    return any(e.label in {"省局", "县委县政府"} and e.day <= day for e in item.forwardings)


# -- 39: quotas by month and week, the whole office answers for it; fees as agreed ----------------

FEES = {"县级媒体": 25, "市级媒体": 35, "省级媒体": 85, "全国媒体": 150, "广播": 5, "其他条线": 10}
LONG = {"县级媒体": 10, "市级媒体": 30, "省级媒体": 50, "全国媒体": 150}
YOUNG = "三十五周岁以下"


def dongming(town: Town, year: int) -> dict[str, Totals]:
    """39: points of members, and their fees."""
    points: Totals = defaultdict(Fraction)
    months = [f"{year}-{month:02}" for month in range(1, 13)]
    for month in months:
        last = _last_day(month)
        for unit in town.units:  # C01
            done = sum(unit in item.units and item.day[:7] == month for item in town.items)
            if done < (5 if unit == "党政办" else 1):
                for name, person in town.members.items():
                    if person.unit == unit and person.in_office(last):
                        points[name] -= 1
        for name, person in _young(town, last):  # C02(2)
            done_by = sum(
                Fraction(1, len(item.authors))
                for item in town.items
                if name in item.authors
                and any(e.label in LONG and e.day[:7] == month for e in item.adoptions)
            )
            points[name] -= person.times(YOUNG, last) if done_by < 1 else 0
    for monday, sunday in _weeks(year):  # C02(1)
        for name, person in _young(town, sunday):
            written = sum(
                Fraction(1, len(item.authors))
                for item in town.items
                if name in item.authors and monday <= item.day <= sunday
            )
            points[name] -= Half * person.times(YOUNG, sunday) if written < 1 else 0
    return {"": points, "奖金": listed(town, _fees(town, year), year)}


def _young(town: Town, day: str) -> list[tuple[str, Person]]:
    return [(name, one) for name, one in town.members.items() if one.times(YOUNG, day)]


def _last_day(month: str) -> str:
    first = date.fromisoformat(f"{month}-01")
    return ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()


def _weeks(year: int) -> list[tuple[str, str]]:
    """Monday and Sunday of each week that ends in the year."""
    sundays = [date(year, 1, 1) + timedelta(days=at) for at in range(366)]
    return [
        ((day - timedelta(days=6)).isoformat(), day.isoformat())
        for day in sundays
        if day.weekday() == 6 and day.year == year
    ]


def _fees(town: Town, year: int) -> Totals:
    """C03 and C04: the best there ever was, less what was paid in earlier years."""
    found: Totals = defaultdict(Fraction)
    for item in town.items:
        fee = _best(FEES, item, year) - _best(FEES, item, year - 1)
        if "字数" in item.attributes and int(item.attributes["字数"]) >= 500:
            fee += _best(LONG, item, year) - _best(LONG, item, year - 1)
        parts = [Fraction(part) for part in item.attributes.get("奖金分配", "1").split(":")]
        if len(item.authors) == 1:
            parts = [Fraction(1)]
        if len(parts) == len(item.authors):  # C05: else nobody knows who gets how much
            for author, part in zip(item.authors, parts, strict=True):
                found[author] += fee * part / sum(parts)
    return found


def _best(table: dict[str, int], item: Item, year: int) -> Fraction:
    return Fraction(max((table.get(e.label, 0) for e in until(item.adoptions, year)), default=0))


# -- 58: quotas in points, in proportion; surplus with a ceiling; never below nothing -------------

WEIGHTS = {"市局": 1, "省局": 2, "总局": 3}


def market(town: Town, year: int) -> dict[str, Totals]:
    """58: points of units."""
    found: Totals = {}
    for name, unit in town.units.items():
        own = [item for item in town.items if name in item.units]
        base = surplus = Fraction()
        if unit.kind == "A类单位" or name == "甲所":  # whom the table names, owes
            county = sum(_adopted(item, year, {"县两办"}) for item in own)
            above = sum(
                max(
                    (WEIGHTS[e.label] for e in item.adoptions
                     if in_year(e.day, year) and e.label in WEIGHTS),
                    default=0,
                )
                for item in own
            )  # fmt: skip
            for done, required in (
                (county, 6 if name == "甲所" else 4),
                (above, 9 if name == "甲所" else 7),
            ):
                base += min(Fraction(done, required), Fraction(1)) * 50  # C02
                surplus += max(done - required, 0)  # C01(3)
        if unit.kind in {"A类单位", "B类单位"}:  # C03
            for month in range(1, 13):
                sent = sum(
                    any(e.label == "政务网" and e.day[:7] == f"{year}-{month:02}"
                        for e in item.forwardings)
                    for item in own
                )  # fmt: skip
                base -= Half * max(2 - sent, 0)
        for finding in unit.findings:  # C05
            if in_year(finding.day, year):
                base -= Fraction(finding.attributes.get("扣分值", "0"))
        found[name] = max(base, Fraction()) + min(surplus, Fraction(10))
    return {"": found}


def _adopted(item: Item, year: int, channels: set[str]) -> bool:
    return any(e.label in channels and in_year(e.day, year) for e in item.adoptions)
