"""Word documents for tests, as small as they can be and still be documents."""

import zipfile
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = """\
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="{target}" Type=\
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>
"""


def write_document(path: Path, *paragraphs: str) -> None:
    """A document with these paragraphs."""
    runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    write_parts(path, f"<w:body>{runs}</w:body>")


def write_parts(
    path: Path, body: str, *, prolog: str = "", target: str = "word/document.xml"
) -> None:
    """A document whose part `target` holds this XML."""
    document = f'{prolog}<w:document xmlns:w="{WORD}">{body}</w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS.format(target=target))
        archive.writestr(target.removeprefix("/"), document)
