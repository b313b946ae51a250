"""Canonical sheet rows laid into a ledger by the recording verbs, for tests that need one."""

from collections.abc import Iterable

from counties import County, Row
from sqmy import facts
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory
from sqmy.terms import FORMS, VERDICTS

FORM_OF = {label: form for form, label in FORMS.items()}
VERDICT_OF = {label: verdict for verdict, label in VERDICTS.items()}


def split(cell: str) -> list[str]:
    """The values of a cell."""
    return [part for part in cell.split("、") if part]


class Built:
    """A ledger in memory with the facts of a county, and who is who in it."""

    def __init__(self, county: County, ledger: Ledger | None = None) -> None:
        self.ledger = ledger or in_memory()
        self.units: dict[str, FactId] = {}
        self.members: dict[tuple[str, str], FactId] = {}
        self.items: dict[str, FactId] = {}
        with self.ledger.writing():
            self.records = Records(self.ledger, "测试", future=True)
            self._people(county.get("单位", []), county.get("人员", []))
            self._submissions(county.get("报送", []))
            for sheet, record in (
                ("审核", self._review),
                ("上报", self._forwarding),
                ("采用", self._adoption),
                ("批示", self._instruction),
                ("认定", self._finding),
            ):
                for row in county.get(sheet, []):
                    record(row)

    def member(self, name: str) -> FactId:
        """The member of a name, or of `姓名（单位）`."""
        bare, _, unit = name.rstrip("）").partition("（")
        found = [m for (n, u), m in self.members.items() if n == bare and unit in {"", u}]
        assert len(found) == 1, name
        return found[0]

    def _people(self, units: Iterable[Row], members: Iterable[Row]) -> None:
        for row in units:
            name, since = row["单位名称"], row.get("生效日期") or None
            kind, group = row.get("单位类别", ""), row.get("考评序列") or None
            assessed = row.get("参评", "是") != "否"
            if name in self.units:
                self.records.append(
                    facts.Unit(self.units[name], name, kind, group, assessed, since)
                )
            else:
                self.units[name] = self.records.register_unit(
                    name, kind, group, assessed=assessed, since=since
                )
        for row in members:
            key = (row["姓名"], row["单位"])
            since, until = row.get("任职开始") or None, row.get("任职结束") or None
            if key in self.members:
                term = facts.Appointment(self.members[key], row["身份"], since, until)
                self.records.appoint(term)
            else:
                self.members[key] = self.records.register_member(
                    facts.Member(row["姓名"]), self.units[row["单位"]], row["身份"], since, until
                )

    def _submissions(self, rows: Iterable[Row]) -> None:
        for row in rows:
            authors = tuple(map(self.member, split(row.get("作者", ""))))
            signed = row.get("署名") or ("个人" if authors else "单位")
            self.items[row["编号"]] = self.records.submit(
                facts.Submission(
                    item=0,
                    supersedes=None,
                    number=row["编号"],
                    title=row["标题"],
                    submitted_on=row["报送日期"],
                    by_unit=signed == "单位",
                    authors=authors,
                    units=tuple(self.units[unit] for unit in split(row["报送单位"])),
                    attributes=(("密级", row["密级"]),) if "密级" in row else (),
                )
            )

    def _review(self, row: Row) -> None:
        verdict = VERDICT_OF[row["审核结论"]]
        item = self.items[row["编号"]]
        self.records.review(facts.Review(item, row["审核环节"], verdict, row["审核日期"]))

    def _forwarding(self, row: Row) -> None:
        item = self.items[row["编号"]]
        self.records.forward(facts.Forwarding(item, row["上报单位"], row["上报日期"]))

    def _adoption(self, row: Row) -> None:
        form = FORM_OF[row.get("采用方式") or "单篇"]
        item = self.items[row["编号"]]
        printed = (row.get("刊物"), row.get("期号"))
        self.records.adopt(facts.Adoption(item, row["采用单位"], form, row["采用日期"], *printed))

    def _instruction(self, row: Row) -> None:
        item = self.items[row["编号"]]
        words = (row.get("批示领导"), row.get("批示内容"))
        self.records.instruct(facts.Instruction(item, row["领导级别"], row["批示日期"], *words))

    def _finding(self, row: Row) -> None:
        finding = facts.Finding(row["认定类型"], row["认定日期"])
        if row.get("编号"):
            finding = finding._replace(item=self.items[row["编号"]])
        elif row.get("姓名"):
            finding = finding._replace(member=self.member(row["姓名"]))
        else:
            finding = finding._replace(unit=self.units[row["单位名称"]])
        self.records.find(finding)
