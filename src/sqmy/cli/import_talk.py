"""The conversation before an import is written: who is meant, why what is changed is right, yes.

Only `importing` imports this module, and only at a terminal.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from sqmy import days
from sqmy.cli import prompting
from sqmy.cli.conversation import agreed
from sqmy.cli.desk import say
from sqmy.errors import SqmyError
from sqmy.register import find_label
from sqmy.text import plain

if TYPE_CHECKING:
    from sqmy.workspace.answers import Answer, Newcomer
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.import_report import ImportReport
    from sqmy.workspace.import_run import Decisions
    from sqmy.workspace.importing import Import
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


class Talk:
    """Asks about one import.

    Args:
        desk: the ledger that names are looked up in.
        work: the files.
        decisions: what is decided already; what is answered is added.
    """

    def __init__(self, desk: "Desk", work: "Import", decisions: "Decisions") -> None:
        self.desk = desk
        self.work = work
        self.decisions = decisions
        self._left: set[Doubt] = set()
        self._new_units: list[str] = []

    def through(self) -> "ImportReport":
        """Rehearse and ask until nothing is doubtful that somebody would decide.

        Where a row is wrong anyway, nothing is asked about the others: they cannot be written,
        and the answers would be lost.

        Raises:
            KeyboardInterrupt: the clerk breaks off.
        """
        report = self._rehearsed(again=True)
        while self._ask_all(report.headings):
            report = self._rehearsed(again=True)
        while not report.faults and self._ask_all(report.doubts):
            report = self._rehearsed()
        return report

    def _rehearsed(self, *, again: bool = False) -> "ImportReport":
        """What the rows come to; the files are read again where their headings mean more."""
        from sqmy.reports.render.progress import progress

        with progress() as step:
            if again:
                self.work.read(self.decisions.answers, step)
            return self.work.carry_out(self.decisions.rehearsed(), dry_run=True, progress=step)

    def agreed_on(self, seen: "ImportReport") -> "ImportReport":
        """Write what has been looked through.

        Raises:
            KeyboardInterrupt: the clerk does not want it.
            SqmyError: the ledger cannot be written, or has changed meanwhile.
        """
        from sqmy.reports.render.progress import progress

        while seen.changed and not self.decisions.because:
            reason = plain(prompting.ask("更正的理由", hint="记入台账"), "理由")
            self.decisions = self.decisions._replace(because=reason)
        if not agreed("写入台账吗", default="是"):
            raise KeyboardInterrupt
        with progress() as step:
            return self.work.carry_out(self.decisions, seen=seen, progress=step)

    # -- doubts ------------------------------------------------------------------------------

    def _ask_all(self, doubts: Sequence[tuple["Doubt", tuple["Mention", ...]]]) -> bool:
        """Ask about each that was not put off; whether anything was decided."""
        left = [pair for pair in doubts if pair[0] not in self._left]
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
                self.decisions.answers.add(answer)
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
        offered += [(NEW, _NEW[doubt.subject])] if doubt.may_be_new else []
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
