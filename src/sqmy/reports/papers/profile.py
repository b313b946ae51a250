"""文书设定: how an office calls itself, words its documents, and what it has printed in them.

The annotations say what may be written, `KEYS` has the Chinese keys; `profile_file` reads them.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Frames = tuple[str, ...]
"""Sentences with slots; see `phrasing`."""


class Office(NamedTuple):
    """机关: who issues documents; what is "" is not printed."""

    name: str
    short: str
    masthead: str
    signature: str
    seal: bool
    contact: str
    remark: str
    copies: str
    printer: str

    @property
    def signed(self) -> str:
        """The signature under documents."""
        return self.signature or self.name


class Wording(NamedTuple):
    """用语."""

    what: str
    measure: str
    liaison_roles: tuple[str, ...]
    liaisons: Mapping[str, str]


class Printing(NamedTuple):
    """印数: how figures are printed."""

    decimals: int
    padded: bool
    zeros: Literal["印出", "空白"]
    ties: Literal["照办法", "同名次", "不跳号", "顺序"]
    order: Literal["名次", "名册"]


class BulletinForm(NamedTuple):
    """通报."""

    title: str
    addressees: str
    parts: tuple[str, ...]
    headings: Mapping[str, str]
    enclosures: tuple[str, ...]
    left_out: tuple[str, ...]
    titles: int
    praised_units: int
    praised_members: int
    named: bool
    overview: Frames
    adoption: Frames
    praise: Frames
    problems: Frames
    demands: Frames


class NoticeForm(NamedTuple):
    """通知."""

    title: str
    body: Frames
    message: str


class CertificateForm(NamedTuple):
    """证明."""

    title: str
    numbering: str
    text: str
    closing: str


class SlipForm(NamedTuple):
    """小结."""

    title: str


class AwardForm(NamedTuple):
    """表彰."""

    title: str
    body: Frames
    order: Literal["得分", "姓氏笔画"]


class Profile(NamedTuple):
    """文书设定 as a whole."""

    office: Office
    wording: Wording
    printing: Printing
    bulletin: BulletinForm
    notice: NoticeForm
    certificate: CertificateForm
    slip: SlipForm
    award: AwardForm


KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "Profile": {
        "office": "机关", "wording": "用语", "printing": "印数", "bulletin": "通报",
        "notice": "通知", "certificate": "证明", "slip": "小结", "award": "表彰",
    },
    "Office": {
        "name": "名称", "short": "简称", "masthead": "红头", "signature": "署名", "seal": "盖章",
        "contact": "联系", "remark": "附注", "copies": "抄送", "printer": "印发",
    },
    "Wording": {
        "what": "信息", "measure": "量词", "liaison_roles": "联络员身份", "liaisons": "联络员",
    },
    "Printing": {
        "decimals": "百分数小数位", "padded": "补零", "zeros": "零", "ties": "并列",
        "order": "单位顺序",
    },
    "BulletinForm": {
        "title": "标题", "addressees": "主送", "parts": "正文", "headings": "小标题",
        "enclosures": "附表", "left_out": "略去", "titles": "标题列出",
        "praised_units": "表扬单位", "praised_members": "表扬个人", "named": "点名",
        "overview": "总体", "adoption": "采用", "praise": "表扬", "problems": "问题",
        "demands": "要求",
    },
    "NoticeForm": {"title": "标题", "body": "正文", "message": "消息"},
    "CertificateForm": {"title": "标题", "numbering": "编号", "text": "正文", "closing": "结尾"},
    "SlipForm": {"title": "标题"},
    "AwardForm": {"title": "标题", "body": "正文", "order": "名单次序"},
}  # fmt: skip
"""The key of each field."""

PARTS: Final = {
    "总体": "overview", "采用": "adoption", "表扬": "praise", "问题": "problems", "要求": "demands",
}  # fmt: skip
"""The parts of a bulletin's body, each with the field of its sentences."""

COMMON: Final = frozenset({"名称", "简称", "信息", "量词", "期间"})
"""What every sentence may be filled with."""

SLOTS: Final[Mapping[tuple[str, str], set[str]]] = {
    ("BulletinForm", "title"): set(),
    ("NoticeForm", "title"): set(),
    ("BulletinForm", "overview"): {
        "报送", "报送比较", "报送分组", "采用", "采用率", "采用比较", "采用分组", "上报",
        "累计期间", "分组重复", "累计报送", "累计采用", "累计采用率", "补记",
    },
    ("BulletinForm", "adoption"): {
        "各级采用", "重复采用", "采用标题", "批示", "批示信息", "各级批示",
    },
    ("BulletinForm", "praise"): {"单位表扬", "个人表扬"},
    ("BulletinForm", "problems"): {
        "零报送", "零报送单位", "零采用", "零采用单位", "欠任务", "前几家", "前几家占比",
        "月末占比",
    },
    ("NoticeForm", "body"): {"办法", "单位", "未到期", "未完成", "期末", "天数"},
    ("NoticeForm", "message"): {"联络员", "单位", "欠交", "期末", "天数"},
    ("CertificateForm", "numbering"): {"年", "登记号"},
    ("CertificateForm", "text"): {
        "作者", "单位", "标题", "日期", "采用单位", "方式", "刊物", "批示",
    },
    ("SlipForm", "title"): {"姓名"},
    ("AwardForm", "title"): set(),
    ("AwardForm", "body"): {"办法", "程序", "概要"},
}  # fmt: skip
"""What each sentence may be filled with, besides `COMMON`."""

WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("BulletinForm", "parts"): tuple(PARTS),
    ("BulletinForm", "headings"): tuple(PARTS),
    ("BulletinForm", "enclosures"): ("单位", "个人", "目录"),
    ("BulletinForm", "left_out"): ("报送", "采用", "批示", "采用率", "得分", "任务", "累计"),
}
"""The words of a list, where not every word will do."""
