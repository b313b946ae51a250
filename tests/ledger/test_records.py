"""What the verbs write: places, numbers, revisions; all or nothing, and by several at once."""

import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledgers import PHONE, every_kind, found_office, new_ledger, revised
from ledgers import submission as draft
from sqmy import facts
from sqmy.errors import LedgerError
from sqmy.ledger import appending, audit, chain, history, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import SqliteLedger, in_memory


def submit(ledger: Ledger, number: str = "", day: str = "2025-03-01") -> str:
    """One more item of the first unit; its number."""
    (unit,) = ledger.row("SELECT min(fact) FROM unit") or ()
    with ledger.writing():
        item = Records(ledger, "甲").submit(draft(units=(unit,), number=number, submitted_on=day))
    found = reading.submission(ledger, item)
    assert found
    return found[1].number


def void(ledger: Ledger, *targets: int) -> list[int]:
    with ledger.writing():
        return Records(ledger, "甲").void(targets, "误录")


# -- places and numbers ----------------------------------------------------------------------


def test_facts_are_numbered_by_their_place_in_the_chain() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        assert office == (1, 2, 3, 6, 9)
        kinds = [entry.kind for entry in history.latest(ledger, None)]
        member = ["member", "placement", "appointment"]
        assert kinds == ["unit", "unit", *member, *member, "submission"]
        assert [reading.kind_at(ledger, seq) for seq in (0, 1, 9, 10)] == [
            "",
            "unit",
            "submission",
            "",
        ]
        assert reading.head(ledger) == (9, reading.hash_at(ledger, 9))


def test_the_circumstances_of_recording_stand_in_the_chain() -> None:
    before = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with in_memory() as ledger:
        with ledger.writing():
            records = Records(ledger, "王五")
            records.register_unit("甲", "其他", None, assessed=True, since=None)
            assert records.begin_batch("一.xlsx、二.xlsx") == 1
            records.register_unit("乙", "其他", None, assessed=True, since=None)
        with ledger.writing():
            assert Records(ledger, "赵六").begin_batch("三.xlsx") == 2
        entries = history.latest(ledger, None)
        after = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert [(entry.operator, entry.batch) for entry in entries] == [
            ("王五", None),
            ("王五", None),
            ("王五", 1),
            ("赵六", None),
        ]
        assert all(before <= entry.recorded_at <= after for entry in entries)
        assert [entry.seq for entry in history.of_batch(ledger, 1)] == [3]
        assert reading.fact_at(ledger, 2, "batch") == facts.Batch(1, "一.xlsx、二.xlsx")


def test_numbers_are_assigned_by_year_and_grow_past_999() -> None:
    with in_memory() as ledger:
        found_office(ledger)
        assert submit(ledger) == "2025-002"
        assert submit(ledger, day="2024-12-31") == "2024-001"
        assert submit(ledger, "2025-998") == "2025-998"
        assert [submit(ledger) for _ in range(3)] == ["2025-999", "2025-1000", "2025-1001"]
        assert submit(ledger, day="2024-01-01") == "2024-002"


def test_a_number_is_never_assigned_again() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        void(ledger, office.item)
        assert submit(ledger) == "2025-002"
        assert submit(ledger, "2025-001") == "2025-001"  # given, it may be used again


@pytest.mark.parametrize(
    "given",
    ["2025-A9", "2025-", "2025-0９", "信息-2025-9", "20259", "2025-9" + "9" * 18, "2025--9"],
)
def test_other_numbers_do_not_count(given: str) -> None:
    with in_memory() as ledger:
        found_office(ledger)
        assert submit(ledger, given) == given
        assert [submit(ledger), submit(ledger)] == ["2025-002", "2025-003"]


def test_a_long_number_of_digits_is_counted_on() -> None:
    with in_memory() as ledger:
        found_office(ledger)
        submit(ledger, "2025-20250301")
        assert submit(ledger) == "2025-20250302"


