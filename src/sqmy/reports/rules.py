"""A rulebook as tables that a meeting can read: every entry under its own words.

The tables follow the rulebook's order and say what its entries say; nothing is told that is not
written there. What an entry does not write has no word here either.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from sqmy import points
from sqmy.reports.model import Column, Report, Table
from sqmy.rules import choices, keywords
from sqmy.rules.amounts import Amount
from sqmy.rules.choices import word_of
from sqmy.rules.keywords import key_of
from sqmy.rules.parts import WAYS, Parts
from sqmy.rules.rulebook import (
    ItemRule,
    Rulebook,
    Sharing,
    SharingException,
)
from sqmy.rules.tasks import METRICS, Quota, QuotaCount, QuotaReward
from sqmy.terms import KINDS as FACTS


def rules_report(rulebook: Rulebook) -> Report:
    """The whole rulebook, in the order in which points are made."""
    tables = (
        _scoring(rulebook),
        _entries(rulebook, "coefficients", ("clause",)),
        _combinations(rulebook),
        _quotas(rulebook),
        _rewards(rulebook),
        _entries(rulebook, "base_points", ("clause", "points")),
        _entries(rulebook, "limits", ("clause",)),
        _entries(rulebook, "consequences", ("clause",)),
        _settings(rulebook),
        _entries(rulebook, "awards", ("clause", "label")),
        _clauses(rulebook),
    )
    return Report(
        f"《{rulebook.name}》{rulebook.edition}",
        tuple(table for table in tables if table.rows),
        lead=(f"依据：{rulebook.source}",),
        notes=(f"得分以分数精确计算，印出时四舍五入到小数点后 {rulebook.decimals} 位。",),
    )


def _columns(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(t, "right" if t == "得分" else "left") for t in titles)


def _scoring(rulebook: Rulebook) -> Table:
    rows = tuple(
        (
            rule.clause,
            f"{label}{FACTS[rule.kind]}{f'（{case}）' if case else ''}",
            value,
            _how_often(rule),
            "；".join(_conditions(rule)),
        )
        for rule in rulebook.rules
        for label, amount in rule.table.items()
        for case, value in _cases(amount, lambda one: points.short(one, rulebook.decimals))
    )
    return Table("计分", _columns("条款", "事项", "得分", "同篇", "条件"), rows)


def _cases(amount: Amount, shown: Callable[[Fraction], str]) -> Iterator[tuple[str, str]]:
    """Each case of an amount with its points, shown as they are to be."""
    if amount.by is None:
        yield "", "，再次 ".join(map(shown, amount.points))
        return
    for word, part in amount.by.items():
        for case, value in _cases(part, shown):
            yield "，".join(filter(None, (word, case))), value


def _how_often(rule: ItemRule) -> str:
    return f"{word_of(ItemRule, 'once', rule.once)}（{word_of(ItemRule, 'scope', rule.scope)}）"


_CONDITIONS = (
    "authors",
    "units",
    "when",
    "before",
    "besides",
    "ordinal",
    "sharing",
    "account",
    "also",
    "since",
    "until",
)


def _conditions(rule: ItemRule) -> list[str]:
    told = ["须先被采用"] if rule.after_adoption else []
    told += [
        f"{key_of(ItemRule, field)}{said(value)}"
        for field in _CONDITIONS
        if (value := getattr(rule, field)) is not None
    ]
    if rule.forms and len(set(rule.forms.values())) > 1:
        told.extend(f"{form}按 {points.exact(factor)} 倍" for form, factor in rule.forms.items())
    return told


def _combinations(rulebook: Rulebook) -> Table:
    rows = tuple(
        (
            one.clause,
            "、".join(one.rules),
            said(one._replace(clause="", rules=()), {"clause", "rules"}),
        )
        for one in rulebook.combinations
    )
    return Table("合并", _columns("条款", "哪几条之间", "取法"), rows)


def _quotas(rulebook: Rulebook) -> Table:
    told = {"clause", "per", "binding", "due", "roles", "unit_kinds", "period", *METRICS}
    rows = tuple(
        (
            quota.clause,
            "、".join(quota.roles or quota.unit_kinds) or "所列单位",
            quota.period or f"每{word_of(Quota, 'per', quota.per)}",
            f"{key_of(Quota, quota.metric)} {points.exact(quota.required)}",
            "约束" if quota.binding else "原则上，不影响得分",
            word_of(Quota, "due", quota.due),
            said(quota, told),
        )
        for quota in rulebook.quotas
    )
    return Table("任务", _columns("条款", "谁", "期间", "数量", "约束", "到期", "另有"), rows)


def _rewards(rulebook: Rulebook) -> Table:
    rows = tuple(
        (
            one.clause,
            f"{one.quota}的任务",
            f"{word_of(QuotaReward, 'condition', one.condition)}完成，"
            f"得 {points.short(one.points, rulebook.decimals)}"
            if one.points is not None and one.condition
            else said(one.each, set()),
            said(one, {"clause", "quota", "points", "condition", "each"}),
        )
        for one in rulebook.quota_rewards
    )
    return Table("完成任务得分", _columns("条款", "哪些任务", "得分", "另有"), rows)


def _entries(rulebook: Rulebook, section: str, own: tuple[str, ...]) -> Table:
    """A section whose entries are told in their own words, some fields in columns."""
    entries = getattr(rulebook, section)
    titles = [key_of(type(entries[0]), field) for field in own] if entries else []
    rows = tuple(
        (*(said(getattr(entry, field)) for field in own), said(entry, set(own)))
        for entry in entries
    )
    columns = tuple(map(Column, (*titles, "内容")))
    return Table(keywords.KEYS[section], columns, rows)


def _settings(rulebook: Rulebook) -> Table:
    sharing, count, effect = rulebook.sharing, rulebook.quota_count, rulebook.findings
    year, total, standings = rulebook.year, rulebook.total, rulebook.standings
    rows: list[tuple[str, str, str]] = [
        (year.clause, "考评年度", f"{year.start} 起，{_word(year, 'counts_by')}计入"),
        *(
            (count.clause or "", f"任务计数：{key_of(QuotaCount, field)}", _word(count, field))
            for field in ("joint", "by_unit", "findings")
            if count
        ),
        *(
            (one.clause or "", "任务计数：条件", said(one.when))
            for one in [count]
            if one and one.when
        ),
        *(
            (one.clause, "被认定后，该条的其他得分", said(one, {"clause"}))
            for one in [effect]
            if one
        ),
        (sharing.clause, "多人署名，个人得分", said(sharing.members)),
        (sharing.clause, "多个单位，单位得分", said(sharing.units)),
        (sharing.clause, "署名为单位的", word_of(Sharing, "by_unit", sharing.by_unit)),
    ]
    if sharing.exception:
        rows.append(
            (
                sharing.exception.clause,
                f"作者{said(sharing.exception.authors)}",
                word_of(SharingException, "credit", sharing.exception.credit),
            )
        )
    rows += [
        (total.clause, "总分下限", "无" if total.floor is None else str(total.floor)),
        (standings.clause, "单位排名", _word(standings, "units")),
        (standings.clause, "得分相同", said(standings, {"clause", "units"})),
    ]
    rows += [(one.clause, "折算", said(one, {"clause"})) for one in rulebook.conversions]
    return Table("口径", _columns("条款", "事项", "取法"), tuple(rows))


def _word(entry: Any, field: str) -> str:  # noqa: ANN401 — any entry of the rulebook
    return word_of(type(entry), field, getattr(entry, field))


def _clauses(rulebook: Rulebook) -> Table:
    return Table("条款原意", _columns("条款", "原意"), tuple(rulebook.clauses.items()))


# -- values in words ---------------------------------------------------------------------------


def said(value: object, without: Iterable[str] = ()) -> str:
    """A value of a rulebook in the words in which it is written.

    Args:
        value: any value.
        without: fields of an entry that are told elsewhere.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Amount):
        return "，".join(": ".join(filter(None, case)) for case in _cases(value, points.exact))
    if isinstance(value, Mapping):
        return "，".join(f"{said(key)} {said(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        own = _entry_said(value, set(without)) if hasattr(value, "_fields") else None
        return "、".join(map(said, value)) if own is None else own
    return points.exact(value) if isinstance(value, Fraction) else str(value)


_BARE = {
    ("Authors", "quantifier"),
    ("Authors", "roles"),
    ("Units", "quantifier"),
    ("Criterion", "words"),
}
"""Fields that read well without their keyword."""


def _entry_said(entry: Any, without: set[str]) -> str:  # noqa: ANN401 — any entry
    cls, parts = type(entry), []
    if cls is Parts and entry in WAYS.values():
        way = next(word for word, known in WAYS.items() if known == entry)
        return word_of(Parts, "agreed", way)
    for field in entry._fields:
        value = getattr(entry, field)
        if (
            field in without
            or field not in keywords.KEYS
            or value == cls._field_defaults.get(field, _UNSAID)
        ):
            continue
        if isinstance(value, str) and value in choices.CHOICES and field not in _FREE:
            value = word_of(cls, field, value)
        if field in _CRITERIA:
            value = tuple(word_of(cls, field, one) for one in value)
        bare = (cls.__name__, field) in _BARE
        parts.append(said(value) if bare else f"{key_of(cls, field)} {said(value)}")
    return "，".join(parts)


_UNSAID = object()
_FREE = frozenset({"label", "clause", "attribute", "quota", "period", "account"})
"""Fields whose text is the writer's own, even where it is the name of a choice."""

_CRITERIA = frozenset({"sort", "then"})
"""Fields that list choices."""
