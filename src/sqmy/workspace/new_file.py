"""A file on the clerk's disk: there when it is whole, or not at all."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqmy.errors import SqmyError


@contextmanager
def new_file(
    path: Path, suffixes: Sequence[str] = (".xlsx",), *, private: bool = False
) -> Iterator[IO[bytes]]:
    """A file to be written; what stands there already is never overwritten.

    Args:
        path: of the file.
        suffixes: that its name may have.
        private: only its owner may read and write it, where the system knows of owners.

    Raises:
        SqmyError: the name has another suffix, the file exists, or its folder does not.
        OSError: as `replacing`.
    """
    if path.suffix.lower() not in suffixes:
        raise SqmyError(f"文件名要以 {' 或 '.join(suffixes)} 结尾：{path}。请改一个文件名。")
    if path.exists():
        raise SqmyError(f"{path} 已经存在，没有写入。请换一个文件名，或先移走原来的。")
    check_place(path)
    with replacing(path, private=private) as file:
        yield file


def check_place(path: Path) -> None:
    """Refuse a place where no file can stand.

    Raises:
        SqmyError: there is no such folder, or a folder stands there.
    """
    if not path.absolute().parent.is_dir():
        raise SqmyError(f"没有这个文件夹：{path.absolute().parent}。请先建好再写入。")
    if path.is_dir():
        raise SqmyError(f"{path} 是文件夹，写不成文件。请换一个文件名。")


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """A file to be written; what stands there stays until it is whole.

    Args:
        path: of the file.
        private: only its owner may read and write it, where the system knows of owners.

    Raises:
        OSError: it cannot be written; the error names the file itself, not the draft beside it.
    """
    draft = path.with_name(f".sqmy-{secrets.token_hex(4)}.part")
    mode = 0o600 if private else 0o666
    try:
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        draft.unlink(missing_ok=True)
