"""Whether a rulebook makes sense: what its shape alone cannot say.

`check` finds what makes a rulebook unsound, `advice` what is merely odd.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from sqmy import text
from sqmy.rules import lint_dimensions, lint_rules, lint_tasks, looking
from sqmy.rules.annotations import Lines, Trail, fields_named
from sqmy.rules.awarding import ALL
from sqmy.rules.conditions import Authors, Before, Besides, Units
from sqmy.rules.faults import Fault, listed, nearest, quoted
from sqmy.rules.rulebook import Clause, Rulebook

MOST_DECIMALS = 6
"""Decimals of printed points, at the most."""

LATEST_FIRST_DAY = 28
"""The last day of a month on which a scoring year may begin: every month has it."""

_SEPARATORS = re.compile("[、，,；;/]")
_YEAR_START = re.compile(r"(0[1-9]|1[0-2])-([0-3]\d)", re.ASCII)
_VOCABULARY = {
    "channels": "渠道",
    "ranks": "批示级别",
    "roles": "身份",
    "unit_kinds": "单位类别",
    "finding_kinds": "认定类型",
    "forms": "采用方式",
    "accounts": "账目",
    "periods": "考核期",
}


def check(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Everything that makes a rulebook unsound; scoring relies on none of it being there."""
    for step in _CHECKS:
        yield from step(rulebook, lines)


