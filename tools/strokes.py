"""`python -m tools.strokes FILE`: make the order of characters by strokes that names are listed in.

FILE is `cnchar.order.min.js` of the npm package cnchar-order (3.2.6, MIT, © theajack), unpacked
with its LICENSE. It has the strokes of some seven thousand characters, a letter for each stroke.
"""

import json
import re
import sys
from itertools import groupby
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/sqmy/reports/papers/strokes.txt"

ACROSS, DOWN, LEFT, DOT = "ji", "fg", "s", "kdl"
"""The letters of 横 (with 提), 竖, 撇 and 点 (with 捺); every other is 折."""

HEAD = """\
# 汉字的笔画次序：一行一种笔画数，同行的按起笔横、竖、撇、点、折依次比较。
# 由 tools/strokes.py 从 cnchar-order 3.2.6 的笔顺整理；它的许可如下。
#
"""


def kind(letter: str) -> int:
    """The place of a stroke among the five kinds."""
    kinds = (ACROSS, DOWN, LEFT, DOT)
    return next((n for n, letters in enumerate(kinds) if letter in letters), len(kinds))


def main(words: list[str]) -> None:
    """Write the file that ships with the program."""
    text = Path(words[0]).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for part in re.findall(r"JSON\.parse\('(\{.*?\})'\)", text):
        values = json.loads(part)
        found |= {
            character: strokes
            for character, strokes in values.items()
            if isinstance(strokes, str) and "\u4e00" <= character <= "\u9fff"
        }
    ordered = sorted(found, key=lambda c: (len(found[c]), [kind(s) for s in found[c]], c))
    licence = Path(words[0]).with_name("LICENSE").read_text(encoding="utf-8").split("\n")
    head = HEAD + "".join(f"{f'# {line}'.rstrip()}\n" for line in licence if line.strip())
    lines = [
        f"{number} {''.join(group)}"
        for number, group in groupby(ordered, key=lambda c: len(found[c]))
    ]
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(found)} 字，写入 {TARGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
