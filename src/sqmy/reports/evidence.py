"""The files that are kept as evidence of what earned points, for the office itself."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqmy.facts import FactId
from sqmy.reports.model import Column, Table

FILE_WIDTH = 60
"""Columns of a file's name in a table on the terminal."""


class Evidence(NamedTuple):
    """An attachment.

    Attributes:
        fact: its reference.
        target: what it is the evidence of: a fact, or an item by its identity.
        about: the same in words.
        name: of the file.
    """

    fact: FactId
    target: FactId
    about: str
    name: str


def evidence_table(evidence: Iterable[Evidence]) -> tuple[Table, ...]:
    """The attachments as a table; none where there are none."""
    rows = tuple((f"F{one.fact}", one.about, one.name) for one in evidence)
    columns = (Column("登记号"), Column("证明什么"), Column("文件", width=FILE_WIDTH))
    notes = ("取出用 sqmy attachment 登记号。",)
    return (Table(f"附件（{len(rows)} 份）", columns, rows, notes),) if rows else ()


def evidence_json(evidence: Iterable[Evidence]) -> dict[str, Any]:
    """The same; nothing where there are none."""
    told = [
        {"fact": f"F{one.fact}", "about": f"F{one.target}", "name": one.name} for one in evidence
    ]
    return {"attachments": told} if told else {}
