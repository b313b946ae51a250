"""Documents drafted from a county given as canonical sheet rows."""

from collections.abc import Iterator, Sequence

from build import Built
from counties import County, Row
from packaged import ROOT
from scored import rows
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory
from sqmy.reports.papers import profile_file
from sqmy.reports.papers.bulletin import Bulletin
from sqmy.reports.papers.letters import Issue
from sqmy.reports.papers.profile import Profile
from sqmy.workspace import papers
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of

PACKAGED = (ROOT / "rules" / "documents.yaml").read_text(encoding="utf-8")
ISSUE = Issue("云协办〔2025〕12号", "2025-10-15")
OFFICE = """
机关:
  名称: 政协云汀县委员会办公室
  联系: "联系人：半夏，联系电话：1390000-0000"
"""


def profile(own: str = OFFICE) -> Profile:
    """The packaged settings with some of an office's own."""
    return profile_file.read(PACKAGED, own)


def desk(county: County) -> Desk:
    """A desk at the county's ledger."""
    ledger = in_memory()
    with ledger.writing():
        Records(ledger, "测试").adopt_rulebook(edition_of(None))
    return Desk(Built(county, ledger).ledger, "测试")


def bulletin(
    county: County, length: str = "quarter", nth: int = 3, own: str = OFFICE, issue: Issue = ISSUE
) -> Bulletin:
    """The bulletin of a period of 2025."""
    at = desk(county)
    return Bulletin(
        papers.material(at, papers.rhythm_of(at, 2025, length, nth)), profile(own), issue
    )


def counted(
    units: Sequence[tuple[str, int, int]], *, day: str = "2025-08-01", group: str = "第一序列"
) -> County:
    """A county whose units submitted so many items on a day, and had so many adopted."""
    county: County = {"单位": [], "人员": [], "报送": [], "采用": []}
    add(county, units, day=day, group=group)
    return county


def add(
    county: County,
    units: Sequence[tuple[str, int, int]],
    *,
    day: str,
    group: str = "第一序列",
) -> None:
    """More of it, on another day or in another group; a unit is registered once."""
    known = {row["单位名称"] for row in county["单位"]}
    for unit, submitted, adopted in units:
        if unit not in known:
            county["单位"] += rows("单位名称 单位类别 考评序列", f"{unit} 其他 {group}")
        first = len(county["报送"])
        county["报送"] += list(_items(unit, submitted, first, day))
        county["采用"] += [
            {"编号": f"2025-{first + n:04}", "采用单位": "市政协", "采用方式": "单篇",
             "采用日期": day}
            for n in range(adopted)
        ]  # fmt: skip


def _items(unit: str, number: int, first: int, day: str) -> Iterator[Row]:
    for n in range(first, first + number):
        yield {
            "编号": f"2025-{n:04}",
            "标题": f"关于第{n}件事的建议",
            "报送单位": unit,
            "报送日期": day,
        }
