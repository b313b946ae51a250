"""Pages as readers have them: on a phone, in print, by keyboard, aloud, without scripts."""

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import chromium, opened
from drafted import desk
from programs import needed
from scored import FORMULA, small, year_of
from sqmy.reports.explain import Explained, explain_report
from sqmy.reports.model import (
    Basis,
    Cell,
    Chart,
    Column,
    Letter,
    Number,
    Report,
    Section,
    Series,
    Table,
)
from sqmy.reports.quotas import quota_report
from sqmy.reports.render.page import page
from sqmy.reports.score_tables import score_report
from sqmy.workspace.statistics import standings, stats

pytestmark = pytest.mark.xdist_group("browser")

TODAY = "2025-11-22"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    with chromium() as running:
        yield running


def people(count: int) -> Table:
    """A table of so many people in two groups, with a total."""
    rows: list[tuple[Cell, ...]] = [
        (
            n,
            f"委员{n}",
            f"单位{n % 7}",
            "甲组" if n <= count // 2 else "乙组",
            Number(Fraction(n), 2),
        )
        for n in range(1, count + 1)
    ]
    total = ("", "合计", "", "", Number(Fraction(count * (count + 1) // 2), 2))
    columns = (
        Column("名次", "center"),
        Column("姓名"),
        Column("单位"),
        Column("考评序列"),
        Column("得分", "right"),
    )
    return Table("个人", columns, (*rows, total), grouped_by="考评序列", totals=1)


def charts() -> tuple[Chart, ...]:
    """One of each kind; a value is missing, another is negative."""
    months = tuple(f"{month}月" for month in range(1, 13))
    counts = tuple(range(12))
    share = Number(Fraction(1, 3), 1, percent=True)
    return (
        Chart(
            "报送和采用", "column", months, (Series("报送", counts), Series("采用", counts)), "条"
        ),
        Chart(
            "各级采用", "stacked", months, tuple(Series(f"{n}级", counts) for n in "县市省国"), "条"
        ),
        Chart("采用率", "line", months[:3], (Series("采用率", (share, None, share)),)),
        Chart("得分", "bar", ("甲" * 60, "乙"), (Series("得分", (7, Number(Fraction(-3), 1))),)),
        Chart("没有", "column", (), ()),
        Chart("全是零", "column", ("一",), (Series("零", (0,)),)),
    )


def letter() -> Report:
    """A document with all that a letter can have."""
    stat = Table(
        "",
        (
            Column("单位"),
            Column("单篇", "right", over="市政协采用"),
            Column("综合", "right", over="市政协采用"),
            Column("得分", "right"),
        ),
        (("提案委", 1, 2, 3), ("社法委", 0, 1, 2), ("合计", 1, 3, 5)),
        totals=1,
    )
    return Report(
        "关于2025年第三季度社情民意信息采用情况的通报",
        (
            Section(
                "总体情况", ("第三季度收到信息 12 条。", Section("其中", ("市政协采用 3 条。",)))
            ),
        ),
        enclosures=(Section("采用情况统计表", (stat,)), Section("采用目录", (people(3),))),
        letter=Letter(
            masthead="云汀县政协办公室文件",
            number="云协办〔2025〕12号",
            approval="2025年10月9日主席会议通过",
            addressees="各专委会，各民主党派：",
            contact="（联系人：王五，电话：1390000）",
            signature="云汀县政协办公室",
            date="2025-10-10",
            remark="此件主动公开",
            copies="县委办公室。",
            printer="云汀县政协办公室",
            printed_on="2025-10-10",
        ),
    )


def reports() -> dict[str, Report]:
    """Pages of every kind, ordinary and awkward."""
    scores = year_of(small(FORMULA * 5))
    everything = (Section("个人", (people(40),)), Section("图", charts()), Section("无", ()))
    columns = (Column("序号", "right"), Column("名称"), Column("得分", "right"))
    long = Table("表" * 300, columns, ((1, "x" * 300, 1), (2, "题" * 200, 2)), ("注" * 300,))
    return {
        "score": score_report(scores, TODAY),
        "quota": quota_report(scores, TODAY, owing=False),
        "explain": explain_report(Explained(scores, scores.book.members[0]), TODAY),
        "everything": Report("全部", everything, ("导语",), ("附注",), Basis(("台账",))),
        "letter": letter(),
        "nothing": Report("什么也没有", (Table("个人（0 人）", columns, ()),)),
        "long": Report("长" * 300, (long,), ("导" * 300,)),
        "many": Report("四百人", (people(400),)),
        "standings": standings(desk(small(FORMULA * 5)), 2025, None).report(),
        "stats": stats(desk(small(FORMULA * 5)), 2025).report(),
    }


REPORTS = reports()


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_asks_for_nothing_complains_of_nothing_and_bars_nobody(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, page(REPORTS[name]), tmp_path) as shown:
        assert shown.barriers() == []
        assert (shown.requests, shown.complaints) == ([], [])


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_does_not_scroll_sideways(name: str, browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS[name]), tmp_path) as shown:
        for width in (320, 375, 768, 1280):
            shown.page.set_viewport_size({"width": width, "height": 800})
            assert shown.sideways() == 0, width


def test_on_a_phone_too_nobody_is_barred(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["everything"]), tmp_path, 375) as shown:
        assert shown.barriers() == []


def heard(server: socket.socket) -> bytes:
    """All that was said to a server by those who have knocked; browsers knock before they ask."""
    said = b""
    with suppress(BlockingIOError):
        while True:
            visitor, _ = server.accept()
            with visitor, suppress(BlockingIOError):
                visitor.settimeout(0)
                said += visitor.recv(1000)
    return said


SNEAKED = """<script>document.title = "被改"</script><style>h1 {{ display: none }}</style>
<img src="{place}/a.png" onerror="document.title = '被改'"><iframe src="{place}/"></iframe>
<link rel="stylesheet" href="{place}/a.css"><form action="{place}/"><button>交</button></form>
"""


def test_what_is_sneaked_into_a_page_does_nothing(browser: Browser, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        place = f"http://127.0.0.1:{server.getsockname()[1]}"
        sneaked = SNEAKED.format(place=place)
        text = page(REPORTS["score"]).replace("</h1>", f"</h1>{sneaked}")
        with opened(browser, text, tmp_path) as shown:
            assert shown.page.title() == REPORTS["score"].title
            assert shown.page.locator("h1").is_visible()
            with shown.page.expect_console_message(lambda told: "form-action" in told.text):
                shown.page.evaluate("document.forms[0].submit()")
            assert len(shown.complaints) == 7
            assert all("Content Security Policy" in told for told in shown.complaints)
        assert heard(server) == b""


def test_without_scripts_a_page_is_whole(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["everything"]), tmp_path, script=False) as shown:
        assert shown.page.locator("table.list tbody tr").count() == 40 + 2
        assert shown.page.locator("button, input").count() == 0


def test_a_column_is_sorted_within_its_groups_and_totals_stay(
    browser: Browser, tmp_path: Path
) -> None:
    as_it_was = [*range(1, 21), *range(21, 41)]
    down = [*range(20, 0, -1), *range(40, 20, -1)]
    with opened(browser, page(REPORTS["everything"]), tmp_path) as shown:
        heading = shown.page.locator("th", has_text="得分").first
        for expected, told in ((down, "descending"), (as_it_was, "ascending"), (as_it_was, None)):
            heading.get_by_role("button").click()
            assert [int(place) for place in shown.column(0, 0)] == expected
            assert heading.get_attribute("aria-sort") == told
            assert shown.column(0, 1, "tfoot") == ["合计"]
        assert shown.complaints == []


def test_figures_are_sorted_as_figures_and_names_by_their_sound(
    browser: Browser, tmp_path: Path
) -> None:
    columns = (Column("姓名"), Column("采用率", "right"))
    rates = ("9.5%", "100%", "—", "0", "31.3%")
    names = ("张三", "白芷", "李四", "杜若", "陈皮")
    table = Table("", columns, tuple(zip(names, rates, strict=True)))
    with opened(browser, page(Report("率", (table,))), tmp_path) as shown:
        shown.page.get_by_role("button", name="采用率").click()
        assert shown.column(0, 1) == ["100%", "31.3%", "9.5%", "0", "—"]
        shown.page.get_by_role("button", name="采用率").click()
        assert shown.column(0, 1) == ["0", "9.5%", "31.3%", "100%", "—"]
        shown.page.get_by_role("button", name="姓名").click()
        assert shown.column(0, 0) == ["白芷", "陈皮", "杜若", "李四", "张三"]


def test_sorting_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["many"]), tmp_path) as shown:
        shown.page.get_by_role("button", name="得分").focus()
        shown.page.keyboard.press("Enter")
        assert shown.column(0, 0)[0] == "200"
        shown.page.keyboard.press("Space")
        assert shown.column(0, 0)[0] == "1"


