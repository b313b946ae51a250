"""The year's points as a workbook to be sent: totals, every line, the quotas, and the proof.

The sheet 核对 adds up the lines anew: whoever receives the workbook need not believe it. A holder
is told from a namesake by 名册号, the reference under which the register knows the holder.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from sqmy.days import Day
from sqmy.reports.model import Cell, Column, Formula, Report, Table
from sqmy.reports.quotas import quota_table
from sqmy.reports.scores import YearScores, by_group, score_report
from sqmy.scoring.book import Holder, PointLine

KEY: Final = Column("名册号")
AGREED: Final = "一致"
DIFFERENT: Final = "不一致"

Behind = Sequence[tuple[Holder, Sequence[PointLine]]]
"""Each holder with the lines behind the total."""


def score_workbook(scores: YearScores, today: Day) -> Report:
    """The year's workbook: 个人, 单位, 明细, 任务完成, 核对, 说明.

    Args:
        scores: the year's points.
        today: up to which day an obligation that is short counts as not yet due.
    """
    totals = score_report(scores, today)
    members, units = totals.tables
    book = scores.book
    behind = [(holder, book.lines_of(holder.key)) for holder in scores.holders()]
    quotas = quota_table(book.obligations, today)
    return totals._replace(
        body=(
            _keyed(members, book.members),
            _keyed(units, by_group(book.units)),
            _detail(scores, behind),
            quotas._replace(title=f"任务完成（{len(quotas.rows)} 项，截至 {today}）"),
            _proof(scores, behind),
            _about(scores),
        )
    )


def _keyed(table: Table, holders: Sequence[Holder]) -> Table:
    """The table with each row's 名册号 at its end."""
    rows = tuple((*row, _key(holder)) for row, holder in zip(table.rows, holders, strict=True))
    return table._replace(columns=(*table.columns, KEY), rows=rows)


def _key(holder: Holder) -> str:
    return f"F{holder.key[1]}"


def _who(holder: Holder) -> tuple[str, str, str]:
    """类别, 名称 and 所在单位 of a holder."""
    return "个人" if holder.key[0] == "member" else "单位", holder.name, holder.unit


def _exact(value: Fraction) -> Cell:
    """An exact value: a whole number, else a fraction as text."""
    return int(value) if value.denominator == 1 else str(value)


def _detail(scores: YearScores, behind: Behind) -> Table:
    """Every line of every holder."""
    columns = (
        Column("类别"),
        Column("姓名/单位"),
        Column("所在单位"),
        Column("条款"),
        Column("得分", "right"),
        Column("精确值", "right"),
        Column("编号"),
        Column("标题"),
        Column("登记号"),
        Column("缘由"),
        KEY,
    )
    rows = tuple(_lines(scores, behind))
    notes = (
        "得分以未经舍入的值存放，显示时四舍五入；除不尽的，精确值是分数。",
        "登记号是所依据的事实在台账里的编号，名册号是得分的人或单位在台账里的编号。",
    )
    return Table(f"明细（{len(rows)} 项）", columns, rows, notes)


def _lines(scores: YearScores, behind: Behind) -> Iterator[tuple[Cell, ...]]:
    for holder, lines in behind:
        who, key = _who(holder), _key(holder)
        for line in lines:
            yield (
                *who,
                line.clause,
                scores.number(line.points),
                _exact(line.points),
                *(scores.titles[line.item] if line.item is not None else ("", "")),
                f"F{line.fact}" if line.fact is not None else "",
                line.note,
                key,
            )


def _proof(scores: YearScores, behind: Behind) -> Table:
    """Every total added up anew by the spreadsheet, beside the program's."""
    columns = (
        Column("类别"),
        Column("姓名/单位"),
        Column("所在单位"),
        KEY,
        Column("明细项数", "right"),
        Column("明细合计", "right"),
        Column("表中得分", "right"),
        Column("程序得分", "right"),
        Column("精确值", "right"),
        Column("差", "right"),
        Column("结果"),
    )
    rows = tuple(
        (*_who(holder), _key(holder), *_sums(scores, holder, len(lines)))
        for holder, lines in behind
    )
    count = f'COUNTIF(核对[结果],"{AGREED}")'
    verdict = Formula(
        f'"共 {len(rows)} 项，"&{count}&" 项一致，"&({len(rows)}-{count})&" 项不一致。"',
        f"共 {len(rows)} 项，{len(rows)} 项一致，0 项不一致。",
    )
    lead = (
        "明细合计由公式从“明细”重新相加，表中得分由公式取自“个人”和“单位”，程序得分和精确值由程序写入。",
        verdict,
    )
    return Table(f"核对（{len(rows)} 项）", columns, rows, lead=lead)


def _sums(scores: YearScores, holder: Holder, lines: int) -> tuple[Cell, ...]:
    """The formulas of one holder. Sums are rounded to nine places, to be rid of binary remains."""
    decimals = scores.rulebook.decimals
    shown = "个人" if holder.key[0] == "member" else "单位"
    total = scores.number(holder.total)
    as_printed = [
        f"ROUND([@{heading}],{decimals})" for heading in ("明细合计", "表中得分", "程序得分")
    ]
    return (
        Formula("COUNTIF(明细[名册号],[@名册号])", lines),
        Formula("ROUND(SUMIFS(明细[得分],明细[名册号],[@名册号]),9)", total),
        Formula(f"SUMIFS({shown}[得分],{shown}[名册号],[@名册号])", total),
        total,
        _exact(holder.total),
        Formula("ROUND([@明细合计]-[@程序得分],6)", scores.number(Fraction())),
        Formula(
            f"IF(AND({as_printed[0]}={as_printed[2]},{as_printed[1]}={as_printed[2]}),"
            f'"{AGREED}","{DIFFERENT}")',
            AGREED,
        ),
    )


def _about(scores: YearScores) -> Table:
    """What the workbook rests on, in full."""
    year = scores.book.year
    rows: list[tuple[str, str]] = [("年度", f"{year.chinese}（{year.first} 至 {year.last}）")]
    for source in scores.sources:
        since = f"，{source.since} 起施行" if source.since else ""
        rows += [
            ("计分办法", f"《{source.name}》{source.edition}{since}"),
            ("计分办法的 SHA-256", source.sha256),
        ]
    rows += [
        ("台账", f"第 {scores.seq} 项登记"),
        ("台账的校验码", f"{scores.seq}:{scores.head}"),
        ("对照台账", f"sqmy verify --anchor {scores.seq}:{scores.head[:16]}"),
        ("个人、单位", "得分和名次；单位按考评序列分组。"),
        ("明细", "每一分一行：条款、信息、登记号和缘由。"),
        ("任务完成", "每项任务应完成几条、已完成几条、状态。"),
        ("核对", "由公式从明细重新算出每个合计，与程序算的对照。"),
    ]
    return Table("说明", (Column("事项"), Column("内容")), tuple(rows))
