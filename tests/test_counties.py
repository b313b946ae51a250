"""The random counties are as awkward as they are meant to be: every feature is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from counties import CHANNELS, FINDINGS, FORMS, KINDS, LOCAL, RANKS, RESIDENT, County, Row, county
from oracle import Json, expected

SEEDS = range(500)
AT_LEAST = 10  # counties in which a feature is found

Features = dict[str, bool]  # a feature's name, and whether it is seen here
Tenure = tuple[str, str, str]  # role, first day or "", last day or "9999"
LAST_DAYS = tuple(f"{y}-{d}" for y in (2024, 2025) for d in ("03-31", "06-30", "09-30", "12-31"))


def step(day: str, days: int) -> str:
    """The ISO day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@dataclass
class Item:
    """One submission with everything that points to it: (day, what)."""

    day: str
    authors: list[tuple[tuple[str, str], list[Tenure]]]
    units: list[str]
    row: Row
    verdicts: list[tuple[str, str]]
    adoptions: list[tuple[str, str]]
    instructions: list[tuple[str, str]]
    findings: list[tuple[str, str]]

    def hold(self, roles: tuple[str, ...], day: str) -> list[bool]:
        """For each author whether one of the roles was held on the day."""
        return [
            any(role in roles and start <= day <= end for role, start, end in tenures)
            for _, tenures in self.authors
        ]


def people_of(sheets: County) -> dict[tuple[str, str], list[Tenure]]:
    """The appointments of everyone by name and unit, in order of time."""
    people: dict[tuple[str, str], list[Tenure]] = {}
    for row in sorted(sheets["人员"], key=lambda row: row.get("任职开始", "")):
        tenure = (row["身份"], row.get("任职开始", ""), row.get("任职结束") or "9999")
        people.setdefault((row["姓名"], row["单位"]), []).append(tenure)
    return people


def items_of(sheets: County) -> Iterator[Item]:
    """The submissions of the county."""
    people = people_of(sheets)
    shown = {cell: key for key in people for cell in (key[0], f"{key[0]}（{key[1]}）")}
    for row in sheets["报送"]:
        authors = [shown[cell] for cell in row.get("作者", "").split("、") if cell]

        def facts(sheet: str, heading: str, number: str = row["编号"]) -> list[tuple[str, str]]:
            own = [fact for fact in sheets[sheet] if fact.get("编号") == number]
            return sorted((fact[f"{sheet}日期"], fact[heading]) for fact in own)

        yield Item(
            row["报送日期"], [(key, people[key]) for key in authors], row["报送单位"].split("、"),
            row, facts("审核", "审核结论"), facts("采用", "采用单位"),
            facts("批示", "领导级别"), facts("认定", "认定类型"),
        )  # fmt: skip


def of_units(sheets: County) -> Iterator[Features]:
    """Kinds, peer groups, and changes by a second row."""
    states: dict[str, list[Row]] = {}
    for row in sheets["单位"]:
        states.setdefault(row["单位名称"], []).append(row)
    yield {"3 units": len(states) == 3, "6 units": len(states) == 6}
    for first, *changes in states.values():
        yield {f"kind {kind}": first["单位类别"] == kind for kind in KINDS}
        yield {
            "not assessed": first.get("参评") == "否",
            "peer group": bool(first.get("考评序列")),
            "no peer group": not first.get("考评序列"),
            "first state after 2025": first.get("生效日期", "") > "2025-12-31",
            "changes twice": len(changes) == 2,
        }
        for before, after in zip([first, *changes], changes, strict=False):
            day = after["生效日期"]
            yield {
                "changes in 2025": day[:4] == "2025",
                "changes after 2025": day > "2025-12-31",
                "changes on the year's last day": day == "2025-12-31",
                "changes the day after the year": day == "2026-01-01",
                "kind changes": before["单位类别"] != after["单位类别"],
                "peer group changes": before.get("考评序列", "") != after.get("考评序列", ""),
                "no longer assessed": (before.get("参评") or "是", after["参评"]) == ("是", "否"),
                "assessed again": (before.get("参评") or "是", after["参评"]) == ("否", "是"),
            }


