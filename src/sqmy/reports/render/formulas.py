"""Formulas as reports write them, `SUMIFS(明细[得分],…)`, turned into places on sheets."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from openpyxl.utils import get_column_letter

_REFERENCE = re.compile(r"([^\W\d]\w*)?\[(@?)([^\[\]]+)\]")


class Place(NamedTuple):
    """Where a table's rows stand on a sheet.

    Attributes:
        sheet: the sheet's name.
        columns: number of each column, from 1, by its heading.
        first, last: rows of the table without its headings; one blank row if it has none.
    """

    sheet: str
    columns: Mapping[str, int]
    first: int
    last: int

    def letter(self, heading: str) -> str:
        """The column of that heading, `F`."""
        return get_column_letter(self.columns[heading])


def placed(text: str, places: Mapping[str, Place], own: Place, row: int = 0) -> str:
    """The formula with its references as sheets know them, with the leading `=`.

    Args:
        text: with references such as `明细[得分]` and `[@得分]`.
        places: every sheet of the workbook by name.
        own: the sheet on which the formula stands.
        row: the row on which it stands; 0 for one that stands above its table.
    """

    def reference(match: re.Match[str]) -> str:
        sheet, same_row, heading = match.groups()
        if same_row:
            return f"${own.letter(heading)}{row}"
        place = places[sheet]
        letter = place.letter(heading)
        return f"'{place.sheet}'!${letter}${place.first}:${letter}${place.last}"

    return f"={_REFERENCE.sub(reference, text)}"
