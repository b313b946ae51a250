"""Reports for other programs: CSV that a spreadsheet may open, JSON."""

import csv
import io
import json
from typing import Any

from sqmy.reports.model import Table

_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def csv_text(table: Table) -> str:
    """The table as CSV. Text that a spreadsheet would take for a formula gets a leading `'`.

    Lines end as Python's do: whoever writes them, to a file or a console, says how they end there.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([column.title for column in table.columns])
    for row in table.rows:
        writer.writerow(
            [
                _harmless(cell) if isinstance(cell, str) and column.align == "left" else str(cell)
                for cell, column in zip(row, table.columns, strict=True)
            ]
        )
    return target.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def json_text(value: Any) -> str:  # noqa: ANN401 — whatever JSON can hold
    """Any report value as readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2)
