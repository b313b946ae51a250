"""Files: the suffix of a file's name says in which format a report is written."""

import codecs
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from sqmy.errors import SqmyError
from sqmy.reports.publication import Publication
from sqmy.reports.render.machine import csv_text, json_text
from sqmy.reports.render.markdown import markdown
from sqmy.reports.render.page import page
from sqmy.reports.render.progress import Step


def content(path: Path, publication: Publication, step: Step | None = None) -> bytes:
    """What the file of that name is to hold.

    Raises:
        SqmyError: no format has that suffix; those that there are, are told.
    """
    return FORMATS[suffix(path)](publication, step)


def suffix(path: Path) -> str:
    """The suffix of the file's name, in small letters.

    Raises:
        SqmyError: as `content`.
    """
    given = path.suffix.lower()
    if given not in FORMATS:
        raise SqmyError(
            f"不会写「{path.suffix or path.name}」这种文件。后缀可以是 {'、'.join(FORMATS)}。"
        )
    return given


def _xlsx(publication: Publication, step: Step | None) -> bytes:
    from sqmy.reports.render.workbook import workbook  # noqa: PLC0415 — openpyxl takes 0.15 s

    return workbook((publication.workbook or publication.report)(), step)


def _docx(publication: Publication, _: Step | None) -> bytes:
    from sqmy.reports.render.document import document  # noqa: PLC0415 — as openpyxl

    return document((publication.document or publication.report)(), publication.letterhead)


def _csv(publication: Publication, _: Step | None) -> bytes:
    return codecs.BOM_UTF8 + csv_text(publication.flat()).replace("\n", "\r\n").encode()


def _json(publication: Publication, _: Step | None) -> bytes:
    return f"{json_text(publication.value())}\n".encode()


def _html(publication: Publication, _: Step | None) -> bytes:
    return page(publication.report()).encode()


def _md(publication: Publication, _: Step | None) -> bytes:
    return markdown(publication.report()).encode()


FORMATS: Final[Mapping[str, Callable[[Publication, Step | None], bytes]]] = {
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
    ".html": _html,
    ".md": _md,
}
"""What makes a file's content, by the suffix of its name."""
