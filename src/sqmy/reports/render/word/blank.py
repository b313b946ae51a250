"""The empty document that everything is written into: styles, fonts, settings, and nothing else.

The fonts that the standard names are not on every computer. Each is declared with the name of
the nearest that is, so that Word and WPS take that one and no other.
"""

import io
import zipfile
from typing import Final

SONG: Final = "宋体"
BLACK: Final = "黑体"
FANGSONG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
XIAOBIAOSONG: Final = "方正小标宋简体"

_FALLBACKS: Final = {
    FANGSONG: ("仿宋", "FangSong", "modern"),
    KAI: ("楷体", "KaiTi", "modern"),
    XIAOBIAOSONG: ("方正小标宋_GBK", "华文中宋", "roman"),
    BLACK: ("SimHei", "", "modern"),
    SONG: ("SimSun", "", "roman"),
}
"""Other names under which Word looks for a font that is missing, and the font's family."""

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS: Final = {
    "document": "document.main", "styles": "styles", "settings": "settings",
    "fontTable": "fontTable",
}  # fmt: skip


def fonts(name: str) -> str:
    """The element that sets a font for every kind of character, quotes and dashes included."""
    names = " ".join(f'w:{kind}="{name}"' for kind in ("ascii", "hAnsi", "eastAsia"))
    return f'<w:rFonts w:hint="eastAsia" {names}/>'


def _style(kind: str, name: str, based: str, inside: str, attributes: str = "") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    key = name.replace(" ", "")
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"{attributes}><w:name w:val="{name}"/>'
        f"{base}{inside}</w:style>"
    )


def _heading(level: int, font: str) -> str:
    inside = (
        f'<w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f"<w:rPr>{fonts(font)}</w:rPr>"
    )
    return _style("paragraph", f"heading {level}", "Normal", inside)


_STYLES: Final = (
    f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}'
    '<w:sz w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    + _style(
        "paragraph",
        "Normal",
        "",
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/></w:pPr>',
        ' w:default="1"',
    )
    + _heading(1, BLACK)
    + _heading(2, KAI)
    + _heading(3, FANGSONG)
    + _heading(4, FANGSONG)
    + _style("paragraph", "Title", "Normal", '<w:qFormat/><w:pPr><w:jc w:val="center"/></w:pPr>')
    + _style("paragraph", "Header", "Normal", "")
    + _style("paragraph", "Footer", "Normal", "")
    + "</w:styles>"
)

_SETTINGS: Final = (
    f'<w:settings xmlns:w="{WORD}"><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def _font_table() -> str:
    told = []
    for name, (other, third, family) in _FALLBACKS.items():
        others = ",".join(filter(None, (other, third)))
        told.append(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="fixed"/></w:font>'
        )
    return f'<w:fonts xmlns:w="{WORD}">{"".join(told)}</w:fonts>'


def blank() -> bytes:
    """An empty .docx with one section."""
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in _PARTS.items()
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Target="{part}.xml" Type="{_OFFICE}/{part}"/>'
        for n, part in enumerate(list(_PARTS)[1:], 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Target="word/document.xml" Type="{_OFFICE}/officeDocument"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{related}</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:sectPr/></w:body>'
        "</w:document>",
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _font_table(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), _HEAD + text)
    return made.getvalue()
