"""Erasing personal data and confidential texts, as the law may ask: the fact and the chain stay.

What can be erased are the phone of a member, the text of an item, the words of an instruction, and
attachments, with their names and notes: they stand beside the chain, which holds only their salted
hashes. The erasure is a fact of its own, with its ground.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Final, NamedTuple

from sqmy import facts, text
from sqmy.errors import NotFoundError, SqmyError, StorageError
from sqmy.facts import FactId
from sqmy.ledger import attached, history, reading
from sqmy.ledger.records import Records
from sqmy.register import REFERENCE
from sqmy.workspace.desk import Desk
from sqmy.workspace.sentences import sentence_at

FIELDS: Final = {
    "phone": "联系电话",
    "body": "正文",
    "content": "批示内容",
    "digest": "内容",
    "filename": "文件名",
    "note": "说明",
}
"""What each confidential field is called."""

_SHOWN: Final = 10


class Secret(NamedTuple):
    """The confidential values of one fact.

    Attributes:
        what: their names, `联系电话`.
        sentence: the fact in words.
    """

    fact: FactId
    what: str
    sentence: str

    def __str__(self) -> str:
        return f"F{self.fact}（{self.sentence}）的{self.what}"


class Erased(NamedTuple):
    """What was erased.

    Attributes:
        secrets: of which facts.
        erasures: the references of the erasures, in the same order.
        kept: attachments that have the same content as one of these, so that the file stays.
        left: files that should be gone and could not be removed.
        removed_late: how many files went that an earlier erasure had left.
    """

    secrets: tuple[Secret, ...] = ()
    erasures: tuple[FactId, ...] = ()
    kept: tuple[FactId, ...] = ()
    left: tuple[Path, ...] = ()
    removed_late: int = 0

    def __str__(self) -> str:
        lines = [
            f"已抹除 {secret}，记为 F{mark}。"
            for secret, mark in zip(self.secrets, self.erasures, strict=True)
        ]
        if self.kept:
            others = "、".join(f"F{fact}" for fact in self.kept)
            lines.append(f"同样的内容还附在 {others}，文件因此还在；要一并抹除的，请再抹除它们。")
        if self.removed_late:
            lines.append(f"以前抹除时没有删掉的附件文件 {self.removed_late} 个，已删去。")
        if self.left:
            paths = "、".join(map(str, self.left))
            lines.append(
                f"附件的文件还没有删掉：{paths}。请关掉打开着它的程序，检查权限，再执行一次。"
            )
        if self.secrets:
            lines.append(
                "事实本身和校验链都在，sqmy verify 照样相符。以前的备份和导出的文件里还有，"
                "请一并处理，再用 sqmy backup 备份一次。"
            )
        return "\n".join(lines)


def erase(desk: Desk, reference: str, because: str, *, confirmed: bool) -> Erased:
    """Erase what a reference names: a fact `F12`, an item's number, a member.

    Of an item that is the text of every revision and the words of every instruction on it; with
    whatever is erased go its attachments.

    Raises:
        SqmyError: nothing is called so, there is nothing to erase, no ground is given, or it was
            not confirmed; then it says what would be erased.
    """
    ground = text.plain(because, "依据")
    if not ground:
        raise SqmyError("请用 --because 写明抹除的依据，如 本人依法要求删除。")
    late = attached.finish(desk.ledger)  # what an earlier erasure could not
    with desk.ledger.writing():
        found = [secret for fact in _named(desk, reference) if (secret := _secret(desk, fact))]
        if not found and (late.removed or late.left):
            return Erased(left=late.left, removed_late=late.removed)
        if not found:
            raise SqmyError(f"「{reference}」没有可以抹除的电话、正文、批示内容或附件。")
        if not confirmed:
            listed = [f"  {secret}" for secret in found[:_SHOWN]]
            if len(found) > _SHOWN:
                listed.append(f"  ……共 {len(found)} 项")
            raise SqmyError(
                "\n".join(("抹除以后不能恢复。将抹除：", *listed, "确认要抹除的，请加 --yes。"))
            )
        kept = _doomed(desk, [one.fact for one in found])
        records = Records(desk.ledger, desk.operator)
        erasures = tuple(records.erase(one.fact, ground) for one in found)
    done = attached.finish(desk.ledger)
    return Erased(tuple(found), erasures, kept, done.left, late.removed)


def _doomed(desk: Desk, erased: Collection[FactId]) -> tuple[FactId, ...]:
    """Mark the contents of these attachments to go; other attachments that have one of them."""
    held = attached.held(desk.ledger)
    going = {one.digest for one in held if one.fact in erased}
    if going:
        store = attached.store_of(desk.ledger)
        try:
            for digest in going:
                store.mark(digest)
        except OSError as error:
            raise StorageError(f"附件的文件夹不能写，没有抹除：{store.folder}") from error
    return tuple(one.fact for one in held if one.digest in going and one.fact not in erased)


def _named(desk: Desk, reference: str) -> list[FactId]:
    """The facts that a reference names with their attachments, in order."""
    own = _facts(desk, reference)
    return sorted({*own, *(entry.seq for entry in history.attached_to(desk.ledger, own))})


def _facts(desk: Desk, reference: str) -> list[FactId]:
    given = reference.strip()
    if match := REFERENCE.fullmatch(given):
        if not reading.kind_at(desk.ledger, int(match[1])):
            raise SqmyError(f"台账里没有 {given}。用 sqmy log 查看全部登记。")
        return [int(match[1])]
    item = reading.item_ever_numbered(desk.ledger, text.name(given))
    if item is not None:
        return [entry.seq for entry in history.of_item(desk.ledger, item)]
    members = desk.register.members_called(given)
    if not members:
        raise NotFoundError(
            "登记号、编号或人员", given, "请写 F12、信息的编号或姓名；已撤销的人员写登记号。"
        )
    member = desk.register.find_member(given)
    merged = [one for one, into in desk.register.merged.items() if into == member]
    return sorted((member, *merged))


def _secret(desk: Desk, fact: FactId) -> Secret | None:
    """The confidential values of a fact that are still there; None if there are none."""
    kind = reading.kind_at(desk.ledger, fact)
    held = reading.fact_at(desk.ledger, fact, kind)
    names = [FIELDS[field] for field in sorted(facts.SECRETS) if getattr(held, field, None)]
    return Secret(fact, "、".join(names), sentence_at(desk.ledger, fact)) if names else None
