"""What an import came to, as a value: written, refused, or rehearsed."""

from collections import Counter
from typing import NamedTuple

from sqmy import terms
from sqmy.errors import Problem, ProblemsError
from sqmy.intake.files import Intake
from sqmy.intake.grid import Fault
from sqmy.workspace.outcomes import Doubt, Mention, Outcome


class Counted(NamedTuple):
    """How many facts of a kind the rows hold: new, in the ledger already, or changed."""

    kind: str
    new: int
    same: int
    changed: int = 0

    def __str__(self) -> str:
        same = f"，已有 {self.same} 条" if self.same else ""
        changed = f"，更正 {self.changed} 条" if self.changed else ""
        return f"{terms.KINDS[self.kind]}：新记 {self.new} 条{changed}{same}"


class ImportReport(NamedTuple):
    """What an import came to.

    Attributes:
        intake: what the files hold.
        batch: its number, shown as `B7`; None if nothing was new, refused, or for a rehearsal.
        dry_run: a rehearsal: nothing was written.
        outcomes: of every fact that could be recorded, in the order of recording.
        decided: what came of the decisions about names, in sentences.
        faults: what is wrong.
        doubts: what is not certain, with the cells it stands in.
        headings: columns of which one may be what a table lacks.
        notes: what was skipped and left aside, in sentences.
        head: the ledger as it was before.
    """

    intake: Intake
    batch: int | None
    dry_run: bool
    outcomes: tuple[Outcome, ...]
    decided: tuple[str, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[tuple[Doubt, tuple[Mention, ...]], ...]
    headings: tuple[tuple[Doubt, tuple[Mention, ...]], ...]
    notes: tuple[str, ...]
    head: tuple[int, str]

    @property
    def counts(self) -> tuple[Counted, ...]:
        """For each kind of fact that the files hold, how many."""
        states = Counter((outcome.kind, outcome.state) for outcome in self.outcomes)
        kinds = {kind for kind, _ in states}
        return tuple(
            Counted(kind, states[kind, "new"], states[kind, "same"], states[kind, "changed"])
            for kind in self.intake.drafts
            if kind in kinds
        )

    @property
    def new(self) -> int:
        """Rows that are new, of all kinds."""
        return sum(counted.new for counted in self.counts)

    @property
    def changed(self) -> int:
        """Rows that are otherwise in the ledger, of all kinds."""
        return sum(counted.changed for counted in self.counts)

    @property
    def writes(self) -> bool:
        """Whether there is anything to be written."""
        return bool(self.new or self.changed or self.decided)

    @property
    def written(self) -> bool:
        """Whether what the rows hold stands in the ledger now."""
        return not self.dry_run and not self.problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that keeps it from being written, in the order of the files."""
        doubtful = [
            mention.place.fault(mention.heading, doubt.message)
            for doubt, mentions in self.doubts
            for mention in mentions
        ]
        return tuple(fault.problem for fault in sorted([*self.faults, *doubtful]))

    def refusal(self) -> ProblemsError:
        """The refusal, where there are problems."""
        skipped = self.intake.skipped
        aside = f"（{'、'.join(skipped)}没有认出标题行，没有读）" if skipped else ""
        problems = self.problems
        return ProblemsError(f"有 {len(problems)} 处有误，什么也没有写入{aside}：", problems)

    @property
    def headline(self) -> str:
        """What it came to, in a sentence."""
        if self.problems:
            return "有的行还不能写入，什么也没有写入。"
        if not self.outcomes:
            return "表里没有填内容，台账没有变化。"
        if not self.writes:
            return "没有新的内容，台账没有变化。"
        if self.dry_run:
            return "检查通过，没有写入。正式导入时将有："
        return f"已导入，为 B{self.batch} 批（要整批撤销，用 sqmy void B{self.batch}）："

    def __str__(self) -> str:
        lines = (*map(str, self.counts), *(f"{words}。" for words in self.decided))
        return "\n".join(
            [self.headline, *(f"  {line}" for line in lines), *(f"注意：{n}" for n in self.notes)]
        )
