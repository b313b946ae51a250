"""What a rulebook declares is recorded, imported, exported, shown and scored, without Python."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from clerk import Clerk

LIBRARY = Path(__file__).parents[2] / "rules" / "library"
REGISTER = "单位名称,单位类别\n甲科,科室\n"
PEOPLE = "姓名,单位,身份\n张三,甲科,职工\n李四,甲科,职工\n"
ITEMS = """\
编号,标题,作者,报送单位,报送日期,体裁,字数
2025-001,关于春耕的信息,张三、李四,甲科,2025-02-01,信息,８００
2025-002,关于防疫的调研,张三,甲科,2025-02-02,调研论文,3000
"""
ADOPTIONS = """\
编号,采用单位,采用方式,采用日期,来源
2025-001,市级媒体,单篇,2025-03-01,原创
2025-002,市局刊物,,2025-03-02,转发
"""


@pytest.fixture
def bureau(tmp_path: Path) -> Clerk:
    """A bureau that goes by a rulebook of the library, with what a spreadsheet brought in."""
    clerk = Clerk(tmp_path / "sqmy.db")
    clerk.do("init --rules", LIBRARY / "31-livestock-bureau-top2.yaml")
    for name, text in (("单位", REGISTER), ("人员", PEOPLE), ("报送", ITEMS), ("采用", ADOPTIONS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    clerk.do("import", *(tmp_path / f"{name}.csv" for name in ("单位", "人员", "报送", "采用")))
    return clerk


def exact(clerk: Clerk) -> dict[str, str]:
    value = json.loads(clerk.do("score --year 2025 --format json"))
    return {one["name"]: one["exact"] for one in (*value["members"], *value["units"])}


def test_attributes_are_imported_and_scored(bureau: Clerk) -> None:
    # 800 字的信息被市级采用按调研 6 × 2 = 12，前两名 3:2；局刊转发的调研 6 / 2 = 3
    assert exact(bureau) == {"张三": "51/5", "李四": "24/5", "甲科": "15"}


def test_an_export_brings_them_into_a_new_ledger(bureau: Clerk, tmp_path: Path) -> None:
    bureau.do("export", tmp_path / "出.xlsx")
    other = Clerk(tmp_path / "又.db")
    other.do("init --rules", LIBRARY / "31-livestock-bureau-top2.yaml")
    other.do("import", tmp_path / "出.xlsx")
    assert exact(other) == exact(bureau)


def test_an_attribute_is_recorded_with_set(bureau: Clerk) -> None:
    told = bureau.do("adopt 2025-002 --channel 省级媒体 --on 2025-04-01 --set 来源=原创")
    assert "+24" in told  # 6 × 4
    assert exact(bureau)["甲科"] == "39"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--set 来源=抄写", "附加项「来源」不能写「抄写」，只能写：原创、转发。"),
        ("--set 体裁=信息", "「体裁」是信息的附加项，不写在这里。"),
        ("--set 出处=原创", "没有附加项「出处」"),
    ],
)
def test_what_is_not_declared_is_refused(bureau: Clerk, line: str, says: str) -> None:
    outcome = bureau.run(f"adopt 2025-002 --channel 省级媒体 --on 2025-04-01 {line}")
    assert outcome.code == 1
    assert says in outcome.err
    assert exact(bureau)["甲科"] == "15"


def test_without_it_the_points_are_left_open_until_a_ruling(bureau: Clerk) -> None:
    receipt = bureau.do("adopt 2025-002 --channel 国家级媒体 --on 2025-04-01")
    assert "按C01的得分待定：没有登记「来源」。" in receipt
    told = bureau.do("explain 张三 --year 2025")
    assert "没有登记「来源」，待定" in told
    assert "暂不计分" in bureau.do("score --year 2025")
    log = json.loads(bureau.do("log --format json"))
    fact = log[-1]["fact"]
    bureau.do(
        f"rules ruling --clause C01 --on 2025-05-01 --by 局办公会 --text 按原创计 --about {fact}"
        " --points 24"
    )
    assert exact(bureau)["甲科"] == "39"
    told = bureau.do("explain 张三 --year 2025")
    assert "按口径裁定" in told
    ruled = "rules ruling --on 2025-05-01 --by 局办公会 --text 试 --points 1"
    submitted = next(row["fact"] for row in log if row["kind"] == "submission")
    for clause, says in (("C01", "C01 计的是采用，请写那一项的登记号"), ("C03", "C03 不直接计分")):
        outcome = bureau.run(f"{ruled} --clause {clause} --about {submitted}")
        assert outcome.code == 1
        assert says in outcome.err
    assert "局办公会：按原创计" in told


def test_own_forms_are_recorded_told_imported_and_scored(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "sqmy.db")
    clerk.do("init --rules", LIBRARY / "75-chongqing-liangyi-special.yaml")
    clerk.do("unit add 甲县 --kind 区县")
    clerk.do("submit 关于增收的信息 --unit 甲县 --on 2025-02-01 --number 甲1")
    told = clerk.do("adopt 甲1 --channel 专报 --form 动态 --on 2025-03-01")
    assert "被专报动态采用" in told
    assert clerk.run("adopt 甲1 --channel 专报 --form 单篇 --on 2025-03-02").code == 1
    (tmp_path / "采用.csv").write_text(
        "编号,采用单位,采用方式,采用日期\n甲1,专报,专项,2025-03-03\n", encoding="utf-8"
    )
    clerk.do("import", tmp_path / "采用.csv")
    assert exact(clerk)["甲县"] == "13"
    clerk.do("export", tmp_path / "出.xlsx")
    other = Clerk(tmp_path / "又.db")
    other.do("init --rules", LIBRARY / "75-chongqing-liangyi-special.yaml")
    other.do("import", tmp_path / "出.xlsx")
    assert exact(other)["甲县"] == "13"


def test_a_finding_on_a_unit_changes_its_points(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "sqmy.db")
    clerk.do("init --rules", LIBRARY / "75-chongqing-liangyi-special.yaml")
    clerk.do("unit add 甲县 --kind 区县")
    for day in ("03-01", "04-01"):
        clerk.do(f"finding --unit 甲县 --kind 约稿不报 --on 2025-{day} --grounds 登记簿")
    assert exact(clerk)["甲县"] == "-20"
    told = clerk.do("awards --year 2025")
    assert "按C04取消资格" in told


def test_who_did_nothing_is_listed_and_not_commended(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "sqmy.db")
    clerk.do("init --rules", LIBRARY / "75-chongqing-liangyi-special.yaml")
    for name in ("甲县", "乙县"):
        clerk.do(f"unit add {name} --kind 区县 --since 2024-01-01")
    clerk.do("submit 关于增收的信息 --unit 甲县 --on 2025-02-01 --number 甲1")
    clerk.do("adopt 甲1 --channel 专报 --form 动态 --on 2025-03-01")
    listed = clerk.do("awards --year 2025")
    assert "零采用单位" in listed
    assert "乙县" in listed
    clerk.do("awards --year 2025 --to", tmp_path / "决定.docx")
    with zipfile.ZipFile(tmp_path / "决定.docx") as file:
        said = re.sub("<[^>]*>", "", file.read("word/document.xml").decode())
    assert "先进集体" in said
    assert "甲县" in said
    assert "零采用" not in said
    assert "乙县" not in said