def of_careers(sheets: County) -> Iterator[Features]:
    """Roles with their days, and people who share a name."""
    people = people_of(sheets)
    yield {"name is shared": len({name for name, _ in people}) < len(people)}
    for tenures in people.values():
        roles = [role for role, _, _ in tenures]
        yield {f"role {role}": role in roles for role in (*LOCAL, *RESIDENT)}
        pairs = [(one[0] == two[0], one[2], two[1]) for one in tenures for two in tenures]
        yield {
            "two local roles": len(set(roles) & set(LOCAL)) > 1,
            "renewed the next day": any(
                same and end < start == step(end, 1) for same, end, start in pairs if end != "9999"
            ),
            "renewed after a gap": any(
                same and step(end, 1) < start for same, end, start in pairs if end != "9999"
            ),
            "another role the next day": any(
                not same and start == step(end, 1) for same, end, start in pairs if end != "9999"
            ),
            "all roles ended before 2025": all(end < "2025" for _, _, end in tenures),
            "all roles begin after 2025": all(start > "2026" for _, start, _ in tenures),
            "local and resident": {role in RESIDENT for role in roles} == {True, False},
        }
        for _, start, end in tenures:
            for name, days in (("the day before a quarter's last", -1), ("a quarter's last day", 0),
                               ("a quarter's first day", 1)):  # fmt: skip
                turns = {step(day, days) for day in LAST_DAYS}
                yield {f"begins on {name}": start in turns, f"ends on {name}": end in turns}


def of_signatures(sheets: County) -> Iterator[Features]:
    """Who wrote, who signed, through which units, in or out of which office."""
    for item in items_of(sheets):
        row, day = item.row, item.day
        by_unit = row.get("署名") == "单位" or not item.authors
        alone = bool(item.authors) and all(item.hold(RESIDENT, day))
        adopted = bool({channel for _, channel in item.adoptions} - {"县政协"})
        yield {f"{count} authors": len(item.authors) == count for count in range(5)}
        yield {f"{count} units": len(item.units) == count for count in (1, 2, 3)}
        yield {f"submitted in {year}": day[:4] == str(year) for year in (2024, 2025, 2026)}
        yield {
            "joint authors and units": len(item.authors) > 1 and len(item.units) > 1,
            "author of another unit": any(key[1] not in item.units for key, _ in item.authors),
            "author's name is shared": "（" in row.get("作者", ""),
            "signed by the unit, with authors": row.get("署名") == "单位" and bool(item.authors),
            "signed by the unit, without": row.get("署名") == "单位" and not item.authors,
            "unit signature implied": not row.get("署名") and not item.authors,
            "author signature implied": not row.get("署名") and bool(item.authors),
            "residents alone, adopted": alone and adopted,
            "residents jointly, adopted": alone and adopted and len(item.authors) > 1,
            "residents of two units, adopted": alone and adopted and len(item.units) > 1,
            "residents signed by the unit, adopted": alone and adopted and by_unit,
            "residents alone, only 县政协": alone and bool(item.adoptions) and not adopted,
            "residents alone, found": alone and bool(item.findings),
            "residents with others, adopted": adopted and len(set(item.hold(RESIDENT, day))) > 1,
            "resident and local, alone": alone and any(item.hold(LOCAL, day)),
            "author out of office": not all(item.hold((*LOCAL, *RESIDENT), day)),
        }
        for adopted_on, _ in item.adoptions:
            office = zip(item.hold(LOCAL, day), item.hold(LOCAL, adopted_on), strict=True)
            yield {"author leaves before the adoption": any(then > now for then, now in office)}
        for _, tenures in item.authors:
            resident = [(start, end) for role, start, end in tenures if role in RESIDENT]
            for start, end in resident:
                yield {
                    "on the first day of a resident": start == day,
                    "the day before a resident begins": start == step(day, 1),
                    "on the last day of a resident": end == day,
                    "the day after a resident ends": end == step(day, -1),
                }


def of_facts(sheets: County) -> Iterator[Features]:
    """Adoptions, instructions and findings, alone and together."""
    yield {
        "finding on a member": any(row.get("姓名") for row in sheets["认定"]),
        "finding on a unit": any(row.get("单位名称") for row in sheets["认定"]),
        "shared name in a finding": any("（" in row.get("姓名", "") for row in sheets["认定"]),
    }
    for form in FORMS:
        yield {f"form {form}": any(row.get("采用方式", "") == form for row in sheets["采用"])}
    for item in items_of(sheets):
        adoptions = [(channel, day[:4]) for day, channel in item.adoptions]
        years = {day[:4] for day, _ in item.instructions}
        by_year = [{rank for day, rank in item.instructions if day[:4] == year} for year in years]
        for name, facts, values in (("channel", item.adoptions, CHANNELS),
                                    ("rank", item.instructions, RANKS),
                                    ("finding", item.findings, FINDINGS)):  # fmt: skip
            yield {f"{name} {value}": any(what == value for _, what in facts) for value in values}
            days = [day for day, _ in facts]
            yield {
                f"{name} on the day of submission": item.day in days,
                f"{name} in another year": any(day[:4] != item.day[:4] for day in days),
                f"{name} in two years": len({day[:4] for day in days}) > 1,
                f"{name} on 31 December": any(day.endswith("-12-31") for day in days),
                f"{name} on 1 January": any(day.endswith("-01-01") for day in days),
            }
            for year in ("2024", "2025", "2026"):
                yield {f"{name} in {year}": any(day[:4] == year for day in days)}
        yield {
            "same channel again in the year": len(set(adoptions)) < len(adoptions),
            "same channel in two years": len({c for c, _ in adoptions}) < len(set(adoptions)),
            "four channels": len({channel for channel, _ in adoptions}) == 4,
            "adopted though not accepted": bool(adoptions)
            and any(verdict != "通过" for _, verdict in item.verdicts),
            "several leaders": len(item.instructions) > 1,
            "same rank again in the year": sum(map(len, by_year)) < len(item.instructions),
            "both city ranks in a year": any(set(RANKS[:2]) <= ranks for ranks in by_year),
            "three levels in a year": any(set(RANKS[2:]) < ranks for ranks in by_year),
            "instruction without adoption": bool(item.instructions) and not adoptions,
            "several findings": len(item.findings) > 1,
            "adopted, instructed, found": bool(adoptions and item.instructions and item.findings),
            "joint and found": bool(item.findings) and len(item.authors) > 1,
        }


