"""One setting of a rulebook read anew, named as a clerk would: `计分.六(二)2.同篇`.

So that a worked case can show what the other answer to an open question would give.
"""

import typing
from typing import Any, NamedTuple

from sqmy.rules.annotations import At, is_entry, is_optional, keys_of
from sqmy.rules.faults import listed, nearest, quoted
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.strict_yaml import Node
from sqmy.rules.walk import Walker


def changed(rulebook: Rulebook, target: str, node: Node, walker: Walker) -> Rulebook:
    """The rulebook with one setting replaced; unchanged if there is a fault.

    Args:
        rulebook: sound.
        target: keywords joined by dots. Of a list, a clause or label means every entry that has
            it, `第2项` the second entry.
        node: the new value, written as in the rulebook.
        walker: reads the value and collects the faults; the result may be unsound.
    """
    before = len(walker.faults)
    new = _Change(target, node, walker).made(
        Rulebook, rulebook, target, At((), "计分办法", Rulebook, "")
    )
    return new if len(walker.faults) == before else rulebook


class _Change(NamedTuple):
    target: str
    node: Node
    walker: Walker

    def made(self, annotation: object, value: Any, rest: str, at: At) -> Any:  # noqa: ANN401
        """`value`, with the part that `rest` names read from the node."""
        if is_optional(annotation) and rest:
            annotation = typing.get_args(annotation)[0]
        if not rest:
            return self.walker.value(annotation, self.node, at)
        if is_entry(annotation) and value is not None:
            return self._with_field(annotation, value, rest, at)
        if isinstance(value, tuple):
            return self._with_entries(typing.get_args(annotation)[0], value, rest, at)
        return self._lost(value, f"{at.title}要整项写出，不能只改其中一部分。")

    def _with_field(self, cls: type[Any], value: Any, rest: str, at: At) -> Any:  # noqa: ANN401
        keys = keys_of(cls)
        key, _, rest = rest.partition(".")
        if key not in keys:
            near = nearest(key, keys)
            return self._lost(value, f"{at.title}里没有{quoted(key)}{near}有：{listed(keys)}。")
        field = keys[key]
        part = At((*at.path, field), quoted(key), cls, field)
        new = self.made(cls.__annotations__[field], getattr(value, field), rest, part)
        return value._replace(**{field: new})

    def _with_entries(
        self, cls: object, entries: tuple[Any, ...], rest: str, at: At
    ) -> tuple[Any, ...]:
        names = [
            {f"第{place}项", getattr(entry, "clause", ""), getattr(entry, "label", "")}
            for place, entry in enumerate(entries, 1)
        ]
        known = {name for own in names for name in own if name}
        fitting = [name for name in known if f"{rest}.".startswith(f"{name}.")]
        if not fitting:
            have = listed(sorted(known))
            self._lost(None, f"{at.title}里没有{quoted(rest)}这一项，有：{have}。")
            return entries
        name = max(fitting, key=len)  # a clause may hold a dot itself
        return tuple(
            self.made(cls, entry, rest[len(name) + 1 :], at.part(place)) if name in own else entry
            for place, (entry, own) in enumerate(zip(entries, names, strict=True))
        )

    def _lost(self, value: Any, why: str) -> Any:  # noqa: ANN401
        self.walker.faults.add(self.node.line, f"「改」里的{quoted(self.target)}改不了：{why}")
        return value
