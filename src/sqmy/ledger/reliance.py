"""Which live facts rest on others, so that a void never leaves one in the air."""

from collections import defaultdict
from collections.abc import Iterable

from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import kind_at

_NAMED = 6

_RESTING = (
    # (the kind that is rested on, the facts that rest on it)
    ("unit", "SELECT fact FROM live_unit WHERE unit = :fact AND fact <> :fact"),
    ("unit", "SELECT fact FROM live_placement WHERE unit = :fact"),
    ("unit", "SELECT fact FROM live_alias WHERE unit = :fact"),
    ("unit", "SELECT fact FROM live_finding WHERE unit = :fact"),
    (
        "unit",
        (
            "SELECT s.fact FROM live_revision s JOIN submission_unit u ON u.fact = s.fact"
            " WHERE u.unit = :fact"
        ),
    ),
    ("member", "SELECT fact FROM live_placement WHERE member = :fact"),
    ("member", "SELECT fact FROM live_appointment WHERE member = :fact"),
    ("member", "SELECT fact FROM live_alias WHERE member = :fact"),
    ("member", 'SELECT fact FROM live_merger WHERE member = :fact OR "into" = :fact'),
    ("member", "SELECT fact FROM live_finding WHERE member = :fact"),
    (
        "member",
        (
            "SELECT s.fact FROM live_revision s JOIN submission_author a ON a.fact = s.fact"
            " WHERE a.member = :fact"
        ),
    ),
    *(
        (kind, "SELECT fact FROM live_ruling WHERE about = :fact")
        for kind in ("submission", "forwarding", "adoption", "instruction", "finding")
    ),
    ("appointment", "SELECT fact FROM live_departure WHERE appointment = :fact"),
    ("submission", "SELECT fact FROM live_revision WHERE supersedes = :fact"),
    *(
        ("submission", f"SELECT fact FROM live_{kind} WHERE item = :fact")
        for kind in (
            "review",
            "forwarding",
            "adoption",
            "instruction",
            "finding",
            "recognition",
        )
    ),
)


class RestingError(SqmyError):
    """A void that would leave other facts in the air.

    Attributes:
        facts: these others, in order.
    """

    def __init__(self, targets: Iterable[FactId], resting: Iterable[FactId]) -> None:
        self.facts = tuple(sorted(resting))
        super().__init__(
            f"{_listed(targets)} 之上还有 {len(self.facts)} 项事实（{_listed(self.facts)}），"
            "没有撤销。请先撤销它们，或一并撤销。"
        )


def _listed(facts: Iterable[FactId]) -> str:
    named = [f"F{fact}" for fact in sorted(facts)]
    return "、".join(named[:_NAMED]) + ("等" if len(named) > _NAMED else "")


def live(ledger: Ledger, facts: Iterable[FactId]) -> set[FactId]:
    """Those of the facts that are not voided."""
    return set(facts) - {target for (target,) in ledger.rows("SELECT target FROM void")}


def live_revisions(ledger: Ledger, item: FactId) -> set[FactId]:
    """Every revision of an item that is not voided."""
    rows = ledger.rows("SELECT fact FROM live_revision WHERE item = :item", {"item": item})
    return {fact for (fact,) in rows}


def dependents(ledger: Ledger, targets: set[FactId]) -> set[FactId]:
    """Every live fact, outside `targets`, that rests on one of them, directly or through others."""
    kinds = dict(ledger.rows("SELECT seq, kind FROM chain")) if len(targets) > 1 else {}
    found: set[FactId] = set()
    queue = list(targets)
    while queue:
        fact = queue.pop()
        kind = kinds.get(fact) or kind_at(ledger, fact)
        for rested_on, query in _RESTING:
            if rested_on == kind:
                resting = {row[0] for row in ledger.rows(query, {"fact": fact})}
                new = resting - targets - found
                found |= new
                queue.extend(new)
        if not queue:
            new = _homeless(ledger, targets | found) - targets - found
            found |= new
            queue.extend(new)
    return found


def _homeless(ledger: Ledger, gone: set[FactId]) -> set[FactId]:
    """Live members that would belong to no unit, which nobody can: all their placements go."""
    homes: defaultdict[FactId, set[FactId]] = defaultdict(set)
    for member, fact in ledger.rows("SELECT member, fact FROM live_placement"):
        homes[member].add(fact)
    return {member for member, placements in homes.items() if placements <= gone}
