"""Asking about doubtful spellings, one by one: who is meant, which item, which column.

Only what asks at a terminal imports this module.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from sqmy import days
from sqmy.cli import prompting
from sqmy.cli.conversation import agreed
from sqmy.cli.desk import say
from sqmy.errors import SqmyError
from sqmy.register import find_label

if TYPE_CHECKING:
    from sqmy.workspace.answers import Answer, Answers, Newcomer
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.outcomes import Doubt, Mention

NEW: Final = "新增"
LATER: Final = "暂不定"
MANY: Final = 10
"""Doubts after which it is asked whether to go through them one by one."""

_TOLD: Final = 3
_ASKED: Final = {
    "member": "是谁",
    "unit": "是哪个单位",
    "item": "是哪一条",
    "heading": "是哪一列",
}
_SOURCES: Final = {"member": "members", "unit": "units", "item": "items"}
_NEW: Final = {"member": "登记为新的人员", "unit": "登记为新的单位", "item": "是新的一条"}
_SEARCH: Final = f"↓ 选择，或输入几个字查找；回车即{LATER}"
_CHOOSE: Final = f"↓ 选择；回车即{LATER}"


class Doubting:
    """Asks about doubts.

    Args:
        desk: the ledger that names and numbers are looked up in.
        answers: what is decided already; what is answered is added.
        new: what 新增 means of each subject, where it is not the usual.
    """

    def __init__(
        self, desk: "Desk", answers: "Answers", new: Mapping[str, str] | None = None
    ) -> None:
        self.desk = desk
        self.answers = answers
        self._new = {**_NEW, **(new or {})}
        self._left: set[Doubt] = set()
        self._new_units: list[str] = []

    def ask_all(self, doubts: Sequence[tuple["Doubt", tuple["Mention", ...]]]) -> bool:
        """Ask about those that were not put off; whether anything was decided.

        Units first and by themselves: who is meant in one is easier to say when it is known.
        """
        left = [pair for pair in doubts if pair[0] not in self._left]
        left = [pair for pair in left if pair[0].subject == "unit"] or left
        if len(left) > MANY and not agreed(f"有 {len(left)} 个写法认不准，逐个指认吗"):
            self._left |= {doubt for doubt, _ in left}
            return False
        decided = False
        for place, (doubt, mentions) in enumerate(left, 1):
            cells = "、".join(m.place.cell(m.heading) for m in mentions[:_TOLD])
            more = f"等 {len(mentions)} 处" if len(mentions) > _TOLD else ""
            beside = f"（同一行是 {doubt.context}）" if doubt.context else ""
            say(f"{place}/{len(left)} {cells}{more}{beside}", err=True)
            answer = self._answer(doubt)
            if answer is None:
                self._left.add(doubt)
            else:
                self.answers.add(answer)
                decided = True
        return decided

    def _answer(self, doubt: "Doubt") -> "Answer | None":
        """What the clerk says that a spelling means; None for later."""
        from sqmy.workspace.answers import Answer, Newcomer

        hint = _SEARCH if doubt.subject in _SOURCES else _CHOOSE
        while True:
            said = prompting.ask(
                f"「{doubt.written}」{_ASKED[doubt.subject]}",
                search=partial(self._offered, doubt),
                hint=hint,
            )
            if said in {"", LATER}:
                return None
            new, meant = Newcomer(), ""
            try:
                if said == NEW and doubt.may_be_new:
                    new = self._newcomer(doubt)
                else:
                    meant = self._meant(doubt, said)
            except SqmyError as refusal:
                say(refusal, err=True)
                continue
            if meant not in {"", said}:
                say(f"  即 {meant}", err=True)
            return Answer(doubt.subject, doubt.written, doubt.context, meant, new)

    def _meant(self, doubt: "Doubt", said: str) -> str:
        from sqmy.workspace import choices

        if doubt.subject in _SOURCES:
            return choices.meant(self.desk, _SOURCES[doubt.subject], said)
        named = [one.value for one in doubt.candidates if said in one.value]
        if said not in named and len(named) != 1:
            offered = "、".join(one.value for one in doubt.candidates)
            raise SqmyError(f"请从这些当中选一个：{offered}。")
        return said if said in named else named[0]

    def _offered(self, doubt: "Doubt", typed: str) -> Iterator[tuple[str, str]]:
        """Who may be meant; when something is typed, whoever that finds."""
        from sqmy.workspace import choices

        typed = typed.strip()
        offered = [(one.value, one.why) for one in doubt.candidates]
        offered += [(NEW, self._new[doubt.subject])] if doubt.may_be_new else []
        offered.append((LATER, "这次不写入"))
        listed = [(value, why) for value, why in offered if typed in value]
        yield from listed
        if typed and doubt.subject in _SOURCES:
            known = {value for value, _ in listed}
            found = choices.search(self.desk, _SOURCES[doubt.subject], typed)
            yield from ((one.value, one.about) for one in found if one.value not in known)

    # -- somebody new ------------------------------------------------------------------------

    def _newcomer(self, doubt: "Doubt") -> "Newcomer":
        """What it takes to register somebody or a unit."""
        from sqmy.workspace.answers import Newcomer

        words = self.desk.vocabulary
        if doubt.subject == "item":
            return Newcomer()
        if doubt.subject == "unit":
            kind = find_label("单位类别", words.unit_kinds, self._label("单位类别", "unit_kinds"))
            self._new_units.append(doubt.written)
            return Newcomer(label=kind)
        unit = self._unit(doubt.home)
        role = find_label("身份", words.roles, self._label("身份", "roles"))
        since = prompting.ask("任职开始", hint="可不填，直接回车")
        return Newcomer(unit, role, days.read_day(since) if since else "")

    def _label(self, label: str, source: str) -> str:
        from sqmy.workspace import choices

        said = prompting.ask(label, search=self._search(source), hint="↓ 选择")
        return choices.meant(self.desk, source, said)

    def _unit(self, home: str) -> str:
        from sqmy.workspace import choices

        said = prompting.ask("单位", search=self._search("units"), default=home)
        return said if said in self._new_units else choices.meant(self.desk, "units", said)

    def _search(self, source: str) -> prompting.Search:
        from sqmy.workspace import choices

        return partial(choices.search, self.desk, source)
