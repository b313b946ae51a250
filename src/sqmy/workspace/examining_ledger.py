"""Examining a ledger's place: whether it can be opened, who may read it, what it lies on."""

import os
import shutil
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqmy import settings
from sqmy.errors import SqmyError
from sqmy.ledger import driver, folders, reading, sqlite
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import connect_to
from sqmy.settings import Server
from sqmy.workspace.examining import Finding
from sqmy.workspace.examining_files import of_attachments

if TYPE_CHECKING:
    from sqmy.ledger.postgresql_health import Health

_MEGABYTE = 1 << 20
_SPARE = 50 * _MEGABYTE
"""Room that there should be besides three times the ledger: its journal, a backup, exports."""

_SKEW = 300
"""Seconds by which two clocks may differ."""

_SERVER = 140000
"""The oldest PostgreSQL that knows what the schema needs."""


def of_ledger(given: str | None) -> Iterator[Finding]:
    """What there is to say about the ledger's place and, if it is there, about itself."""
    try:
        place = settings.ledger_place(given, sqlite.is_ledger)
    except SqmyError as error:
        yield Finding("ledger", "台账", "fault", *_split(error))
        return
    if isinstance(place, Server):
        yield from _on_server(place)
        return
    yield from _file(place)
    if place.exists():
        yield from _permissions(place)
    yield from _key(place)
    if sqlite.is_ledger(place):
        yield from of_attachments(place)
    yield from _folder(place)
    yield from _disk(place)


def _split(error: SqmyError) -> tuple[str, str]:
    """What an error says, and in its further lines what to do."""
    told, _, advice = str(error).partition("\n")
    return told, advice.replace("\n", " ")


# -- a file ----------------------------------------------------------------------------------