def of_outcome(sheets: County, year: int = 2025) -> Iterator[Features]:
    """What the year's points come to."""
    book = expected(sheets, year)
    all_assessed = [{**row, "参评": "是"} for row in sheets["单位"]]
    assessed = expected({**sheets, "单位": all_assessed}, year)
    without_findings = expected({**sheets, "认定": []}, year)
    advisory = [row["met"] for row in book["quotas"] if not row["binding"]]
    people = people_of(sheets)
    earning = {(m["name"], m["unit"]) for m in book["members"] if m["lines"]}
    yield {
        "advisory met": True in advisory,
        "advisory missed": False in advisory,
        "finding costs the 20": len(twenties(without_findings)) > len(twenties(book)),
        "a unit's shares lapse": any(
            unit["lines"] and unit["name"] not in {row["name"] for row in book["units"]}
            for unit in assessed["units"]
        ),
        "share kept out of office": any(
            all(start[:4] > str(year) or end[:4] < str(year) for _, start, end in people[who])
            for who in earning
        ),
    }
    for role in (*LOCAL, "委室"):
        yield {f"the 20 by {role}": any(role in roles for roles in twenties(book))}
    yield {"the 20 by two roles": any(len(roles) > 1 for roles in twenties(book))}
    for sheet in ("members", "units"):
        holders = [(row["peer_group"], row["rank"], row["exact"]) for row in book[sheet]]
        ties = [holder for holder, count in Counter(holders).items() if count > 1]
        yield {
            f"{sheet}: tie": bool(ties),
            f"{sheet}: tie above nothing": any(Fraction(exact) > 0 for *_, exact in ties),
            f"{sheet}: below nothing": any(Fraction(exact) < 0 for *_, exact in holders),
            f"{sheet}: thirds": any(Fraction(exact).denominator % 3 == 0 for *_, exact in holders),
        }


def twenties(book: Json) -> list[set[str]]:
    """The roles, or the kind, of each holder that has the 20 points."""
    roles: list[set[str]] = []
    for holder in (*book["members"], *book["units"]):
        if any(line["clause"] == "六(二)1" for line in holder["lines"]):
            who = (holder["name"], holder.get("unit", holder["name"]))
            rows = [row for row in book["quotas"] if (row["holder"], row["unit"]) == who]
            roles.append({row["role"] for row in rows})
    return roles


def test_every_feature_is_common() -> None:
    found: Counter[str] = Counter()
    for seed in SEEDS:
        sheets = county(seed)
        seen: dict[str, bool] = {}
        for features in (of_units, of_careers, of_signatures, of_facts, of_outcome):
            for some in features(sheets):
                seen |= {name: seen.get(name, False) or yes for name, yes in some.items()}
        found.update({name: int(yes) for name, yes in seen.items()})
    assert {name: count for name, count in found.items() if count < AT_LEAST} == {}


def test_a_county_is_small_and_never_later_than_october_2026() -> None:
    for seed in SEEDS:
        sheets = county(seed)
        submitted = {row["编号"]: row["报送日期"] for row in sheets["报送"]}
        assert 5 <= len(submitted) == len(sheets["报送"]) <= 30
        assert 4 <= len(people_of(sheets)) <= 12
        for name, rows in sheets.items():
            assert len({tuple(row.items()) for row in rows}) == len(rows)
            cells = [(heading, cell) for row in rows for heading, cell in row.items()]
            days = [cell for heading, cell in cells if "日期" in heading or "任职" in heading]
            assert all(day <= "2026-10-31" for day in days)
            for row in rows:
                if name in {"审核", "上报", "采用", "批示", "认定"} and "编号" in row:
                    assert submitted[row["编号"]] <= row[f"{name}日期"]


def test_a_county_depends_on_its_seed_alone() -> None:
    assert county(7) == county(7)
    assert len({str(county(seed)) for seed in SEEDS}) == len(SEEDS)
