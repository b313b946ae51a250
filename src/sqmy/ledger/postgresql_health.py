"""What a server says of itself that bears on a ledger's safety."""

from typing import NamedTuple

from sqmy.ledger.database import Ledger


class Health(NamedTuple):
    """How a server is set up, and who we are there.

    Attributes:
        version: as a number, 150018 for 15.18.
        told_version: as it is written.
        unsafe: settings under which a power cut loses what was acknowledged, each with its value.
        checks_pages: pages carry a checksum, so that damage on the disk is noticed.
        archives: the write-ahead log is kept, so that a moment can be restored.
        encrypted: the connection is; True on the server's own computer, where it leaves nobody.
        user: as whom we are logged in.
        rights: what this user may do with the office's ledger.
        may_verify: the user may create temporary tables, which verifying needs.
        seconds: the server's clock, as seconds since 1970.
    """

    version: int
    told_version: str
    unsafe: tuple[str, ...]
    checks_pages: bool
    archives: bool
    encrypted: bool
    user: str
    rights: str
    may_verify: bool
    seconds: int


def health(ledger: Ledger, office: str) -> Health:
    """Ask the server; `rights` is `superuser`, `owner`, `writer`, `reader` or `none`."""
    row = ledger.row(
        "SELECT CAST(current_setting('server_version_num') AS bigint),"
        " current_setting('server_version'), current_setting('data_checksums') = 'on',"
        " current_setting('archive_mode') <> 'off',"
        " inet_server_addr() IS NULL OR host(inet_client_addr()) IN ('127.0.0.1', '::1')"
        " OR coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),"
        " current_user, has_database_privilege(current_database(), 'TEMPORARY'),"
        " CAST(extract(epoch FROM clock_timestamp()) AS bigint)"
    )
    assert row is not None  # noqa: S101 — a server always answers this
    version, told, checks, archives, encrypted, user, may_verify, seconds = row
    unsafe = tuple(
        f"{name}={value}"
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        for (value,) in ledger.rows("SELECT current_setting(:name)", {"name": name})
        if value == "off"
    )
    rights = _rights(ledger, office)
    return Health(
        version, told, unsafe, checks, archives, encrypted, user, rights, may_verify, seconds
    )


def _rights(ledger: Ledger, office: str) -> str:
    row = ledger.row(
        "SELECT r.rolsuper, pg_has_role(n.nspowner, 'USAGE'),"
        " coalesce(has_table_privilege(CAST(to_regclass('chain') AS oid), 'INSERT'), false),"
        " has_schema_privilege(n.oid, 'USAGE')"
        " FROM pg_roles r, pg_namespace n"
        " WHERE r.rolname = current_user AND n.nspname = :office",
        {"office": office},
    )
    held = zip(("superuser", "owner", "writer", "reader"), row or (), strict=False)
    return next((name for name, holds in held if holds), "none")
