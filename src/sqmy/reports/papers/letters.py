"""What stands around every document of an office, and what its sentences have in common."""

from typing import NamedTuple

from sqmy.days import Day
from sqmy.reports.model import Letter, Sentence
from sqmy.reports.papers.phrasing import Piece
from sqmy.reports.papers.profile import Profile


class Issue(NamedTuple):
    """What a document is given when it is issued.

    Attributes:
        number: 发文字号; "" for none.
        date: 成文日期; None leaves it out.
    """

    number: str = ""
    date: Day | None = None


def letter(profile: Profile, issue: Issue, addressees: str = "") -> Letter:
    """What stands around a document of the office."""
    office = profile.office
    return Letter(
        masthead=office.masthead,
        number=issue.number,
        addressees=addressees,
        contact=f"（{office.contact}）" if office.contact else "",
        signature=office.signed,
        date=issue.date,
        seal=office.seal,
        remark=office.remark,
        copies=office.copies,
        printer=office.printer,
        printed_on=issue.date if office.printer else None,
    )


def common(profile: Profile, period: str = "") -> dict[str, Piece | Sentence | None]:
    """What every sentence may say, by the names that the frames use."""
    return {
        "名称": profile.office.name,
        "简称": profile.office.short,
        "信息": profile.wording.what,
        "量词": profile.wording.measure,
        "期间": period,
    }
