"""Moving a ledger from a file to a server and back, with its chain as it is."""

from datetime import UTC, datetime
from pathlib import Path

from sqmy import settings
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import attached, audit, carrying, reading
from sqmy.ledger.copying import copy
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import create_ledger, open_ledger
from sqmy.ledger.postgresql_schema import quoted
from sqmy.ledger.sqlite import is_ledger
from sqmy.settings import Place


def move(source: str, target: str, *, keep: bool, plain: bool = False) -> list[str]:
    """Move a ledger; the sentences to say.

    Nobody records in the old one meanwhile. The new one counts only when it holds every row and
    verifies; then the old one is set aside under another name, and nothing of it is deleted.

    Args:
        source: a file or a server's address.
        target: likewise, where there is no ledger yet.
        keep: leave the old one where it is.
        plain: a new file is not encrypted, though there is a key.

    Raises:
        LedgerError: the old ledger does not verify, or the copy does not.
        SqmyError: something stands at the target already.
    """
    old_place = settings.ledger_place(source, is_ledger)
    new_place = settings.ledger_place(target, is_ledger)
    is_file = isinstance(old_place, Path)
    aside: Place | None = None
    with open_ledger(old_place) as old:
        _require_sound(old, "原来的台账核对不符，没有移动")
        with old.writing(dry_run=keep or is_file):  # nobody records until this ends
            with create_ledger(new_place, lambda new: _copied(old, new), plain=plain) as new:
                seq, head = reading.head(new)
                files = len(attached.held(new))
            if not keep and not isinstance(old_place, Path):
                aside = _server_aside(old, old_place)
    if not keep and isinstance(old_place, Path):
        aside = _file_aside(old_place, seq)
    carried = [f"附件 {files} 份也移了过去，内容核对无误。"] if files else []
    if aside and files and (left := carrying.set_aside(old_place, aside)):
        carried.append(f"原来的附件文件夹没能一起改名，仍在 {left}。")
    return [
        f"已移到 {_told(new_place)}：{seq} 项登记，核对无误，校验链与原来一样。校验码 {seq}:{head}",
        *carried,
        _about_old(old_place, aside, keep=keep),
        f"往后请用 --ledger {_told(new_place)}，或设环境变量 SQMY_LEDGER。",
    ]


def _about_old(old: Place, aside: Place | None, *, keep: bool) -> str:
    if keep:
        return f"原来的台账没有动：{_told(old)}。往后只用其中一本：两本各记各的，就合不起来。"
    if aside:
        return f"原来的台账改名为 {_told(aside)}，没有删；请不要再往里登记。"
    return (
        f"原来的台账还在 {_told(old)}：登录的用户不能给它改名。"
        "请服务器管理员收回它的读写角色，免得有人再往里登记。"
    )


def _told(place: Place) -> str:
    return str(place.absolute() if isinstance(place, Path) else place)


def _require_sound(ledger: Ledger, otherwise: str) -> None:
    if faults := audit.examine(ledger):
        told = "\n".join(f"  {fault}" for fault in faults)
        raise LedgerError(f"{otherwise}：\n{told}")


def _copied(old: Ledger, new: Ledger) -> None:
    copy(old, new)
    if reading.head(old) != reading.head(new):
        raise LedgerError("抄过去的台账与原来的不符，没有移动。请重做。")
    _require_sound(new, "抄过去的台账核对不符，没有移动")
    if attached.held(new):
        carrying.require_plain(new, "没有移动")
        with carrying.made_or_nothing(attached.store_of(new)) as store:
            carried = carrying.carry(new, carrying.Sources((attached.store_of(old),)), store)
            carrying.require(carried, "附件核对不符，没有移动")


def _file_aside(path: Path, seq: int) -> Path:
    """Give a file another name, which no command looks for.

    Raises:
        LedgerError: somebody recorded after the copy was made and before the name was changed.
    """
    aside, number = path.with_name(f"{path.stem}.moved{path.suffix}"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.moved{number}{path.suffix}")
    path.rename(aside)
    with open_ledger(aside) as old:
        late = reading.head(old)[0] - seq
    if late:
        raise LedgerError(
            f"移完的一刻有人又在原来的台账里登记了 {late} 项，新台账里没有。"
            f"请用 sqmy --ledger {aside} log --last {late} 查看，再登记到新台账里。"
        )
    return aside


def _server_aside(old: Ledger, place: settings.Server) -> Place | None:
    """Give an office's schema another name, in the transaction that keeps others from recording.

    Returns:
        Its new place; None if we may not rename it.
    """
    aside = f"{place.office}_moved_{datetime.now(UTC).strftime('%Y%m%d%H%M%S')}"
    old.run("SAVEPOINT aside")
    try:
        old.run(f"ALTER SCHEMA {quoted(place.office)} RENAME TO {quoted(aside)}")
    except SqmyError:
        old.run("ROLLBACK TO SAVEPOINT aside")
        return None
    return place._replace(office=aside)
