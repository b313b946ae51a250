"""Four of the library's regulations agree, to the last fraction, with independent computations.

`regulations.py` computes from the regulation's own words; here the rulebook of the library does,
by the very engine, on the same random towns.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import pytest

from packaged import ROOT
from regulations import Totals, aic, dongming, livestock, market
from sqmy.rules.casebook import (
    Case,
    CaseAdoption,
    CaseAppointment,
    CaseFinding,
    CaseForwarding,
    CaseInstruction,
    CaseItem,
    CaseMember,
    CaseUnit,
)
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.cases import snapshot_of
from sqmy.scoring.engine import score
from sqmy.workspace.rulebooks import rulebook_of
from towns import YEARS, Event, Item, Town, World, town

TOWNS = 300
AT_ONCE = 100


class Trial(NamedTuple):
    """A regulation: its file, what its towns know, and the independent computation."""

    file: str
    world: World
    expected: Callable[[Town, int], dict[str, Totals]]


TRIALS = (
    Trial(
        "31-livestock-bureau-top2",
        World(
            units=("甲科", "乙科", "丙科"),
            kinds=("科室",),
            roles=("职工",),
            channels=("市局刊物", "市局网站", "市级媒体", "市委市政府刊物", "省业务部门刊物",
                      "省级媒体", "国家级媒体"),
            ranks=("市领导", "省领导"),
            attributes={
                "item": {"体裁": ("信息", "信息", "调研论文"), "字数": ("799", "800", "1500")},
                "adoption": {"来源": ("原创", "原创", "转发")},
            },
        ),
        livestock,
    ),
    Trial(
        "18-shaoxing-aic-2012",
        World(
            units=("甲科", "乙所", "丙所", "轻纺分局"),
            kinds=("机关", "分局", "基层所"),
            channels=("县局网", "省局近期要闻", "工商交流", "一周信息亮点", "省委省政府",
                      "省委省政府", "总局红头简报", "总局经验", "总局动态"),
            forms=("单篇", "合编", "点到单位"),
            sent_to=("省局", "省局", "省委省政府", "省委省政府", "县委县政府"),
            attributes={"item": {"体裁": ("动态", "专报", "调研文章")}},
        ),
        aic,
    ),
    Trial(
        "39-dongming-township-2012",
        World(
            units=("党政办", "农业办"),
            kinds=("办公室",),
            roles=("干部", "三十五周岁以下"),
            channels=("县级媒体", "市级媒体", "省级媒体", "全国媒体", "广播", "其他条线"),
            attributes={
                "item": {"字数": ("499", "500"), "奖金分配": ("3:2", "1:1:2", "1")},
            },
            items=16,
        ),
        dongming,
    ),
    Trial(
        "58-tiantai-market-2019",
        World(
            units=("甲所", "乙所", "办公室"),
            kinds=("A类单位", "A类单位", "B类单位", "办公室"),
            channels=("县两办", "县两办", "市局", "省局", "总局"),
            sent_to=("政务网", "政务网", "县两办"),
            findings=("导致全局扣分", "不配合完成稿件"),
            attributes={"finding": {"扣分值": ("1", "2.5", "30")}},
            items=40,
        ),
        market,
    ),
)  # fmt: skip


def case_of(made: Town, year: int, rulebook: Rulebook) -> Case:
    """The town as a worked case's facts."""
    units = {
        name: CaseUnit(one.kind, findings=tuple(map(_finding, one.findings)))
        for name, one in made.units.items()
    }
    members = {
        name: CaseMember(one.unit, (), further=tuple(CaseAppointment(*role) for role in one.roles))
        for name, one in made.members.items()
    }
    items = tuple(_item(str(at), one) for at, one in enumerate(made.items))
    return Case("", (), year, units, members, items, {}, "", rulebook)


def _finding(event: Event) -> CaseFinding:
    return CaseFinding(event.label, event.day, event.attributes)


def _item(number: str, item: Item) -> CaseItem:
    return CaseItem(
        number,
        item.day,
        tuple(item.units),
        tuple(item.authors),
        "unit" if item.by_unit else "members",
        item.attributes,
        tuple(CaseForwarding(one.label, one.day) for one in item.forwardings),
        tuple(CaseAdoption(o.label, o.day, o.form, o.attributes) for o in item.adoptions),
        tuple(CaseInstruction(one.label, one.day, one.attributes) for one in item.instructions),
    )


def computed(made: Town, year: int, rulebook: Rulebook) -> dict[str, Totals]:
    """Totals other than 0 by the engine, by account."""
    book = score(snapshot_of(case_of(made, year, rulebook)), rulebook, year)
    found: dict[str, Totals] = {"": {}}
    for holder in (*book.members, *book.units):
        for account, total in {"": holder.total, **holder.accounts}.items():
            found.setdefault(account, {})[holder.name] = total
    return {account: without_nothing(totals) for account, totals in found.items()}


def without_nothing(totals: Totals) -> dict[str, Fraction]:
    """The totals that are not 0."""
    return {name: total for name, total in totals.items() if total}


@pytest.mark.parametrize("first", range(0, TOWNS, AT_ONCE))
@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.file)
def test_totals_agree(trial: Trial, first: int) -> None:
    rulebook = rulebook_of(ROOT / "rules" / "library" / f"{trial.file}.yaml")
    some = 0
    for seed in range(first, first + AT_ONCE):
        made = town(seed, trial.world)
        for year in YEARS:
            expected = {
                account: without_nothing(totals)
                for account, totals in trial.expected(made, year).items()
            }
            assert computed(made, year, rulebook) == expected, f"town {seed}, {year}"
            some += any(expected.values())
    assert some > AT_ONCE  # the towns are about something
