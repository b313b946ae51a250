"""The folder in which the contents of attachments lie, each once, under its SHA-256.

A content is copied under another name, put on the disk, read back and only then given its own
name, so that under a hash nothing ever lies but what has it, short of damage. Contents get their
names and lose them only while the ledger's write lock is held: nobody records one that goes.
"""

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sqmy.errors import StorageError

_DIGEST_DIGITS = 64
_PART, _GOING = ".part", ".going"
_STALE_SECONDS = 3600
_NOTE = "说明.txt"
_WORDS = (
    "这个文件夹里是社情民意信息台账的附件，由 sqmy 保管，文件名是内容的校验码。\n"
    "请不要改名、改动或删除；台账搬到别处时，请连同这个文件夹一起搬。\n"
    "取出附件，用 sqmy attachment 登记号。\n"
)


def digest_of(path: Path) -> str:
    """Hex SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class AlteredError(StorageError):
    """A content that is not what it was."""


class Store:
    """A folder of contents, which need not be there yet.

    Args:
        folder: where it is.
        shared: several users work in it, with the rights of the folder above; otherwise it is
            its owner's alone.
    """

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        self.folder = folder
        self.shared = shared

    def path(self, digest: str) -> Path:
        """Where a content lies, or would."""
        return self.folder / digest

    def has(self, digest: str, size: int, *, whole: bool = True) -> bool:
        """Whether a content is there, of that size, and, with `whole`, as it was recorded."""
        path = self.path(digest)
        try:
            there = path.is_file() and path.stat().st_size == size
            return there and (not whole or digest_of(path) == digest)
        except OSError:
            return False

    def contents(self) -> list[str]:
        """The hashes under which something lies."""
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError:
            return []
        return sorted(name for name in names if len(name) == _DIGEST_DIGITS and name.isalnum())

    # -- putting -----------------------------------------------------------------------------

    @contextmanager
    def drafted(self, source: Path, digest: str) -> Iterator[Path]:
        """A copy of a file in the folder, on the disk; gone at the end unless it was settled.

        Raises:
            AlteredError: it has not this hash.
            StorageError: it cannot be written.
        """
        draft = self.folder / f"{secrets.token_hex(8)}{_PART}"
        try:
            self._prepare()
            with source.open("rb") as origin, self._new(draft) as copy:
                shutil.copyfileobj(origin, copy, 2**20)
                copy.flush()
                os.fsync(copy.fileno())
            if digest_of(draft) != digest:
                raise AlteredError(f"抄存的内容与原来的不同：{source}。请稍后重做，或换一个磁盘。")
            yield draft
        except OSError as error:
            raise StorageError(
                f"附件没有写完：{self.folder}。请检查文件夹、权限和磁盘空间后重做。"
            ) from error
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def settle(self, draft: Path, digest: str) -> None:
        """Give a draft its name, in the place of whatever has it."""
        draft.replace(self.path(digest))
        self._sync()

    def put(self, source: Path, digest: str, size: int) -> None:
        """Copy a content here, unless it is here; raises what `drafted` does."""
        if not self.has(digest, size):
            with self.drafted(source, digest) as draft:
                self.settle(draft, digest)

    def link(self, other: "Store", digest: str) -> bool:
        """Share a content with another store on the same disk; whether that can be done."""
        draft = self.folder / f"{secrets.token_hex(8)}{_PART}"
        try:
            self._prepare()
            os.link(other.path(digest), draft)
            draft.replace(self.path(digest))
            self._sync()
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True

    def _prepare(self) -> None:
        """Make the folder, closed to others, and say in it what it is; clear what was left."""
        if not self.folder.is_dir():
            with suppress(FileExistsError):  # somebody else was faster
                self._make()
        for left in self.folder.glob(f"*{_PART}"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()

    def _make(self) -> None:
        if not self.shared:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.folder.mkdir(0o700)
        if self.shared and os.name == "posix":
            self.folder.chmod(self.folder.parent.stat().st_mode & 0o7777)
        with self._new(self.folder / _NOTE) as note:
            note.write(_WORDS.encode())
        self._sync(self.folder.parent)

    @contextmanager
    def _new(self, path: Path) -> Iterator[BinaryIO]:
        """A new file that those may read who may read the folder."""
        mode = self.folder.stat().st_mode & 0o666 if self.shared else 0o600
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            if os.name == "posix":
                os.fchmod(file.fileno(), mode)  # whatever the mask of this process is
            yield file

    def _sync(self, folder: Path | None = None) -> None:
        """Have the folder's entries on the disk, where the system and its disk can."""
        if os.name != "posix":
            return
        handle = os.open(folder or self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network folders
                raise
        finally:
            os.close(handle)

    # -- removing ----------------------------------------------------------------------------

    def mark(self, digest: str) -> None:
        """Note that a content is to go, so that it goes even if we are killed before it does."""
        if self.folder.is_dir():
            self._going(digest).touch(mode=0o600)
            self._sync()

    def marked(self) -> list[str]:
        """The contents that were to go."""
        return sorted(path.stem for path in self.folder.glob(f"*{_GOING}"))

    def unmark(self, digest: str) -> None:
        """The content stays, or is gone."""
        self._going(digest).unlink(missing_ok=True)

    def remove(self, digest: str) -> None:
        """Take a content out, overwritten unless another store shares it; and its mark."""
        path = self.path(digest)
        if path.exists():
            found = path.stat()
            if found.st_nlink == 1:
                with suppress(OSError), path.open("r+b") as file:
                    for _ in range(0, found.st_size, 2**20):
                        file.write(bytes(2**20))
                    file.flush()
                    os.fsync(file.fileno())
            path.unlink()
            self._sync()
        self.unmark(digest)

    def _going(self, digest: str) -> Path:
        return self.folder / f"{digest}{_GOING}"
