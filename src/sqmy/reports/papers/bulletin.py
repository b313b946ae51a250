"""情况通报: a period's bulletin as an official document, as a workbook and as JSON."""

from functools import cached_property
from typing import Any

from sqmy.reports import checking, proving
from sqmy.reports.model import Report, Section, Table
from sqmy.reports.papers.bulletin_detail import Details
from sqmy.reports.papers.bulletin_facts import Counted, Material
from sqmy.reports.papers.bulletin_tables import ENCLOSURES
from sqmy.reports.papers.bulletin_words import Words
from sqmy.reports.papers.letters import Issue, letter
from sqmy.reports.papers.profile import Profile
from sqmy.reports.scores import basis, beside
from sqmy.reports.tally import Count


class Bulletin:
    """A bulletin, each of its shapes made when it is wanted.

    Args:
        material: the period's facts and points.
        profile: how the office words and prints it.
        issue: number and date.
    """

    def __init__(self, material: Material, profile: Profile, issue: Issue) -> None:
        self.material = material
        self.profile = profile
        self.issue = issue
        self.counted = Counted(material, profile)
        self.details = Details(self.counted)

    @cached_property
    def report(self) -> Report:
        """The document."""
        wanted = self.profile.bulletin.enclosures
        enclosures = {name: ENCLOSURES[name](self.details) for name in wanted}
        enclosures = {name: made for name, made in enclosures.items() if _holds(made)}
        if late := self.material.late:
            enclosures["补记"] = late.section(self.counted.so_far, self.counted.spans[-1][0])
        several = len(enclosures) > 1
        places = {
            name: f"附件{place if several else ''}" for place, name in enumerate(enclosures, 1)
        }
        words = Words(self.details, places)
        return Report(
            words.title(),
            tuple(words.sections()),
            basis=basis(self.material.scores),
            enclosures=tuple(enclosures.values()),
            letter=letter(self.profile, self.issue, self.profile.bulletin.addressees),
        )

    @cached_property
    def rows(self) -> tuple[Table, ...]:
        """The tables of rows behind the figures."""
        return self.details.tables(members="个人" in self.profile.bulletin.enclosures)

    @cached_property
    def recounted(self) -> list[checking.Counted]:
        """Every figure with what its rows come to."""
        return checking.recounted(self.report, self.rows)

    def faults(self) -> list[str]:
        """What does not add up; none for a sound bulletin."""
        return checking.faults(self.report, self.recounted)

    def remarks(self) -> list[str]:
        """What whoever issues it should know beforehand."""
        told = [f"自查：{fault}" for fault in self.faults()]
        if not told:
            told.append(f"自查：{len(self.recounted)} 个数由明细重算，全部一致。")
        told += [f"提示：{line}" for line in checking.rounding(self.report)]
        period, today = self.counted.rhythm.period, self.material.today
        if today <= period.last:
            told.append(f"提示：{self.counted.rhythm.told}到 {period.last} 才结束，数字还会变。")
        if "XX" in self.profile.office.name:
            told.append("提示：机关名称还没有设定，请用 sqmy profile 取一份文书设定来改。")
        return [*told, *self.material.scores.view.told()]

    def workbook(self) -> Report:
        """The tables as printed, the rows behind them, and the formulas that prove them."""
        rows = Section("", self.rows)
        proof = Section("", (proving.proof(self.recounted),))
        return self.report._replace(
            body=(), enclosures=(*self.report.enclosures, rows, proof), letter=None
        )

    def value(self) -> dict[str, Any]:
        """The bulletin's figures and text for programs."""
        counted, report = self.counted, self.report
        names = {unit.key[1]: unit for unit in counted.units}
        return {
            "year": int(counted.rhythm.year.label),
            "period": counted.rhythm.period.label,
            "first": counted.rhythm.period.first,
            "last": counted.rhythm.period.last,
            "title": report.title,
            "text": [
                {"heading": section.heading, "paragraphs": [str(part) for part in section.body]}
                for section in report.body
                if isinstance(section, Section)
            ],
            "total": [
                {"span": label, **count_json(count)} for label, count in counted.whole.items()
            ],
            "groups": [
                {"name": name, **count_json(count)}
                for name, count in counted.by_group[counted.rhythm.label].items()
            ],
            "units": [
                {
                    "name": unit.name,
                    "peer_group": unit.peer_group,
                    "rank": unit.standing,
                    "points": self.material.scores.shown(unit),
                    **count_json(counted.by_unit[counted.rhythm.label].get(key, Count())),
                }
                for key, unit in names.items()
            ],
            "faults": self.faults(),
            **({"late": self.material.late.value()} if self.material.late else {}),
            **beside(self.material.scores),
        }


def count_json(count: Count) -> dict[str, Any]:
    """A count for programs."""
    return {
        "submitted": count.submitted,
        "adopted": count.adopted,
        "adopted_by": [
            {"channel": channel, "adopted": n} for channel, n in count.channels.items() if n
        ],
        "instructed": [{"rank": rank, "count": n} for rank, n in count.ranks.items() if n],
    }


def _holds(section: Section) -> bool:
    """Whether an enclosure has a row to show."""
    return any(isinstance(block, Table) and block.rows for block in section.body)
