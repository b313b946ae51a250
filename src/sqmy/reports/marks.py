"""The marks that a report carries unseen, so that it can be held against the ledger later on.

In a workbook they are properties of the document, in a Word document lines of its comments, in a
page `meta` elements, in Markdown comments.
"""

from typing import Final

PREFIX: Final = "sqmy."

YEAR: Final = "sqmy.year"
"""The year, or the years, that the figures are of."""

LEDGER: Final = "sqmy.ledger"
"""The ledger's last place and its hash, `1234:9f86…`."""

RULEBOOKS: Final = "sqmy.rulebooks"
"""SHA-256 of the texts of the editions that scored, with commas between."""

SEAL: Final = "sqmy.seal"
"""The seal of the published result, `F1234:…`, where it is one."""

AUDIENCE: Final = "sqmy.audience"
"""Whom it is for, where it is not the office itself."""

COMMAND: Final = "sqmy.command"
"""The words of the command that made it, as a JSON array; `{"file": …}` is a file by its name."""

MADE: Final = "sqmy.made"
"""The day on which it was made."""

VERSION: Final = "sqmy.version"
"""The version of the program that made it."""

CONTENT: Final = "sqmy.content"
"""SHA-256 of all that can be read in it, line by line."""
