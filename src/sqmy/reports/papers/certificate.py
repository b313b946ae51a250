"""采用证明: that a channel adopted an item, for the authors' employers; one or a batch.

A certificate is numbered by the reference of its adoption in the ledger, so that it has the same
number whenever it is printed and anybody can look it up. It names the rank of a leader who gave
an instruction, never the words; an item that is marked as confidential has none.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqmy.days import Day, in_chinese
from sqmy.facts import FactId
from sqmy.reports.model import Basis, Column, Report, Table
from sqmy.reports.papers.letters import Issue, common, letter
from sqmy.reports.papers.phrasing import filled, said
from sqmy.reports.papers.profile import Profile
from sqmy.terms import FORMS, Form


class Certified(NamedTuple):
    """One adoption that is certified.

    Attributes:
        fact: the adoption's reference.
        number, title: of the item.
        ranks: of the leaders with an instruction on the item.
        printed: journal and issue.
    """

    fact: FactId
    number: str
    title: str
    authors: tuple[str, ...]
    units: tuple[str, ...]
    channel: str
    form: Form | None
    day: Day
    ranks: tuple[str, ...]
    printed: str


class Certificates:
    """A batch of certificates with its register.

    Args:
        certified: in the order of the register.
        profile: how the office words them.
        issue: the date.
        basis: what they rest on.
        held_back: adoptions that were asked for too and have no certificate, being confidential.
    """

    def __init__(
        self,
        certified: Sequence[Certified],
        profile: Profile,
        issue: Issue,
        basis: Basis,
        held_back: int = 0,
    ) -> None:
        self.certified = certified
        self.held_back = held_back
        self.profile = profile
        self.issue = issue
        self.basis = basis

    def letters(self) -> Report:
        """Every certificate on a page of its own."""
        made = [self._letter(one) for one in self.certified]
        return made[0]._replace(following=tuple(made[1:]))

    def _letter(self, one: Certified) -> Report:
        form = self.profile.certificate
        slots = {
            **common(self.profile),
            "作者": "、".join(one.authors) or "、".join(one.units),
            "单位": "、".join(one.units) if one.authors else None,
            "标题": one.title,
            "日期": in_chinese(one.day),
            "采用单位": one.channel,
            "方式": FORMS[one.form] if one.form else None,
            "刊物": one.printed or None,
            "批示": "、".join(one.ranks) or None,
        }
        text = filled(form.text, slots)
        around = letter(self.profile, Issue(f"编号：{self._numbered(one)}", self.issue.date))
        bare = around._replace(masthead="", copies="", printer="", remark="", paged=False)
        return Report(
            form.title,
            tuple(part for part in (text, form.closing) if part),
            basis=self.basis,
            letter=bare,
        )

    def _numbered(self, one: Certified) -> str:
        return said(
            self.profile.certificate.numbering,
            {**common(self.profile), "年": one.day[:4], "登记号": str(one.fact)},
        )

    def register(self) -> Table:
        """The register of what was issued."""
        columns = (
            Column("证明编号"),
            Column("信息编号"),
            Column("题目"),
            Column("作者"),
            Column("单位"),
            Column("采用单位"),
            Column("采用方式", "center"),
            Column("采用日期", "center"),
            Column("批示"),
            Column("签收"),
        )
        rows = tuple(
            (
                self._numbered(one),
                one.number,
                one.title,
                "、".join(one.authors),
                "、".join(one.units),
                one.channel,
                FORMS[one.form] if one.form else "",
                one.day,
                "、".join(one.ranks),
                "",
            )
            for one in self.certified
        )
        due = len(rows) + self.held_back
        held = f"标有密级、不出的 {self.held_back} 份" if self.held_back else "没有不出的"
        notes = (f"应出 {due} 份：这里 {len(rows)} 份，{held}。",)
        return Table(f"采用证明登记（{len(rows)} 份）", columns, rows, notes)

    def workbook(self) -> Report:
        """The register alone."""
        return Report("采用证明登记", (self.register(),), basis=self.basis)

    def value(self) -> list[dict[str, Any]]:
        """For programs."""
        return [
            {
                "certificate": self._numbered(one),
                "fact": f"F{one.fact}",
                "number": one.number,
                "title": one.title,
                "authors": list(one.authors),
                "units": list(one.units),
                "channel": one.channel,
                "form": one.form,
                "on": one.day,
                "instructed": list(one.ranks),
            }
            for one in self.certified
        ]
