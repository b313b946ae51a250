"""The text of a rulebook that a few answers make, and of its first cases.

What nobody was asked about is written as is usual, under the clause 未规定, with a mark: a
decision that the office has to make is never hidden in a default.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqmy import points
from sqmy.rules.choices import SILENT

if TYPE_CHECKING:
    from sqmy.workspace.starting import Answers, Owed, Worth

MARK = "请定"
"""What the lines are marked with that somebody has to decide."""

_PLAIN = re.compile(r"[^\W_][\w（）()〔〕《》“”·.-]*")


def quoted(word: str) -> str:
    """A text as YAML takes it: as it is, or in quotes."""
    return word if _PLAIN.fullmatch(word) else json.dumps(word, ensure_ascii=False)


def rulebook(answers: "Answers") -> Iterator[str]:
    """The rulebook, line by line."""
    name = quoted(answers.name)
    yield f"# 《{answers.name}》的机读文本。怎样写见 docs/rules.md，写好后运行 sqmy rules check。"
    yield f"# 标着“{MARK}”的，是没有问到、照通常做法写的：逐项核对，"
    yield "# 原文写了的，把条款改成原文那一条；定下来以后删去标记。"
    yield ""
    yield from (f"名称: {name}", f"版本: {quoted(answers.edition)}", f"依据: {name}", "")
    yield "条款原意:   # 用自己的话，一条一句"
    yield from (f"  {quoted(clause)}: {quoted(told)}" for clause, told in _clauses(answers).items())
    yield f"  {SILENT}: 原文没有说、又必须定下来的，照通常的做法"
    yield from _words(answers)
    yield from ("", f"小数位: {answers.decimals}")
    yield _open("年度", "起于: 01-01, 归属: 各按发生日期", "从哪天起；采用、批示算在哪一年")
    yield from _tasks(answers)
    yield from _rules(answers)
    yield ""
    share = f"个人: {answers.members}, 单位: {answers.units}, 单位署名: 只计单位"
    yield _open("分摊", share, "署名为单位的，作者个人得不得分")
    yield _open("总分", "下限: 无", "总分能不能是负的")
    yield _open("排名", f"单位分组: {answers.grouped}, 并列: 同名次", "同分的怎样排")


def _open(section: str, written: str, question: str) -> str:
    return f"{section}: {{条款: {SILENT}, {written}}}   # {MARK}：{question}"


def _words(answers: "Answers") -> Iterator[str]:
    yield from ("", "词汇:", "  渠道:")
    yield from (f"    - {{名: {quoted(one.label)}, 级: {one.level}}}" for one in answers.channels)
    if answers.ranks:
        yield "  批示级别:"
        yield from (f"    - {{名: {quoted(one.label)}, 级: {one.level}}}" for one in answers.ranks)
    if answers.roles:
        yield "  身份:"
        yield from (f"    - {{名: {quoted(role)}, 本地: 是}}" for role in answers.roles)
    yield f"  单位类别: {_listed(_kinds(answers))}"
    if answers.findings:
        yield f"  认定类型: {_listed(one.label for one in answers.findings)}"


def _kinds(answers: "Answers") -> tuple[str, ...]:
    """The kinds of unit; every unit has one, and so there is one."""
    return answers.unit_kinds or ("单位",)


def _tasks(answers: "Answers") -> Iterator[str]:
    if not answers.quotas:
        return
    yield from (
        "",
        f"任务:   # {MARK}：约束（是必须完成，还是原则上）；到期（期末在任才有，还是任过职就有）",
    )
    for one in answers.quotas:
        who = "身份" if one.holder in answers.roles else "单位类别"
        yield (
            f"  - {{条款: {quoted(one.clause)}, {who}: [{quoted(one.holder)}], 每: {one.per},"
            f" 报送: {one.number}, 约束: 是, 到期: 期末在任}}"
        )
    yield f"任务计数:   # {MARK}：几个人署名的、署名为单位的、被认定有问题的，各怎样计"
    yield from ("  多人署名: 各计一条", "  单位署名: 只计单位", "  被认定的: 不计")
    if answers.reward:
        value, clause = answers.reward
        yield "完成任务得分:"
        for quota in dict.fromkeys(one.clause for one in answers.quotas):
            given = f"条款: {quoted(clause)}, 任务条款: {quoted(quota)}"
            yield f"  - {{{given}, 得: {value}, 条件: 全部}}   # {MARK}：没有全部完成的，得不得分"


def _rules(answers: "Answers") -> Iterator[str]:
    yield from ("", f"计分:   # {MARK}：各种方式是否同样计分；范围（跨了年度，重新计还是不再计）")
    for one in answers.channels:
        yield (
            f"  - {{{_table(one, '采用')}, 方式: {{单篇: 1, 综合: 1, 转送: 1}},"
            f" 同篇: {answers.once}, 范围: 本年度}}"
        )
    for one in answers.ranks:
        yield (
            f"  - {{{_table(one, '批示')}, 须先采用: 否, 同篇: 一次, 范围: 本年度}}"
            f"   # {MARK}：没有被采用的计不计；几位领导批示的计几次"
        )
    for one in answers.findings:
        yield f"  - {{{_table(one, '认定')}, 同篇: 一次, 范围: 本年度}}"
    combined = list(dict.fromkeys(one.clause for one in (*answers.channels, *answers.ranks)))
    yield "合并:"
    yield f"  - {{条款: {SILENT}, 条款各项: {_listed(combined)}, 方法: {answers.method}}}"
    if answers.findings:
        clause = quoted(answers.findings[0].clause)
        question = "被认定的信息，别的得分留不留"
        yield f"认定影响: {{条款: {clause}, 其他得分: 保留}}   # {MARK}：{question}"


def _table(one: "Worth", kind: str) -> str:
    return f"条款: {quoted(one.clause)}, {kind}: {{{quoted(one.label)}: {one.points}}}"


def _clauses(answers: "Answers") -> dict[str, str]:
    """Every clause that is cited, told from what it gives."""
    told: dict[str, list[str]] = {}
    for kind, entries in (
        ("采用", answers.channels),
        ("批示", answers.ranks),
        ("", answers.findings),
    ):
        for one in entries:
            told.setdefault(one.clause, []).append(f"{one.label}{kind} {_shown(one)} 分")
    for owed in answers.quotas:
        told.setdefault(owed.clause, []).append(f"{owed.holder}每{owed.per}报送 {owed.number} 条")
    if answers.reward:
        told.setdefault(answers.reward[1], []).append(f"完成任务计 {answers.reward[0]} 分")
    return {clause: "，".join(parts) for clause, parts in told.items()}


def _shown(one: "Worth") -> str:
    return points.short(one.points, 6).lstrip("+")


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"


# -- the first cases ---------------------------------------------------------------------------


def cases(answers: "Answers") -> Iterator[str]:
    """One case for each thing that earns or is owed, each of one item or of none."""
    yield "# 算例：每一条至少一个，算式写在“说明”里。怎样写见 docs/rules.md 第九节。"
    yield "# 这里每样只有一件事；几件事碰在一起的，照这个样子添。"
    for kind, entries in (
        ("采用", answers.channels),
        ("批示", answers.ranks),
        ("认定", answers.findings),
    ):
        for one in entries:
            yield from _case_of(answers, one, kind)
    for clause in dict.fromkeys(one.clause for one in answers.quotas):
        yield from _case_of_quotas(answers, clause)


_LABEL = {"采用": "渠道", "批示": "级别", "认定": "类型"}


def _case_of(answers: "Answers", one: "Worth", kind: str) -> Iterator[str]:
    earned = points.exact(one.points) if answers.units != "不计" else "0"
    aside = "，不看任务" if answers.reward else ""
    what = one.label if kind == "认定" else f"{one.label}{kind}一次"
    yield ""
    yield f"- 说明: {quoted(f'{what}，{_shown(one)} 分，只有一个单位{aside}')}"
    yield f"  条款: [{quoted(one.clause)}]"
    if answers.reward:
        yield "  改: {完成任务得分: 无}"
    yield from _county(answers)
    yield "  信息:"
    yield "    - 编号: 甲1"
    yield "      报送: 2025-02-01"
    yield "      单位: 甲单位"
    yield f"      {kind}: [{{{_LABEL[kind]}: {quoted(one.label)}, 日期: 2025-03-01}}]"
    yield f"  得分: {{甲单位: {earned}}}"


def _case_of_quotas(answers: "Answers", clause: str) -> Iterator[str]:
    """Nothing submitted, and so nothing done: of every period, and without points for it."""
    owed = [one for one in answers.quotas if one.clause == clause]
    rewarded = [quoted(answers.reward[1])] if answers.reward else []
    people = dict.fromkeys(one.holder for one in owed if one.holder in answers.roles)
    yield ""
    yield f"- 说明: {quoted(f'一条也没有报送，{_whom(owed)}都没有完成任务，不得分')}"
    yield f"  条款: [{', '.join(dict.fromkeys([quoted(clause), *rewarded]))}]"
    yield from _county(answers, {one.holder for one in owed}, people)
    yield "  信息: 无"
    yield "  得分: {甲单位: 0}"


def _whom(owed: Iterable["Owed"]) -> str:
    return "、".join(dict.fromkeys(one.holder for one in owed))


def _county(
    answers: "Answers", kinds: Iterable[str] = (), people: Iterable[str] = ()
) -> Iterator[str]:
    """A unit, of one of these kinds if there is one, and a member of each role."""
    owing = [kind for kind in _kinds(answers) if kind in set(kinds)]
    kind = (owing or _kinds(answers))[0]
    yield "  年度: 2025"
    yield f"  单位: {{甲单位: {{单位类别: {quoted(kind)}}}}}"
    members = [
        f"人员{at}: {{单位: 甲单位, 身份: {quoted(role)}}}" for at, role in enumerate(people, 1)
    ]
    yield f"  人员: {'{' + ', '.join(members) + '}' if members else '无'}"
