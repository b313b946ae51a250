"""Tampering with the bytes of the file, and what only an anchor that is kept elsewhere finds."""

from pathlib import Path

import pytest

from ledgers import BODY, found_office, new_ledger, raw, revised, tampering
from sqmy import facts
from sqmy.errors import LedgerError, Problem, SqmyError
from sqmy.ledger import audit, reading
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import SqliteLedger
from sqmy.workspace.keeping import verify

# -- bytes of the file -----------------------------------------------------------------------


def replaced(path: Path, old: bytes, new: bytes) -> None:
    before = path.read_bytes()
    assert len(old) == len(new)
    assert old in before
    path.write_bytes(before.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "those"),
    [
        ("张三", "张山", "SELECT fact FROM member WHERE name = '张三'"),
        ("农村饮水", "农村饮酒", "SELECT fact FROM submission"),
        ("查实", "失实", "SELECT fact FROM finding WHERE grounds = '查实'"),
        ("调研", "调查", "SELECT fact FROM attribute WHERE value = '调研'"),
        (BODY, BODY[:-1] + "！", "SELECT fact FROM secret WHERE field = 'body' AND value <> ''"),
    ],
)
def test_a_flipped_character_passes_the_databases_own_check_and_is_found(
    old: str, new: str, those: str, path: Path
) -> None:
    with open_ledger(path) as ledger:
        expected = {f"F{fact}" for (fact,) in ledger.rows(those)}
    replaced(path, old.encode(), new.encode())
    with open_ledger(path) as ledger:
        assert ledger.rows("PRAGMA integrity_check") == [("ok",)]
        assert {problem.place for problem in audit.examine(ledger)} == expected


def test_a_byte_that_makes_a_text_unreadable_is_found_in_its_fact(path: Path) -> None:
    replaced(path, "经济委".encode(), "经济".encode() + b"\xe5\xa7\xff")
    with open_ledger(path) as ledger:
        assert audit.examine(ledger) == [Problem("F2", "内容与登记时的校验码不符，被改动过")]
        with pytest.raises(LedgerError, match="台账文件已损坏"):
            reading.register(ledger)  # elsewhere a text is a text or an error


@pytest.mark.parametrize("what", ["index", "table"])
def test_a_zeroed_page_is_found(what: str, path: Path) -> None:
    name = {"index": "submission_item", "table": "adoption"}[what]
    with open_ledger(path) as ledger:
        (page,) = ledger.row("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)) or ()
    damaged = bytearray(path.read_bytes())
    damaged[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(damaged)
    with open_ledger(path) as ledger:
        found = audit.examine(ledger)
    assert found
    assert found[0].place == "文件"


# -- what only an anchor finds ---------------------------------------------------------------


def cut_tail(path: Path, seq: int) -> None:
    """The last facts taken out without a trace: their links, their rows, the triggers put back."""
    beside = ("attribute", "secret", "submission_author", "submission_unit")
    with raw(path) as connection, tampering(SqliteLedger(connection, path)):
        for table in (*beside, *facts.KINDS):
            connection.execute(f"DELETE FROM {table} WHERE fact >= {seq}")  # noqa: S608 — our own
        connection.execute(f"DELETE FROM chain WHERE seq >= {seq}")  # noqa: S608


def rewrite(path: Path) -> None:
    """Another ledger with the same facts under another operator, as long as the first."""
    path.unlink()
    with new_ledger(path) as ledger:
        office = found_office(ledger)
        with ledger.writing():
            Records(ledger, "冒名").amend(revised(ledger, office.item, title="改写"))


def test_a_cut_tail_is_found_by_an_anchor_alone(path: Path) -> None:
    with open_ledger(path) as ledger:
        seq, head = reading.head(ledger)
    cut_tail(path, seq)
    with open_ledger(path) as ledger:
        assert audit.examine(ledger) == []
        with pytest.raises(LedgerError, match=f"F{seq}：校验码所指的登记不见了：台账末尾被删去"):
            verify(ledger, f"{seq}:{head}")


def anchored(path: Path) -> tuple[int, str]:
    """A small ledger without rulebooks, and the place and hash of its last link."""
    with new_ledger(path) as ledger:
        office = found_office(ledger)
        with ledger.writing():
            Records(ledger, "甲").amend(revised(ledger, office.item, title="更正"))
        return reading.head(ledger)


def test_an_anchor_that_holds(tmp_path: Path) -> None:
    seq, head = anchored(tmp_path / "sqmy.db")
    with open_ledger(tmp_path / "sqmy.db") as ledger:
        plain = verify(ledger, None)
        assert plain[1] == f"校验码 {seq}:{head}"
        for written in (f"{seq}:{head}", f"F{seq}：{head[:8].upper()}", f" {seq}:{head[:16]} "):
            assert (
                verify(ledger, written)[1] == "与所给的校验码相符：到那一项为止，没有被删改或重写。"
            )
        earlier = reading.hash_at(ledger, 3)
        assert verify(ledger, f"3:{earlier}")[2] == f"校验码 {seq}:{head}"


def test_a_full_rewrite_is_found_by_an_anchor_alone(tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    seq, head = anchored(path)
    rewrite(path)
    with open_ledger(path) as ledger:
        assert audit.examine(ledger) == []
        assert reading.head(ledger)[0] == seq
        with pytest.raises(LedgerError, match=f"F{seq}：与另存的校验码不符：台账被整本重写"):
            verify(ledger, f"{seq}:{head}")


@pytest.mark.parametrize(
    "anchor",
    ["x", "10", "10:", "10:abc", "10:abcdefg1", "-1:abcdefab", "10:" + "a" * 65, "１０:abcdefab"],
)
def test_what_is_no_anchor_is_told(anchor: str, tmp_path: Path) -> None:
    anchored(tmp_path / "sqmy.db")
    with open_ledger(tmp_path / "sqmy.db") as ledger, pytest.raises(SqmyError) as refused:
        verify(ledger, anchor)
    assert refused.value.exit_code == 1
    assert str(refused.value) == (
        f"校验码「{anchor}」写法不对。应写 项:校验码，如 1234:9f86d081，校验码至少 8 位。"
    )


def test_a_tampered_ledger_is_told_with_every_fault(path: Path) -> None:
    replaced(path, "张三".encode(), "张山".encode())
    with open_ledger(path) as ledger, pytest.raises(LedgerError) as refused:
        verify(ledger, None)
    assert refused.value.exit_code == 3
    assert str(refused.value) == (
        "台账核对不符，有 1 处：\n  F3：内容与登记时的校验码不符，被改动过\n"
        "请不要再写入，保留原文件，并用最近的备份核对。"
    )
