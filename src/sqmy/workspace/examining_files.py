"""Examining where a ledger's attachments lie: whether they are there, and closed to others."""

import os
import stat
from collections.abc import Iterator

from sqmy.errors import SqmyError
from sqmy.ledger import attached, folders
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import connect_to
from sqmy.ledger.postgresql_schema import SCHEMA_VERSION, state
from sqmy.ledger.sqlite import open_file
from sqmy.ledger.store import Store
from sqmy.settings import Place, Server
from sqmy.workspace.examining import Finding

_TOPIC, _LABEL = "attachments", "附件"
_NAMED = 6


def of_attachments(place: Place) -> Iterator[Finding]:
    """What there is to say of a ledger's attachments; nothing where the ledger cannot be read."""
    try:
        if isinstance(place, Server):
            with connect_to(place) as ledger:
                found = state(ledger, place.office)
                if found and found.version == SCHEMA_VERSION and found.may_enter:
                    yield from _examined(ledger)
        else:
            with open_file(place) as ledger:
                yield from _examined(ledger)
    except SqmyError:
        return


def _examined(ledger: Ledger) -> Iterator[Finding]:
    needed = attached.held(ledger)
    try:
        store = attached.store_of(ledger)
    except SqmyError as error:
        if needed:
            yield Finding(_TOPIC, _LABEL, "fault", f"{len(needed)} 份，找不到", str(error))
        return
    mend = "怎样补救，用 sqmy verify 查看"
    if not store.folder.is_dir():
        if needed:
            told = f"{len(needed)} 份都不在：没有文件夹 {store.folder}"
            yield Finding(_TOPIC, _LABEL, "fault", told, mend)
        return
    missing = [one for one in needed if not store.has(one.digest, one.size, whole=False)]
    if missing:
        listed = "、".join(f"F{one.fact}" for one in missing[:_NAMED])
        told = f"{len(needed)} 份，其中 {len(missing)} 份不在或大小不对：{listed}"
        yield Finding(_TOPIC, _LABEL, "fault", told, mend)
    else:
        told = f"{len(needed)} 份，都在 {store.folder}"
        yield Finding(_TOPIC, _LABEL, "ok", told, "内容有无改动，用 sqmy verify 查")
    yield from _left(ledger, store)
    yield from _closed(store)


def _left(ledger: Ledger, store: Store) -> Iterator[Finding]:
    """Contents that nothing refers to: harmless, but those of an erasure must go."""
    if going := store.marked():
        yield Finding(
            "erasing", "未完的抹除", "fault", f"有 {len(going)} 份抹除过的附件，文件可能还在",
            "请关掉打开着它们的程序，再执行一次同样的 sqmy erase",
        )  # fmt: skip
    if strays := [one for one in attached.strays(ledger, store) if one not in going]:
        yield Finding(
            "strays", "多余的附件", "warning",
            f"有 {len(strays)} 个文件没有登记：附到一半断了，或台账换成了旧的",
            "不碍事；再附同一份文件时就用上。确知不要的，可以从文件夹里删去",
        )  # fmt: skip


def _closed(store: Store) -> Iterator[Finding]:
    """Whether others can read the contents, where the system says."""
    if store.shared and (risk := folders.risk_of(store.folder)) and risk.kind != "network":
        yield Finding(
            "files-folder", "附件文件夹", "fault", f"在{risk.name}里，会传到外面，或关机就没有了",
            "请换一个文件夹，改环境变量 SQMY_FILES",
        )  # fmt: skip
    if os.name != "posix":
        return
    mode = store.folder.stat().st_mode
    if mode & (0o007 if store.shared else 0o077):
        advice = f"请执行 chmod {'o-rwx' if store.shared else '700'} {store.folder}"
        told = f"别的用户也能打开附件的文件夹（{stat.filemode(mode)}）"
        yield Finding("files-permissions", "附件的权限", "warning", told, advice)
