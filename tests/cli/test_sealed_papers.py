"""Every paper of a sealed period stays as published, whatever is recorded later, and says so."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import postgres
from clerk import COUNTY, Clerk, found_county
from packaged import ROOT
from sqmy.intake.exported import Export
from sqmy.reports import marks

YEAR = "--year 2025"
ADOPTED = """
adopt 2025-001 --channel 市政协 --on 2025-03-20
adopt 2025-002 --channel 市政协 --on 2025-06-10
instruct 2025-002 --rank 省级领导 --on 2025-07-01
submit 关于夜间照明的建议 --author 白芷（社法委） --on 2025-08-10
"""
"""F22 F23 F24; the item F25."""

LATE = """
submit 关于补登的建议 --author 白芷（民盟支部） --on 2025-02-10
adopt 2025-003 --channel 省政协 --on 2025-07-01
void F22 --because 采用通知有误
instruct 2025-001 --rank 省级领导 --on 2025-05-01
finding 2025-002 --kind 报刊抄袭 --on 2025-06-01 --grounds 来信
finding --member 杜若 --kind 弄虚作假 --on 2025-09-01 --grounds 查实
amend 2025-004 --title 关于夜间照明和巡查的建议 --author 白芷（民盟支部） --because 作者有误
unit set 社法委 --name 社会法制委 --peer-group 第二序列 --from 2025-06-01
member add 远志 --unit 提案委 --role 常委 --since 2025-01-01
"""
"""Of every kind, all dated in the year."""

PAPERS = (
    f"score {YEAR}",
    f"explain 杜若 {YEAR}",
    f"explain 2025-001 {YEAR}",
    f"quota {YEAR}",
    f"standings {YEAR}",
    f"standings {YEAR} --as-of 2025-06-15",
    f"bulletin {YEAR} --annual",
    f"bulletin {YEAR} --quarter 4",
    f"bulletin {YEAR} --quarter 2",
    f"bulletin {YEAR} --half 1",
    f"bulletin {YEAR} --month 7",
    f"notice {YEAR} --quarter 3",
    f"notice {YEAR} --quarter 3 --unit 社法委",
    f"slip --members {YEAR}",
    f"slip 提案委 {YEAR}",
    f"awards {YEAR}",
)
NAMES_IT = re.compile(r"^台账：|^封存(：F|以后登记的)")


def record(clerk: Clerk, lines: str) -> None:
    for line in lines.strip().splitlines():
        clerk.do(line)


def made(clerk: Clerk, line: str, path: Path) -> Path:
    done = clerk.run(f"{line} --to", path)
    assert done.code == 0, done
    return path


def export(path: Path) -> Export:
    return Export(path.read_bytes(), path.suffix)


def told(clerk: Clerk, line: str, folder: Path, suffix: str = ".md") -> list[str]:
    """What a paper says, without what it says of the ledger and of the seal.

    Nor what one more adoption would bring: in a sealed year nothing more is to be had.
    """
    text = "\n".join(export(made(clerk, line, folder / f"纸{suffix}")).lines())
    text = re.sub(r"## 再报一条.*?(?=\n所引条款)", "", text, flags=re.DOTALL)
    return [line for line in text.splitlines() if line and not NAMES_IT.search(line)]


Stage = Callable[[str], Clerk]


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The county before its year is sealed, when it has been, and after late facts."""
    folder = tmp_path_factory.mktemp("stages")
    clerk = Clerk(folder / "before.db")
    found_county(clerk.ledger)
    record(clerk, ADOPTED)
    for name, lines in (("sealed", f"seal {YEAR}"), ("late", LATE)):
        clerk = Clerk(shutil.copyfile(clerk.ledger, folder / f"{name}.db"))
        record(clerk, lines)
    return {path.stem: path for path in folder.glob("*.db")}


@pytest.fixture
def stage(stages: dict[str, Path], tmp_path: Path) -> Stage:
    def copied(name: str) -> Clerk:
        copies = len(list(tmp_path.glob("*.db")))
        return Clerk(shutil.copyfile(stages[name], tmp_path / f"{name}{copies}.db"))

    return copied