def test_the_item_of_a_number() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        assert reading.item_numbered(ledger, "2025-001") == office.item
        void(ledger, office.item)
        assert reading.item_numbered(ledger, "2025-001") is None
        assert reading.item_ever_numbered(ledger, "2025-001") == office.item
        submit(ledger, "2025-001")
        assert reading.item_numbered(ledger, "2025-001") == 11
        assert reading.item_ever_numbered(ledger, "2025-001") == 11
        assert reading.item_ever_numbered(ledger, "2025-009") is None


# -- revisions -------------------------------------------------------------------------------


def amend(ledger: Ledger, item: int, **changes: object) -> int:
    with ledger.writing():
        return Records(ledger, "甲").amend(revised(ledger, item, **changes))


def test_an_amendment_supersedes_and_the_items_other_facts_stay() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        with ledger.writing():
            Records(ledger, "甲").adopt(
                facts.Adoption(office.item, "市政协", "whole", "2025-04-01")
            )
        old = reading.submission(ledger, office.item)
        fact = amend(ledger, office.item, title="关于农村改水的建议", authors=(office.member,))
        new = reading.submission(ledger, office.item)
        assert old
        assert new == (
            fact,
            old[1]._replace(
                supersedes=office.item,
                title="关于农村改水的建议",
                authors=(office.member,),
                reason="有误",
            ),
        )
        assert reading.titles(ledger) == {office.item: ("2025-001", "关于农村改水的建议")}
        assert ledger.rows("SELECT item FROM live_adoption") == [(office.item,)]
        assert reading.fact_at(ledger, office.item, "submission") == old[1]
        assert audit.examine(ledger) == []


def test_voiding_an_amendment_brings_the_former_revision_back() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        first = reading.submission(ledger, office.item)
        amendments = [amend(ledger, office.item, title=f"第{n}稿") for n in (2, 3, 4)]
        for fact, title in zip(
            amendments[::-1], ("第3稿", "第2稿", "关于农村饮水的建议"), strict=True
        ):
            void(ledger, fact)
            assert reading.titles(ledger)[office.item].title == title
        assert reading.submission(ledger, office.item) == first
        amend(ledger, office.item, title="第5稿")
        assert reading.titles(ledger)[office.item].title == "第5稿"
        assert audit.examine(ledger) == []


def test_one_amendment_of_several_that_is_voided_leaves_the_last() -> None:
    """Voided together, the second and the third give way to the first."""
    with in_memory() as ledger:
        office = found_office(ledger)
        amendments = [amend(ledger, office.item, title=f"第{n}稿") for n in (2, 3)]
        void(ledger, *amendments)
        assert reading.titles(ledger)[office.item].title == "关于农村饮水的建议"


def test_attributes_are_kept_by_name_whatever_their_order() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        mixed = (("体裁", "调研"), ("字数", "900"), ("一稿", "否"))
        with ledger.writing():
            records = Records(ledger, "甲")
            item = records.submit(draft(units=(office.unit,), attributes=mixed))
            records.adopt(
                facts.Adoption(item, "市政协", "whole", "2025-04-01", attributes=mixed[::-1])
            )
        found = reading.submission(ledger, item)
        assert found
        assert found[1].attributes == tuple(sorted(mixed))
        assert audit.examine(ledger) == []


@pytest.mark.parametrize("kind", facts.KINDS)
def test_every_fact_is_read_back_as_it_was_recorded(kind: str) -> None:
    """By its hash: what is read back makes the canonical form that the chain holds."""
    with in_memory() as ledger:
        every_kind(ledger)
        entries = [entry.seq for entry in history.latest(ledger, None) if entry.kind == kind]
        assert len(entries) >= 2
        for seq in entries:
            hashes = dict(ledger.rows("SELECT field, sha256 FROM secret WHERE fact = ?", (seq,)))
            form = chain.canonical(reading.fact_at(ledger, seq, kind), hashes, chain.FORM)
            assert ledger.row("SELECT sha256 FROM chain WHERE seq = ?", (seq,)) == (
                chain.sha256(form),
            )


