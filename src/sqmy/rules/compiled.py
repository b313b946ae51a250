"""The compiled form: a rulebook as canonical JSON, and back, by the standard library alone.

The ledger keeps it beside the YAML text, so that recording and scoring need no YAML reader;
`verify` compiles the text again and compares.
"""

import json
from functools import lru_cache
from typing import Any

from sqmy.errors import LedgerError
from sqmy.plain import plain, restored
from sqmy.rules.rulebook import Rulebook

LANGUAGE = 2
"""The version of the compiled form. An older one is read again from the text."""


class OutdatedError(ValueError):
    """The compiled form is of an earlier version of the language."""


def compile_(rulebook: Rulebook) -> str:
    """The rulebook as canonical JSON: English names, the rulebook's own order, exact points.

    What is not written in the rulebook is not written here either.
    """
    form = {"language": LANGUAGE, "rulebook": plain(rulebook)}
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=8)
def load(compiled: str) -> Rulebook:
    """The rulebook of a compiled form.

    Raises:
        OutdatedError: the text has to be read again.
        LedgerError: it is none that this or an earlier version has made.
    """
    try:
        return _read(json.loads(compiled))
    except OutdatedError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise LedgerError(
            "台账里存的计分办法读不出来，像是被改动过。请用 sqmy verify 核对，用备份恢复。"
        ) from error


def _read(form: dict[str, Any]) -> Rulebook:
    if form.get("language") != LANGUAGE:
        raise OutdatedError
    rulebook: Rulebook = restored(Rulebook, form["rulebook"])
    return rulebook