def unsealed_late(stage: Stage) -> Clerk:
    """The county with all its facts, the year not sealed; every fact has the same reference."""
    clerk = stage("before")
    record(clerk, "seal --year 2024")
    record(clerk, LATE)
    return clerk


# -- a sealed year -------------------------------------------------------------------------------


@pytest.mark.parametrize("line", PAPERS)
def test_a_paper_of_a_sealed_year_stays_as_published(
    line: str, stage: Stage, tmp_path: Path
) -> None:
    before, late = stage("before"), stage("late")
    assert told(late, line, tmp_path) == told(before, line, tmp_path)
    path = made(late, line, tmp_path / "纸.md")
    text = path.read_text(encoding="utf-8")
    by = "" if line.startswith("standings") else "由王五"  # which are for the public
    assert re.search(rf"封存：F26，结果校验码 [0-9a-f]{{16}}，2025年得分，\S+ {by}封存", text)
    assert re.search(r"封存以后登记的会使 \d+ 个得分或名次（\d+ 笔）.*不同，公布的不变", text)
    assert late.do("verify", path).startswith(f"{path} 仍然有效")


@pytest.mark.parametrize("line", [PAPERS[0], PAPERS[4], PAPERS[6], PAPERS[13], PAPERS[15]])
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_every_format_says_that_it_is_sealed(
    line: str, suffix: str, stage: Stage, tmp_path: Path
) -> None:
    late = stage("late")
    path = made(late, line, tmp_path / f"纸{suffix}")
    found = export(path)
    assert any("封存：F26" in text for text in found.lines())
    assert found.marks(marks.PREFIX)[marks.SEAL].startswith("F26:")
    assert late.do("verify", path).startswith(f"{path} 仍然有效")
    record(late, "adopt 2025-001 --channel 全国政协 --on 2025-10-01")
    assert "没有影响它" in late.do("verify", path)
    record(late, f"seal {YEAR} --because 更正通报已发")
    assert "已经过时" in late.refused("verify", path)


@pytest.mark.parametrize("line", PAPERS)
def test_the_clerk_is_told_what_to_do(line: str, stage: Stage, tmp_path: Path) -> None:
    late = stage("late")
    words = f"用 sqmy correct {YEAR} 查看哪几笔、为什么"
    assert words in late.run(f"{line} --to", tmp_path / "纸.md").err
    done = late.run(line)
    assert words in done.out
    assert words not in done.err
    value = json.loads(late.run(f"{line} --format json").out)
    if isinstance(value, dict):
        assert value["sealed"]["fact"] == "F26"
        assert value["sealed"]["by"] == (None if line.startswith("standings") else "王五")


def test_a_newer_seal_is_what_papers_tell(stage: Stage, tmp_path: Path) -> None:
    late, live = stage("late"), unsealed_late(stage)
    record(late, f"seal {YEAR} --because 更正通报已发")
    for line in PAPERS:
        assert told(late, line, tmp_path) == told(live, line, tmp_path), line
    text = made(late, PAPERS[6], tmp_path / "纸.md").read_text(encoding="utf-8")
    assert "封存以后登记的没有使它不同" in text


def test_papers_that_were_altered_by_hand_are_found(stage: Stage, tmp_path: Path) -> None:
    late = stage("late")
    path = made(late, PAPERS[13], tmp_path / "小结.html")
    path.write_text(
        path.read_text(encoding="utf-8").replace("封存：F26", "封存：F25"), encoding="utf-8"
    )
    assert "导出以后被改动过" in late.refused("verify", path)


