"""The documents that are made from the program, and the program's own words within others.

`python -m tools.docs` writes what has changed. With `--check` it writes nothing, shows what it
would change, and fails if there is anything: a document that has fallen behind is an error.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from typing import Final, NamedTuple

from tools import coverage, keys, pages, readings, sheets, transcripts
from tools.parts import ROOT


class Document(NamedTuple):
    """A document that is made, or of which parts are.

    Attributes:
        path: from the root.
        made: its text as it should be, from its text as it is ("" where there is none).
    """

    path: str
    made: Callable[[str], str]

    def read(self) -> str:
        """The text as it is."""
        file = ROOT / self.path
        return file.read_text(encoding="utf-8") if file.is_file() else ""


DOCUMENTS: Final = (
    Document("docs/cli.md", lambda _: pages.command_line()),
    Document("docs/sheets.md", lambda _: sheets.page()),
    Document("docs/scoring.md", lambda _: pages.scoring()),
    Document("docs/glossary.md", lambda _: pages.glossary()),
    Document("docs/schema.md", lambda _: pages.schema()),
    Document("docs/rules-keys.md", lambda _: keys.page()),
    Document("docs/rules-coverage.md", lambda _: coverage.page()),
    Document("docs/interpretation.md", readings.renewed),
    Document("README.md", transcripts.renewed),
    Document("docs/tutorial.md", transcripts.renewed),
    Document("docs/reports.md", transcripts.renewed),
    Document("docs/papers.md", transcripts.renewed),
    Document("docs/incoming.md", transcripts.renewed),
    Document("docs/integrity.md", transcripts.renewed),
    Document("docs/attachments.md", transcripts.renewed),
    Document("docs/json.md", transcripts.renewed),
)


def differences(document: Document) -> str:
    """What of a document is not as it should be, as a diff; "" for nothing."""
    written = document.read()
    lines = unified_diff(
        written.splitlines(keepends=True),
        document.made(written).splitlines(keepends=True),
        f"{document.path}（现有）",
        f"{document.path}（应为）",
    )
    return "".join(lines)


def main(words: Sequence[str]) -> int:
    """Write the documents, or check them; the exit code."""
    if words not in ([], ["--check"]):
        print("用法：python -m tools.docs [--check]", file=sys.stderr)
        return 2
    try:
        return _check() if words else _write()
    except ValueError as error:  # a document asks for what cannot be done
        print(f"错误：{error}", file=sys.stderr)
        return 1


def _check() -> int:
    found = [difference for document in DOCUMENTS if (difference := differences(document))]
    if not found:
        print(f"{len(DOCUMENTS)} 份文档都与程序一致。")
        return 0
    print(*found, sep="\n")
    print(f"{len(found)} 份文档与程序不一致。请运行 make docs，看过改动再提交。", file=sys.stderr)
    return 1


def _write() -> int:
    for path, text in _renewed():
        file = ROOT / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"已更新 {path}。")
    return 0


def _renewed() -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        written = document.read()
        if (made := document.made(written)) != written:
            yield document.path, made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
