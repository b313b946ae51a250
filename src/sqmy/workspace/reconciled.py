"""What came of reconciling: a report of every difference with what to do, and recording some."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqmy import facts
from sqmy.declared import form_told, form_word
from sqmy.facts import FactId
from sqmy.reports.model import Column, Report, Table
from sqmy.reports.publication import Publication
from sqmy.workspace.outcomes import Doubt, Mention
from sqmy.workspace.reconciling import LABELS, Kind, Pair, Scope

ADVICE: Final[Mapping[Kind, str]] = {
    "not_recorded": "加 --accept 按对方的补记，或逐项用 sqmy adopt 登记。",
    "differs": "以对方为准的，加 --accept（撤销台账的一项，重新登记）；以台账为准的，请对方更正。",
    "level": "请核对是哪一级采用的。台账记错的，用 sqmy void 撤销那一项，再用 sqmy adopt 登记。",
    "doubtful": "请用 --map 对照表.xlsx 指明是哪一条（没有这个文件时会写出一份待填的）。",
    "not_submitted": "我们报送过的，先用 sqmy submit 登记；是别人的，用 --unit 只看我们的行。",
    "not_listed": "请向对方核实。台账误登的，用 sqmy void 撤销那一项。",
}
"""What to do about each difference."""

_WIDTH: Final = 40


class Outcome(NamedTuple):
    """A list beside the ledger, and what was recorded by it.

    Attributes:
        file: of the list.
        scope: which adoptions were compared.
        pairs: every line, those that agree too.
        accepted: the differences that were recorded, with the references.
        batch: in which; None if nothing was.
        notes: what was skipped, in sentences.
        recognised: titles that are known because somebody has said.
    """

    file: str
    scope: Scope
    pairs: tuple[Pair, ...]
    accepted: tuple[tuple[Pair, FactId], ...] = ()
    batch: int | None = None
    notes: tuple[str, ...] = ()
    recognised: tuple[facts.Recognition, ...] = ()

    @property
    def doubts(self) -> list[tuple[Doubt, tuple[Mention, ...]]]:
        """The titles of which it is not certain whose they are."""
        found: dict[Doubt, list[Mention]] = {}
        for pair in self.pairs:
            if pair.doubt and pair.row:
                found.setdefault(pair.doubt, []).append(Mention(pair.row.place, "标题"))
        return [(doubt, tuple(mentions)) for doubt, mentions in found.items()]

    @property
    def left(self) -> list[Pair]:
        """The differences that are still there."""
        done = [pair for pair, _ in self.accepted]
        return [pair for pair in self.pairs if pair.kind != "agreed" and pair not in done]

    def publication(self) -> Publication:
        """In every shape that the formats take."""
        return Publication(self.report, self.value, self._flat)

    # -- for people --------------------------------------------------------------------------

    def report(self) -> Report:
        """Counts, and a table of each kind of difference with what to do."""
        scope = self.scope
        counts = Counter(pair.kind for pair in self.pairs)
        counted = "，".join(
            f"{label} {counts[kind]} 项" for kind, label in LABELS.items() if counts[kind]
        )
        channels = "、".join(scope.channels)
        lead = [
            f"{self.file} 与台账里 {scope.first} 至 {scope.last} 的{channels}采用：{counted}。",
        ]
        if self.accepted:
            lead.append(f"已按对方的登记 {len(self.accepted)} 项，为 B{self.batch} 批。")
        tables = [self._table(kind) for kind in LABELS if kind != "agreed"]
        return Report(
            f"与{scope.channels[0]}的清单核对",
            tuple(table for table in tables if table.rows),
            tuple(lead),
            notes=tuple(f"注意：{note}" for note in self.notes),
        )

    def _flat(self) -> Table:
        """Every line, those that agree too, with what it is."""
        columns = tuple(map(Column, ("结果", "格子", "编号", "标题", "情况")))
        rows = tuple((LABELS[pair.kind], *_told(pair)) for pair in self.pairs)
        return Table("核对", columns, rows)

    def _table(self, kind: Kind) -> Table:
        rows = tuple(_told(pair) for pair in self.left if pair.kind == kind)
        headings = ("格子", "编号", "标题", "情况")
        columns = tuple(Column(h, width=_WIDTH if h == "标题" else None) for h in headings)
        title = f"{LABELS[kind]}（{len(rows)} 项）"
        return Table(title, columns, rows, notes=(ADVICE.get(kind, ""),))

    # -- for programs ------------------------------------------------------------------------

    def value(self) -> dict[str, Any]:
        """All of it."""
        counts = Counter(pair.kind for pair in self.pairs)
        recorded = {id(pair): fact for pair, fact in self.accepted}
        return {
            "file": self.file,
            "channels": list(self.scope.channels),
            "since": self.scope.first,
            "until": self.scope.last,
            "counts": {kind: counts[kind] for kind in LABELS},
            "rows": [_value(pair, recorded.get(id(pair))) for pair in self.pairs],
            "batch": None if self.batch is None else f"B{self.batch}",
            "notes": list(self.notes),
        }


def situation(pair: Pair) -> str:
    """What the list and the ledger say, in words."""
    claim, ours = pair.claim, pair.ours
    told: list[str] = list(pair.row.remarks) if pair.row else []
    if pair.changes:
        told.append("；".join(map(str, pair.changes)))
    elif pair.doubt:
        told.append("、".join(f"{one.value} {one.why}" for one in pair.doubt.candidates))
    elif claim and not ours:
        form = form_word(claim.form)
        told.append(f"{claim.channel} {claim.day or '没有日期'} {form}".rstrip())
    if ours:
        adoption = ours.adoption
        form = form_told(adoption)
        told.append(f"台账：{adoption.channel} {adoption.adopted_on} {form}（F{ours.fact}）")
    return "；".join(told)


def _told(pair: Pair) -> tuple[str, ...]:
    """Where it stands, which item it is, and what both say."""
    return pair.cell, pair.item.number if pair.item else "", _title(pair), situation(pair)


def _title(pair: Pair) -> str:
    return pair.row.title if pair.row else pair.item.title if pair.item else ""


def _value(pair: Pair, recorded: FactId | None) -> dict[str, Any]:
    claim, ours, doubt = pair.claim, pair.ours, pair.doubt
    return {
        "kind": pair.kind,
        "number": pair.item and pair.item.number,
        "title": _title(pair),
        "cell": pair.cell or None,
        "theirs": claim
        and {
            "channel": claim.channel,
            "day": claim.day or None,
            "form": form_word(claim.form) or None,
            "journal": claim.journal,
            "issue": claim.issue,
        },
        "ours": ours
        and {
            "fact": f"F{ours.fact}",
            "channel": ours.adoption.channel,
            "day": ours.adoption.adopted_on,
            "form": form_told(ours.adoption),
            "journal": ours.adoption.journal,
            "issue": ours.adoption.issue,
        },
        "differs": [change._asdict() for change in pair.changes],
        "candidates": [one._asdict() for one in doubt.candidates] if doubt else [],
        "remarks": list(pair.row.remarks) if pair.row else [],
        "todo": ADVICE.get(pair.kind),
        "recorded": recorded and f"F{recorded}",
    }