def test_what_the_seal_does_not_keep_says_that_it_is_of_today(stage: Stage, tmp_path: Path) -> None:
    sealed, late = stage("sealed"), stage("late")
    words = "2025年得分已封存（F26），此后登记、撤销的有 7 项：这里按现有的事实"
    for line in (f"stats {YEAR}", "stats", f"list {YEAR}"):
        assert words in late.do(line)
        assert "已封存" not in sealed.do(line)
    assert words in json.loads(late.do(f"stats {YEAR} --format json"))["remarks"][0]
    assert words in late.do("export", tmp_path / "出.xlsx")
    assert "封存 1 次的结果" in late.do("export", tmp_path / "又出.xlsx")
    shown = late.do("show 2025-001")
    assert "2025年得分封存（F26）以后，这一条又有登记或撤销" in shown
    assert "sqmy explain 2025-001 --year 2025" in shown
    assert "封存" not in sealed.do("show 2025-001")


def test_an_item_recorded_after_the_seal_is_told_by_todays_facts(stage: Stage) -> None:
    late = stage("late")
    record(late, "adopt 2025-005 --channel 市政协 --on 2025-09-01")
    told = late.do(f"explain 2025-005 {YEAR}")
    assert "这一条在 2025 年得分封存（F26）以后登记，公布的得分里没有它" in told
    assert "六(二)2" in told


def test_many_offices_are_told_as_published(stage: Stage) -> None:
    before, late = stage("before"), stage("late")
    line = f"rollup {{}} {YEAR} --format json"
    (was,) = json.loads(before.do(line.format(before.ledger)))["offices"]
    (now,) = json.loads(late.do(line.format(late.ledger)))["offices"]
    assert now.pop("sealed")["fact"] == "F26"
    for one in (was, now):
        one.pop("ledger")
        one.pop("office")
    assert now == was
    assert "封存：F26" in late.do(f"rollup {late.ledger} {YEAR}")


def test_the_last_quarter_and_the_year_are_one_result(stage: Stage) -> None:
    clerk = stage("before")
    record(clerk, f"seal {YEAR} --quarter 4")
    record(clerk, LATE)
    assert "封存：F26，" in clerk.do(f"score {YEAR}")
    assert f"sqmy correct {YEAR} --quarter 4" in clerk.do(f"slip 杜若 {YEAR}")
    assert "请先用 sqmy correct 出更正通报" in clerk.refused(f"seal {YEAR}")
    record(clerk, f"seal {YEAR} --because 更正通报已发")
    assert "现有事实算出的与它相同" in clerk.do(f"score {YEAR} --quarter 4")


def test_a_rulebook_adopted_later_rewrites_nothing(stage: Stage, tmp_path: Path) -> None:
    before, sealed = stage("before"), stage("sealed")
    text = (ROOT / "rules" / "scoring.yaml").read_text(encoding="utf-8")
    revised = tmp_path / "修订.yaml"
    revised.write_text(text.replace("市政协: 5", "市政协: 6"), encoding="utf-8")
    assert revised.read_text(encoding="utf-8") != text
    sealed.do("rules adopt", revised, "--from", "2025-01-01")
    for line in (PAPERS[0], PAPERS[4], PAPERS[6], PAPERS[8], PAPERS[13], PAPERS[15]):
        assert told(sealed, line, tmp_path) == told(before, line, tmp_path), line
    assert "施行计分办法" in sealed.do(f"correct {YEAR}")
    assert json.loads(sealed.do(f"score {YEAR} --live --format json")) != json.loads(
        sealed.do(f"score {YEAR} --format json")
    )


def test_marks_of_a_document_may_be_long(stage: Stage, tmp_path: Path) -> None:
    """A year of two editions, sealed, for the units: more than python-docx takes."""
    clerk = stage("before")
    text = (ROOT / "rules" / "scoring.yaml").read_text(encoding="utf-8")
    revised = tmp_path / "修订.yaml"
    revised.write_text(text.replace("市政协: 5", "市政协: 6"), encoding="utf-8")
    clerk.do("rules adopt", revised, "--from", "2025-07-01")
    record(clerk, f"seal {YEAR}")
    path = made(clerk, f"score {YEAR} --audience units", tmp_path / "得分.docx")
    found = export(path).marks(marks.PREFIX)
    assert found[marks.AUDIENCE] == "units"
    assert found[marks.SEAL].startswith("F27:")
    assert clerk.do("verify", path).startswith(f"{path} 仍然有效")


