"""A file is there whole, or as it was before."""

import errno
import os
from pathlib import Path

import pytest

from sqmy.workspace.new_file import replacing


def written(path: Path, content: bytes) -> None:
    with replacing(path) as file:
        file.write(content)


def test_the_old_file_stays_when_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "得分.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space") as caught:
            written(path, b"new")
    assert caught.value.filename == str(path)
    assert [p.name for p in tmp_path.iterdir()] == ["得分.xlsx"]
    assert path.read_bytes() == b"old"
    written(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["得分.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_others_may_read_the_file_as_they_may_any_other(tmp_path: Path) -> None:
    written(tmp_path / "得分.md", b"x")
    (tmp_path / "other").write_bytes(b"x")
    assert (tmp_path / "得分.md").stat().st_mode == (tmp_path / "other").stat().st_mode
