import pytest

from sqmy.intake.grid import Row
from sqmy.intake.headings import KINDS, Layout, layout_of


def layout(*headings: str | None, attributes: tuple[str, ...] = ()) -> Layout | None:
    cells = {column: h for column, h in enumerate(headings, 1) if h is not None}
    return layout_of(Row(1, dict(cells)), attributes)


def kind(*headings: str) -> str | None:
    found = layout(*headings)
    return found and found.kind.fact


@pytest.mark.parametrize("known", KINDS, ids=lambda kind: kind.fact)
def test_the_canonical_headings_are_known_for_their_kind(known: object) -> None:
    assert known in KINDS
    for one in KINDS:
        names = [heading.name for heading in one.headings]
        found = layout(*names)
        assert found is not None
        assert (found.kind, found.missing, found.twice, found.unread) == (one, (), (), ())
        required = [heading.name for heading in one.headings if heading.required]
        if one.fact == "finding":
            required.insert(0, "单位名称")
        assert kind(*required) == one.fact


@pytest.mark.parametrize(
    "spelling",
    [
        "标 题",
        "标　题",
        "标\n题",
        "*标题",
        "标题（必填）",
        "标题(100字以内)*",
        "【标题】",
        "标题：",
        "信息标题",
        "题目",
    ],
)
def test_spellings_of_one_heading(spelling: str) -> None:
    found = layout("编号", spelling, "报送单位", "报送日期")
    assert found is not None
    assert found.columns == {"编号": 1, "标题": 2, "报送单位": 3, "报送日期": 4}


def test_beside_a_title_what_was_sent_up_was_submitted() -> None:
    found = layout("编号", "标题", "上报单位", "上报日期")
    assert found is not None
    assert found.kind.fact == "submission"
    assert (found.columns["报送单位"], found.columns["报送日期"]) == (3, 4)
    assert kind("编号", "上报单位", "上报日期") == "forwarding"


def test_a_sheet_with_titles_is_of_submissions_whatever_else_it_has() -> None:
    assert kind("编号", "标题", "采用单位", "采用方式", "采用日期") == "submission"


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["编号", "作者", "报送单位", "报送日期"], ("标题",)),
        (["编号", "作者", "上报单位", "上报日期"], ("标题",)),
        (["标题", "作者", "报送单位"], ("编号", "报送日期")),
        (["采用单位", "采用日期"], ("编号",)),
        (["姓名", "单位", "联系电话"], ("身份",)),
        (["认定类型", "认定日期"], ("编号（或姓名、单位名称）",)),
    ],
)
def test_a_missing_heading_is_told(headings: list[str], missing: tuple[str, ...]) -> None:
    found = layout(*headings)
    assert found is not None
    assert found.missing == missing


def test_a_heading_twice_is_told() -> None:
    found = layout("编号", "标题", "作者", "报送单位", "报送日期", "作者")
    assert found is not None
    assert found.twice == (("作者", 6, 3),)
    found = layout("编号", "标题", "反映人", "报送单位", "报送日期", "撰稿人")
    assert found is not None
    assert found.twice == (("作者", 6, 3),)


def test_the_canonical_spelling_goes_before_others() -> None:
    found = layout("编号", "标题", "单位", "报送单位", "报送日期")
    assert found is not None
    assert (found.columns["报送单位"], found.twice, found.unread) == (4, (), ("单位",))


def test_other_columns_are_told() -> None:
    found = layout("序号", "编号", "采用单位", "采用日期", "得 分", None, "备注")
    assert found is not None
    assert found.unread == ("序号", "得 分", "备注")
    assert found.first == 2


def test_what_a_rulebook_declares_is_a_heading_of_submissions() -> None:
    headings = ("编号", "标题", "报送单位", "报送日期", "体裁")
    found = layout(*headings, attributes=("体裁", "字数"))
    assert found is not None
    assert found.columns["体裁"] == 5
    without = layout(*headings)
    assert without is not None
    assert without.unread == ("体裁",)


@pytest.mark.parametrize(
    "row",
    [
        ["2025年社情民意信息台账"],
        ["姓名", "单位", "得分", "名次"],  # standings, no register
        ["单位名称", "报送数", "采用数", "得分"],
        ["编号", "姓名"],
        ["标题", "说明"],
        ["2025-001", "关于老旧小区的建议", "张三"],
        ["编号"],
    ],
)
def test_other_rows_are_no_headings(row: list[str]) -> None:
    assert kind(*row) is None


def test_a_list_of_unit_names_is_a_register() -> None:
    assert kind("序号", "单位名称", "备注") == "unit"
    assert kind("单位名称") == "unit"


def test_a_long_text_may_go_on_in_further_columns() -> None:
    found = layout("编号", "标题", "报送单位", "报送日期", "信息正文", "信息正文续2", "正文续1")
    assert found is not None
    assert [found.columns[name] for name in ("正文", "正文续1", "正文续2")] == [5, 7, 6]
    assert (found.twice, found.unread) == ((), ())
    other = layout("编号", "标题", "报送单位", "报送日期", "标题续1", "正文续0")
    assert other is not None
    assert other.unread == ("标题续1", "正文续0")