def test_what_is_marked_as_confidential_later_is_not_told(stage: Stage, tmp_path: Path) -> None:
    """Neither where the mark came after the seal, nor where the item was voided with its mark."""
    sealed = stage("sealed")
    record(sealed, "amend 2025-001 --set 密级=内部 --because 定密")
    record(sealed, "amend 2025-002 --set 密级=内部 --because 定密")
    lines = [f"{line} --audience units" for line in (*PAPERS, f"correct {YEAR}")]
    numbered = [line for line in lines if "2025-001" not in line]
    for late in ("", "void 2025-002 --with-dependents --because 误录"):
        record(sealed, late)
        for line in numbered:
            told = made(sealed, line, tmp_path / "纸.md").read_text(encoding="utf-8")
            assert "老年食堂" not in told, line
            assert "整治河道" not in told, line


def test_a_voided_fact_does_not_tell_what_is_confidential(stage: Stage) -> None:
    clerk = stage("before")
    record(clerk, "void F22 --because 误录\namend 2025-001 --set 密级=内部 --because 定密")
    for sealing in ("", f"seal {YEAR}", "unit add 科协 --kind 其他"):
        record(clerk, sealing)
        for name in ("杜若", "2025-001"):
            told = clerk.do(f"explain {name} {YEAR} --audience units")
            assert "老年食堂" not in told
            assert "2025-03-20 被市政协单篇采用" in told
            assert "误录" in told


# -- a sealed quarter ----------------------------------------------------------------------------


@pytest.fixture
def quarter(stage: Stage) -> Clerk:
    """The county with its first quarter sealed, and facts that came late."""
    clerk = stage("before")
    record(clerk, f"seal {YEAR} --quarter 1")
    record(clerk, LATE)
    return clerk


@pytest.mark.parametrize(
    "line",
    [
        f"bulletin {YEAR} --quarter 1",
        f"bulletin {YEAR} --month 3",
        f"bulletin {YEAR} --month 2",
        f"score {YEAR} --quarter 1",
        f"standings {YEAR} --as-of 2025-03-31",
        f"standings {YEAR} --as-of 2025-03-10",
        f"notice {YEAR} --quarter 1",
    ],
)
def test_a_paper_of_a_sealed_quarter_stays_as_published(
    line: str, quarter: Clerk, stage: Stage, tmp_path: Path
) -> None:
    assert told(quarter, line, tmp_path) == told(stage("before"), line, tmp_path)
    done = quarter.run(f"{line} --to", tmp_path / "纸.md")
    assert f"用 sqmy correct {YEAR} --quarter 1 查看" in done.err
    assert "2025年（截至 2025-03-31）得分" in done.err


def test_a_year_that_runs_on_is_told_by_todays_facts(quarter: Clerk, stage: Stage) -> None:
    live = unsealed_late(stage)
    for line in (f"score {YEAR}", f"awards {YEAR}", f"bulletin {YEAR} --quarter 3"):
        value, other = (
            json.loads(clerk.run(f"{line} --format json").out) for clerk in (quarter, live)
        )
        assert "sealed" not in value
        for one in (value, other):
            one.pop("ledger", None)
            one.pop("late", None)
            one.pop("text", None)
        assert value == other