def test_searching_hides_what_does_not_match(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["many"]), tmp_path) as shown:
        found, told = shown.page.get_by_label("查找"), shown.page.get_by_role("status")
        found.fill("委员39")
        assert shown.column(0, 1) == ["委员39", *(f"委员{n}" for n in range(390, 400))]
        assert told.inner_text() == "找到 11 行"
        found.fill("乙组 单位3")
        assert shown.column(0, 1)[:2] == ["委员206", "委员213"]
        assert shown.page.locator("th[scope=rowgroup]:visible").all_inner_texts() == ["乙组"]
        assert shown.column(0, 1, "tfoot") == []
        found.fill("没有这个人")
        assert told.inner_text() == "找到 0 行"
        found.fill("")
        assert (len(shown.column(0, 1)), told.inner_text()) == (400, "")
        assert shown.column(0, 1, "tfoot") == ["合计"]
        found.press("Enter")
        assert (shown.requests, shown.complaints) == ([], [])


def test_a_short_page_has_nothing_to_search(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["score"]), tmp_path) as shown:
        assert shown.page.get_by_label("查找").count() == 0


def test_a_page_is_printed_whole_with_headings_and_numbers(
    browser: Browser, tmp_path: Path
) -> None:
    printed = tmp_path / "page.pdf"
    with opened(browser, page(REPORTS["many"]), tmp_path) as shown:
        shown.page.pdf(path=printed, prefer_css_page_size=True)
    text = subprocess.run(
        [needed("pdftotext"), "-layout", str(printed), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    sheets = text.split("\f")[:-1]
    assert set(re.findall(r"委员\d+", text)) == {f"委员{n}" for n in range(1, 401)}
    assert all("名次" in sheet and "得分" in sheet for sheet in sheets)
    assert [re.findall(r"第 (\d+) 页，共 (\d+) 页", sheet) for sheet in sheets] == [
        [(str(n), str(len(sheets)))] for n in range(1, len(sheets) + 1)
    ]
    assert "查找" not in text
    assert "↕" not in text


def test_a_letter_is_told_in_order(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["letter"]), tmp_path) as shown:
        words = shown.page.locator("main").inner_text()
        order = [
            "云汀县政协办公室文件", "云协办〔2025〕12号", "关于2025年第三季度", "主席会议通过",
            "各专委会", "一、总体情况", "第三季度收到", "（一）其中", "市政协采用 3 条",
            "附件：1.采用情况统计表", "2.采用目录", "联系人", "2025年10月10日", "此件主动公开",
            "附件1", "单篇", "附件2", "抄送：县委办公室",
        ]  # fmt: skip
        places = [words.index(part) for part in order]
        assert places == sorted(places)
        levels = shown.page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => h.tagName)")
        assert levels == ["H1", "H2", "H3", "H2", "H2"]
        heads = shown.page.locator("table").first.locator("thead th").all_inner_texts()
        assert [head.split("\xa0")[0] for head in heads] == [
            "单位", "市政协采用", "得分", "单篇", "综合",
        ]  # fmt: skip


