"""What things are called in the log: as they are called now, where there still is something."""

from ledgers import found_office, revised
from sqmy import facts
from sqmy.ledger.database import Ledger
from sqmy.ledger.names import Names
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory


def void(ledger: Ledger, *targets: int) -> None:
    with ledger.writing():
        Records(ledger, "乙").void(targets, "误录")


def rename(ledger: Ledger, name: str, since: str) -> int:
    state = facts.Unit(1, name, "委室", None, assessed=True, since=since)
    with ledger.writing():
        return Records(ledger, "乙").change_unit(state)


def test_a_unit_is_called_by_its_latest_name() -> None:
    with in_memory() as ledger:
        found_office(ledger)
        names = Names(ledger)
        assert names.unit(1) == "提案委"
        rename(ledger, "提案和委员委", "2025-06-01")
        rename(ledger, "提案办", "2024-06-01")  # recorded later, but of earlier days
        assert names.unit(1) == "提案和委员委"
        void(ledger, 10)
        assert names.unit(1) == "提案办"


def test_what_is_voided_keeps_its_name() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        void(ledger, 1, 3, 4, 5, 9)
        names = Names(ledger)
        assert names.unit(1) == "提案委"
        assert names.member(3) == "张三"
        assert names.item(office.item) == ("2025-001", "关于农村饮水的建议")


def test_what_never_was_is_called_by_its_number() -> None:
    with in_memory() as ledger:
        names = Names(ledger)
        assert (names.unit(7), names.member(8), names.item(9)) == ("F7", "F8", ("F9", ""))


def test_an_item_is_called_by_the_revision_in_force() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        with ledger.writing():
            revision = Records(ledger, "乙").amend(revised(ledger, office.item, title="二稿"))
        names = Names(ledger)
        assert names.item(office.item) == ("2025-001", "二稿")
        void(ledger, revision)
        assert names.item(office.item) == ("2025-001", "关于农村饮水的建议")
        assert Names(ledger, within=office.item).item(office.item) is None
