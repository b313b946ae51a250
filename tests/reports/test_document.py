"""Word documents: measured in the file, and on paper as LibreOffice lays them out.

The standard is GB/T 9704-2012; lengths are in millimetres.
"""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document

from counties import County
from drafted import OFFICE, bulletin, counted
from printed import Page, Printer
from scored import rows, small
from sqmy.errors import SqmyError
from sqmy.reports.model import Column, Letter, Report, Section, Table
from sqmy.reports.render.document import document
from sqmy.reports.render.word.titles import lines

FORMAL = (
    OFFICE
    + """
  红头: 政协云汀县委员会办公室文件
  附注: 此件主动公开
  抄送: 县委办公室、县政府办公室，市政协办公室
  印发: 政协云汀县委员会办公室
"""
)
LONG = "关于" + "进一步加强山区农村饮水安全工程建设和管理的建议" * 9
TEXT = "天地玄黄宇宙洪荒日月盈昃辰宿列张" * 100
"""1,600 characters without a mark."""


def letter(**more: object) -> Letter:
    return Letter(signature="政协云汀县委员会办公室", date="2025-10-15")._replace(**more)  # type: ignore[arg-type]


def big() -> County:
    """Forty units in two groups and a hundred and twenty adopted items."""
    county = counted([(f"第{n}乡镇联络站", 3, 3) for n in range(20)], group="第三序列")
    more = counted([(f"第{n}界别小组", 3, 3) for n in range(20)], group="第四序列")
    shift = len(county["报送"])
    for sheet in ("报送", "采用"):
        for row in more[sheet]:
            number = int(row["编号"][5:]) + shift
            county[sheet].append(row | {"编号": f"2025-{number:04}"})
    county["单位"] += more["单位"]
    return county


def long_title() -> County:
    """An adopted item whose title has two hundred characters."""
    county = small(LONG[:200])
    county["采用"] += rows("编号 采用单位 采用日期", "2025-004 省政协 2025-08-02")
    return county


def slip(lines: int) -> Report:
    """A letter that ends with a table: LINES lines of text above its four rows."""
    columns = (Column("项目"), Column("数"))
    table = Table("", columns, tuple((f"第{n}行", n) for n in range(1, 5)))
    return Report("得分单", (*("一句。",) * lines, table), letter=letter())