def test_the_next_bulletin_accounts_for_what_came_late(
    quarter: Clerk, stage: Stage, tmp_path: Path
) -> None:
    path = made(quarter, f"bulletin {YEAR} --quarter 2", tmp_path / "二季度.md")
    text = path.read_text(encoding="utf-8")
    assert (
        "2025年（截至 2025-03-31）得分封存以后补登、撤销和更正的2项：报送增加1条、采用减少1条，"
        "计入累计，得分计入本期，不改变原公布的得分和名次，见附件3。"
    ) in text
    enclosure = text[text.index("附件3 补记和更正") :]
    assert "| 报送 | 1 | +1 | 2 | 4 |" in enclosure
    assert "| 采用 | 1 | -1 | 1 | 1 |" in enclosure
    assert "《关于补登的建议》2025-02-10 报送，作者 白芷" in enclosure
    assert "撤销 F22（2025-001《关于增设老年食堂的建议》" in enclosure
    assert "| 杜若 | 六(二)2 | 2025-001 关于增设老年食堂的建议 | 5.00 | 无 |" in enclosure
    assert "本季度得分是累计得分与截至 2025-03-31 公布的得分之差，含补记和更正。" in text
    assert "采用通知有误" in enclosure
    assert "整治河道" not in enclosure  # dated in the second quarter
    late = json.loads(quarter.run(f"bulletin {YEAR} --quarter 2 --format json").out)["late"]
    assert late["counts"]["submitted"] == {"published": 1, "current": 2}
    assert late["sealed"]["fact"] == "F26"
    assert [one["fact"] for one in late["recorded"]] == ["F27", "F29"]
    assert quarter.do("verify", path).startswith(f"{path} 仍然有效")
    sealed = stage("before")
    record(sealed, f"seal {YEAR} --quarter 1")
    first = sealed.run(f"bulletin {YEAR} --quarter 2")
    assert "补记" not in first.out


def test_what_a_sealed_bulletin_accounted_for_is_not_told_again(quarter: Clerk) -> None:
    record(quarter, f"seal {YEAR} --quarter 2")
    told = quarter.run(f"bulletin {YEAR} --quarter 3").out
    assert "补记" not in told
    assert "补记" in quarter.run(f"bulletin {YEAR} --quarter 2").out
    record(quarter, f"seal {YEAR} --quarter 1 --because 更正通报已发")
    assert "补记" in quarter.run(f"bulletin {YEAR} --quarter 2").out  # as it was published
    record(quarter, "submit 又补登 --author 杜若 --on 2025-05-10")
    assert "补登、撤销和更正的1项：报送增加1条" in quarter.run(f"bulletin {YEAR} --quarter 3").out


def test_whoever_records_is_told_which_published_result_stays(quarter: Clerk) -> None:
    words = "2025 年（截至 2025-03-31）的得分已封存，公布的不变"
    assert words in quarter.do("submit 又补登 --author 杜若 --on 2025-03-31")
    assert words in quarter.do("adopt 2025-001 --channel 省政协 --on 2025-03-30")
    assert "封存" not in quarter.do("submit 新事 --author 杜若 --on 2025-04-01")
    assert "封存" not in quarter.do("adopt 2025-001 --channel 全国政协 --on 2025-04-02")
    seq, _ = quarter.head() or (0, "")
    assert "封存" not in quarter.do(f"void F{seq} --because 误录")
    assert words in quarter.do(f"void F{seq - 3} --because 误录")


def test_an_import_says_what_of_it_comes_late(quarter: Clerk, tmp_path: Path) -> None:
    sheet = tmp_path / "补录.csv"
    sheet.write_text(
        "标题,作者,报送单位,报送日期,市政协采用\n"
        "关于补录的建议,杜若,提案委,2025-02-03,2025-03-01\n"
        "关于新事的建议,杜若,提案委,2025-05-03,\n",
        encoding="utf-8",
    )
    words = "注意：2 项的日期在2025年（截至 2025-03-31）以内，那时的得分已封存（F26），公布的不变；"
    assert words in quarter.do("import", sheet, "--number-by-year", "--dry-run")
    assert words in quarter.do("import", sheet, "--number-by-year")
    assert words.removeprefix("注意：") in quarter.do("void B1 --because 误导")
    assert "补登、撤销和更正的2项" in quarter.run(f"bulletin {YEAR} --quarter 2").out


