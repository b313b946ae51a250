"""Whether quotas, their outcomes, limits and awards make sense."""

from collections.abc import Iterator

from sqmy.rules.amounts import REST, Amount
from sqmy.rules.annotations import Lines, Trail
from sqmy.rules.awarding import ALL, Award, Conversion
from sqmy.rules.faults import Fault, listed, nearest, quoted
from sqmy.rules.keywords import key_of
from sqmy.rules.rulebook import Clause, Consequence, Rulebook
from sqmy.rules.tasks import METRICS, Quota

MOST_YEARS = 20
"""Years that an award looks back on, at the most; each of them is scored."""


def quotas(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each quota says who owes what, once; two numbers for it are two quotas of two clauses."""
    foreign = {role.label for role in rulebook.words.roles if not role.local}
    seen: dict[object, list[tuple[Quota, int]]] = {}
    for place, quota in enumerate(rulebook.quotas):
        line = lines.of("quotas", place)
        units = bool(quota.unit_kinds or quota.by_unit)
        if bool(quota.roles) == units:
            yield Fault(line, "每项任务要写「身份」或「单位类别」，而且只写一个。")
        if sum(getattr(quota, metric) is not None for metric in METRICS) != 1:
            message = "每项任务要写「报送」「上报」「采用」「得分」或「采用率」，而且只写一个。"
            yield Fault(line, message)
            continue
        yield from _companions(quota, lines, ("quotas", place))
        for holder in (*quota.roles, *quota.unit_kinds):
            if holder in foreign:
                message = f"身份{quoted(holder)}写明不由本办公室考评，不能有任务。"
                yield Fault(lines.of("quotas", place, "roles"), message)
            counted = (quota.metric, quota.channels, str(quota.when), quota.distinct)
            key = (holder, quota.per, quota.period, quota.since, quota.until, counted)
            others = seen.setdefault(key, [])
            for other, at in others:
                if other.clause == quota.clause or other.required == quota.required:
                    message = (
                        f"{quoted(holder)}已有同样的任务（第 {at} 行），请合成一项；"
                        "两个数各有各的结果的，写成两条。"
                    )
                    yield Fault(line, message)
                    break
            others.append((quota, line))


def _companions(quota: Quota, lines: Lines, here: Trail) -> Iterator[Fault]:
    """What goes with some metrics only."""
    in_items = quota.metric in {"submitted", "forwarded", "adopted"}
    if quota.required < 1 and in_items and not quota.by_unit:
        yield Fault(lines.of(*here, quota.metric), "任务的条数至少是 1。")
    if quota.adopted is not None and not quota.channels:
        message = "按「采用」考核的任务要写「渠道」：哪些渠道的采用算数。"
        yield Fault(lines.of(*here), message)
    if quota.adopted is None and quota.rate is None and quota.channels:
        message = "「渠道」只在按「采用」考核的任务里写，请删去。"
        yield Fault(lines.of(*here, "channels"), message)
    if (quota.rate is None) != (quota.nothing_submitted is None):
        message = "按「采用率」考核的任务要写「没有报送」：一条也没有报送的，算完成还是未完成。"
        where = lines.of(*here) if quota.rate is not None else lines.of(*here, "nothing_submitted")
        yield Fault(
            where,
            message if quota.rate is not None else "「没有报送」只在按「采用率」考核时写，请删去。",
        )
    if quota.rate is not None and not 0 < quota.rate <= 1:
        message = "「采用率」写成 0 与 1 之间的数，例如 0.3 或 3/10。"
        yield Fault(lines.of(*here, "rate"), message)
    if quota.distinct and not in_items:
        message = "「不重复」只在按「报送」「上报」「采用」考核的任务里写，请删去。"
        yield Fault(lines.of(*here, "distinct"), message)
    if quota.period is not None and quota.per != "year":
        message = "写了「考核期」的，「每」应写 年。"
        yield Fault(lines.of(*here, "per"), message)
    if quota.per_head and quota.roles:
        message = "「人均」只用于单位的任务，请删去。"
        yield Fault(lines.of(*here, "per_head"), message)


def rewards(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each outcome concerns quotas that somebody has, and is written once."""
    binding = {quota.clause for quota in rulebook.quotas if quota.binding}
    seen: dict[Clause, int] = {}
    for place, reward in enumerate(rulebook.quota_rewards):
        line = lines.of("quota_rewards", place, "quota")
        here = lines.of("quota_rewards", place)
        if (reward.points is None) == (reward.each is None):
            message = "每项任务得分要写「得」（全年合起来）或「每期」（逐期），而且只写一个。"
            yield Fault(here, message)
        if (reward.points is None) != (reward.condition is None):
            message = "写了「得」的要写「条件」：全部完成才得，还是按比例；没有写「得」的不写。"
            yield Fault(here, message)
        if reward.otherwise is not None and reward.condition != "all":
            message = "「否则」（没有全部完成的得几分）只与“条件: 全部”一起写，请删去。"
            yield Fault(lines.of("quota_rewards", place, "otherwise"), message)
        if reward.each and not any(value for value in reward.each if value is not False):
            yield Fault(here, "「每期」里至少写一种结果，例如 {完成: 10}。")
        if reward.quota not in binding and reward.quota in rulebook.clauses:
            message = f"{quoted(reward.quota)}没有“约束: 是”的任务，谁也得不到这项分。"
            yield Fault(line, message)
        if reward.quota in seen and reward.points is not None:
            message = f"{quoted(reward.quota)}的得分写了两次（第 {seen[reward.quota]} 行已有）。"
            yield Fault(line, message)
        if reward.points is not None:
            seen.setdefault(reward.quota, line)


def limits(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each limit bounds something, and what it bounds is there."""
    making = _making(rulebook)
    for place, limit in enumerate(rulebook.limits):
        if limit.ceiling is None and limit.floor is None:
            yield Fault(lines.of("limits", place), "每项限额至少写「上限」或「下限」。")
        if limit.ceiling is not None and limit.floor is not None and limit.floor > limit.ceiling:
            yield Fault(lines.of("limits", place, "floor"), "「下限」比「上限」还大。")
        for at, clause in enumerate(limit.rules):
            if clause != ALL and clause not in making and clause in rulebook.clauses:
                message = f"限额里的{quoted(clause)}没有哪一项计分，限不了。"
                yield Fault(lines.of("limits", place, "rules", at), message)
            making.add(limit.clause)
    for place, base in enumerate(rulebook.base_points):
        if bool(base.roles) == bool(base.unit_kinds):
            message = "每项基础分要写「身份」或「单位类别」，而且只写一个。"
            yield Fault(lines.of("base_points", place), message)


def _making(rulebook: Rulebook) -> set[Clause]:
    """The clauses that lines come from, those of limits aside."""
    making = {rule.clause for rule in rulebook.rules}
    making |= {one.clause for one in rulebook.base_points}
    return making | {one.clause for one in rulebook.quota_rewards}


def conversions(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each conversion has lines to convert, and a number where it converts by one."""
    for place, one in enumerate(rulebook.conversions):
        here: Trail = ("conversions", place)
        yield from _of_lines(rulebook, one.rules, lines, here)
        if (one.base == "number") != (one.number is not None):
            yield Fault(lines.of(*here), "「折算」按基准分的要写「基准分」，否则不写。")
        if one.number is not None:
            yield from _base_numbers(rulebook, one, lines, (*here, "number"))


def _of_lines(
    rulebook: Rulebook, clauses: tuple[Clause, ...], lines: Lines, here: Trail
) -> Iterator[Fault]:
    """Lines come from each of the clauses."""
    making = _making(rulebook) | {limit.clause for limit in rulebook.limits}
    for at, clause in enumerate(clauses):
        if clause not in making and clause in rulebook.clauses:
            message = f"「条款各项」里的{quoted(clause)}没有哪一项计分，没有分可看。"
            yield Fault(lines.of(*here, "rules", at), message)


def _base_numbers(
    rulebook: Rulebook, one: Conversion, lines: Lines, here: Trail
) -> Iterator[Fault]:
    """The number that full points are due to, or one for each kind of unit."""
    number = one.number or Amount()
    kinds, line = rulebook.words.unit_kinds, lines.of(*here)
    if any(value <= 0 for value in number.numbers):
        yield Fault(line, "「基准分」要大于 0。")
    if number.by_ordinal or number.depth > 1:
        yield Fault(line, "「基准分」写一个数，或者每类单位一个数，例如 {甲类: 60, 其余: 40}。")
    if number.by is None:
        return
    if one.holders != "units":
        yield Fault(line, "「基准分」分单位类别写的，「对象」应写 单位。")
    for word in number.by:
        if word != REST and word not in kinds:
            message = f"没有单位类别{quoted(word)}{nearest(word, kinds)}有：{listed(kinds)}。"
            yield Fault(lines.of(*here, word), message)
    absent = [kind for kind in kinds if kind not in number.by]
    if absent and REST not in number.by:
        yield Fault(line, f"没有写{listed(absent)}的基准分。请补上，或写「{REST}」。")


def consequences(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each consequence says what it counts, and in which span unless it lasts."""
    for place, one in enumerate(rulebook.consequences):
        if one.times < 1:
            yield Fault(lines.of("consequences", place, "times"), "「满」至少是 1。")
        if not one.kinds:
            message = "「认定」至少写一种：有了哪些认定。"
            yield Fault(lines.of("consequences", place, "kinds"), message)
        if one.within is None and not one.lasting:
            message = "要写「在」：在多长时间里计次数（月、季度、半年、年）。"
            yield Fault(lines.of("consequences", place), message)
        if one.within is not None and one.lasting:
            message = "长久有效的后果，历年的认定都算，不写「在」，请删去。"
            yield Fault(lines.of("consequences", place, "within"), message)
        yield from _barred_from(rulebook, one, lines, ("consequences", place, "awards"))


def _barred_from(
    rulebook: Rulebook, one: Consequence, lines: Lines, here: Trail
) -> Iterator[Fault]:
    """The awards that a consequence bars from are there, and it bars from awards at all."""
    known = [award.label for award in rulebook.awards]
    if one.awards and one.effect not in {"barred", "barred_for_good"}:
        message = "「评先」只在后果是取消评先资格时写，请删去。"
        yield Fault(lines.of(*here), message)
    for at, label in enumerate(one.awards):
        if label not in known:
            message = f"没有名称是{quoted(label)}的评先{nearest(label, known)}有：{listed(known)}。"
            yield Fault(lines.of(*here, at), message)


def hidden(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Lists of those who did little, that a consequence takes names from unawares."""
    barring = [
        place
        for place, one in enumerate(rulebook.consequences)
        if one.effect in {"barred", "barred_for_good"} and not one.awards
    ]
    for award in rulebook.awards if barring else ():
        if not award.honours:
            message = (
                f"取消评先资格的，也不列入{quoted(award.label)}（从末位起的、最多几条的名单）。"
                "只取消几项的，在后果里写「评先」，例如 评先: [先进单位]。"
            )
            yield Fault(lines.of("consequences", barring[0]), message)


def awards(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each award says in one way how many, and asks only what its candidates can have."""
    seen: dict[str, int] = {}
    for place, award in enumerate(rulebook.awards):
        line = lines.of("awards", place)
        yield from _of_lines(rulebook, award.rules, lines, ("awards", place))
        yield from _places(award, lines, ("awards", place))
        if award.label in seen:
            message = f"评先{quoted(award.label)}写了两次（第 {seen[award.label]} 行已有）。"
            yield Fault(lines.of("awards", place, "label"), message)
        seen.setdefault(award.label, line)
        if award.kind == "item" and (award.needs or award.groups != "together"):
            message = "评信息的，「分组」写 不分组，也不写「资格」。"
            yield Fault(line, message)
        if award.per != "year" and (award.years != 1 or award.streak != 1):
            message = "「年数」「连续年数」只在「每」是 年 时写，请删去。"
            yield Fault(lines.of("awards", place, "per"), message)
        if award.rules and award.account:
            message = "「条款各项」和「记入」只写一个：看哪几条的得分，或者看哪一本账。"
            yield Fault(line, message)
        if award.from_last and award.marks is not None:
            message = "「从末位起」的用「取」「比例」等写名额，不写「分数线」，请删去一样。"
            yield Fault(lines.of("awards", place, "from_last"), message)
        for field, years in (("years", award.years), ("streak", award.streak)):
            if not 1 <= years <= MOST_YEARS:
                message = f"「{key_of(Award, field)}」要在 1 到 {MOST_YEARS} 之间。"
                yield Fault(lines.of("awards", place, field), message)


def _places(award: Award, lines: Lines, here: Trail) -> Iterator[Fault]:
    """How many there is room for, and in which group."""
    ways = ("places", "share", "by_group", "by_standing", "grades", "marks")
    if sum(getattr(award, way) is not None for way in ways) > 1:
        message = f"名额只用一种写法：{listed([key_of(Award, way) for way in ways])}。"
        yield Fault(lines.of(*here), message)
    if award.groups == "unit" and award.kind == "unit":
        message = "评单位的不能“分组: 按单位”，一个单位一组没有可比的。"
        yield Fault(lines.of(*here, "groups"), message)
    if award.by_standing and (award.kind != "member" or award.groups != "unit"):
        message = "「按单位名次」给名额的，「对象」写 人员，「分组」写 按单位。"
        yield Fault(lines.of(*here, "by_standing"), message)
    if award.share is not None and not 0 < award.share <= 1:
        message = "「比例」写成 0 与 1 之间的数，例如 0.3 或 1/3。"
        yield Fault(lines.of(*here, "share"), message)