DOCUMENTS = {
    "formal": bulletin(small("关于夜市的建议"), own=FORMAL),
    "big": bulletin(big(), own=FORMAL),
    "title": bulletin(long_title()),
    "nothing": bulletin({"单位": [], "人员": []}),
    "one": bulletin(counted([("独一单位", 1, 1)])),
    "tie": bulletin(counted([(f"第{n}局", 2, 1) for n in range(10)])),
    "members": bulletin(
        {
            "单位": rows("单位名称 单位类别", "提案委 委室"),
            "人员": [{"姓名": f"第{n}委员", "单位": "提案委", "身份": "委员"} for n in range(400)],
        },
        "year",
        1,
        "通报: {附表: [单位, 个人]}",
    ),
}
REPORTS = {
    **{name: made.report for name, made in DOCUMENTS.items()},
    "text": Report("文", (TEXT,), letter=letter(signature="", date=None)),
    "several": Report(
        "甲", ("一。",), letter=letter(), following=(Report("乙", (TEXT,), letter=letter()),)
    ),
    "slips": slip(10)._replace(following=tuple(slip(lines) for lines in range(11, 20))),
    "unsealed": Report("甲", ("一。",), letter=letter()),
    "sealed": Report("甲", ("一。",), letter=letter(seal=True)),
    "short": Report("甲", ("一。",), letter=letter(signature="办公室", seal=True)),
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Every document as it is printed."""
    printer = Printer(tmp_path_factory.mktemp("paper"))
    return printer.pages({name: document(report) for name, report in REPORTS.items()})


def opened(name: str) -> Document:
    return docx.Document(io.BytesIO(document(REPORTS[name])))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def cells(table: Table) -> list[str]:
    """Every row of a table as its cells follow one another on paper."""
    places = [
        n
        for n, column in enumerate(table.columns)
        if column.title != table.grouped_by and any(str(row[n]) for row in table.rows)
    ]
    return [squeezed("".join(str(row[n]) for n in places)) for row in table.rows]


# In the file


def test_paper_and_margins() -> None:
    section = opened("formal").sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.top_margin is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    assert section.bottom_margin is not None
    assert abs(section.top_margin.mm - 37) < 0.1
    assert abs(section.left_margin.mm - 28) < 0.1
    assert abs(210 - section.left_margin.mm - section.right_margin.mm - 156) < 0.1
    assert abs(297 - section.top_margin.mm - section.bottom_margin.mm - 225) < 0.1


@pytest.mark.parametrize(
    ("text", "font", "size"),
    [
        ("政协云汀县委员会办公室文件", "方正小标宋简体", 34),
        ("云协办〔2025〕12号", "仿宋_GB2312", 16),
        ("各委室，各民主党派", "仿宋_GB2312", 16),
        ("一、总体情况", "黑体", 16),
        ("没有报送信息的单位", "仿宋_GB2312", 16),
        ("附件1", "黑体", 16),
    ],
)
def test_fonts_and_sizes(text: str, font: str, size: float) -> None:
    found = [p for p in opened("formal").paragraphs if p.text.startswith(text)]
    run = found[0].runs[0]
    assert run.font.size is not None
    assert run.font.size.pt == size
    assert f'w:eastAsia="{font}"' in run._element.xml


def test_the_title_is_of_the_second_size_and_the_head_is_red() -> None:
    paragraphs = opened("formal").paragraphs
    (title,) = [p for p in paragraphs if "2025年第三季度社情民意信息" in p.text and "\n" in p.text]
    assert title.runs[0].font.size is not None
    assert title.runs[0].font.size.pt == 22
    (head,) = [p for p in paragraphs if p.text == "政协云汀县委员会办公室文件"]
    assert str(head.runs[0].font.color.rgb) == "FF0000"


def test_missing_fonts_have_others_named_for_them() -> None:
    with zipfile.ZipFile(io.BytesIO(document(REPORTS["text"]))) as package:
        told = package.read("word/fontTable.xml").decode()
        for part in package.namelist():
            ET.fromstring(package.read(part))  # noqa: S314 — our own
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"/>' in told
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,华文中宋"/>' in told


def test_headings_can_be_navigated_and_tables_repeat_their_heads() -> None:
    made = opened("big")
    headings = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[0] == "一、总体情况"
    for table in made.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)


def test_the_same_report_makes_the_same_file_apart_from_its_time() -> None:
    assert len(document(REPORTS["one"])) == len(document(REPORTS["one"]))


# On paper


def test_twenty_two_lines_of_twenty_eight_characters(paper: dict[str, list[Page]]) -> None:
    body = [line for line in paper["text"][1].lines() if "—" not in line.text]
    assert len(body) == 22
    assert {len(line.text) for line in body} == {28}
    assert body[0].top > 37 - 1
    assert body[-1].bottom < 297 - 35 + 1
    assert min(line.left for line in body) == pytest.approx(28, abs=1)
    assert max(line.right for line in body) == pytest.approx(210 - 26, abs=1)


def test_page_numbers_right_on_odd_pages_left_on_even_ones(paper: dict[str, list[Page]]) -> None:
    for number, page in enumerate(paper["text"], 1):
        line = page.line(f"—{number}—")
        assert line.top - (297 - 35) == pytest.approx(7, abs=1)
        one = 14 * 25.4 / 72
        if number % 2:
            assert line.right == pytest.approx(210 - 26 - one, abs=1.5)
        else:
            assert line.left == pytest.approx(28 + one, abs=1.5)


def test_documents_in_one_file_are_numbered_each_from_one(paper: dict[str, list[Page]]) -> None:
    first, second, third, *_ = paper["several"]
    assert first.line("—1—")
    assert second.line("—1—")
    assert third.line("—2—")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_row_and_every_sentence_is_on_paper(name: str, paper: dict[str, list[Page]]) -> None:
    report = REPORTS[name]
    whole = "".join(page.text for page in paper[name])
    for table in report.tables:
        for row in cells(table):
            # a cell of two lines stands in the text line by line, between its neighbours' lines
            assert sorted(set(row) - set(whole)) == []
    for table in report.tables:
        first = next((n for n, one in enumerate(table.columns) if one.align == "left"), 0)
        for row in table.rows:
            assert all(piece in whole for piece in squeezed(str(row[first]))[:4])
    for section in report.body:
        assert isinstance(section, Section)
        for text in section.body:
            sentence = squeezed(str(text))
            assert sentence in re.sub(r"—\d+—", "", whole)


@pytest.mark.parametrize("name", ["formal", "big", "one", "tie", "members"])
def test_every_row_of_a_table_keeps_its_line(name: str, paper: dict[str, list[Page]]) -> None:
    """Where no cell takes two lines, a row is a line on paper, complete and in order."""
    shown = {line.text for page in paper[name] for line in page.lines()}
    for table in REPORTS[name].tables:
        wanted = [row for row in cells(table) if len(row) < 40]
        assert wanted
        missing = [row for row in wanted if row not in shown]
        assert missing == []


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_stands_outside_the_type_area(name: str, paper: dict[str, list[Page]]) -> None:
    for page in paper[name]:
        upright = page.width < page.height
        left, right = (28, 26) if upright else (35, 37)
        below = 35 if upright else 26
        for line in page.lines():
            number = re.fullmatch(r"—\d+—", line.text)
            assert line.left > left - 1.5, line
            assert line.right < page.width - right + 6, line  # a mark may hang over the edge
            assert line.bottom < page.height - (below - 15 if number else below - 1), line


def test_the_imprint_ends_the_last_page(paper: dict[str, list[Page]]) -> None:
    for name in ("formal", "big"):
        last = paper[name][-1]
        copies = last.line("抄送：县委办公室、县政府办公室，市政协办公室。")
        printed = last.line("2025年10月15日印发")
        assert copies.bottom < printed.top + 1
        assert 297 - 35 - printed.bottom < 5
        assert not any("抄送" in page.text for page in paper[name][:-1])
        one = 14 * 25.4 / 72
        assert copies.left == pytest.approx(28 + one, abs=1)
        assert printed.right == pytest.approx(210 - 26 - one, abs=1.5)


def test_the_red_head_stands_where_it_must(paper: dict[str, list[Page]]) -> None:
    first = paper["formal"][0]
    head = first.line("政协云汀县委员会办公室文件")
    number = first.line("云协办〔2025〕12号")
    title = first.line("政协云汀县委员会办公室关于")
    assert head.top == pytest.approx(37 + 35, abs=4)
    assert (number.left + number.right) / 2 == pytest.approx(28 + 156 / 2, abs=1.5)
    assert head.bottom < number.top < title.top
    assert first.line("各委室，各民主党派、工商联，各委员联络站：").left == pytest.approx(28, abs=1)


@pytest.mark.parametrize(
    ("name", "signature", "date"),
    [("unsealed", 2, None), ("sealed", None, 4), ("short", None, 4)],
)
def test_signature_and_date(
    name: str, signature: float | None, date: float | None, paper: dict[str, list[Page]]
) -> None:
    page = paper[name][0]
    signed = page.line(REPORTS[name].letter.signature)  # type: ignore[union-attr]
    dated = page.line("2025年10月15日")
    character = 156 / 28
    if signature is not None:  # the date begins two characters after the signature
        assert 184 - signed.right == pytest.approx(signature * character, abs=2)
        assert dated.left - signed.left == pytest.approx(2 * character, abs=2)
    if date is not None and name == "short":  # some programs part Chinese from digits by a gap
        assert 184 - dated.right == pytest.approx(date * character, abs=3.5)
    if name != "unsealed":  # each centred on the other
        middle = (signed.left + signed.right) / 2
        assert (dated.left + dated.right) / 2 == pytest.approx(middle, abs=2)


def test_a_signature_never_stands_alone(paper: dict[str, list[Page]]) -> None:
    pages = [page.text for page in paper["slips"]]
    signed = [text for text in pages if "2025年10月15日" in text]
    assert len(signed) == 10 < len(pages)
    assert all("第1行" in text and "第4行" in text for text in signed)


def test_enclosures_stand_on_pages_of_their_own(paper: dict[str, list[Page]]) -> None:
    heads = [page for page in paper["formal"] if page.lines()[0].text in {"附件1", "附件2"}]
    assert len(heads) == 2
    assert all(page.width > page.height for page in heads[:1])
    first, second = (
        next(
            line for page in paper["formal"] for line in page.lines() if line.text.startswith(text)
        )
        for text in ("附件：1.", "2.2025年第三季度社情民意信息采用目录")
    )
    character = 156 / 28
    assert first.left == pytest.approx(28 + 2 * character, abs=1)
    assert second.left == pytest.approx(28 + 5 * character, abs=1)


def test_no_page_is_blank(paper: dict[str, list[Page]]) -> None:
    for name, pages in paper.items():
        for page in pages:
            assert re.sub(r"—\d+—", "", page.text), name


# Titles


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("采用证明", ["采用证明"]),
        (
            "政协云汀县委员会办公室关于2025年第三季度社情民意信息报送和采用情况的通报",
            ["政协云汀县委员会办公室关于", "2025年第三季度社情民意信息", "报送和采用情况的通报"],
        ),
        (
            "关于表扬2025年度社情民意信息工作先进单位和先进个人的决定",
            ["关于表扬2025年度社情民意信息", "工作先进单位和先进个人的决定"],
        ),
    ],
)
def test_titles_are_broken_between_words_in_balanced_lines(title: str, broken: list[str]) -> None:
    assert lines(title, 19) == broken


def test_a_title_of_any_length_fits() -> None:
    for length in (1, 19, 20, 39, 200, 399, 400, 500):
        made = lines((LONG * 3)[:length], 19)
        assert "".join(made) == (LONG * 3)[:length]
        if length <= 400:
            assert all(len(line) <= 19 for line in made)


# Letterheads


def test_a_letterhead_of_the_office_is_kept() -> None:
    own = docx.Document()
    own.sections[0].left_margin = docx.shared.Mm(30)
    own.add_paragraph("云汀县政协信笺　{文号}")
    stream = io.BytesIO()
    own.save(stream)
    made = docx.Document(io.BytesIO(document(REPORTS["formal"], stream.getvalue())))
    assert made.paragraphs[0].text == "云汀县政协信笺　云协办〔2025〕12号"
    assert made.sections[0].left_margin is not None
    assert round(made.sections[0].left_margin.mm) == 30
    assert not any(p.text == "政协云汀县委员会办公室文件" for p in made.paragraphs)
    assert any(p.text.startswith("一、总体情况") for p in made.paragraphs)


def test_a_letterhead_that_is_no_document_is_refused() -> None:
    with pytest.raises(SqmyError, match="信头"):
        document(REPORTS["one"], b"PK\x03\x04 not a document")


# What a text may hold


def test_no_text_breaks_the_file() -> None:
    awkward = "甲<乙 & 丙>\x00\x1b[31m\u202e\ufffe “引号” =1+1\n第二行"
    report = Report(
        awkward,
        (awkward, Table(awkward, (Column(awkward), Column("数", "right")), ((awkward, 1),))),
        letter=letter(number=awkward, addressees=awkward, contact=awkward, remark=awkward,
                      copies=awkward, printer=awkward, masthead=awkward),
        enclosures=(Section(awkward, (awkward,)),),
    )  # fmt: skip
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(document(report))).paragraphs)
    assert "甲<乙 & 丙>" in text
