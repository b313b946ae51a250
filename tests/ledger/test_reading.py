"""The register as the ledger holds it, and single facts."""

import pytest

from ledgers import Office, found_office
from sqmy import facts
from sqmy.facts import FactId
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory
from sqmy.register import Term


def office_with(*written: facts.Fact) -> tuple[Ledger, Office]:
    """A ledger in which these facts come 10th and later."""
    ledger = in_memory()
    office = found_office(ledger)
    with ledger.writing():
        records = Records(ledger, "乙")
        for fact in written:
            records.append(fact)
    return ledger, office


def void(ledger: Ledger, *targets: FactId) -> None:
    with ledger.writing():
        Records(ledger, "乙").void(targets, "误录")


def test_an_empty_ledger() -> None:
    with in_memory() as ledger:
        assert reading.register(ledger) == ({}, {}, {})
        assert reading.head(ledger) == (0, "")
        assert reading.hash_at(ledger, 1) is None
        assert reading.titles(ledger) == {}
        assert reading.editions(ledger) == ()
        assert reading.submission(ledger, 1) is None
        with pytest.raises(LookupError):
            reading.fact_at(ledger, 1, "unit")


def test_a_unit_has_its_states_in_the_order_in_which_they_begin() -> None:
    def state(name: str, since: str) -> facts.Unit:
        return facts.Unit(1, name, "其他", None, assessed=False, since=since)

    ledger, _ = office_with(
        state("丙", "2025-06-01"),
        state("乙", "2024-06-01"),
        state("丁", "2025-06-01"),
        facts.Alias("提案", unit=1),
    )
    with ledger:
        entry = reading.register(ledger).units[1]
        assert [s.name for s in entry.states] == ["提案委", "乙", "丙", "丁"]
        assert entry.states[0].assessed is True
        assert entry.states[1].assessed is False
        assert entry.names == ("提案委", "乙", "丙", "丁", "提案")
        assert entry.on("2025-06-01").name == "丁"
        void(ledger, 12, 13)
        entry = reading.register(ledger).units[1]
        assert entry.names == ("提案委", "乙", "丙")


def test_a_member_has_units_roles_and_names() -> None:
    ledger, office = office_with(
        facts.Placement(3, 2, "2025-06-01"),
        facts.Placement(3, 1, "2024-06-01"),
        facts.Appointment(3, "常委", "2024-01-01", None),
        facts.Departure(12, "2025-12-31"),
        facts.Alias("老张", member=3),
    )
    with ledger:
        entry = reading.register(ledger).members[office.member]
        assert entry.placements == ((None, 1), ("2024-06-01", 1), ("2025-06-01", 2))
        assert entry.terms == (
            Term(5, "委员", None, None),
            Term(12, "常委", "2024-01-01", "2025-12-31"),
        )
        assert (entry.name, entry.sector, entry.aliases) == ("张三", "经济", ("老张",))
        void(ledger, 13, 14)
        entry = reading.register(ledger).members[office.member]
        assert entry.terms[1].until is None
        assert entry.aliases == ()


TWIN = (
    facts.Member("张山", "农业"),
    facts.Placement(10, 2, None),
    facts.Appointment(10, "常委", None, None),
    facts.Alias("老山", member=10),
)


def test_a_merged_member_is_found_under_every_name_and_unit() -> None:
    ledger, office = office_with(*TWIN, facts.Merger(10, 3))
    with ledger:
        register = reading.register(ledger)
        assert list(register.members) == [3, 6]
        assert register.merged == {10: 3}
        entry = register.members[3]
        assert entry.aliases == ("老山", "张山")
        assert [term.role for term in entry.terms] == ["委员", "常委"]
        assert entry.homes == {1, 2}
        assert entry.unit_on("2025-01-01") == office.unit  # his own unit stays his unit
        for spelling in ("张三", "张山", "老山", "张三（经济委）", "张山（提案委）", "F10"):
            assert register.find_member(spelling) == 3
        void(ledger, 14)
        register = reading.register(ledger)
        assert list(register.members) == [3, 6, 10]
        assert [register.find_member(name) for name in ("张三", "张山", "老山")] == [3, 10, 10]


def test_mergers_are_followed_to_their_end() -> None:
    ledger, _ = office_with(*TWIN, facts.Merger(10, 3), facts.Merger(3, 6))
    with ledger:
        register = reading.register(ledger)
        assert register.merged == {10: 6, 3: 6}
        assert list(register.members) == [6]
        assert register.members[6].aliases == ("老山", "张三", "张山")
        assert [gone.id for gone in register.members[6].former] == [3, 10]
        assert register.find_member("张山") == register.find_member("张三") == 6


def test_twins_of_one_name_answer_as_one() -> None:
    same = (TWIN[0]._replace(name="张三"), *TWIN[1:3])
    ledger, _ = office_with(*same, facts.Merger(10, 3))
    with ledger:
        register = reading.register(ledger)
        assert register.members[3].aliases == ()
        assert register.find_member("张三") == register.find_member("张三（经济委）") == 3


def test_editions_in_the_order_of_recording() -> None:
    second = facts.Edition("办法", "2025年版", "2025-01-01", "乙", "{}")
    first = facts.Edition("办法", "2024年版", None, "甲", "{}")
    ledger, _ = office_with(second, first)
    with ledger:
        assert reading.editions(ledger) == ((10, second), (11, first))