def test_a_chart_tells_its_figures_to_those_who_listen(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["everything"]), tmp_path) as shown:
        images = shown.page.get_by_role("img")
        assert images.count() == 5  # the one without categories is left out
        rate = shown.page.get_by_role("img", name="采用率")
        assert rate.locator("desc").inner_html() == "采用率：1月 33.3%，3月 33.3%。"
        bars = shown.page.get_by_role("img", name="得分")
        assert "甲" * 60 in bars.locator("desc").inner_html()
        assert bars.locator("text").last.inner_html() == "-3.0"


def test_the_text_of_a_chart_is_never_smaller_than_print(browser: Browser, tmp_path: Path) -> None:
    for width, least in ((375, 11), (1280, 14)):
        with opened(browser, page(REPORTS["everything"]), tmp_path, width) as shown:
            scale = shown.page.locator("svg").first.evaluate(
                "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * 12"
            )
            assert scale >= least


def test_long_pages_have_a_list_of_their_parts(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(REPORTS["everything"]), tmp_path) as shown:
        links = shown.page.get_by_role("navigation").get_by_role("link")
        assert links.all_inner_texts() == ["一、个人", "二、图", "三、无"]
        links.nth(1).click()
        assert shown.page.url.endswith("#part-2")
        assert shown.page.locator("#part-2").inner_text() == "二、图"
