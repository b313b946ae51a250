"""Pictures, charts and shapes of a workbook, carried over into a copy of it part by part.

openpyxl makes a copy's cells and looks, and knows little of what is drawn over them. No row or
column moves in the copy, so that the parts can stand in it as they are.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from openpyxl.xml.functions import fromstring

from sqmy.intake.markup import local
from sqmy.intake.workbooks import parts_of_sheets, related

_TYPES: Final = "[Content_Types].xml"
_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OURS: Final = "rIdDrawn"
_BEHIND: Final = (b"<legacyDrawing", b"<tableParts", b"<extLst", b"</worksheet>")
"""What may follow a drawing in a sheet, in the order of the format."""


def carried_over(original: zipfile.ZipFile, copy: bytes) -> bytes:
    """The copy with what is drawn in the original.

    Args:
        original: the maker's workbook.
        copy: the same sheets under the same names, with nothing drawn.
    """
    drawings = dict(_drawings(original))
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        own = parts_of_sheets(archive)
    parts_drawn: dict[str, bytes] = {}
    for sheet, drawing in drawings.items():
        if sheet in own:
            parts_drawn |= _parts(original, drawing)
            _link(parts, own[sheet], drawing)
    if not parts_drawn:
        return copy
    parts[_TYPES] = _typed(parts[_TYPES], original, parts_drawn)
    return _packed({**parts_drawn, **parts})


def is_drawn(archive: zipfile.ZipFile) -> bool:
    """Whether there is anything drawn in a workbook."""
    return any(True for _ in _drawings(archive))


def _drawings(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet with a drawing, and the part that holds it."""
    for sheet, part in parts_of_sheets(archive).items():
        for kind, target in related(archive, part).values():
            if kind == "drawing" and target in archive.namelist():
                yield sheet, target


def _parts(archive: zipfile.ZipFile, part: str) -> dict[str, bytes]:
    """A part, with all that it links to, and the links."""
    found: dict[str, bytes] = {}
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if one in found or one not in archive.namelist():
            continue
        found[one] = archive.read(one)
        links = _links_of(one)
        if links in archive.namelist():
            found[links] = archive.read(links)
            waiting += [target for _, target in related(archive, one).values()]
    return found


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _link(parts: dict[str, bytes], sheet: str, drawing: str) -> None:
    """Let a sheet of the copy show a drawing."""
    link = (
        f'<Relationship Id="{_OURS}" Type="{_LINK}/drawing" Target={quoteattr(f"/{drawing}")}/>'
    ).encode()
    links = _links_of(sheet)
    before = parts.get(links, f'<Relationships xmlns="{_LINKS}"></Relationships>'.encode())
    parts[links] = before.replace(b"</Relationships>", link + b"</Relationships>")
    shown = f'<drawing xmlns:r="{_LINK}" r:id="{_OURS}"/>'.encode()
    written = parts[sheet]
    place = min(at for end in _BEHIND if (at := written.rfind(end)) >= 0)
    parts[sheet] = written[:place] + shown + written[place:]


def _typed(types: bytes, original: zipfile.ZipFile, drawn: Mapping[str, bytes]) -> bytes:
    """The list of what each part is, with those of the drawings as the original has them."""
    known = {_about(one) for one in fromstring(types)}
    endings = {posixpath.splitext(name)[1].removeprefix(".").lower() for name in drawn}
    more = []
    for one in fromstring(original.read(_TYPES)):
        key, value = about = _about(one)
        wanted = value.lower() in endings if key == "Extension" else value[1:] in drawn
        if wanted and about not in known:
            kind = quoteattr(one.get("ContentType", ""))
            more.append(f"<{local(one.tag)} {key}={quoteattr(value)} ContentType={kind}/>")
    return types.replace(b"</Types>", "".join(more).encode() + b"</Types>")


def _about(one: Element) -> tuple[str, str]:
    """The attribute that says which parts an entry of the list is about, and its value."""
    key = "Extension" if local(one.tag) == "Default" else "PartName"
    return key, one.get(key, "")


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: name != _TYPES):
            archive.writestr(name, parts[name])
    return stream.getvalue()
