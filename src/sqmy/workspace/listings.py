"""Items and log entries as reports and as JSON."""

from typing import Any

from sqmy import text
from sqmy.ledger import seals
from sqmy.reports.model import Column, Report, Table
from sqmy.terms import KINDS, SIGNATURES
from sqmy.workspace.attachments import Told
from sqmy.workspace.desk import Desk
from sqmy.workspace.effects import effect_of
from sqmy.workspace.items import Life, Recorded, Row

TITLE_WIDTH = 80
"""Columns of a title in a table on the terminal: forty Chinese characters."""


def rows(title: str, found: list[Row], notes: tuple[str, ...] = ()) -> Report:
    """A list of items, with what else there is to know."""
    columns = (
        Column("编号"),
        Column("报送日期"),
        Column("标题", width=TITLE_WIDTH),
        Column("作者（单位）"),
        Column("采用和批示"),
    )
    cells = tuple(
        (row.number, row.submitted_on, row.title, _people(row), _outcome(row)) for row in found
    )
    return Report(f"{title}（{len(found)} 条）", (Table("", columns, cells),), notes=notes)


def _people(row: Row) -> str:
    units = "、".join(row.units)
    return f"{'、'.join(row.authors)}（{units}）" if row.authors else units


def _outcome(row: Row) -> str:
    """Who adopted it and whose instructions it got, each once; the JSON tells of every one."""
    channels = dict.fromkeys(f"{channel}采用" for channel, _ in row.adopted)
    ranks = dict.fromkeys(f"{rank}批示" for rank in row.instructed)
    return "、".join([*channels, *ranks])


def rows_json(found: list[Row]) -> list[dict[str, Any]]:
    """A list of items as an array."""
    return [
        {
            "number": row.number,
            "title": row.title,
            "authors": list(row.authors),
            "units": list(row.units),
            "submitted_on": row.submitted_on,
            "signed_by_unit": row.by_unit,
            "adopted": [{"channel": channel, "form": form} for channel, form in row.adopted],
            "instructed": list(row.instructed),
        }
        for row in found
    ]


def life(desk: Desk, found: Life) -> Report:
    """An item's whole life: what it is, what happened to it by day, what it brings."""
    revision = found.revision
    if revision is None:
        lead: tuple[str, ...] = ("这一条已经撤销。",)
    else:
        who = f"作者：{'、'.join(found.authors) or '（无）'}　报送单位：{'、'.join(found.units)}"
        how = f"署名：{SIGNATURES[revision.by_unit]}　报送日期：{revision.submitted_on}"
        attributes = (f"{name}：{value}" for name, value in revision.attributes)
        lead = (revision.title, f"{who}　{how}", *attributes)
    columns = (
        Column("日期"),
        Column("环节"),
        Column("经过"),
        Column("登记号"),
        Column("经办人"),
    )
    table = Table(
        f"经过（{len(found.facts)} 项）", columns, tuple(_life_row(entry) for entry in found.facts)
    )
    tables = (table, *((_attachments(found.attachments),) if found.attachments else ()))
    return Report(found.number, tables, lead, _brings(desk, found))


def _attachments(told: tuple[Told, ...]) -> Table:
    columns = (
        Column("登记号"),
        Column("文件"),
        Column("大小", "right"),
        Column("日期"),
        Column("说明"),
        Column("证明什么"),
        Column("经办人"),
    )
    note = "取出用 sqmy attachment 登记号；写信息的编号，则全部取出。"
    return Table(f"附件（{len(told)} 份）", columns, tuple(map(_attachment_row, told)), (note,))


def _attachment_row(one: Told) -> tuple[str, ...]:
    voided = f"（已由 F{one.voided_by} 撤销）" if one.voided_by else ""
    return (
        f"F{one.seq}",
        (one.fact.filename or "（已依法抹除）") + voided,
        text.file_size(one.fact.size),
        one.fact.dated or "",
        one.fact.note or "",
        one.about,
        one.operator,
    )


