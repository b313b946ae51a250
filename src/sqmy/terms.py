"""The field's words: each Chinese term that the program itself fixes, with its one English word.

Labels that a regulation may choose (channels, ranks, roles, kinds, stages) live in the rulebook.
"""

from typing import Literal

Form = Literal["whole", "compiled", "relayed"]

FORMS: dict[Form, str] = {"whole": "单篇", "compiled": "综合", "relayed": "转送"}
"""采用方式: the item alone, compiled with others, or relayed to another body."""

ADOPTED = ("采用", "录用", "采纳", "刊用", "刊登", "编发")
"""How channels say that they adopted something; a regulation may name its forms so."""

OWN_FORM = "采用方式"
"""The attribute of an adoption that holds its form, where a rulebook declares others."""

VERDICTS = {"accepted": "通过", "returned": "退回", "rejected": "不采用"}
"""审核结论, our own judgement; adoption is the channel's."""

LEVELS = ("县", "市", "省", "国家")
"""层级, low to high."""

SIGNATURES = {False: "个人", True: "单位"}
"""署名: by persons, or by the unit alone."""

METRICS = {
    "submitted": "报送",
    "forwarded": "上报",
    "adopted": "采用",
    "points": "得分",
    "rate": "采用率",
}
"""What a quota counts."""

Audience = Literal["internal", "units", "public"]

AUDIENCES: dict[Audience, str] = {"internal": "本机关", "units": "各单位", "public": "公众"}
"""对象: whom a report is for. Only the first may read everything."""

CONFIDENTIALITY = "密级"
"""The attribute that marks an item as confidential; every ledger takes it."""

CONFIDENTIALITIES = OPEN, NOT_PUBLIC, OFFICE_ONLY = "公开", "不公开", "内部"
"""Its values: anyone may know of the item, the units may, the office alone. A word that is none
of these is taken for the last; an item without the mark is open."""
OUTCOMES = {
    "new": "新增",
    "changed": "更正",
    "same": "相同",
    "doubtful": "待定",
    "wrong": "有误",
}
"""What a row of an imported sheet comes to."""

KINDS = {
    "unit": "单位",
    "member": "人员",
    "placement": "所属单位",
    "appointment": "任职",
    "departure": "离任",
    "alias": "简称别名",
    "merger": "人员合并",
    "submission": "报送",
    "review": "审核",
    "forwarding": "上报",
    "adoption": "采用",
    "instruction": "批示",
    "finding": "认定",
    "recognition": "认读",
    "attachment": "附件",
    "void": "撤销",
    "edition": "计分办法",
    "ruling": "口径",
    "batch": "导入",
    "erasure": "抹除",
    "seal": "封存",
}
"""What a recorded fact is, by the name of its table."""

GLOSSARY = {
    "社情民意信息": "submission",
    "报送": "submit",
    "上报": "forwarding",
    "审核环节": "stage",
    "审核结论": "verdict",
    "采用": "adoption",
    "采用方式": "form",
    "采用单位": "channel",
    "批示": "instruction",
    "领导级别": "rank",
    "认定": "finding",
    "认读": "recognition",
    "附件": "attachment",
    "单位": "unit",
    "考评序列": "peer group",
    "参评": "assessed",
    "人员": "member",
    "身份": "role",
    "任职": "appointment",
    "任务": "quota",
    "应完成任务": "obligation",
    "计分办法": "rulebook",
    "口径": "ruling",
    "条款": "clause",
    "得分": "points",
    "明细": "point line",
    "就高": "highest",
    "累加": "cumulative",
    "排名": "standing",
    "并列": "tie",
    "撤销": "void",
    "封存": "seal",
    "抹除": "erasure",
    "更正": "amend",
    "台账": "ledger",
    "对象": "audience",
    "密级": "confidentiality",
}
"""One Chinese term, one English word."""


def hidden_from(audience: Audience, confidentiality: str) -> bool:
    """Whether an item so marked is not named to that audience."""
    known_to = {OPEN: ("internal", "units", "public"), NOT_PUBLIC: ("internal", "units")}
    return audience not in known_to.get(confidentiality, ("internal",))


def happening(kind: str, form: str = "") -> str:
    """An event in a word, `综合采用`; a form that says so itself is not told twice, `录用`."""
    said = ADOPTED if kind == "adoption" else KINDS[kind]
    return form if form.endswith(said) else form + KINDS[kind]


def form_of(label: str) -> Form | None:
    """The form that a label (`单篇`, `单篇采用`) means, or None."""
    bare = label.removesuffix("采用")
    return next((form for form, word in FORMS.items() if bare == word), None)


def verdict_of(label: str) -> str | None:
    """The verdict that a label means, or None."""
    return next((verdict for verdict, word in VERDICTS.items() if label == word), None)


def sealed_period(year: int, period: str, until: str) -> str:
    """What was sealed: `2025年`, or `2025年（截至 2025-06-30）` at a quarter's end.

    Args:
        year: the scoring year.
        period: `2025`, or `2025Q2`.
        until: the last day that counts.
    """
    return f"{year}年" if period == str(year) else f"{year}年（截至 {until}）"
