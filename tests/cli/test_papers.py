"""Bulletins, notices, certificates and slips from the command line: files, settings, refusals."""

import json
from pathlib import Path

import docx
import pytest

from clerk import Clerk

ADOPTED = """
adopt 2025-001 --channel 市政协 --on 2025-04-01
adopt 2025-002 --channel 省政协 --on 2025-06-01
instruct 2025-002 --rank 省级领导 --on 2025-07-01
"""
OWN = """
机关:
  名称: 云汀县政协办公室
  红头: 云汀县政协文件
"""


@pytest.fixture
def office(clerk: Clerk) -> Clerk:
    """A county with two adopted items."""
    for line in ADOPTED.strip().splitlines():
        clerk.do(line)
    return clerk


def text_of(path: Path) -> str:
    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


def test_a_bulletin_is_one_command(office: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    outcome = office.run(
        "bulletin --year 2025 --quarter 2 --number 云协办〔2025〕3号 --date 2025-07-10 --to", path
    )
    assert outcome.code == 0
    assert outcome.out == f"已写入 {path}。\n"
    assert "个数由明细重算，全部一致。" in outcome.err
    assert "提示：机关名称还没有设定，请用 sqmy profile 取一份文书设定来改。" in outcome.err
    text = text_of(path)
    assert "关于2025年第二季度社情民意信息" in text.replace("\n", "")
    assert "云协办〔2025〕3号" in text
    assert "2025年7月10日" in text


def test_settings_beside_the_ledger_are_used_and_others_named(
    office: Clerk, tmp_path: Path
) -> None:
    office.ledger.with_name("文书设定.yaml").write_text(OWN, encoding="utf-8")
    outcome = office.run("bulletin --year 2025 --annual")
    assert outcome.out.startswith("云汀县政协办公室关于2025年度社情民意信息报送和采用情况的通报\n")
    assert "机关名称还没有设定" not in outcome.err
    other = tmp_path / "别的.yaml"
    other.write_text(OWN.replace("云汀县政协办公室", "云汀县政协"), encoding="utf-8")
    named = office.run("bulletin --year 2025 --annual --profile", other)
    assert named.out.startswith("云汀县政协关于2025年度")


def test_a_set_of_settings_to_start_from(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "文书设定.yaml"
    assert f"已写入 {path}。" in clerk.do("profile", path)
    outcome = clerk.run("bulletin --year 2025 --annual --profile", path)
    assert outcome.code == 0
    assert "已经存在，没有写入" in clerk.refused("profile", path)


def test_a_letterhead_is_written_into(office: Clerk, tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("云汀县政协用笺　{日期}")
    head, path = tmp_path / "信头.docx", tmp_path / "证明.docx"
    own.save(str(head))
    office.do("certificate 2025-001 --date 2026-01-05 --letterhead", head, "--to", path)
    assert text_of(path).startswith("云汀县政协用笺　2026年1月5日\n")
    assert "特此证明。" in text_of(path)


def test_json_of_each(office: Clerk) -> None:
    made = {
        line: json.loads(office.run(f"{line} --format json").out)
        for line in (
            "bulletin --year 2025 --half 1",
            "notice --year 2025 --annual",
            "certificate --year 2025",
            "slip 杜若 --year 2025",
        )
    }
    bulletin, notice, certificates, slips = made.values()
    assert bulletin["period"] == "2025H1"
    assert {one["unit"] for one in notice} >= {"提案委员会"}
    assert [one["number"] for one in certificates] == ["2025-001", "2025-002"]
    assert slips[0]["name"] == "杜若"


def test_certificates_and_slips_as_csv(office: Clerk) -> None:
    assert office.do("certificate --year 2025 --format csv").count("\n") == 3
    assert office.do("slip --members --year 2025 --format csv").startswith("名称,单位,条款")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("bulletin --year 2025", 2, "--month、--quarter、--half、--annual 要写其中一个"),
        ("bulletin --year 2025 --month 1 --annual", 2, "不能同时用"),
        ("bulletin --year 2025 --month 13", 1, "没有这一期：只有 1 至 12。"),
        ("bulletin --year 2025 --quarter 一", 2, "--quarter 的值「一」不是个数"),
        ("bulletin --year 2099 --quarter 1", 1, "还没有开始"),
        ("bulletin --year 2025 --annual --date 1月5日", 1, "缺年份"),
        ("bulletin --year 2025 --annual --profile 没有.yaml", 1, "找不到文件 没有.yaml"),
        ("bulletin --year 2025 --annual --letterhead 没有.docx", 1, "没有信头文件 没有.docx"),
        ("bulletin --year 2025 --annual --to 通报.pdf", 1, "不会写「.pdf」这种文件"),
        ("notice --year 2025 --quarter 1 --unit 没有", 1, "没有单位「没有」"),
        ("certificate", 2, "编号、--year 要写其中一个"),
        ("certificate 2025-001 --year 2025", 2, "不能同时用"),
        ("certificate 2025-001", 1, "没有符合条件的采用"),
        ("slip --year 2025", 2, "要写其中一个"),
        ("slip 杜若 --members --year 2025", 2, "不能同时用"),
        ("slip 无此人 --year 2025", 1, "没有人员或单位「无此人」"),
    ],
)
def test_what_cannot_be_drafted_is_refused(line: str, code: int, told: str, clerk: Clerk) -> None:
    outcome = clerk.run(line)
    assert outcome.code == code, outcome
    assert told in outcome.err
    assert outcome.out == ""


def test_a_letterhead_that_is_none_is_refused(office: Clerk, tmp_path: Path) -> None:
    for name, content in (("空.docx", b""), ("假.docx", b"PK\x05\x06" + bytes(18))):
        path = tmp_path / name
        path.write_bytes(content)
        told = office.refused("certificate --year 2025 --letterhead", path)
        assert "信头文件不是" in told


def test_wrong_settings_are_told_all_at_once(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "我的.yaml"
    path.write_text("机关: {盖章: 对}\n印数: {零: 不印}\n", encoding="utf-8")
    told = clerk.refused("bulletin --year 2025 --annual --profile", path)
    assert "有 2 处要改" in told
    assert f"{path} 第 2 行" in told


def test_an_empty_ledger_has_a_bulletin_too(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "空.db")
    clerk.do("init")
    path = tmp_path / "通报.docx"
    outcome = clerk.run("bulletin --year 2025 --quarter 1 --to", path)
    assert outcome.code == 0, outcome
    assert "共收到社情民意信息0条" in text_of(path)
