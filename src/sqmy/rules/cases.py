"""Reading worked cases, and finding the clauses that have none.

A cases file is a list of cases. Scoring runs them; whether their figures hold is its matter.
"""

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqmy import days
from sqmy.errors import Problem, SqmyError
from sqmy.rules import choices, keywords, lint
from sqmy.rules.annotations import At, Lines, Trail, fields_named, keys_of
from sqmy.rules.casebook import MOST_COPIES, MOST_ITEMS, Case
from sqmy.rules.changes import changed
from sqmy.rules.faults import Fault, Faults, listed, nearest, quoted
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.strict_yaml import Node, parse, read_text
from sqmy.rules.walk import Walker

_CHANGES, _SAME = keywords.KEYS["changes"], keywords.KEYS["same"]
_COUNTY = ("year", "units", "members", "items")
_BREAK = re.compile("(?<=[^ -~]) (?=[^ -~])")  # where a line was broken between Chinese characters
_DAYS = frozenset({"on", "since", "until", "submitted_on"})


def read(text: str, source: str, rulebook: Rulebook) -> tuple[Case, ...]:
    """The cases that a text holds.

    Args:
        text: the YAML text, a list.
        source: the file as the clerk named it; every place in a message begins with it.
        rulebook: the one that the cases are about.

    Raises:
        ProblemsError: with all that is wrong in writing, or if nothing is, with all that is wrong
            in meaning; each place is `FILE 第 N 行`.
    """
    faults = Faults(source)
    walker = Walker(faults)
    root = parse(text, source)
    if not isinstance(root.value, list):
        faults.stop(root.line, "算例文件要写成列表，每个算例以“- ”开头。")
    cases: list[Case] = []
    for place, node in enumerate(root.value):
        at = At((place,), f"第 {place + 1} 个算例", Case, "")
        given: dict[str, object] = {"place": f"{source} 第 {node.line} 行", "rulebook": rulebook}
        given |= _told_above(cases, node) | _changes(rulebook, node, walker)
        case = walker.entry(Case, node, at, given)
        if case.same and not cases:
            faults.add(node.line, "第 1 个算例上面没有别的，不能写「同上」。")
        cases.append(case._replace(explanation=_BREAK.sub("", case.explanation or "")))
    faults.refuse()
    for fault in _check(cases, walker.lines):
        faults.add(*fault)
    faults.refuse()
    return tuple(cases)


def read_file(path: Path, rulebook: Rulebook) -> tuple[Case, ...]:
    """The cases that a file holds.

    Raises:
        SqmyError: the file cannot be read.
        ProblemsError: as `read`.
    """
    return read(read_text(path), str(path), rulebook)


def uncovered(cases: Iterable[Case], rulebook: Rulebook, source: str) -> list[Problem]:
    """Clauses with a mechanical effect that no case shows, in one complaint.

    Args:
        cases: all of a file.
        rulebook: the one that they are about.
        source: the file of the cases.
    """
    shown = {choices.SILENT, *(clause for case in cases for clause in case.clauses)}
    used = dict.fromkeys(clause for _, clause in lint.clauses_used(rulebook))
    lacking = listed(clause for clause in used if clause not in shown)
    message = f"没有算例的条款：{lacking}。每一条写一个，把算式写进「说明」。"
    return [Problem(source, message)] if lacking else []


def _told_above(cases: Sequence[Case], node: Node) -> dict[str, object]:
    """What a case with 同上 takes from the one above."""
    written = node.value if isinstance(node.value, dict) else {}
    same = written.get(_SAME)
    if not cases or same is None or choices.YES_NO.get(str(same.value)) is not True:
        return {}
    return {
        field: getattr(cases[-1], field)
        for key, field in keys_of(Case).items()
        if field in _COUNTY and key not in written
    }


def _changes(rulebook: Rulebook, case: Node, walker: Walker) -> dict[str, object]:
    """The rulebook as a case changes it, and the changes in words."""
    node = case.value.get(_CHANGES) if isinstance(case.value, dict) else None
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        walker.faults.add(node.line, "「改」要写成“键.键: 值”的形式，例如 {分摊.个人: 全额}。")
        return {"changes": ()}
    before = len(walker.faults)
    for target, part in node.value.items():
        # a walker of its own: the lines of the rulebook's paths are not those of the case's
        rulebook = changed(rulebook, target, part, Walker(walker.faults))
    if len(walker.faults) == before:
        for fault in lint.check(rulebook, Lines(node.line)):
            walker.faults.add(fault.line, f"「改」以后的计分办法不成立：{fault.message}")
    words = tuple(f"{target}: {_shown(part)}" for target, part in node.value.items())
    return {"rulebook": rulebook, "changes": words}


