"""What a sheet does not show: hidden and filtered rows, hidden columns; read, and named."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from sqmy.intake.grid import Row, Source, listed


class Hidden:
    """What of a sheet is hidden.

    Attributes:
        rows: numbers of rows with something in them.
        columns: spans of columns, the first and the last of each.
        filtered: whether the sheet has a filter.
    """

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.columns: list[tuple[int, int]] = []
        self.filtered = False

    def hear(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element of the sheet's XML that is about columns or filters."""
        if tag == "autoFilter":
            self.filtered = True
        elif attributes.get("hidden") in {"1", "true"}:
            self.columns.append((int(attributes.get("min", "0")), int(attributes.get("max", "0"))))

    def notes(self, source: Source, rows: Sequence[Row]) -> Iterator[str]:
        """What is hidden and read all the same, in sentences."""
        if self.rows:
            why = "（有筛选，没有显示的也读）" if self.filtered else ""
            yield f"{source}：隐藏的 {len(self.rows)} 行也读了{why}：第 {listed(self.rows)} 行。"
        used = {column for row in rows for column in row.values} if self.columns else set()
        columns = sorted(
            column for first, last in self.columns for column in used if first <= column <= last
        )
        if columns:
            names = listed([get_column_letter(column) for column in columns])
            yield f"{source}：隐藏的列也读了：{names} 列。"
