"""The rulebook's Chinese words for choices: the one place where each meets its English value."""

from typing import Any

CHOICES: dict[str, str] = {
    "county": "县",
    "city": "市",
    "provincial": "省",
    "national": "国家",
    "own_date": "各按发生日期",
    "submission_date": "随报送日期",
    "month": "月",
    "quarter": "季度",
    "half": "半年",
    "year": "年",
    "held_at_end": "期末在任",
    "held_at_all": "期内在任",
    "each": "每次",
    "first": "只计第一",
    "units_only": "只计单位",
    "both": "个人和单位",
    "excluded": "不计",
    "counted": "照计",
    "all": "全部",
    "any": "任一",
    "proportional": "按比例",
    "per_label": "每种一次",
    "highest": "就高",
    "once": "一次",
    "ever": "历年",
    "cumulative": "累加",
    "stand": "保留",
    "cancelled": "取消",
    "equal": "平均",
    "full": "全额",
    "peer_group": "按考评序列",
    "together": "不分组",
    "competition": "同名次",
    "dense": "同名次不空位",
    "sequential": "顺排",
    "whole": "单篇",
    "compiled": "综合",
    "relayed": "转送",
    "members": "个人",
    "unit": "单位",
    "met": "完成",
    "unmet": "未完成",
    "own": "本单位",
    "week": "周",
    "none": "无一",
    "item": "信息",
    "adoption": "采用",
    "instruction": "批示",
    "finding": "认定",
    "text": "文字",
    "number": "数",
    "date": "日期",
    "choice": "选项",
    "shares": "比例",
    "member": "人员",
    "agreed": "按约定",
    "best": "取最高几笔",
    "replacing": "后面的替换前面的",
    "part": "按人数均分",
    "holder": "本人本单位",
    "unit_members": "单位全体人员",
    "zero": "得分清零",
    "barred": "取消评先资格",
    "barred_for_good": "永久取消评先资格",
    "no_more": "以后不再计分",
    "units": "单位",
    "kind": "按单位类别",
    "adopted": "采用数",
    "submitted": "报送数",
    "rate": "采用率",
    "points": "得分",
    "decide": "提请研究",
}
"""Choice → its word in the YAML."""

CHOICES_IN: dict[tuple[str, str], dict[str, str]] = {
    ("Authors", "quantifier"): {"each": "各自"},
    ("Units", "quantifier"): {"each": "各自"},
    ("QuotaCount", "joint"): {"each": "各计一条", "first": "只计第一作者"},
    ("ItemRule", "scope"): {"year": "本年度", "ever": "历年"},
    ("ItemRule", "once"): {"each": "每次", "per_label": "每种一次"},
    ("ItemRule", "ordinal"): {"item": "同篇", "year": "全年"},
    ("Limit", "per"): {"item": "篇"},
    ("Parts", "agreed"): {"none": "不计"},
    ("FindingKind", "about"): {"member": "人员", "unit": "单位", "item": "信息"},
    ("Award", "groups"): {"unit": "按单位"},
    ("Award", "ties"): {"all": "一并列入", "none": "都不列入"},
    ("Conversion", "base"): {"best": "最高者得满分", "number": "按基准分"},
}
"""Where a choice of one field has a word of its own."""

NONE = "无"
"""What is written for an optional value that is deliberately absent."""

SILENT = "未规定"
"""The clause of what the regulation is silent about: nothing in it can be shown by a case."""

YES_NO: dict[str, bool] = {"是": True, "否": False}
"""How a switch is written."""


def word_of(entry: type[Any], field: str, choice: str) -> str:
    """The YAML word of a choice of a field."""
    return CHOICES_IN.get((entry.__name__, field), {}).get(choice, CHOICES[choice])