def _shown(node: Node) -> str:
    """A node on one line, as it may have been written."""
    if isinstance(node.value, dict):
        return f"{{{', '.join(f'{key}: {_shown(part)}' for key, part in node.value.items())}}}"
    if isinstance(node.value, list):
        return f"[{', '.join(map(_shown, node.value))}]"
    return node.value or ""


class _Checked(NamedTuple):
    """A case with the lines of its parts."""

    case: Case
    place: int
    lines: Lines

    def fault(self, message: str, *path: str | int) -> Fault:
        """A fault of a part of the case."""
        return Fault(self.lines.of(self.place, *path), message)

    def told(self, names: Container[str]) -> Iterator[tuple[Trail, object]]:
        """The fields of these names of its members and items."""
        yield from fields_named(self.case.members, names, ("members",))
        yield from fields_named(self.case.units, names, ("units",))
        yield from fields_named(self.case.items, names, ("items",))


def _check(cases: Sequence[Case], lines: Lines) -> Iterator[Fault]:
    """What is wrong with cases that are written well."""
    seen: dict[str, int] = {}
    for place, case in enumerate(cases):
        checked = _Checked(case, place, lines)
        if case.explanation in seen:
            yield checked.fault(f"与第 {seen[case.explanation]} 行的算例「说明」相同，请区别开。")
        seen.setdefault(case.explanation, lines.of(place))
        for check in _CHECKS:
            yield from check(checked)


def _known(checked: _Checked) -> Iterator[Fault]:
    """Every name that is used is one of the case's or the rulebook's own."""
    case, words = checked.case, checked.case.rulebook.words
    holders = {**case.members, **case.units}
    named: tuple[tuple[str, Iterable[str], str, Collection[str]], ...] = (
        ("clauses", case.clauses, "条款", case.rulebook.clauses),
        ("points", case.points, "人员或单位", holders),
        ("lines", case.lines or (), "人员或单位", holders),
        ("quotas", case.quotas or (), "人员或单位", holders),
        ("standings", case.standings or (), "人员或单位", holders),
        ("converted", case.converted or (), "人员或单位", holders),
        ("accounts", case.accounts or (), "账目", [one.label for one in words.accounts]),
        ("awards", case.awards or (), "评先", case.award_lists()),
        *(("accounts", totals, "人员或单位", holders) for totals in (case.accounts or {}).values()),
    )
    for field, names, what, known in named:
        for name in names:
            if name not in known:
                yield checked.fault(_unknown(what, name, known), field, name)
    kinds: dict[str, tuple[str, Collection[str]]] = {
        "channel": ("渠道", [label.label for label in words.channels]),
        "rank": ("批示级别", [label.label for label in words.ranks]),
        "role": ("身份", [role.label for role in words.roles]),
        "roles": ("身份", [role.label for role in words.roles]),
        "unit": ("单位", case.units),
        "units": ("单位", case.units),
        "authors": ("人员", case.members),
    }
    for path, value in checked.told(kinds):
        what, allowed = kinds[str(path[-1])]
        for name in value if isinstance(value, tuple) else (value,):
            if name not in allowed:
                yield checked.fault(_unknown(what, str(name), allowed), *path)
    yield from _known_kinds(checked)


def _known_kinds(checked: _Checked) -> Iterator[Fault]:
    """`kind` is a unit's kind or a finding's."""
    case, words = checked.case, checked.case.rulebook.words
    for name, unit in case.units.items():
        if unit.kind not in words.unit_kinds:
            message = _unknown("单位类别", unit.kind, words.unit_kinds)
            yield checked.fault(message, "units", name, "kind")
    kinds = [kind.label for kind in words.finding_kinds]
    for path, findings in checked.told({"findings"}):
        for place, finding in enumerate(findings if isinstance(findings, tuple) else ()):
            if finding.kind not in kinds:
                message = _unknown("认定类型", finding.kind, kinds)
                yield checked.fault(message, *path, place, "kind")
    yield from _known_attributes(checked)


