"""Files as they really arrive come to the very facts, or are refused at the very cells."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import workbooks
from arrivals import ALL
from arrivals.common import REGISTER, Arrival, Facts, Item, Refused
from copies import contents, copied, new_desk, scores
from sqmy import facts, terms
from sqmy.errors import ProblemsError
from sqmy.ledger import contents as live
from sqmy.ledger import reading
from sqmy.workspace.desk import Desk
from sqmy.workspace.importing import ImportReport, import_files

ACCEPTED = [arrival for arrival in ALL if isinstance(arrival.expected, Facts)]
REFUSED = [arrival for arrival in ALL if isinstance(arrival.expected, Refused)]


def named(arrival: Arrival) -> str:
    return arrival.about[:60]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A ledger that knows the county's units and members."""
    made = new_desk()
    register = workbooks.workbook(tmp_path / "名册.xlsx", REGISTER)
    import_files(made.ledger, made.operator, made.vocabulary, [register])
    return made


def take(desk: Desk, arrival: Arrival, path: Path) -> ImportReport:
    report = import_files(
        desk.ledger, desk.operator, desk.vocabulary, [path], settled=arrival.settled
    )
    desk.refresh()
    return report


def items(desk: Desk) -> Iterator[Item]:
    register = desk.register
    for one in live.submissions(desk.ledger, live.items(desk.ledger)):
        yield Item(
            one.number,
            one.title,
            tuple(register.members[author].name for author in one.authors),
            tuple(register.units[unit].name for unit in one.units),
            one.submitted_on,
            one.by_unit,
        )


def events(desk: Desk) -> Iterator[str]:
    wanted = live.items(desk.ledger)
    titles = reading.titles(desk.ledger)
    for kind in live.EVENTS:
        for fact in live.events(desk.ledger, kind, live.events_of(desk.ledger, kind, wanted)):
            match fact:
                case facts.Adoption(item, channel, form, day, journal, issue):
                    told = (titles[item].number, channel, day, terms.FORMS[form], journal, issue)
                case facts.Instruction(item, rank, day, leader, content):
                    told = (titles[item].number, rank, day, leader, content, None)
                case _:
                    raise AssertionError(fact)
            yield " ".join(filter(None, told))


def members(desk: Desk) -> Iterator[str]:
    known = {row[0] for row in REGISTER["人员"]}
    phones = live.phones(desk.ledger)
    for one in desk.register.members.values():
        if one.name not in known:
            unit = desk.register.units[one.placements[-1][1]].name
            yield from (f"{one.name} {unit} {term.role} {phones[one.id]}" for term in one.terms)


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 40
    assert len({arrival.about for arrival in ALL}) == len(ALL)


@pytest.mark.parametrize("arrival", ACCEPTED, ids=named)
def test_a_file_comes_to_its_facts_and_once_more_to_nothing(
    desk: Desk, tmp_path: Path, arrival: Arrival
) -> None:
    expected = arrival.expected
    assert isinstance(expected, Facts)
    path = arrival.make(tmp_path)
    report = take(desk, arrival, path)
    assert tuple(items(desk)) == expected.items
    assert sorted(events(desk)) == sorted(expected.events)
    assert tuple(members(desk)) == expected.members
    for words in expected.notes:
        assert any(words in note for note in report.notes), report.notes
    assert take(desk, arrival, path).new == 0


@pytest.mark.parametrize("arrival", ACCEPTED, ids=named)
def test_exported_and_imported_anew_it_is_the_same(
    desk: Desk, tmp_path: Path, arrival: Arrival
) -> None:
    take(desk, arrival, arrival.make(tmp_path))
    _, copy = copied(desk, tmp_path / "导出.xlsx")
    assert contents(copy.ledger) == contents(desk.ledger)
    assert scores(copy, [2025]) == scores(desk, [2025])


@pytest.mark.parametrize("arrival", REFUSED, ids=named)
def test_a_file_is_refused_at_its_cells_and_nowhere_else(
    desk: Desk, tmp_path: Path, arrival: Arrival
) -> None:
    expected = arrival.expected
    assert isinstance(expected, Refused)
    path = arrival.make(tmp_path)
    before = reading.head(desk.ledger)
    with pytest.raises(ProblemsError) as caught:
        take(desk, arrival, path)
    assert reading.head(desk.ledger) == before
    told = [(problem.place, problem.message) for problem in caught.value.problems]
    assert [place for place, _ in told] == [
        path.name if place == "文件" else f"{path.name} {place}" for place, _ in expected.faults
    ], told
    for (_, words), (_, message) in zip(expected.faults, told, strict=True):
        assert words in message
