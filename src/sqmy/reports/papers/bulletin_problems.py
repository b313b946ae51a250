"""What a bulletin finds fault with: who submitted nothing, who owes, how uneven it was."""

from collections.abc import Sequence
from typing import Final

from sqmy.days import add_days
from sqmy.reports.papers.bulletin_detail import Details
from sqmy.reports.papers.bulletin_facts import names_of
from sqmy.reports.papers.phrasing import Piece, Slots
from sqmy.reports.tally import Count
from sqmy.scoring.book import Obligation, Quantity
from sqmy.terms import METRICS

_FEW: Final = 3
_CONSPICUOUS: Final = 2
"""A share of at least one half is worth a sentence."""

_LAST_DAYS: Final = 5

_EVERY: Final = {"M": "月", "Q": "季度", "H": "半年", "": "年"}
"""How often, by the letter in a period's label."""


def problems(details: Details) -> Slots:
    """What there is to say, by the names that the frames use."""
    return _Problems(details).slots()


class _Problems:
    def __init__(self, details: Details) -> None:
        self.counted = details.counted
        self.form = self.counted.profile.bulletin
        self.label = self.counted.rhythm.label
        self.measure = self.counted.profile.wording.measure

    def slots(self) -> Slots:
        by_unit = self.counted.by_unit[self.label]
        idle, unused = [], []
        for unit in self.counted.units:
            count = by_unit.get(unit.key[1], Count())
            if not count.submitted:
                idle.append(unit.name)
            elif not count.adopted:
                unused.append(unit.name)
        return {
            "零报送": len(idle) or None,
            "零报送单位": self._named(idle),
            "零采用": len(unused) or None,
            "零采用单位": self._named(unused),
            "欠任务": self._owed(),
            **self._uneven(),
            "月末占比": self._at_month_ends(),
        }

    def _named(self, names: Sequence[str]) -> str | None:
        return "、".join(names) if names and self.form.named else None

    def _owed(self) -> str | None:
        """Whose obligations came due in the period and were not met."""
        rhythm, material = self.counted.rhythm, self.counted.material
        due = [
            one
            for one in material.scores.book.obligations
            if one.period.last in rhythm.period and one.period.last < material.today
        ]
        kinds = dict.fromkeys(map(_kind, due))
        told = [
            sentence
            for kind in kinds
            if (sentence := self._short([one for one in due if _kind(one) == kind]))
        ]
        return "".join(told) or None

    def _short(self, due: Sequence[Obligation]) -> str:
        """The sentence about one kind of obligation."""
        first = due[0]
        owing = [one for one in due if not one.met]
        if not owing:
            return ""
        periods = dict.fromkeys(one.period for one in due)
        names = names_of(
            (*self.counted.material.scores.book.members, *self.counted.material.scores.book.units)
        )
        missed: dict[str, list[str]] = {}
        for one in owing:
            when = one.period.chinese[len("2025年") :] or "全年"
            missed.setdefault(names[one.key], []).append(when)
        people = first.key[0] == "member"
        number = f"{len(missed)}{'人' if people else '个'}"
        told = (
            f"{first.role}{'原则上' if not first.binding else ''}"
            f"每{_EVERY[first.period.label[4:5]]}"
            f"{'被采用' if first.metric == 'adopted' else METRICS[first.metric]}"
            f"{first.required}{self.measure}，没有做到的有{number}"
        )
        if not self.form.named:
            return f"{told}。"
        listed_names = (
            f"{name}（{'、'.join(when)}）" if len(periods) > 1 else name
            for name, when in missed.items()
        )
        return f"{told}：{'、'.join(listed_names)}。"

    def _uneven(self) -> Slots:
        """Whether a few units submitted half of everything."""
        by_unit, whole = self.counted.by_unit[self.label], self.counted.whole[self.label]
        submitted = sorted(
            (by_unit.get(unit.key[1], Count()).submitted for unit in self.counted.units),
            reverse=True,
        )
        most = sum(submitted[:_FEW])
        if len(submitted) <= 2 * _FEW or not whole.submitted or (
            most * _CONSPICUOUS < whole.submitted or most > whole.submitted
        ):  # fmt: skip
            return {"前几家": None, "前几家占比": None}
        return {"前几家": _FEW, "前几家占比": self.counted.share(most, whole.submitted)}

    def _at_month_ends(self) -> Piece | None:
        """The share submitted in the last days of months, if it is a large one."""
        day_of = self.counted.material.year.day_of
        days = [day_of[item] for item in self.counted.main.submitted]
        late = sum(add_days(day, _LAST_DAYS)[:7] > day[:7] for day in days)
        return self.counted.share(late, len(days)) if days and late * 2 >= len(days) else None


def _kind(one: Obligation) -> tuple[str, str, str, Quantity, bool, str]:
    return (one.key[0], one.role, one.metric, one.required, one.binding, one.period.label[4:5])
