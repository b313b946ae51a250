"""Whether the item rules, coefficients and combinations of a rulebook make sense."""

from collections.abc import Iterator

from sqmy.rules import looking
from sqmy.rules.amounts import REST, Amount
from sqmy.rules.annotations import Lines, Trail
from sqmy.rules.faults import Fault, listed, quoted
from sqmy.rules.rulebook import KINDS, Clause, ItemRule, OwnSharing, Rulebook, Sharing

TABLES = {
    "submission": "报送",
    "forwarding": "上报",
    "adoption": "采用",
    "instruction": "批示",
    "finding": "认定",
}
"""The keyword of each kind's table."""


def rules(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Each rule looks at one kind of fact, and says what that kind needs said."""
    for place, rule in enumerate(rulebook.rules):
        here: Trail = ("rules", place)
        given = [TABLES[kind] for kind in KINDS if getattr(rule, kind) is not None]
        if len(given) != 1:
            words = "」「".join([*TABLES.values()][:-1])
            found = f"写了{listed(given)}" if given else "没有写"
            message = f"每项计分要写「{words}」或「认定」，而且只写一个；这里{found}。"
            yield Fault(lines.of(*here), message)
            continue
        yield from _companions(rulebook, rule, lines, here)
        yield from _ordinals(rule, lines, here)
        if rule.account in (rule.also or {}):
            message = f"已经“记入: {rule.account}”，「同时记入」里不再写它。"
            yield Fault(lines.of(*here, "also", str(rule.account)), message)
        if rule.since and rule.until and rule.until < rule.since:
            yield Fault(lines.of(*here, "until"), "「至」早于「自」，哪一天也不施行。")
        for field, condition in (("authors", rule.authors), ("units", rule.units)):
            if condition and not any(condition[1:]):
                wanted = "身份" if field == "authors" else "单位类别、考评序列或名称"
                word = "作者" if field == "authors" else "报送单位"
                message = f"「{word}」的条件里至少写一种{wanted}。"
                yield Fault(lines.of(*here, field), message)
            if condition and condition.quantifier == "each":
                message = "「各自」只用在「系数」里；这里写 全部、任一 或 无一。"
                yield Fault(lines.of(*here, field), message)
    yield from _agreed(rulebook, lines)
    exception = rulebook.sharing.exception
    if exception and exception.authors.quantifier == "each":
        message = "「各自」只用在「系数」里；这里写 全部、任一 或 无一。"
        yield Fault(lines.of("sharing", "exception", "authors"), message)
    if exception and not exception.authors.roles:
        where = lines.of("sharing", "exception", "authors")
        yield Fault(where, "「作者」的条件里至少写一种身份。")


def _agreed(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Parts that are agreed stand in one attribute."""
    ways: list[tuple[Trail, Sharing | OwnSharing | None]] = [(("sharing",), rulebook.sharing)]
    ways += [(("rules", at, "sharing"), rule.sharing) for at, rule in enumerate(rulebook.rules)]
    count = sum(one.kind == "shares" for one in rulebook.words.attributes)
    for path, own in ways:
        for field in ("members", "units"):
            way = getattr(own, field, None)
            if way and way.agreed and count != 1:
                message = "按约定分的，「附加项」里要有且只有一项，类型写 比例。"
                yield Fault(lines.of(*path, field), message)


def _companions(rulebook: Rulebook, rule: ItemRule, lines: Lines, here: Trail) -> Iterator[Fault]:
    """What goes with adoptions only, and with instructions only."""
    forms = rulebook.words.forms
    looked_up = "方式" in rule.by or "方式" in (rule.when or {})
    if rule.adoption is not None and rule.forms is None and not looked_up and len(forms) > 1:
        same = ", ".join(f"{form}: 1" for form in forms)
        message = f"按「采用」计分的要写「方式」，同等计分的写 {{{same}}}。"
        yield Fault(lines.of(*here), message)
    if rule.adoption is None and rule.forms is not None:
        yield Fault(lines.of(*here, "forms"), "「方式」只在按「采用」计分时写，请删去。")
    if rule.forms is not None and "方式" in rule.by:
        message = "「按」里已有「方式」，分值按方式写了，请删去这里的「方式」。"
        yield Fault(lines.of(*here, "forms"), message)
    adopted_first = rule.before is not None and bool(rule.before.adopted)
    if rule.instruction is not None and rule.after_adoption is None and not adopted_first:
        message = "按「批示」计分的要写「须先采用」：没有被采用的也计分，写 否；不计分，写 是。"
        yield Fault(lines.of(*here), message)
    if rule.instruction is None and rule.after_adoption is not None:
        message = "「须先采用」只在按「批示」计分时写，请删去。"
        yield Fault(lines.of(*here, "after_adoption"), message)
    absent = [form for form in forms if form not in (rule.forms or forms)]
    if absent:
        count = "三" if len(forms) == len("三种方") else str(len(forms))
        message = f"「方式」里没有{listed(absent)}。{count}种方式都要写，不计分的写 0。"
        yield Fault(lines.of(*here, "forms"), message)


def contradictions(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Rules that answer one question twice, and not alike: the narrower answer holds."""
    for place, rule in enumerate(rulebook.rules):
        if rule.after_adoption is False and rule.before and rule.before.adopted:
            message = "“须先采用: 否”与「须先」里写的采用相反，按「须先」的算。请删去「须先采用」。"
            yield Fault(lines.of("rules", place, "after_adoption"), message)


def _ordinals(rule: ItemRule, lines: Lines, here: Trail) -> Iterator[Fault]:
    """Amounts that differ from time to time say what is counted, and only they do."""
    lists = any(amount.by_ordinal for amount in rule.table.values())
    if lists and rule.ordinal is None:
        message = (
            "分值写成了列表（首次、再次……），要写「次序」：同一条信息里数次数写 同篇，"
            "得分人全年数次数写 全年。"
        )
        yield Fault(lines.of(*here, rule.kind), message)
    if rule.ordinal and not lists:
        message = "「次序」只在分值写成列表（例如 [10, 5]）时写，请删去。"
        yield Fault(lines.of(*here, "ordinal"), message)
    if rule.ordinal == "item" and rule.once != "each":
        message = "「次序: 同篇」要数同一条信息的每一次，「同篇」应写 每次。"
        yield Fault(lines.of(*here, "once"), message)


def overlaps(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """No two rules earn for the same label under the same condition: one of them is a slip."""
    seen: dict[object, list[tuple[ItemRule, int]]] = {}
    for place, rule in enumerate(rulebook.rules):
        became = (rule.before, rule.besides)
        conditions = (rule.authors, rule.units, str(rule.when), became, rule.account)
        dated = (rule.since, rule.until)
        for label, amount in rule.table.items():
            line = lines.of("rules", place, rule.kind, label)
            others = seen.setdefault((rule.kind, label, conditions, dated), [])
            for other, at in others:
                if _both_earn(amount, other.table[label], alike=rule.by == other.by):
                    what = f"{quoted(label)}的{TABLES[rule.kind]}" if label else "报送"
                    message = f"{what}会重复计分：第 {at} 行已计，条件也相同。请删去一处。"
                    yield Fault(line, message)
                    break
            others.append((rule, line))


def _both_earn(one: Amount, other: Amount, *, alike: bool) -> bool:
    """Whether some event may earn by both amounts.

    Args:
        one: of one rule.
        other: of another one.
        alike: whether both are looked up by the same dimensions.
    """
    if one.by is None or other.by is None or not alike:
        return any(one.numbers) and any(other.numbers)
    return any(
        _both_earn(one.at(word), other.at(word), alike=True) for word in {*one.by, *other.by, REST}
    )


def besides(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """What is asked for besides can become of an item at all."""
    about = {kind.label: kind.about for kind in rulebook.words.finding_kinds}
    for looker in looking.lookers(rulebook):
        found = looker.entry.besides.found if looker.entry.besides else ()
        for at, label in enumerate(found):
            if about.get(label, "item") != "item":
                message = f"「另有」问的是信息的认定，{quoted(label)}的对象不是信息，永远不会有。"
                yield Fault(lines.of(*looker.path, "besides", "found", at), message)


def combinations(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Combining is stated for every rule, once: silence would leave it to the program."""
    own = dict.fromkeys(rule.clause for rule in rulebook.rules)
    seen: dict[Clause, int] = {}
    for place, combination in enumerate(rulebook.combinations):
        best = combination.method == "best"
        for field, word in (("keep", "取"), ("per_level", "每级一次")):
            given = getattr(combination, field) is not None
            if best and not given:
                message = f"方法是“取最高几笔”的，要写「{word}」。"
                yield Fault(lines.of("combinations", place), message)
            if given and not best:
                message = f"「{word}」只在方法是“取最高几笔”时写，请删去。"
                yield Fault(lines.of("combinations", place, field), message)
        for at, clause in enumerate(combination.rules):
            line = lines.of("combinations", place, "rules", at)
            if clause not in own and clause in rulebook.clauses:
                parts = [one for one in own if one.startswith((f"{clause}(", f"{clause}（"))]
                told = f"「计分」里的是{listed(parts)}，请逐个写出" if parts else "合并不了"
                yield Fault(line, f"「合并」里的{quoted(clause)}在「计分」里没有，{told}。")
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
            seen[clause] = lines.of("rules", at)


def coefficients(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """A coefficient multiplies by one thing, and some rule is there for it."""
    own = {rule.clause for rule in rulebook.rules}
    for place, one in enumerate(rulebook.coefficients):
        here: Trail = ("coefficients", place)
        if (one.factor is None) == (one.scale is None):
            message = "每项系数要写「乘」或「数值」，而且只写一个。"
            yield Fault(lines.of(*here), message)
        for at, clause in enumerate(one.rules):
            if clause not in own and clause in rulebook.clauses:
                message = f"系数用于{quoted(clause)}，「计分」里没有这一条。"
                yield Fault(lines.of(*here, "rules", at), message)
        if all(who and who.quantifier == "each" for who in (one.authors, one.units)):
            message = "「作者」和「报送单位」只能有一个写 各自。"
            yield Fault(lines.of(*here, "units"), message)
        if one.factor and one.factor.by_ordinal:
            yield Fault(lines.of(*here, "factor"), "「乘」不能写成列表。")
        scale = one.scale
        if scale and (scale.add is not None) != bool(scale.steps and scale.per):
            message = "「数值」写了「档次」和「每」，才有也必须有「每满再加」。"
            yield Fault(lines.of(*here, "scale"), message)
