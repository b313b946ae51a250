"""Whether a rulebook makes sense: what its shape alone cannot say.

`check` finds what makes a rulebook unsound, `advice` what is merely odd.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from sqmy import terms, text
from sqmy.rules.faults import Fault, listed, nearest, quoted
from sqmy.rules.rulebook import Authors, Clause, ItemRule, Rulebook
from sqmy.rules.walk import Lines, Trail, fields_named

MOST_DECIMALS = 6
"""Decimals of printed points, at the most."""

LATEST_FIRST_DAY = 28
"""The last day of a month on which a scoring year may begin: every month has it."""

_SEPARATORS = re.compile("[、，,；;/]")
_YEAR_START = re.compile(r"(0[1-9]|1[0-2])-([0-3]\d)", re.ASCII)
_TABLES = {"adoption": "采用", "instruction": "批示", "finding": "认定"}
_VOCABULARY = {
    "channels": "渠道",
    "ranks": "批示级别",
    "roles": "身份",
    "unit_kinds": "单位类别",
    "finding_kinds": "认定类型",
}


def check(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Everything that makes a rulebook unsound; scoring relies on none of it being there."""
    for step in _CHECKS:
        yield from step(rulebook, lines)


def advice(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """What deserves a second look: clauses told in words that no entry is read from."""
    used = {clause for _, clause in clauses_used(rulebook)}
    for clause in rulebook.clauses:
        if clause not in used:
            message = f"条款原意里的{quoted(clause)}没有哪一项用到。只作说明的，可以不管。"
            yield Fault(lines.of("clauses", clause), message)


def clauses_used(rulebook: Rulebook) -> Iterator[tuple[Trail, Clause]]:
    """Every clause that an entry is read from, and where."""
    return ((path, str(clause)) for path, clause in fields_named(rulebook, {"clause"}))


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
    for place, quota in enumerate(rulebook.quotas):
        for field, required in (("submitted", quota.submitted), ("adopted", quota.adopted)):
            if required is not None and required < 1:
                yield Fault(lines.of("quotas", place, field), "任务的条数至少是 1。")


def _labels(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """A spelling means one thing in its list, and can be told from its neighbours in a cell."""
    for field, group in rulebook.words._asdict().items():
        seen: dict[str, int] = {}
        for place, label in enumerate(group):
            line = lines.of("words", field, place)
            for spelling in [label] if isinstance(label, str) else [label.label, *label.aliases]:
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


def _clauses(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Every clause that is cited is told in words."""
    cited = list(clauses_used(rulebook))
    for place, reward in enumerate(rulebook.quota_rewards):
        cited.append((("quota_rewards", place, "quota"), reward.quota))
    for place, combination in enumerate(rulebook.combinations):
        for at, clause in enumerate(combination.rules):
            cited.append((("combinations", place, "rules", at), clause))
    for path, clause in cited:
        if clause not in rulebook.clauses:
            near = nearest(clause, rulebook.clauses)
            message = f"条款{quoted(clause)}没有列在「条款原意」里{near}请改正或补上。"
            yield Fault(lines.of(*path), message)


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
    for place, quota in enumerate(rulebook.quotas):
        for field in ("roles", "unit_kinds", "channels"):
            yield ("quotas", place, field), field, getattr(quota, field)
    for place, rule in enumerate(rulebook.rules):
        yield ("rules", place, "adoption"), "channels", rule.adoption or ()
        yield ("rules", place, "instruction"), "ranks", rule.instruction or ()
        yield ("rules", place, "finding"), "finding_kinds", rule.finding or ()
    for path, authors in _conditions(rulebook):
        yield (*path, "roles"), "roles", authors.roles


def _conditions(rulebook: Rulebook) -> Iterator[tuple[Trail, Authors]]:
    """Each condition on authors, and where."""
    for place, rule in enumerate(rulebook.rules):
        if rule.authors:
            yield ("rules", place, "authors"), rule.authors
    if rulebook.sharing.exception:
        yield ("sharing", "exception", "authors"), rulebook.sharing.exception.authors


def _quotas(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    foreign = {role.label for role in rulebook.words.roles if not role.local}
    seen: dict[tuple[str, str, bool], int] = {}
    for place, quota in enumerate(rulebook.quotas):
        line = lines.of("quotas", place)
        if bool(quota.roles) == bool(quota.unit_kinds):
            yield Fault(line, "每项任务要写「身份」或「单位类别」，而且只写一个。")
        if (quota.submitted is None) == (quota.adopted is None):
            yield Fault(line, "每项任务要写「报送」或「采用」的条数，而且只写一个。")
        if quota.adopted is not None and not quota.channels:
            yield Fault(line, "按「采用」考核的任务要写「渠道」：哪些渠道的采用算数。")
        if quota.adopted is None and quota.channels:
            message = "「渠道」只在按「采用」考核的任务里写，请删去。"
            yield Fault(lines.of("quotas", place, "channels"), message)
        for holder in (*quota.roles, *quota.unit_kinds):
            if holder in foreign:
                message = f"身份{quoted(holder)}写明不由本办公室考评，不能有任务。"
                yield Fault(lines.of("quotas", place, "roles"), message)
            key = (holder, quota.per, quota.submitted is None)
            if key in seen:
                message = f"{quoted(holder)}已有同样的任务（第 {seen[key]} 行），请合成一项。"
                yield Fault(line, message)
            seen.setdefault(key, line)


def _rules(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    for place, rule in enumerate(rulebook.rules):
        given = [word for field, word in _TABLES.items() if getattr(rule, field) is not None]
        if len(given) != 1:
            found = f"写了{listed(given)}" if given else "没有写"
            message = f"每项计分要写「采用」「批示」或「认定」，而且只写一个；这里{found}。"
            yield Fault(lines.of("rules", place), message)
        yield from _companions(rule, lines, ("rules", place))
    for path, authors in _conditions(rulebook):
        if not authors.roles:
            yield Fault(lines.of(*path), "「作者」的条件里至少写一种身份。")


def _companions(rule: ItemRule, lines: Lines, here: Trail) -> Iterator[Fault]:
    """What goes with adoptions only, and with instructions only."""
    if rule.adoption is not None and rule.forms is None:
        same = ", ".join(f"{form}: 1" for form in terms.FORMS.values())
        message = f"按「采用」计分的要写「方式」，同等计分的写 {{{same}}}。"
        yield Fault(lines.of(*here), message)
    if rule.adoption is None and rule.forms is not None:
        yield Fault(lines.of(*here, "forms"), "「方式」只在按「采用」计分时写，请删去。")
    if rule.instruction is not None and rule.after_adoption is None:
        message = "按「批示」计分的要写「须先采用」：没有被采用的也计分，写 否；不计分，写 是。"
        yield Fault(lines.of(*here), message)
    if rule.instruction is None and rule.after_adoption is not None:
        message = "「须先采用」只在按「批示」计分时写，请删去。"
        yield Fault(lines.of(*here, "after_adoption"), message)
    absent = [word for form, word in terms.FORMS.items() if form not in (rule.forms or terms.FORMS)]
    if absent:
        message = f"「方式」里没有{listed(absent)}。三种方式都要写，不计分的写 0。"
        yield Fault(lines.of(*here, "forms"), message)


def _overlaps(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """No two rules earn for the same label under the same condition: one of them is a slip."""
    seen: dict[tuple[str, str, Authors | None], int] = {}
    for place, rule in enumerate(rulebook.rules):
        for label in rule.table:
            line = lines.of("rules", place, rule.kind, label)
            key = (rule.kind, label, rule.authors)
            if key in seen:
                what = f"{quoted(label)}的{_TABLES[rule.kind]}"
                message = f"{what}会重复计分：第 {seen[key]} 行已计，作者的条件也相同。请删去一处。"
                yield Fault(line, message)
            seen.setdefault(key, line)


def _combinations(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Combining is stated for every rule, once: silence would leave it to the program."""
    own = {rule.clause for rule in rulebook.rules}
    seen: dict[Clause, int] = {}
    for place, combination in enumerate(rulebook.combinations):
        for at, clause in enumerate(combination.rules):
            line = lines.of("combinations", place, "rules", at)
            if clause not in own and clause in rulebook.clauses:
                yield Fault(line, f"「合并」里的{quoted(clause)}在「计分」里没有，合并不了。")
            if clause in seen:
                message = f"「合并」里{quoted(clause)}写了两次（第 {seen[clause]} 行已有）。"
                yield Fault(line, message)
            seen.setdefault(clause, line)
    earning = [at for at, rule in enumerate(rulebook.rules) if rule.kind != "finding"]
    for at in earning if len(earning) > 1 else ():
        clause = rulebook.rules[at].clause
        if clause not in seen:
            message = f"没有写{quoted(clause)}与其他得分怎样合在一起。请列入「合并」。"
            yield Fault(lines.of("rules", at), message)


def _rewards(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    binding = {quota.clause for quota in rulebook.quotas if quota.binding}
    seen: dict[Clause, int] = {}
    for place, reward in enumerate(rulebook.quota_rewards):
        line = lines.of("quota_rewards", place, "quota")
        if reward.quota not in binding and reward.quota in rulebook.clauses:
            message = f"{quoted(reward.quota)}没有“约束: 是”的任务，谁也得不到这项分。"
            yield Fault(line, message)
        if reward.quota in seen:
            message = f"{quoted(reward.quota)}的得分写了两次（第 {seen[reward.quota]} 行已有）。"
            yield Fault(line, message)
        seen.setdefault(reward.quota, line)


_CHECKS: tuple[Callable[[Rulebook, Lines], Iterator[Fault]], ...] = (
    _numbers,
    _labels,
    _clauses,
    _declared,
    _quotas,
    _rules,
    _overlaps,
    _combinations,
    _rewards,
)
