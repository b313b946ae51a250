"""Whether what amounts are looked up by, and what conditions test, is declared and fits."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqmy import points
from sqmy.rules import looking
from sqmy.rules.amounts import REST, Amount, Criterion
from sqmy.rules.annotations import Lines, Trail
from sqmy.rules.choices import CHOICES
from sqmy.rules.faults import Fault, listed, nearest, quoted
from sqmy.rules.rulebook import Coefficient, ItemRule, Rulebook
from sqmy.terms import SIGNATURES


def dimensions(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    """Every dimension is known, and its values are the declared ones."""
    yield from _attributes(rulebook, lines)
    check = _Check(rulebook, lines)
    for looker in looking.lookers(rulebook):
        yield from check.tests(looker.entry.when or {}, looker.kinds, (*looker.path, "when"))
        yield from check.by(looker.entry.by, looker.kinds, (*looker.path, "by"))
        labels = _labels(rulebook, looker.entry)
        if isinstance(looker.entry, Coefficient):
            amounts = {"factor": looker.entry.factor} if looker.entry.factor else {}
            if looker.entry.scale:
                yield from check.scale(looker.entry.scale.attribute, looker.path)
        else:
            amounts = {looker.entry.kind: Amount(by=looker.entry.table)}
        for field, amount in amounts.items():
            table = field != "factor"
            by = ("", *looker.entry.by) if table and field != "submission" else looker.entry.by
            inner = looker.entry.table[""] if field == "submission" else amount  # type: ignore[union-attr]
            yield from check.amount(inner, by, (*looker.path, field), labels)
    seen = frozenset(_QUOTA.get(quota.metric, "submission") for quota in rulebook.quotas)
    yield from check.tests(rulebook.counting.when or {}, seen, ("quota_count", "when"))
    for place, quota in enumerate(rulebook.quotas):
        kinds = frozenset({_QUOTA.get(quota.metric, "submission")})
        yield from check.tests(quota.when or {}, kinds, ("quotas", place, "when"))
        if quota.weights:
            here: Trail = ("quotas", place, "weights")
            yield from check.by(quota.weights.by, kinds, (*here, "by"))
            counted, amounts_by = frozenset(quota.channels) or None, quota.weights.by
            yield from check.amount(quota.weights.amounts, amounts_by, (*here, "amounts"), counted)
        if quota.distinct:
            yield from check.distinct(quota.distinct, ("quotas", place, "distinct"))


_QUOTA = {"submitted": "submission", "forwarded": "forwarding", "adopted": "adoption"}


def _labels(rulebook: Rulebook, entry: ItemRule | Coefficient) -> frozenset[str]:
    """The channels, ranks or kinds of finding of the events that an entry may see."""
    if not isinstance(entry, Coefficient):
        return frozenset(entry.table)
    own = (rule for rule in rulebook.rules if rule.clause in entry.rules)
    return frozenset(label for rule in own for label in rule.table)


def _attributes(rulebook: Rulebook, lines: Lines) -> Iterator[Fault]:
    for place, one in enumerate(rulebook.words.attributes):
        here = lines.of("words", "attributes", place)
        if one.label in looking.BUILT_IN or one.label == REST:
            yield Fault(here, f"附加项不能叫{quoted(one.label)}，程序自己用这个词。请换一个。")
        if (one.kind == "choice") != bool(one.choices):
            message = (
                f"附加项{quoted(one.label)}是选项，要写「选项」：有哪几种。"
                if one.kind == "choice"
                else f"附加项{quoted(one.label)}不是选项，不写「选项」；或者把「类型」写成 选项。"
            )
            yield Fault(here, message)


class _Check:
    def __init__(self, rulebook: Rulebook, lines: Lines) -> None:
        self._rulebook = rulebook
        self._lines = lines

    def by(self, names: tuple[str, ...], kinds: frozenset[str], path: Trail) -> Iterator[Fault]:
        """Dimensions of a look-up."""
        for place, name in enumerate(names):
            yield from self._known(name, kinds, (*path, place))
            if self.values(name) is None and self._is_known(name):
                message = (
                    f"不能按{quoted(name)}查分值：它的取值没有列出。请声明为选项，或用「系数」。"
                )
                yield Fault(self._lines.of(*path, place), message)

    def tests(
        self, tests: Mapping[str, Criterion], kinds: frozenset[str], path: Trail
    ) -> Iterator[Fault]:
        """Tests of a condition."""
        for name, test in tests.items():
            yield from self._known(name, kinds, (*path, name))
            values = self.values(name)
            line = self._lines.of(*path, name)
            for word in test.words if values is not None else ():
                if word not in (values or ()):
                    near = nearest(word, values or ())
                    what = f"{quoted(name)}没有{quoted(word)}这个取值{near}"
                    yield Fault(line, f"{what}有：{listed(values or ())}。")
            yield from self._bounds(name, test, line)

    def _bounds(self, name: str, test: Criterion, line: int) -> Iterator[Fault]:
        attribute = self._rulebook.words.attribute(name)
        number = name in looking.NUMERIC or (attribute and attribute.kind == "number")
        dated = attribute and attribute.kind == "date"
        if test.bounds and not (number or dated):
            yield Fault(line, f"{quoted(name)}不是数，也不是日期，不能写界限。")
        elif not test.bounds and not test.words:
            yield Fault(line, f"{quoted(name)}的条件空着。")
        for bound in test.bounds:
            if number and points.read(bound) is None:
                yield Fault(line, f"{quoted(name)}的界限{quoted(bound)}不是数。")

    def scale(self, name: str, path: Trail) -> Iterator[Fault]:
        """The attribute of a scale."""
        attribute = self._rulebook.words.attribute(name)
        if attribute is None or attribute.kind != "number":
            known = [one.label for one in self._rulebook.words.attributes if one.kind == "number"]
            have = listed(known) or "没有，请先在「词汇」里声明"
            message = f"没有{quoted(name)}这个数{nearest(name, known)}类型是数的附加项有：{have}。"
            yield Fault(self._lines.of(*path, "scale"), message)

    def distinct(self, name: str, path: Trail) -> Iterator[Fault]:
        """The attribute of which each value counts once."""
        known = [
            one.label
            for one in self._rulebook.words.attributes
            if one.of == "item" and one.kind in {"text", "choice"}
        ]
        if name not in known:
            have = listed(known) or "没有，请先在「词汇」里声明"
            what = f"没有{quoted(name)}这个附加项{nearest(name, known)}"
            message = f"{what}信息的、类型是文字或选项的附加项有：{have}。"
            yield Fault(self._lines.of(*path), message)

    def amount(
        self,
        amount: Amount,
        by: tuple[str, ...],
        path: Trail,
        labels: Collection[str] | None,
    ) -> Iterator[Fault]:
        """Every value that can occur with these labels has an amount, and nothing else has."""
        if amount.by is None:
            return
        if not by:
            message = "分值按几种情况写了，要写「按」：按什么分。"
            yield Fault(self._lines.of(*path), message)
            return
        values = self.values(by[0]) if by[0] else None
        for word, part in amount.by.items():
            if values is not None and word != REST and word not in values:
                near = nearest(word, values)
                message = f"{quoted(by[0])}没有{quoted(word)}这个取值{near}有：{listed(values)}。"
                yield Fault(self._lines.of(*path, word), message)
            yield from self.amount(part, by[1:], (*path, word), labels)
        absent = [one for one in self._occurring(by[0], labels) if one not in amount.by]
        if absent and REST not in amount.by:
            factor = "factor" in path
            what, nothing = ("乘数", "不变的写 1") if factor else ("分值", "不计分的写 0")
            message = (
                f"没有写{quoted(by[0])}是{listed(absent)}的{what}。请补上，"
                f"或写「{REST}」；{nothing}。"
            )
            yield Fault(self._lines.of(*path), message)

    def _occurring(self, name: str, labels: Collection[str] | None) -> Sequence[str]:
        """The values of a dimension that events of these labels can have; None is any label."""
        values = (self.values(name) if name else None) or ()
        if labels is None or name not in {"级", "渠道", "批示级别", "认定类型"}:
            return values
        words = self._rulebook.words
        levels = {CHOICES[level] for one in labels if (level := words.level_of(one))}
        return [one for one in values if one in (levels if name == "级" else labels)]

    def values(self, name: str) -> tuple[str, ...] | None:
        """The values that a dimension may have; None if they are not listed."""
        words = self._rulebook.words
        listed_ = {
            "方式": words.forms,
            "级": tuple(CHOICES[level] for level in _LEVELS),
            "渠道": tuple(one.label for one in words.channels),
            "批示级别": tuple(one.label for one in words.ranks),
            "认定类型": tuple(one.label for one in words.finding_kinds),
            "署名": tuple(SIGNATURES.values()),
        }
        if name in listed_:
            return listed_[name]
        attribute = words.attribute(name)
        return attribute.choices if attribute and attribute.kind == "choice" else None

    def _is_known(self, name: str) -> bool:
        return name in looking.BUILT_IN or self._rulebook.words.attribute(name) is not None

    def _known(self, name: str, kinds: frozenset[str], path: Trail) -> Iterator[Fault]:
        line = self._lines.of(*path)
        attribute = self._rulebook.words.attribute(name)
        if not self._is_known(name):
            have = [*looking.BUILT_IN, *(one.label for one in self._rulebook.words.attributes)]
            near = nearest(name, have)
            message = f"没有{quoted(name)}这一项{near}可以用的有：{listed(have)}。"
            yield Fault(line, message)
            return
        of = frozenset({attribute.of}) if attribute else frozenset(looking.BUILT_IN[name])
        if of and of != {"item"} and not (kinds & of):
            owners = listed([CHOICES.get(kind, kind) for kind in sorted(of)])
            yield Fault(line, f"{quoted(name)}是{owners}才有的，这里用不上。")


_LEVELS = ("own", "county", "city", "provincial", "national")
