"""A rulebook begun: from answers to a few questions, or from one of those that ship."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from sqmy import points
from sqmy.errors import SqmyError
from sqmy.rules import reader
from sqmy.rules.choices import CHOICES
from sqmy.rules.faults import nearest
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.words import Label
from sqmy.workspace.data import shipped
from sqmy.workspace.new_file import new_file
from sqmy.workspace.rulebooks import CASES, cases_beside

_SUFFIXES = (".yaml", ".yml")

LEVELS = tuple(CHOICES[level] for level in ("own", "county", "city", "provincial", "national"))
SPANS = tuple(CHOICES[span] for span in ("week", "month", "quarter", "half", "year"))
"""What may be answered for a level, and for how long a period is."""


class Worth(NamedTuple):
    """A channel, a rank or a finding with its points and the clause that gives them."""

    label: str
    level: str
    points: Fraction
    clause: str


class Owed(NamedTuple):
    """What a role or a kind of unit owes in a period, and by which clause."""

    holder: str
    per: str
    number: int
    clause: str


class Answers(NamedTuple):
    """What a regulation says, as far as a few questions go; words are those of the YAML.

    Attributes:
        once: how often an item earns by one channel.
        method: how channels go together.
        members, units: how points are shared.
        reward: points for all obligations, and the clause; None where they earn nothing.
    """

    name: str
    edition: str
    roles: tuple[str, ...]
    unit_kinds: tuple[str, ...]
    channels: tuple[Worth, ...]
    ranks: tuple[Worth, ...] = ()
    findings: tuple[Worth, ...] = ()
    quotas: tuple[Owed, ...] = ()
    reward: tuple[Fraction, str] | None = None
    once: str = "每种一次"
    method: str = "累加"
    members: str = "平均"
    units: str = "平均"
    grouped: str = "不分组"
    decimals: int = 2


def library() -> Iterator[tuple[str, str]]:
    """The names of the rulebooks that ship, each with its title."""
    for path in sorted(shipped("rules", "library").glob("*.yaml")):
        if not path.name.endswith(CASES):
            rulebook = reader.read_file(path)
            yield path.stem, f"《{rulebook.name}》{rulebook.edition}"


def copy(name: str, to: Path) -> tuple[Path, ...]:
    """A rulebook that ships, with its cases, as files of one's own.

    Raises:
        SqmyError: there is none of that name, or a file stands there already.
    """
    folder = shipped("rules", "library")
    known = [path.stem for path in folder.glob("*.yaml") if not path.name.endswith(CASES)]
    fitting = [one for one in known if one == name or one.startswith(f"{name}-")]
    if len(fitting) != 1:
        raise SqmyError(
            f"自带的办法里没有「{name}」{nearest(name, known)}写 --like 列表 可看有哪些。"
        )
    source = folder / f"{fitting[0]}.yaml"
    texts = [one.read_text(encoding="utf-8") for one in (source, cases_beside(source))]
    return _write(to, texts)


def start(answers: Answers, to: Path) -> tuple[Path, ...]:
    """A sound rulebook from the answers, with a case to begin with.

    Raises:
        ProblemsError: the answers make none.
        SqmyError: a file stands there already.
    """
    text = "\n".join(_lines(answers)) + "\n"
    rulebook = reader.read(text, to.name)
    return _write(to, [text, "\n".join(_case(answers, rulebook)) + "\n"])


def _write(to: Path, texts: Sequence[str]) -> tuple[Path, ...]:
    paths = (to, cases_beside(to))
    for path in paths:
        if path.exists():
            raise SqmyError(f"{path} 已经存在，没有写入。请换一个文件名，或先移走原来的。")
    for path, text in zip(paths, texts, strict=True):
        with new_file(path, _SUFFIXES) as file:
            file.write(text.encode("utf-8"))
    return paths


def _lines(answers: Answers) -> Iterator[str]:
    """The rulebook, section by section."""
    yield f"# 《{answers.name}》的机读文本。怎样写见 docs/rules.md，写好后运行 sqmy rules check。"
    yield ""
    yield from (f"名称: {answers.name}", f"版本: {answers.edition}", f"依据: {answers.name}", "")
    yield "条款原意:   # 用自己的话，一条一句"
    yield from (f"  {clause}: {told}" for clause, told in _clauses(answers).items())
    yield from ("", "词汇:", "  渠道:")
    yield from (f"    - {{名: {one.label}, 级: {one.level}}}" for one in answers.channels)
    if answers.ranks:
        yield "  批示级别:"
        yield from (f"    - {{名: {one.label}, 级: {one.level}}}" for one in answers.ranks)
    if answers.roles:
        yield "  身份:"
        yield from (f"    - {{名: {role}, 本地: 是}}" for role in answers.roles)
    if answers.unit_kinds:
        yield f"  单位类别: {_listed(answers.unit_kinds)}"
    if answers.findings:
        yield f"  认定类型: {_listed(one.label for one in answers.findings)}"
    first = answers.channels[0].clause
    yield from ("", f"小数位: {answers.decimals}")
    yield f"年度: {{条款: {first}, 起于: 01-01, 归属: 各按发生日期}}"
    yield from _tasks(answers)
    yield from _rules(answers)
    yield ""
    share = f"个人: {answers.members}, 单位: {answers.units}, 单位署名: 只计单位"
    yield f"分摊: {{条款: {first}, {share}}}"
    yield f"总分: {{条款: {first}, 下限: 无}}"
    yield f"排名: {{条款: {first}, 单位分组: {answers.grouped}, 并列: 同名次}}"


def _tasks(answers: Answers) -> Iterator[str]:
    if not answers.quotas:
        return
    yield from ("", "任务:")
    for one in answers.quotas:
        who = "身份" if one.holder in answers.roles else "单位类别"
        yield (
            f"  - {{条款: {one.clause}, {who}: [{one.holder}], 每: {one.per},"
            f" 报送: {one.number}, 约束: 是, 到期: 期末在任}}"
        )
    yield "任务计数: {多人署名: 各计一条, 单位署名: 只计单位, 被认定的: 不计}"
    if answers.reward:
        value, clause = answers.reward
        yield "完成任务得分:"
        for quota in dict.fromkeys(one.clause for one in answers.quotas):
            yield f"  - {{条款: {clause}, 任务条款: {quota}, 得: {value}, 条件: 全部}}"


def _rules(answers: Answers) -> Iterator[str]:
    yield from ("", "计分:")
    for one in answers.channels:
        yield (
            f"  - {{条款: {one.clause}, 采用: {{{one.label}: {one.points}}},"
            f" 方式: {{单篇: 1, 综合: 1, 转送: 1}}, 同篇: {answers.once}, 范围: 本年度}}"
        )
    for one in answers.ranks:
        yield (
            f"  - {{条款: {one.clause}, 批示: {{{one.label}: {one.points}}},"
            " 须先采用: 否, 同篇: 一次, 范围: 本年度}"
        )
    for one in answers.findings:
        table = f"{{{one.label}: {one.points}}}"
        yield f"  - {{条款: {one.clause}, 认定: {table}, 同篇: 一次, 范围: 本年度}}"
    combined = list(dict.fromkeys(one.clause for one in (*answers.channels, *answers.ranks)))
    yield "合并:"
    yield (f"  - {{条款: {combined[0]}, 条款各项: {_listed(combined)}, 方法: {answers.method}}}")
    if answers.findings:
        yield f"认定影响: {{条款: {answers.findings[0].clause}, 其他得分: 保留}}"


def _clauses(answers: Answers) -> dict[str, str]:
    """Every clause that is cited, told from what it gives."""
    told: dict[str, list[str]] = {}
    for kind, entries in (
        ("采用", answers.channels),
        ("批示", answers.ranks),
        ("", answers.findings),
    ):
        for one in entries:
            value = points.short(one.points, 6).lstrip("+")
            told.setdefault(one.clause, []).append(f"{one.label}{kind} {value} 分")
    for owed in answers.quotas:
        told.setdefault(owed.clause, []).append(f"{owed.holder}每{owed.per}报送 {owed.number} 条")
    if answers.reward:
        told.setdefault(answers.reward[1], []).append(f"完成任务计 {answers.reward[0]} 分")
    return {clause: "，".join(parts) for clause, parts in told.items()}


def _case(answers: Answers, rulebook: Rulebook) -> Iterator[str]:
    """One case, computed by hand: one unit, one item, the first channel."""
    first: Worth = answers.channels[0]
    labels: tuple[Label, ...] = rulebook.words.channels
    kind = answers.unit_kinds[0] if answers.unit_kinds else "单位"
    value = points.short(first.points, 6).lstrip("+")
    shown = value if answers.units != "不计" else "0"
    yield "# 算例：每一条至少一个，算式写在“说明”里。怎样写见 docs/rules.md 第九节。"
    yield ""
    yield f"- 说明: {labels[0].label}采用一次，{value} 分，只有一个单位"
    yield f"  条款: [{first.clause}]"
    yield "  年度: 2025"
    yield f"  单位: {{甲单位: {{单位类别: {kind}}}}}"
    yield "  人员: 无"
    yield "  信息:"
    yield "    - 编号: 甲1"
    yield "      报送: 2025-02-01"
    yield "      单位: 甲单位"
    yield f"      采用: [{{渠道: {first.label}, 日期: 2025-03-01}}]"
    yield f"  得分: {{甲单位: {shown}}}"


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"
