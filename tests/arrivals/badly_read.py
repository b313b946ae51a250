"""What cannot be read for certain, and is refused at its very cell."""

from datetime import date

from arrivals.common import (
    CITY,
    FIRST,
    HEAD,
    LEADER,
    PROVINCE,
    SECOND,
    THIRD,
    Arrival,
    refused,
    sheet,
    with_events,
)
from sqmy.intake.settled import Settled

YEAR = Settled(year=2025)


def days(*written: object) -> list[list[object]]:
    """An item for each of these days of submission."""
    return [["2025-9", "甲事", None, "提案委", day] for day in written]


ARRIVALS = (
    Arrival(
        "Days without a year, with two digits of it, with the year at the end, without a day.",
        sheet([HEAD, *days("4月5日", "25.3.1", "18.06.2014 18:48", "2025年3月", "3.1")]),
        refused(
            "台账!E2 缺年份。请写成 2025-03-01 或 2025年3月1日。整份表都是同一年的，可以加",
            "台账!E3 年份只有两位",
            "台账!E4 年份写在最后，月和日分不清",
            "台账!E5 缺日",
            "台账!E6 缺年份",
        ),
    ),
    Arrival(
        "Days that lost their characters on the way, a range of days, a day that no calendar has.",
        sheet([HEAD, *days("202531日", "2025.3.1-3.5", "2025年2月30日", "三月初", "2025")]),
        refused(
            "台账!E2 看不懂",
            "台账!E3 看不懂",
            "台账!E4 2025 年 2 月没有 30 日",
            "台账!E5 看不懂",
            "台账!E6 看不懂",
        ),
    ),
    Arrival(
        "A year was settled, and a day says another; a day typed as 3.1 became a number, which "
        "may have been 3.10.",
        sheet([HEAD, *days("24.12.30", 3.1)]),
        refused("台账!E2 年份不是所说的 2025 年", "台账!E3 3.1"),
        YEAR,
    ),
    Arrival(
        "A mark without a day anywhere.",
        sheet([[*HEAD, CITY, f"{LEADER}批示"], *with_events(["√"], [None, "是"], [])]),
        refused("台账!F2 记了市政协采用，没有日期", "台账!G3 --undated-on"),
    ),
    Arrival(
        "Two channels marked and two days: which is whose?",
        sheet(
            [
                [*HEAD, CITY, PROVINCE, "采用日期"],
                *with_events(["√", "√", "2025-03-10、2025-05-06"], [], []),
            ]
        ),
        refused("台账!H2 分不清"),
    ),
    Arrival(
        "A day of adoption, and nobody who adopted; a form, a journal, a leader likewise.",
        sheet(
            [
                [*HEAD, CITY, "采用日期", "采用方式", "刊物", "批示领导"],
                *with_events(
                    [None, "2025-03-10"],
                    [None, None, "综合"],
                    [None, None, None, "政协信息", "某市长"],
                ),
            ]
        ),
        refused(
            "台账!G2 没有写明被哪里采用",
            "台账!H3 没有写明被哪里采用",
            "台账!I4 没有写明被哪里采用",
            "台账!J4 没有写明哪一级领导批示",
        ),
    ),
    Arrival(
        "The day in the channel's column and the row's day of adoption differ.",
        sheet([[*HEAD, CITY, "采用日期"], *with_events(["2025-03-10", "2025-03-11"], [], [])]),
        refused("台账!G2 2025-03-11与同一行别处写的采用日期不同"),
    ),
    Arrival(
        "The form is 单篇 in one cell and 综合 in the other.",
        sheet(
            [
                [*HEAD, CITY, "采用情况"],
                *with_events(["2025.3.10单篇", "市政协2025.3.10综合采用"], [], []),
            ]
        ),
        refused("台账!G2 与同一行别处写的不同"),
    ),
    Arrival(
        "Free text about somebody unknown, about nobody, about several at once, in a hurry.",
        sheet(
            [
                [*HEAD, "采用情况", "批示情况"],
                *with_events(
                    ["国办2025.3.10采用", "周市长2025.4.1批示"],
                    ["2025.3.10采用", "待定"],
                    ["市政协2025.3.1、2025.4.1综合采用", None],
                ),
            ]
        ),
        refused(
            "台账!F2 「国办」看不懂",
            "台账!G2 「周市长」看不懂",
            "台账!F3 没有写明被哪里采用",
            "台账!G3 「待定」看不懂",
            "台账!F4 说的是哪一次，看不清",
        ),
    ),
    Arrival(
        "A column of a channel that the rulebook does not know, with something in it.",
        sheet(
            [
                [*HEAD, "国办采用", "中央领导批示"],
                *with_events([None, None], ["2025-03-10", "无"], []),
            ]
        ),
        refused("台账!F1 「国办采用」不是计分办法里的渠道或领导级别，这一列却填了内容（如 F3）"),
    ),
    Arrival(
        "A channel's column with another channel in it, a count, a day before the submission, "
        "the same day twice.",
        sheet([[*HEAD, CITY], *with_events(["省政协2025.3.10"], [2], ["2025-06-01、2025-06-01"])]),
        refused(
            "台账!F2 这一列是市政协的，这一格却写着省政协",
            "台账!F3 日期「2」看不懂",
            "台账!F4 写了两次",
        ),
    ),
    Arrival(
        "An adoption before the item was submitted: told at the adoption's cell.",
        sheet([[*HEAD, CITY], *with_events(["2025-02-10"], [], [])]),
        refused("台账!F2 早于同一行的报送日期 2025-03-01"),
    ),
    Arrival(
        "Cells merged across author and unit.",
        sheet([HEAD, ["2025-003", THIRD[1], "提案委", None, "2025-05-08"]], merged=["C2:D2"]),
        refused("台账!C2 合并单元格 C2:D2 在数据里"),
    ),
    Arrival(
        "One number merged over two items with titles of their own.",
        sheet([HEAD, FIRST, [None, "另一条", "白芷", "民盟", None]], merged=["A2:A3", "E2:E3"]),
        refused("台账!A2 合并单元格 A2:A3 在数据里"),
    ),
    Arrival(
        "Numbers that begin anew each year, and nobody says so.",
        sheet(
            [
                HEAD,
                [1, "甲事", None, "提案委", "2024-03-01"],
                [1, "丙事", None, "提案委", "2025-03-01"],
            ]
        ),
        refused("台账!A3 重复，标题、报送日期不同"),
    ),
    Arrival(
        "Numbers of a year's own on an adoption sheet: of which year?",
        sheet([["编号", "采用单位", "采用日期"], [7, CITY, "2025-03-10"]]),
        refused("台账!A2 编号「7」每年都有一个，看不出是哪一年的"),
        Settled(number_by_year=True),
    ),
    Arrival(
        "A formula whose result was never saved, an error value, a number that became a day.",
        sheet(
            [
                HEAD,
                ["2025-001", '="关于"&A2', None, "提案委", "2025-03-01"],
                ["2025-002", SECOND[1], None, "提案委", "=1/0"],
            ]
        ),
        refused("台账!B2 是公式，文件里却没有存它的结果", "台账!E3 是公式，文件里却没有存它的结果"),
    ),
    Arrival(
        "Headings twice, and headings missing under a title.",
        sheet([["台账"], ["编号", "标题", "反映人", "撰稿人", "报送单位"], FIRST]),
        refused(
            "台账!A2 缺标题「报送日期」", "台账!D2 标题「作者」重复，账.xlsx 台账!C2 已经有一列"
        ),
    ),
    Arrival(
        "A standings table: nothing of it can be recorded.",
        sheet([["名次", "单位", "得分"], [1, "提案委", 35], [2, "文史委", 20]]),
        refused("文件 统计表"),
    ),
    Arrival(
        "A list of something else.",
        sheet([["书名", "价格"], ["某书", "十元"]]),
        refused("文件 没有一张表的标题认得出"),
    ),
    Arrival(
        "Somebody more who may be an author, in a column of his own.",
        sheet(
            [
                [*HEAD, "执笔人", "第一反映人"],
                [*FIRST, None, "杜若"],
                [*SECOND, "方竹（文史委）", None],
            ]
        ),
        refused(
            "台账!F1 「执笔人」像是作者的一列，却认不出，下面填了内容（如 F3）",
            "台账!G1 「第一反映人」像是作者的一列，却认不出，下面填了内容（如 G2）",
        ),
    ),
    Arrival(
        "Channels and leaders called 市 and 市领导 for short, under 采用情况 and 领导批示.",
        sheet(
            [
                [*HEAD, "采用情况", None, "领导批示", None],
                [*[None] * 5, "市", "省", "市领导", "省领导"],
                [*FIRST, "2025-03-10", None, "2025-04-20", None],
            ],
            merged=["F1:G1", "H1:I1"],
        ),
        refused(
            "台账!F2 「采用情况/市」不是计分办法里的渠道或领导级别，这一列却填了内容（如 F3）",
            "台账!H2 「领导批示/市领导」不是计分办法里的渠道或领导级别",
        ),
    ),
    Arrival(
        "Authors not all named, or run together.",
        sheet(
            [
                HEAD,
                ["2025-001", "甲事", "杜若、苏叶等3人", "提案委", "2025-03-01"],
                ["2025-002", "乙事", "杜若等", "提案委", "2025-03-01"],
                ["2025-003", "丙事", "杜若和苏叶", "提案委", "2025-03-01"],
                ["2025-004", "丁事", "①杜若②苏叶", "提案委", "2025-03-01"],
                ["2025-005", "戊事", "杜若（常委）", "提案委", "2025-03-01"],
            ]
        ),
        refused(
            "台账!C2 「苏叶等3人」没有把人写全",
            "台账!C3 「杜若等」没有把人写全",
            "台账!C4 「杜若和苏叶」里像是有几个人：杜若、苏叶。请用顿号隔开",
            "台账!C5 「①杜若②苏叶」里像是有几个人",
            "台账!C6 没有人员「杜若（常委）」。相近的有：杜若（提案委员会）（写法里含有这个名称）",
        ),
    ),
    Arrival(
        "A year was settled, and the title tells another.",
        sheet([["2024年社情民意信息台账"], HEAD, *days("4月5日")]),
        refused("台账!E2 这张表写的是 2024 年的，--year-of 说的却是 2025 年，E3 的日期没有年份"),
        YEAR,
    ),
    Arrival(
        "Numbers spelt otherwise than above: the same items again, or others?",
        sheet(
            [
                HEAD,
                FIRST,
                ["2025-1", *FIRST[1:]],
                ["〔2025〕1号", *SECOND[1:]],
                [],
                ["编号", "采用单位", "采用日期"],
                ["2025-01", CITY, "2025-03-10"],
            ]
        ),
        refused(
            "台账!A3 编号「2025-1」与已有的「2025-001」只是写法不同",
            "台账!A4 编号「〔2025〕1号」与已有的「2025-001」只是写法不同",
            "台账!A7 没有编号「2025-01」的信息。有「2025-001」，只是写法不同",
        ),
    ),
    Arrival(
        "Neither authors nor units anywhere.",
        sheet([["序号", "题目", "报送时间", CITY], [1, "甲事", "2025-03-01", "2025-03-05"]]),
        refused("台账!B2 作者和报送单位都没有，不能按新的一条报送"),
    ),
    Arrival(
        "A channel adopted twice, and one form: of which time?",
        sheet(
            [
                [*HEAD, f"{CITY}采用时间", f"{CITY}采用方式"],
                *with_events(["2025-03-10、2025-05-06", "综合"], [], []),
            ]
        ),
        refused("台账!G2 市政协采用有几次，说的是哪一次，分不清"),
    ),
    Arrival(
        "A day of adoption that cannot be read: told once, at its cell.",
        sheet([[*HEAD, CITY, "采用日期"], *with_events(["√", "3月5"], [], [])]),
        refused("台账!G2 缺年份"),
    ),
    Arrival(
        "One column says that it was not adopted, another by whom.",
        sheet(
            [
                [*HEAD, "是否采用", "采用单位", "采用日期", PROVINCE],
                *with_events(
                    ["否", CITY, "2025-04-10"],
                    ["否"],
                    [f"{PROVINCE}2025-06-01", None, None, "未采用"],
                ),
            ]
        ),
        refused(
            "台账!F2 这一格写着「否」，同一行别处却写了市政协采用",
            "台账!I4 这一格写着「未采用」，同一行别处却写了省政协采用",
        ),
    ),
    Arrival(
        "A small number that is shown as a day: 5 is 1900-01-05.",
        sheet([HEAD, *days(date(1900, 1, 5))]),
        refused("台账!E2 日期 1900-01-05 多半是数字被显示成了日期"),
    ),
    Arrival(
        "Two units with nothing but a blank between them.",
        sheet([HEAD, ["2025-001", "甲事", None, "提案委 文史委", "2025-03-01"]]),
        refused("台账!D2 「提案委 文史委」里像是有几个单位：提案委、文史委。请用顿号隔开"),
    ),
)