def _file(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(
            "ledger", "台账", "ok", f"还没有台账：{path.absolute()}", "要新建，请用 sqmy init"
        )
        return
    try:
        with sqlite.open_file(path) as ledger:
            yield from _inside(ledger, str(path.absolute()))
    except SqmyError as error:
        yield Finding("ledger", "台账", "fault", *_split(error))
    if path.with_name(f"{path.name}-journal").exists():
        yield Finding(
            "journal", "未完的写入", "warning", "上一次写入中途断了，旁边还有 -journal 文件",
            "不要删它：下次打开台账时会自动复原",
        )  # fmt: skip


def _inside(ledger: Ledger, where: str) -> Iterator[Finding]:
    """The ledger's length, and whether our clock goes with its last entry."""
    seq, _ = reading.head(ledger)
    advice = "内容是否完好，用 sqmy verify 查"
    yield Finding("ledger", "台账", "ok", f"{where}，{seq} 项登记", advice)
    row = ledger.row("SELECT recorded_at FROM chain WHERE seq = :seq", {"seq": seq})
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if row and row[0] > now:
        yield Finding(
            "clock", "时钟", "warning", f"台账最后一项记在 {row[0]}，这台电脑的时钟却是 {now}",
            "请校准电脑的日期和时间",
        )  # fmt: skip
    else:
        yield Finding("clock", "时钟", "ok", f"{now}（世界时）")


def _permissions(path: Path) -> Iterator[Finding]:
    if not os.access(path, os.W_OK) or not os.access(path.absolute().parent, os.W_OK):
        yield Finding(
            "permissions", "权限", "fault", "台账或所在的文件夹不能写", "请检查权限，或换一个文件夹"
        )
        return
    if os.name != "posix":
        return
    mode = path.stat().st_mode
    if mode & 0o077:
        told = f"别的用户也能读写台账（{stat.filemode(mode)}）"
        yield Finding("permissions", "权限", "warning", told, f"请执行 chmod 600 {path}")
        return
    folder = path.absolute().parent
    above = folder.stat().st_mode
    if above & stat.S_IWOTH and not above & stat.S_ISVTX:
        told = f"别的用户可以换掉这个文件夹里的文件：{folder}"
        yield Finding("permissions", "权限", "warning", told, f"请执行 chmod o-w {folder}")
    else:
        yield Finding("permissions", "权限", "ok", "只有本人能读写")


def _key(path: Path) -> Iterator[Finding]:
    """Where the key of an encrypted ledger lies."""
    key = driver.key_file()
    if key is None:
        return
    if not key.exists():
        told, advice = f"密钥文件不在：{key}", "请插上密钥所在的盘，或改 SQMY_KEY_FILE"
        yield Finding("key", "密钥", "fault", told, advice)
    elif key.absolute().parent == path.absolute().parent:
        told, advice = "密钥与台账在同一个文件夹里，一丢都丢", "请把密钥移到别的盘上，并另存一份"
        yield Finding("key", "密钥", "warning", told, advice)
    elif os.name == "posix" and key.stat().st_mode & 0o077:
        yield Finding("key", "密钥", "warning", "别的用户也能读密钥", f"请执行 chmod 600 {key}")
    else:
        yield Finding("key", "密钥", "ok", f"{key}", "务必在别处另存一份：丢了它，谁也打不开台账")


def _folder(path: Path) -> Iterator[Finding]:
    risk = folders.risk_of(path)
    if risk is None:
        yield Finding("folder", "文件夹", "ok", f"在本机磁盘上：{path.absolute().parent}")
    elif risk.kind == "memory":
        yield Finding(
            "folder", "文件夹", "fault", f"在内存里（{risk.name}），关机就没有了", "请移到硬盘上"
        )
    elif risk.kind == "network":
        yield Finding(
            "folder", "文件夹", "fault",
            f"在网络盘上（{risk.name}）：几个人同时写可能写坏，断线可能丢",
            "请移到本机硬盘；要几个人合用，请放到 PostgreSQL 服务器上（sqmy move）",
        )  # fmt: skip
    else:
        yield Finding(
            "folder", "文件夹", "fault",
            f"在{risk.name}的同步文件夹里：写到一半会被传走，也会被旧的盖回来，还传到了外面",
            "请移到不同步的文件夹；要在两处留存，请用 sqmy backup",
        )  # fmt: skip


def _disk(path: Path) -> Iterator[Finding]:
    folder = next(one for one in (path.absolute(), *path.absolute().parents) if one.is_dir())
    free = shutil.disk_usage(folder).free
    size = path.stat().st_size if path.exists() else 0
    told = f"还有 {free // _MEGABYTE:,} MB，台账 {-(-size // _MEGABYTE):,} MB"
    if free < 3 * size + _SPARE:
        yield Finding("disk", "磁盘", "fault", told, "请腾出空间：写入和备份都要用")
    else:
        yield Finding("disk", "磁盘", "ok", told)


# -- a server --------------------------------------------------------------------------------


def _on_server(place: Server) -> Iterator[Finding]:
    from sqmy.ledger.postgresql_health import health
    from sqmy.ledger.postgresql_schema import SCHEMA_VERSION, state

    try:
        with connect_to(place) as ledger:
            found = state(ledger, place.office)
            if found is None:
                told = f"服务器上还没有这本台账：{place}"
                yield Finding("ledger", "台账", "ok", told, "要新建，请用 sqmy init")
            elif found.version != SCHEMA_VERSION or not found.may_enter:
                told = f"打不开（第 {found.version} 版，本程序用第 {SCHEMA_VERSION} 版）：{place}"
                advice = "用 sqmy log 打开一次，看它怎么说"
                yield Finding("ledger", "台账", "warning", told, advice)
            else:
                yield from _inside(ledger, str(place))
            yield from _healthy(health(ledger, place.office))
    except SqmyError as error:
        yield Finding("ledger", "台账", "fault", *_split(error))
    yield from of_attachments(place)
    if place.has_password:
        yield Finding(
            "password", "密码", "warning", "密码写在台账的地址里，别的程序和命令记录里看得见",
            "请改放到密码文件：~/.pgpass，Windows 为 %APPDATA%\\postgresql\\pgpass.conf",
        )  # fmt: skip


_RIGHTS = {
    "superuser": "服务器的超级用户",
    "owner": "台账的建账用户",
    "writer": "可以登记",
    "reader": "只能查看",
    "none": "没有台账的权限",
}


def _healthy(found: "Health") -> Iterator[Finding]:
    told = f"PostgreSQL {found.told_version}"
    if found.version < _SERVER:
        yield Finding("server", "服务器", "fault", f"{told} 太旧", "请升级到 14 或更新")
    else:
        yield Finding("server", "服务器", "ok", told)
    if found.unsafe:
        told = f"{'、'.join(found.unsafe)}：断电会丢掉已经登记的"
        yield Finding("durability", "落盘", "fault", told, "请服务器管理员改为 on")
    else:
        yield Finding("durability", "落盘", "ok", "每一次登记都写到磁盘才回答")
    if found.encrypted:
        yield Finding("transport", "传输", "ok", "连接是加密的，或在服务器本机")
    else:
        yield Finding(
            "transport", "传输", "warning", "连接没有加密，同一网络里的人看得见",
            "请服务器管理员开 TLS，在地址里加 sslmode=verify-full",
        )  # fmt: skip
    for topic, label, holds, good, bad, advice in (
        ("checksums", "页面校验", found.checks_pages, "开着", "没有开，磁盘坏了不会马上知道",
         "新建服务器时用 initdb --data-checksums，已有的停机后用 pg_checksums --enable"),
        ("archive", "日志归档", found.archives, "开着", "没有开，只能恢复到上一次备份",
         "请服务器管理员定期 pg_dump，重要的再开归档"),
        ("temporary", "核对所需", found.may_verify, "可以核对", "登录的用户不能建临时表，核对不了",
         "请服务器管理员执行 GRANT TEMPORARY ON DATABASE"),
    ):  # fmt: skip
        state, told = ("ok", good) if holds else ("warning", bad)
        yield Finding(topic, label, state, told, "" if holds else advice)  # type: ignore[arg-type]
    own = f"{found.user}：{_RIGHTS[found.rights]}"
    if found.rights in {"superuser", "owner"}:
        advice = "平日登记请另用只有读写角色的用户：这个用户可以拆掉保护"
        yield Finding("rights", "用户", "warning", own, advice)
    else:
        yield Finding("rights", "用户", "ok", own)
    if abs(found.seconds - time.time()) > _SKEW:
        told = f"与这台电脑的时钟差 {abs(found.seconds - time.time()) // 60:.0f} 分钟"
        yield Finding("skew", "服务器时钟", "warning", told, "请校准两边的时钟")