def test_a_list_that_arrives_late_says_so(quarter: Clerk, tmp_path: Path) -> None:
    notice = tmp_path / "清单.csv"
    notice.write_text("标题,采用日期\n关于补登的建议,2025-03-15\n", encoding="utf-8")
    told = quarter.run(f"reconcile {notice} --channel 市政协 {YEAR} --accept").out
    assert "注意：1 项的日期在2025年（截至 2025-03-31）以内，那时的得分已封存（F26）" in told
    assert (
        "采用增加1条" not in quarter.run(f"bulletin {YEAR} --quarter 2").out
    )  # one went, one came
    assert "补登、撤销和更正的3项" in quarter.run(f"bulletin {YEAR} --quarter 2").out


QUARTERLY = """    对象: 单位
    分组: 按考评序列
    排序: [得分, 采用数]
    并列: 提请研究
    取: 2
"""


def test_awards_of_a_sealed_quarter_stay_as_published(tmp_path: Path) -> None:
    text = (ROOT / "rules" / "scoring.yaml").read_text(encoding="utf-8")
    assert QUARTERLY in text
    own = tmp_path / "办法.yaml"
    own.write_text(text.replace(QUARTERLY, f"    每: 季度\n{QUARTERLY}", 1), encoding="utf-8")
    clerk = Clerk(tmp_path / "云汀.db")
    clerk.do("init --rules", own)
    record(clerk, COUNTY.replace("init\n", ""))
    record(clerk, ADOPTED)

    def lists() -> dict[str, object]:
        told = json.loads(clerk.do(f"awards {YEAR} --format json"))
        return {one["period"]: one for one in told["awards"] if one["award"] == "先进单位"}

    before = lists()
    record(clerk, f"seal {YEAR} --quarter 1")
    record(clerk, LATE)
    after = lists()
    assert after["2025Q1"] == before["2025Q1"]
    assert after["2025Q2"] != before["2025Q2"]
    told = clerk.do(f"awards {YEAR}")
    assert told.count("封存：F26") == 1
    path = tmp_path / "决定.docx"
    assert clerk.run(f"awards {YEAR} --to", path).code == 0


def test_a_year_that_begins_in_december(tmp_path: Path) -> None:
    text = (ROOT / "rules" / "scoring.yaml").read_text(encoding="utf-8")
    own = tmp_path / "办法.yaml"
    own.write_text(text.replace("起于: 01-01", "起于: 12-01"), encoding="utf-8")
    assert own.read_text(encoding="utf-8") != text
    clerk = Clerk(tmp_path / "云汀.db")
    clerk.do("init --rules", own)
    record(clerk, COUNTY.replace("init\n", ""))
    record(clerk, "submit 关于年初的建议 --author 杜若 --on 2024-12-10")
    line = f"bulletin {YEAR} --quarter 1"
    before = told(clerk, line, tmp_path)
    assert "已封存2025年（截至 2025-02-28）得分" in clerk.do(f"seal {YEAR} --quarter 1")
    assert "（截至 2025-02-28）的得分已封存" in clerk.do(
        "submit 补登 --author 杜若 --on 2024-12-11"
    )
    assert told(clerk, line, tmp_path) == before
    late = json.loads(clerk.run(f"bulletin {YEAR} --quarter 2 --format json").out)["late"]
    assert late["counts"]["submitted"] == {"published": 1, "current": 2}
    assert late["until"] == "2025-02-28"


# -- on a server ---------------------------------------------------------------------------------


def test_on_a_server_it_is_the_same(
    cluster: postgres.Cluster, stage: Stage, tmp_path: Path
) -> None:
    clerk = Clerk(cluster.address(cluster.new_database()))
    found_county(clerk.ledger)
    record(clerk, ADOPTED)
    record(clerk, f"seal {YEAR}")
    record(clerk, LATE)
    before = stage("before")
    for line in (PAPERS[4], PAPERS[6], PAPERS[8], PAPERS[13], PAPERS[15]):
        assert told(clerk, line, tmp_path) == told(before, line, tmp_path), line
    path = made(clerk, PAPERS[6], tmp_path / "通报.html")
    assert clerk.do("verify", path).startswith(f"{path} 仍然有效")
    assert "封存：F26" in path.read_text(encoding="utf-8")
