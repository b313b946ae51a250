"""The sheet 核对 of a workbook: every figure of a report beside a formula over its rows."""

from collections.abc import Iterable, Mapping

from sqmy.reports.checking import AGREED, DIFFERENT, Counted
from sqmy.reports.model import Cell, Column, Formula, Rows, Share, Table


def proof(counted: Iterable[Counted], sheets: Mapping[str, str] | None = None) -> Table:
    """The sheet 核对: every figure beside a formula that adds up its rows.

    Args:
        counted: the figures.
        sheets: tables whose sheet has another name than theirs.
    """
    columns = (
        Column("何处"),
        Column("文中数字", "right"),
        Column("由明细重算", "right"),
        Column("结果", "center"),
    )
    rows: list[tuple[Cell, ...]] = []
    for place, figure, _ in counted:
        text = formula(figure.rows, sheets or {})
        verdict = f'IF(ROUND([@由明细重算]-[@文中数字],6)=0,"{AGREED}","{DIFFERENT}")'
        again = Formula(text, figure.value, array=_goes_through(figure.rows))
        rows.append((place, figure.value, again, Formula(verdict, AGREED)))
    number = len(rows)
    count = f'COUNTIF(核对[结果],"{AGREED}")'
    told = Formula(
        f'"共 {number} 个数，"&{count}&" 个一致，"&({number}-{count})&" 个不一致。"',
        f"共 {number} 个数，{number} 个一致，0 个不一致。",
    )
    lead = ("文中每个数由公式从明细各表重新相加。", told)
    return Table(f"核对（{number} 个数）", columns, tuple(rows), lead=lead)


def formula(rows: Rows | Share, sheets: Mapping[str, str]) -> str:
    """The formula that adds up or counts these rows, as `Formula` writes it."""
    if isinstance(rows, Share):
        part, whole = formula(rows.part, sheets), formula(rows.whole, sheets)
        return f"IF({whole}=0,0,{part}/{whole})"
    sheet = sheets.get(rows.table, rows.table)
    if rows.measure != "sum":
        alike = "*".join(f"({sheet}[{column}]={_quoted(value)})" for column, value in rows.where)
        chosen = f"IF({alike or 1},{sheet}[{rows.total}])"
        return f"{rows.measure.upper()}({chosen})"
    conditions = "".join(f",{sheet}[{column}],{_quoted(value)}" for column, value in rows.where)
    if rows.total:
        column = f"{sheet}[{rows.total}]"
        return f"SUMIFS({column}{conditions})" if conditions else f"SUM({column})"
    return f"COUNTIFS({conditions[1:]})"


def _goes_through(rows: Rows | Share) -> bool:
    """Whether its formula goes through columns row by row."""
    if isinstance(rows, Share):
        return _goes_through(rows.part) or _goes_through(rows.whole)
    return rows.measure != "sum"


def _quoted(value: str | int) -> str:
    return str(value) if isinstance(value, int) else '"' + value.replace('"', '""') + '"'
