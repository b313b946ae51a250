"""What one event earns by one rule: conditions, look-up, forms and coefficients."""

from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.rules.amounts import Amount
from sqmy.rules.rulebook import Coefficient, ItemRule
from sqmy.scoring.dimensions import At, Missing
from sqmy.scoring.sharing import Own


class Hit(NamedTuple):
    """An event that a rule's table knows, with what it earns there.

    Attributes:
        numbers: for the first time, the second …; one number where all are alike.
        own: what multiplies single parts of it.
    """

    event: int
    numbers: tuple[Fraction, ...]
    told: str = ""
    own: tuple[Own, ...] = ()

    @property
    def points(self) -> Fraction:
        """For the first time."""
        return self.numbers[0]

    def weight(self) -> Fraction:
        """By how much it counts where the highest is sought."""
        return abs(self.points)


def hit_of(rule: ItemRule, at: At) -> Hit | Missing | str:
    """What an event earns by a rule's look-up; what is missing for that, or why nothing."""
    event = at.event
    if event.kind != rule.kind or event.label not in rule.table:
        return NO_POINTS
    for clause, decided in event.decided:
        if clause == rule.clause:
            return Hit(at.place, (Fraction(str(decided)),), "按口径裁定")
    if (barred := _barred(rule, at)) is not None:
        return barred
    numbers = at.amount(rule.table[event.label], rule.by)
    if isinstance(numbers, Missing) or not numbers:
        return numbers if isinstance(numbers, Missing) else NO_POINTS
    multiplied = _multiplied(rule, at)
    if isinstance(multiplied, Missing):
        return multiplied
    factor, told, own = multiplied
    return Hit(at.place, tuple(number * factor for number in numbers), told, own)


NO_POINTS = "办法没有给它定分"
"""Why an event earns nothing that no table knows."""


def _barred(rule: ItemRule, at: At) -> str | Missing | None:
    """Which condition of the rule the event does not fulfil; None if it fulfils all.

    An event before the rule came into force still counts as what the item has had.
    """
    segment = at.event.segment
    if rule.until is not None and segment >= 0 and at.sight.spans[segment] > rule.until:
        return f"这一项计到 {rule.until} 为止"
    earlier = at.pattern.events[: at.place]
    if rule.after_adoption and not any(event.kind == "adoption" for event in earlier):
        return "此前没有被采用"
    return at.fails(rule)


def _multiplied(rule: ItemRule, at: At) -> tuple[Fraction, str, tuple[Own, ...]] | Missing:
    """What the form and the coefficients multiply an event's points by, and that in words.

    Likewise what multiplies the parts of some of those who signed.
    """
    factor, told, own = Fraction(1), "", []
    form = at.value("方式") if rule.forms is not None else None
    if rule.forms is not None and isinstance(form, str):
        factor = rule.forms.get(form, Fraction())
    for coefficient in at.sight.multiplying.get(rule.clause, ()):
        failed = at.fails(coefficient)
        if failed is not None and not isinstance(failed, Missing):
            continue
        by = failed or _factor(coefficient, at)
        if isinstance(by, Missing):
            return by
        if by is None:
            continue
        if concerned := _concerned(coefficient, at):
            own.append(Own(coefficient.clause, *concerned, by))
            continue
        factor *= by
        told += f"，按{coefficient.clause}乘 {points.exact(by)}"
    return factor, told, tuple(own)


def _concerned(coefficient: Coefficient, at: At) -> tuple[str, tuple[int, ...]] | None:
    """Whose parts it multiplies, if not the whole: the places of members, or of units."""
    for holder, who in (("member", coefficient.authors), ("unit", coefficient.units)):
        if who and who.quantifier == "each":
            places = at.pattern.fulfils[at.sight.conditions.index(who)]
            return holder, places if isinstance(places, tuple) else ()
    return None


def _factor(coefficient: Coefficient, at: At) -> Fraction | Missing | None:
    """What a coefficient multiplies by; None where it has no value for this event."""
    if coefficient.scale is None:
        numbers = at.amount(coefficient.factor or Amount(), coefficient.by)
        return numbers if isinstance(numbers, Missing) else numbers[0] if numbers else None
    value = at.value(coefficient.scale.attribute)
    if value is None or isinstance(value, Missing):
        return value
    number = points.read(value)
    return Missing(coefficient.scale.attribute) if number is None else coefficient.scale.of(number)
