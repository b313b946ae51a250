"""A rulebook begun from answers is sound, hides no decision, and its cases hold."""

from fractions import Fraction
from pathlib import Path

import pytest

from sqmy.errors import SqmyError
from sqmy.rules import reader
from sqmy.workspace import rulebooks, starting
from sqmy.workspace.starting import Answers, Owed, Worth

FEW = Answers("办法", "试行", (), (), (Worth("市局", "市", Fraction(5, 2), "一"),))
MANY = Answers(
    "关于“信息”: 考评办法 #1",
    "2025 年",
    ("常委", "委员"),
    ("委室", "党派[支部]"),
    (
        Worth("市政协", "市", Fraction(5), "六(二)2"),
        Worth("省: 政协", "省", Fraction(10), "六(二)2"),
        Worth("{全国}", "国家", Fraction(0), "3.10"),
    ),
    (
        Worth("市领导", "市", Fraction(10), "六(二)3"),
        Worth("省领导", "省", Fraction(20), "六(二)3"),
    ),
    (Worth("弄虚作假", "", Fraction(-10), "六(二)11"),),
    (
        Owed("委员", "年", 1, "五(三)"),
        Owed("常委", "季度", 2, "五(三)"),
        Owed("委室", "周", 1, "五(四)"),
    ),
    (Fraction(20), "六(二)1"),
)
SILENT = MANY._replace(reward=None, method="就高", once="每次", units="不计", members="全额")


@pytest.mark.parametrize("answers", [FEW, MANY, SILENT], ids=["few", "many", "silent"])
def test_it_is_sound_and_every_clause_has_a_case_that_holds(
    answers: Answers, tmp_path: Path
) -> None:
    file, cases = starting.start(answers, tmp_path / "办法.yaml")
    assert rulebooks.examined(file)[1] == []
    trial = rulebooks.test_rulebook(file, None)
    assert trial.problems == ()
    assert trial.passed == len(answers.channels) + len(answers.ranks) + len(answers.findings) + len(
        {owed.clause for owed in answers.quotas}
    )
    assert cases.read_text(encoding="utf-8").count("- 说明") == trial.passed


def test_what_nobody_was_asked_about_is_marked_and_on_no_clause_of_the_regulation(
    tmp_path: Path,
) -> None:
    file, _ = starting.start(MANY, tmp_path / "办法.yaml")
    text = file.read_text(encoding="utf-8")
    rulebook = reader.read(text, "办法.yaml")
    assert {rulebook.year.clause, rulebook.sharing.clause, rulebook.total.clause} == {"未规定"}
    assert rulebook.standings.clause == rulebook.combinations[0].clause == "未规定"
    marked = [line for line in text.splitlines() if "# 请定" in line]
    for section in ("年度", "分摊", "总分", "排名", "任务", "任务计数", "认定影响", "计分"):
        assert any(line.startswith(f"{section}:") for line in marked), section
    assert rulebook.name == MANY.name
    assert [one.label for one in rulebook.words.channels] == ["市政协", "省: 政协", "{全国}"]


def test_what_stands_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "办法.cases.yaml").write_text("旧", encoding="utf-8")
    with pytest.raises(SqmyError, match="已经存在"):
        starting.start(FEW, tmp_path / "办法.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["办法.cases.yaml"]


def test_one_of_those_that_ship_is_found_by_number_and_others_by_their_titles(
    tmp_path: Path,
) -> None:
    file, _ = starting.copy("75", tmp_path / "办法.yaml")
    assert "「两翼」" in file.read_text(encoding="utf-8")
    with pytest.raises(SqmyError, match="书名里有它的是：03-minjin-lvliang《民进吕梁"):
        starting.copy("民进", tmp_path / "又.yaml")
    with pytest.raises(SqmyError, match="写 --like 列表"):
        starting.copy("甲乙丙丁", tmp_path / "又.yaml")
