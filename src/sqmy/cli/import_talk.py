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
from sqmy.reports.render.progress import progress
from sqmy.text import plain
from sqmy.workspace import choices
from sqmy.workspace.answer_sheets import NEW
from sqmy.workspace.answers import Answer, Answers, Newcomer
from sqmy.workspace.import_run import REHEARSED, Decisions
from sqmy.workspace.importing import Import, ImportReport
from sqmy.workspace.outcomes import Doubt, Mention, Subject

if TYPE_CHECKING:
    from sqmy.workspace.desk import Desk

LATER: Final = "暂不定"
MANY: Final = 10
"""Doubts after which it is asked whether to go through them one by one."""

_TOLD: Final = 3
_ASKED: Final[dict[Subject, str]] = {
    "member": "是谁",
    "unit": "是哪个单位",
    "item": "是哪一条",
}
_SOURCES: Final[dict[Subject, str]] = {"member": "members", "unit": "units", "item": "items"}
_NEW: Final[dict[Subject, str]] = {
    "member": "登记为新的人员",
    "unit": "登记为新的单位",
    "item": "是新的一条",
}
_HINT: Final = f"↓ 选择，或输入几个字查找；回车即{LATER}"


class Talk:
    """Asks about one import.

    Args:
        desk: the ledger that names are looked up in.
        work: the files as read.
        answers: what is decided already; what is answered is added.
        because: why what is changed is right; None to ask.
    """

    def __init__(self, desk: "Desk", work: Import, answers: Answers, because: str | None) -> None:
        self.desk = desk
        self.work = work
        self.answers = answers
        self.because = because
        self._left: set[Doubt] = set()
        self._new_units: list[str] = []

    def through(self) -> ImportReport:
        """Rehearse and ask until nothing is doubtful that somebody would decide.

        Where a row is wrong anyway, nothing is asked: it cannot be written, and the answers
        would be lost.

        Raises:
            KeyboardInterrupt: the clerk breaks off.
        """
        while True:
            with progress() as step:
                decisions = Decisions(self.answers, self.because or REHEARSED)
                report = self.work.carry_out(decisions, dry_run=True, progress=step)
            open_ones = [pair for pair in report.doubts if pair[0] not in self._left]
            if report.faults or not open_ones or not self._ask_all(open_ones):
                return report

    def agreed_on(self, seen: ImportReport) -> ImportReport:
        """Write what has been looked through.

        Raises:
            KeyboardInterrupt: the clerk does not want it.
            SqmyError: the ledger cannot be written, or has changed meanwhile.
        """
        while seen.changed and not self.because:
            self.because = plain(prompting.ask("更正的理由", hint="记入台账"), "理由")
        if not agreed("写入台账吗", default="是"):
            raise KeyboardInterrupt
        with progress() as step:
            return self.work.carry_out(
                Decisions(self.answers, self.because), seen=seen, progress=step
            )

    # -- doubts ------------------------------------------------------------------------------

    def _ask_all(self, doubts: Sequence[tuple[Doubt, tuple[Mention, ...]]]) -> bool:
        """Ask about each; whether anything was decided."""
        if len(doubts) > MANY and not agreed(f"有 {len(doubts)} 个写法认不准，逐个指认吗"):
            self._left |= {doubt for doubt, _ in doubts}
            return False
        decided = False
        for place, (doubt, mentions) in enumerate(doubts, 1):
            cells = "、".join(m.place.cell(m.heading) for m in mentions[:_TOLD])
            more = f"等 {len(mentions)} 处" if len(mentions) > _TOLD else ""
            beside = f"（同一行是 {doubt.context}）" if doubt.context else ""
            say(f"{place}/{len(doubts)} {cells}{more}{beside}", err=True)
            answer = self._answer(doubt)
            if answer is None:
                self._left.add(doubt)
            else:
                self.answers.add(answer)
                decided = True
        return decided

    def _answer(self, doubt: Doubt) -> Answer | None:
        """What the clerk says that a spelling means; None for later."""
        source = _SOURCES[doubt.subject]
        while True:
            said = prompting.ask(
                f"「{doubt.written}」{_ASKED[doubt.subject]}",
                search=partial(self._offered, doubt),
                hint=_HINT,
            )
            if said in {"", LATER}:
                return None
            try:
                if said == NEW and doubt.may_be_new:
                    return self._answered(doubt, "", self._newcomer(doubt))
                meant = choices.meant(self.desk, source, said)
            except SqmyError as refusal:
                say(refusal, err=True)
                continue
            if meant != said:
                say(f"  即 {meant}", err=True)
            return self._answered(doubt, meant)

    @staticmethod
    def _answered(doubt: Doubt, meant: str, new: Newcomer | None = None) -> Answer:
        return Answer(doubt.subject, doubt.written, doubt.context, meant, new or Newcomer())

    def _offered(self, doubt: Doubt, typed: str) -> Iterator[tuple[str, str]]:
        """Who may be meant; when something is typed, whoever that finds."""
        typed = typed.strip()
        offered = [(one.value, one.why) for one in doubt.candidates]
        offered += [(NEW, _NEW[doubt.subject])] if doubt.may_be_new else []
        offered.append((LATER, "这次不写入"))
        listed = [(value, why) for value, why in offered if typed in value]
        yield from listed
        if typed:
            known = {value for value, _ in listed}
            found = choices.search(self.desk, _SOURCES[doubt.subject], typed)
            yield from ((one.value, one.about) for one in found if one.value not in known)

    # -- somebody new ------------------------------------------------------------------------

    def _newcomer(self, doubt: Doubt) -> Newcomer:
        """What it takes to register somebody or a unit."""
        if doubt.subject == "item":
            return Newcomer()
        words = self.desk.vocabulary
        if doubt.subject == "unit":
            kind = self._label("单位类别", "unit_kinds")
            self._new_units.append(doubt.written)
            return Newcomer(label=find_label("单位类别", words.unit_kinds, kind))
        unit = self._unit(doubt.home)
        role = find_label("身份", words.roles, self._label("身份", "roles"))
        since = prompting.ask("任职开始", hint="可不填，直接回车")
        return Newcomer(unit, role, days.read_day(since) if since else "")

    def _label(self, label: str, source: str) -> str:
        said = prompting.ask(label, search=self._search(source), hint="↓ 选择")
        return choices.meant(self.desk, source, said)

    def _unit(self, home: str) -> str:
        said = prompting.ask("单位", search=self._search("units"), default=home)
        return said if said in self._new_units else choices.meant(self.desk, "units", said)

    def _search(self, source: str) -> prompting.Search:
        return partial(choices.search, self.desk, source)
