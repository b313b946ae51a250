from pathlib import Path

import pytest

from sqmy.errors import SqmyError
from sqmy.intake import sheets
from sqmy.intake.grid import Grid, Row

TEXT = '编号,标题\r\n2025-001,"老旧小区\n加装电梯"\r\n'


def read(path: Path, content: bytes) -> Grid:
    path.write_bytes(content)
    (grid,) = sheets.read(path, path.name, 0)
    return grid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    grid = read(tmp_path / "a.csv", TEXT.encode(encoding))
    assert grid.rows == [
        Row(1, {1: "编号", 2: "标题"}),
        Row(2, {1: "2025-001", 2: "老旧小区\n加装电梯"}),
    ]
    assert bool(grid.notes) == (encoding == "gb18030")
    assert grid.source.at(2, 1) == "a.csv A2"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    content = f"台账\n编号{delimiter}标题{delimiter}作者\n".encode()
    assert read(tmp_path / "a.csv", content).rows[1] == Row(2, {1: "编号", 2: "标题", 3: "作者"})


def test_blank_records_count_as_rows(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "甲\n\n,,\n乙\n".encode()).rows == [
        Row(1, {1: "甲"}),
        Row(4, {1: "乙"}),
    ]


def test_the_mark_against_formulas_is_taken_off_again(tmp_path: Path) -> None:
    grid = read(tmp_path / "a.csv", "'=1+1,'＋加,'甲".encode())
    assert grid.rows == [Row(1, {1: "=1+1", 2: "＋加", 3: "'甲"})]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'a,"b\n', "引号不成对"),
        (b"\xff\xfe\x00\xd8", "认不出的编码"),
        (b"\xff" * 9, "认不出的编码"),
        (b"," * 1001, "列"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(SqmyError, match=words):
        read(tmp_path / "a.csv", content)
