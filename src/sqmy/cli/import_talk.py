"""The conversation before an import is written: who is meant, why what is changed is right, yes.

Only `importing` imports this module, and only at a terminal.
"""

from typing import TYPE_CHECKING

from sqmy.cli import prompting
from sqmy.cli.conversation import agreed
from sqmy.cli.doubting import Doubting
from sqmy.text import plain

if TYPE_CHECKING:
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.import_report import ImportReport
    from sqmy.workspace.import_run import Decisions
    from sqmy.workspace.importing import Import


class Talk:
    """Asks about one import.

    Args:
        desk: the ledger that names are looked up in.
        work: the files.
        decisions: what is decided already; what is answered is added.
    """

    def __init__(self, desk: "Desk", work: "Import", decisions: "Decisions") -> None:
        self.work = work
        self.decisions = decisions
        self._doubting = Doubting(desk, decisions.answers)

    def through(self) -> "ImportReport":
        """Rehearse and ask until nothing is doubtful that somebody would decide.

        Where a row is wrong anyway, nothing is asked about the others: they cannot be written,
        and the answers would be lost.

        Raises:
            KeyboardInterrupt: the clerk breaks off.
        """
        report = self._rehearsed(again=True)
        while self._doubting.ask_all(report.headings):
            report = self._rehearsed(again=True)
        while not report.faults and self._doubting.ask_all(report.doubts):
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
