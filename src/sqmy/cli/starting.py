"""The questions of `rules new`, answered at the terminal."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from sqmy import points
from sqmy.cli import prompting
from sqmy.cli.asking import somebody
from sqmy.cli.desk import say
from sqmy.errors import UsageError
from sqmy.workspace.starting import LEVELS, SPANS, Answers, Owed, Worth

T = TypeVar("T")


def asked() -> Answers:
    """What the clerk answers.

    Raises:
        UsageError: nobody is there to be asked.
        KeyboardInterrupt: the clerk breaks off.
    """
    if not somebody():
        raise UsageError("没有终端可以提问。请写 --like 名称，照自带的一份起草。")
    say("一项一项地问；没有的直接回车。按 Ctrl-C 作罢。", err=True)
    name = _needed("办法的名称")
    edition = prompting.ask("版本", default="试行")
    kinds = _words("参加考评的单位分哪几类", "委室 民主党派 联络站")
    roles = _words("参加考评的人有哪些身份", "常委 委员", kinds)
    channels = _several("采用渠道", "市政协 市 5 六(二)2", _worth, least=1)
    ranks = _several("批示级别", "市领导 市 10 六(二)3", _worth)
    findings = _several("认定（扣分加分）", "弄虚作假 -10 六(二)11", _finding)
    quotas = _several("任务", "委员 年 1 五(三)", lambda words: _owed(words, (*roles, *kinds)))
    reward = None
    if quotas:
        (reward,) = _several("完成任务的得分", "20 六(二)1", _reward, most=1) or (None,)
    return Answers(
        name,
        edition,
        roles,
        kinds,
        channels,
        ranks,
        findings,
        quotas,
        reward,
        once=_one_of("同一条信息被同一渠道采用几次的", ("每种一次", "每次", "就高")),
        method=_one_of("几个渠道都采用、又有批示的", ("累加", "就高")),
        members=_one_of("几个人署名的，个人得分", ("平均", "全额", "只计第一", "不计")),
        units=_one_of("几个单位报送的，单位得分", ("平均", "全额", "只计第一", "不计")),
        grouped=_one_of("单位排名", ("不分组", "按考评序列", "按单位类别")),
    )


def _needed(label: str) -> str:
    while not (answer := prompting.ask(label)):
        say("这一项要写。", err=True)
    return answer


def _words(label: str, example: str, taken: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Words, none of which is taken by the question before."""
    while True:
        answer = prompting.ask(f"{label}（用空格分开）", hint=f"例如 {example}")
        words = tuple(dict.fromkeys(re.findall(rf"[^\s{_SEPARATORS}]+", answer)))
        both = [word for word in words if word in taken]
        if not both:
            return words
        again = "一个词只能是一样；上一问写错了的，按 Ctrl-C 重来。"
        say(f"「{'、'.join(both)}」上一问已经写了，{again}", err=True)


_SEPARATORS = "、，,；;/"
"""What separates words, and so stands in none."""


def _one_of(label: str, words: tuple[str, ...]) -> str:
    def holding(typed: str) -> list[tuple[str, str]]:
        return [(word, "") for word in words if typed in word]

    while True:
        answer = prompting.ask(f"{label}（{'/'.join(words)}）", search=holding, default=words[0])
        if answer in words:
            return answer
        say(f"请回答 {'、'.join(words)} 中的一个。", err=True)


def _several(
    label: str,
    example: str,
    read: Callable[[list[str]], T],
    *,
    least: int = 0,
    most: int = 99,
) -> tuple[T, ...]:
    """Lines of words until an empty one; a line that cannot be read is asked for again."""
    found: list[T] = []
    while len(found) < most:
        nth = f"第 {len(found) + 1} 个" if most > 1 else ""
        answer = prompting.ask(f"{label}{nth}", hint=f"例如 {example}；没有了就回车")
        if not answer:
            if len(found) >= least:
                break
            say(f"至少写一个{label}。", err=True)
            continue
        try:
            one = read(answer.split())
            _refuse_twice(one, found)
            found.append(one)
        except ValueError as error:
            say(f"{error}请照例子写：{example}", err=True)
    return tuple(found)


def _refuse_twice(one: object, found: Sequence[object]) -> None:
    """The same channel, rank or finding, or what the same holder owes in the same period."""

    def of(entry: object) -> object:
        if isinstance(entry, Worth):
            return entry.label
        return entry[:2] if isinstance(entry, Owed) else None

    if of(one) is not None and of(one) in map(of, found):
        raise ValueError("这一个已经写过了。")


def _label(word: str) -> str:
    if mark := re.search(f"[{_SEPARATORS}]", word):
        raise ValueError(f"「{word}」里有“{mark[0]}”：几个词分几次写，一次一个。")
    return word


def _worth(words: list[str]) -> Worth:
    if len(words) != len(Worth._fields):
        raise ValueError("要写四项：名称、级、分、条款。")
    label, level, value, clause = _label(words[0]), *words[1:]
    if level not in LEVELS:
        raise ValueError(f"级只能是{'、'.join(LEVELS)}。")
    return Worth(label, level, _number(value), clause)


def _finding(words: list[str]) -> Worth:
    if len(words) != len(("类型", "分", "条款")):
        raise ValueError("要写三项：类型、分、条款。")
    label, value, clause = words
    return Worth(_label(label), "", _number(value), clause)


def _owed(words: list[str], holders: tuple[str, ...]) -> Owed:
    if len(words) != len(Owed._fields):
        raise ValueError("要写四项：身份或单位类别、多长、几条、条款。")
    holder, per, number, clause = words
    if holder not in holders:
        raise ValueError(f"身份和单位类别里没有「{holder}」，有：{'、'.join(holders) or '无'}。")
    if per not in SPANS:
        raise ValueError(f"多长只能是{'、'.join(SPANS)}。")
    if not number.isascii() or not number.isdecimal() or not int(number):
        raise ValueError("几条要写整数。")
    return Owed(holder, per, int(number), clause)


def _reward(words: list[str]) -> tuple[Fraction, str]:
    if len(words) != len(("分", "条款")):
        raise ValueError("要写两项：分、条款。")
    return _number(words[0]), words[1]


def _number(word: str) -> Fraction:
    value = points.read(word)
    if value is None:
        raise ValueError(f"「{word}」不是分数。")
    return value
