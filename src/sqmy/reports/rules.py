"""A rulebook as tables that a meeting can read."""

from sqmy import points
from sqmy.reports.model import Column, Report, Table
from sqmy.rules.keywords import word_of
from sqmy.rules.rulebook import (
    Authors,
    Combination,
    ItemRule,
    OtherPoints,
    Quota,
    QuotaCount,
    QuotaReward,
    Rulebook,
    Sharing,
    SharingException,
    Standings,
    Year,
)
from sqmy.terms import FORMS, KINDS


def rules_report(rulebook: Rulebook) -> Report:
    """The whole rulebook, in the order in which points are made."""
    return Report(
        f"《{rulebook.name}》{rulebook.edition}",
        (_scoring(rulebook), _quotas(rulebook), _settings(rulebook), _clauses(rulebook)),
        lead=(f"依据：{rulebook.source}",),
        notes=(f"得分以分数精确计算，印出时四舍五入到小数点后 {rulebook.decimals} 位。",),
    )


def _columns(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(t, "right" if t == "得分" else "left") for t in titles)


def _scoring(rulebook: Rulebook) -> Table:
    rows = [
        (
            reward.clause,
            f"完成{reward.quota}的任务（{word_of(QuotaReward, 'condition', reward.condition)}）",
            points.short(reward.points, rulebook.decimals),
            "",
            "",
        )
        for reward in rulebook.quota_rewards
    ]
    for rule in rulebook.rules:
        for label, value in rule.table.items():
            rows.append(
                (
                    rule.clause,
                    f"{label}{KINDS[rule.kind]}",
                    points.short(value, rulebook.decimals),
                    _how_often(rule),
                    "；".join(_conditions(rule, rulebook.decimals)),
                )
            )
    return Table("计分", _columns("条款", "事项", "得分", "同篇", "条件"), tuple(rows))


def _how_often(rule: ItemRule) -> str:
    return f"{word_of(ItemRule, 'once', rule.once)}（{word_of(ItemRule, 'scope', rule.scope)}）"


def _conditions(rule: ItemRule, decimals: int) -> list[str]:
    told = []
    if rule.authors:
        told.append(_authors(rule.authors))
    if rule.after_adoption:
        told.append("须先被采用")
    if rule.forms and len(set(rule.forms.values())) > 1:
        told.extend(
            f"{FORMS[form]}按 {points.short(factor, decimals).lstrip('+')} 倍"
            for form, factor in rule.forms.items()
        )
    return told


def _authors(condition: Authors) -> str:
    return (
        f"作者{word_of(Authors, 'quantifier', condition.quantifier)}为{'、'.join(condition.roles)}"
    )


def _quotas(rulebook: Rulebook) -> Table:
    rows = tuple(
        (
            quota.clause,
            "、".join(quota.roles or quota.unit_kinds),
            f"每{word_of(Quota, 'per', quota.per)}",
            f"报送 {quota.submitted} 条"
            if quota.submitted is not None
            else f"被采用 {quota.adopted} 条（{'、'.join(quota.channels)}）",
            "约束" if quota.binding else "原则上，不影响得分",
            word_of(Quota, "due", quota.due),
        )
        for quota in rulebook.quotas
    )
    return Table("任务", _columns("条款", "谁", "期间", "数量", "约束", "到期"), rows)


def _settings(rulebook: Rulebook) -> Table:
    year, count, sharing = rulebook.year, rulebook.quota_count, rulebook.sharing
    rows = [
        (
            year.clause,
            "考评年度",
            _year(year),
        ),
        ("", "任务计数：多人署名", word_of(QuotaCount, "joint", count.joint)),
        ("", "任务计数：单位署名", word_of(QuotaCount, "by_unit", count.by_unit)),
        ("", "任务计数：被认定的", word_of(QuotaCount, "findings", count.findings)),
        *(
            (c.clause, f"{'、'.join(c.rules)}之间", word_of(Combination, "method", c.method))
            for c in rulebook.combinations
        ),
        (
            rulebook.findings.clause,
            "被认定后，该条的其他得分",
            word_of(OtherPoints, "other_points", rulebook.findings.other_points),
        ),
        (sharing.clause, "多人署名，个人得分", word_of(Sharing, "members", sharing.members)),
        (sharing.clause, "多个单位，单位得分", word_of(Sharing, "units", sharing.units)),
        (sharing.clause, "署名为单位的", word_of(Sharing, "by_unit", sharing.by_unit)),
    ]
    if sharing.exception:
        rows.append(
            (
                sharing.exception.clause,
                _authors(sharing.exception.authors),
                word_of(SharingException, "credit", sharing.exception.credit),
            )
        )
    floor = rulebook.total.floor
    standings = rulebook.standings
    rows += [
        (rulebook.total.clause, "总分下限", "无" if floor is None else str(floor)),
        (standings.clause, "单位排名", word_of(Standings, "units", standings.units)),
        (standings.clause, "得分相同", word_of(Standings, "ties", standings.ties)),
    ]
    return Table("口径", _columns("条款", "事项", "取法"), tuple(rows))


def _year(year: Year) -> str:
    return f"{year.start} 起，{word_of(Year, 'counts_by', year.counts_by)}计入"


def _clauses(rulebook: Rulebook) -> Table:
    return Table("条款原意", _columns("条款", "原意"), tuple(rulebook.clauses.items()))