def _known_attributes(checked: _Checked) -> Iterator[Fault]:
    """Attributes are declared, and their values can be read."""
    words = checked.case.rulebook.words
    for path, given in checked.told({"attributes", "form"}):
        if path[-1] == "form":
            if given and given not in words.forms:
                yield checked.fault(_unknown("采用方式", str(given), words.forms), *path)
            continue
        for name, value in given.items() if isinstance(given, dict) else ():
            attribute = words.attribute(name)
            if attribute is None:
                known = [one.label for one in words.attributes]
                yield checked.fault(_unknown("附加项", name, known), *path, name)
            elif told := attribute.refuses(value):
                yield checked.fault(f"附加项{quoted(name)}{told}", *path, name)


def _unknown(what: str, name: str, known: Collection[str]) -> str:
    if not known:
        return f"没有{what}{quoted(name)}：办法里一种{what}也没有声明。"
    return f"没有{what}{quoted(name)}{nearest(name, known)}有：{listed(known)}。"


def _unique(checked: _Checked) -> Iterator[Fault]:
    case = checked.case
    for name in [name for name in case.members if name in case.units]:
        yield checked.fault(f"{quoted(name)}既是人员又是单位，请改名。", "members", name)
    first = {item.number: at for at, item in reversed([*enumerate(case.items)])}
    for at, item in enumerate(case.items):
        if first[item.number] < at:
            yield checked.fault(f"编号{quoted(item.number)}写了两次。", "items", at, "number")
        if not 1 <= item.copies <= MOST_COPIES:
            yield checked.fault(f"「条数」要在 1 到 {MOST_COPIES} 之间。", "items", at, "copies")
    if sum(item.copies for item in case.items) > MOST_ITEMS:
        yield checked.fault(f"一个算例最多 {MOST_ITEMS} 条信息，「条数」合起来超过了。", "items")


def _dated(checked: _Checked) -> Iterator[Fault]:
    """The year is one, and days are written in ISO form."""
    if not days.EARLIEST_YEAR <= checked.case.year <= days.LATEST_YEAR:
        yield checked.fault(f"年度 {checked.case.year} 不对，请核对。", "year")
    for path, day in checked.told(_DAYS):
        if day is None:
            continue
        try:
            sound = days.read_day(str(day)) == day
        except SqmyError:
            sound = False
        if not sound:
            message = f"日期{quoted(str(day))}不对，请写成 2025-03-01 的样子。"
            yield checked.fault(message, *path)


def _in_order(checked: _Checked) -> Iterator[Fault]:
    """No role ends before it begins, and nothing becomes of an item before it is submitted."""
    for name, member in checked.case.members.items():
        for term in member.appointments:
            if term.since and term.until and term.until < term.since:
                message = f"{quoted(name)}的「任职结束」早于「任职开始」。"
                yield checked.fault(message, "members", name)
    for place, item in enumerate(checked.case.items):
        for path, day in fields_named(item, {"on"}):
            if str(day) < item.submitted_on:
                message = f"{day} 早于这一条的报送日期 {item.submitted_on}，台账不收。"
                yield checked.fault(message, "items", place, *path)


def _added_up(checked: _Checked) -> Iterator[Fault]:
    """The lines of a holder add up to its points; the years of periods are the case's."""
    case = checked.case
    for name, lines in (case.lines or {}).items():
        total, told = sum(points for _, points in lines), case.points.get(name, 0)
        if total != told:
            message = f"{quoted(name)}的明细合计 {total}，与得分 {told} 不符。"
            yield checked.fault(message, "lines", name)
    known = case.periods() if case.quotas else ()
    for name, periods in (case.quotas or {}).items():
        for period in periods:
            if period not in known:
                near = nearest(period, known)
                likely = [f"{case.year}{part}" for part in ("", "H1", "Q1", "M01", "W01")]
                message = f"考核期{quoted(period)}不对{near}可以写 {listed(likely)}，或年份加名称。"
                yield checked.fault(message, "quotas", name, period)


_CHECKS: tuple[Callable[[_Checked], Iterator[Fault]], ...] = (
    _known,
    _unique,
    _dated,
    _in_order,
    _added_up,
)
