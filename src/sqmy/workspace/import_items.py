"""Importing items."""

from functools import partial

from sqmy import facts
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.intake.drafts import Place, SubmissionRow
from sqmy.intake.grid import listed
from sqmy.ledger import reading
from sqmy.workspace.comparing import revised, submission_changes
from sqmy.workspace.import_names import Names
from sqmy.workspace.import_run import Run, WithheldError
from sqmy.workspace.matching import Items


def import_submissions(run: Run) -> None:
    """All rows of submissions."""
    rows, partly = (
        [row for row in drafts["submission"] if isinstance(row, SubmissionRow)]
        for drafts in (run.intake.drafts, run.intake.partly)
    )
    if not rows and not partly:
        return
    names = Names(run, reading.register(run.ledger))
    submissions = _Submissions(run, names)
    for row in partly:
        submissions.look_through(row)
    for row in rows:
        before = run.troubles
        item = submissions.take(row)
        run.tell_item(row.place, item)
        if item is None or run.troubles > before:
            run.spoil("submission", (row.number,))
        run.step()
    if submissions.blank:
        run.notes.append(
            f"报送单位空着的，按作者当时的单位记，与上面一格的不同：{listed(submissions.blank)}。请核对。"
        )
    if submissions.twins:
        run.notes.append(
            f"标题、日期、作者和单位都相同而编号不同的，按两条记：{listed(submissions.twins)}。"
            "是同一条的，请撤销一条，或改成同一个编号再导入。"
        )


class _Submissions:
    """The items as they grow, and which row each was told by."""

    def __init__(self, run: Run, names: Names) -> None:
        self.run = run
        self.names = names
        self.items = Items(run, names.register.merged)
        self.rows: dict[FactId, Place] = {}
        self.twins: list[str] = []
        self.above: dict[str, tuple[FactId, ...]] = {}
        self.blank: list[str] = []

    def take(self, row: SubmissionRow) -> FactId | None:
        """A row: a new item, a change of one, or what is known; None where it is refused."""
        submission = self._fact(row)
        if submission is None:
            return None
        try:
            item = self.items.meant(row, submission)
        except SqmyError as error:
            self.run.refuse(row.place, "标题", error)
            return None
        if item is None:
            item = self._submit(row, submission)
        else:
            self._compare(row, submission, item)
        if item is not None:
            self.rows.setdefault(item, row.place)
        return item

    def look_through(self, row: SubmissionRow) -> None:
        """Tell what else is wrong with a row that is refused already."""
        self._signed(row)
        self.run.check_day(row.place, "报送日期", row.submitted_on)

    def _fact(self, row: SubmissionRow) -> facts.Submission | None:
        """The row as a fact; None once it has been refused, or rests on a row that has been."""
        signed = self._signed(row)
        if signed is None:
            self.run.check_day(row.place, "报送日期", row.submitted_on)
            return None
        authors, units = signed
        return facts.Submission(
            item=0,
            supersedes=None,
            number=row.number,
            title=row.title,
            submitted_on=row.submitted_on,
            by_unit=not authors if row.by_unit is None else row.by_unit,
            authors=authors,
            units=units or self.names.units_on(authors, row.submitted_on),
            attributes=row.attributes,
            body=row.body,
        )

    def _signed(self, row: SubmissionRow) -> tuple[tuple[FactId, ...], tuple[FactId, ...]] | None:
        """The authors and the units; None once one of them has been refused, or is withheld."""
        found: dict[str, tuple[FactId, ...]] = {}
        for heading, look_up in (
            ("作者", partial(self.names.members, row.authors, row.units)),
            ("报送单位", partial(self.names.units, row.units)),
        ):
            try:
                found[heading] = look_up()
            except WithheldError:
                pass
            except SqmyError as error:
                self.run.refuse(row.place, heading, error)
        both = len(found) == 2  # noqa: PLR2004 — authors and units
        return (found["作者"], found["报送单位"]) if both else None

    def _submit(self, row: SubmissionRow, submission: facts.Submission) -> FactId | None:
        """A new item; None once it has been refused."""
        run = self.run
        if not submission.units:
            run.refuse(
                row.place,
                "标题",
                "作者和报送单位都没有，不能按新的一条报送。请补上「作者」或「报送单位」。",
            )
            return None
        if other := row.number and self.items.alike(row.number):
            run.refuse(
                row.place,
                "编号",
                f"编号「{row.number}」与已有的「{other}」只是写法不同。是同一条的，请写成一样；"
                "是另一条的，请换一个编号。",
            )
            return None
        twin = self.items.twin(submission)
        item = run.write(row.place, "报送日期", run.records.submit, submission)
        if item is None:
            return None
        if not submission.number:
            submission = submission._replace(number=reading.titles(run.ledger, [item])[item].number)
        self.items.add(item, submission, row.place.table)
        remark = f"标题、日期、作者和单位都与 {twin} 相同，按另一条记" if twin else ""
        self._tell_of_units(row, submission)
        if remark:
            self.twins.append(f"{submission.number} 与 {twin}")
        run.tell("submission", row.place, "new", submission.number, remark=remark)
        return item

    def _tell_of_units(self, row: SubmissionRow, submission: facts.Submission) -> None:
        """Remember where a blank unit is the author's, in a sheet that is parted by units.

        There a blank may be meant as what stands above; the unit stands before the title.
        """
        above, columns = self.above.get(row.place.table), row.place.layout.columns
        if row.units:
            self.above[row.place.table] = submission.units
        elif (
            above
            and columns.get("报送单位", columns["标题"]) < columns["标题"]
            and above != submission.units
        ):
            self.blank.append(row.place.cell("报送单位"))

    def _compare(self, row: SubmissionRow, new: facts.Submission, item: FactId) -> None:
        """Amend an item that the row has otherwise; refuse it where nobody says why."""
        run, other = self.run, self.rows.get(item)
        found = reading.submission(run.ledger, item)
        assert found  # noqa: S101 — the item is live
        fact, old = found
        changes = submission_changes(self.names, row, new, old, fact)
        heading = "编号" if row.number else "标题"
        differing = "、".join(change.heading for change in changes)
        if not changes:
            run.tell("submission", row.place, "same", old.number)
        elif other is not None:
            run.refuse(
                row.place,
                heading,
                f"{heading}「{row.number or row.title}」与 {other.cell(heading)} 重复，"
                f"{differing}不同。是同一条的，请只留一行；是另一条的，请换一个编号。",
            )
        elif run.may_change(
            row.place, heading, f"编号「{old.number}」", changes, "是另一条的，请换一个编号。"
        ):
            revision = revised(old, new, changes, run.decisions.because or "")
            amended = revision._replace(supersedes=fact)
            if run.write(row.place, "报送日期", run.records.amend, amended) is not None:
                run.tell("submission", row.place, "changed", old.number, changes)
