"""`--to`: reports as files, whole or not at all."""

import json
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from clerk import Clerk
from sqmy.reports.render.files import FORMATS


@pytest.mark.parametrize("line", ["score", "explain 杜若", "quota", "quota --owing"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_report_is_written_in_every_format(
    line: str, suffix: str, clerk: Clerk, tmp_path: Path
) -> None:
    path = tmp_path / f"甲{suffix}"
    assert clerk.do(f"{line} --year 2025 --to", path) == f"已写入 {path}。\n"
    raw = path.read_bytes()
    if suffix == ".xlsx":
        sheets = openpyxl.load_workbook(BytesIO(raw)).sheetnames
        expected = {
            "score": ["个人", "单位", "明细", "任务完成", "核对", "说明"],
            "explain": ["得分明细", "任务", "再报一条 独自署名 被采用以后"],
            "quota": ["个人", "单位"],
        }
        assert sheets == expected[line.partition(" ")[0]]
    elif suffix == ".json":
        assert json.loads(raw) == json.loads(clerk.do(f"{line} --year 2025 --format json"))
    else:
        words = {"score": "杜若", "explain": "六(二)1", "quota": "社法委"}[line.partition(" ")[0]]
        text = "".join(docx.Document(str(path)).element.itertext()) if suffix == ".docx" else ""
        assert words in (text or raw.decode("utf-8"))
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["云汀.db", f"甲{suffix}"])


def test_a_trial_is_written_too(clerk: Clerk, tmp_path: Path) -> None:
    rules = Path(__file__).parents[2] / "rules" / "scoring.yaml"
    text = rules.read_text(encoding="utf-8").replace("示例版", "修订稿")
    (tmp_path / "修订稿.yaml").write_text(text, encoding="utf-8")
    clerk.do("score --year 2025 --rules", tmp_path / "修订稿.yaml", "--to", tmp_path / "得分.html")
    assert "修订稿" in (tmp_path / "得分.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["score", "explain 杜若", "quota"])
def test_a_file_and_a_format_exclude_one_another(line: str, clerk: Clerk) -> None:
    told = clerk.refused(f"{line} --year 2025 --format json --to 甲.json", code=2)
    assert "--format、--to 不能同时用" in told