def advice(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """What deserves a second look: what one entry says and another takes back, or none says."""
    yield from lint_rules.contradictions(rulebook, lines)
    yield from lint_tasks.hidden(rulebook, lines)
    used = {clause for _, clause in clauses_used(rulebook)}
    for clause in rulebook.clauses:
        if clause not in used:
            message = f"条款原意里的{quoted(clause)}没有哪一项用到。只作说明的，可以不管。"
            yield Fault(lines.of("clauses", clause), message)


def clauses_used(rulebook: Rulebook) -> Iterator[tuple[Trail, Clause]]:
    """Every clause that an entry is read from, and where."""
    found = fields_named(rulebook, {"clause"})
    return ((path, str(clause)) for path, clause in found if clause is not None)


def _numbers(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    if not 0 <= rulebook.decimals <= MOST_DECIMALS:
        yield Fault(lines.of("decimals"), f"「小数位」要在 0 到 {MOST_DECIMALS} 之间。")
    match = _YEAR_START.fullmatch(rulebook.year.start)
    if not match or not 1 <= int(match[2]) <= LATEST_FIRST_DAY:
        yield Fault(
            lines.of("year", "start"),
            f"「起于」不能写{quoted(rulebook.year.start)}。请写两位的月和日，"
            f"日不超过 {LATEST_FIRST_DAY}，例如 01-01 或 12-01。",
        )


def _silent(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Sections that others make necessary."""
    if rulebook.quotas and rulebook.quota_count is None:
        message = (
            "有任务，就要写「任务计数」：几个人署名的、署名为单位的、被认定有问题的，各怎样计。"
        )
        yield Fault(lines.of("quotas"), message)
    on_items = any(rule.kind == "finding" for rule in rulebook.rules) and any(
        kind.about == "item" for kind in rulebook.words.finding_kinds
    )
    if on_items and rulebook.findings is None:
        message = (
            "信息会被认定有问题，就要写「认定影响」：该条的其他得分，保留还是取消，"
            "例如 认定影响: {条款: …, 其他得分: 保留}。"
        )
        yield Fault(lines.of("words", "finding_kinds"), message)


def _labels(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """A spelling means one thing in its list, and can be told from its neighbours in a cell."""
    for field, group in rulebook.words._asdict().items():
        seen: dict[str, int] = {}
        for place, label in enumerate(group):
            line = lines.of("words", field, place)
            for spelling in _spellings(label):
                if mark := _SEPARATORS.search(spelling):
                    yield Fault(
                        line,
                        f"{quoted(spelling)}里有“{mark[0]}”，表格里用它分隔几个值。"
                        "若是几个词，词与词之间写半角逗号加空格“, ”。",
                    )
                key = text.match_key(spelling)
                if key in seen:
                    yield Fault(line, f"{quoted(spelling)}写了两次（第 {seen[key]} 行已有）。")
                seen.setdefault(key, line)


def _spellings(label: object) -> list[str]:
    """A declared word and its other spellings."""
    if isinstance(label, str):
        return [label]
    return [label.label, *getattr(label, "aliases", ())]  # type: ignore[attr-defined]


def _clauses(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Every clause that is cited is told in words."""
    cited = list(clauses_used(rulebook))
    for place, reward in enumerate(rulebook.quota_rewards):
        cited.append((("quota_rewards", place, "quota"), reward.quota))
    cited += [
        ((field, place, "rules", at), clause)
        for field in ("combinations", "coefficients", "limits", "conversions", "awards")
        for place, entry in enumerate(getattr(rulebook, field))
        for at, clause in enumerate(entry.rules)
        if clause != ALL
    ]
    places: dict[Clause, list[int]] = {}
    for path, clause in cited:
        if clause not in rulebook.clauses:
            places.setdefault(clause, []).append(lines.of(*path))
    for clause, own in places.items():
        line, *others = sorted(dict.fromkeys(own))
        also = f"（第 {listed(map(str, others))} 行也用到）" if others else ""
        wholes = [one for one in rulebook.clauses if clause.startswith((f"{one}(", f"{one}（"))]
        if wholes:
            whole = max(wholes, key=len)
            what = f"从{quoted(whole)}分出来的，也要在那里写一句。"
        else:
            what = f"{nearest(clause, rulebook.clauses).removeprefix('。')}请改正或补上。"
        yield Fault(line, f"条款{quoted(clause)}没有列在「条款原意」里{also}{_joined(what)}")


def _joined(what: str) -> str:
    return what if what.startswith("，") else f"。{what}"


def _declared(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Every label that is used is declared."""
    known = {
        field: {label if isinstance(label, str) else label.label: None for label in group}
        for field, group in rulebook.words._asdict().items()
    }
    for path, field, words in _words_used(rulebook):
        for place, word in enumerate(words):
            if word not in known[field]:
                # a table's word stands under its label, a list's under its place
                line = max(lines.of(*path, word), lines.of(*path, place))
                declared = listed(known[field]) or "没有，请先在「词汇」里声明"
                what = f"词汇里没有{_VOCABULARY[field]}{quoted(word)}"
                near = nearest(word, known[field])
                yield Fault(line, f"{what}{near}已声明的有：{declared}。")


def _words_used(rulebook: Rulebook) -> Iterator[tuple[Trail, str, Iterable[str]]]:
    """Each place that uses labels, with the list of the vocabulary that they are from."""
    for section in _USING:
        for path, value in fields_named(getattr(rulebook, section), set(_LISTS), (section,)):
            if not isinstance(value, str | bool):
                yield path, _LISTS[str(path[-1])], value or ()  # type: ignore[misc]
    for place, rule in enumerate(rulebook.rules):
        yield ("rules", place, "forwarding"), "channels", rule.forwarding or ()
        yield ("rules", place, "adoption"), "channels", rule.adoption or ()
        yield ("rules", place, "instruction"), "ranks", rule.instruction or ()
        yield ("rules", place, "finding"), "finding_kinds", rule.finding or ()
        yield ("rules", place, "forms"), "forms", rule.forms or ()
        yield ("rules", place, "account"), "accounts", [rule.account] if rule.account else ()
        yield ("rules", place, "also"), "accounts", rule.also or ()
    for place, kinds in enumerate(one.kinds for one in rulebook.consequences):
        yield ("consequences", place, "kinds"), "finding_kinds", kinds
    if rulebook.findings:
        yield ("findings", "kinds"), "finding_kinds", rulebook.findings.kinds
    yield from _words_of_conditions(rulebook)
    for field in ("quota_rewards", "limits", "awards"):
        for place, entry in enumerate(getattr(rulebook, field)):
            yield (field, place, "account"), "accounts", [entry.account] if entry.account else ()
    for place, quota in enumerate(rulebook.quotas):
        yield ("quotas", place, "period"), "periods", [quota.period] if quota.period else ()


def _words_of_conditions(rulebook: Rulebook) -> Iterator[tuple[Trail, str, Iterable[str]]]:
    for path, condition in _conditions(rulebook):
        if isinstance(condition, Authors):
            yield (*path, "roles"), "roles", condition.roles
        else:
            yield (*path, "kinds"), "unit_kinds", condition.kinds
    for looker in looking.lookers(rulebook):
        entry = looker.entry
        for name, own in (("before", entry.before or Before()), ("besides", entry.besides)):
            for field, value in (own or Besides())._asdict().items():
                where = {"instructed": "ranks", "found": "finding_kinds"}.get(field, "channels")
                yield (*looker.path, name, field), where, value


_USING = ("quotas", "base_points", "awards")
_LISTS = {
    "roles": "roles",
    "unit_kinds": "unit_kinds",
    "channels": "channels",
    "no_findings": "finding_kinds",
}


def _conditions(rulebook: Rulebook) -> Iterator[tuple[Trail, Authors | Units]]:
    """Each condition on authors or units, and where."""
    for looker in looking.lookers(rulebook):
        if looker.entry.authors:
            yield (*looker.path, "authors"), looker.entry.authors
        if looker.entry.units:
            yield (*looker.path, "units"), looker.entry.units
    if rulebook.sharing.exception:
        yield ("sharing", "exception", "authors"), rulebook.sharing.exception.authors


_CHECKS: tuple[Callable[[Rulebook, Lines], Iterator[Fault]], ...] = (
    _numbers,
    _silent,
    _labels,
    _clauses,
    _declared,
    lint_tasks.quotas,
    lint_rules.rules,
    lint_rules.overlaps,
    lint_rules.besides,
    lint_rules.combinations,
    lint_rules.coefficients,
    lint_dimensions.dimensions,
    lint_tasks.rewards,
    lint_tasks.limits,
    lint_tasks.consequences,
    lint_tasks.conversions,
    lint_tasks.awards,
)
