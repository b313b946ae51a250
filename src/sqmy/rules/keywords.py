"""The rulebook's Chinese keywords: the one place where each meets its English field name."""

from typing import Any

KEYS: dict[str, str] = {
    # 办法
    "name": "名称",
    "edition": "版本",
    "source": "依据",
    "clauses": "条款原意",
    "words": "词汇",
    "decimals": "小数位",
    "year": "年度",
    "quotas": "任务",
    "quota_count": "任务计数",
    "rules": "计分",
    "combinations": "合并",
    "findings": "认定影响",
    "sharing": "分摊",
    "quota_rewards": "完成任务得分",
    "total": "总分",
    "standings": "排名",
    # 词汇
    "channels": "渠道",
    "ranks": "批示级别",
    "roles": "身份",
    "unit_kinds": "单位类别",
    "finding_kinds": "认定类型",
    "stages": "审核环节",
    "attributes": "附加项",
    "label": "名",
    "level": "级",
    "local": "本地",
    "aliases": "又名",
    # 各条共有
    "clause": "条款",
    # 年度
    "start": "起于",
    "counts_by": "归属",
    # 任务
    "per": "每",
    "binding": "约束",
    "due": "到期",
    "submitted": "报送",
    "adopted": "采用",
    "joint": "多人署名",
    "by_unit": "单位署名",
    "quota": "任务条款",
    "points": "得",
    "condition": "条件",
    # 计分
    "adoption": "采用",
    "instruction": "批示",
    "finding": "认定",
    "once": "同篇",
    "scope": "范围",
    "forms": "方式",
    "after_adoption": "须先采用",
    "authors": "作者",
    "quantifier": "满足",
    "method": "方法",
    "other_points": "其他得分",
    # 分摊
    "members": "个人",
    "units": "单位",
    "exception": "例外",
    "credit": "计入",
    # 总分、排名
    "floor": "下限",
    "ties": "并列",
    # 算例
    "explanation": "说明",
    "same": "同上",
    "readings": "口径",
    "items": "信息",
    "changes": "改",
    "lines": "明细",
    "kind": "单位类别",
    "peer_group": "考评序列",
    "assessed": "参评",
    "unit": "单位",
    "role": "身份",
    "since": "任职开始",
    "until": "任职结束",
    "further": "另任",
    "number": "编号",
    "submitted_on": "报送",
    "signed": "署名",
    "adoptions": "采用",
    "instructions": "批示",
    "channel": "渠道",
    "rank": "级别",
    "on": "日期",
    "form": "方式",
}
"""Field name → key in the YAML. A key may serve two fields of different entries."""

IN_CLASS: dict[tuple[str, str], str] = {
    ("QuotaCount", "findings"): "被认定的",
    ("Combination", "rules"): "条款各项",
    ("Standings", "units"): "单位分组",
    ("Case", "clauses"): "条款",
    ("Case", "members"): "人员",
    ("Case", "points"): "得分",
    ("Case", "standings"): "名次",
    ("CaseItem", "findings"): "认定",
    ("CaseFinding", "kind"): "类型",
}
"""Where a field of one entry has a key of its own."""

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
}
"""Choice → its word in the YAML."""

CHOICES_IN: dict[tuple[str, str], dict[str, str]] = {
    ("QuotaCount", "joint"): {"each": "各计一条", "first": "只计第一作者"},
    ("ItemRule", "scope"): {"year": "本年度", "ever": "历年"},
    ("ItemRule", "once"): {"each": "每次", "per_label": "每种一次"},
}
"""Where a choice of one field has a word of its own."""

NONE = "无"
"""What is written for an optional value that is deliberately absent."""

YES_NO: dict[str, bool] = {"是": True, "否": False}
"""How a switch is written."""

DECIDES: dict[tuple[str, str], str] = {
    ("Label", "level"): "属于哪一级",
    ("Role", "local"): "由不由本办公室考评",
    ("Rulebook", "decimals"): "得分显示几位小数",
    ("Year", "start"): "考评年度从哪一天开始",
    ("Year", "counts_by"): "采用、批示、认定计入自己发生的年度，还是所属信息的年度",
    ("Quota", "per"): "多长时间考核一次",
    ("Quota", "binding"): "是必须完成，还是只作通报",
    ("Quota", "due"): "期末在任才有任务，还是期内任过职就有",
    ("QuotaCount", "joint"): "几个人署名的，给谁计任务",
    ("QuotaCount", "by_unit"): "署名为单位的，作者本人计不计任务",
    ("QuotaCount", "findings"): "被认定有问题的信息，计不计任务",
    ("QuotaReward", "condition"): "没有全部完成的，计不计分",
    ("Authors", "quantifier"): "作者要全部符合，还是有一个就行",
    ("ItemRule", "once"): "同一条信息有好几次的，计几次",
    ("ItemRule", "scope"): "同一条信息跨了年度，重新计还是不再计",
    ("ItemRule", "forms"): "单篇、综合、转送各按几成计分",
    ("ItemRule", "after_adoption"): "没有被采用的信息有了批示，计不计分",
    ("Combination", "method"): "这几条的得分加在一起，还是只取最高的一条",
    ("OtherPoints", "other_points"): "被认定有问题的信息，其他得分留不留",
    ("SharingException", "credit"): "这些信息的得分，记给单位还是个人也记",
    ("Sharing", "members"): "几个作者的，每人得多少",
    ("Sharing", "units"): "几个单位的，各得多少",
    ("Sharing", "by_unit"): "署名为单位的，作者个人得不得分",
    ("Total", "floor"): "总分有没有下限",
    ("Standings", "units"): "单位分序列排，还是排在一起",
    ("Standings", "ties"): "同分的怎样排",
}
"""What a setting decides: asked of whoever left it unsaid."""


def key_of(entry: type[Any], field: str) -> str:
    """The YAML key of a field."""
    return IN_CLASS.get((entry.__name__, field), KEYS[field])


def word_of(entry: type[Any], field: str, choice: str) -> str:
    """The YAML word of a choice of a field."""
    return CHOICES_IN.get((entry.__name__, field), {}).get(choice, CHOICES[choice])