# -- all or nothing, and several at once -----------------------------------------------------


class Failing(SqliteLedger):
    """A ledger whose nth statement from now on fails."""

    countdown = 0

    def run(self, sql: str, values: object = ()) -> None:
        self.countdown -= 1
        if self.countdown == 0:
            raise LedgerError("磁盘出错")
        super().run(sql, values)  # type: ignore[arg-type]


def test_a_verb_that_fails_at_any_statement_has_written_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    with new_ledger(path) as ledger:
        unit = found_office(ledger).unit

    def register(ledger: Ledger) -> None:
        with ledger.writing():
            person = facts.Member("王五", None, PHONE)
            Records(ledger, "甲").register_member(person, unit, "委员", None, None)

    before, failures = path.read_bytes(), 0
    with open_ledger(path) as ledger:
        failing = Failing(ledger.connection, path)
        while True:
            failing.countdown = failures + 1
            try:
                register(failing)
            except LedgerError:
                failures += 1
                assert path.read_bytes() == before
            else:
                break
        assert failures == 9  # begin; three links, three facts, one secret; commit
        assert audit.examine(ledger) == []
        assert reading.head(ledger)[0] == 12


WRITER = """
import sys
from pathlib import Path
from ledgers import submission
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
with open_ledger(Path(sys.argv[1])) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for place in range(20):
        with ledger.writing():
            Records(ledger, sys.argv[2]).submit(submission(units=(1,), title=str(place)))
"""


def test_eight_writers_at_once_make_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    with new_ledger(path) as ledger:
        found_office(ledger)
    with ExitStack() as stack:
        command = [
            sys.executable,
            "-c",
            f"import sys; sys.path[:0] = {sys.path!r}\n{WRITER}",
            str(path),
        ]
        writers = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, name],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
            )
            for name in "甲乙丙丁戊己庚辛"
        ]
        for writer in writers:
            assert writer.stdout
            assert writer.stdout.readline().strip() == b"ready"
        for writer in writers:
            assert writer.stdin
            writer.stdin.write(b"\n")
            writer.stdin.flush()
        assert [writer.communicate()[1] for writer in writers] == [b""] * 8
    with open_ledger(path) as ledger:
        assert audit.examine(ledger) == []
        assert reading.head(ledger)[0] == 9 + 160
        written = ledger.rows(
            "SELECT operator, title FROM chain JOIN live_submission ON fact = seq"
            " WHERE seq > 9 ORDER BY seq"
        )
        for name in "甲乙丙丁戊己庚辛":
            assert [title for who, title in written if who == name] == list(map(str, range(20)))
        numbers = [title.number for title in reading.titles(ledger).values()]
        assert numbers == [f"2025-{n:03}" for n in range(1, 162)]


# -- the clock -------------------------------------------------------------------------------


class _Clock(datetime):
    """A clock that somebody sets."""

    year_now = 2026

    @classmethod
    def now(cls, tz: object = None) -> "_Clock":  # type: ignore[override]  # noqa: ARG003
        return cls(cls.year_now, 1, 5, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(("year", "said"), [(2026, 0), (2027, 0), (2000, 1)])
def test_a_clock_that_was_set_back_is_told_and_what_is_recorded_stays(
    year: int, said: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Clock, "year_now", 2026)
    monkeypatch.setattr(appending, "datetime", _Clock)
    with in_memory() as ledger:
        office = found_office(ledger)
        monkeypatch.setattr(_Clock, "year_now", year)
        with ledger.writing():
            fact = Records(ledger, "甲").move(office.member, office.other_unit, "2025-05-01")
        assert len(ledger.notices) == said
        if said:
            assert ledger.notices[0].startswith("电脑的时钟是 2000-01-05T08:30（世界时），比上一项")
        row = ledger.row("SELECT recorded_at FROM chain WHERE seq = :seq", {"seq": fact})
        assert row == (f"{year}-01-05T08:30:00Z",)
        assert audit.examine(ledger) == []