def _life_row(entry: Recorded) -> tuple[str, ...]:
    voided = f"（已由 F{entry.voided_by} 撤销）" if entry.voided_by else ""
    return (
        entry.day or "",
        KINDS[entry.kind],
        entry.sentence.removeprefix(entry.day or "").strip() + voided,
        f"F{entry.fact}",
        entry.operator,
    )


def _brings(desk: Desk, found: Life) -> tuple[str, ...]:
    """What the item brings in each scoring year."""
    if found.revision is None:
        return ()
    days = [entry.day for entry in found.facts if entry.day and not entry.voided_by]
    told = []
    for year in sorted({desk.period_of(day) for day in days}):
        words = effect_of(desk, found.item, year.last).words()
        told.append(f"{year.chinese}　{words or '不计分。'}")
        seal = seals.before(desk.ledger, int(year.label), "9999-12-31")  # which reaches farthest
        if seal and any(max(one.fact, one.voided_by or 0) > seal.fact for one in found.facts):
            told.append(
                f"　　{year.chinese}得分封存（F{seal.fact}）以后，这一条又有登记或撤销；"
                f"公布的得分用 sqmy explain {found.number} --year {year.label} 查看。"
            )
    if found.revision.body:
        told.append(f"正文 {len(found.revision.body)} 字：{text.cut(found.revision.body, 60)}")
    return tuple(told)


def life_json(found: Life) -> dict[str, Any]:
    """An item's whole life."""
    revision = found.revision
    return {
        "number": found.number,
        "live": revision is not None,
        "title": revision.title if revision else None,
        "authors": list(found.authors),
        "units": list(found.units),
        "submitted_on": revision.submitted_on if revision else None,
        "signed_by_unit": revision.by_unit if revision else None,
        "attributes": dict(revision.attributes) if revision else {},
        "facts": [recorded_json(entry) for entry in found.facts],
        "attachments": [_attachment_json(one) for one in found.attachments],
    }


def _attachment_json(one: Told) -> dict[str, Any]:
    return {
        "fact": f"F{one.seq}",
        "about": f"F{one.fact.target}" if one.about else None,
        "name": one.fact.filename,
        "size": one.fact.size,
        "sha256": one.fact.digest,
        "on": one.fact.dated,
        "note": one.fact.note,
        "erased": one.fact.digest is None,
        "recorded_at": one.recorded_at,
        "operator": one.operator,
        "voided_by": f"F{one.voided_by}" if one.voided_by else None,
    }


def recorded_json(entry: Recorded) -> dict[str, Any]:
    """One recorded fact."""
    return {
        "fact": f"F{entry.fact}",
        "kind": entry.kind,
        "on": entry.day,
        "details": entry.details,
        "sentence": entry.sentence,
        "recorded_at": entry.recorded_at,
        "operator": entry.operator,
        "batch": f"B{entry.batch}" if entry.batch else None,
        "voided_by": f"F{entry.voided_by}" if entry.voided_by else None,
    }


def log(entries: list[Recorded]) -> Report:
    """What was recorded, in order."""
    columns = (
        Column("登记号"),
        Column("登记时间"),
        Column("经办人"),
        Column("批"),
        Column("登记内容"),
    )
    cells = tuple(
        (
            f"F{entry.fact}",
            entry.recorded_at[: len("2025-03-01T12:00")].replace("T", " "),
            entry.operator,
            f"B{entry.batch}" if entry.batch else "",
            entry.sentence + (f"（已由 F{entry.voided_by} 撤销）" if entry.voided_by else ""),
        )
        for entry in entries
    )
    clock = "登记时间是世界时，比北京时间晚 8 小时。"
    return Report(f"登记（{len(entries)} 项）", (Table("", columns, cells),), notes=(clock,))


def log_json(entries: list[Recorded]) -> list[dict[str, Any]]:
    """The log as an array."""
    return [recorded_json(entry) for entry in entries]
