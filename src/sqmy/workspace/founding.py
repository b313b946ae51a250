"""Making a ledger, and the demonstration county."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqmy import settings
from sqmy.errors import SqmyError
from sqmy.ledger.driver import provide_key
from sqmy.ledger.opening import create_ledger
from sqmy.ledger.records import Records
from sqmy.settings import Place
from sqmy.workspace.data import shipped
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of

if TYPE_CHECKING:
    from sqmy.workspace.import_report import ImportReport

DEMO_OPERATOR = "演示"


def found(place: Place, operator: str, rules: Path | None) -> Desk:
    """A new ledger there, with its rulebook as the first fact.

    Raises:
        SqmyError: there is one already, the place cannot be written, the rulebook is faulty.
    """
    edition = edition_of(rules)
    made = provide_key() if isinstance(place, Path) else None
    ledger = create_ledger(place, lambda ledger: Records(ledger, operator).adopt_rulebook(edition))
    if made:
        ledger.notices = (
            f"台账是加密的，密钥在 {made}。请马上把它另存一份在别处：丢了它，谁也打不开这本台账。",
        )
    return Desk(ledger, operator)


def new_ledger_place(given: str | None) -> Place:
    """Where `init` makes a ledger: as given, from the environment, else `./sqmy.db`."""
    return settings.ledger_place(given, lambda _: True)


class Demo(NamedTuple):
    """The demonstration county: its desk and the folder it lies in."""

    desk: Desk
    folder: Path
    imported: "ImportReport"


def demonstrate(folder: Path) -> Demo:
    """Lay out the fictitious county in an empty folder and import its spreadsheets.

    The ledger that it kept before stands beside them, to be tried.

    Raises:
        SqmyError: the folder holds a demonstration already.
    """
    from sqmy.workspace.importing import import_files

    ledger = folder / settings.FILE_NAME
    if ledger.exists():
        raise SqmyError(f"{folder} 里已经有台账。请换一个文件夹。")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for source in sorted(shipped("examples", "yunting").glob("*.xlsx")):
        shutil.copyfile(source, folder / source.name)
        files.append(folder / source.name)
    for source in shipped("examples", "yunting", "arrived").glob("*.xlsx"):
        shutil.copyfile(source, folder / source.name)
    desk = found(ledger, DEMO_OPERATOR, None)
    report = import_files(desk.ledger, DEMO_OPERATOR, desk.vocabulary, files)
    desk.refresh()
    return Demo(desk, folder, report)
