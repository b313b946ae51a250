"""A sample ledger of this version, to be kept for the tests of every later one.

`python -m tools.sample` is run once for a schema, when it is released. It lays
`tests/samples/NNNN.db.xz`, a ledger with facts of every kind made by the commands themselves, and
`NNNN.json`, what they said of it: its last link, and everyone's points of its year.
"""

import contextlib
import io
import json
import lzma
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqmy.cli import main as sqmy
from sqmy.ledger.schema import SCHEMA_VERSION
from tools.parts import ROOT

SAMPLES: Final = ROOT / "tests" / "samples"
YEAR: Final = "2025"

STORY: Final = """
unit add 水利界别组 --kind 其他 --peer-group 第三序列
unit alias 水利界别组 水利组
unit set 水利界别组 --kind 联络站 --from 2025-07-01
member add 安息香 --unit 水利组 --role 委员 --since 2022-01-01 --phone 13900000001
member appoint 安息香 --role 特邀信息员 --since 2025-04-01
member end 安息香 --role 委员 --on 2025-06-30
member move 安息香 --unit 提案委 --on 2025-10-01
member alias 安息香 老安
member add 安息 --unit 水利组 --role 委员 --since 2022-01-01
member merge 安息 --into 安息香
submit 关于疏浚河道的建议 --author 安息香 --on 2025-03-01 --number 样-1 --body-file 正文.txt
review 样-1 --stage 中心筛选 --verdict 通过 --on 2025-03-02 --reviewer 甲 --opinion 可用
forward 样-1 --channel 市政协 --on 2025-03-03
adopt 样-1 --channel 市政协 --on 2025-04-01 --form 综合 --journal 社情民意 --issue 12
adopt 样-1 --channel 省政协 --on 2025-05-01
instruct 样-1 --rank 省级领导 --on 2025-06-01 --leader 某领导 --content 请阅处。
finding 样-1 --kind 报刊抄袭 --on 2025-07-01 --grounds 来信反映
attach 样-1 正文.txt --on 2025-03-01 --note 来稿原件
amend 样-1 --title 关于疏浚城区河道的建议 --because 标题有误
submit 重复的一条 --unit 水利组 --signed-by-unit --on 2025-08-01 --number 样-2
void 样-2 --because 重复
import 来表.csv --map 对照.csv
rules ruling --clause 六(二)3 --on 2025-06-10 --by 主席会议 --text 两位批示计一次
rules ruling --clause 六(二)4 --on 2025-06-10 --by 秘书长 --text 减半 --about F1507 --points 5
seal --year 2025 --quarter 1
seal --year 2025
adopt 样-1 --channel 全国政协 --on 2025-12-01
rules adopt 新办法.yaml --from 2026-01-01
erase 样-1 --because 本人要求 --yes
"""
"""Commands after the county's spreadsheets; one that a version lacks has no place in its story."""


PACKAGED: Final = ROOT / "rules" / "scoring.yaml"
FILES: Final = {
    "正文.txt": "河道淤塞，汛期有险。\n",
    "来表.csv": "编号,题目名,作者,报送单位,报送日期\n"
    "样-3,关于漂浮物的建议,老安氏,提案委,2025-09-01\n",
    "对照.csv": "种类,写法,应是\n表头,题目名,标题\n人员,老安氏,安息香\n",
    "新办法.yaml": PACKAGED.read_text(encoding="utf-8").replace("示例版", "新版"),
}
"""What the commands read, by the names they read it under."""


def lay(folder: Path, story: Sequence[str]) -> Path:
    """A ledger in that folder with the story in it."""
    ledger = folder / "sqmy.db"
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    sheets = sorted((ROOT / "examples" / "yunting").glob("*.xlsx"), reverse=True)
    for words in (["init"], ["import", *map(str, sheets)], *(line.split() for line in story)):
        told(ledger, *words)
    return ledger


def told(ledger: Path, *words: str) -> str:
    """What a command on that ledger prints.

    Raises:
        RuntimeError: it fails.
    """
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.chdir(ledger.parent):
        if sqmy(["--ledger", str(ledger), "--as", "样本", *words]):
            raise RuntimeError(" ".join(words))
    return out.getvalue()


def points(ledger: Path) -> dict[str, list[object]]:
    """The points and the standing of everyone in the sample's year."""
    year = json.loads(told(ledger, "score", "--year", YEAR, "--format", "json"))
    return {
        f"{one['name']}（{one.get('unit', '')}）": [one["exact"], one["rank"]]
        for one in (*year["members"], *year["units"])
    }


def main(story: str = STORY) -> None:
    """Lay the sample of this version, which must not be there yet."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = lay(Path(folder), story.strip().splitlines())
        said = {"verify": told(ledger, "verify").splitlines(), "points": points(ledger)}
        content = lzma.compress(ledger.read_bytes(), preset=9)
    SAMPLES.mkdir(exist_ok=True)
    target = SAMPLES / f"{SCHEMA_VERSION:04}.db.xz"
    if target.exists():
        sys.exit(f"{target} 已经有了：发布过的样本不再改动。")
    target.write_bytes(content)
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
    target.with_name(f"{SCHEMA_VERSION:04}.json").write_text(text + "\n", encoding="utf-8")
    print(f"已写入 {target}。")


if __name__ == "__main__":
    main()
