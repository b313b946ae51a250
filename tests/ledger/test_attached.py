"""Contents by their hash: put whole or not at all, removed only when nobody has them."""

from pathlib import Path

import pytest

from ledgers import attach, every_kind, new_ledger
from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.ledger import attached, carrying
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory
from sqmy.ledger.store import AlteredError, Store, digest_of


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "来稿.txt"
    path.write_bytes(b"paper" * 1000)
    return path


def test_a_content_is_put_once_under_its_hash(paper: Path, tmp_path: Path) -> None:
    store, digest = Store(tmp_path / "甲.files"), digest_of(paper)
    assert not store.has(digest, 5000)
    assert store.contents() == store.marked() == []
    store.put(paper, digest, 5000)
    there = store.path(digest).stat()
    store.put(paper, digest, 5000)
    assert store.path(digest).stat().st_ino == there.st_ino
    assert store.contents() == [digest]
    store.path(digest).write_bytes(b"x" * 5000)
    assert store.has(digest, 5000, whole=False)
    assert not store.has(digest, 5000)
    store.put(paper, digest, 5000)
    assert store.path(digest).read_bytes() == paper.read_bytes()


def test_what_changes_while_it_is_copied_is_not_put(paper: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "甲.files")
    with pytest.raises(AlteredError, match="抄存的内容与原来的不同"):
        store.put(paper, "0" * 64, 5000)
    assert sorted(path.name for path in store.folder.iterdir()) == ["说明.txt"]


def test_a_folder_that_cannot_be_made(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "甲.files").write_text("a file", encoding="utf-8")
    with pytest.raises(StorageError, match="附件没有写完"):
        Store(tmp_path / "甲.files").put(paper, digest_of(paper), 5000)


def test_what_is_shared_is_not_overwritten(paper: Path, tmp_path: Path) -> None:
    one, other, digest = Store(tmp_path / "甲"), Store(tmp_path / "乙"), digest_of(paper)
    one.put(paper, digest, 5000)
    assert other.link(one, digest)
    one.remove(digest)
    assert not one.has(digest, 5000)
    assert other.has(digest, 5000)
    assert not other.link(one, digest)  # there is nothing to share any more
    assert other.has(digest, 5000)
    assert not list(other.folder.glob("*.part"))


def test_what_was_to_go_goes_unless_somebody_has_it(path: Path) -> None:
    with open_ledger(path) as ledger:
        store = attached.store_of(ledger)
        first, second = attached.held(ledger)
        store.mark(first.digest)
        store.mark(second.digest)
        assert store.marked() == sorted((first.digest, second.digest))
        with ledger.writing():
            Records(ledger, "丙").erase(first.fact, "本人要求")
        attached.finish(ledger)
        assert store.marked() == []
        assert store.contents() == [second.digest]
        assert attached.examine(ledger) == attached.Examined([], 1, second.size, whole=True)


def test_contents_that_no_attachment_has(path: Path, paper: Path) -> None:
    with open_ledger(path) as ledger:
        store = attached.store_of(ledger)
        assert attached.strays(ledger, store) == []
        store.put(paper, digest_of(paper), 5000)
        assert attached.strays(ledger, store) == [digest_of(paper)]
        with ledger.writing():
            attach(Records(ledger, "丙"), 1, "来稿.txt", paper.read_bytes())
        assert attached.strays(ledger, store) == []


def test_a_voided_attachment_keeps_its_content(path: Path) -> None:
    with open_ledger(path) as ledger:
        first, _ = attached.held(ledger)
        with ledger.writing():
            Records(ledger, "丙").void([first.fact], "附错了")
        assert first in attached.held(ledger)


def test_in_memory_there_is_no_place_for_them() -> None:
    with in_memory() as ledger:
        assert attached.examine(ledger) is None
        every_kind(ledger)
        with pytest.raises(SqmyError, match="台账在内存里"):
            attached.examine(ledger)


def test_they_are_carried_all_or_what_lacks_is_named(path: Path, tmp_path: Path) -> None:
    target = Store(tmp_path / "别处")
    with open_ledger(path) as ledger:
        store = attached.store_of(ledger)
        first, second = attached.held(ledger)
        store.path(first.digest).unlink()
        found = carrying.carry(ledger, carrying.Sources((store,)), target)
        assert found
        assert [problem.place for problem in found.problems] == [f"F{first.fact}"]
        assert target.contents() == [second.digest]
        with pytest.raises(
            LedgerError, match=f"不行：\n  F{first.fact}：附件「来稿.docx」的文件不见了"
        ):
            carrying.require(found, "不行")
    with new_ledger(tmp_path / "空.db") as empty:
        assert carrying.carry(empty, carrying.Sources(()), target) is None


def test_whoever_waits_is_told_how_far_it_is(path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with open_ledger(path) as ledger:
        attached.examine(ledger, step=lambda *step: told.append(step))
    assert told == [("核对附件", 1, 2), ("核对附件", 2, 2)]
