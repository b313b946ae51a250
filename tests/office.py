"""A ledger in memory and a folder for the clerk's files, for tests of importing."""

from pathlib import Path
from typing import TypedDict, Unpack

import pytest

import packaged
import workbooks
from bad_sheets import Sheets
from sqmy.errors import ProblemsError
from sqmy.facts import FactId, Submission
from sqmy.intake.files import Progress
from sqmy.intake.settled import Settled
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory
from sqmy.workspace.desk import Desk
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.import_run import Decisions
from sqmy.workspace.importing import import_files

WORDS = packaged.rulebook().vocabulary()


class Options(TypedDict, total=False):
    """What `import_files` may be told besides the files."""

    dry_run: bool
    future: bool
    settled: Settled
    decisions: Decisions
    progress: Progress | None


class Office:
    """A ledger in memory, and a folder for the clerk's files."""

    def __init__(self, folder: Path, ledger: Ledger | None = None) -> None:
        self.folder = folder
        self.ledger = ledger or in_memory()

    def put(
        self, sheets: Sheets, name: str = "账.xlsx", **options: Unpack[Options]
    ) -> ImportReport:
        """Write and import one workbook."""
        return self.take(workbooks.workbook(self.folder / name, sheets), **options)

    def take(self, *paths: Path, **options: Unpack[Options]) -> ImportReport:
        """Import files; the options are those of `import_files`."""
        return import_files(self.ledger, "李书记员", WORDS, paths, **options)

    def desk(self) -> Desk:
        """A desk at which the ledger lies; no rulebook is adopted in it."""
        return Desk(self.ledger, "李书记员")

    def records(self) -> Records:
        """The verbs, by another hand."""
        return Records(self.ledger, "手工")

    def refusals(self, sheets: Sheets, **options: Unpack[Options]) -> list[str]:
        """As `refused`, of one workbook, line by line."""
        path = workbooks.workbook(self.folder / "账.xlsx", sheets)
        return [str(problem) for problem in self.refused(path, **options).problems]

    def refused(self, *paths: Path, **options: Unpack[Options]) -> ProblemsError:
        """What is said of files that must be refused; the ledger must stay as it was."""
        before = reading.head(self.ledger)
        with pytest.raises(ProblemsError) as caught:
            self.take(*paths, **options)
        assert reading.head(self.ledger) == before
        assert f"有 {len(caught.value.problems)} 处有误，什么也没有写入" in caught.value.headline
        return caught.value

    def live(self, kind: str) -> list[FactId]:
        """The live facts of a kind."""
        return [fact for (fact,) in self.ledger.rows(f"SELECT fact FROM live_{kind}")]  # noqa: S608

    def item(self, number: str) -> Submission:
        """The item of that number."""
        item = reading.item_numbered(self.ledger, number)
        assert item is not None
        found = reading.submission(self.ledger, item)
        assert found is not None
        return found[1]
