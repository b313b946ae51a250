"""Reading XML element by element, as fast as it goes, and nothing but elements.

A document type declaration is where every trap of XML begins (entities that explode, files that
are fetched); no workbook has one, so it is refused.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import IO, Final, Protocol
from xml.parsers.expat import ExpatError, ParserCreate

BROKEN: Final = (ExpatError, ValueError)
"""What reading raises where the XML is not what it should be."""

MAX_ELEMENTS: Final = 10_000_000
"""Of one part; 100,000 rows of 8 columns have 1.7 million."""

_CHUNK: Final = 1 << 16
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class Elements(Protocol):
    """Hears the elements of a document, in order."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its name has the prefix of its namespace before it."""

    def data(self, text: str) -> None:
        """Text, in pieces."""

    def end(self, name: str) -> None:
        """An element ends."""


def read(stream: IO[bytes], elements: Elements, tell: Callable[[int], None]) -> None:
    """Let `elements` hear a document.

    Args:
        stream: of the document.
        elements: hears it.
        tell: told from time to time how many bytes are done.

    Raises:
        ExpatError: it is no XML.
        ValueError: it declares a document type.
    """
    parser = ParserCreate()  # with namespaces it takes half as long again
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    parser.CharacterDataHandler = elements.data
    done = 0
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)  # noqa: FBT003 — more is to come
        done += len(chunk)
        tell(done)
    parser.Parse(b"", True)  # noqa: FBT003 — that was all


def _refuse(*declared: object) -> None:
    raise ValueError(declared)


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    """The name without its namespace: the strict and the usual form of the format differ in it.

    The namespace stands before it as its prefix, or in braces.
    """
    return name.rpartition("}")[2].rpartition(":")[2]


class _Attributes:
    """Hears the elements for what their attributes say, and counts them."""

    def __init__(self, hear: Callable[[str, dict[str, str]], None]) -> None:
        self.hear = hear
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise ValueError(self.count)
        self.hear(local(name), attributes)

    def data(self, text: str) -> None:
        """Text is not heard."""

    def end(self, name: str) -> None:
        """The end of an element is not heard."""


def each(stream: IO[bytes], hear: Callable[[str, dict[str, str]], None]) -> None:
    """Let `hear` have the name of each element, without its namespace, and its attributes.

    Raises:
        ExpatError, ValueError: as `read`; and there are more than any workbook has.
    """
    read(stream, _Attributes(hear), lambda _: None)


def unescaped(text: str) -> str:
    """The text with `_x000D_` as the character that it stands for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
